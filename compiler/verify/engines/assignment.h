// Questions about holding rather than doing: a person with one role per side, whatever roles these are, and standing rules at assignment.
#pragma once

#include "compiler/verify/engines/engines.h"

namespace writ::verify {

/// Some holdings break the rule (T or U) in an instance that no other rule at assignment refuses as well; with a lift: in one that it
/// selects, while it is in force. Proved: alive; Refuted: dead.
Solved solve_standing_alive(const Settings& settings, kernel::RestrictionId rule, kernel::LiftId lift);

}  // namespace writ::verify
