// New numbers for what the kernel numbers by declaration: by name, so that the order of statements and files shows in no byte.
#pragma once

#include <vector>

#include "compiler/kernel/forms.h"

namespace writ::lower {

/// For each kernel index its number in the bundle, and the reverse.
template <class IdType>
struct Renumbering {
  std::vector<std::uint32_t> number;
  std::vector<IdType> order;

  std::uint32_t operator()(IdType id) const { return id.valid() ? number[id.index] : support::Id<int>::kNone; }
};

struct Order {
  Renumbering<kernel::EnumId> enums;
  Renumbering<kernel::EntityId> entities;
  Renumbering<kernel::AttributeId> attributes;
  Renumbering<kernel::ActionId> actions;
  Renumbering<kernel::RoleId> roles;
  Renumbering<kernel::GrantId> grants;
  Renumbering<kernel::ObligationId> obligations;
  Renumbering<kernel::ChainId> chains;
  Renumbering<kernel::ControlId> controls;
};

Order make_order(const kernel::Kernel& kernel);

}  // namespace writ::lower
