// A vocabulary of a few words, for tests of typed IR.
#pragma once

#include "compiler/typed_ir/program.h"

namespace writ::typed_ir {

struct Small {
  Program program;
  EnumId period, entity, plant;
  EntityId employee, invoice;

  Small() {
    Schema& s = program.schema;
    period = s.enums.add({"firm.Period", "Period", false, false, {}, {{"open"}, {"closed"}}, {}});
    entity = s.enums.add({"firm.Entity", "Entity", true, false, {}, {{"DE"}, {"FR"}}, {}});
    plant = s.enums.add({"firm.Plant", "Plant", true, false, entity, {{"P1", 0}, {"P3", 1}, {"P9"}}, {}});
    employee = add_entity("Employee", EntityKind::Human);
    add_field(employee, "grade", scalar(Scalar::Int));
    invoice = add_entity("Invoice", EntityKind::Resource);
    add_field(invoice, "period", of(period));
    add_field(invoice, "plant", of(plant));
    Type money = scalar(Scalar::Money);
    money.currency = "EUR";
    add_field(invoice, "amount", money);
    s.context = add_entity("context", EntityKind::Context);
    Action enter;
    enter.name = "inv.enter";
    enter.resource = invoice;
    s.actions.add(enter);
  }

  EntityId add_entity(const std::string& local, EntityKind kind) {
    Entity e;
    e.name = "firm." + local;
    e.local = local;
    e.kind = kind;
    return program.schema.entities.add(e);
  }
  AttributeId add_field(EntityId owner, const std::string& name, Type type) {
    Attribute a;
    a.owner = owner;
    a.name = name;
    a.type = std::move(type);
    const AttributeId id = program.schema.attributes.add(a);
    program.schema.entities[owner].attributes.push_back(id);
    return id;
  }
  Type scalar(Scalar kind) const { Type t; t.scalar = kind; return t; }
  Type of(EnumId id) const { Type t; t.scalar = Scalar::Enum; t.enumeration = id; return t; }
  Type ref(EntityId id) const { Type t; t.scalar = Scalar::Ref; t.entity = id; return t; }

  TermId field(const std::string& name) {
    const AttributeId id = *program.schema.find_attribute(invoice, name);
    const TermId resource = program.conditions.root(Root::Resource, ref(invoice));
    return program.conditions.attribute(resource, id, program.schema.attributes[id].type);
  }
  TermId member(EnumId id, std::int64_t ordinal) { return program.conditions.literal({Scalar::Enum, ordinal, "", id.index}, of(id)); }
  TermId open() { return member(period, 0); }
  TermId closed() { return member(period, 1); }
  TermId number(std::int64_t n) { return program.conditions.literal({Scalar::Int, n, "", 0}, scalar(Scalar::Int)); }
  TermId euros(std::int64_t n) {
    Type t = scalar(Scalar::Money);
    t.currency = "EUR";
    return program.conditions.literal({Scalar::Money, n * kScale, "EUR", 0}, t);
  }
};

}  // namespace writ::typed_ir
