#include <algorithm>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/testing/compare.h"

namespace writ::testing {
namespace {

using question::StandingFinding;
using State = StandingFinding::State;
using typed_ir::ExpectFinding;
using Qualifier = ExpectFinding::Qualifier;
using typed_ir::kForever;

std::string text_of(const StandingFinding& f) {
  std::string text = f.possible ? "possible " : "";
  switch (f.state) {
    case State::Open: break;
    case State::Excepted: text += "excepted "; break;
    case State::Mitigated: text += "mitigated "; break;
    case State::Lapsed: text += "lapsed "; break;
    case State::Overdue: text += "overdue "; break;
  }
  text += f.exposure ? "exposure " : "violation ";
  text += f.rule;
  if (!f.within.empty()) text += " within " + f.within;
  if (f.from != 0) text += " from " + typed_ir::print_instant(f.from);
  if (f.until) text += " until " + typed_ir::print_instant(*f.until);
  return f.lift.empty() ? text : text + " by " + f.lift;
}

std::string texts_of(const std::vector<const StandingFinding*>& findings) {
  std::vector<std::string> texts;
  for (const StandingFinding* f : findings) texts.push_back(text_of(*f));
  return names_text(texts);
}

/// Whether a finding is in the list that the qualifier speaks of. `No`: whatever is left standing.
bool counts(Qualifier qualifier, const StandingFinding& f) {
  switch (qualifier) {
    case Qualifier::Open: return f.state == State::Open && !f.possible;
    case Qualifier::Possible: return f.state == State::Open && f.possible;
    case Qualifier::Mitigated: return f.state == State::Mitigated;
    case Qualifier::Excepted: return f.state == State::Excepted;
    case Qualifier::Lapsed: return f.state == State::Lapsed;
    case Qualifier::No: return f.state != State::Excepted;
  }
  return false;
}

bool names_rule(const typed_ir::Program& program, const ExpectFinding& line, const StandingFinding& f) {
  return std::any_of(line.rules.begin(), line.rules.end(), [&](typed_ir::RuleId id) { return typed_ir::info(program.rules[id]).name == f.rule; });
}

/// A rule joined in several dimensions lists a value of each.
bool lists(const std::string& text, const std::string& name) { return (", " + text + ", ").find(", " + name + ", ") != std::string::npos; }

bool in_scope(const typed_ir::Program& program, const ExpectFinding& line, const StandingFinding& f) {
  return !line.details.within || lists(f.within, typed_ir::print(program.schema, *line.details.within));
}

typed_ir::Instant end_of_lift(const typed_ir::Program& program, const StandingFinding& f) {
  for (const typed_ir::Lift& lift : program.lifts)
    if (lift.name == f.lift && typed_ir::info(program.rules[lift.rule]).name == f.rule) return lift.until;
  return kForever;
}

/// What a matching finding must say besides its rule and scope; empty if it does.
std::string contradiction(const typed_ir::Program& program, const typed_ir::Details& d, const StandingFinding& f) {
  if (d.from && *d.from != f.from) return "from " + typed_ir::print_instant(f.from);
  if (d.until_day && *d.until_day != f.until.value_or(kForever)) return "until " + typed_ir::print_instant(f.until.value_or(kForever));
  if (d.resting && d.resting->on != std::vector<std::string>{f.lift}) return "resting on " + names_text({f.lift});
  if (d.resting && d.resting->until && *d.resting->until != end_of_lift(program, f)) return "resting until " + typed_ir::print_instant(end_of_lift(program, f));
  if (!d.unknown) return "";
  std::set<std::string> facts;
  for (const auto& fact : f.unknown) facts.insert(fact.fact);
  const std::set<std::string> wanted(d.unknown->begin(), d.unknown->end());
  return facts == wanted ? "" : fmt::format("unknown {}", fmt::join(facts, ", "));
}

class Findings {
 public:
  Findings(const typed_ir::Program& program, const std::vector<StandingFinding>& got) : program_(program), got_(got) {}

  std::vector<Failure> check(const std::vector<const typed_ir::Expectation*>& expected) {
    for (const typed_ir::Expectation* one : expected) {
      const auto& line = std::get<ExpectFinding>(one->what);
      if (line.qualifier == Qualifier::No) check_none(*one, line);
      else check_line(*one, line);
    }
    for (const Qualifier qualifier : {Qualifier::Open, Qualifier::Possible, Qualifier::Mitigated, Qualifier::Excepted, Qualifier::Lapsed})
      check_whole_list(qualifier, expected);
    return std::move(failures_);
  }

