#include "compiler/verify/encode/standing.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/kernel/capability.h"

namespace writ::verify {

using typed_ir::Scalar;

namespace {

typed_ir::Type enum_type(kernel::EnumId dimension) {
  typed_ir::Type type;
  type.scalar = Scalar::Enum;
  type.enumeration = dimension;
  return type;
}

/// Where the sides meet in the dimension of this scope of their capabilities.
const Joined* met(const Meeting& at, std::size_t scope) {
  for (std::size_t i = 0; i < at.size(); ++i)
    if (at[i].scope.value_or(i) == scope) return &at[i];
  return nullptr;
}

}  // namespace

std::vector<kernel::AttributeId> owners_of(const kernel::Kernel& kernel, kernel::EntityId type) {
  const typed_ir::Entity& form = kernel.schema.entities[type];
  if (form.kind != typed_ir::EntityKind::Workload && form.kind != typed_ir::EntityKind::Agent) return {};
  std::vector<kernel::AttributeId> owners = form.operated_by;
  if (owners.empty() && form.owner) owners.push_back(form.owner);
  return owners;
}

bool may_own(const kernel::Kernel& kernel, kernel::EntityId person, kernel::EntityId type) {
  const auto owners = owners_of(kernel, type);
  return person != type && std::any_of(owners.begin(), owners.end(), [&](kernel::AttributeId a) { return kernel.schema.attributes[a].type.entity == person; });
}

Denoted Standing::value_of(kernel::EnumId dimension, std::uint32_t ordinal) {
  Denoted d{.type = enum_type(dimension), .has = world().terms().truth(), .none = world().terms().falsity(), .value = {}, .currency = {},
            .fresh_until = logic().forever(), .set = {}, .path = {}};
  d.value = world().ordinal(dimension, ordinal);
  return d;
}

Joined Standing::joined(kernel::EnumId dimension, std::uint32_t ordinal) { return {dimension, ordinal, value_of(dimension, ordinal)}; }

/// A scope that is unknown, or of a dimension that does not roll up to the joined one, lies perhaps there.
Kleene Standing::lies_at(kernel::EnumId dimension, const std::optional<Denoted>& w, const Joined& at) {
  if (!w || !dimension || !world().kernel().schema.rolls_up(dimension, at.dimension)) return logic().unknown();
  const Environment nothing;
  return Reader(view_, nothing).lies_in(*w, at.value);
}

/// What a scope field may say: every value of a closed dimension; of an open one the joined value, since any other lies elsewhere.
std::vector<Denoted> Standing::values(kernel::EnumId dimension, const Meeting& at, std::size_t position) {
  const auto& form = world().kernel().schema.enums[dimension];
  std::vector<Denoted> out;
  if (!form.open) {
    for (std::uint32_t v = 0; v < form.values.size(); ++v) out.push_back(value_of(dimension, v));
    return out;
  }
  if (const Joined* here = met(at, position); here && here->dimension == dimension) return {here->value};
  world().abstract("an open scope that is not the joined one", world().terms().falsity());
  return {world().free_value(world().fresh("!scope"), enum_type(dimension))};
}

/// Every choice of values for the capability's scope fields; joined dimensions that one field serves share its value.
void Standing::scopes(const kernel::Capability& c, const Meeting& at, Scopes& chosen, const std::function<void()>& use) {
  const std::size_t i = chosen.size();
  if (i == c.scopes.size()) return use();
  std::vector<std::optional<Denoted>> options{std::nullopt};
  if (c.scopes[i]) {
    const auto first = static_cast<std::size_t>(std::find(c.scopes.begin(), c.scopes.end(), c.scopes[i]) - c.scopes.begin());
    options.clear();
    if (first < i) options.push_back(chosen[first]);
    else for (Denoted& v : values(c.scopes[i], at, i)) options.push_back(std::move(v));
  }
  for (const auto& w : options) {
    if (const Joined* here = met(at, i); here && lies_at(c.scopes[i], w, *here).no == world().terms().truth()) continue;
    chosen.push_back(w);
    scopes(c, at, chosen, use);
    chosen.pop_back();
  }
}

Kleene Standing::capability(const kernel::Capability& c, const LiveRole& held, const Meeting& at) {
  Environment env;
  env.principal = holder(held);
  env.parameters = held.args;
  std::vector<Kleene> any;
  Scopes chosen;
  const std::string& only = world().kernel().roles[held.role].only_id;
  const Kleene fits = only.empty() ? logic().truth() : logic().of(world().terms().equal(holder(held).id, world().code(only)));
  scopes(c, at, chosen, [&] {
    std::vector<Kleene> all{held.live, fits};
    for (std::size_t i = 0; i < at.size(); ++i) {
      const std::size_t scope = at[i].scope.value_or(i);
      all.push_back(scope < chosen.size() ? lies_at(c.scopes[scope], chosen[scope], at[i]) : logic().unknown());
    }
    Environment here = env;
    here.scopes = chosen;
    all.push_back(Reader(view_, here).condition(c.where));
    any.push_back(logic().conjunction(all));
  });
  return logic().disjunction(any);
}

/// The role's own scope lies where sides meet, and within the side's cut.
Kleene Standing::role_scope(const kernel::Role& role, const Denoted& scope, const kernel::Side& side, const Meeting& at) {
  const auto here = [&](const Denoted& w) {
    std::vector<Kleene> all;
    for (const Joined& j : at) all.push_back(lies_at(role.scope_dimension, w, j));
    std::vector<Kleene> cut;
    for (std::uint32_t v : side.within) cut.push_back(lies_at(role.scope_dimension, w, joined(side.within_dimension, v)));
    if (!side.within.empty()) all.push_back(logic().disjunction(cut));
    return logic().conjunction(all);
  };
  if (!scope.set) return here(scope);
  std::vector<Kleene> any{logic().capped(logic().state(world().terms().falsity(), scope.set->complete), scope.fresh_until)};
  const auto& form = world().kernel().schema.enums[role.scope_dimension];
  if (form.open) any.push_back(world().anything("a set of open scopes"));
  for (std::uint32_t w = 0; w < form.values.size(); ++w) {
    const Denoted value = value_of(role.scope_dimension, w);
    any.push_back(logic().conjunction({logic().of(world().contains(*scope.set, value.value)), here(value)}));
  }
  return logic().disjunction(any);
}

Kleene Standing::holding(const kernel::RoleUse& wanted, const kernel::Side& side, const Meeting& at) {
  std::vector<Kleene> any;
  for (const LiveRole& held : roles_) {
    const kernel::Role& role = world().kernel().roles[held.role];
    Environment env;
    env.principal = holder(held);
    env.parameters = held.args;
    Reader reader(view_, env);
    for (const kernel::RoleUse& ancestor : role.ancestors) {
      if (ancestor.role != wanted.role) continue;
      std::vector<Kleene> all{held.live};
      for (std::size_t i = 0; i < wanted.args.size() && i < ancestor.args.size(); ++i)
        all.push_back(reader.equal(reader.term(ancestor.args[i]), Reader(view_, env).term(wanted.args[i])));
      if (role.scope) all.push_back(role_scope(role, reader.term(role.scope), side, at));
      any.push_back(logic().conjunction(all));
    }
  }
  return logic().disjunction(any);
}

/// What lists that are not complete may leave out: a role of his own, or of a workload of his, that gives the element (2.3).
Kleene Standing::unlisted(const kernel::SideElement& element) {
  const kernel::Kernel& kernel = world().kernel();
  smt::Terms& t = world().terms();
  std::set<kernel::RoleId> roles;
  for (const kernel::RoleUse& use : element.roles) roles.insert(use.role);
  for (const kernel::Capability& c : element.capabilities) roles.insert(c.role);
  std::vector<Term> hidden;
  for (const kernel::RoleId id : roles) {
    const kernel::Role& role = kernel.roles[id];
    const Term fits = role.only_id.empty() ? t.truth() : t.equal(person_.id, world().code(role.only_id));
    if (complete_.held.valid() && (!role.type || role.type == person_.type)) hidden.push_back(t.conjunction(t.negation(complete_.held), fits));
    if (complete_.owned.valid() && role.type && may_own(kernel, person_.type, role.type)) hidden.push_back(t.negation(complete_.owned));
  }
  return logic().state(t.falsity(), t.negation(t.disjunction(hidden)));
}

Kleene Standing::element(const kernel::SideElement& element, const kernel::Side& side, const Meeting& at) {
  std::vector<Kleene> any;
  any.push_back(unlisted(element));
  for (const kernel::RoleUse& role : element.roles) any.push_back(holding(role, side, at));
  for (const LiveRole& held : roles_)
    for (const kernel::Capability& c : element.capabilities)
      if (c.role == held.role) any.push_back(capability(c, held, at));
  return logic().disjunction(any);
}

Kleene Standing::side(const kernel::Side& side, const Meeting& at) {
  std::vector<Kleene> elements;
  for (const kernel::SideElement& e : side.elements) elements.push_back(element(e, side, at));
  return logic().at_least(side.need, elements);
}

/// Every combination of values of the dimensions in which all sides meet.
std::vector<Meeting> Standing::meetings(const kernel::Restriction& rule, const OpenValue& open) {
  std::vector<Meeting> all{{}};
  for (const kernel::EnumId dimension : rule.same) {
    const auto& form = world().kernel().schema.enums[dimension];
    std::vector<Joined> values;
    for (std::uint32_t v = 0; !form.open && v < form.values.size(); ++v) values.push_back(joined(dimension, v));
    if (form.open) values.push_back({dimension, std::nullopt, open ? open(dimension) : world().free_value(world().fresh("!joined:" + rule.name), enum_type(dimension))});
    std::vector<Meeting> next;
    for (const Meeting& m : all)
      for (const Joined& v : values) {
        next.push_back(m);
        next.back().push_back(v);
      }
    all = std::move(next);
  }
  return all;
}

std::vector<StandingInstance> Standing::instances(const kernel::Restriction& rule, const OpenValue& open) {
  std::vector<StandingInstance> out;
  const std::size_t needed = logic().faulty(Fault::FirstSideOnly) ? 1 : rule.count;
  const auto add = [&](const Meeting& at, const std::optional<Meeting>& other, const Kleene& apart) {
    StandingInstance instance{at, other, {}, {}};
    for (std::size_t s = 0; s < rule.sides.size(); ++s) instance.sides.push_back(side(rule.sides[s], other && s > 0 ? *other : at));
    instance.broken = logic().conjunction({apart, logic().at_least(needed, instance.sides)});
    out.push_back(std::move(instance));
  };
  for (const Meeting& m : meetings(rule, open)) {
    if (!rule.across) {
      add(m, std::nullopt, logic().truth());
      continue;
    }
    const auto& form = world().kernel().schema.enums[rule.across];
    const auto pair = [&](Joined v, Joined w, const Kleene& apart) {
      Meeting first = m, second = m;
      first.push_back(std::move(v));
      second.push_back(std::move(w));
      add(first, second, apart);
    };
    for (std::uint32_t v = 0; !form.open && v < form.values.size(); ++v)
      for (std::uint32_t w = 0; w < form.values.size(); ++w)
        if (v != w) pair(joined(rule.across, v), joined(rule.across, w), logic().truth());
    if (!form.open) continue;
    const auto any = [&] { return Joined{rule.across, std::nullopt, world().free_value(world().fresh("!across:" + rule.name), enum_type(rule.across))}; };
    const Joined v = any(), w = any();
    pair(v, w, logic().of(world().terms().negation(world().terms().equal(v.value.value, w.value.value))));
  }
  return out;
}

Kleene Standing::broken(const kernel::Restriction& rule) {
  std::vector<Kleene> any;
  for (const StandingInstance& i : instances(rule)) any.push_back(i.broken);
  return logic().disjunction(any);
}

Kleene Standing::only_inside(const kernel::Restriction& rule, const kernel::Lift& lift) {
  const auto& form = world().kernel().schema.enums[lift.within_dimension];
  const auto confined = kernel::confined_to(world().kernel(), lift.of);
  const auto scope = static_cast<std::size_t>(std::find(confined.begin(), confined.end(), lift.within_dimension) - confined.begin());
  std::vector<Kleene> any;
  for (const kernel::Side& s : rule.sides)
    for (std::uint32_t v = 0; v < form.values.size(); ++v) {
      if (std::find(lift.within.begin(), lift.within.end(), v) != lift.within.end()) continue;
      Joined outside = joined(lift.within_dimension, v);
      outside.scope = scope;
      any.push_back(side(s, {outside}));
    }
  return logic().negation(logic().disjunction(any));
}

Kleene Standing::within(const Meeting& at, const kernel::Lift& lift) {
  std::vector<Kleene> any;
  for (const Joined& j : at)
    for (std::uint32_t v : lift.within)
      if (world().kernel().schema.rolls_up(j.dimension, lift.within_dimension)) any.push_back(lies_at(j.dimension, j.value, joined(lift.within_dimension, v)));
  return logic().disjunction(any);
}

Kleene Standing::within(const StandingInstance& instance, const kernel::Lift& lift) {
  std::vector<Kleene> all{within(instance.at, lift)};
  if (instance.other) all.push_back(within(*instance.other, lift));
  return logic().conjunction(all);
}

}  // namespace writ::verify
