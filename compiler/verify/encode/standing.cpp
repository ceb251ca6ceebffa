#include "compiler/verify/encode/standing.h"

#include <fmt/format.h>

namespace writ::verify {

using typed_ir::Scalar;

namespace {

typed_ir::Type enum_type(kernel::EnumId dimension) {
  typed_ir::Type type;
  type.scalar = Scalar::Enum;
  type.enumeration = dimension;
  return type;
}

}  // namespace

Denoted Standing::value_of(kernel::EnumId dimension, std::uint32_t ordinal) {
  Denoted d{.type = enum_type(dimension), .has = world().terms().truth(), .none = world().terms().falsity(), .value = {}, .currency = {},
            .fresh_until = logic().forever(), .set = {}, .path = {}};
  d.value = world().ordinal(dimension, ordinal);
  return d;
}

Kleene Standing::cut(const kernel::Side& side, const Denoted& w) {
  if (side.within.empty()) return logic().truth();
  const Environment nothing;
  Reader reader(view_, nothing);
  std::vector<Kleene> any;
  for (std::uint32_t ordinal : side.within) any.push_back(reader.lies_in(w, value_of(side.within_dimension, ordinal)));
  return logic().disjunction(any);
}

Kleene Standing::capability(const kernel::Capability& c, const LiveRole& held, const kernel::Side& side, kernel::EnumId dimension,
                            const std::optional<Denoted>& v) {
  Environment env;
  env.principal = person_;
  env.parameters = held.args;
  const auto& schema = world().kernel().schema;
  auto at = [&](std::optional<Denoted> w) {
    Environment here = env;
    here.scope = w;
    Reader reader(view_, here);
    std::vector<Kleene> all{held.live};
    if (w) all.push_back(cut(side, *w));
    if (w && v) all.push_back(reader.lies_in(*w, *v));
    const Kleene place = logic().conjunction(all);
    if (place.no == world().terms().truth()) return logic().falsity();
    return logic().conjunction({place, reader.condition(c.where)});
  };
  const kernel::EnumId own = c.scopes.empty() ? kernel::EnumId{} : c.scopes.front();
  if (!own) {   // no scope of that kind: it may lie anywhere
    std::vector<Kleene> all{at(std::nullopt)};
    if (dimension || !side.within.empty()) all.push_back(logic().unknown());
    return logic().conjunction(all);
  }
  if (schema.enums[own].open) {
    if (v && v->type.enumeration == own) return at(*v);
    return at(world().free_value(world().fresh("!scope"), enum_type(own)));
  }
  std::vector<Kleene> any;
  const auto count = static_cast<std::uint32_t>(schema.enums[own].values.size());
  for (std::uint32_t w = 0; w < count; ++w) any.push_back(at(value_of(own, w)));
  return logic().disjunction(any);
}

/// The role's own scope lies in the joined value; one that cannot be rolled up to it lies perhaps there.
Kleene Standing::scope_meets(const Denoted& scope, kernel::EnumId own, kernel::EnumId dimension, const Denoted& v) {
  const auto& schema = world().kernel().schema;
  if (!schema.rolls_up(own, dimension)) return logic().unknown();
  const Environment nothing;
  Reader reader(view_, nothing);
  if (!scope.set) return reader.lies_in(scope, v);
  std::vector<Kleene> any{logic().state(world().terms().falsity(), scope.set->complete)};
  for (std::uint32_t w = 0; w < schema.enums[own].values.size(); ++w) {
    const Denoted value = value_of(own, w);
    any.push_back(logic().conjunction({logic().of(world().contains(*scope.set, value.value)), reader.lies_in(value, v)}));
  }
  return logic().disjunction(any);
}

Kleene Standing::holding(const kernel::RoleUse& wanted, kernel::EnumId dimension, const std::optional<Denoted>& v) {
  std::vector<Kleene> any;
  for (const LiveRole& held : roles_) {
    const kernel::Role& role = world().kernel().roles[held.role];
    Environment env;
    env.principal = person_;
    env.parameters = held.args;
    Reader reader(view_, env);
    for (const kernel::RoleUse& ancestor : role.ancestors) {
      if (ancestor.role != wanted.role) continue;
      std::vector<Kleene> all{held.live};
      for (std::size_t i = 0; i < wanted.args.size() && i < ancestor.args.size(); ++i)
        all.push_back(reader.equal(reader.term(ancestor.args[i]), Reader(view_, env).term(wanted.args[i])));
      if (v && role.scope && dimension) all.push_back(scope_meets(reader.term(role.scope), role.scope_dimension, dimension, *v));
      any.push_back(logic().conjunction(all));
    }
  }
  return logic().disjunction(any);
}

Kleene Standing::element(const kernel::SideElement& element, const kernel::Side& side, kernel::EnumId dimension, const std::optional<Denoted>& v) {
  std::vector<Kleene> any;
  if (complete_.valid() && (!element.roles.empty() || !element.capabilities.empty())) any.push_back(logic().state(world().terms().falsity(), complete_));
  for (const kernel::RoleUse& role : element.roles) any.push_back(holding(role, dimension, v));
  for (const LiveRole& held : roles_)
    for (const kernel::Capability& c : element.capabilities)
      if (c.role == held.role) any.push_back(capability(c, held, side, dimension, v));
  return logic().disjunction(any);
}

Kleene Standing::side(const kernel::Side& side, kernel::EnumId dimension, const std::optional<Denoted>& v) {
  std::vector<Kleene> elements;
  for (const kernel::SideElement& e : side.elements) elements.push_back(element(e, side, dimension, v));
  return logic().at_least(side.need, elements);
}

std::vector<StandingInstance> Standing::instances(const kernel::Restriction& rule) {
  std::vector<StandingInstance> out;
  const auto& schema = world().kernel().schema;
  const std::size_t needed = logic().faulty(Fault::FirstSideOnly) ? 1 : rule.count;
  auto add = [&](kernel::EnumId dimension, std::optional<std::uint32_t> ordinal, const std::optional<Denoted>& v) {
    StandingInstance instance{ordinal, v, {}, {}};
    for (const kernel::Side& s : rule.sides) instance.sides.push_back(side(s, dimension, v));
    instance.broken = logic().at_least(needed, instance.sides);
    out.push_back(std::move(instance));
  };
  if (rule.joined().size() > 1) world().abstract(fmt::format("{}: joined in several dimensions", rule.name), world().terms().falsity());
  if (rule.across) {
    const auto count = static_cast<std::uint32_t>(schema.enums[rule.across].values.size());
    if (schema.enums[rule.across].open || rule.sides.size() != 2) world().abstract(fmt::format("{}: across an open dimension", rule.name), world().terms().falsity());
    for (std::uint32_t v = 0; v < count; ++v)
      for (std::uint32_t w = 0; w < count; ++w) {
        if (v == w || rule.sides.size() != 2) continue;
        StandingInstance instance{v, value_of(rule.across, v), {}, {}};
        instance.sides = {side(rule.sides[0], rule.across, value_of(rule.across, v)), side(rule.sides[1], rule.across, value_of(rule.across, w))};
        instance.broken = logic().conjunction(instance.sides);
        out.push_back(std::move(instance));
      }
    return out;
  }
  if (rule.same.empty()) {
    add({}, std::nullopt, std::nullopt);
    return out;
  }
  const kernel::EnumId dimension = rule.same.front();
  if (schema.enums[dimension].open) {
    add(dimension, std::nullopt, world().free_value(world().fresh("!joined:" + rule.name), enum_type(dimension)));
    return out;
  }
  const auto count = static_cast<std::uint32_t>(schema.enums[dimension].values.size());
  for (std::uint32_t v = 0; v < count; ++v) add(dimension, v, value_of(dimension, v));
  return out;
}

Kleene Standing::broken(const kernel::Restriction& rule) {
  std::vector<Kleene> any;
  for (const StandingInstance& i : instances(rule)) any.push_back(i.broken);
  return logic().disjunction(any);
}

}  // namespace writ::verify
