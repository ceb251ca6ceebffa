// Standing rules at use (semantics.md 6.5): every act of every side, where the person's live holdings give all sides in the act's scope. Only
// spots where the act may lie are looked at: elsewhere the instance is false for ever.
#include "runtime/core/evaluation.h"

namespace writ::core {
namespace {

using layout::Scalar;

/// A value of a joined dimension, and whether the act lies there.
struct Spot {
  Value value;
  Judged here;
};
struct Axis {
  Index dimension = kNone;
  std::span<const Spot> spots;
};

}  // namespace

Value Values::operator[](std::uint32_t i) const { return open ? named[i] : Value{Scalar::Enum, dimension, i, {}}; }

/// For an open dimension: the values that the holder's facts or the act name, and one that nobody names.
Values Evaluation::values_of(Index dimension, const Holder& holder) {
  const layout::Enum& e = view_.enums[dimension];
  if ((e.flags & layout::kEnumOpen) == 0) return {dimension, false, e.value_count, {}};
  List<Value> all(arena_);
  const auto add = [&](const Value& v) {
    if (spend() && v.scalar == Scalar::Enum && v.type == dimension) all.push(v);
  };
  const auto add_facts = [&](const Record* record) {
    if (!record) return;
    for (const Fact& fact : record->facts) {
      for (const Value& v : fact.values) add(v);
      if (fact.values.empty() && fact.state == State::Known) add(fact.value);
    }
  };
  for (const Entry& entry : holder.entries)
    for (const Argument& argument : entry.held->args)
      if (argument.known) add(argument.value);
  add_facts(holder.person.record);
  add_facts(now_.resource);
  if (holder.person.record)
    for (const Anonymous& a : holder.person.record->held.access) add(a.value);
  all.push({Scalar::Enum, dimension, 0, kAnyOther});
  const auto values = all.get();
  std::sort(values.begin(), values.end(), [](const Value& a, const Value& b) { return a.number != b.number ? a.number < b.number : a.text < b.text; });
  const auto end = std::unique(values.begin(), values.end(), [](const Value& a, const Value& b) { return a.number == b.number && a.text == b.text; });
  return {dimension, true, static_cast<std::uint32_t>(end - values.begin()), values};
}

/// The act is in a side: in one of its accesses, or something that the side's role grants.
Judged Evaluation::in_side(const layout::Side& side) {
  Any any(leaves_);
  for (std::uint32_t i = 0; i < side.element_count; ++i) {
    const layout::SideElement& e = view_.side_elements[side.first_element + i];
    any.add(act_in_any(e.accesses));
    for (const Index use : list(e.roles)) any.add(surely(truth_of(grants_of(view_.role_uses[use].role) != nullptr)));
    if (any.settled()) break;
  }
  return any.get();
}

Judged Evaluation::standing_rho(const Holder& holder, const layout::Restriction& rule, const Instance& spot) {
  Count count(leaves_, rule.count);
  for (std::uint32_t i = 0; i < rule.side_count; ++i)
    count.add(can(holder, view_.sides[rule.first_side + i], spot.has_other && i > 0 ? spot.other : spot.place));
  return count.get();
}

/// Without a join, capabilities have a scope for each dimension to which a lift of the rule is confined, in their order.
std::uint32_t Evaluation::scope_confined(const layout::Restriction& rule, Index dimension) {
  std::uint32_t before = 0;
  const auto lifts = list(rule.lifts);
  for (auto l = lifts.begin(); l != lifts.end() && spend(rule.lifts.count); ++l) {
    const Index other = view_.lifts[*l].within_dimension;
    const auto same = [&](std::uint32_t earlier) { return view_.lifts[earlier].within_dimension == other; };
    if (other < dimension && std::none_of(lifts.begin(), l, same)) ++before;   // none is greater than any
  }
  return before;
}

/// The person can do some side outside the lift's `within` (6.9, rules without a join).
Judged Evaluation::can_outside(const Holder& holder, const layout::Restriction& rule, const layout::Lift& lift) {
  const auto within = list(lift.within);
  Any any(leaves_);
  const std::uint32_t scope = scope_confined(rule, lift.within_dimension);
  for (std::uint32_t s = 0; s < rule.side_count; ++s) {
    const Values values = values_of(lift.within_dimension, holder);
    for (std::uint32_t i = 0; i < values.count && spend(lift.within.count + 1); ++i) {
      const PlaceValue place{lift.within_dimension, values[i], scope};
      const bool inside = std::any_of(within.begin(), within.end(), [&](std::uint32_t o) { return place.value.number == o && place.value.text.empty(); });
      if (!inside) any.add(can(holder, view_.sides[rule.first_side + s], {&place, 1}));
    }
  }
  return any.get();
}

namespace {

/// Every combination of one spot per axis, as digits.
class Odometer {
 public:
  explicit Odometer(std::span<const Axis> axes, std::span<std::uint32_t> digits) : axes_(axes), digits_(digits) {
    for (const Axis& a : axes) done_ |= a.spots.empty();
    done_ |= digits.size() != axes.size();
  }
  bool done() const { return done_; }
  const Spot& operator[](std::size_t axis) const { return axes_[axis].spots[digits_[axis]]; }
  void next() {
    for (std::size_t i = axes_.size(); i-- > 0;) {
      if (++digits_[i] < axes_[i].spots.size()) return;
      digits_[i] = 0;
    }
    done_ = true;
  }

