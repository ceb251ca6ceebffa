// Standing sides: what a person can do by what he holds (semantics.md 6.2–6.4).
#include "runtime/core/evaluation.h"

namespace writ::core {
namespace {

using layout::Scalar;

bool works_for_others(const layout::Entity& e) {
  return e.kind == static_cast<std::uint32_t>(layout::EntityKind::Workload) || e.kind == static_cast<std::uint32_t>(layout::EntityKind::Agent);
}

template <class F>
void each_value(const Fact& fact, F use) {
  if (!fact.values.empty())
    for (const Value& v : fact.values) use(v);
  else if (fact.state == State::Known) use(fact.value);
}

}  // namespace

bool Evaluation::owned_by(Index type, Index owner) const {
  if (!works_for_others(view_.entities[type])) return false;
  const auto owners = owners_of(type);
  return std::any_of(owners.begin(), owners.end(), [&](Index id) { return view_.types[view_.attributes[id].type].entity == owner; });
}

/// The record says who owns it, or the person's `owned` does.
bool Evaluation::owns(const Record& owner, const Record& record) const {
  const layout::Entity& type = view_.entities[record.type];
  const auto owners = owners_of(record.type);
  if (!works_for_others(type) || owners.empty()) return false;
  if (std::find(owner.owned.ids.begin(), owner.owned.ids.end(), record.id) != owner.owned.ids.end()) return true;
  bool says = false;
  for (const Index id : owners) {
    if (view_.attributes[id].owner != record.type || id - type.first_attribute >= record.facts.size()) continue;
    each_value(record.facts[id - type.first_attribute], [&](const Value& v) { says |= v.scalar == Scalar::Ref && v.text == owner.id && v.type == owner.type; });
  }
  return says;
}

const Holder& Evaluation::holder(std::size_t i) {
  static constexpr Holder kNobody{{}, {}, false};
  if (holders_.empty()) holders_ = arena_.take<Holder*>(persons_.effective.size());
  if (i >= holders_.size()) return kNobody;
  if (holders_[i]) return *holders_[i];
  const Person& person = persons_.effective[i];
  List<Entry> entries(arena_);
  const auto add = [&](const Record& by) {
    for (const Held& held : by.held.roles)
      if (spend()) entries.push({&held, &by, live(by, held, now_)});
  };
  bool complete = person.record && person.record->owned.complete;
  if (person.record) {
    add(*person.record);
    for (const Record& record : request_.entities) {
      if (!spend() || !owns(*person.record, record)) continue;
      add(record);
      complete &= record.held.complete;
    }
    for (const std::string_view id : person.record->owned.ids) {
      const auto all = entries.get();
      complete &= spend(static_cast<std::uint32_t>(all.size())) && std::any_of(all.begin(), all.end(), [&](const Entry& e) { return e.by->id == id; });
    }
  }
  holders_[i] = arena_.one<Holder>();
  if (!holders_[i]) return kNobody;
  *holders_[i] = {person, entries.get(), complete};
  return *holders_[i];
}

Judged Evaluation::lies_in_or_unknown(Index dimension, const Value* w, const PlaceValue& in) {
  if (!w || dimension == kNone || !rolls_up(dimension, in.dimension)) return unknown(dimension_leaf(in.dimension));
  return lies_in(dimension, *w, in.dimension, in.value);
}

/// Whether what lies in w of `dimension` alone lies at the place, and within the side's cut.
Judged Evaluation::lies_at(Index dimension, const Value* w, Place place, const layout::Side& side) {
  All all(leaves_);
  for (const PlaceValue& v : place) all.add(lies_in_or_unknown(dimension, w, v));
  if (side.within.count > 0) {
    Any any(leaves_);
    for (const std::uint32_t ordinal : list(side.within))
      any.add(lies_in_or_unknown(dimension, w, {side.within_dimension, {Scalar::Enum, side.within_dimension, ordinal, {}}}));
    all.add(any.get());
  }
  return all.get();
}

namespace {

/// A field that carries one or more of a capability's scopes, and which of its values is tried.
struct Field {
  std::uint32_t first = 0;                 ///< the first joined dimension that it serves
  Values values;
  std::uint32_t digit = 0;
  Value value;
};

}  // namespace

/// Every combination of values of the fields that carry the scopes. The cut of a capability's side is in its condition.
void Evaluation::by_capability(const layout::Capability& c, const Entry& entry, const Holder& holder, Place place, Any& any) {
  const std::span<const Index> scopes = list(c.scopes);
  const Scene own = now_.of(entry.by, entry.held->args);
  const std::span<Field> fields = arena_.take<Field>(scopes.size());
  const std::span<const Value*> chosen = arena_.take<const Value*>(scopes.size());
  if (fields.size() != scopes.size() || chosen.size() != scopes.size()) return any.add(unknown_word(Word::scope, Reason::not_supplied));
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < scopes.size(); ++i) {
    if (scopes[i] == kNone || std::find(scopes.begin(), scopes.begin() + i, scopes[i]) != scopes.begin() + i) continue;
    fields[count] = {i, values_of(scopes[i], holder), 0, {}};
    if (fields[count++].values.count == 0) return;
  }
  const auto lies = [&] {
    All here(leaves_);
    for (std::size_t i = 0; i < place.size(); ++i) {
      const std::size_t at = i + place[i].scope;
      const bool carried = at < scopes.size() && scopes[at] != kNone;
      const auto first = carried ? std::find(scopes.begin(), scopes.end(), scopes[at]) - scopes.begin() : 0;
      here.add(lies_in_or_unknown(carried ? scopes[at] : kNone, carried ? chosen[static_cast<std::size_t>(first)] : nullptr, place[i]));
    }
    return here.get();
  };
  for (bool more = true; more && spend() && !any.settled();) {
    for (Field& f : fields.first(count)) {
      f.value = f.values[f.digit];
      chosen[f.first] = &f.value;
    }
    const Judged here = lies();
    if (!here.is(Truth::False)) {          // else false for ever
      All all(leaves_);
      all.add(entry.live);
      all.add(here);
      if (!all.settled()) all.add(judge(c.where, own.at(chosen)));
      any.add(all.get());
    }
    more = false;
    for (std::size_t i = count; i-- > 0 && !more;) {
      more = ++fields[i].digit < fields[i].values.count;
      if (!more) fields[i].digit = 0;
    }
  }
}

