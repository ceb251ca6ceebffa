// Whether a record's approver fits a party, and is independent of those who ask (semantics.md 7.3, 7.4).
#include "runtime/core/chains.h"

namespace writ::core {

void Chains::independent_of(const Person& approver, const Person& requester, All& all) {
  const Key &a = approver.key, &r = requester.key;
  all.add(is_person(a, r, Truth::False));
  for (const Delegation& d : e_.request_.warrants.delegations)
    if (e_.spend() && ((d.delegator == a.id && d.delegatee == r.id) || (d.delegator == r.id && d.delegatee == a.id))) all.add(surely(Truth::False));

  const Index manager = a.type < e_.view_.entities.count ? e_.view_.entities[a.type].manager : kNone;
  if (manager != kNone) all.add(approver.record ? not_below(*approver.record, manager, r.id) : e_.unknown_word(Word::managers, Reason::not_supplied));
}

/// Provably not below (7.4): whoever is named by `manager` or by `managers` is above, and where the two differ nothing is proved.
Judged Chains::not_below(const Record& person, Index manager, std::string_view requester) {
  const Result direct = e_.attribute(person, manager, UnknownFact{UnknownFact::Kind::Principal, Reason::not_supplied, manager, {}}, e_.now_);
  const bool one = direct.known() && direct.value.scalar == layout::Scalar::Ref, none = direct.state == State::Absent;
  bool below = one && direct.value.text == requester, one_is_listed = false;
  for (const std::string_view id : person.managers.ids) {
    if (!e_.spend()) break;
    below |= id == requester;
    one_is_listed |= one && id == direct.value.text;
  }
  if (below) return surely(Truth::False, direct.horizon);
  const bool none_but_listed = none && !person.managers.ids.empty(), one_but_not_listed = one && person.managers.complete && !one_is_listed;
  if (none_but_listed || one_but_not_listed) return e_.unknown_word(Word::managers, Reason::contradictory, direct.horizon);
  if (none || person.managers.complete) return surely(Truth::True, direct.horizon);
  return e_.unknown_word(Word::managers, person.managers.reason, direct.horizon);
}

/// Nobody behind this record is possibly one who asks, below one, or in a delegation with one.
Judged Chains::independent(const Approval& record) {
  const Persons approvers = e_.persons_of(record.approver, e_.now_);
  const Instant horizon = std::min(approvers.horizon, e_.persons_.horizon);
  All all(e_.leaves_);
  all.add(approvers.complete ? surely(Truth::True, horizon) : unknown(approvers.why, horizon));
  for (const Person& a : approvers.effective)
    for (const Person& r : e_.persons_.effective)
      if (e_.spend()) independent_of(a, r, all);
  return capped(all.get(), horizon);
}

Judged Chains::covered_by(const Value& value, Index of, const Result& mine, Index my_dimension) {
  Any any(e_.leaves_);
  const bool single = mine.values.empty() && mine.known() && !mine.complete;
  if (single) any.add(e_.lies_in(of, value, my_dimension, mine.value));
  for (const Value& v : mine.values)
    if (e_.spend()) any.add(e_.lies_in(of, value, my_dimension, v));
  if (!single && mine.values.empty() && !mine.complete) any.add(unknown(mine.why));
  return any.get();
}

/// `within same D`: the act's scope lies in that of the approver's holding.
Judged Chains::scope_covers(const Result& mine, Index my_dimension, Index dimension) {
  Index of = kNone;
  const Result asked = e_.act_scope(dimension, e_.now_, of);
  if (of == kNone) return unknown(e_.dimension_leaf(dimension));
  const Instant horizon = std::min(asked.horizon, mine.horizon);
  if (!asked.known()) return unknown(asked.why, horizon);
  return capped(covered_by(asked.value, of, mine, my_dimension), horizon);
}

Judged Chains::capacity(const layout::Party& party, const Record* person, Index role, std::span<const Argument> args) {
  const layout::Role& mine = e_.view_.roles[role];
  const layout::RoleUse& wanted = e_.view_.role_uses[party.role_use];
  const auto expected = e_.list(wanted.args);
  const Scene own = e_.now_.of(person, args);
  Any any(e_.leaves_);
  for (const Index use : e_.list(mine.ancestors)) {
    const layout::RoleUse& ancestor = e_.view_.role_uses[use];
    if (!e_.spend() || ancestor.role != wanted.role) continue;
    const auto given = e_.list(ancestor.args);
    All all(e_.leaves_);
    for (std::size_t i = 0; i < expected.size() && i < given.size(); ++i)
      all.add(e_.equal(e_.value(given[i], own), e_.value(expected[i], e_.now_), e_.now_));
    if (party.within_same != kNone && mine.scope != kNone) {
      const Index dimension = e_.view_.types[e_.view_.terms[mine.scope].type].enumeration;
      all.add(dimension == kNone ? unknown(0) : scope_covers(e_.value(mine.scope, own), dimension, party.within_same));
    }
    any.add(all.get());
  }
  return any.get();
}

/// When the facts of the request go stale that say which role, and where.
Instant Chains::asked_until(const layout::Party& party) {
  Instant until = kForever;
  Index of = kNone;
  if (party.within_same != kNone) until = e_.act_scope(party.within_same, e_.now_, of).horizon;
  for (const Index arg : e_.list(e_.view_.role_uses[party.role_use].args)) until = std::min(until, e_.value(arg, e_.now_).horizon);
  return until;
}

/// The approver effectively holds the party's role at the time of approval.
Judged Chains::in_role(const layout::Party& party, const Approval& record) {
  if (party.role_use == kNone) return surely(Truth::False);
  const Record* person = e_.find(record.approver.back().who);
  if (!person) return unknown(e_.held_leaf(nullptr));
  Scene then = e_.now_;
  then.now = record.given;
  Any any(e_.leaves_);
  for (const Held& held : person->held.roles) {
    if (!e_.spend()) break;
    All all(e_.leaves_);
    all.add(e_.effective(*person, held, then.of(person, held.args)));
    if (!all.settled()) all.add(capacity(party, person, held.role, held.args));
    any.add(all.get());
  }
  if (!person->held.complete) any.add(unknown(e_.held_leaf(person)));
  Judged held = any.get();
  held.horizon = asked_until(party);       // judged at the time of approval: only what is asked for may go stale
  return held;
}

Judged Chains::fits(Index id, const Approval& record) {
  const Key& approver = record.approver.back().who;
  for (;;) {
    const layout::Party& party = e_.view_.parties[id];
    switch (static_cast<layout::PartyKind>(party.kind)) {
      case layout::PartyKind::Role: return in_role(party, record);
      case layout::PartyKind::Person: return is_person(approver, {approver.type, e_.view_.text(party.person)}, Truth::True);
      case layout::PartyKind::Path: break;
      case layout::PartyKind::Several:
      case layout::PartyKind::Chain: return surely(Truth::False);
    }
    if (party.path == kNone) return surely(Truth::False);
    const Result target = e_.value(party.path, e_.now_);
    if (target.known() && target.value.scalar == layout::Scalar::Ref)
      return capped(is_person(approver, {target.value.type, target.value.text}, Truth::True), target.horizon);
    if (target.state != State::Absent) return unknown(target.why, target.horizon);
    const auto inner = e_.list(party.inner);
    if (inner.empty() || !e_.spend()) return surely(Truth::False, target.horizon);
    id = inner[0];
  }
}

}  // namespace writ::core
