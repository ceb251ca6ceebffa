#include "compiler/report/proof_report.h"

#include <array>
#include <map>
#include <set>

#include <fmt/format.h>

#include "compiler/report/columns.h"

namespace writ::report {
namespace {

using nlohmann::ordered_json;
using verify::VerdictKind;

constexpr std::array kVerdicts = {VerdictKind::Proved, VerdictKind::Refuted, VerdictKind::Possible, VerdictKind::Vacuous, VerdictKind::Undecided};

Ink ink_of(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::Proved: return Ink::Good;
    case VerdictKind::Refuted: return Ink::Error;
    case VerdictKind::Possible: return Ink::Error;
    case VerdictKind::Vacuous: return Ink::Warning;
    case VerdictKind::Undecided: return Ink::Warning;
  }
  return Ink::Plain;
}

ordered_json witness_json(const verify::Witness& witness, const source::SourceSet& sources) {
  ordered_json j;
  j["kind"] = verify::to_string(witness.kind);
  j["story"] = ordered_json::array();
  for (const verify::StoryLine& line : witness.story) j["story"].push_back({{"text", line.text}, {"at", sources.place(line.range)}});
  j["requests"] = ordered_json::array();
  for (const verify::AskedRequest& asked : witness.requests) {
    ordered_json request = ordered_json::parse(asked.json, nullptr, false);
    j["requests"].push_back({{"outcome", question::to_string(asked.outcome)}, {"request", request.is_discarded() ? ordered_json(asked.json) : request}});
  }
  j["removed"] = witness.removed;
  j["killers"] = ordered_json::array();
  for (const verify::Killer& killer : witness.killers) j["killers"].push_back({{"name", killer.name}, {"at", sources.place(killer.range)}});
  j["replayed"] = witness.replayed;
  return j;
}

ordered_json result_json(const verify::Result& r, const source::SourceSet& sources) {
  ordered_json j;
  j["id"] = r.obligation.id;
  j["kind"] = verify::to_string(r.obligation.kind);
  j["about"] = r.obligation.about;
  j["at"] = r.obligation.statements.empty() ? "" : sources.place(r.obligation.statements.front().range);
  j["says"] = r.obligation.says;
  j["ranges"] = r.obligation.ranges;
  j["verdict"] = verify::to_string(r.verdict.kind);
  j["reason"] = verify::to_string(r.verdict.reason);
  j["detail"] = r.verdict.detail;
  j["assumptions"] = r.assumptions;
  j["witness"] = r.witness ? witness_json(*r.witness, sources) : ordered_json(nullptr);
  j["effort"] = r.effort;
  return j;
}

ordered_json run_json(const verify::ProofRun& run, const source::SourceSet& sources) {
  ordered_json j;
  j["verdicts"] = ordered_json::object();
  for (const VerdictKind kind : kVerdicts) {
    j["verdicts"][std::string(verify::to_string(kind))] =
        std::count_if(run.results.begin(), run.results.end(), [kind](const verify::Result& r) { return r.verdict.kind == kind; });
  }
  j["verdict_hash"] = run.verdict_hash;
  j["solver"] = run.solver_version;
  j["results"] = ordered_json::array();
  for (const verify::Result& r : run.results) j["results"].push_back(result_json(r, sources));
  return j;
}

/// "role-sod         14 proved   1 refuted"
std::string table(const verify::ProofRun& run, const Palette& palette) {
  std::map<std::string, std::array<std::size_t, kVerdicts.size()>> rows;
  for (const verify::Result& r : run.results) ++rows[std::string(verify::to_string(r.obligation.kind))][static_cast<std::size_t>(r.verdict.kind)];
  std::string out;
  for (const auto& [kind, counts] : rows) {
    std::string cells;
    for (const VerdictKind verdict : kVerdicts) {
      const std::size_t count = counts[static_cast<std::size_t>(verdict)];
      if (count > 0) cells += palette.paint(ink_of(verdict), fmt::format("{:>5} {}", count, verify::to_string(verdict)));
    }
    out += fmt::format("  {:<16}{}\n", kind, cells);
  }
  return out;
}

std::string listed(const verify::Result& r, const source::SourceSet& sources, const Palette& palette) {
  std::string out = fmt::format("{} {}", palette.paint(ink_of(r.verdict.kind), fmt::format("{:<9}", verify::to_string(r.verdict.kind))), visible(r.obligation.id));
  if (!r.obligation.statements.empty()) out += "  " + palette.paint(Ink::Faint, visible(sources.place(r.obligation.statements.front().range)));
  out += fmt::format("\n          {}\n", wrap(r.obligation.says, 100, 10));
  if (r.verdict.reason != verify::Reason::None) out += fmt::format("          {}{}{}\n", verify::to_string(r.verdict.reason), r.verdict.detail.empty() ? "" : ": ", visible(r.verdict.detail));
  if (!r.obligation.ranges.empty()) out += fmt::format("          over {}\n", wrap(fmt::format("{}", fmt::join(r.obligation.ranges, ", ")), 100, 10));
  for (const std::string& assumption : r.assumptions) out += fmt::format("          assuming {}\n", wrap(assumption, 100, 10));
  return out;
}

std::string assumptions(const verify::ProofRun& run) {
  std::set<std::string> all;
  for (const verify::Result& r : run.results) if (r.verdict.success()) all.insert(r.assumptions.begin(), r.assumptions.end());
  std::string out;
  for (const std::string& assumption : all) out += fmt::format("  {}\n", wrap(assumption, 106, 2));
  return all.empty() ? "" : "the proofs assume\n" + out;
}

std::string interrupted(const verify::ProofRun& run, const Palette& palette) {
  const auto open = std::count_if(run.results.begin(), run.results.end(), [](const verify::Result& r) { return r.verdict.reason == verify::Reason::Cancelled; });
  return open == 0 ? "" : fmt::format("{}: {} obligation{} not judged\n", palette.paint(Ink::Warning, "interrupted"), open, open == 1 ? "" : "s");
}

std::string total(const verify::ProofRun& run, const Palette& palette) {
  const auto proved = static_cast<std::size_t>(std::count_if(run.results.begin(), run.results.end(), [](const verify::Result& r) { return r.verdict.success(); }));
  const bool all = proved == run.results.size() && proved > 0;
  return fmt::format("{} {} of {} obligations\n{}\n", palette.paint(all ? Ink::Good : Ink::Error, "proved"), proved, run.results.size(),
                     palette.paint(Ink::Faint, fmt::format("verdicts {}  solver {}", run.verdict_hash, run.solver_version)));
}

}  // namespace

Section section(const verify::ProofRun& run, const source::SourceSet& sources, Each each) {
  Section section{"proofs", run_json(run, sources), {}};
  // The sources outlive every report of the session.
  section.text = [run, &sources, each](const Palette& palette) {
    std::string out;
    if (each == Each::Listed) for (const verify::Result& r : run.results) out += listed(r, sources, palette);
    else out += table(run, palette) + assumptions(run);
    return out + interrupted(run, palette) + total(run, palette);
  };
  return section;
}

}  // namespace writ::report
