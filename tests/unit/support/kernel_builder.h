// Small kernels by hand, for rooms that start from the kernel and for generated policies: a vocabulary, roles with grants, restrictions of every kind,
// lifts. `finish` fills the indexes. Only what a test does not state has a default.
#pragma once

#include <string>
#include <vector>

#include "compiler/kernel/forms.h"

namespace writ::testing_support {

using kernel::ActionId;
using kernel::AttributeId;
using kernel::CondId;
using kernel::EntityId;
using kernel::EnumId;
using kernel::RestrictionId;
using kernel::RoleId;
using kernel::TermId;
using typed_ir::Scalar;
using typed_ir::Type;
using typed_ir::Value;

inline Type scalar(Scalar s) {
  Type t;
  t.scalar = s;
  return t;
}
inline Type optional(Type t) {
  t.optional = true;
  return t;
}
inline Type set_of(Type t) {
  t.set = true;
  return t;
}
inline Type reference(EntityId entity) {
  Type t = scalar(Scalar::Ref);
  t.entity = entity;
  return t;
}
inline Type enum_type(EnumId e) {
  Type t = scalar(Scalar::Enum);
  t.enumeration = e;
  return t;
}

class KernelBuilder {
 public:
  kernel::Kernel k;
  EntityId employee, context;

  KernelBuilder() {
    k.name = "firm";
    k.policy_version = "1";
    employee = entity("Employee", typed_ir::EntityKind::Human);
    context = entity("context", typed_ir::EntityKind::Context);
    k.schema.context = context;
  }

  EnumId enumeration(const std::string& name, const std::vector<std::string>& values, bool dimension = false) {
    typed_ir::Enum e;
    e.name = "firm." + name;
    e.local = name;
    e.dimension = dimension;
    for (const std::string& v : values) e.values.push_back({v});
    return k.schema.enums.add(e);
  }
  EntityId entity(const std::string& name, typed_ir::EntityKind kind) {
    typed_ir::Entity e;
    e.name = kind == typed_ir::EntityKind::Context ? name : "firm." + name;
    e.local = name;
    e.kind = kind;
    return k.schema.entities.add(e);
  }
  AttributeId attribute(EntityId owner, const std::string& name, Type type) {
    typed_ir::Attribute a;
    a.owner = owner;
    a.name = name;
    a.type = std::move(type);
    const AttributeId id = k.schema.attributes.add(a);
    k.schema.entities[owner].attributes.push_back(id);
    return id;
  }
  ActionId action(const std::string& name, EntityId resource) {
    typed_ir::Action a;
    a.name = name;
    a.module = "firm";
    a.resource = resource;
    return k.schema.actions.add(a);
  }

  // Conditions
  TermId root(typed_ir::Root r, EntityId type) { return k.conditions.root(r, reference(type)); }
  TermId of(typed_ir::Root r, AttributeId a) {
    const typed_ir::Attribute& form = k.schema.attributes[a];
    return k.conditions.attribute(root(r, form.owner), a, form.type);
  }
  TermId principal(AttributeId a) { return of(typed_ir::Root::Principal, a); }
  TermId resource(AttributeId a) { return of(typed_ir::Root::Resource, a); }
  TermId ctx(AttributeId a) { return of(typed_ir::Root::Context, a); }
  TermId number(std::int64_t n, Scalar s = Scalar::Int) { return k.conditions.literal({s, n, "", 0}, scalar(s)); }
  TermId instant(std::int64_t ms) { return number(ms, Scalar::Time); }
  TermId value(EnumId e, std::int64_t ordinal) { return k.conditions.literal({Scalar::Enum, ordinal, "", e.index}, enum_type(e)); }
  TermId text(const std::string& s) { return k.conditions.literal({Scalar::String, 0, s, 0}, scalar(Scalar::String)); }
  CondId fact(TermId t) { return k.conditions.add({.kind = typed_ir::CondKind::Fact, .t = {t}, .c = {}, .role = {}, .action = {}, .threshold = {}}); }
  CondId known(TermId t) { return k.conditions.add({.kind = typed_ir::CondKind::Known, .t = {t}, .c = {}, .role = {}, .action = {}, .threshold = {}}); }
  CondId truth() { return k.conditions.truth(); }
  CondId negation(CondId c) { return k.conditions.negation(c); }
  CondId both(CondId a, CondId b) { return k.conditions.conjunction({a, b}); }
  CondId either(CondId a, CondId b) { return k.conditions.disjunction({a, b}); }
  CondId equal(TermId a, TermId b) { return k.conditions.equal(a, b); }
  CondId less(TermId a, TermId b) { return k.conditions.less(a, b); }
  CondId less_equal(TermId a, TermId b) { return k.conditions.less_equal(a, b); }
  CondId before(std::int64_t ms) { return less(k.conditions.now(), instant(ms)); }
  CondId since(std::int64_t ms) { return less_equal(instant(ms), k.conditions.now()); }

