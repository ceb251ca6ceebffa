#include "compiler/check/facts.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/days.h"
#include "compiler/check/names.h"
#include "compiler/check/rules.h"
#include "compiler/check/types.h"
#include "compiler/support/overloaded.h"

namespace writ::check {

using typed_ir::EntityFacts;
using typed_ir::FactValue;

FactsWriter::FactsWriter(Context& context, const Site& site, FactsOf kind, typed_ir::Register& facts)
    : context_(context), site_(site), kind_(kind), facts_(facts) {
  for (const auto& [id, entity] : facts_.entities) words_[entity.word] = id;
}

const EntityFacts* FactsWriter::find(const std::string& id) const {
  const auto found = facts_.entities.find(id);
  return found == facts_.entities.end() ? nullptr : &found->second;
}

std::optional<std::string> FactsWriter::id_of(const ast::Who& who) {
  const auto word = words_.find(who.text);
  const bool by_word = word != words_.end() && (!who.quoted || !find(who.text));
  if (const EntityFacts* known = find(by_word ? word->second : who.text)) context_.used(who.range, known->origin.range);
  if (by_word) return word->second;
  if (who.quoted) return who.text;
  std::vector<std::string> all;
  for (const auto& [word, id] : words_) all.push_back(word);
  report_unknown(context_, {who.text, who.range}, "a person or thing that is given", all);
  return std::nullopt;
}

bool FactsWriter::declare(const std::vector<const ast::Given*>& all) {
  bool good = true;
  for (const ast::Given* given : all) {
    const auto* entity = std::get_if<ast::GivenEntity>(&given->fact);
    if (!entity || !entity->type) continue;
    for (const ast::Who& who : entity->names) good &= declare_entity(*entity, who);
  }
  return good;
}

namespace {

bool is_principal_type(const Context& context, EntityId type) { return context.program.schema.entities[type].is_principal(); }

}  // namespace

bool FactsWriter::declare_entity(const ast::GivenEntity& given, const ast::Who& who) {
  if (!given.type->type) return true;
  const Symbol* symbol = resolve(context_, site_, *given.type->type, Kinds::of(SymbolKind::Entity), "a type");
  if (!symbol) return false;
  const std::string id = given.type->id ? given.type->id->text : who.text;
  if (const auto known = facts_.entities.find(id); known != facts_.entities.end()) {
    if (known->second.type == symbol->entity()) return true;
    const std::string before = context_.program.schema.entities[known->second.type].local;
    context_.report(Code::given_other_type, who.range, {who.text, before, symbol->local});
    return false;
  }
  EntityFacts entity;
  entity.id = id;
  entity.word = who.text;
  entity.type = symbol->entity();
  entity.closed = kind_ == FactsOf::Test;
  entity.held_complete = kind_ == FactsOf::Test || !is_principal_type(context_, entity.type);
  entity.origin = {facts_.name, who.range};
  if (Recording* recording = context_.options.recording)
    recording->definitions.push_back({who.range, is_principal_type(context_, entity.type) ? "person" : "thing", id, who.text, symbol->local});
  words_[who.text] = id;
  facts_.entities.emplace(id, std::move(entity));
  return true;
}

bool FactsWriter::state(const ast::Given& given, typed_ir::Warrants& warrants, bool& partial_history) {
  const auto unsupported = [&](std::string words) {
    context_.report(Code::not_supported_yet, given.range, {std::move(words)});
    return false;
  };
  const auto in_test = [&](std::string_view what) {
    if (kind_ == FactsOf::Test) return true;
    context_.report(Code::only_in_tests, given.range, {std::string(what)});
    return false;
  };
  return std::visit(
      support::Overloaded{
          [&](const ast::GivenEntity& g) { return state(g); },
          [&](const ast::GivenControl& g) { return state(g); },
          [&](const ast::GivenNumber& g) { return state(g); },
          [&](const ast::GivenContext& g) { return state(g); },
          [&](const ast::GivenApproval& g) { return in_test("an approval") && state(g, warrants); },
          [&](const ast::GivenMfa& g) {
            const auto id = in_test("`mfa`") ? id_of(g.of) : std::nullopt;
            if (id) warrants.mfa_of.push_back(*id);
            return id.has_value();
          },
          [&](const ast::GivenEvidence& g) {
            if (!in_test("evidence")) return false;
            warrants.evidence.push_back(g.kind.text);
            return true;
          },
          [&](const ast::GivenPartialHistory&) { return in_test("`partial history`") && (partial_history = true); },
          [&](const ast::GivenPartialHeld& g) {
            const auto id = in_test("`partial held`") ? id_of(g.of) : std::nullopt;
            if (!id || !find(*id)) return false;
            facts_.entities.at(*id).held_complete = false;
            return true;
          },
          [&](const ast::GivenNative&) { return unsupported("grants"); },
      },
      given.fact);
}

bool FactsWriter::state(const ast::GivenEntity& given) {
  bool good = true;
  for (const ast::Who& who : given.names) {
    const bool own_id = given.type && given.type->id;
    const auto id = own_id ? std::optional(given.type->id->text) : id_of(who);
    if (!id) {
      good = false;
      continue;
    }
    const auto found = facts_.entities.find(*id);
    if (found == facts_.entities.end()) {
      context_.report(Code::given_without_type, who.range, {who.text});
      good = false;
      continue;
    }
    EntityFacts& entity = found->second;
    if (given.record) good &= state_record(entity, *given.record);
    good &= state_holdings(entity, given.holds) & state_accesses(entity, given.has);
  }
  for (const ast::DelegatesLine& line : given.delegates) {
    context_.report(Code::not_supported_yet, line.role.range, {"delegates"});
    good = false;
  }
  for (const ast::UsedLine& line : given.uses) {
    context_.report(Code::not_supported_yet, line.emergency.range, {line.activated ? "activated" : "used"});
    good = false;
  }
  return good;
}

bool FactsWriter::state(const ast::GivenControl& given) {
  const Symbol* control = resolve(context_, site_, given.control, Kinds::of(SymbolKind::Control), "a control");
  const auto tested = start_of(context_, site_, given.tested);
  if (!control || !tested) return false;
  const ControlId id = control->control();
  std::erase_if(facts_.controls, [&](const typed_ir::ControlTest& test) { return test.control == id; });
  facts_.controls.push_back({id, *tested, given.effective});
  return true;
}

bool FactsWriter::state(const ast::GivenNumber& given) {
  const EntityId context = context_.program.schema.context;
  const auto attribute = context_.program.schema.find_attribute(context, given.name.text);
  if (!attribute) {
    std::vector<std::string> all;
    for (const AttributeId id : context_.program.schema.entities[context].attributes) all.push_back(context_.program.schema.attributes[id].name);
    report_unknown(context_, given.name, "a fact of the context", all);
    return false;
  }
  context_.used(given.name, context_.program.schema.attributes[*attribute].origin.range);
  const Type& type = context_.program.schema.attributes[*attribute].type;
  if (type.scalar != Scalar::Int || type.set) {
    context_.report(Code::not_a_number, given.value.range, {given.name.text, type_text(context_, type)});
    return false;
  }
  FactValue value;
  value.values = {{Scalar::Int, given.value.value, "", 0}};
  facts_.context[*attribute] = std::move(value);
  return true;
}

bool FactsWriter::state(const ast::GivenContext& given) {
  EntityFacts context;
  context.id = context.word = "context";
  context.type = context_.program.schema.context;
  context.attributes = std::move(facts_.context);
  const bool good = state_record(context, given.record);
  facts_.context = std::move(context.attributes);
  return good;
}

std::optional<typed_ir::Event> FactsWriter::event(const ast::History& written) {
  typed_ir::Event event;
  const auto on = id_of(written.on);
  const Symbol* action = resolve(context_, site_, written.action, Kinds::of(SymbolKind::Action), "an action");
  const auto who = id_of(written.who);
  if (!on || !action || !who) return std::nullopt;
  event.who = *who;
  event.on = *on;
  event.action = action->action();
  event.resolved = find(*who) != nullptr;
  if (!written.at) return event;
  event.at = start_of(context_, site_, *written.at);
  return event.at ? std::optional(std::move(event)) : std::nullopt;
}

/// Everyone whose values of the dimension all lie in those named; who carries no such value is inside.
bool FactsWriter::is_complete(const EntityFacts& entity) const {
  for (const auto& [id, fact] : entity.attributes) {
    const Type& type = context_.program.schema.attributes[id].type;
    if (type.scalar != Scalar::Enum || type.enumeration != facts_.complete_dimension) continue;
    for (const Value& value : fact.values)
      if (std::find(facts_.complete_within.begin(), facts_.complete_within.end(), value) == facts_.complete_within.end()) return false;
  }
  for (const AttributeId id : context_.program.schema.entities[entity.type].attributes) {
    const Type& type = context_.program.schema.attributes[id].type;
    const bool places = type.scalar == Scalar::Enum && type.enumeration == facts_.complete_dimension;
    if (places && !entity.attributes.count(id)) return false;
  }
  return true;
}

void FactsWriter::finish() {
  for (auto& [id, entity] : facts_.entities)
    for (auto& [attribute, fact] : entity.attributes)
      for (Value& value : fact.values)
        if (value.scalar == Scalar::Ref && !find(value.text))
          if (const auto word = words_.find(value.text); word != words_.end()) value.text = word->second;
  if (kind_ == FactsOf::Test || facts_.complete_within.empty()) return;
  for (auto& [id, entity] : facts_.entities) {
    if (!is_principal_type(context_, entity.type) || !is_complete(entity)) continue;
    entity.held_complete = true;
    for (const AttributeId attribute : context_.program.schema.entities[entity.type].attributes) {
      const Type& type = context_.program.schema.attributes[attribute].type;
      if (!entity.attributes.count(attribute) && (type.optional || type.set)) entity.attributes[attribute].absent = type.optional;
    }
  }
}

namespace {

/// The header of a facts file, into an empty register.
bool read_header(Context& context, const Site& site, typed_ir::Register& facts) {
  const ast::Header& header = site.file->header;
  facts.name = header.name.text;
  facts.origin = {header.name.text, header.name.range};
  facts.zone = context.modules[site.module].zone;
  if (!header.as_of) {
    context.report(Code::facts_without_as_of, header.name.range, {header.name.text});
    return false;
  }
  const auto as_of = start_of(context, site, *header.as_of);
  if (!as_of) return false;
  facts.as_of = *as_of;
  for (const ast::Name& name : header.complete_within) {
    const auto value = resolve_dimension_value(context, site, name, facts.complete_dimension);
    if (!value) return false;
    facts.complete_dimension = EnumId{value->type};
    facts.complete_within.push_back(*value);
  }
  std::sort(facts.complete_within.begin(), facts.complete_within.end());
  return true;
}

std::optional<typed_ir::Register> check_facts_file(Context& context, const Site& site) {
  typed_ir::Register facts;
  bool good = read_header(context, site, facts);
  std::vector<const ast::Given*> given;
  for (const ast::Item& item : site.file->items) {
    const auto* one = std::get_if<ast::Given>(&item.statement);
    if (one) given.push_back(one);
    else context.report(Code::only_facts_here, item.head.valid() ? item.head : item.range);
    good &= one != nullptr;
  }
  FactsWriter writer(context, site, FactsOf::File, facts);
  typed_ir::Warrants none;
  bool partial = false;
  good &= writer.declare(given);
  if (!good) return std::nullopt;
  for (const ast::Given* one : given) good &= writer.state(*one, none, partial);
  for (const ast::History& written : site.file->history) {
    if (auto event = writer.event(written)) facts.history.push_back(std::move(*event));
    else good = false;
  }
  writer.finish();
  return good ? std::optional(std::move(facts)) : std::nullopt;
}

}  // namespace

void check_facts(Context& context, const Input&) {
  for (const ModuleId id : context.modules.ids()) {
    const Module& module = context.modules[id];
    if (!module.file->header.facts) continue;
    if (auto facts = check_facts_file(context, {module.file, id, false})) context.program.registers.push_back(std::move(*facts));
  }
  std::sort(context.program.registers.begin(), context.program.registers.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });
}

}  // namespace writ::check
