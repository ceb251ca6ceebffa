#include <fmt/format.h>

#include "compiler/ast/print/outline.h"

namespace writ::ast::printing {

void print_statement(Outline& o, const System& s) {
  const Under under(o, "system " + s.name.text);
  o.line("title", s.title);
  o.line("kind", s.kind);
  o.line("precision", s.precision);
  o.flag("enforced", s.enforced);
  o.line("observed every", s.observed_every);
  o.line("complete for", s.complete_for);
}

void print_statement(Outline& o, const EnumDecl& s) { o.head("enum " + s.name.text + (s.values.empty() ? "" : ": ") + o.phrases.list(s.values)); }

void print_statement(Outline& o, const Dimension& s) {
  const Under under(o, "dimension " + s.name.text + (s.parent ? " in " + s.parent->text : "") + (s.open ? " open" : ""));
  for (const DimensionValue& value : s.values) {
    std::string codes;
    for (const DimensionCode& code : value.codes) {
      codes += (codes.empty() ? "" : ", ") + code.system.text + " " + code.field.text + " " + o.phrases.list(code.codes, " or ");
    }
    o.head("value " + value.name.text + (value.parent ? " of " + value.parent->text : "") + ": " + codes);
  }
}

void print_statement(Outline& o, const PrincipalDecl& s) {
  const std::string_view kind = s.kind == PrincipalKind::Human ? "human" : s.kind == PrincipalKind::Workload ? "workload" : "agent";
  const Under under(o, fmt::format("principal {} is {}", s.name.text, kind));
  o.line("operated by", s.operated_by);
  o.line("tenure from", s.tenure_from);
  o.line("tenure until", s.tenure_until);
  o.lines("field", s.fields);
}

void print_statement(Outline& o, const ContextDecl& s) {
  const Under under(o, "context");
  o.lines("field", s.fields);
}

void print_statement(Outline& o, const ResourceDecl& s) {
  const Under under(o, "resource " + s.name.text);
  o.lines("field", s.fields);
}

void print_statement(Outline& o, const ActionDecl& s) {
  const Under under(o, "action " + o.phrases.list(s.names) + (s.resource ? " on " + s.resource->text : ""));
  o.lines("input", s.inputs);
  if (s.reads) o.head("reads");
  for (const std::vector<Name>& path : s.writes) o.line("writes", o.phrases.say_path(path));
  o.line("implies", s.implies_everything ? "everything" : o.phrases.list(s.implies));
}

void print_statement(Outline& o, const Duty& s) {
  const Under under(o, std::string(s.extends ? "extend duty " : "duty ") + s.name.text);
  o.lines("access", s.accesses);
}

void print_statement(Outline& o, const Predicate& s) {
  const Under under(o, "predicate " + s.name.text + (s.params.empty() ? "" : "(" + o.phrases.list(s.params) + ")"));
  o.line("is", s.body);
}

void print_statement(Outline& o, const Threshold& s) { o.head("threshold " + s.name.text + ": " + o.phrases.list(s.amounts)); }

void print_statement(Outline& o, const Calendar& s) {
  const Under under(o, "calendar " + s.name.text + " from " + o.phrases.say(s.from) + " through " + o.phrases.say(s.through));
  for (const CalendarLine& line : s.lines) {
    if (line.from && line.through) o.head("span " + o.phrases.say(*line.from) + " through " + o.phrases.say(*line.through));
    if (line.from_hour && line.to_hour) {
      o.head("every " + o.phrases.list(line.weekdays) + " " + o.phrases.say(*line.from_hour) + " to " + o.phrases.say(*line.to_hour));
    }
  }
}

void print_statement(Outline& o, const Staffing& s) {
  o.head(fmt::format("staffing {}: at least {} role {}{}", s.name.text, s.count.value, o.phrases.say(s.role),
                     s.in_each ? " in each " + s.in_each->text : ""));
}

namespace {

std::string say(const NativeValue& value, const Phrases& phrases) {
  if (value.any) return "any";
  if (value.dimension) return value.dimension->text;
  return phrases.say(*value.from) + (value.to ? ".." + phrases.say(*value.to) : "");
}

std::string say(const NativeObject& object, const Phrases& phrases) {
  std::string text = object.name.text + " {";
  for (const NativeField& field : object.fields) {
    std::string values;
    for (const NativeValue& value : field.values) values += (values.empty() ? "" : ", ") + say(value, phrases);
    text += " " + field.name.text + ": " + values;
  }
  return text + " }";
}

void print_way(Outline& o, const NativeWay& way) {
  std::string text = way.kind ? way.kind->text + " " + o.phrases.list(way.codes) : "object";
  for (const NativeObject& object : way.objects) text += " with " + say(object, o.phrases);
  o.line("way", text);
}

}  // namespace

void print_statement(Outline& o, const NativeMap& s) {
  const Under under(o, "map " + s.system.text);
  for (const MapLine& line : s.lines) {
    std::string what = o.phrases.list(line.actions);
    if (line.built_in) what = o.phrases.say(*line.built_in);
    if (line.everything) what = "everything";
    if (line.nothing) what = "nothing";
    const Under of_line(o, "line " + what);
    o.line("where", line.where);
    for (const NativeWay& way : line.ways) print_way(o, way);
  }
}

void print_statement(Outline& o, const Role& s) {
  const Under under(o, "role " + s.name.text);
  o.lines("param", s.params);
  o.line("title", s.title);
  o.line("extends", s.extends);
  o.line("for", s.subject);
  if (s.at_assignment) o.head("for at assignment only");
  o.line("owner", s.owner);
  o.line("within", o.phrases.say_path(s.within));
  for (const GrantLine& grant : s.may) {
    o.line("may", o.phrases.say(grant.accesses) + (grant.subject_to.empty() ? "" : " subject to " + o.phrases.list(grant.subject_to)));
  }
  o.line("birthright where", s.birthright);
  o.line("handover at most", s.handover);
  o.line("on request after", s.on_request);
  o.line("at most", s.at_most);
  o.line("review every", s.review_every);
  o.line("review by", s.review_by);
  for (const DelegableLine& line : s.delegable) {
    o.line("delegable to", o.phrases.say(line.to) + (line.where.valid() ? " where " + o.phrases.say(line.where) : ""));
    o.line("delegable caps", line.caps);
  }
  for (const NativeRole& native : s.natives) o.line("native", native.system.text + " " + o.phrases.say(native.role));
}

void print_statement(Outline& o, const Process& s) {
  const Under under(o, "process " + s.name.text + " on " + s.on.text);
  for (const Step& step : s.steps) o.line("step " + step.name.text, step.action.text);
}

}  // namespace writ::ast::printing
