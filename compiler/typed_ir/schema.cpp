#include "compiler/typed_ir/schema.h"

namespace writ::typed_ir {
namespace {

/// How many steps of `dimension … in` lead from one dimension to the other; nullopt if none do.
std::optional<std::uint32_t> rank(const Schema& schema, EnumId from, EnumId to) {
  for (std::uint32_t steps = 0; from; ++steps, from = schema.enums[from].parent) {
    if (from == to) return steps;
    WRIT_CHECK(steps <= schema.enums.size(), "dimensions roll up in a circle");
  }
  return std::nullopt;
}

}  // namespace

std::optional<AttributeId> Schema::find_attribute(EntityId entity, std::string_view name) const {
  for (const AttributeId id : entities[entity].attributes)
    if (attributes[id].name == name) return id;
  return std::nullopt;
}

std::optional<ActionId> Schema::find_action(std::string_view name) const {
  for (std::uint32_t i = 0; i < actions.size(); ++i)
    if (actions[ActionId{i}].name == name) return ActionId{i};
  return std::nullopt;
}

std::optional<EntityId> Schema::find_entity(std::string_view name) const {
  std::optional<EntityId> local;
  bool unique = true;
  for (std::uint32_t i = 0; i < entities.size(); ++i) {
    const EntityId id{i};
    if (entities[id].name == name) return id;
    if (entities[id].local != name) continue;
    unique = !local;
    local = id;
  }
  return unique ? local : std::nullopt;
}

std::optional<std::uint32_t> Schema::roll_up(EnumId from, std::uint32_t ordinal, EnumId to) const {
  if (!rolls_up(from, to)) return std::nullopt;
  while (from != to) {
    ordinal = enums[from].values.at(ordinal).parent;
    if (ordinal == support::Id<EnumTag>::kNone) return std::nullopt;
    from = enums[from].parent;
  }
  return ordinal;
}

bool Schema::rolls_up(EnumId from, EnumId to) const { return rank(*this, from, to).has_value(); }

std::vector<AttributeId> Schema::scope_candidates(EntityId resource, EnumId dimension) const {
  std::vector<AttributeId> nearest;
  std::optional<std::uint32_t> best;
  for (const AttributeId id : entities[resource].attributes) {
    const Type& type = attributes[id].type;
    if (type.scalar != Scalar::Enum || type.set) continue;
    const auto steps = rank(*this, type.enumeration, dimension);
    if (!steps || (best && *steps > *best)) continue;
    if (!best || *steps < *best) nearest.clear();
    best = steps;
    nearest.push_back(id);
  }
  return nearest;
}

std::optional<AttributeId> Schema::scope_attribute(EntityId resource, EnumId dimension) const {
  const auto candidates = scope_candidates(resource, dimension);
  if (candidates.size() != 1) return std::nullopt;
  return candidates.front();
}

}  // namespace writ::typed_ir
