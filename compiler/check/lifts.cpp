// `exception` and `mitigation`: one typed lift per rule that the statement names.
#include "compiler/check/lifts.h"

#include <algorithm>

#include "compiler/check/chains.h"
#include "compiler/check/conditions.h"
#include "compiler/check/days.h"
#include "compiler/check/limits.h"
#include "compiler/check/names.h"
#include "compiler/check/roles.h"
#include "compiler/check/rules.h"

namespace writ::check {
namespace {

using typed_ir::YieldKind;

/// The type that conditions on the person read: the one written, else that of the first named person, else the only human one.
EntityId principal_of(const Context& context, const typed_ir::Lift& lift) {
  if (lift.type.valid()) return lift.type;
  for (const typed_ir::Register& facts : context.program.registers)
    for (const std::string& id : lift.persons)
      if (const auto found = facts.entities.find(id); found != facts.entities.end()) return found->second.type;
  EntityId human;
  for (const EntityId id : context.program.schema.entities.ids())
    if (context.program.schema.entities[id].kind == typed_ir::EntityKind::Human && !human.valid()) human = id;
  return human;
}

/// The yield line that the lift rests on; reports a rule that does not yield in this way.
bool find_terms(Context& context, LiftSite& at) {
  const YieldKind kind = at.lift.mitigation ? YieldKind::Mitigation : YieldKind::Waiver;
  const typed_ir::RuleInfo& rule = typed_ir::info(context.program.rules[at.lift.rule]);
  const auto line = rule.yields.find(kind);
  if (line != rule.yields.end()) {
    at.lift.terms = line->second;
    return true;
  }
  const Code code = at.lift.mitigation ? Code::mitigation_not_allowed : Code::waiver_not_allowed;
  auto& message = context.report(code, at.rule.range, {at.rule.text});
  if (rule.origin.range.valid()) message.with_label(rule.origin.range, "the rule, and all by which it yields");
  return false;
}

/// `no waiver of R [where C]`: unconditionally it forbids the lift, with a condition it is taken out of the selection.
bool take_out_denied(Context& context, LiftSite& at) {
  const YieldKind kind = at.lift.mitigation ? YieldKind::Mitigation : YieldKind::Waiver;
  typed_ir::Conditions& store = context.conditions();
  for (const DeniedLift* denied : denied_lifts(context, kind, at.lift.rule)) {
    if (!denied->where.valid()) {
      const Code code = at.lift.mitigation ? Code::mitigation_not_allowed : Code::waiver_not_allowed;
      context.report(code, at.rule.range, {at.rule.text}).with_label(denied->range, "no limit lets it yield");
      return false;
    }
    const bool of_resource = reads_of(context, denied->site, denied->where).resource;
    ConditionScope scope;
    scope.principal = principal_of(context, at.lift);
    if (of_resource) scope.resource = at.lift.object_type;
    scope.where = "a limit";
    const auto where = check_condition(context, denied->site, scope, denied->where);
    if (!where) return false;
    CondId& target = of_resource ? at.lift.object_where : at.lift.who;
    target = store.conjunction({target, store.negation(*where)});
  }
  return true;
}

bool resolve_subject(Context& context, LiftSite& at) {
  at.lift.who = context.conditions().truth();
  if (!at.written->subject) {
    context.report(Code::lift_for_nobody, at.symbol->written.range, {std::string(lift_word(at.lift)), at.symbol->local})
        .with_note("write `for \"…\"` or `for TYPE where …`");
    return false;
  }
  const auto subject = check_subject(context, at.symbol->place.site, {}, *at.written->subject);
  if (!subject) return false;
  at.lift.persons = subject->persons;
  std::sort(at.lift.persons.begin(), at.lift.persons.end());
  at.lift.type = subject->type;
  if (subject->who.valid()) at.lift.who = subject->who;
  return true;
}

bool resolve_period_of(Context& context, LiftSite& at) {
  if (!at.written->period) {
    context.report(Code::lift_without_period, at.symbol->written.range, {std::string(lift_word(at.lift)), at.symbol->local})
        .with_note("write `from DATE through DATE`: whatever is temporary names its end");
    return false;
  }
  const auto period = resolve_period(context, at.symbol->place.site, *at.written->period, Ends::Required);
  if (!period) return false;
  at.lift.from = period->from;
  at.lift.until = period->until;
  return true;
}

bool resolve_marks(Context& context, LiftSite& at) {
  bool good = true;
  for (const ast::ApprovalMark& mark : at.written->approved_by) {
    const auto on = start_of(context, at.symbol->place.site, mark.on);
    if (!on) good = false;
    else at.lift.marks.push_back({mark.person.text, *on, {at.symbol->name, mark.person.range}});
  }
  return good;
}

bool resolve_words(Context& context, LiftSite& at) {
  const Site& site = at.symbol->place.site;
  typed_ir::Lift& lift = at.lift;
  if (at.written->reason) lift.reason = at.written->reason->text;
  if (at.written->ticket) lift.ticket = at.written->ticket->text;
  lift.owner = module_owner(context, site);
  if (at.written->owner) {
    auto owner = check_party(context, site, {}, *at.written->owner);
    if (!owner) return false;
    lift.owner = std::move(*owner);
  }
  ConditionScope scope;
  scope.principal = principal_of(context, lift);
  scope.where = "a lift's `while`";
  const auto condition = check_optional_condition(context, site, scope, at.written->while_condition);
  if (!condition) return false;
  lift.while_condition = *condition;
  for (const ast::Name& name : at.written->with_controls) {
    const Symbol* control = resolve(context, site, name, Kinds::of(SymbolKind::Control), "a control");
    if (!control) return false;
    lift.controls.push_back(control->control());
  }
  for (const ast::RoleRef& role : at.written->on_end_remove) {
    auto use = check_role(context, site, {}, role);
    if (!use) return false;
    lift.on_end_remove.push_back(std::move(*use));
  }
  return true;
}

std::optional<LiftSite> check_lift(Context& context, const Symbol& symbol, const ast::Lift& written, const ast::Name& rule_name) {
  const Symbol* rule = resolve(context, symbol.place.site, rule_name, Kinds::of(SymbolKind::Rule), "a rule");
  if (!rule) return std::nullopt;
  LiftSite at;
  at.written = &written;
  at.symbol = &symbol;
  at.rule = rule_name;
  at.lift.name = symbol.name;
  at.lift.mitigation = written.mitigation;
  at.lift.rule = rule->rule();
  at.lift.origin = {symbol.name, symbol.written.range};
  const bool resolved = resolve_subject(context, at) & resolve_period_of(context, at) & resolve_marks(context, at) & find_terms(context, at);
  if (!resolved || !resolve_words(context, at)) return std::nullopt;
  if (!select_instances(context, at) || !take_out_denied(context, at)) return std::nullopt;
  at.in_terms = check_terms_of(context, at);
  return at;
}

/// An approval counts from when it is given (semantics.md 8.6): a lift approved after its start begins then.
void start_when_approved(Context& context, LiftSite& at) {
  for (const typed_ir::Mark& mark : at.lift.marks) {
    if (mark.on <= at.lift.from) continue;
    context.report(Code::approved_after_start, mark.origin.range, {at.symbol->local, typed_ir::print_instant(mark.on)});
    at.lift.from = mark.on;
  }
}

}  // namespace

std::string_view lift_word(const typed_ir::Lift& lift) { return lift.mitigation ? "mitigation" : "exception"; }

void check_lifts(Context& context) {
  std::vector<LiftSite> sites;
  for (const Symbol& symbol : context.symbols) {
    if (symbol.kind != SymbolKind::Lift) continue;
    const auto& written = std::get<ast::Lift>(symbol.place.item->statement);
    for (const ast::Name& rule : written.rules)
      if (auto site = check_lift(context, symbol, written, rule)) sites.push_back(std::move(*site));
  }
  std::stable_sort(sites.begin(), sites.end(), [](const LiftSite& a, const LiftSite& b) {
    return std::tie(a.lift.name, a.lift.rule) < std::tie(b.lift.name, b.lift.rule);
  });
  for (const LiftSite& site : sites) check_approval_of(context, site);
  check_renewals(context, sites);
  for (LiftSite& site : sites) {
    start_when_approved(context, site);
    context.program.lifts.add(std::move(site.lift));
  }
}

}  // namespace writ::check