  // Forms
  RoleId role(const std::string& name, CondId eligible = {}, std::vector<std::pair<std::string, Type>> parameters = {}) {
    kernel::Role r;
    r.name = "firm." + name;
    r.local = name;
    r.type = employee;
    r.eligible = eligible ? eligible : truth();
    for (auto& [n, t] : parameters) {
      r.parameter_names.push_back(n);
      r.parameters.push_back(t);
    }
    const RoleId id = k.roles.add(r);
    typed_ir::RoleUse self{id, {}};
    for (std::uint32_t i = 0; i < k.roles[id].parameters.size(); ++i)
      self.args.push_back(k.conditions.root(typed_ir::Root::Parameter, k.roles[id].parameters[i], i));
    k.roles[id].ancestors = {self};
    k.routes.add({id, kernel::Route::Kind::Request, {}, {}, {}});
    return id;
  }
  kernel::Access access(std::vector<ActionId> actions, CondId where = {}, EntityId by = {}) {
    kernel::Access a;
    a.actions = std::move(actions);
    std::sort(a.actions.begin(), a.actions.end());
    a.where = where ? where : truth();
    a.principal = by;
    return a;
  }
  kernel::GrantId grant(RoleId role, ActionId action, CondId where = {}) {
    kernel::Grant g;
    g.id = k.roles[role].name;
    g.role = role;
    g.declared_in = role;
    g.access = access({action}, where, employee);
    g.scope = truth();
    g.conjuncts = {g.access.where};
    return k.grants.add(g);
  }
  RestrictionId restriction(const std::string& name, kernel::Restriction::Kind kind) {
    kernel::Restriction r;
    r.rule = "firm." + name;
    r.name = r.rule;
    r.kind = kind;
    return k.restrictions.add(r);
  }
  RestrictionId never(const std::string& name, std::vector<kernel::Access> accesses) {
    const RestrictionId id = restriction(name, kernel::Restriction::Kind::Act);
    k.restrictions[id].accesses = std::move(accesses);
    return id;
  }
  RestrictionId forbid(const std::string& name, std::vector<kernel::Access> accesses, std::int64_t waiver_at_most) {
    const RestrictionId id = never(name, std::move(accesses));
    typed_ir::Yield y;
    y.at_most = waiver_at_most;
    k.restrictions[id].yields[kernel::YieldKind::Waiver] = y;
    return id;
  }
  /// `require mfa before …`.
  RestrictionId require_mfa(const std::string& name, std::vector<kernel::Access> accesses, std::int64_t fresh_within) {
    const RestrictionId id = never(name, std::move(accesses));
    k.restrictions[id].requirement = true;
    kernel::Lift l;
    l.id = "firm." + name;
    l.of = id;
    l.kind = kernel::Lift::Kind::Warrant;
    l.who = l.object_where = l.while_condition = truth();
    l.warrant.kind = kernel::Warrant::Kind::Mfa;
    l.warrant.fresh_within = fresh_within;
    k.lifts.add(l);
    return id;
  }
  kernel::LiftId exception(const std::string& name, RestrictionId of, std::vector<std::string> persons, std::int64_t from, std::int64_t until, CondId while_condition = {}) {
    kernel::Lift l;
    l.id = "firm." + name;
    l.of = of;
    l.persons = std::move(persons);
    l.type = employee;
    l.who = l.object_where = truth();
    l.while_condition = while_condition ? while_condition : truth();
    l.from = from;
    l.until = until;
    l.claimed = true;
    return k.lifts.add(l);
  }
  /// One action per side; `capability` says under which condition (over scope and parameters) each grant of it can do it.
  kernel::Side side(const std::string& text, std::vector<kernel::Access> accesses, std::vector<kernel::Capability> capabilities = {}) {
    kernel::Side s;
    s.text = text;
    kernel::SideElement e;
    e.accesses = std::move(accesses);
    e.capabilities = std::move(capabilities);
    e.text = text;
    s.elements.push_back(std::move(e));
    return s;
  }
  RestrictionId object_rule(const std::string& name, EntityId key, std::vector<kernel::Side> sides, std::int64_t over = 0) {
    const RestrictionId id = restriction(name, kernel::Restriction::Kind::Object);
    kernel::Restriction& r = k.restrictions[id];
    r.name += "." + k.schema.entities[key].local;
    r.key = key;
    r.count = 2;
    r.sides = std::move(sides);
    r.over = over;
    for (const kernel::Side& s : r.sides)
      for (const kernel::SideElement& e : s.elements)
        for (const kernel::Access& a : e.accesses)
          for (ActionId act : a.actions)
            if (k.schema.actions[act].resource == key) r.key_paths[act] = root(typed_ir::Root::Resource, key);
    return id;
  }
  RestrictionId standing_rule(const std::string& name, std::vector<EnumId> same, std::vector<kernel::Side> sides) {
    const RestrictionId id = restriction(name, kernel::Restriction::Kind::Standing);
    kernel::Restriction& r = k.restrictions[id];
    r.name += ".assignment";
    r.at_assignment = true;
    r.count = 2;
    r.same = std::move(same);
    r.sides = std::move(sides);
    return id;
  }

  kernel::Kernel finish() {
    for (kernel::GrantId g : k.grants.ids())
      for (ActionId a : k.grants[g].access.actions) k.grants_of_action[a].push_back(g);
    for (RestrictionId id : k.restrictions.ids()) {
      const kernel::Restriction& r = k.restrictions[id];
      std::set<ActionId> reached;
      for (const kernel::Access& a : r.accesses) reached.insert(a.actions.begin(), a.actions.end());
      if (r.kind != kernel::Restriction::Kind::Standing || r.at_use)
        for (const kernel::Side& s : r.sides)
          for (const kernel::SideElement& e : s.elements)
            for (const kernel::Access& a : e.accesses) reached.insert(a.actions.begin(), a.actions.end());
      for (ActionId a : reached) k.restrictions_of_action[a].push_back(id);
    }
    for (kernel::LiftId l : k.lifts.ids()) k.lifts_of[k.lifts[l].of].push_back(l);
    return k;
  }
};

}  // namespace writ::testing_support
