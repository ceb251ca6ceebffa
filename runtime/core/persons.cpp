// Persons and paths (semantics.md 4.1–4.3).
#include "runtime/core/evaluation.h"

namespace writ::core {
namespace {

void add(List<Person>& all, const Person& person) {
  for (const Person& p : all.get())
    if (p.key == person.key) return;
  all.push(person);
}

}  // namespace

Truth Evaluation::same_person(const Key& a, const Key& b) const {
  const Record* x = find(a);
  const Record* y = find(b);
  if ((x && x->shared) || (y && y->shared)) return Truth::Unknown;
  return truth_of(a == b);
}

std::span<const Index> Evaluation::owners_of(Index type) const {
  const layout::Entity& e = view_.entities[type];
  if (e.operated_by.count > 0) return list(e.operated_by);
  return e.owner == kNone ? std::span<const Index>{} : std::span<const Index>(&e.owner, 1);
}

void Evaluation::add_owner(const Hop& hop, Index id, const Scene& scene, List<Person>& effective, Persons& all) {
  const layout::Type& type = view_.types[view_.attributes[id].type];
  const auto owned = [&](std::string_view owner) { add(effective, {{type.entity, owner}, find({type.entity, owner})}); };
  const auto lacks = [&](Why why) {
    all.complete = false;
    all.why = leaves_.unite(all.why, why);
  };
  if (hop.has_owner) return owned(hop.owner);
  const Record& subject = request_.entities[request_.subject];
  const bool own = hop.who == Key{subject.type, subject.id};
  const UnknownFact name{own ? UnknownFact::Kind::Principal : UnknownFact::Kind::Entity, Reason::not_supplied, id, own ? std::string_view{} : hop.who.id};
  const Record* record = find(hop.who);
  if (!record) return lacks(leaves_.of(name, Reason::not_supplied));
  const Result owner = attribute(*record, id, name, scene);
  all.horizon = std::min(all.horizon, owner.horizon);
  if ((type.flags & layout::kTypeSet) != 0) {
    for (const Value& v : owner.values)
      if (spend(static_cast<std::uint32_t>(effective.size()))) owned(v.text);
    if (!owner.complete) lacks(owner.why);
  } else if (owner.known()) {
    owned(owner.value.text);
  } else if (owner.state == State::Unknown) {
    lacks(owner.why);
  }
}

void Evaluation::add_owners(const Hop& hop, const Scene& scene, List<Person>& effective, Persons& all) {
  if (hop.who.type >= view_.entities.count || human(hop.who.type)) return;
  for (const Index id : owners_of(hop.who.type)) add_owner(hop, id, scene, effective, all);
}

Persons Evaluation::persons_of(std::span<const Hop> path, const Scene& scene) {
  Persons all;
  List<Person> members(arena_), effective(arena_);
  const auto lacks = [&](Reason reason) {
    all.members_known = false;
    all.complete = false;
    all.why = leaves_.unite(all.why, word(Word::path, reason));
  };
  if (path.empty()) lacks(Reason::not_supplied);
  if (path.size() == 1 && path[0].resolved && human(path[0].who.type)) {   // nobody else to find
    const std::span<Person> one = arena_.room<Person>(1);
    if (!one.empty()) new (one.data()) Person{path[0].who, find(path[0].who)};
    all.members = all.effective = one;
    return all;
  }
  for (const Hop& hop : path) {
    if (!hop.resolved || !spend()) {
      lacks(Reason::ill_typed);
      continue;
    }
    const Person somebody{hop.who, find(hop.who)};
    members.push(somebody);
    add(effective, somebody);
    add_owners(hop, scene, effective, all);
  }
  all.members = members.get();
  all.effective = effective.get();
  return all;
}

bool Evaluation::has_unattested_hop() const {
  const std::span<const Hop> path = request_.path;
  for (std::size_t i = 1; i < path.size(); ++i)
    if (!path[i].attested) return true;
  // A workload that says it started itself says so attested; a human needs no path at all.
  return path.size() == 1 && request_.path_supplied && !human(request_.entities[request_.subject].type) && !path[0].attested;
}

/// A hop that is not attested makes the persons of the request's path incomplete (4.2).
Persons Evaluation::present_persons(const Scene& scene) {
  Persons persons = persons_of(request_.path, scene);
  if (has_unattested_hop()) {
    persons.complete = false;
    persons.why = leaves_.unite(persons.why, word(Word::path, Reason::not_attested));
  }
  return persons;
}

Requesters Evaluation::who_asks() {
  if (status_ != Status::ok || request_.refused != Refused::No) return {status_ == Status::ok ? Status::bad_request : status_, {}};
  const Persons persons = present_persons(now_);
  const std::span<Key> keys = arena_.take<Key>(persons.effective.size());
  for (std::size_t i = 0; i < keys.size(); ++i) keys[i] = persons.effective[i].key;
  return {status(), keys};
}

}  // namespace writ::core
