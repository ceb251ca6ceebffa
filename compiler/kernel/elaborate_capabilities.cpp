// The capabilities of every standing side: grant by grant, action by action, the side's `where` and its cut conjoined with the grant's before
// resources, contexts and inputs are eliminated (semantics.md 6.2, 6.4).
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/kernel/elaboration.h"
#include "compiler/kernel/elimination.h"

namespace writ::kernel {
namespace {

/// Where sides meet; of a rule without a join, the dimensions to which its lifts are confined (6.9).
std::vector<EnumId> scoped(const Elaboration& e, const Restriction& restriction) {
  std::vector<EnumId> all = restriction.joined();
  if (!all.empty()) return all;
  for (const typed_ir::Lift& lift : e.program.lifts)
    if (!lift.within.empty() && typed_ir::info(e.program.rules[lift.rule]).name == restriction.rule && selects(lift, restriction)) all.push_back(lift.within_dimension);
  return in_order(e.program.schema, std::move(all));
}

class SideReader {
 public:
  SideReader(Elaboration& e, const Restriction& restriction, const Side& side)
      : e_(e), restriction_(restriction), side_(side), joined_(scoped(e, restriction)) {}

  std::vector<Capability> of(const SideElement& element) {
    std::vector<Capability> all;
    for (const auto& [grant, action] : granted(element)) add(grant, action, element, all);
    std::sort(all.begin(), all.end(), [](const Capability& a, const Capability& b) {
      return std::tie(a.role, a.grant, a.action) < std::tie(b.role, b.grant, b.action);
    });
    return all;
  }

 private:
  /// What the element names and a grant gives, in the order of grants. Looked up by action: there are far more grants than a side reaches.
  std::set<std::pair<GrantId, ActionId>> granted(const SideElement& element) const {
    std::set<std::pair<GrantId, ActionId>> all;
    for (const Access& access : element.accesses) {
      for (const ActionId action : access.actions) {
        const auto grants = e_.kernel.grants_of_action.find(action);
        if (grants == e_.kernel.grants_of_action.end()) continue;
        for (const GrantId grant : grants->second) all.emplace(grant, action);
      }
    }
    return all;
  }

  /// A capability that is F in every state is none.
  void add(GrantId grant, ActionId action, const SideElement& element, std::vector<Capability>& all) {
    std::vector<CondId> ways;
    for (const Access& access : element.accesses)
      if (speaks_of(access, e_.kernel.grants[grant], action)) ways.push_back(way(access, e_.kernel.grants[grant], action));
    const CondId where = e_.kernel.conditions.disjunction(ways);
    if (where == e_.kernel.conditions.falsity()) return;
    std::vector<EnumId> scopes;
    for (const EnumId dimension : joined_) {
      const auto field = scope_field(action, dimension);
      scopes.push_back(field ? e_.kernel.schema.attributes[*field].type.enumeration : EnumId{});
    }
    all.push_back({e_.kernel.grants[grant].role, grant, action, std::move(scopes), where});
  }

  bool speaks_of(const Access& access, const Grant& grant, ActionId action) const {
    const Role& role = e_.kernel.roles[grant.role];
    if (!std::binary_search(access.actions.begin(), access.actions.end(), action)) return false;
    if (access.principal.valid() && access.principal != role.type) return false;
    return access.principal_id.empty() || role.only_id.empty() || role.only_id == access.principal_id;
  }

  CondId way(const Access& access, const Grant& grant, ActionId action) {
    std::vector<CondId> all{access.where, grant.access.where};
    if (!access.principal_id.empty()) all.push_back(is_person(access.principal_id, e_.kernel.roles[grant.role].type));
    if (!side_.within.empty()) all.push_back(cut(action));
    if (const auto reached = reaches(grant, action)) all.push_back(*reached);
    return possible(grant, at_places(tied(e_.kernel.conditions.conjunction(all), action), grant, action));
  }

  /// Whether some resource, context and input satisfy it.
  CondId possible(const Grant& grant, CondId asked) {
    const EntityId holder = e_.kernel.roles[grant.role].type;
    auto [known, fresh] = e_.eliminated.try_emplace({asked, holder});
    if (fresh) known->second = eliminate(e_.kernel.conditions, e_.kernel.schema, asked, holder);
    if (known->second) return *known->second;
    report(grant, known->second.error());
    return e_.kernel.conditions.unknown_cond();
  }

