// What lifts an instance: exceptions, mitigations with their controls, warrants (semantics.md 6.9, 7.1, 8.1, 8.2).
#include "runtime/core/chains.h"

namespace writ::core {
Judged Evaluation::selects_person(const layout::Lift& lift, const Person& person) {
  Any any(leaves_);
  if (lift.persons.count == 0) {
    if (lift.type != kNone && lift.type != person.key.type) return surely(Truth::False);
    return judge(lift.who, now_.of(person.record));
  }
  for (const layout::Str id : list(lift.persons)) {
    if (!spend()) break;
    if (person.record && person.record->shared) any.add(unknown_word(Word::person, Reason::shared));
    else any.add(surely(truth_of(person.key.id == view_.text(id) && (lift.type == kNone || lift.type == person.key.type))));
    if (any.settled()) break;
  }
  return any.get();
}

/// 6.9: everybody whom the instance is about. A rule about people together is about all who are on the path.
Judged Evaluation::selects_persons(const layout::Lift& lift, const Instance& instance) {
  if (instance.has_person) return selects_person(lift, instance.person);
  if (view_.restrictions[instance.of].kind != static_cast<std::uint32_t>(layout::RestrictionKind::People))
    return unknown_word(Word::path, Reason::not_supplied);
  All all(leaves_);
  for (const Person& person : persons_.effective) all.add(selects_person(lift, person));
  all.add(persons_.complete ? surely(Truth::True, persons_.horizon) : unknown(persons_.why, persons_.horizon));
  return all.get();
}

Judged Evaluation::lies_within(const layout::Lift& lift, Index dimension, const Value& value) {
  Any any(leaves_);
  for (const std::uint32_t ordinal : list(lift.within)) {
    if (!spend()) break;
    any.add(lies_in(dimension, value, lift.within_dimension, {layout::Scalar::Enum, lift.within_dimension, ordinal, {}}));
  }
  return any.get();
}

Judged Evaluation::resource_within(const layout::Lift& lift) {
  Index of = kNone;
  const Result scope = act_scope(lift.within_dimension, now_, of);
  if (!scope.known()) return unknown(scope.why, scope.horizon);
  return capped(lies_within(lift, of, scope.value), scope.horizon);
}

Judged Evaluation::selects_place(const layout::Lift& lift, const Instance& instance) {
  if (lift.within.count == 0) return surely(Truth::True);
  const layout::Restriction& rule = view_.restrictions[instance.of];
  if (rule.kind != static_cast<std::uint32_t>(layout::RestrictionKind::Standing)) return resource_within(lift);
  if (instance.place.empty()) return holder_ ? !can_outside(*holder_, rule, lift) : unknown_word(Word::scope, Reason::not_supplied);
  const auto inside = [&](Place place) {
    Any any(leaves_);
    for (const PlaceValue& v : place)
      if (rolls_up(v.dimension, lift.within_dimension)) any.add(lies_within(lift, v.dimension, v.value));
    return any.get();
  };
  All all(leaves_);
  all.add(inside(instance.place));
  if (instance.has_other) all.add(inside(instance.other));
  return all.get();
}

Judged Evaluation::selects_object(const layout::Lift& lift, const Instance& instance) {
  if (lift.object_type == kNone) return surely(Truth::True);
  const bool by_key = view_.restrictions[instance.of].key == lift.object_type;
  const Record* resource = now_.resource;
  if (!by_key && resource && resource->type != lift.object_type) return surely(Truth::False);
  const bool known = by_key ? instance.has_key : resource != nullptr;
  const std::string_view id = by_key ? instance.key : resource ? resource->id : std::string_view{};
  All all(leaves_);
  if (lift.object_ids.count > 0 && !known) all.add(unknown_word(Word::resource, Reason::not_supplied));
  if (lift.object_ids.count > 0 && known) {
    const auto ids = list(lift.object_ids);
    const bool named = spend(lift.object_ids.count) && std::any_of(ids.begin(), ids.end(), [&](layout::Str s) { return view_.text(s) == id; });
    all.add(surely(truth_of(named)));
  }
  Scene own = now_.of(now_.principal);
  own.resource = known ? find({lift.object_type, id}) : nullptr;
  all.add(judge(lift.object_where, own));
  return all.get();
}

/// A monitor is active, not the person, and not below him.
Judged Evaluation::monitored(const ControlState& state, const Key* person) {
  Any any(leaves_);
  const UnknownFact name{UnknownFact::Kind::Control, Reason::not_supplied, state.control, {}};
  for (const Monitor& m : state.monitors) {
    if (!spend(static_cast<std::uint32_t>(m.not_below.size()) + 1)) break;
    if (!m.active || m.id.empty()) {
      any.add(surely(Truth::False));
    } else if (!person) {
      any.add(unknown_word(Word::path, Reason::not_supplied));
    } else {
      const Truth itself = same_person(*person, {person->type, m.id});
      const bool clear = std::find(m.not_below.begin(), m.not_below.end(), person->id) != m.not_below.end();
      any.add(itself == Truth::True ? surely(Truth::False) : clear && itself == Truth::False ? surely(Truth::True) : unknown(leaves_.of(name, Reason::not_supplied)));
    }
  }
  return any.get();
}

Judged Evaluation::control_in_force(Index id, const Key* person, Instant now) {
  const layout::Control& control = view_.controls[id];
  if (control.by_requirement != 0) return surely(Truth::True);   // required of every act, nothing is tested
  const UnknownFact name{UnknownFact::Kind::Control, Reason::not_supplied, id, {}};
  const auto nobody_says = [&] { return unknown(leaves_.of(name, Reason::not_supplied)); };
  const auto state = std::find_if(request_.controls.begin(), request_.controls.end(), [&](const ControlState& s) { return s.control == id; });
  if (!spend(static_cast<std::uint32_t>(request_.controls.size())) || state == request_.controls.end()) return nobody_says();
  All all(leaves_);
  all.add(state->effective_state == State::Known ? surely(truth_of(state->effective)) : nobody_says());
  if (state->tested == kNoInstant) {
    all.add(nobody_says());
  } else {
    all.add(not_before(now, state->tested));
    all.add(before(now, later(state->tested, control.tested_every)));
  }
  all.add(monitored(*state, person));
  return all.get();
}

Judged Evaluation::in_force(const layout::Lift& lift, const Key* person, Instant now) {
  if ((lift.flags & layout::kLiftApproved) == 0) return surely(Truth::False);
  All all(leaves_);
  if (lift.from != 0) all.add(not_before(now, lift.from));
  if (lift.until != kForever) all.add(before(now, lift.until));
  for (const Index control : list(lift.controls)) all.add(control_in_force(control, person, now));
  return all.get();
}

Judged Evaluation::selects(const layout::Lift& lift, const Instance& instance) {
  All all(leaves_);
  all.add(selects_persons(lift, instance));
  all.add(selects_place(lift, instance));
  all.add(selects_object(lift, instance));
  all.add(judge(lift.while_condition, instance.has_person ? now_.of(instance.person.record) : now_));
  return all.get();
}

void Evaluation::judge_warrant(const layout::Lift& lift, Index id, LiftVerdict& verdict, List<Missing>* missing) {
  const Warrants& presented = request_.warrants;
  const auto lacks = [&](bool met) {
    if (missing && !met) missing->push({id, 0, kNone, kForever});
  };
  switch (static_cast<layout::WarrantKind>(lift.warrant)) {
    case layout::WarrantKind::Mfa: {
      All all(leaves_);
      if (!presented.mfa) all.add(surely(Truth::False));
      else if (lift.fresh_within == 0) all.add(surely(Truth::True));
      else if (presented.mfa_time == kNoInstant) all.add(unknown_word(Word::mfa, Reason::not_supplied));
      else {
        all.add(not_before(now_.asked, later(presented.mfa_time, -view_.manifest->skew)));
        all.add(before(now_.asked, later(presented.mfa_time, lift.fresh_within)));
      }
      verdict = {id, all.get(), surely(Truth::True)};
      return lacks(false);
    }
    case layout::WarrantKind::Evidence: {
      const auto kind = view_.text(lift.evidence);
      const bool shown = std::find(presented.evidence.begin(), presented.evidence.end(), kind) != presented.evidence.end();
      verdict = {id, surely(truth_of(shown)), surely(Truth::True)};
      return lacks(false);
    }
    case layout::WarrantKind::Approval: {
      if (lift.chain == kNone) {
        verdict = {id, surely(Truth::False), surely(Truth::False)};
        return;
      }
      Chains(*this, lift.chain, id).judge(verdict, missing);
      return;
    }
  }
}

void Evaluation::judge_lifts(Instance& instance) {
  const auto lifts = list(view_.restrictions[instance.of].lifts);
  instance.lifts = arena_.take<LiftVerdict>(lifts.size());
  for (std::size_t i = 0; i < instance.lifts.size(); ++i) {
    const layout::Lift& lift = view_.lifts[lifts[i]];
    LiftVerdict& verdict = instance.lifts[i];
    verdict.lift = lifts[i];
    if (!spend()) return;
    if (lift.kind == static_cast<std::uint32_t>(layout::LiftKind::Warrant)) {
      judge_warrant(lift, lifts[i], verdict, nullptr);
      Any any(leaves_);
      any.add(verdict.met);
      any.add(verdict.obtainable);
      verdict.obtainable = any.get();
      continue;
    }
    All all(leaves_);
    all.add(selects(lift, instance));
    if (!all.settled()) all.add(in_force(lift, instance.has_person ? &instance.person.key : nullptr, now_.now));
    verdict.met = verdict.obtainable = all.get();
  }
}

}  // namespace writ::core