 private:
  std::vector<const StandingFinding*> all(Qualifier qualifier, bool exposure) const {
    std::vector<const StandingFinding*> found;
    for (const StandingFinding& f : got_)
      if (f.disjoint.empty() && f.exposure == exposure && counts(qualifier, f)) found.push_back(&f);
    return found;
  }

  void fail(const typed_ir::Expectation& one, std::string expected, std::string got) {
    failures_.push_back({one.range, std::move(expected), std::move(got), {}});
  }

  void check_none(const typed_ir::Expectation& one, const ExpectFinding& line) {
    auto found = all(Qualifier::No, line.exposure);
    std::erase_if(found, [&](const StandingFinding* f) { return (!line.rules.empty() && !names_rule(program_, line, *f)) || !in_scope(program_, line, *f); });
    if (!found.empty()) return fail(one, line.exposure ? "no exposure" : "no violation", texts_of(found));
    if (!line.details.disjoint.valid()) return;
    const std::string& dimension = program_.schema.enums[line.details.disjoint].local;
    const bool disjoint = std::any_of(got_.begin(), got_.end(), [&](const StandingFinding& f) {
      return lists(f.disjoint, dimension) && (line.rules.empty() || names_rule(program_, line, f));
    });
    if (!disjoint) fail(one, "disjoint " + dimension, "no scopes that never meet");
  }

  void check_line(const typed_ir::Expectation& one, const ExpectFinding& line) {
    const auto found = all(line.qualifier, line.exposure);
    for (const typed_ir::RuleId rule : line.rules) {
      ExpectFinding only = line;
      only.rules = {rule};
      check_rule(one, only, found);
    }
  }
  void check_rule(const typed_ir::Expectation& one, const ExpectFinding& line, const std::vector<const StandingFinding*>& found) {
    const std::string rule = typed_ir::info(program_.rules[line.rules.front()]).name;
    std::string contradictions;
    for (const StandingFinding* f : found) {
      if (!names_rule(program_, line, *f) || !in_scope(program_, line, *f)) continue;
      const std::string against = contradiction(program_, line.details, *f);
      if (against.empty()) return;
      contradictions += (contradictions.empty() ? "" : "; ") + text_of(*f) + ", " + against;
    }
    std::vector<const StandingFinding*> everything;
    for (const StandingFinding& f : got_)
      if (f.disjoint.empty()) everything.push_back(&f);
    fail(one, "such a finding of " + rule, contradictions.empty() ? texts_of(everything) : contradictions);
  }

  /// Whatever the lines with one qualifier do not name must not be there.
  void check_whole_list(Qualifier qualifier, const std::vector<const typed_ir::Expectation*>& expected) {
    const typed_ir::Expectation* last = nullptr;
    auto left = all(qualifier, false);
    for (const typed_ir::Expectation* one : expected) {
      const auto& line = std::get<ExpectFinding>(one->what);
      if (line.qualifier != qualifier || line.exposure) continue;
      last = one;
      std::erase_if(left, [&](const StandingFinding* f) { return names_rule(program_, line, *f) && in_scope(program_, line, *f); });
    }
    if (last && !left.empty()) fail(*last, "nothing else of this kind", texts_of(left));
  }

  const typed_ir::Program& program_;
  const std::vector<StandingFinding>& got_;
  std::vector<Failure> failures_;
};

}  // namespace

std::vector<Failure> compare_findings(const typed_ir::Program& program, const std::vector<const typed_ir::Expectation*>& expected,
                                      const std::vector<StandingFinding>& got) {
  return Findings(program, got).check(expected);
}

std::optional<Failure> compare(const typed_ir::Expectation& expectation, const typed_ir::ExpectOverdue& expected,
                               const std::vector<StandingFinding>& got) {
  std::vector<const StandingFinding*> all;
  for (const StandingFinding& f : got) {
    if (!f.disjoint.empty()) continue;
    if (f.state == State::Overdue && f.lift == expected.lift && f.since == expected.since) return std::nullopt;
    all.push_back(&f);
  }
  return Failure{expectation.range, fmt::format("overdue {} since {}", expected.lift, typed_ir::print_instant(expected.since)), texts_of(all), {}};
}

}  // namespace writ::testing