  /// A resource that is said to be somebody whose facts are kept lies where they say; any other lies anywhere.
  CondId at_places(CondId condition, const Grant& grant, ActionId action) {
    if (!has_scope(action) || !compares_resource(condition, Sign::Plus)) return with_scope(condition, action);
    Conditions& conditions = e_.kernel.conditions;
    elimination::Workbench bench{conditions, e_.kernel.schema, e_.kernel.roles[grant.role].type};
    const TermId resource = root_of(action);
    const std::vector<TermId> kept = elimination::namesakes(bench, condition, resource);
    std::vector<CondId> ways{elimination::as_stranger(bench, with_scope(condition, action), resource, kept)};
    for (const TermId k : kept) {
      std::vector<CondId> all{elimination::as_one_of_them(bench, condition, resource, k)};
      for (std::uint32_t i = 0; i < joined_.size(); ++i)
        if (const auto field = scope_field(action, joined_[i])) all.push_back(conditions.equal(scope_of(k, *field), value_of_scope(*field, i)));
      ways.push_back(conditions.conjunction(all));
    }
    return conditions.disjunction(ways);
  }

  bool is_root(TermId id, typed_ir::Root root) const {
    const typed_ir::Term& term = e_.kernel.conditions.term(id);
    return term.kind == typed_ir::TermKind::Root && term.root == root;
  }
  TermId root_of(ActionId action) {
    Type whole;
    whole.scalar = typed_ir::Scalar::Ref;
    whole.entity = e_.kernel.schema.actions[action].resource;
    return e_.kernel.conditions.root(typed_ir::Root::Resource, whole);
  }
  TermId value_of_scope(AttributeId field, std::uint32_t i) {
    const auto& declared = e_.kernel.schema.attributes[field].type;
    const auto first = std::find_if(joined_.begin(), joined_.begin() + i, [&](EnumId dimension) {
      const auto other = e_.kernel.schema.scope_attribute(e_.kernel.schema.attributes[field].owner, dimension);
      return other && *other == field;
    });
    return e_.kernel.conditions.root(typed_ir::Root::Scope, declared.required(), static_cast<std::uint32_t>(first - joined_.begin()));
  }
  TermId scope_of(TermId base, AttributeId field) {
    return e_.kernel.conditions.attribute(base, field, e_.kernel.schema.attributes[field].type);
  }

  /// `resource == principal`: the resource is he, with his facts, his scope among them.
  CondId tied(CondId condition, ActionId action) {
    Conditions& conditions = e_.kernel.conditions;
    const typed_ir::Cond whole = conditions.cond(condition);
    for (const CondId part : whole.kind == typed_ir::CondKind::And ? whole.c : std::vector<CondId>{condition}) {
      const typed_ir::Cond c = conditions.cond(part);
      if (c.kind != typed_ir::CondKind::Equal) continue;
      const bool first = is_root(c.t[0], typed_ir::Root::Resource) && is_root(c.t[1], typed_ir::Root::Principal);
      const bool second = is_root(c.t[1], typed_ir::Root::Resource) && is_root(c.t[0], typed_ir::Root::Principal);
      if (!first && !second) continue;
      const TermId resource = c.t[first ? 0 : 1], principal = c.t[first ? 1 : 0];
      std::vector<CondId> all{typed_ir::substitute(conditions, condition, {{resource, principal}})};
      for (std::uint32_t i = 0; i < joined_.size(); ++i)
        if (const auto field = scope_field(action, joined_[i]))
          all.push_back(conditions.equal(scope_of(resource, *field), scope_of(principal, *field)));
      return conditions.conjunction(all);
    }
    return condition;
  }

  /// The resource itself is somebody, and whoever it is decides its scope as well. That it is *not* somebody leaves it free.
  enum class Sign : std::uint8_t { Plus, Minus };
  bool compares_resource(CondId condition, Sign sign) const {
    std::set<std::pair<CondId, Sign>> seen;
    std::vector<std::pair<CondId, Sign>> open{{condition, sign}};
    while (!open.empty()) {
      const auto [id, here] = open.back();
      open.pop_back();
      if (!seen.emplace(id, here).second) continue;
      const typed_ir::Cond& c = e_.kernel.conditions.cond(id);
      const bool turned = c.kind == typed_ir::CondKind::Not;
      for (const CondId inner : c.c) open.emplace_back(inner, turned == (here == Sign::Plus) ? Sign::Minus : Sign::Plus);
      if (here == Sign::Plus && std::any_of(c.t.begin(), c.t.end(), [&](TermId t) { return is_root(t, typed_ir::Root::Resource); })) return true;
    }
    return false;
  }

