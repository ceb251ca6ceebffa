// The vocabulary: what a request's names and values are bound to.
#include "compiler/lower/lowering.h"

namespace writ::lower {

std::uint32_t Lowering::type(const typed_ir::Type& t) {
  const auto scalar = static_cast<std::uint32_t>(t.scalar);
  const std::uint32_t flags = bit(t.set, layout::kTypeSet) | bit(t.optional, layout::kTypeOptional);
  const std::uint32_t enumeration = order_.enums(t.enumeration);
  const std::uint32_t entity = order_.entities(t.entity);
  const auto [at, fresh] = types_.try_emplace({scalar, flags, enumeration, entity, t.currency}, static_cast<std::uint32_t>(out_.types.size()));
  if (fresh) out_.types.push_back({scalar, flags, enumeration, entity, str(t.currency), 0});
  return at->second;
}

std::uint32_t Lowering::value(const typed_ir::Value& v) {
  const auto scalar = static_cast<std::uint32_t>(v.scalar);
  std::uint32_t of = 0;
  if (v.scalar == typed_ir::Scalar::Enum) of = order_.enums(kernel::EnumId{v.type});
  if (v.scalar == typed_ir::Scalar::Ref) of = order_.entities(kernel::EntityId{v.type});
  const auto [at, fresh] = values_.try_emplace({scalar, of, v.number, v.text}, static_cast<std::uint32_t>(out_.values.size()));
  if (fresh) out_.values.push_back({scalar, of, v.number, str(v.text), 0});
  return at->second;
}

void Lowering::schema() {
  enums();
  std::vector<const typed_ir::System*> systems;
  for (const typed_ir::System& s : kernel_.schema.systems) systems.push_back(&s);
  std::sort(systems.begin(), systems.end(), [](const auto* a, const auto* b) { return a->name < b->name; });
  for (const typed_ir::System* s : systems) {
    out_.systems.push_back({str(s->name), bit(s->enforced, layout::kSystemEnforced),
                            span_of(s->complete_for, [&](const std::string& what) { return str(what); })});
  }
  entities();
  actions();
}

void Lowering::enums() {
  for (const kernel::EnumId id : order_.enums.order) {
    const typed_ir::Enum& e = kernel_.schema.enums[id];
    out_.enums.push_back({str(e.name), str(e.local), bit(e.dimension, layout::kEnumDimension) | bit(e.open, layout::kEnumOpen),
                          order_.enums(e.parent), static_cast<std::uint32_t>(out_.enum_values.size()),
                          static_cast<std::uint32_t>(e.values.size())});
    for (const typed_ir::EnumValue& v : e.values) out_.enum_values.push_back({str(v.name), v.parent});
  }
}

void Lowering::entities() {
  const auto attribute = [&](kernel::AttributeId id) { return order_.attributes(id); };
  for (const kernel::EntityId id : order_.entities.order) {
    const typed_ir::Entity& e = kernel_.schema.entities[id];
    layout::Entity record{};
    record.name = str(e.name);
    record.local = str(e.local);
    record.kind = static_cast<std::uint32_t>(e.kind);
    record.first_attribute = static_cast<std::uint32_t>(out_.attributes.size());
    record.attribute_count = static_cast<std::uint32_t>(e.attributes.size());
    record.tenure_from = attribute(e.tenure_from);
    record.tenure_until = attribute(e.tenure_until);
    record.owner = attribute(e.owner);
    record.manager = attribute(e.manager);
    record.operated_by = span_of(e.operated_by, attribute);
    out_.entities.push_back(record);
    for (std::uint32_t i = 0; i < record.attribute_count; ++i) {
      const typed_ir::Attribute& a = kernel_.schema.attributes[order_.attributes.order[out_.attributes.size()]];
      WRIT_CHECK(a.owner == id, "attributes are numbered by entity");
      out_.attributes.push_back({order_.entities(a.owner), str(a.name), type(a.type), bit(a.fixed, layout::kAttributeFixed), a.fresh_within.value_or(0)});
    }
  }
}

void Lowering::actions() {
  for (const kernel::ActionId id : order_.actions.order) {
    const typed_ir::Action& a = kernel_.schema.actions[id];
    layout::Action record{};
    record.name = str(a.name);
    record.module = str(a.module);
    record.resource = order_.entities(a.resource);
    record.input = order_.entities(a.input);
    record.flags = bit(a.reads, layout::kActionReads);
    out_.actions.push_back(record);
  }
}

}  // namespace writ::lower
