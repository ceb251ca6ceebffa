#include "compiler/testing/requests.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/question/decision.h"

namespace writ::testing {

using typed_ir::EntityFacts;
using typed_ir::EntityId;
using typed_ir::EntityKind;
using typed_ir::ExpectDecision;
using typed_ir::FactValue;
using typed_ir::Holding;
using typed_ir::Instant;

namespace {

json::Value instant_json(Instant instant) { return json::string(question::format_instant(instant)); }

json::Value strings(const std::vector<std::string>& all) {
  std::vector<json::Value> items;
  for (const std::string& text : all) items.push_back(json::string(text));
  return json::array(std::move(items));
}

json::Value arguments(const typed_ir::Program& program, typed_ir::RoleId role, const typed_ir::ValueSet& args) {
  json::Value object = json::object();
  for (std::size_t i = 0; i < args.size(); ++i) json::set(object, program.roles[role].parameter_names.at(i), value_json(program.schema, args[i]));
  return object;
}

}  // namespace

const EntityFacts* Requests::find(const std::string& id) const {
  const auto found = facts_.entities.find(id);
  return found == facts_.entities.end() ? nullptr : &found->second;
}

EntityId Requests::human() const {
  for (const EntityId id : program_.schema.entities.ids())
    if (program_.schema.entities[id].kind == EntityKind::Human) return id;
  return {};
}

json::Value Requests::decision(const ExpectDecision& question, Instant now) const {
  const bool perform = question.question == ExpectDecision::Question::Perform;
  const std::string& target = perform ? question.on : question.to;
  const EntityId resource = perform ? program_.schema.actions[question.action].resource : human();
  json::Value request = json::object({{"subject", subject(question.who, human())}});
  if (perform) {
    json::set(request, "action", json::object({{"name", json::string(program_.schema.actions[question.action].name)}, {"properties", json::object()}}));
  } else {
    json::Value properties = json::object({{"role", json::string(program_.roles[question.role].name)}, {"args", arguments(program_, question.role, question.args)}});
    if (question.details.from) json::set(properties, "from", instant_json(*question.details.from));
    if (question.details.until_day) json::set(properties, "until", instant_json(*question.details.until_day));
    json::set(properties, "route", json::string("request"));
    json::set(request, "action", json::object({{"name", json::string("assign")}, {"properties", std::move(properties)}}));
  }
  if (resource.valid()) json::set(request, "resource", subject(target, resource));
  json::Value about = context(now);
  add_path(about, question);
  add_warrants(about, question, now);
  json::set(request, "context", std::move(about));
  add_freshness(request, question.who, target, now);
  return request;
}

json::Value Requests::person(const std::string& id, Instant now) const {
  json::Value request = json::object({{"subject", subject(id, human())}, {"context", context(now)}});
  add_freshness(request, id, "", now);
  return request;
}

/// A subject or a resource: type, id and what is known of it.
json::Value Requests::subject(const std::string& id, EntityId fallback) const {
  const EntityFacts* entity = find(id);
  const EntityId type = entity ? entity->type : fallback;
  return json::object({{"type", json::string(program_.schema.entities[type].name)},
                       {"id", json::string(id)},
                       {"properties", entity ? properties(*entity) : json::object()}});
}

json::Value Requests::properties(const EntityFacts& entity) const {
  json::Value object = json::object();
  for (const auto& [id, fact] : entity.attributes) {
    const typed_ir::Attribute& attribute = program_.schema.attributes[id];
    json::set(object, attribute.name, fact_json(program_.schema, fact, attribute.type));
  }
  if (program_.schema.entities[entity.type].is_principal()) add_principal(object, entity);
  return object;
}

void Requests::add_principal(json::Value& object, const EntityFacts& entity) const {
  json::set(object, "held", held(entity));
  if (program_.schema.entities[entity.type].kind != EntityKind::Human) return;
  json::set(object, "managers", managers(entity));
  json::set(object, "owned", owned(entity));
}

json::Value Requests::held(const EntityFacts& entity) const {
  std::vector<json::Value> roles;
  for (const Holding& holding : entity.holds) {
    json::Value one = json::object({{"role", json::string(program_.roles[holding.role].name)}, {"args", arguments(program_, holding.role, holding.args)}});
    json::set(one, "from", holding.from_known ? instant_json(holding.from) : json::null());
    json::set(one, "until", holding.until == typed_ir::kForever ? json::null() : instant_json(holding.until));
    json::set(one, "rests_on", strings(holding.rests_on));
    json::set(one, "route", json::string(holding.by_birthright ? "birthright" : "request"));
    roles.push_back(std::move(one));
  }
  for (const typed_ir::AnonymousAccess& has : entity.has) {
    std::vector<std::string> actions;
    for (const typed_ir::Access& access : has.accesses)
      for (const typed_ir::ActionId action : access.actions) actions.push_back(program_.schema.actions[action].name);
    json::Value access = json::object({{"actions", strings(actions)}});
    switch (has.scope) {
      case typed_ir::AnonymousAccess::Scope::None: break;
      case typed_ir::AnonymousAccess::Scope::Any: json::set(access, "scope", json::string("any")); break;
      case typed_ir::AnonymousAccess::Scope::Unknown: json::set(access, "scope", json::string("unknown")); break;
      case typed_ir::AnonymousAccess::Scope::Value:
        json::set(access, "scope", json::object({{"dimension", json::string(program_.schema.enums[has.dimension].name)}, {"value", value_json(program_.schema, has.value)}}));
        break;
    }
    roles.push_back(json::object({{"access", std::move(access)}}));
  }
  return json::object({{"roles", json::array(std::move(roles))}, {"complete", json::boolean(entity.held_complete)}});
}

/// The closure of `manager`, as far as the facts go.
json::Value Requests::managers(const EntityFacts& entity) const {
  std::vector<std::string> ids;
  bool complete = false;
  std::set<std::string> seen{entity.id};
  for (const EntityFacts* at = &entity; at != nullptr;) {
    const typed_ir::AttributeId manager = program_.schema.entities[at->type].manager;
    if (!manager.valid()) {
      complete = true;
      break;
    }
    const auto fact = at->attributes.find(manager);
    if (fact == at->attributes.end()) break;
    if (fact->second.absent || fact->second.values.empty() || seen.count(fact->second.values.front().text)) {
      complete = true;
      break;
    }
    ids.push_back(fact->second.values.front().text);
    seen.insert(ids.back());
    at = find(ids.back());
  }
  return json::object({{"ids", strings(ids)}, {"complete", json::boolean(complete)}});
}

/// The workloads and agents whose owner, or operator, he is.
json::Value Requests::owned(const EntityFacts& entity) const {
  std::vector<std::string> ids;
  for (const auto& [id, other] : facts_.entities) {
    const typed_ir::Entity& type = program_.schema.entities[other.type];
    std::vector<typed_ir::AttributeId> by = type.operated_by;
    if (by.empty() && type.owner.valid()) by = {type.owner};
    for (const typed_ir::AttributeId attribute : by) {
      const auto fact = other.attributes.find(attribute);
      if (fact == other.attributes.end()) continue;
      const auto& values = fact->second.values;
      if (std::any_of(values.begin(), values.end(), [&](const auto& v) { return v.text == entity.id; })) ids.push_back(id);
    }
  }
  return json::object({{"ids", strings(ids)}, {"complete", json::boolean(true)}});
}

json::Value Requests::hop(const std::string& id) const {
  const EntityFacts* entity = find(id);
  if (!entity) return json::object({{"account", json::string(id)}, {"system", json::string("local")}});
  return json::object({{"type", json::string(program_.schema.entities[entity->type].name)}, {"id", json::string(id)}, {"attested", json::boolean(true)}});
}

/// Said, it is attested; unsaid, a human acts for himself and a workload's path is not supplied (14.2).
void Requests::add_path(json::Value& about, const ExpectDecision& question) const {
  const std::string& first = question.run_by.empty() ? question.for_person : question.run_by;
  if (first.empty()) return;
  json::Value last = hop(question.who);
  json::set(last, "how", json::string(question.run_by.empty() ? "on_behalf" : "runs_as"));
  json::set(about, "path", json::array({hop(first), std::move(last)}));
}

void Requests::add_warrants(json::Value& about, const ExpectDecision& question, Instant now) const {
  json::Value warrants = json::object({{"approvals", json::array()}});
  const auto& of = scenario_.warrants.mfa_of;
  if (std::find(of.begin(), of.end(), question.who) != of.end())
    json::set(warrants, "mfa", json::object({{"level", json::number(2)}, {"time", instant_json(now)}}));
  std::vector<json::Value> evidence;
  for (const std::string& kind : scenario_.warrants.evidence)
    evidence.push_back(json::object({{"kind", json::string(kind)}, {"id", json::string(kind)}, {"time", instant_json(now)}}));
  json::set(warrants, "evidence", json::array(std::move(evidence)));
  json::set(about, "warrants", std::move(warrants));
}

void Requests::add_approvals(json::Value& request, Instant now, const Digest& digest) const {
  std::vector<json::Value> records;
  for (const typed_ir::ApprovalWarrant& warrant : scenario_.warrants.approvals) {
    std::vector<std::pair<std::string, json::Value>> over;
    for (const auto& [id, fact] : warrant.over) {
      const typed_ir::Attribute& attribute = program_.schema.attributes[id];
      over.emplace_back("resource." + attribute.name, fact_json(program_.schema, fact, attribute.type));
    }
    const std::string signed_text = digest(request, warrant.chain, over);
    const typed_ir::Chain& chain = program_.chains[warrant.chain];
    for (const std::string& by : warrant.by)
      for (std::size_t step = 0; step < chain.steps.size(); ++step) {
        const json::Value given = instant_json(warrant.at.value_or(now));
        records.push_back(json::object({{"approval", json::string(chain.name)}, {"step", json::number(static_cast<std::int64_t>(step) + 1)},
                                        {"digest", json::string(signed_text)}, {"requested", given}, {"given", given},
                                        {"approver", json::array({hop(by)})}, {"verdict", json::string("approved")}, {"withdrawn", json::null()}}));
      }
  }
  if (records.empty()) return;
  json::Value about = *request.find("context");
  json::Value warrants = *about.find("warrants");
  json::set(warrants, "approvals", json::array(std::move(records)));
  json::set(about, "warrants", std::move(warrants));
  json::set(request, "context", std::move(about));
}

}  // namespace writ::testing
