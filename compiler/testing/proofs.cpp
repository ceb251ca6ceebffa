// `expect proved / refuted`, by the prover of this house.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/testing/testing.h"
#include "compiler/verify/verify.h"

namespace writ::testing {
namespace {

/// Those of the statement that also are of the obligation named ("role-sod" of a role).
std::vector<std::string> obligations_of(const kernel::Kernel& kernel, const std::string& word, const std::string& statement) {
  std::vector<std::string> ids;
  for (const verify::Obligation& one : verify::select(verify::collect(kernel), {statement})) {
    const std::string id = one.id;
    if (word.empty() || id.rfind(word + "/", 0) == 0) ids.push_back(id);
  }
  return ids;
}

}  // namespace

ProofAnswer prove(const kernel::Kernel& kernel, const source::SourceSet& sources, const std::string& obligation, const std::string& statement) {
  verify::Options options;
  options.names = obligations_of(kernel, obligation, statement);
  if (options.names.empty()) return {Proof::NotFound, fmt::format("there is nothing to prove of {} {}", obligation, statement)};
  const verify::ProofRun run = verify::prove(kernel, sources, options);
  ProofAnswer answer{Proof::Proved, ""};
  for (const verify::Result& result : run.results) {
    if (result.verdict.kind == verify::VerdictKind::Proved) continue;
    const bool refuted = result.verdict.kind == verify::VerdictKind::Refuted;
    if (answer.proof != Proof::Refuted) answer.proof = refuted ? Proof::Refuted : Proof::Open;
    answer.detail += fmt::format("{}{} {}", answer.detail.empty() ? "" : "; ", result.obligation.id, verify::to_string(result.verdict.kind));
    if (!result.verdict.detail.empty()) answer.detail += ": " + result.verdict.detail;
  }
  if (answer.detail.empty()) answer.detail = fmt::format("{} obligation{} proved", run.results.size(), run.results.size() == 1 ? "" : "s");
  return answer;
}

}  // namespace writ::testing
