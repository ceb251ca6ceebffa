// Renewals are detected, not declared (semantics.md 8.5): lifts of one kind and rule that select a common instance and follow each other
// with less than `cooling` between them are one chain, whatever they are called. Judged instance by instance: a person (one of those
// named, or anybody else), a scope value, a binding, an object.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/check/days.h"
#include "compiler/check/facts_truth.h"
#include "compiler/check/lifts.h"

namespace writ::check {
namespace {

using typed_ir::Lift;

/// One sample instance; none: anybody, anywhere, any object.
struct Instance {
  std::optional<std::string> person;
  std::optional<Value> value;
  EntityId binding;                     ///< none: the standing ones, or single acts
  std::optional<std::string> object;
};

class Chains {
 public:
  Chains(Context& context, std::vector<const LiftSite*> sites) : context_(context), sites_(std::move(sites)) {}

  void check() {
    std::set<std::optional<std::string>> persons{std::nullopt}, objects{std::nullopt};
    std::set<std::optional<Value>> values{std::nullopt};
    std::set<EntityId> bindings{EntityId{}};
    for (const LiftSite* site : sites_) {
      persons.insert(site->lift.persons.begin(), site->lift.persons.end());
      objects.insert(site->lift.object_ids.begin(), site->lift.object_ids.end());
      values.insert(site->lift.within.begin(), site->lift.within.end());
      bindings.insert(site->lift.same.begin(), site->lift.same.end());
    }
    for (const auto& person : persons)
      for (const auto& value : values)
        for (const EntityId binding : bindings)
          for (const auto& object : objects) check_instance({person, value, binding, object});
  }

 private:
  bool selects(const Lift& lift, const Instance& at) const {
    return selects_person(lift, at.person) && selects_value(lift, at.value) && selects_binding(lift, at.binding) &&
           selects_object(lift, at.object);
  }

  bool selects_person(const Lift& lift, const std::optional<std::string>& person) const {
    if (!lift.persons.empty()) return person && std::binary_search(lift.persons.begin(), lift.persons.end(), *person);
    if (!person) return true;
    for (const typed_ir::Register& facts : context_.program.registers) {
      const RegisterTruth truth(context_.program, facts);
      const typed_ir::EntityFacts* known = truth.find(*person);
      if (known && lift.type.valid() && known->type.valid() && known->type != lift.type) return false;
      if (known && truth.holds(lift.who, *known, lift.from) == Fact::No) return false;
    }
    return true;
  }

  bool selects_value(const Lift& lift, const std::optional<Value>& value) const {
    if (lift.within.empty()) return true;
    if (!value) return false;
    const typed_ir::Schema& schema = context_.program.schema;
    const auto up = schema.roll_up(EnumId{value->type}, static_cast<std::uint32_t>(value->number), lift.within_dimension);
    if (!up) return !schema.rolls_up(EnumId{value->type}, lift.within_dimension) && !schema.rolls_up(lift.within_dimension, EnumId{value->type});
    return std::any_of(lift.within.begin(), lift.within.end(), [&](const Value& w) { return static_cast<std::uint32_t>(w.number) == *up; });
  }

  static bool selects_binding(const Lift& lift, EntityId binding) {
    if (!binding.valid()) return lift.standing();   // a lift at the other point goes on with the same leave
    return std::binary_search(lift.same.begin(), lift.same.end(), binding);
  }
  static bool selects_object(const Lift& lift, const std::optional<std::string>& object) {
    if (lift.object_ids.empty()) return true;
    return object && std::binary_search(lift.object_ids.begin(), lift.object_ids.end(), *object);
  }

  void check_instance(const Instance& instance) {
    std::vector<const LiftSite*> chain;
    Instant end = 0;
    for (const LiftSite* site : sites_) {
      if (!selects(site->lift, instance)) continue;
      const std::int64_t cooling = site->lift.terms.cooling ? site->lift.terms.cooling : site->lift.terms.at_most;
      if (!chain.empty() && site->lift.from - end >= cooling) chain.clear();
      chain.push_back(site);
      end = chain.size() == 1 ? site->lift.until : std::max(end, site->lift.until);
      check_chain(chain);
    }
  }

  void check_chain(const std::vector<const LiftSite*>& chain) {
    if (chain.size() < 2) return;
    const LiftSite& last = *chain.back();
    const typed_ir::Yield& terms = last.lift.terms;
    const std::size_t renewals = chain.size() - 1;
    if (renewals > terms.renew)
      report(Code::renewal_cap, chain, {last.symbol->local, fmt::format("{}", renewals), last.rule.text, fmt::format("{}", terms.renew)});
    std::int64_t total = 0;
    for (const LiftSite* site : chain) total += site->lift.until - site->lift.from;
    const std::int64_t longest = terms.in_a_row ? terms.in_a_row : (1 + static_cast<std::int64_t>(terms.renew)) * terms.at_most;
    if (longest == 0 || total <= longest) return;
    const Code code = last.lift.mitigation ? Code::mitigation_too_long_in_a_row : Code::waiver_too_long_in_a_row;
    report(code, chain, {last.symbol->local, length_text(total, longest), last.rule.text, duration_text(longest)});
  }

  void report(Code code, const std::vector<const LiftSite*>& chain, std::vector<std::string> args) {
    if (!reported_.insert({code, chain.back()}).second) return;
    auto& message = context_.report(code, chain.back()->symbol->written.range, std::move(args));
    for (std::size_t i = 0; i + 1 < chain.size() && i < 3; ++i) message.with_label(chain[i]->symbol->written.range, "of the same chain");
  }

  Context& context_;
  std::vector<const LiftSite*> sites_;
  std::set<std::pair<Code, const LiftSite*>> reported_;
};

}  // namespace

void check_renewals(Context& context, const std::vector<LiftSite>& sites) {
  std::map<std::pair<RuleId, bool>, std::vector<const LiftSite*>> groups;
  for (const LiftSite& site : sites) groups[{site.lift.rule, site.lift.mitigation}].push_back(&site);
  for (auto& [key, group] : groups) {
    if (group.size() < 2) continue;
    std::stable_sort(group.begin(), group.end(), [](const LiftSite* a, const LiftSite* b) {
      return std::tie(a->lift.from, a->lift.until, a->lift.name) < std::tie(b->lift.from, b->lift.until, b->lift.name);
    });
    Chains(context, group).check();
  }
}

}  // namespace writ::check
