// A correct program with nothing left to look up. Produced by check, printed by `--emit=typed-ir`, consumed by kernel/elaborate (which adds
// terms to `conditions`) and by testing. One Program per policy, and one per `test` that adds or removes statements.
#pragma once

#include "compiler/typed_ir/facts.h"

namespace writ::typed_ir {

struct FindingDue { std::map<Level, std::int64_t> due; };

struct Program {
  std::string name;                                ///< project name
  std::string policy_version;
  std::string root_module;
  std::string tzdb_version;
  bool accept_marks = true;                        ///< [trust] marks
  std::int64_t skew = 60'000;                      ///< ms
  std::int64_t reuse_at_most = 0;                  ///< ms; 0: no cap
  FindingDue finding_due;
  Schema schema;
  Conditions conditions;
  support::Store<RoleId, Role> roles;
  support::Store<ChainId, Chain> chains;
  support::Store<RuleId, Rule> rules;
  support::Store<ControlId, Control> controls;
  support::Store<LiftId, Lift> lifts;
  std::vector<Claim> claims;
  std::vector<Register> registers;                 ///< facts files, by name
};

/// `--emit=typed-ir`.
std::string print(const Program& program);

}  // namespace writ::typed_ir
