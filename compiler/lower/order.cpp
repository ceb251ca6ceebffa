#include "compiler/lower/order.h"

#include <algorithm>
#include <tuple>

namespace writ::lower {
namespace {

template <class IdType, class Key>
Renumbering<IdType> by(std::vector<IdType> ids, Key key) {
  std::stable_sort(ids.begin(), ids.end(), [&](IdType a, IdType b) { return key(a) < key(b); });
  Renumbering<IdType> result{std::vector<std::uint32_t>(ids.size()), std::move(ids)};
  for (std::uint32_t i = 0; i < result.order.size(); ++i) result.number[result.order[i].index] = i;
  return result;
}

std::size_t depth(const typed_ir::Schema& schema, kernel::EnumId id) {
  std::size_t steps = 0;
  for (kernel::EnumId up = schema.enums[id].parent; up.valid(); up = schema.enums[up].parent) ++steps;
  return steps;
}

}  // namespace

Order make_order(const kernel::Kernel& kernel) {
  const typed_ir::Schema& schema = kernel.schema;
  Order order;
  order.enums = by(schema.enums.ids(), [&](auto id) { return std::tuple(depth(schema, id), schema.enums[id].name); });
  order.entities = by(schema.entities.ids(), [&](auto id) { return std::tuple(schema.entities[id].kind, schema.entities[id].name); });
  order.attributes = by(schema.attributes.ids(), [&](auto id) {
    return std::tuple(order.entities(schema.attributes[id].owner), schema.attributes[id].name);
  });
  order.actions = by(schema.actions.ids(), [&](auto id) { return std::tuple(schema.actions[id].name, schema.actions[id].module); });
  order.roles = by(kernel.roles.ids(), [&](auto id) { return kernel.roles[id].name; });
  order.grants = by(kernel.grants.ids(), [&](auto id) { return order.roles(kernel.grants[id].role); });
  order.obligations = by(kernel.obligations.ids(), [&](auto id) { return kernel.obligations[id].id; });
  order.chains = by(kernel.chains.ids(), [&](auto id) { return kernel.chains[id].name; });
  order.controls = by(kernel.controls.ids(), [&](auto id) { return kernel.controls[id].name; });
  return order;
}

}  // namespace writ::lower
