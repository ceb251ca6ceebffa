// Terms and limits, and how the yield lines of a rule arise from them: its own line, else that of its terms, bounded by every limit. A
// term that a line leaves out is the limit's; a line may only be stricter.
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

/// A yield line as written: what is not said is not there.
struct YieldTerms {
  std::optional<std::int64_t> at_most, in_a_row, cooling, tested_every;
  std::optional<std::uint32_t> renew;
  ChainId by;
  bool with_control = false;
  std::vector<ControlId> controls;
  Range at_most_range, in_a_row_range, cooling_range, tested_range, renew_range;
  typed_ir::Origin origin;
};

struct YieldLimit {
  typed_ir::YieldKind kind = typed_ir::YieldKind::Waiver;
  std::vector<RuleId> of;               ///< empty: every rule
  YieldTerms terms;
};

struct DurationLimit {
  std::int64_t ms = 0;                  ///< 0: none
  Range range;
};

struct LimitTable {
  std::vector<YieldLimit> yields;
  std::unordered_map<SymbolId, std::map<typed_ir::YieldKind, YieldTerms>> terms;
  DurationLimit role_at_most, workload_at_most;
  DurationLimit role_review, workload_review;
  DurationLimit approval_due;
  std::vector<DeniedLift> denied;
  std::map<RuleId, typed_ir::Level> raised;
};

/// The durations of every `limits`: before approvals and roles.
void check_limits(Context& context);
/// The yield lines of every `limits` and `terms`: after approvals.
void check_terms(Context& context);

/// The yield lines of a rule, merged. Reports line_not_stricter.
std::map<typed_ir::YieldKind, typed_ir::Yield> rule_yields(Context& context, const Site& site, RuleId rule, const ast::RuleLines& lines);
/// The `no … of R` lines that cover a kind and rule.
std::vector<const DeniedLift*> denied_lifts(const Context& context, typed_ir::YieldKind kind, RuleId rule);

typed_ir::Level level_of(ast::Level level);
typed_ir::YieldKind yield_kind(ast::YieldKind kind);
std::string_view yield_word(typed_ir::YieldKind kind);

}  // namespace writ::check
