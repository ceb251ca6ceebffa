// What must hold, as data, before anything is solved: a stable id, the statements it speaks of, what it ranges over, what it assumes, and
// the two codes with which it can fail. `collect` (verify.h) states them; the engines read `target` and nothing else. Plain data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/kernel/forms.h"

namespace writ::verify {

enum class ObligationKind : std::uint8_t { Assert, Conflict, Dead, ExceptionTerms, Expiry, FailClosed, Horizon, RoleSod };
std::string_view to_string(ObligationKind kind);   ///< "role-sod", as in ids, `prove` arguments and `expect proved`
std::vector<std::string> obligation_words();       ///< all of them, sorted

/// A statement that the obligation speaks of, with its place and the part it plays ("role", "rule", "exception").
struct Statement {
  std::string name;
  std::string part;
  source::Range range;
};

/// What one obligation asks. Ids that the question does not need are none.
struct Target {
  enum class Question : std::uint8_t {
    RoleSod,          ///< role × standing restriction
    Claim,            ///< claim
    Terms,            ///< lift
    FailClosed,       ///< action
    Horizon,          ///< action
    Expiry,           ///< lift
    DeadGrant,        ///< grant × its action
    DeadRestriction,  ///< restriction
    DeadLift,         ///< lift
    DeadRole,         ///< role
    Overclaim,        ///< grant × its action
    BrokenLift,       ///< lift
    BrokenBirthright, ///< role
    SingleValued      ///< the whole policy
  } question = Question::SingleValued;
  kernel::RoleId role;
  kernel::GrantId grant;
  kernel::ActionId action;
  kernel::RestrictionId restriction;
  kernel::LiftId lift;
  kernel::ClaimId claim;
};

struct Obligation {
  std::string id;                        ///< "role-sod/norvik.p2p.ap_clerk/P01.assignment"
  ObligationKind kind = ObligationKind::Dead;
  std::string about;                     ///< qualified name of the statement that it is a property of
  std::vector<Statement> statements;     ///< `about` first
  std::string says;                      ///< the property, one sentence
  std::vector<std::string> ranges;       ///< "every Employee", "every Invoice", "every context", "every instant"
  std::vector<std::string> assumptions;  ///< known before solving; a result adds those that its proof used
  diagnostics::Code refuted = diagnostics::Code{};
  diagnostics::Code unproved = diagnostics::Code{};
  Target target;
};

}  // namespace writ::verify
