// What is derived from the forms for whoever looks things up by action or restriction.
#include <algorithm>
#include <set>

#include "compiler/kernel/elaboration.h"

namespace writ::kernel {
namespace {

void add_actions(const std::vector<Access>& accesses, std::set<ActionId>& into) {
  for (const Access& access : accesses) into.insert(access.actions.begin(), access.actions.end());
}

using GrantsOfRole = std::map<RoleId, std::vector<GrantId>>;

/// A role as a side stands for whatever it grants, by itself or by what extends it.
GrantsOfRole grants_of_sides(const Kernel& kernel) {
  GrantsOfRole grants;
  for (const Restriction& r : kernel.restrictions)
    for (const Side& side : r.sides)
      for (const SideElement& element : side.elements)
        for (const RoleUse& use : element.roles) grants[use.role];
  for (const GrantId id : grants.empty() ? std::vector<GrantId>{} : kernel.grants.ids())
    for (const RoleUse& use : kernel.roles[kernel.grants[id].role].ancestors)
      if (const auto side = grants.find(use.role); side != grants.end()) side->second.push_back(id);
  return grants;
}

std::set<ActionId> reached(const Kernel& kernel, const GrantsOfRole& of_sides, const Restriction& r) {
  std::set<ActionId> actions;
  add_actions(r.accesses, actions);
  if (r.kind == Restriction::Kind::Act || (r.kind == Restriction::Kind::Standing && !r.at_use)) return actions;
  for (const Side& side : r.sides)
    for (const SideElement& element : side.elements) {
      add_actions(element.accesses, actions);
      for (const RoleUse& use : element.roles)
        for (const GrantId grant : of_sides.at(use.role)) add_actions({kernel.grants[grant].access}, actions);
    }
  if (r.kind != Restriction::Kind::Standing) std::erase_if(actions, [&](ActionId a) { return !r.key_paths.contains(a); });
  return actions;
}

}  // namespace

void index_grants(Kernel& kernel) {
  kernel.grants_of_action.clear();
  for (const GrantId id : kernel.grants.ids())
    for (const ActionId action : kernel.grants[id].access.actions) kernel.grants_of_action[action].push_back(id);
}

std::vector<EnumId> in_order(const typed_ir::Schema& schema, std::vector<EnumId> dimensions) {
  const auto place = [&](EnumId id) {
    std::size_t above = 0;
    for (EnumId up = schema.enums[id].parent; up.valid(); up = schema.enums[up].parent) ++above;
    return std::pair(above, schema.enums[id].name);
  };
  std::sort(dimensions.begin(), dimensions.end(), [&](EnumId a, EnumId b) { return place(a) < place(b); });
  dimensions.erase(std::unique(dimensions.begin(), dimensions.end()), dimensions.end());
  return dimensions;
}

std::vector<EnumId> confined_to(const Kernel& kernel, RestrictionId restriction) {
  const auto lifts = kernel.lifts_of.find(restriction);
  if (lifts == kernel.lifts_of.end()) return {};
  std::vector<EnumId> all;
  for (const LiftId id : lifts->second)
    if (!kernel.lifts[id].within.empty()) all.push_back(kernel.lifts[id].within_dimension);
  return in_order(kernel.schema, std::move(all));
}

void build_indexes(Kernel& kernel) {
  index_grants(kernel);
  kernel.restrictions_of_action.clear();
  kernel.lifts_of.clear();
  const GrantsOfRole of_sides = grants_of_sides(kernel);
  for (const RestrictionId id : kernel.restrictions.ids())
    for (const ActionId action : reached(kernel, of_sides, kernel.restrictions[id])) kernel.restrictions_of_action[action].push_back(id);
  for (const LiftId id : kernel.lifts.ids()) kernel.lifts_of[kernel.lifts[id].of].push_back(id);
}

}  // namespace writ::kernel
