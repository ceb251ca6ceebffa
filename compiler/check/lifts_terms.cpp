// The terms of a yield line against one lift: how long, with which control, who answers for it (semantics.md 8.4).
#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/days.h"
#include "compiler/check/lifts.h"

namespace writ::check {
namespace {

Range period_range(const LiftSite& at) {
  const ast::Period& period = *at.written->period;
  if (period.through) return period.through->range;
  if (period.until) return period.until->range;
  return period.for_duration ? period.for_duration->range : period.range;
}

bool check_length(Context& context, const LiftSite& at) {
  const std::int64_t length = at.lift.until - at.lift.from;
  const std::int64_t longest = at.lift.terms.at_most;
  if (longest == 0 || length <= longest) return true;
  const Code code = at.lift.mitigation ? Code::mitigation_too_long : Code::waiver_too_long;
  auto& message = context.report(code, period_range(at), {at.symbol->local, length_text(length, longest), at.rule.text, duration_text(longest)});
  if (at.lift.terms.origin.range.valid()) message.with_label(at.lift.terms.origin.range, "its terms");
  return false;
}

bool is_for_rule(const Context& context, ControlId control, RuleId rule) {
  const auto& rules = context.program.controls[control].rules;
  return std::binary_search(rules.begin(), rules.end(), rule);
}

bool check_controls_of(Context& context, const LiftSite& at) {
  bool good = true;
  for (std::size_t i = 0; i < at.lift.controls.size(); ++i) {
    if (is_for_rule(context, at.lift.controls[i], at.lift.rule)) continue;
    const ast::Name& name = at.written->with_controls[i];
    const typed_ir::Origin& origin = context.program.controls[at.lift.controls[i]].origin;
    auto& message = context.report(Code::control_not_for_rule, name.range, {name.text, at.rule.text});
    if (origin.range.valid()) message.with_label(origin.range, "the control, and the rules it is for");
    good = false;
  }
  return good;
}

bool check_control_present(Context& context, const LiftSite& at) {
  const typed_ir::Yield& terms = at.lift.terms;
  const auto named = [&](ControlId id) { return std::find(terms.controls.begin(), terms.controls.end(), id) != terms.controls.end(); };
  const bool some = !at.lift.controls.empty();
  const bool one_of_named = terms.controls.empty() || std::any_of(at.lift.controls.begin(), at.lift.controls.end(), named);
  if ((!terms.with_control && terms.controls.empty()) || (some && one_of_named)) return true;
  std::string wanted = "a control";
  if (!terms.controls.empty()) wanted = fmt::format("`{}`", context.program.controls[terms.controls.front()].name);
  auto& message = context.report(Code::control_missing, at.symbol->written.range, {at.symbol->local, at.rule.text, wanted});
  if (terms.origin.range.valid()) message.with_label(terms.origin.range, "its terms");
  return false;
}

/// Examples may leave the reason out; what is in force may not.
bool check_reason(Context& context, const LiftSite& at) {
  if (at.symbol->place.site.in_test || !at.lift.reason.empty()) return true;
  context.report(Code::lift_without_reason, at.symbol->written.range, {std::string(lift_word(at.lift)), at.symbol->local});
  return false;
}

bool check_owner(Context& context, const LiftSite& at) {
  const bool owned = at.lift.owner.kind != typed_ir::Party::Kind::Role || at.lift.owner.role.role.valid();
  if (at.symbol->place.site.in_test || owned) return true;
  context.report(Code::lift_without_owner, at.symbol->written.range, {std::string(lift_word(at.lift)), at.symbol->local})
      .with_note("write `owner role …` here, or an owner in the module's header");
  return false;
}

bool check_marks_present(Context& context, const LiftSite& at) {
  if (!at.lift.terms.by.valid() || !at.lift.marks.empty()) return true;
  auto& message = context.report(Code::lift_without_approval, at.symbol->written.range,
                                 {std::string(lift_word(at.lift)), at.symbol->local, context.program.chains[at.lift.terms.by].name});
  if (at.lift.terms.origin.range.valid()) message.with_label(at.lift.terms.origin.range, "its terms");
  return false;
}

/// A rule that never bites while the lift is in force.
bool check_lifts_something(Context& context, const LiftSite& at) {
  const typed_ir::RuleInfo& rule = typed_ir::info(context.program.rules[at.lift.rule]);
  if (rule.enforced_from < at.lift.until) return true;
  const std::string why = rule.enforced_from == typed_ir::kForever ? "is only reported" : "is enforced only from " + typed_ir::print_instant(rule.enforced_from);
  auto& message = context.report(Code::lifts_nothing, at.symbol->written.range, {at.symbol->local, at.rule.text, why});
  if (rule.origin.range.valid()) message.with_label(rule.origin.range, "the rule");
  return false;
}

}  // namespace

bool check_terms_of(Context& context, LiftSite& at) {
  bool good = check_length(context, at) & check_controls_of(context, at) & check_control_present(context, at);
  good &= check_reason(context, at) & check_owner(context, at) & check_marks_present(context, at);
  return good & check_lifts_something(context, at);
}

}  // namespace writ::check