  CondId is_person(const std::string& id, EntityId type) {
    Type person;
    person.scalar = typed_ir::Scalar::Ref;
    person.entity = type;
    const Value value{typed_ir::Scalar::Ref, 0, id, type.index};
    return e_.kernel.conditions.equal(e_.kernel.conditions.root(typed_ir::Root::Principal, person), e_.kernel.conditions.literal(value, person));
  }

  /// 6.3: a role reaches the systems of its `native` lines only; without any, every system.
  std::optional<CondId> reaches(const Grant& grant, ActionId action) {
    const auto& natives = e_.program.roles[grant.role].natives;
    const EntityId resource = e_.kernel.schema.actions[action].resource;
    if (natives.empty() || !resource.valid()) return std::nullopt;
    const auto lives = e_.kernel.schema.find_attribute(resource, "system");
    if (!lives) return std::nullopt;
    Conditions& conditions = e_.kernel.conditions;
    Type whole;
    whole.scalar = typed_ir::Scalar::Ref;
    whole.entity = resource;
    const Type type = e_.kernel.schema.attributes[*lives].type;
    const TermId system = conditions.attribute(conditions.root(typed_ir::Root::Resource, whole), *lives, type);
    const auto& values = e_.kernel.schema.enums[type.enumeration].values;
    std::vector<CondId> any;
    for (std::uint32_t i = 0; i < values.size(); ++i)
      if (std::any_of(natives.begin(), natives.end(), [&](const typed_ir::Native& n) { return n.system == values[i].name; }))
        any.push_back(conditions.equal(system, conditions.literal(Value{typed_ir::Scalar::Enum, i, "", type.enumeration.index}, type)));
    return conditions.disjunction(any);
  }

  CondId cut(ActionId action) {
    Conditions& conditions = e_.kernel.conditions;
    Type element;
    element.scalar = typed_ir::Scalar::Enum;
    element.enumeration = side_.within_dimension;
    std::vector<CondId> any;
    for (const std::uint32_t ordinal : side_.within) {
      const Value value{typed_ir::Scalar::Enum, ordinal, "", side_.within_dimension.index};
      any.push_back(lies_in(e_, action, side_.within_dimension, conditions.literal(value, element)));
    }
    return conditions.disjunction(any);
  }

  std::optional<AttributeId> scope_field(ActionId action, EnumId dimension) const {
    const EntityId resource = e_.kernel.schema.actions[action].resource;
    if (!resource.valid()) return std::nullopt;
    return e_.kernel.schema.scope_attribute(resource, dimension);
  }
  bool has_scope(ActionId action) const {
    return std::any_of(joined_.begin(), joined_.end(), [&](EnumId dimension) { return scope_field(action, dimension).has_value(); });
  }

  /// The scope fields of the joined dimensions are not eliminated: they are the values that sides meet in.
  CondId with_scope(CondId condition, ActionId action) {
    Conditions& conditions = e_.kernel.conditions;
    typed_ir::Substitution by;
    for (std::uint32_t i = 0; i < joined_.size(); ++i) {
      const auto field = scope_field(action, joined_[i]);
      if (!field) continue;
      by.try_emplace(scope_of(root_of(action), *field), value_of_scope(*field, i));
    }
    return by.empty() ? condition : typed_ir::substitute(conditions, condition, by);
  }

  void report(const Grant& grant, const NotEliminated& error) {
    auto& message = e_.sink.report(diagnostics::Code::cannot_eliminate, grant.origin.range, {grant.id, restriction_.rule, error.why});
    message.with_label(restriction_.origin.range, "the rule that asks");
    if (!error.help.empty()) message.with_note(error.help);
  }

  Elaboration& e_;
  const Restriction& restriction_;
  const Side& side_;
  std::vector<EnumId> joined_;
};

}  // namespace

void elaborate_capabilities(Elaboration& e) {
  for (Restriction& r : e.kernel.restrictions) {
    if (r.kind != Restriction::Kind::Standing) continue;
    for (Side& side : r.sides)
      for (SideElement& element : side.elements) element.capabilities = SideReader(e, r, side).of(element);
  }
}

}  // namespace writ::kernel
