#include "compiler/check/systems.h"

#include <algorithm>

#include "compiler/check/names.h"

namespace writ::check {
namespace {

constexpr std::string_view kSystem = "system";
constexpr std::string_view kLocal = "local";   // what no system is told of (6.6)

Type of_system(EnumId dimension) {
  Type type;
  type.scalar = Scalar::Enum;
  type.enumeration = dimension;
  return type;
}

std::set<EntityId> acted_on(const Context& context) {
  std::set<EntityId> all;
  for (const typed_ir::Action& action : context.program.schema.actions)
    if (action.resource) all.insert(action.resource);
  return all;
}

void add_attribute(Context& context, EntityId entity, EnumId dimension) {
  typed_ir::Schema& schema = context.schema();
  typed_ir::Attribute attribute;
  attribute.owner = entity;
  attribute.name = kSystem;
  attribute.type = of_system(dimension);
  attribute.origin = schema.entities[entity].origin;
  const AttributeId id = schema.attributes.add(std::move(attribute));
  auto& all = schema.entities[entity].attributes;
  const auto at = std::find_if(all.begin(), all.end(), [&](AttributeId other) { return schema.attributes[other].name > kSystem; });
  all.insert(at, id);
}

EnumId system_dimension(Context& context) {
  if (context.systems) return context.systems;
  typed_ir::Schema& schema = context.schema();
  typed_ir::Enum systems;
  systems.name = systems.local = kSystem;
  systems.dimension = true;
  systems.values.push_back({std::string(kLocal), support::Id<typed_ir::EnumTag>::kNone});
  for (const typed_ir::System& system : schema.systems)
    if (system.name != kLocal) systems.values.push_back({system.name, support::Id<typed_ir::EnumTag>::kNone});
  std::sort(systems.values.begin(), systems.values.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  if (!schema.systems.empty()) systems.origin = schema.systems.front().origin;
  context.systems = schema.enums.add(std::move(systems));
  const auto& values = schema.enums[context.systems].values;
  for (std::uint32_t i = 0; i < values.size(); ++i) context.enumerators[values[i].name].push_back({context.systems, i});
  for (const EntityId entity : acted_on(context)) add_attribute(context, entity, context.systems);
  return context.systems;
}

}  // namespace

EnumId resolve_joined(Context& context, const Site& site, const ast::Name& name) {
  return name.text == kSystem ? system_dimension(context) : resolve_dimension(context, site, name);
}

std::optional<AttributeId> attribute_named(Context& context, EntityId entity, std::string_view name) {
  if (const auto found = context.schema().find_attribute(entity, name)) return found;
  if (name != kSystem || context.schema().systems.empty() || !acted_on(context).contains(entity)) return std::nullopt;
  system_dimension(context);
  return context.schema().find_attribute(entity, name);
}

std::optional<Value> resolve_system(Context& context, const Site& site, const ast::Name& name) {
  const Symbol* symbol = resolve(context, site, name, Kinds::of(SymbolKind::System), "a system");
  if (!symbol) return std::nullopt;
  const EnumId dimension = system_dimension(context);
  const auto& values = context.schema().enums[dimension].values;
  const std::string& wanted = context.schema().systems[symbol->index].name;
  const auto at = std::find_if(values.begin(), values.end(), [&](const auto& value) { return value.name == wanted; });
  return Value{Scalar::Enum, at - values.begin(), "", dimension.index};
}

CondId lives_in(Context& context, EntityId resource, const Value& system) {
  Type whole;
  whole.scalar = Scalar::Ref;
  whole.entity = resource;
  const Type type = of_system(EnumId{system.type});
  typed_ir::Conditions& store = context.conditions();
  const AttributeId attribute = *attribute_named(context, resource, kSystem);
  return store.equal(store.attribute(store.root(typed_ir::Root::Resource, whole), attribute, type), store.literal(system, type));
}

void check_built_in_facts(Context& context) {
  for (const EntityId entity : acted_on(context)) {
    const auto own = context.schema().find_attribute(entity, kSystem);
    if (!own) continue;
    context.report(Code::built_in_fact, context.schema().attributes[*own].origin.range, {context.schema().entities[entity].local});
  }
}

}  // namespace writ::check
