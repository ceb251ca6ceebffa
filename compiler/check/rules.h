// require, forbid, never, sod and sensitive, and the other passes that need no header of their own.
#pragma once

#include "compiler/check/context.h"

namespace writ::check {

void check_schema(Context& context);          ///< systems, enums, dimensions, types, context, actions, thresholds
void check_rules(Context& context);           ///< require, forbid, never
void check_segregation(Context& context);     ///< sod, sensitive
void report_unsupported(Context& context);    ///< statements of the language that no pass handles yet
void warn(Context& context);                  ///< what is legal and probably not meant

/// Level, title, yield lines, owner, start: what every restriction carries.
typed_ir::RuleInfo check_rule_info(Context& context, const Symbol& symbol, const ast::RuleHead& head, const ast::RuleLines& lines);

// controls.cpp, lifts.cpp, claims.cpp, facts.cpp
void check_controls(Context& context);
void check_lifts(Context& context);
void check_claims(Context& context);
void check_facts(Context& context, const Input& input);

}  // namespace writ::check
