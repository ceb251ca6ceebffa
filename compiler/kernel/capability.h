// What the holder of a grant can do, as a condition on the holder alone (semantics.md 6.2): some resource, some context and some input
// satisfy the grant and the side's own `where`. The quantifiers are eliminated exactly, in three values: for every state of what is kept
// (principal, parameters, scope, now) the result is the maximum of the condition over all resources, contexts and inputs that the schema
// allows, each of whose facts is known, or absent where it is optional. What has no exact elimination is an error, never an estimate.
#pragma once

#include <tl/expected.hpp>

#include "compiler/kernel/forms.h"

namespace writ::kernel {

/// Why a condition has no exact elimination here ("the product of …"), and which rewriting has one; in words, for a diagnostic.
struct NotEliminated {
  std::string why;
  std::string help;
};

/// `∃ resource, context, input: condition` of a `holder` of that type. Adds terms and conditions to the store; the result reads none of the
/// three roots.
tl::expected<CondId, NotEliminated> eliminate(Conditions& conditions, const typed_ir::Schema& schema, CondId condition, EntityId holder = {});

/// Of a rule without a join, capabilities have one scope per dimension to which its lifts are confined, in this order: coarser first, then by name.
std::vector<EnumId> confined_to(const Kernel& kernel, RestrictionId restriction);

}  // namespace writ::kernel