 private:
  std::span<const Axis> axes_;
  std::span<std::uint32_t> digits_;
  bool done_ = false;
};

}  // namespace

void Evaluation::use_instances(Index id) {
  const layout::Restriction& rule = view_.restrictions[id];
  if ((rule.flags & layout::kRestrictionAtUse) == 0) return;
  const auto same = list(rule.same);
  Any inside(leaves_);
  for (std::uint32_t i = 0; i < rule.side_count; ++i) inside.add(in_side(view_.sides[rule.first_side + i]));
  const Judged reached = inside.get(), since = in_force_since(rule);
  if (reached.never_true() || since.never_true()) return;

  const auto spots_of = [&](Index dimension, const Holder& who, bool all) {
    List<Spot> spots(arena_);
    Index of = kNone;
    const Result scope = act_scope(dimension, now_, of);
    const Values values = values_of(dimension, who);
    for (std::uint32_t i = 0; i < values.count && spend(); ++i) {
      const Value v = values[i];
      const Judged here = scope.known() ? capped(lies_in(of, scope.value, dimension, v), scope.horizon) : unknown(scope.why, scope.horizon);
      if (all || !here.never_true()) spots.push({v, here});
    }
    return std::span<const Spot>(spots.get());
  };
  const auto at = [&](const Odometer& o, const Spot* last) {
    All all(leaves_);
    for (std::size_t i = 0; i < same.size(); ++i) all.add(o[i].here);
    if (last) all.add(last->here);
    return all.get();
  };
  const auto place = [&](const Odometer& o, const Spot* last) -> Place {
    const std::span<PlaceValue> values = arena_.take<PlaceValue>(same.size() + (last ? 1 : 0));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = i < same.size() ? PlaceValue{same[i], o[i].value} : PlaceValue{rule.across, last->value};
    return values;
  };
  const auto conclude_at = [&](const Holder& who, const Odometer& o, const Spot* v, const Spot* w) {
    Any lies(leaves_);
    lies.add(at(o, v));
    if (w) lies.add(at(o, w));
    All rho(leaves_);
    rho.add(since);
    rho.add(surely(Truth::True, persons_.horizon));
    rho.add(reached);
    rho.add(lies.get());
    if (rho.settled() || !spend()) return;
    std::byte* const mark = arena_.mark();
    Instance instance;
    instance.of = id;
    instance.has_person = true;
    instance.person = who.person;
    instance.place = place(o, v);
    instance.has_other = w != nullptr;
    if (w) instance.other = place(o, w);
    rho.add(standing_rho(who, rule, instance));
    instance.rho = rho.get();
    holder_ = &who;
    conclude(instance);
    holder_ = nullptr;
    if (!leaves_.told() || instance.rho.is(Truth::False)) arena_.release(mark);
  };

  for (std::size_t p = 0; p < persons_.effective.size() && spend(); ++p) {
    const Holder& who = holder(p);
    const std::span<Axis> axes = arena_.take<Axis>(same.size());
    for (std::size_t i = 0; i < axes.size(); ++i) axes[i] = {same[i], spots_of(same[i], who, false)};
    const std::span<const Spot> across = rule.across == kNone ? std::span<const Spot>{} : spots_of(rule.across, who, true);
    for (Odometer o(axes, arena_.take<std::uint32_t>(same.size())); !o.done() && spend(); o.next()) {
      if (rule.across == kNone) conclude_at(who, o, nullptr, nullptr);
      for (const Spot& v : across)
        for (const Spot& w : across) {
          const bool one = v.value.number == w.value.number && v.value.text == w.value.text && v.value.text != kAnyOther;
          if (!one && spend() && !(v.here.never_true() && w.here.never_true())) conclude_at(who, o, &v, &w);
        }
    }
  }
  const Judged other = persons_.somebody_else();
  if (other.never_true()) return;
  All rho(leaves_);
  rho.add(since);
  rho.add(reached);
  rho.add(other);
  rho.add(persons_.complete ? surely(Truth::False) : unknown(persons_.why));
  Instance instance;
  instance.of = id;
  instance.nobody_known = true;
  instance.rho = rho.get();
  conclude(instance);
}

}  // namespace writ::core
