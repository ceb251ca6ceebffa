// What is derived from the forms for whoever looks things up by action or restriction.
#include <algorithm>
#include <set>

#include "compiler/kernel/elaboration.h"

namespace writ::kernel {
namespace {

void add_actions(const std::vector<Access>& accesses, std::set<ActionId>& into) {
  for (const Access& access : accesses) into.insert(access.actions.begin(), access.actions.end());
}

/// A role as a side stands for whatever it grants, by itself or by what extends it.
void add_actions_of_role(const Kernel& kernel, RoleId role, std::set<ActionId>& into) {
  for (const Grant& grant : kernel.grants) {
    const std::vector<RoleUse>& up = kernel.roles[grant.role].ancestors;
    if (std::any_of(up.begin(), up.end(), [&](const RoleUse& use) { return use.role == role; })) add_actions({grant.access}, into);
  }
}

std::set<ActionId> reached(const Kernel& kernel, const Restriction& r) {
  std::set<ActionId> actions;
  add_actions(r.accesses, actions);
  if (r.kind == Restriction::Kind::Act || (r.kind == Restriction::Kind::Standing && !r.at_use)) return actions;
  for (const Side& side : r.sides)
    for (const SideElement& element : side.elements) {
      add_actions(element.accesses, actions);
      for (const RoleUse& use : element.roles) add_actions_of_role(kernel, use.role, actions);
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

void build_indexes(Kernel& kernel) {
  index_grants(kernel);
  kernel.restrictions_of_action.clear();
  kernel.lifts_of.clear();
  for (const RestrictionId id : kernel.restrictions.ids())
    for (const ActionId action : reached(kernel, kernel.restrictions[id])) kernel.restrictions_of_action[action].push_back(id);
  for (const LiftId id : kernel.lifts.ids()) kernel.lifts_of[kernel.lifts[id].of].push_back(id);
}

}  // namespace writ::kernel
