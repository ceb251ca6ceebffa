// What a decision on one action can depend on, with the values that can make a difference: for the enumerator.
#pragma once

#include "compiler/interpret/enumerate.h"

namespace writ::interpret {

/// An attribute of principal, resource, context or input, and its domain in JSON (unknown and absent left to the caller).
struct FactAtom {
  typed_ir::Root root;
  typed_ir::AttributeId attribute;
  std::string path;
  std::vector<std::pair<std::string, json::Value>> values;
};
/// Whether an action was done on the object before.
struct EventAtom {
  kernel::ActionId action;
  kernel::EntityId key;
};
struct Atoms {
  kernel::EntityId subject;
  std::vector<FactAtom> facts;
  std::vector<kernel::RoleId> roles;
  std::vector<EventAtom> events;
  std::vector<kernel::Warrant> warrants;
  std::vector<std::string> persons;        ///< named ones and one other
  std::vector<Instant> instants;
};

/// When events happened and warrants were given: their windows become cuts of `now`.
inline constexpr Instant kEventTime = 1'780'272'000'000;   // 2026-06-01T00:00:00Z

tl::expected<Atoms, TooLarge> atoms_of(const kernel::Kernel& kernel, kernel::ActionId action);

}  // namespace writ::interpret
