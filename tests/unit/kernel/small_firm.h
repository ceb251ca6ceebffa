// A store with a small vocabulary, random conditions over given atoms, and everything that facts may be: for tests of `eliminate`.
#pragma once

#include <functional>
#include <random>

#include "compiler/kernel/capability.h"
#include "tests/unit/kernel/small_world.h"

namespace writ::kernel {

using typed_ir::Root;
using typed_ir::Type;

/// A fact with everything it may be.
struct Slot {
  TermId term;
  std::vector<Fact> values;
};

class Firm {
 public:
  Schema schema;
  Conditions store;
  std::vector<CondId> atoms;
  std::vector<Slot> variables, kept;

  Firm() {
    colour_ = schema.enums.add({"firm.Colour", "Colour", false, false, {}, {{"red"}, {"green"}, {"blue"}}, {}});
    region_ = schema.enums.add({"firm.Region", "Region", true, false, {}, {{"east"}, {"west"}}, {}});
    place_ = schema.enums.add({"firm.Place", "Place", true, false, region_, {{"one", 0}, {"two", 1}, {"three"}}, {}});
    thing_ = entity("Thing", typed_ir::EntityKind::Resource);
    person_ = entity("Person", typed_ir::EntityKind::Human);
  }

  Type of(Scalar s, bool optional = false, bool set = false) const {
    Type t;
    t.scalar = s;
    t.optional = optional;
    t.set = set;
    return t;
  }
  Type in(typed_ir::EnumId e, bool optional = false, bool set = false) const {
    Type t = of(Scalar::Enum, optional, set);
    t.enumeration = e;
    return t;
  }
  TermId field(Root root, const std::string& name, Type type) {
    const auto owner = root == Root::Principal ? person_ : thing_;
    typed_ir::Attribute a;
    a.owner = owner;
    a.name = name;
    a.type = type;
    const auto id = schema.attributes.add(a);
    schema.entities[owner].attributes.push_back(id);
    Type whole = of(Scalar::Ref);
    whole.entity = owner;
    return store.attribute(store.root(root, whole), id, type);
  }
  TermId number(std::int64_t n) { return store.literal({Scalar::Int, n, "", 0}, of(Scalar::Int)); }
  TermId text(const std::string& t) { return store.literal({Scalar::String, 0, t, 0}, of(Scalar::String)); }
  TermId value(typed_ir::EnumId e, std::int64_t n) { return store.literal({Scalar::Enum, n, "", e.index}, in(e)); }
  TermId list(std::vector<TermId> a, Type type) {
    Term t;
    t.kind = TermKind::SetLiteral;
    t.type = type;
    t.a = std::move(a);
    return store.add(std::move(t));
  }
  TermId combine(TermKind kind, TermId a, TermId b) {
    Term t;
    t.kind = kind;
    t.type = store.term(a).type.required();
    t.a = {a, b};
    return store.add(std::move(t));
  }
  TermId times(TermId a, std::int64_t n) {
    Term t;
    t.kind = TermKind::Scale;
    t.type = store.term(a).type;
    t.a = {a};
    t.value = {Scalar::Int, n, "", 0};
    return store.add(std::move(t));
  }
  CondId atom(CondKind kind, std::vector<TermId> terms) {
    Cond c;
    c.kind = kind;
    c.t = std::move(terms);
    return store.add(std::move(c));
  }
  CondId count(std::uint32_t k, std::vector<CondId> cs) {
    Cond c;
    c.kind = CondKind::AtLeast;
    c.count = k;
    c.c = std::move(cs);
    return store.add(std::move(c));
  }

  Type person(bool optional = false, bool set = false) const {
    Type t = of(Scalar::Ref, optional, set);
    t.entity = person_;
    return t;
  }
  TermId holder() { return store.root(Root::Principal, person()); }
  TermId named(const std::string& id) { return store.literal({Scalar::Ref, 0, id, person_.index}, person()); }
  TermId of_person(TermId who, typed_ir::AttributeId attribute) { return store.attribute(who, attribute, schema.attributes[attribute].type); }
  typed_ir::AttributeId attribute_of_persons(const std::string& name, Type type) { return store.term(field(Root::Principal, name, type)).attribute; }

  typed_ir::EnumId colour() const { return colour_; }
  typed_ir::EnumId region() const { return region_; }
  typed_ir::EnumId place() const { return place_; }

 private:
  typed_ir::EntityId entity(const std::string& name, typed_ir::EntityKind kind) {
    typed_ir::Entity e;
    e.name = "firm." + name;
    e.local = name;
    e.kind = kind;
    return schema.entities.add(e);
  }
  typed_ir::EnumId colour_, region_, place_;
  typed_ir::EntityId thing_, person_;
};

inline void each(const std::vector<Slot>& slots, std::size_t i, World& world, const std::function<void()>& visit) {
  if (i == slots.size()) return visit();
  for (const Fact& f : slots[i].values) {
    world[slots[i].term] = f;
    each(slots, i + 1, world, visit);
  }
  world.erase(slots[i].term);
}

inline CondId random_condition(Firm& f, std::mt19937& random, int depth) {
  const auto pick = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(random); };
  if (depth == 0 || pick(5) == 0) {
    const CondId a = f.atoms[pick(f.atoms.size())];
    return pick(3) == 0 ? f.store.negation(a) : a;
  }
  std::vector<CondId> operands;
  for (std::size_t i = 0, n = 2 + pick(2); i < n; ++i) operands.push_back(random_condition(f, random, depth - 1));
  switch (pick(5)) {
    case 0:
    case 1: return f.store.conjunction(operands);
    case 2:
    case 3: return f.store.disjunction(operands);
    default: return pick(2) ? f.store.negation(f.store.conjunction(operands)) : f.count(2, operands);
  }
}

inline std::vector<Fact> numbers(std::initializer_list<std::int64_t> all, bool absent, bool unknown) {
  std::vector<Fact> facts;
  for (const auto n : all) facts.push_back(Fact::number(n));
  if (absent) facts.push_back(Fact::absent());
  if (unknown) facts.push_back({});
  return facts;
}
inline std::vector<Fact> texts(std::initializer_list<const char*> all, bool unknown) {
  std::vector<Fact> facts;
  for (const char* t : all) facts.push_back(Fact::text(t));
  if (unknown) facts.push_back({});
  return facts;
}
/// Every subset, complete, and as a kept fact also with an open end.
inline std::vector<Fact> sets(const std::vector<Atom>& of, bool open_ended) {
  std::vector<Fact> facts;
  for (std::size_t choice = 0; choice < (std::size_t{1} << of.size()); ++choice) {
    std::set<Atom> elements;
    for (std::size_t i = 0; i < of.size(); ++i)
      if (choice >> i & 1) elements.insert(of[i]);
    facts.push_back(Fact::set(elements, true));
    if (open_ended) facts.push_back(Fact::set(elements, false));
  }
  return facts;
}

}  // namespace writ::kernel
