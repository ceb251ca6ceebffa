// Terms and limits, and how the yield lines of a rule arise from them: its own line, else that of its terms, bounded by every limit.
#pragma once

#include "compiler/check/conditions.h"

namespace writ::check {

struct DeniedLift {                     ///< `no waiver of R where C`
  typed_ir::YieldKind kind = typed_ir::YieldKind::Waiver;
  std::vector<RuleId> rules;
  ast::ExprId where;                    ///< invalid: always
  Site site;
  Range range;
};

struct LimitedYield {
  typed_ir::Yield yield;                ///< 0 and none: not bounded
  bool renew_written = false;
  std::vector<RuleId> of;               ///< empty: every rule
};

struct DurationLimit {
  std::int64_t ms = 0;                  ///< 0: none
  Range range;
};

struct LimitTable {
  std::multimap<typed_ir::YieldKind, LimitedYield> yields;
  DurationLimit role_at_most, workload_at_most;
  DurationLimit role_review, workload_review;
  DurationLimit approval_due;
  std::vector<DeniedLift> denied;
  std::map<RuleId, typed_ir::Level> raised;
};

/// Reads every `limits` statement and every `terms`.
void check_limits(Context& context);

/// The yield lines of a rule, merged. Reports line_not_stricter.
std::optional<std::map<typed_ir::YieldKind, typed_ir::Yield>> rule_yields(Context& context, const Site& site, RuleId rule,
                                                                          const ast::RuleLines& lines);
/// The `no … of R` lines that cover a kind and rule.
std::vector<const DeniedLift*> denied_lifts(const Context& context, typed_ir::YieldKind kind, RuleId rule);

}  // namespace writ::check
