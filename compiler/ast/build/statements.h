// One builder per statement; each takes the node of its own rule.
#pragma once

#include "compiler/ast/build/phrases.h"

namespace writ::ast::building {

// words.cpp
System system_of(Context& context, const Syntax& node);
EnumDecl enum_of(const Syntax& node);
Dimension dimension_of(Context& context, const Syntax& node);
PrincipalDecl principal_of(Context& context, const Syntax& node);
ContextDecl context_decl_of(Context& context, const Syntax& node);
ResourceDecl resource_of(Context& context, const Syntax& node);
ActionDecl action_of(Context& context, const Syntax& node);
Duty duty_of(Context& context, const Syntax& node);
Predicate predicate_of(Context& context, const Syntax& node);
Threshold threshold_of(Context& context, const Syntax& node);
Calendar calendar_of(Context& context, const Syntax& node);
Staffing staffing_of(Context& context, const Syntax& node);
NativeMap map_of(Context& context, const Syntax& node);

// roles.cpp
Role role_of(Context& context, const Syntax& node);
Approval approval_of(Context& context, const Syntax& node);
NativeRole native_role_of(Context& context, const Syntax& node);

// rules.cpp
RuleHead rule_head_of(Context& context, const Syntax& node);
RuleLines rule_lines_of(Context& context, const std::vector<Syntax>& lines, Once& once);
Require require_of(Context& context, const Syntax& node);
Never never_of(Context& context, const Syntax& node);
Forbid forbid_of(Context& context, const Syntax& node);
/// Nothing if the rule has no sides at all.
std::optional<Sod> sod_of(Context& context, const Syntax& node);
Terms terms_of(Context& context, const Syntax& node);
Limits limits_of(Context& context, const Syntax& node);
Adopt adopt_of(Context& context, const Syntax& node);

// lifts.cpp
Control control_of(Context& context, const Syntax& node);
Lift lift_of(Context& context, const Syntax& node);
Emergency emergency_of(Context& context, const Syntax& node);
Overlay overlay_of(Context& context, const Syntax& node);
Flow flow_of(Context& context, const Syntax& node);
Process process_of(const Syntax& node);

// claims.cpp, given.cpp, expectations.cpp
Assert assert_of(Context& context, const Syntax& node);
Claim claim_of(Context& context, const Syntax& node);
Given given_of(Context& context, const Syntax& node);
Who who_of(Context& context, const Syntax& node);
Who who_in(Context& context, const Syntax& node, std::size_t nth = 0);
std::vector<Who> each_who(Context& context, const Syntax& node);
GivenNative native_subject_of(Context& context, const Syntax& node);
std::vector<Name> resting_on_of(const Syntax& node);
History history_of(Context& context, const Syntax& node);
Test test_of(Context& context, const Syntax& node);
Expect expect_of(Context& context, const Syntax& node);

// build.cpp
/// The statements among the `item` children; history lines go to `history` if there is one.
std::vector<Item> items_of(Context& context, const Syntax& node, std::vector<History>* history);

}  // namespace writ::ast::building
