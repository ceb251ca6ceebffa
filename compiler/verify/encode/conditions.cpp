#include "compiler/verify/encode/conditions.h"

#include <fmt/format.h>

#include <numeric>

namespace writ::verify {

using typed_ir::Cond;
using typed_ir::CondKind;
using typed_ir::Scalar;

Entity referenced(const Denoted& reference) {
  return {reference.path, reference.type.entity, reference.has, reference.value, reference.group};
}

Kleene control_in_force(View& view, kernel::ControlId id) {
  World& w = view.world();
  const Logic& logic = view.logic();
  smt::Terms& t = w.terms();
  const kernel::Control& c = w.kernel().controls[id];
  if (c.by_requirement) return logic.truth();
  const std::string path = "control:" + c.name;
  typed_ir::Type time;
  time.scalar = typed_ir::Scalar::Time;
  const Term supplied = t.boolean(path + "!known"), effective = t.boolean(path + "!effective"), monitored = t.boolean(path + "!monitored");
  const Term known = t.conjunction(supplied, view.keeps(path));
  const Denoted tested = w.free_value(path + "!tested", time);
  w.note({.kind = World::Note::Kind::Control, .path = path, .present = supplied, .of = c.name, .act = {}, .dated = t.truth(), .time = tested.value,
          .effective = effective, .monitored = monitored});
  return logic.conjunction({logic.known(known, effective), logic.known(known, monitored), logic.from(tested.value, known),
                            logic.before(t.add(tested.value, t.integer(c.tested_every)), known)});
}

Kleene Reader::condition(kernel::CondId id) {
  if (logic().faulty(Fault::KnownPerOccurrence)) return evaluate(store().cond(id));
  if (const auto found = known_.find(id); found != known_.end()) return found->second;
  const Kleene value = evaluate(store().cond(id));
  known_.emplace(id, value);
  return value;
}

Kleene Reader::fresh(const Kleene& value, const std::vector<const Denoted*>& read) {
  Kleene result = value;
  for (const Denoted* d : read) result = logic().capped(result, d->fresh_until);
  return result;
}

Kleene Reader::evaluate(const Cond& cond) {
  auto all = [&] {
    std::vector<Kleene> parts;
    for (kernel::CondId c : cond.c) parts.push_back(condition(c));
    return parts;
  };
  auto t = [&](std::size_t i) { return term(cond.t[i]); };
  switch (cond.kind) {
    case CondKind::True: return logic().truth();
    case CondKind::False: return logic().falsity();
    case CondKind::Unknown: return logic().unknown();
    case CondKind::Fact: {
      const Denoted d = t(0);
      return fresh(logic().known(d.has, d.value), {&d});
    }
    case CondKind::Equal: return equal(t(0), t(1));
    case CondKind::Less: return less(t(0), t(1), false);
    case CondKind::LessEqual: return less(t(0), t(1), !logic().faulty(Fault::LessForLessEqual));
    case CondKind::ThresholdLess: return threshold(t(0), store().threshold(cond.threshold), false);
    case CondKind::ThresholdLessEqual: return threshold(t(0), store().threshold(cond.threshold), true);
    case CondKind::Known: {
      const Denoted d = t(0);
      return fresh(logic().state(d.has, d.none), {&d});
    }
    case CondKind::In: return in(t(0), t(1));
    case CondKind::SubsetOf: return subset(t(0), t(1));
    case CondKind::Overlaps: return overlaps(t(0), t(1));
    case CondKind::IsEmpty: {
      const Denoted d = t(0);
      const Term empty = view_.world().is_empty(*d.set);
      return fresh(logic().state(terms().conjunction(d.set->complete, empty), terms().negation(empty)), {&d});
    }
    case CondKind::StartsWith: return affix(t(0), t(1), true);
    case CondKind::EndsWith: return affix(t(0), t(1), false);
    case CondKind::Under: return view_.world().anything("under");
    case CondKind::Holds: {
      std::vector<Denoted> args;
      for (std::size_t i = 1; i < cond.t.size(); ++i) args.push_back(t(i));
      return env_.holds ? env_.holds(t(0), cond.role, args) : view_.world().anything("holds");
    }
    case CondKind::Can: return env_.can ? env_.can(cond) : view_.world().anything("can");
    case CondKind::Not: return logic().negation(condition(cond.c[0]));
    case CondKind::And: return logic().conjunction(all());
    case CondKind::Or: return logic().disjunction(all());
    case CondKind::AtLeast: return logic().at_least(cond.count, all());
  }
  return logic().unknown();
}

Kleene Reader::equal(const Denoted& a, const Denoted& b) {
  if (a.set && b.set) return equal_sets(a, b);
  if (a.of_now || b.of_now) {
    // now == t is not now < t and now < t + 1
    const Denoted& now = a.of_now ? a : b;
    const Denoted& other = a.of_now ? b : a;
    return logic().conjunction({logic().negation(less(now, other, false)), less(now, other, true)});
  }
  smt::Terms& t = terms();
  Term has = t.conjunction(a.has, b.has);
  if (a.currency.valid() && b.currency.valid()) has = t.conjunction(has, t.equal(a.currency, b.currency));
  if (a.type.scalar == Scalar::Ref && a.type.entity != b.type.entity && a.type.entity && b.type.entity)
    return fresh(logic().known(has, t.falsity()), {&a, &b});
  const std::int64_t common = std::lcm(a.denominator, b.denominator);
  const Term same = common == 1 ? t.equal(a.value, b.value) : t.equal(t.scale(a.value, common / a.denominator), t.scale(b.value, common / b.denominator));
  return fresh(logic().known(has, same), {&a, &b});
}

Kleene Reader::less(const Denoted& a, const Denoted& b, bool or_equal) {
  if (a.of_now != b.of_now) return compare_now(a, b, or_equal);
  smt::Terms& t = terms();
  Term has = t.conjunction(a.has, b.has);
  if (a.currency.valid() && b.currency.valid()) has = t.conjunction(has, t.equal(a.currency, b.currency));
  const std::int64_t common = std::lcm(a.denominator, b.denominator);
  const Term left = t.scale(a.value, common / a.denominator), right = t.scale(b.value, common / b.denominator);
  return fresh(logic().known(has, or_equal ? t.less_equal(left, right) : t.less(left, right)), {&a, &b});
}

Kleene Reader::compare_now(const Denoted& a, const Denoted& b, bool or_equal) {
  smt::Terms& t = terms();
  const Term known = t.conjunction(a.has, b.has);
  auto minus = [&](Term x, Term y) { return t.add(x, t.scale(y, -1)); };
  const Term one = t.integer(1);
  if (a.of_now) {   // now + x < y: before y - x; now + x <= y: before y - x + 1
    const Term end = minus(b.value, a.value);
    return fresh(logic().before(or_equal ? t.add(end, one) : end, known), {&a, &b});
  }
  const Term start = minus(a.value, b.value);   // x <= now + y: from x - y; x < now + y: from x - y + 1
  return fresh(logic().from(or_equal ? start : t.add(start, one), known), {&a, &b});
}

Kleene Reader::threshold(const Denoted& amount, const typed_ir::Threshold& threshold, bool or_equal) {
  smt::Terms& t = terms();
  std::vector<Term> listed, holds;
  for (const typed_ir::Value& limit : threshold.amounts) {
    const Term here = t.equal(amount.currency, view_.world().code(limit.text));
    const Term bound = t.integer(static_cast<__int128>(limit.number) * (amount.denominator / typed_ir::kScale));
    listed.push_back(here);
    holds.push_back(t.conjunction(here, or_equal ? t.less_equal(amount.value, bound) : t.less(amount.value, bound)));
  }
  return fresh(logic().known(t.conjunction(amount.has, t.disjunction(listed)), t.disjunction(holds)), {&amount});
}

Kleene Reader::in(const Denoted& element, const Denoted& set) {
  smt::Terms& t = terms();
  World& w = view_.world();
  const Term inside = t.conjunction(element.has, w.contains(*set.set, element.value));
  const Term outside = t.conjunction({set.set->complete, element.has, t.negation(w.contains(*set.set, element.value))});
  // An unknown element is outside a set that is known to be empty.
  const Term empty = element.has == t.truth() ? t.falsity() : t.conjunction(set.set->complete, w.is_empty(*set.set));
  return fresh(logic().state(inside, t.disjunction(outside, empty)), {&element, &set});
}

Kleene Reader::equal_sets(const Denoted& a, const Denoted& b) {
  smt::Terms& t = terms();
  World& w = view_.world();
  const Term ab = w.subset(*a.set, *b.set), ba = w.subset(*b.set, *a.set);
  const Term yes = t.conjunction({a.set->complete, b.set->complete, ab, ba});
  const Term no = t.disjunction(t.conjunction(b.set->complete, t.negation(ab)), t.conjunction(a.set->complete, t.negation(ba)));
  return fresh(logic().state(yes, no), {&a, &b});
}

Kleene Reader::subset(const Denoted& a, const Denoted& b) {
  smt::Terms& t = terms();
  const Term inside = view_.world().subset(*a.set, *b.set);
  return fresh(logic().state(t.conjunction(a.set->complete, inside), t.conjunction(b.set->complete, t.negation(inside))), {&a, &b});
}

Kleene Reader::overlaps(const Denoted& a, const Denoted& b) {
  smt::Terms& t = terms();
  World& w = view_.world();
  const Term meet = w.overlap(*a.set, *b.set);
  const Term no = t.disjunction({t.conjunction({a.set->complete, b.set->complete, t.negation(meet)}),
                                 t.conjunction(a.set->complete, w.is_empty(*a.set)), t.conjunction(b.set->complete, w.is_empty(*b.set))});
  return fresh(logic().state(meet, no), {&a, &b});
}

Kleene Reader::affix(const Denoted& string, const Denoted& pattern, bool at_start) {
  const std::string text = view_.world().strings().text(static_cast<std::int64_t>(terms().node(pattern.value).number));
  return fresh(logic().known(string.has, view_.world().has_affix(string.value, text, at_start)), {&string});
}

Kleene Reader::lies_in(const Denoted& value, const Denoted& scope) {
  if (scope.set) return in(roll_up(value, scope.type), scope);
  return equal(roll_up(value, scope.type), scope);
}

}  // namespace writ::verify
