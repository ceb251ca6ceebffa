#include <fmt/format.h>

#include <set>

#include "compiler/verify/engines/scene.h"
#include "compiler/verify/verify.h"

namespace writ::verify {

std::string print(const std::vector<Obligation>& obligations, const source::SourceSet& sources) {
  std::string out;
  for (const Obligation& o : obligations) {
    out += fmt::format("obligation {}\n  says     {}\n", o.id, o.says);
    for (const Statement& s : o.statements) {
      const std::string place = sources.place(s.range);
      out += fmt::format("  {:<8} {}{}{}\n", s.part, s.name, place.empty() ? "" : "  ", place);
    }
    for (const std::string& r : o.ranges) out += fmt::format("  over     {}\n", r);
    for (const std::string& a : o.assumptions) out += fmt::format("  assumes  {}\n", a);
    out += fmt::format("  fails    {}, {}\n", diagnostics::code_label(o.refuted), diagnostics::code_label(o.unproved));
  }
  return out;
}

std::string print_smt2(const kernel::Kernel& kernel, const std::vector<std::string>& names) {
  std::string out;
  for (const Obligation& o : select(collect(kernel), names)) {
    // The first query is written and the rest never asked: the interrupt is up before the solver starts.
    smt::Interrupt interrupt;
    std::string query;
    const source::SourceSet no_sources;
    Settings settings{kernel, no_sources, 1, &interrupt, {}, {}};
    settings.written = [&](std::string text) {
      if (query.empty()) query = std::move(text);
      interrupt.raise();
    };
    solve(settings, o);
    out += fmt::format("; {}\n{}", o.id, query.empty() ? "; decided without a solver\n" : query);
  }
  return out;
}

std::string tell(const Witness& witness, const source::SourceSet& sources) {
  std::string out;
  for (const StoryLine& line : witness.story) {
    const std::string place = sources.place(line.range);
    out += line.text + (place.empty() ? "" : "  " + place) + "\n";
  }
  return out;
}

namespace {

/// What the story points at is a related place. Killers are nothing else; any other story is told in its order as well.
void tell_story(const Witness& witness, const source::SourceSet& sources, std::set<source::Range>& labelled, diagnostics::Diagnostic& d) {
  for (const StoryLine& line : witness.story) {
    const bool is_new = line.range.valid() && labelled.insert(line.range).second;
    if (is_new) d.with_label(line.range, line.text);
    if (line.range.valid() && witness.kind == WitnessKind::Killers) continue;
    const std::string place = sources.place(line.range);
    d.with_note(line.text + (place.empty() ? "" : "  " + place));
  }
}

}  // namespace

void report(const ProofRun& run, const source::SourceSet& sources, diagnostics::Sink& sink) {
  for (const Result& r : run.results) {
    if (r.verdict.success()) continue;
    diagnostics::Code code = r.obligation.refuted;
    if (r.verdict.kind == VerdictKind::Possible) code = diagnostics::Code::proof_possible;
    if (r.verdict.kind == VerdictKind::Vacuous) code = diagnostics::Code::proof_vacuous;
    if (r.verdict.kind == VerdictKind::Undecided) code = r.obligation.unproved;
    const source::Range range = r.obligation.statements.empty() ? source::Range{} : r.obligation.statements.front().range;
    std::string detail = r.verdict.detail;
    if (r.verdict.kind == VerdictKind::Undecided) detail = fmt::format("{}{}{}", to_string(r.verdict.reason), detail.empty() ? "" : ", ", detail);
    const bool spent = r.verdict.kind == VerdictKind::Undecided && r.verdict.detail == "the budget is spent";
    diagnostics::Diagnostic d{.code = code, .range = range, .args = {r.obligation.about, detail}, .label = std::string(to_string(r.obligation.kind)),
                              .labels = {}, .notes = {}, .fixes = {}, .severity = {}, .subject = r.obligation.id};
    std::set<source::Range> labelled{range};
    for (const Statement& s : r.obligation.statements)
      if (s.range.valid() && labelled.insert(s.range).second) d.with_label(s.range, s.part);
    if (r.witness) tell_story(*r.witness, sources, labelled, d);
    d.with_note(fmt::format("obligation {}", r.obligation.id));
    if (spent) d.with_note("`--budget N`, or `[prove] budget`, gives the solver more than the 4000000 units of a query that it has by default");
    sink.add(std::move(d));
  }
}

}  // namespace writ::verify
