// Statements that give words: systems, types, actions, duties, maps.
#include "compiler/ast/build/statements.h"

namespace writ::ast::building {

System system_of(Context& context, const Syntax& node) {
  System system;
  system.name = name_in(node, RuleKind::Word);
  system.title = find_text(context, node);
  system.kind = name_in(must(node, RuleKind::KindClause), RuleKind::Word);
  system.precision = name_in(must(node, RuleKind::PrecisionClause), RuleKind::Word);
  const Syntax asking = must(node, RuleKind::AskingClause);
  if (asking.has(TokenKind::KwEnforced)) {
    system.enforced = asking.range();
  } else {
    system.observed_every = duration_in(context, asking);
  }
  if (const auto complete = node.child(RuleKind::CompleteFor)) system.complete_for = names_in(*complete);
  return system;
}

EnumDecl enum_of(const Syntax& node) {
  const auto values = node.child(RuleKind::EnumValues);
  return {name_in(node, RuleKind::Word), values ? each_name(*values, RuleKind::Word) : std::vector<Name>{}};
}

namespace {

DimensionValue dimension_value_of(Context& context, const Syntax& node) {
  DimensionValue value{name_in(node, RuleKind::Word), std::nullopt, {}};
  if (const auto parent = node.child(RuleKind::OfParent)) value.parent = name_in(*parent, RuleKind::Word);
  for (const Syntax& code : node.all(RuleKind::DimensionCode)) {
    value.codes.push_back({name_in(code, RuleKind::Word, 0), name_in(code, RuleKind::Word, 1), texts_in(context, code)});
  }
  return value;
}

std::vector<std::vector<Name>> paths_in(const Syntax& node) {
  std::vector<std::vector<Name>> paths;
  for (const Syntax& path : node.all(RuleKind::Path)) paths.push_back(path_from(path));
  return paths;
}

}  // namespace

Dimension dimension_of(Context& context, const Syntax& node) {
  Dimension dimension{name_in(node, RuleKind::Word), std::nullopt, node.has(TokenKind::KwOpen), {}};
  if (const auto parent = node.child(RuleKind::InDimension)) dimension.parent = name_in(*parent, RuleKind::Dotted);
  for (const Syntax& value : sound(node, RuleKind::DimensionValue)) dimension.values.push_back(dimension_value_of(context, value));
  return dimension;
}

PrincipalDecl principal_of(Context& context, const Syntax& node) {
  PrincipalDecl principal;
  principal.name = name_in(node, RuleKind::Word);
  principal.kind = node.has(TokenKind::KwHuman)      ? PrincipalKind::Human
                   : node.has(TokenKind::KwWorkload) ? PrincipalKind::Workload
                                                     : PrincipalKind::Agent;
  if (const auto operated = node.child(RuleKind::OperatedBy)) principal.operated_by = names_in(*operated);
  if (const auto tenure = node.child(RuleKind::TenureClause)) {
    principal.tenure_from = name_in(*tenure, RuleKind::Word, 0);
    principal.tenure_until = name_in(*tenure, RuleKind::Word, 1);
  }
  principal.fields = fields_of(context, must(node, RuleKind::Fields));
  return principal;
}

ContextDecl context_decl_of(Context& context, const Syntax& node) { return {fields_of(context, must(node, RuleKind::Fields))}; }

ResourceDecl resource_of(Context& context, const Syntax& node) {
  return {name_in(node, RuleKind::Word), fields_of(context, must(node, RuleKind::Fields))};
}

ActionDecl action_of(Context& context, const Syntax& node) {
  ActionDecl action;
  action.names = names_in(node);
  if (const auto on = node.child(RuleKind::OnResource)) action.resource = name_in(*on, RuleKind::Dotted);
  if (const auto input = node.child(RuleKind::InputClause)) action.inputs = fields_of(context, must(*input, RuleKind::Fields));
  for (const Syntax& property : node.all(RuleKind::ActionProperty)) {
    if (property.has(TokenKind::KwReads)) action.reads = true;
    if (property.has(TokenKind::KwEverything)) action.implies_everything = true;
    for (auto& path : paths_in(property)) action.writes.push_back(std::move(path));
    for (Name& implied : names_in(property)) action.implies.push_back(std::move(implied));
  }
  return action;
}

Duty duty_of(Context& context, const Syntax& node) {
  const auto head = node.child(RuleKind::DutyHead);
  return {head ? name_in(*head, RuleKind::Word) : name_in(node, RuleKind::Dotted), !head, access_set_of(context, must(node, RuleKind::AccessSet))};
}

Predicate predicate_of(Context& context, const Syntax& node) {
  return {name_in(node, RuleKind::Word), params_in(node), expr_in(context, node)};
}

Threshold threshold_of(Context& context, const Syntax& node) {
  Threshold threshold{name_in(node, RuleKind::Word), {}};
  for (const Syntax& money : node.all(RuleKind::Money)) threshold.amounts.push_back(money_of(context, money));
  return threshold;
}

namespace {

CalendarLine calendar_line_of(Context& context, const Syntax& node) {
  CalendarLine line;
  line.range = node.range();
  if (node.has(TokenKind::KwEvery)) {
    line.weekdays = names_in(node);
    line.from_hour = text_in(context, node, 0);
    line.to_hour = text_in(context, node, 1);
  } else {
    line.from = day_in(context, node, 0);
    line.through = day_in(context, node, 1);
  }
  return line;
}

}  // namespace

Calendar calendar_of(Context& context, const Syntax& node) {
  Calendar calendar{name_in(node, RuleKind::Word), day_in(context, node, 0), day_in(context, node, 1), {}};
  for (const Syntax& line : sound(node, RuleKind::CalendarLine)) calendar.lines.push_back(calendar_line_of(context, line));
  return calendar;
}

Staffing staffing_of(Context& context, const Syntax& node) {
  Staffing staffing{name_in(node, RuleKind::Word), count_of(context, node), role_in(context, node), std::nullopt};
  if (const auto each = node.child(RuleKind::InEach)) staffing.in_each = name_in(*each, RuleKind::Dotted);
  return staffing;
}

// ---- maps

namespace {

NativeValue native_value_of(Context& context, const Syntax& node) {
  return {find_text(context, node, 0), find_text(context, node, 1), node.has(TokenKind::KwAny), find_name(node, RuleKind::Word)};
}

NativeObject native_object_of(Context& context, const Syntax& node) {
  NativeObject object{name_in(node, RuleKind::Word), {}};
  for (const Syntax& written : sound(node, RuleKind::NativeField)) {
    NativeField field{name_in(written, RuleKind::AnyWord), {}};
    for (const Syntax& value : written.all(RuleKind::NativeValue)) field.values.push_back(native_value_of(context, value));
    object.fields.push_back(std::move(field));
  }
  return object;
}

NativeWay native_way_of(Context& context, const Syntax& node) {
  NativeWay way;
  way.range = node.range();
  const Syntax inner = *node.only();
  std::optional<Syntax> objects = inner;
  if (inner.kind() == RuleKind::NativeCodeWay) {
    way.kind = name_in(inner, RuleKind::Word);
    way.codes = texts_in(context, inner);
    objects = inner.child(RuleKind::NativeWith);
  }
  if (!objects) return way;
  for (const Syntax& object : objects->all(RuleKind::NativeObject)) way.objects.push_back(native_object_of(context, object));
  return way;
}

/// `assign any role`, `define any role`.
What built_in_of(const Syntax& node) {
  What what;
  what.kind = node.has(TokenKind::KwAssign) ? WhatKind::Assign : WhatKind::Define;
  what.any = true;
  what.range = node.range();
  return what;
}

MapLine map_line_of(Context& context, const Syntax& node) {
  MapLine line;
  line.range = node.range();
  const Syntax what = must(node, RuleKind::MapWhat);
  line.actions = names_in(what);
  line.everything = what.has(TokenKind::KwEverything);
  line.nothing = what.has(TokenKind::KwNothing);
  if (what.has(TokenKind::KwRole)) line.built_in = built_in_of(what);
  line.where = where_in(context, what);
  for (const Syntax& way : node.all(RuleKind::NativeWay)) line.ways.push_back(native_way_of(context, way));
  return line;
}

}  // namespace

NativeMap map_of(Context& context, const Syntax& node) {
  NativeMap map{name_in(node, RuleKind::Word), {}};
  for (const Syntax& line : sound(node, RuleKind::MapLine)) map.lines.push_back(map_line_of(context, line));
  return map;
}

}  // namespace writ::ast::building
