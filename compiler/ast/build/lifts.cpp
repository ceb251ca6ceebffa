// What lifts a restriction: controls, exceptions, mitigations, emergencies; and local charters, flows, processes.
#include "compiler/ast/build/statements.h"

namespace writ::ast::building {
namespace {

std::vector<Party> parties_in(Context& context, const Syntax& line) {
  std::vector<Party> parties;
  for (const Syntax& party : line.all(RuleKind::OwnerParty)) parties.push_back(party_of(context, party));
  return parties;
}

}  // namespace

Control control_of(Context& context, const Syntax& node) {
  Control control;
  control.name = name_in(node, RuleKind::Word);
  control.title = find_text(context, node);
  Once once(context);
  for (const Syntax& line : lines_of(node, RuleKind::ControlLine)) {
    if (line.kind() == RuleKind::ForRulesLine && once.first(line, "for")) control.rules = names_in(line);
    if (line.kind() == RuleKind::OwnerLine && once.first(line, "owner")) control.owner = owner_of(context, line);
    if (line.kind() == RuleKind::MonitorLine && once.first(line, "monitor")) control.monitors = parties_in(context, line);
    if (line.kind() == RuleKind::EveryLine && once.first(line, "every")) control.every = duration_in(context, line);
    if (line.kind() == RuleKind::ByLine && once.first(line, "by")) control.by_requirement = name_in(line, RuleKind::Dotted);
  }
  return control;
}

// ---- exceptions and mitigations

namespace {

ObjectSelect object_of(Context& context, const Syntax& line) {
  return {name_in(line, RuleKind::Dotted), texts_in(context, line), where_in(context, line), line.range()};
}

std::vector<ApprovalMark> marks_of(Context& context, const Syntax& line) {
  std::vector<ApprovalMark> marks;
  for (const Syntax& mark : line.all(RuleKind::ApprovalMark)) marks.push_back({text_in(context, mark), day_in(context, mark)});
  return marks;
}

/// Whom, where, when and what it lifts.
void add_selection(Context& context, const Syntax& line, Lift& lift, Once& once) {
  switch (line.kind()) {
    case RuleKind::ForLine:
      if (once.first(line, "for")) lift.subject = subject_of(context, must(line, RuleKind::Subject));
      return;
    case RuleKind::LiftWithinLine:
      if (once.first(line, "within")) lift.within = names_in(line);
      return;
    case RuleKind::PeriodLine:
      if (once.first(line, "from")) lift.period = period_of(context, must(line, RuleKind::Period));
      return;
    case RuleKind::WhileLine:
      if (once.first(line, "while")) lift.while_condition = expr_in(context, line);
      return;
    case RuleKind::PointsLine:
      if (once.first(line, "at")) lift.points = points_of(line);
      return;
    case RuleKind::LiftSameLine:
      if (once.first(line, "on same")) lift.same = names_in(line);
      return;
    case RuleKind::ObjectLine:
      lift.objects.push_back(object_of(context, line));
      return;
    // Who answers for it: below.
    default:
      return;
  }
}

/// Who answers for it, why, and what ends with it.
void add_account(Context& context, const Syntax& line, Lift& lift, Once& once) {
  switch (line.kind()) {
    case RuleKind::RemoveLine:
      if (once.first(line, "on end remove")) lift.on_end_remove = roles_in(context, line);
      return;
    case RuleKind::OwnerLine:
      if (once.first(line, "owner")) lift.owner = owner_of(context, line);
      return;
    case RuleKind::ApprovedLine:
      if (once.first(line, "approved by")) lift.approved_by = marks_of(context, line);
      return;
    case RuleKind::ReasonLine:
      if (once.first(line, "reason")) lift.reason = text_in(context, line);
      return;
    case RuleKind::TicketLine:
      if (once.first(line, "ticket")) lift.ticket = text_in(context, line);
      return;
    case RuleKind::WithLine:
      if (once.first(line, "with")) lift.with_controls = names_in(line);
      return;
    // What it selects: above.
    default:
      return;
  }
}

}  // namespace

Lift lift_of(Context& context, const Syntax& node) {
  Lift lift;
  lift.name = name_in(node, RuleKind::Word);
  lift.mitigation = node.has(TokenKind::KwMitigation);
  lift.rules = names_in(node);
  Once once(context);
  for (const Syntax& line : lines_of(node, RuleKind::LiftLine)) {
    add_selection(context, line, lift, once);
    add_account(context, line, lift, once);
  }
  return lift;
}

// ---- emergencies

namespace {

void add_needs(const Syntax& line, Emergency& emergency) {
  for (const Syntax& need : line.all(RuleKind::Need)) {
    if (need.has(TokenKind::KwTicket)) emergency.needs_ticket = true;
    if (need.has(TokenKind::KwReason)) emergency.needs_reason = true;
    if (const auto values = need.child(RuleKind::ReasonValues)) {
      for (Name& reason : each_name(*values, RuleKind::Word)) emergency.reasons.push_back(std::move(reason));
    }
  }
}

void add_clock(Context& context, const Syntax& line, Emergency& emergency) {
  emergency.at_most = duration_in(context, line, 0);
  if (!line.has(TokenKind::KwUses)) return;
  emergency.uses = count_of(context, line);
  emergency.uses_in = duration_in(context, line, 1);
}

void add_emergency_line(Context& context, const Syntax& line, Emergency& emergency, Once& once) {
  switch (line.kind()) {
    case RuleKind::OwnerLine:
      if (once.first(line, "owner")) emergency.owner = owner_of(context, line);
      return;
    case RuleKind::ScopeLine:
      if (once.first(line, "within")) emergency.within = path_in(line);
      return;
    case RuleKind::MayLine:
      emergency.may.push_back(accesses_in(context, line));
      return;
    case RuleKind::LiftsLine:
      if (once.first(line, "lifts")) emergency.lifts = names_in(line);
      return;
    case RuleKind::AfterLine:
      if (once.first(line, "after")) emergency.after = chain_of(context, must(line, RuleKind::Chain));
      return;
    case RuleKind::ClockLine:
      if (once.first(line, "at most")) add_clock(context, line, emergency);
      return;
    case RuleKind::NeedsLine:
      if (once.first(line, "needs")) add_needs(line, emergency);
      return;
    case RuleKind::NotifyLine:
      if (once.first(line, "notify")) emergency.notify = parties_in(context, line);
      return;
    case RuleKind::ReviewDueLine:
      if (!once.first(line, "review")) return;
      emergency.review_due = duration_in(context, line);
      emergency.review_by = party_of(context, must(must(line, RuleKind::ReviewBy), RuleKind::PlainParty));
      return;
    // `native`: the grammar has no other.
    default:
      for (const Syntax& native : line.all(RuleKind::NativeRole)) {
        NativeRole role = native_role_of(context, native);
        emergency.natives.emplace_back(std::move(role.system), std::move(role.role));
      }
  }
}

}  // namespace

Emergency emergency_of(Context& context, const Syntax& node) {
  Emergency emergency;
  emergency.name = name_in(node, RuleKind::Word);
  emergency.title = find_text(context, node);
  if (const auto subject = node.child(RuleKind::ForSubject)) emergency.subject = subject_of(context, must(*subject, RuleKind::Subject));
  Once once(context);
  for (const Syntax& line : lines_of(node, RuleKind::EmergencyLine)) add_emergency_line(context, line, emergency, once);
  return emergency;
}

// ---- local charters, flows, processes

namespace {

CharterLine charter_of(Context& context, const Syntax& line) {
  CharterLine charter;
  const Syntax inner = *line.only();
  if (inner.kind() == RuleKind::CharterAdd) {
    charter.kind = inner.has(TokenKind::KwRole) ? CharterLine::Kind::AddRole : CharterLine::Kind::AddBirthright;
    charter.system = name_in(inner, RuleKind::Word);
  } else if (inner.kind() == RuleKind::CharterAssign) {
    charter.kind = CharterLine::Kind::Assign;
    charter.roles = roles_in(context, inner);
  } else {
    charter.kind = inner.has(TokenKind::KwMitigate) ? CharterLine::Kind::Mitigate : CharterLine::Kind::Waive;
    charter.rules = names_in(inner);
    charter.through = day_in(context, inner);
    if (const auto with = inner.child(RuleKind::WithLine)) charter.controls = names_in(*with);
  }
  charter.range = line.range();
  return charter;
}

}  // namespace

Overlay overlay_of(Context& context, const Syntax& node) {
  Overlay overlay{name_in(node, RuleKind::Word), name_in(node, RuleKind::Dotted), std::nullopt, {}};
  Once once(context);
  for (const Syntax& line : lines_of(node, RuleKind::OverlayLine)) {
    if (line.kind() == RuleKind::CharterLine) {
      overlay.lines.push_back(charter_of(context, line));
    } else if (once.first(line, "owner")) {
      overlay.owner = owner_of(context, line);
    }
  }
  return overlay;
}

Flow flow_of(Context& context, const Syntax& node) {
  return {name_in(node, RuleKind::Word), accesses_in(context, must(node, RuleKind::FlowFrom)), accesses_in(context, node)};
}

Process process_of(const Syntax& node) {
  Process process{name_in(node, RuleKind::Word), name_in(node, RuleKind::Dotted), {}};
  for (const Syntax& step : sound(node, RuleKind::StepLine)) process.steps.push_back({name_in(step, RuleKind::Word), name_in(step, RuleKind::Dotted)});
  return process;
}

}  // namespace writ::ast::building
