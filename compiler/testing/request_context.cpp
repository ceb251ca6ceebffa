// What surrounds a question: context facts, third entities, history, controls, how old each fact is.
#include <algorithm>
#include <set>

#include "compiler/check/facts_truth.h"
#include "compiler/question/decision.h"
#include "compiler/testing/requests.h"

namespace writ::testing {

using typed_ir::EntityFacts;
using typed_ir::Event;
using typed_ir::Instant;
using typed_ir::TermKind;

namespace {

json::Value instant_json(Instant instant) { return json::string(question::format_instant(instant)); }

}  // namespace

json::Value Requests::context(Instant now) const {
  json::Value about = json::object({{"time", instant_json(now)}});
  for (const auto& [id, fact] : facts_.context) {
    const typed_ir::Attribute& attribute = program_.schema.attributes[id];
    json::set(about, attribute.name, fact_json(program_.schema, fact, attribute.type));
  }
  json::set(about, "history", history());
  json::set(about, "controls", controls(now));
  json::set(about, "entities", entities());
  return about;
}

json::Value Requests::entities() const {
  std::map<std::string, json::Value> by_type;
  for (const auto& [id, entity] : facts_.entities) {
    if (!entity.type.valid()) continue;
    auto [type, added] = by_type.try_emplace(program_.schema.entities[entity.type].name, json::object());
    json::set(type->second, id, properties(entity));
  }
  json::Value all = json::object();
  for (auto& [type, members] : by_type) json::set(all, type, std::move(members));
  return all;
}

json::Value Requests::history() const {
  std::vector<json::Value> events;
  for (const Event& one : scenario_.history) events.push_back(event(one));
  std::vector<json::Value> systems;
  if (!scenario_.partial_history) {
    systems.push_back(json::string("local"));
    for (const typed_ir::System& system : program_.schema.systems) systems.push_back(json::string(system.name));
  }
  return json::object({{"events", json::array(std::move(events))},
                       {"complete_for", json::array(std::move(systems))},
                       {"since", json::null()},
                       {"version", json::string("1")}});
}

json::Value Requests::event(const Event& event) const {
  json::Value one = json::object({{"action", json::string(program_.schema.actions[event.action].name)},
                                  {"path", json::array({hop(event.who)})},
                                  {"keys", event_keys(event)}});
  if (event.at) json::set(one, "time", instant_json(*event.at));
  return one;
}

namespace {

/// The ids at the end of a key path over `resource`; nothing where a fact is missing.
std::vector<std::string> ids_at(const kernel::Kernel& kernel, const typed_ir::Register& facts, typed_ir::TermId path, const std::string& resource) {
  const typed_ir::Term& term = kernel.conditions.term(path);
  if (term.kind == TermKind::Root) return {resource};
  if (term.kind != TermKind::Attribute) return {};
  std::vector<std::string> ids;
  for (const std::string& owner : ids_at(kernel, facts, term.a.front(), resource)) {
    const auto entity = facts.entities.find(owner);
    if (entity == facts.entities.end()) continue;
    const auto fact = entity->second.attributes.find(term.attribute);
    if (fact == entity->second.attributes.end()) continue;
    for (const typed_ir::Value& value : fact->second.values) ids.push_back(value.text);
  }
  return ids;
}

}  // namespace

/// The keys that some rule asks of such an act, and the resource itself.
json::Value Requests::event_keys(const Event& event) const {
  std::map<std::string, std::set<std::string>> keys;
  const typed_ir::EntityId own = program_.schema.actions[event.action].resource;
  if (own.valid()) keys[program_.schema.entities[own].name].insert(event.on);
  for (const kernel::Restriction& rule : kernel_.restrictions) {
    const auto path = rule.key_paths.find(event.action);
    if (path == rule.key_paths.end()) continue;
    const auto ids = ids_at(kernel_, facts_, path->second, event.on);
    if (!ids.empty()) keys[program_.schema.entities[rule.key].name].insert(ids.begin(), ids.end());
  }
  json::Value object = json::object();
  for (const auto& [type, ids] : keys) {
    std::vector<json::Value> items;
    for (const std::string& id : ids) items.push_back(json::string(id));
    json::set(object, type, json::array(std::move(items)));
  }
  return object;
}

json::Value Requests::controls(Instant now) const {
  json::Value object = json::object();
  for (const typed_ir::ControlTest& test : facts_.controls) {
    const typed_ir::Control& control = program_.controls[test.control];
    json::set(object, control.name,
              json::object({{"tested", instant_json(test.tested)}, {"effective", json::boolean(test.effective)}, {"monitors", monitors(control, now)}}));
  }
  return object;
}

/// Monitors are judged from the register (14.2): who they are, whether they are employed, and whom they are not below.
json::Value Requests::monitors(const typed_ir::Control& control, Instant now) const {
  const check::RegisterTruth truth(program_, facts_);
  std::set<std::string> ids;
  for (const typed_ir::Party& party : control.monitors) {
    if (party.kind == typed_ir::Party::Kind::Person) ids.insert(party.person);
    if (party.kind != typed_ir::Party::Kind::Role) continue;
    for (const auto& [id, entity] : facts_.entities)
      if (program_.schema.entities[entity.type].is_principal() && truth.has_role(id, party.role.role, std::nullopt, now) == check::Fact::Yes) ids.insert(id);
  }
  std::vector<json::Value> all;
  for (const std::string& id : ids) {
    const EntityFacts* person = find(id);
    std::vector<json::Value> not_below;
    for (const auto& [other, entity] : facts_.entities)
      if (other != id && program_.schema.entities[entity.type].is_principal() && truth.is_below(id, other) == check::Fact::No) not_below.push_back(json::string(other));
    const bool active = person && truth.in_tenure(*person, now) == check::Fact::Yes;
    all.push_back(json::object({{"id", json::string(id)}, {"active", json::boolean(active)}, {"not_below", json::array(std::move(not_below))}}));
  }
  return json::array(std::move(all));
}

/// What a test states is fresh when it asks; what the register states, as of the register.
void Requests::add_freshness(json::Value& request, const std::string& subject, const std::string& resource, Instant now) const {
  json::Value as_of = json::object();
  const auto add = [&](const std::string& prefix, const std::map<typed_ir::AttributeId, typed_ir::FactValue>& attributes) {
    for (const auto& [id, fact] : attributes) {
      const typed_ir::Attribute& attribute = program_.schema.attributes[id];
      if (attribute.fresh_within) json::set(as_of, prefix + attribute.name, instant_json(fact.of_test ? now : facts_.as_of));
    }
  };
  if (const EntityFacts* entity = find(subject)) add("principal.", entity->attributes);
  if (const EntityFacts* entity = find(resource)) add("resource.", entity->attributes);
  for (const auto& [id, entity] : facts_.entities) add(program_.schema.entities[entity.type].local + "." + id + ".", entity.attributes);
  add("context.", facts_.context);
  if (as_of.members.empty()) return;
  json::Value about = *request.find("context");
  json::set(about, "as_of", std::move(as_of));
  json::set(request, "context", std::move(about));
}

}  // namespace writ::testing
