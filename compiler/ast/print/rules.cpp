#include <fmt/format.h>

#include "compiler/ast/print/outline.h"

namespace writ::ast::printing {

std::string head_of(const RuleHead& head, const Phrases& phrases) {
  return head.name.text + (head.level ? " " + phrases.say(*head.level) : "") + (head.title ? " " + phrases.say(*head.title) : "");
}

void print_rule_lines(Outline& o, const RuleLines& lines) {
  o.lines("yields", lines.yields);
  o.line("terms", lines.terms);
  o.line("owner", lines.owner);
  o.line("because", lines.because);
  o.line("implements", lines.implements);
  o.line("enforced from", lines.enforced_from);
  o.flag("report only", lines.report_only);
}

void print_statement(Outline& o, const Approval& s) {
  const Under under(o, "approval " + s.name.text + ": " + o.phrases.say(s.chain));
  o.line("good for", s.good_for);
  for (const std::vector<Name>& path : s.over) o.line("over", o.phrases.say_path(path));
  o.flag("may repeat", s.may_repeat);
}

namespace {

std::string needed(const Require& s, const Phrases& phrases) {
  switch (s.kind) {
    case Require::Kind::Mfa: return "mfa" + (s.mfa_fresh_within ? " fresh within " + phrases.say(*s.mfa_fresh_within) : "");
    case Require::Kind::Approval: return "approval " + phrases.say(*s.approval);
    case Require::Kind::Evidence: return "evidence " + phrases.say(*s.evidence);
    case Require::Kind::Notify: return "notify " + phrases.say(*s.notify);
    case Require::Kind::Log: return "log";
  }
  return "";
}

}  // namespace

void print_statement(Outline& o, const Require& s) {
  const bool after = s.kind == Require::Kind::Notify || s.kind == Require::Kind::Log;
  const Under under(o, "require " + head_of(s.head, o.phrases));
  o.line("needs", needed(s, o.phrases));
  o.line(s.after_denied ? "after denied" : after ? "after" : "before", o.phrases.say(s.accesses));
  print_rule_lines(o, s.lines);
}

void print_statement(Outline& o, const Never& s) {
  const Under under(o, "never " + head_of(s.head, o.phrases));
  o.line("what", o.phrases.say(s.accesses));
  print_rule_lines(o, s.lines);
}

void print_statement(Outline& o, const Forbid& s) {
  const Under under(o, "forbid " + head_of(s.head, o.phrases));
  o.line("what", o.phrases.say(s.accesses));
  print_rule_lines(o, s.lines);
}

namespace {

std::string form_of(const Sod& s) {
  switch (s.form) {
    case Sod::Form::Separate: return "separate";
    case Sod::Form::AtMost: return fmt::format("at most {} of", s.count->value);
    case Sod::Form::AtLeastPeople: return fmt::format("at least {} people for", s.count->value);
    case Sod::Form::NobodyHolds: return "nobody holds";
  }
  return "";
}

void print_sides(Outline& o, const Sod& s) {
  const Under under(o, form_of(s));
  o.lines("side", s.sides);
}

void print_binding(Outline& o, const ObjectBinding& binding) {
  std::string text = o.phrases.list(binding.types);
  for (const KeyPath& key : binding.keys) text += " { " + key.action.text + " by " + o.phrases.say_path(key.path) + " }";
  if (binding.over) text += " over " + o.phrases.say(*binding.over);
  o.line("on same", text + (binding.in_order ? " in order" : ""));
}

}  // namespace

void print_statement(Outline& o, const Sod& s) {
  const Under under(o, (s.sensitive ? "sensitive " : "sod ") + head_of(s.head, o.phrases));
  print_sides(o, s);
  o.line("within same", s.within_same);
  o.line("across", s.across);
  o.line("at", s.points);
  for (const ObjectBinding& binding : s.objects) print_binding(o, binding);
  print_rule_lines(o, s.lines);
}

void print_statement(Outline& o, const Terms& s) {
  const Under under(o, "terms " + s.name.text);
  o.lines("yields", s.yields);
}

namespace {

std::string_view words_of(LimitLine::Kind kind) {
  switch (kind) {
    case LimitLine::Kind::Waiver: return "waiver";
    case LimitLine::Kind::Mitigation: return "mitigation";
    case LimitLine::Kind::Emergency: return "emergency";
    case LimitLine::Kind::Role: return "role";
    case LimitLine::Kind::Workload: return "workload";
    case LimitLine::Kind::Finding: return "finding";
    case LimitLine::Kind::Approval: return "approval";
    case LimitLine::Kind::Skew: return "skew";
    case LimitLine::Kind::Reuse: return "reuse at most";
    case LimitLine::Kind::LedgerAge: return "ledger age";
    case LimitLine::Kind::Raise: return "raise";
    case LimitLine::Kind::No: return "no";
  }
  return "";
}

std::string say(const LimitLine& line, const Phrases& phrases) {
  std::string text;
  const auto add = [&text](const std::string& word) { text += (text.empty() || word.empty() ? "" : " ") + word; };
  if (line.denied) add(*line.denied == YieldKind::Waiver ? "waiver" : *line.denied == YieldKind::Mitigation ? "mitigation" : "emergency");
  if (!line.of.empty()) add("of " + phrases.list(line.of));
  add(phrases.list(line.caps));
  if (line.duration) add(phrases.say(*line.duration));
  if (line.level) add("to " + phrases.say(*line.level));
  if (line.where.valid()) add("where " + phrases.say(line.where));
  return text;
}

}  // namespace

void print_statement(Outline& o, const Limits& s) {
  const Under under(o, "limits");
  for (const LimitLine& line : s.lines) o.line(words_of(line.kind), say(line, o.phrases));
}

void print_statement(Outline& o, const Adopt& s) {
  const Under under(o, "adopt " + s.package.text);
  o.line("terms", s.terms);
  o.line("enforced from", s.enforced_from);
  o.line("except", s.except);
  o.line("because", s.because);
}

void print_statement(Outline& o, const Control& s) {
  const Under under(o, "control " + s.name.text);
  o.line("title", s.title);
  o.line("for", s.rules);
  o.line("owner", s.owner);
  o.line("monitor", s.monitors);
  o.line("every", s.every);
  o.line("by", s.by_requirement);
}

namespace {

void print_object(Outline& o, const ObjectSelect& object) {
  o.line("on", object.type.text + (object.ids.empty() ? "" : " " + o.phrases.list(object.ids)) +
                   (object.where.valid() ? " where " + o.phrases.say(object.where) : ""));
}

}  // namespace

void print_statement(Outline& o, const Lift& s) {
  const Under under(o, (s.mitigation ? "mitigation " : "exception ") + s.name.text);
  o.line("of", s.rules);
  o.line("for", s.subject);
  o.line("within", s.within);
  o.line("period", s.period);
  o.line("while", s.while_condition);
  o.line("at", s.points);
  o.line("on same", s.same);
  for (const ObjectSelect& object : s.objects) print_object(o, object);
  o.line("on end remove", s.on_end_remove);
  o.line("owner", s.owner);
  for (const ApprovalMark& mark : s.approved_by) o.line("approved by", o.phrases.say(mark.person) + " on " + o.phrases.say(mark.on));
  o.line("reason", s.reason);
  o.line("ticket", s.ticket);
  o.line("with", s.with_controls);
}

void print_statement(Outline& o, const Emergency& s) {
  const Under under(o, "emergency " + s.name.text);
  o.line("title", s.title);
  o.line("for", s.subject);
  o.line("owner", s.owner);
  o.line("within", o.phrases.say_path(s.within));
  o.lines("may", s.may);
  o.line("lifts", s.lifts);
  o.line("after", s.after);
  o.line("at most", s.at_most);
  o.line("uses", s.uses);
  o.line("uses in", s.uses_in);
  if (s.needs_reason) o.head("needs reason" + (s.reasons.empty() ? "" : " in " + o.phrases.list(s.reasons)));
  if (s.needs_ticket) o.head("needs ticket");
  o.line("notify", s.notify);
  o.line("review due", s.review_due);
  o.line("review by", s.review_by);
  for (const auto& [system, role] : s.natives) o.line("native", system.text + " " + o.phrases.say(role));
}

namespace {

std::string say(const CharterLine& line, const Phrases& phrases) {
  switch (line.kind) {
    case CharterLine::Kind::AddRole: return "add role in " + line.system->text;
    case CharterLine::Kind::AddBirthright: return "add birthright in " + line.system->text;
    case CharterLine::Kind::Assign: return "assign " + phrases.list(line.roles);
    case CharterLine::Kind::Mitigate:
    case CharterLine::Kind::Waive:
      return (line.kind == CharterLine::Kind::Waive ? "waive " : "mitigate ") + phrases.list(line.rules) + " through " + phrases.say(*line.through) +
             (line.controls.empty() ? "" : " with " + phrases.list(line.controls));
  }
  return "";
}

}  // namespace

void print_statement(Outline& o, const Overlay& s) {
  const Under under(o, "overlay " + s.name.text + " within " + s.within.text);
  o.line("owner", s.owner);
  for (const CharterLine& line : s.lines) o.line("may", say(line, o.phrases));
}

void print_statement(Outline& o, const Flow& s) {
  const Under under(o, "flow " + s.name.text);
  o.line("from", o.phrases.say(s.from));
  o.line("to", o.phrases.say(s.to));
}

}  // namespace writ::ast::printing
