#include "compiler/driver/lowering.h"

#include <fmt/format.h>

#include "compiler/driver/command_line.h"
#include "compiler/emit/emit.h"
#include "compiler/lower/lower.h"
#include "compiler/say/say.h"

namespace writ::driver {
namespace {

bool every_required_is_proved(const verify::ProofRun& run) {
  return std::all_of(run.results.begin(), run.results.end(), [](const verify::Result& r) { return r.verdict.success(); });
}

}  // namespace

std::vector<std::pair<std::string, std::string>> source_digests(Session& session) {
  std::vector<std::pair<std::string, std::string>> digests;
  for (const ast::File* file : session.file_pointers()) {
    digests.emplace_back(session.sources().path(file->file), emit::digest(session.sources().text(file->file)));
  }
  std::sort(digests.begin(), digests.end());
  return digests;
}

std::optional<decision_ir::Tables> lower_policy(Session& session, const verify::ProofRun* proved) {
  const kernel::Kernel* kernel = session.kernel();
  if (kernel == nullptr) return std::nullopt;
  const project::Manifest& manifest = session.manifest();
  const std::map<std::string, std::string> sentences = say::sentences_by_name(session.file_pointers());
  lower::Options options;
  options.edition = manifest.edition;
  options.compiler = fmt::format("writ {}", version());
  options.epoch = manifest.epoch;
  options.not_before = manifest.not_before.value_or(0);
  options.not_after = manifest.not_after.value_or(layout::kForever);
  options.source_digests = source_digests(session);
  options.place_of = [&](const source::Range& range) { return session.sources().place(range); };
  options.sentence_of = [&](std::string_view statement) {
    const auto found = sentences.find(std::string(statement));
    return found == sentences.end() ? std::string() : found->second;
  };
  options.unproved = proved == nullptr || !every_required_is_proved(*proved);
  if (proved != nullptr) {
    options.verdict_hash = proved->verdict_hash;
    for (const verify::Result& r : proved->results) options.proofs.emplace_back(r.obligation.id, verify::to_string(r.verdict.kind));
  }
  decision_ir::Tables tables = lower::lower(*kernel, options);
  const std::vector<std::string> broken = decision_ir::verify(tables);
  WRIT_CHECK(broken.empty(), "tables that keep their invariants: " + broken.front());
  return tables;
}

}  // namespace writ::driver
