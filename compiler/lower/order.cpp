#include "compiler/lower/order.h"

#include <algorithm>
#include <map>
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

/// How deep a chain names others; a chain may name earlier ones only.
class ChainDepths {
 public:
  explicit ChainDepths(const kernel::Kernel& kernel) : kernel_(kernel) {}

  std::size_t of(kernel::ChainId id) {
    if (const auto found = known_.find(id); found != known_.end()) return found->second;
    known_[id] = 0;                        // a chain that named itself would be refused by the loader, not followed for ever
    std::size_t deepest = 0;
    for (const typed_ir::Step& step : kernel_.chains[id].steps)
      for (const kernel::Party& party : step.parties) deepest = std::max(deepest, of(party));
    return known_[id] = deepest;
  }

 private:
  std::size_t of(const kernel::Party& party) {
    std::size_t deepest = party.chain.valid() ? 1 + of(party.chain) : 0;
    for (const kernel::Party& inner : party.inner) deepest = std::max(deepest, of(inner));
    return deepest;
  }

  const kernel::Kernel& kernel_;
  std::map<kernel::ChainId, std::size_t> known_;
};

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
  ChainDepths depths(kernel);
  order.chains = by(kernel.chains.ids(), [&](auto id) { return std::tuple(depths.of(id), kernel.chains[id].name); });
  order.controls = by(kernel.controls.ids(), [&](auto id) { return kernel.controls[id].name; });
  return order;
}

}  // namespace writ::lower
