// Roles as held, live and effective (semantics.md 5.1–5.3).
#include "runtime/core/evaluation.h"

namespace writ::core {
Why Evaluation::held_leaf(const Record* person) { return word(Word::held, person ? person->held.reason : Reason::not_supplied); }

void Evaluation::tenure_bound(const Record& person, Index id, bool first, Instant start, const Scene& scene, All& all) {
  if (id == kNone) return;
  const Result e = attribute(person, id, UnknownFact{UnknownFact::Kind::Principal, Reason::not_supplied, id, {}}, scene);
  if (e.state == State::Absent && !first) return all.add(surely(Truth::True, e.horizon));
  if (!e.known() || e.value.scalar != layout::Scalar::Time) return all.add(unknown(e.why, e.horizon));
  const Instant at = e.value.number;
  all.add(capped(first ? not_before(scene.now, at) : before(scene.now, at), e.horizon));
  if (start != kNoInstant) all.add(surely(truth_of(first ? start >= at : start < at), e.horizon));
}

/// `start` and now inside one tenure of the person.
Judged Evaluation::tenure(const Record& person, Instant start, const Scene& scene) {
  const layout::Entity& type = view_.entities[person.type];
  if (type.tenure_from == kNone && type.tenure_until == kNone) return surely(Truth::True);
  All all(leaves_);
  tenure_bound(person, type.tenure_from, true, start, scene, all);
  tenure_bound(person, type.tenure_until, false, start, scene, all);
  return all.get();
}

/// from + the role's present `at most` (5.2); nothing to add for a birthright.
Judged Evaluation::cap(const Held& held, const Scene& scene) {
  const layout::Role& role = view_.roles[held.role];
  if (role.cap == 0 || held.since_ever || held.attested_now || held.by == Route::Birthright) return surely(Truth::True);
  const bool birthright = (role.flags & layout::kRoleHasBirthright) != 0, other = (role.flags & layout::kRoleHasOtherRoute) != 0;
  const bool unsaid = held.by == Route::Unsaid;
  if (unsaid && birthright && !other) return surely(Truth::True);
  if (held.from == kNoInstant) return unknown_word(Word::held_from, Reason::not_supplied);
  const Judged within = before(scene.now, later(held.from, role.cap));
  if (within.is(Truth::False) && unsaid && birthright) return unknown_word(Word::held_route, Reason::not_supplied);
  return within;
}

/// Everything that it rests on is in force; a name that no lift has says nothing.
Judged Evaluation::rests(const Record& person, const Held& held, const Scene& scene) {
  if (held.rests_on.empty() && held.rests_on_complete) return surely(Truth::True);
  All all(leaves_);
  const Key key{person.type, person.id};
  for (const std::span<const Index> lifts : held.rests_on) {
    Any any(leaves_);
    for (const Index lift : lifts)
      if (spend() && lift < view_.lifts.count) any.add(in_force(view_.lifts[lift], &key, scene.now));
    all.add(lifts.empty() ? unknown_word(Word::held_rests_on, Reason::not_supplied) : any.get());
  }
  if (!held.rests_on_complete) all.add(unknown_word(Word::held_rests_on, Reason::not_supplied));
  return all.get();
}

/// `scene`: where the gate is read, the person as principal, the holding's arguments as parameters.
Judged Evaluation::part(HoldingPart of, const Record& person, const Held& held, const Scene& scene) {
  switch (of) {
    case HoldingPart::from:
      if (held.attested_now) return surely(Truth::True, scene.now == kNoInstant ? 0 : scene.now);
      if (held.since_ever) return surely(Truth::True);
      return held.from == kNoInstant ? unknown_word(Word::held_from, Reason::not_supplied) : not_before(scene.now, held.from);
    case HoldingPart::until:
      if (held.attested_now || held.endless) return surely(Truth::True);
      return held.until == kNoInstant ? unknown_word(Word::held_until, Reason::not_supplied) : before(scene.now, held.until);
    case HoldingPart::at_most: return cap(held, scene);
    case HoldingPart::tenure: return tenure(person, held.attested_now ? kNoInstant : held.from, scene);
    case HoldingPart::rests_on: return held.attested_now ? surely(Truth::True) : rests(person, held, scene);
    case HoldingPart::eligible: {
      const layout::Role& role = view_.roles[held.role];
      if (!type_fits(held.role, {person.type, person.id})) return surely(Truth::False);
      return (role.flags & layout::kRoleContinuous) != 0 ? judge(role.eligible, scene) : surely(Truth::True);
    }
    case HoldingPart::delegator:   // 4.4 is not in this edition: never wider
      return held.delegated ? unknown_word(Word::delegation, Reason::not_supported) : surely(Truth::True);
  }
  return unknown_word(Word::held, Reason::not_supported);
}

Judged Evaluation::live(const Record& person, const Held& held, const Scene& scene) {
  All all(leaves_);
  if (held.attested_now || !held.since_ever) all.add(part(HoldingPart::from, person, held, scene));
  if (!held.attested_now && !held.endless) all.add(part(HoldingPart::until, person, held, scene));
  all.add(cap(held, scene));
  all.add(tenure(person, held.attested_now ? kNoInstant : held.from, scene));
  if (!held.attested_now) all.add(rests(person, held, scene));
  return all.get();
}

bool Evaluation::type_fits(Index role, const Key& key) const {
  const layout::Role& r = view_.roles[role];
  return r.type == key.type && (r.only_id == 0 || view_.text(r.only_id) == key.id);
}

/// `own`: the person as principal, the holding's arguments as parameters.
Judged Evaluation::effective(const Record& person, const Held& held, const Scene& own) {
  const layout::Role& role = view_.roles[held.role];
  if (!type_fits(held.role, {person.type, person.id})) return surely(Truth::False);
  const bool continuous = (role.flags & layout::kRoleContinuous) != 0;
  if (!continuous && !held.delegated) return live(person, held, own);
  All all(leaves_);
  all.add(live(person, held, own));
  if (continuous) all.add(judge(role.eligible, own));
  if (held.delegated) all.add(unknown_word(Word::delegation, Reason::not_supported));   // 4.4 is not in this edition: never wider
  return all.get();
}

/// 5.3: a live holding of the role, or of one that extends it, with these arguments.
Judged Evaluation::holds(const layout::Cond& cond, const Scene& scene) {
  const auto terms = list(cond.terms);
  const Result who = value(terms[0], scene);
  if (!who.known()) return unknown(who.why, who.horizon);
  const Record* person = who.value.scalar == layout::Scalar::Ref ? find({who.value.type, who.value.text}) : nullptr;
  if (!person) return unknown(held_leaf(nullptr), who.horizon);
  Any any(leaves_);
  for (const Held& held : person->held.roles) {
    for (const Index use : list(view_.roles[held.role].ancestors)) {
      const layout::RoleUse& ancestor = view_.role_uses[use];
      if (!spend() || ancestor.role != cond.role) continue;
      const auto args = list(ancestor.args);
      const Scene own = scene.of(person, held.args);
      All all(leaves_);
      all.add(live(*person, held, scene));
      for (std::size_t i = 0; i < args.size() && i + 1 < terms.size(); ++i) all.add(equal(value(args[i], own), value(terms[i + 1], scene), scene));
      any.add(all.get());
    }
  }
  if (!person->held.complete) any.add(unknown(held_leaf(person)));
  return capped(any.get(), who.horizon);
}

}  // namespace writ::core
