// Questions about holding rather than doing: a person with one role per side, whatever roles these are, and standing rules at assignment.
#pragma once

#include "compiler/verify/engines/engines.h"

namespace writ::verify {

/// Some holdings break the rule (T or U) in an instance that no other rule at assignment refuses as well (none that nothing lifts, and of those that
/// kill each other the first by id); with a lift: in one that it selects, while it is in force. Proved: alive; Refuted: dead.
Solved solve_standing_alive(const Settings& settings, kernel::RestrictionId rule, kernel::LiftId lift);

/// Whether the gates of the route can be passed by the principal of `env` (7.5).
Term obtainable(Question& question, const Environment& env, const kernel::Route& route);

/// Rules that nothing lifts and that would refuse to give the role (with the parameters of `env`, to its principal, who holds nothing else): what
/// must hold for each of them not to.
struct Refusals {
  std::vector<Term> free;
  std::vector<kernel::RestrictionId> ids;
};
Refusals refusals(Question& question, const Environment& env, kernel::RoleId role);

}  // namespace writ::verify
