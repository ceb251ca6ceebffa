// A test that starts from no register and says no `at` asks at 2000-01-01 (semantics.md 14.2 says nothing of it; decision 0028). Where the answer depends on
// time, that is hardly meant: everybody's employment, and every exception, starts later.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/conditions.h"
#include "compiler/check/tests_expect.h"
#include "compiler/support/overloaded.h"

namespace writ::check {
namespace {

using typed_ir::EntityFacts;
using typed_ir::kInstantWithoutFacts;
using typed_ir::Scenario;

bool is_later(Instant instant) { return instant > kInstantWithoutFacts && instant != typed_ir::kForever; }

class WithoutTime {
 public:
  WithoutTime(const typed_ir::Program& program, const Scenario& scenario) : program_(program), scenario_(scenario) {}

  /// What of the answer depends on time: "…, and `ada` is employed later".
  std::optional<std::string> reason(const typed_ir::Expectation& expectation) const {
    using Reason = std::optional<std::string>;
    return std::visit(support::Overloaded{[&](const typed_ir::ExpectDecision& e) -> Reason { return e.details.at ? Reason{} : of_decision(e); },
                                          [](const typed_ir::ExpectFinding&) -> Reason { return std::nullopt; },   // of all times from then on
                                          [&](const typed_ir::ExpectOverdue& e) -> Reason { return e.since > kInstantWithoutFacts ? of_lift(e.lift) : std::nullopt; },
                                          [](const typed_ir::ExpectError&) -> Reason { return std::nullopt; },
                                          [](const typed_ir::ExpectProof&) -> Reason { return std::nullopt; }},
                      expectation.what);
  }

 private:
  std::optional<std::string> of_decision(const typed_ir::ExpectDecision& e) const {
    if (e.question != typed_ir::ExpectDecision::Question::Perform && e.details.from) return std::nullopt;   // asked of an interval
    for (const std::string& id : {e.who, e.for_person, e.run_by, e.to})
      if (auto later = of_person(id)) return later;
    if (e.question != typed_ir::ExpectDecision::Question::Perform) return std::nullopt;
    for (const typed_ir::Role& role : program_.roles)
      for (const typed_ir::GrantLine& line : role.may)
        if (acts(line.accesses, e.action) && reads_now(line.accesses)) return fmt::format("`{}` depends on `now`", role.local);
    for (const typed_ir::Rule& rule : program_.rules)
      if (acts(accesses_of(rule), e.action))
        if (auto later = of_rule(rule)) return later;
    return std::nullopt;
  }

  std::optional<std::string> of_person(const std::string& id) const {
    const auto found = scenario_.facts.entities.find(id);
    if (id.empty() || found == scenario_.facts.entities.end()) return std::nullopt;
    const EntityFacts& person = found->second;
    const typed_ir::Entity& type = program_.schema.entities[person.type];
    if (states_later(person, type.tenure_from)) return fmt::format("`{}` is employed from a later day on", person.word);
    if (states_later(person, type.tenure_until)) return fmt::format("`{}` is employed until a later day", person.word);
    for (const typed_ir::Holding& held : person.holds) {
      const std::string& role = program_.roles[held.role].local;
      if (is_later(held.from)) return fmt::format("`{}` holds `{}` from a later day on", person.word, role);
      if (is_later(held.until)) return fmt::format("`{}` holds `{}` until a later day", person.word, role);
    }
    return std::nullopt;
  }
  bool states_later(const EntityFacts& person, AttributeId attribute) const {
    if (!attribute.valid()) return false;
    const auto found = person.attributes.find(attribute);
    if (found == person.attributes.end()) return false;
    const auto& values = found->second.values;
    return std::any_of(values.begin(), values.end(), [](const Value& v) { return is_later(v.number); });
  }

  std::optional<std::string> of_rule(const typed_ir::Rule& rule) const {
    const typed_ir::RuleInfo& info = typed_ir::info(rule);
    if (is_later(info.enforced_from)) return fmt::format("`{}` is enforced from a later day on", info.local);
    if (reads_now(accesses_of(rule))) return fmt::format("`{}` depends on `now`", info.local);
    for (const typed_ir::Lift& lift : program_.lifts)
      if (&program_.rules[lift.rule] == &rule)
        if (auto later = of_lift(lift.name)) return later;
    return std::nullopt;
  }
  std::optional<std::string> of_lift(const std::string& name) const {
    for (const typed_ir::Lift& lift : program_.lifts)
      if (lift.name == name && is_later(lift.from)) return fmt::format("`{}` lifts from a later day on", name.substr(name.rfind('.') + 1));
    return std::nullopt;
  }

  static bool acts(const std::vector<typed_ir::Access>& accesses, ActionId action) {
    return std::any_of(accesses.begin(), accesses.end(), [&](const typed_ir::Access& access) {
      return access.everything || std::find(access.actions.begin(), access.actions.end(), action) != access.actions.end();
    });
  }
  bool reads_now(const std::vector<typed_ir::Access>& accesses) const {
    return std::any_of(accesses.begin(), accesses.end(), [&](const typed_ir::Access& access) {
      const auto terms = access.where.valid() ? terms_of(program_.conditions, access.where) : std::vector<TermId>{};
      return std::any_of(terms.begin(), terms.end(), [&](TermId t) { return program_.conditions.term(t).kind == typed_ir::TermKind::Now; });
    });
  }
  static std::vector<typed_ir::Access> accesses_of(const typed_ir::Rule& rule) {
    std::vector<typed_ir::Access> all;
    std::visit(support::Overloaded{[&](const typed_ir::Segregation& s) {
                                     for (const typed_ir::Side& side : s.sides)
                                       for (const typed_ir::SideElement& element : side.elements)
                                         all.insert(all.end(), element.accesses.begin(), element.accesses.end());
                                   },
                                   [&](const auto& other) { all = other.accesses; }},
               rule);
    return all;
  }

  const typed_ir::Program& program_;
  const Scenario& scenario_;
};

}  // namespace

void warn_of_missing_time(Context& context, const typed_ir::Scenario& scenario) {
  if (!scenario.facts.name.empty()) return;
  const WithoutTime without(context.program, scenario);
  for (const typed_ir::Expectation& expectation : scenario.expectations) {
    const auto reason = without.reason(expectation);
    if (!reason) continue;
    context.report(Code::asked_without_time, expectation.range, {*reason})
        .with_note("say `at 2026-06-01T12:00Z` after the question, or let the test start from a facts file, which is `as of` an instant");
    return;   // once a test
  }
}

}  // namespace writ::check
