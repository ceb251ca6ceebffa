// The vocabulary: systems, enums and dimensions, types and their attributes, actions, thresholds.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "compiler/check/names.h"
#include "compiler/check/rules.h"
#include "compiler/check/systems.h"
#include "compiler/check/types.h"

namespace writ::check {
namespace {

constexpr std::uint32_t kNoParent = support::Id<typed_ir::EnumTag>::kNone;

/// Reports the later ones of equal names; the first stays.
bool first_of_name(Context& context, std::map<std::string, Range>& seen, const ast::Name& name) {
  const auto [at, fresh] = seen.emplace(name.text, name.range);
  if (!fresh) context.report(Code::defined_twice, name.range, {name.text}).with_label(at->second, "first here");
  return fresh;
}

// ---- systems

void check_system(Context& context, const Symbol& symbol) {
  static constexpr std::array<std::string_view, 8> kCollections = {"delegated_away", "held",     "history", "managers",
                                                                   "owned",          "rests_on", "session", "uses"};
  const auto& written = std::get<ast::System>(symbol.place.item->statement);
  typed_ir::System& system = context.schema().systems[symbol.index];
  if (written.title) system.title = written.title->text;
  system.enforced = !written.observed_every;
  for (const ast::Name& name : written.complete_for) {
    if (std::find(kCollections.begin(), kCollections.end(), name.text) != kCollections.end()) {
      system.complete_for.push_back(name.text);
    } else {
      report_unknown(context, name, "a collection that a system can complete", {kCollections.begin(), kCollections.end()});
    }
  }
  std::sort(system.complete_for.begin(), system.complete_for.end());
}

// ---- enums and dimensions

void set_values(Context& context, EnumId id, std::vector<ast::Name> names) {
  std::map<std::string, Range> seen;
  typed_ir::Enum& into = context.schema().enums[id];
  for (const ast::Name& name : names)
    if (first_of_name(context, seen, name)) into.values.push_back({name.text, kNoParent});
  std::sort(into.values.begin(), into.values.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  for (std::uint32_t i = 0; i < into.values.size(); ++i) {
    context.enumerators[into.values[i].name].push_back({id, i});
    if (context.options.recording) context.enumerator_ranges[{id.index, i}] = seen.at(into.values[i].name);
  }
}

void check_enum(Context& context, const Symbol& symbol) {
  if (const auto* written = std::get_if<ast::EnumDecl>(&symbol.place.item->statement)) {
    if (written->values.empty()) context.report(Code::empty_enum, written->name.range, {written->name.text});
    set_values(context, symbol.enumeration(), written->values);
    return;
  }
  const auto& written = std::get<ast::Dimension>(symbol.place.item->statement);
  typed_ir::Enum& into = context.schema().enums[symbol.enumeration()];
  into.dimension = true;
  into.open = written.open;
  if (written.values.empty() && !written.open) context.report(Code::empty_enum, written.name.range, {written.name.text});
  std::vector<ast::Name> names;
  for (const auto& value : written.values) names.push_back(value.name);
  set_values(context, symbol.enumeration(), names);
}

/// After all values are known.
void check_nesting(Context& context, const Symbol& symbol) {
  const auto* written = std::get_if<ast::Dimension>(&symbol.place.item->statement);
  if (!written) return;
  const Site& site = symbol.place.site;
  if (written->parent) context.schema().enums[symbol.enumeration()].parent = resolve_dimension(context, site, *written->parent);
  typed_ir::Enum& into = context.schema().enums[symbol.enumeration()];
  for (const ast::DimensionValue& value : written->values) {
    for (const auto& code : value.codes) resolve(context, site, code.system, Kinds::of(SymbolKind::System), "a system");
    if (!value.parent) continue;
    if (!written->parent) {
      context.report(Code::value_without_parent, value.parent->range, {value.name.text, into.local});
      continue;
    }
    if (!into.parent) continue;
    const auto parent = resolve_dimension_value(context, site, *value.parent, into.parent);
    if (!parent) continue;
    for (auto& known : into.values)
      if (known.name == value.name.text) known.parent = static_cast<std::uint32_t>(parent->number);
  }
}

/// Cuts circles, so that rolling up ends.
void check_circle(Context& context, const Symbol& symbol) {
  std::set<EnumId> seen;
  auto& enums = context.schema().enums;
  for (EnumId at = symbol.enumeration(); at; at = enums[at].parent) {
    if (seen.insert(at).second) continue;
    context.report(Code::circular, symbol.written.range, {symbol.local, "nests in itself"});
    enums[symbol.enumeration()].parent = EnumId{};
    for (auto& value : enums[symbol.enumeration()].values) value.parent = kNoParent;
    return;
  }
}

// ---- types

void add_fields(Context& context, const Site& site, EntityId entity, std::vector<ast::Field> fields,
                std::map<std::string, Range>& seen) {
  std::stable_sort(fields.begin(), fields.end(), [](const ast::Field& a, const ast::Field& b) { return a.name.text < b.name.text; });
  for (const ast::Field& field : fields) {
    if (!first_of_name(context, seen, field.name)) continue;
    const auto type = resolve_type(context, site, field.type);
    if (!type) {
      context.broken_attributes.emplace(entity, field.name.text);
      continue;
    }
    typed_ir::Attribute attribute;
    attribute.owner = entity;
    attribute.name = field.name.text;
    attribute.type = *type;
    attribute.fixed = field.fixed;
    attribute.acyclic = field.acyclic;
    if (field.fresh_within) attribute.fresh_within = field.fresh_within->ms;
    attribute.origin = {context.schema().entities[entity].name, field.name.range};
    if (field.acyclic && (type->scalar != Scalar::Ref || type->entity != entity))
      context.report(Code::acyclic_needs_own_type, field.name.range, {field.name.text});
    const AttributeId id = context.schema().attributes.add(std::move(attribute));
    context.schema().entities[entity].attributes.push_back(id);
  }
}

AttributeId field_named(Context& context, EntityId entity, const ast::Name& name) {
  if (const auto found = context.schema().find_attribute(entity, name.text)) {
    context.used(last_part(name, name.text), context.schema().attributes[*found].origin.range);
    return *found;
  }
  std::vector<std::string> all;
  for (const AttributeId id : context.schema().entities[entity].attributes) all.push_back(context.schema().attributes[id].name);
  report_unknown(context, name, fmt::format("an attribute of `{}`", context.schema().entities[entity].local), all);
  return {};
}

bool refers_to_human(const Context& context, const Type& type) {
  return type.scalar == Scalar::Ref && context.program.schema.entities[type.entity].kind == typed_ir::EntityKind::Human;
}

AttributeId time_field(Context& context, EntityId entity, const ast::Name& name) {
  const AttributeId id = field_named(context, entity, name);
  if (!id) return {};
  const typed_ir::Attribute& attribute = context.schema().attributes[id];
  if (attribute.type.scalar == Scalar::Time && !attribute.type.set) return id;
  context.report(Code::tenure_needs_time, name.range, {name.text, type_text(context, attribute.type)})
      .with_label(attribute.origin.range, "declared here");
  return {};
}

void check_hands(Context& context, EntityId id, const ast::PrincipalDecl& written) {
  typed_ir::Entity& entity = context.schema().entities[id];
  if (entity.kind == typed_ir::EntityKind::Human) {
    const auto manager = context.schema().find_attribute(id, "manager");
    if (manager && refers_to_human(context, context.schema().attributes[*manager].type)) entity.manager = *manager;
    if (!written.operated_by.empty()) context.report(Code::humans_are_not_operated, written.operated_by.front().range);
    return;
  }
  const auto owner = context.schema().find_attribute(id, "owner");
  if (owner && refers_to_human(context, context.schema().attributes[*owner].type)) entity.owner = *owner;
  for (const ast::Name& name : written.operated_by) {
    const AttributeId attribute = field_named(context, id, name);
    if (!attribute) continue;
    if (refers_to_human(context, context.schema().attributes[attribute].type)) {
      context.schema().entities[id].operated_by.push_back(attribute);
    } else {
      context.report(Code::operator_is_no_human, name.range, {name.text});
    }
  }
  if (!entity.owner && written.operated_by.empty()) context.report(Code::nobody_answers, written.name.range, {written.name.text});
}

void check_entity(Context& context, const Symbol& symbol) {
  const Site& site = symbol.place.site;
  std::map<std::string, Range> seen;
  if (const auto* resource = std::get_if<ast::ResourceDecl>(&symbol.place.item->statement)) {
    add_fields(context, site, symbol.entity(), resource->fields, seen);
    return;
  }
  const auto& written = std::get<ast::PrincipalDecl>(symbol.place.item->statement);
  add_fields(context, site, symbol.entity(), written.fields, seen);
  check_hands(context, symbol.entity(), written);
  if (written.tenure_from) {
    const AttributeId from = time_field(context, symbol.entity(), *written.tenure_from);
    context.schema().entities[symbol.entity()].tenure_from = from;
  }
  if (written.tenure_until) {
    const AttributeId until = time_field(context, symbol.entity(), *written.tenure_until);
    context.schema().entities[symbol.entity()].tenure_until = until;
  }
}

void check_context_fields(Context& context) {
  std::map<std::string, Range> seen;
  for (const Place& place : context.places)
    if (const auto* written = std::get_if<ast::ContextDecl>(&place.item->statement))
      add_fields(context, place.site, context.schema().context, written->fields, seen);
  auto& attributes = context.schema().entities[context.schema().context].attributes;
  std::stable_sort(attributes.begin(), attributes.end(), [&](AttributeId a, AttributeId b) {
    return context.schema().attributes[a].name < context.schema().attributes[b].name;
  });
}

// ---- actions

/// `Employee.department`, as one dotted name or as segments.
AttributeId written_attribute(Context& context, const Site& site, const std::vector<ast::Name>& path) {
  std::string text;
  for (const ast::Name& segment : path) text += (text.empty() ? "" : ".") + segment.text;
  const Range range = source::join(path.front().range, path.back().range);
  const auto dot = text.rfind('.');
  if (dot == std::string::npos) {
    context.report(Code::writes_needs_attribute, range, {text});
    return {};
  }
  const Symbol* type = resolve(context, site, {text.substr(0, dot), range}, Kinds::of(SymbolKind::Entity), "a type");
  return type ? field_named(context, type->entity(), {text.substr(dot + 1), path.back().range}) : AttributeId{};
}

EntityId input_type(Context& context, const Site& site, const ast::ActionDecl& written) {
  if (written.inputs.empty()) return {};
  typed_ir::Entity input;
  input.kind = typed_ir::EntityKind::Input;
  input.local = "input";
  input.name = fmt::format("{}.input", written.names.front().text);
  input.origin = origin(context, site, written.names.front().text, written.names.front().range);
  const EntityId id = context.schema().entities.add(std::move(input));
  std::map<std::string, Range> seen;
  add_fields(context, site, id, written.inputs, seen);
  return id;
}

void check_action(Context& context, const Symbol& symbol, std::map<const ast::Item*, typed_ir::Action>& known) {
  const auto& written = std::get<ast::ActionDecl>(symbol.place.item->statement);
  const Site& site = symbol.place.site;
  if (symbol.local.find('.') == std::string::npos)
    context.report(Code::action_without_dot, symbol.written.range, {symbol.local});
  auto [at, fresh] = known.emplace(symbol.place.item, typed_ir::Action{});
  if (fresh) {
    at->second.reads = written.reads;
    if (written.resource) at->second.resource = resolve_resource(context, site, *written.resource);
    at->second.input = input_type(context, site, written);
    for (const auto& path : written.writes)
      if (const AttributeId attribute = written_attribute(context, site, path)) at->second.writes.push_back(attribute);
    if (written.reads && !written.writes.empty())
      context.report(Code::reads_and_writes, written.writes.front().front().range, {symbol.local});
  }
  typed_ir::Action& action = context.schema().actions[symbol.action()];
  action.resource = at->second.resource;
  action.input = at->second.input;
  action.reads = at->second.reads;
  action.writes = at->second.writes;
}

// ---- thresholds

void check_threshold(Context& context, const Symbol& symbol) {
  const auto& written = std::get<ast::Threshold>(symbol.place.item->statement);
  typed_ir::Threshold threshold;
  threshold.name = symbol.name;
  Type money;
  money.scalar = Scalar::Money;
  std::map<std::string, Range> seen;
  for (const ast::Literal& amount : written.amounts) {
    auto value = literal_value(context, symbol.place.site, amount, &money);
    if (value && first_of_name(context, seen, {value->text, amount.range})) threshold.amounts.push_back(std::move(*value));
  }
  std::sort(threshold.amounts.begin(), threshold.amounts.end(), [](const Value& a, const Value& b) { return a.text < b.text; });
  context.thresholds[symbol.index] = context.conditions().add(std::move(threshold));
}

template <class F>
void each(Context& context, SymbolKind kind, F&& f) {
  for (const SymbolId id : context.symbols.ids())
    if (context.symbols[id].kind == kind) f(context.symbols[id]);
}

}  // namespace

void check_schema(Context& context) {
  each(context, SymbolKind::System, [&](const Symbol& s) { check_system(context, s); });
  each(context, SymbolKind::Enum, [&](const Symbol& s) { check_enum(context, s); });
  each(context, SymbolKind::Enum, [&](const Symbol& s) { check_nesting(context, s); });
  each(context, SymbolKind::Enum, [&](const Symbol& s) { check_circle(context, s); });
  each(context, SymbolKind::Entity, [&](const Symbol& s) { check_entity(context, s); });
  check_context_fields(context);
  std::map<const ast::Item*, typed_ir::Action> known;
  each(context, SymbolKind::Action, [&](const Symbol& s) { check_action(context, s, known); });
  check_built_in_facts(context);
  each(context, SymbolKind::Threshold, [&](const Symbol& s) { check_threshold(context, s); });
}

}  // namespace writ::check