/// Capabilities of an element are sorted by role.
void Evaluation::by_grants(const layout::SideElement& e, const Entry& entry, const Holder& holder, Place place, Any& any) {
  const layout::Capability* const first = view_.capabilities.data + e.first_capability;
  const layout::Capability* const last = first + e.capability_count;
  if (!type_fits(entry.held->role, {entry.by->type, entry.by->id})) return;
  const auto* c = std::lower_bound(first, last, entry.held->role, [](const layout::Capability& x, Index role) { return x.role < role; });
  for (; c != last && c->role == entry.held->role; ++c) by_capability(*c, entry, holder, place, any);
}

Judged Evaluation::role_scope(Index term, const layout::Side& side, const Scene& own, Place place) {
  const Index dimension = view_.types[view_.terms[term].type].enumeration;
  const Result scope = value(term, own);
  const bool set = is_set(term);
  Any any(leaves_);
  if (set)
    for (const Value& w : scope.values) any.add(lies_at(dimension, &w, place, side));
  else if (scope.known()) any.add(lies_at(dimension, &scope.value, place, side));
  if (set ? !scope.complete : !scope.known()) any.add(unknown(scope.why, scope.horizon));
  return any.get();
}

/// 5.3, 6.2: a live holding of the role or of one that extends it; where there is a join, in the role's own scope.
void Evaluation::by_role(const layout::RoleUse& wanted, const layout::Side& side, const Entry& entry, Place place, Any& any) {
  const layout::Role& role = view_.roles[entry.held->role];
  const auto expected = list(wanted.args);
  const Scene own = now_.of(entry.by, entry.held->args);
  for (const Index use : list(role.ancestors)) {
    const layout::RoleUse& ancestor = view_.role_uses[use];
    if (!spend() || ancestor.role != wanted.role) continue;
    const auto given = list(ancestor.args);
    All all(leaves_);
    all.add(entry.live);
    for (std::size_t i = 0; i < expected.size() && i < given.size(); ++i) all.add(equal(value(given[i], own), value(expected[i], now_), now_));
    if (role.scope != kNone) all.add(role_scope(role.scope, side, own, place));
    any.add(all.get());
  }
}

/// `has A within v`: rights by a holding that nobody names.
void Evaluation::by_access(const layout::SideElement& e, const layout::Side& side, const Holder& holder, Place place, Any& any) {
  for (const Anonymous& a : holder.person.record->held.access) {
    for (const Index id : list(e.accesses)) {
      const layout::Access& access = view_.accesses[id];
      const auto listed = [&](Index action) {
        const auto actions = list(access.actions);
        return std::find(actions.begin(), actions.end(), action) != actions.end();
      };
      if (!spend(access.actions.count + 1) || std::none_of(a.actions.begin(), a.actions.end(), listed)) continue;
      if (access.principal != kNone && access.principal != holder.person.key.type) continue;
      const bool joined = !place.empty() || side.within.count > 0;
      if (a.scope == Anonymous::Scope::Value && a.dimension < view_.enums.count) any.add(lies_at(a.dimension, &a.value, place, side));
      else if (a.scope == Anonymous::Scope::Any || !joined) any.add(surely(Truth::True));
      else any.add(lies_at(a.dimension, nullptr, place, side));
    }
  }
}

/// What an incomplete list may still hold: any role that could give the element (2.3).
void Evaluation::unlisted(const layout::SideElement& e, const Holder& holder, Any& any) {
  const Record* person = holder.person.record;
  const bool held_complete = person && person->held.complete;
  if (held_complete && holder.owned_complete) return;
  const Key& key = holder.person.key;
  bool by_himself = false, by_owned = false;
  const auto consider = [&](Index role) {
    const Index type = view_.roles[role].type;
    by_himself |= type_fits(role, key);
    by_owned |= type != key.type && owned_by(type, key.type);
  };
  for (const Index use : list(e.roles)) consider(view_.role_uses[use].role);
  for (std::uint32_t i = 0; i < e.capability_count && spend(); ++i) consider(view_.capabilities[e.first_capability + i].role);
  if (by_himself && !held_complete) any.add(unknown(held_leaf(person)));
  if (by_owned && !holder.owned_complete) any.add(unknown_word(Word::owned, Reason::incomplete));
}

/// can(h, side, place), in three values.
Judged Evaluation::can(const Holder& holder, const layout::Side& side, Place place) {
  Count count(leaves_, side.need);
  for (std::uint32_t i = 0; i < side.element_count; ++i) {
    const layout::SideElement& e = view_.side_elements[side.first_element + i];
    Any any(leaves_);
    for (const Entry& entry : holder.entries) {
      if (!spend() || any.settled()) break;
      if (entry.live.never_true()) continue;   // adds false, for ever: changes nothing
      for (const Index use : list(e.roles)) by_role(view_.role_uses[use], side, entry, place, any);
      by_grants(e, entry, holder, place, any);
    }
    if (holder.person.record) by_access(e, side, holder, place, any);
    unlisted(e, holder, any);
    count.add(any.get());
  }
  return count.get();
}

}  // namespace writ::core
