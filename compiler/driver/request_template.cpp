#include "compiler/driver/request_template.h"

#include <fmt/format.h>

namespace writ::driver {
namespace {

using nlohmann::ordered_json;
using typed_ir::Scalar;

std::string scalar_words(const typed_ir::Schema& schema, const typed_ir::Type& type) {
  switch (type.scalar) {
    case Scalar::Bool: return "bool";
    case Scalar::Int: return "int";
    case Scalar::Decimal: return "decimal";
    case Scalar::Money: return type.currency.empty() ? "money" : fmt::format("money<{}>", type.currency);
    case Scalar::String: return "string";
    case Scalar::Time: return "time";
    case Scalar::Duration: return "duration";
    case Scalar::Enum: return schema.enums[type.enumeration].local;
    case Scalar::Ref: return schema.entities[type.entity].local;
  }
  return "";
}

ordered_json example(const typed_ir::Schema& schema, const typed_ir::Type& type) {
  if (type.set) return ordered_json::array({example(schema, type.element())});
  switch (type.scalar) {
    case Scalar::Bool: return false;
    case Scalar::Int: return 0;
    case Scalar::Decimal: return "0.00";
    case Scalar::Money: return {{"value", "0.00"}, {"currency", type.currency.empty() ? "EUR" : type.currency}};
    case Scalar::String: return "…";
    case Scalar::Time: return "2026-01-01T00:00:00Z";
    case Scalar::Duration: return "1d";
    case Scalar::Enum: {
      const typed_ir::Enum& e = schema.enums[type.enumeration];
      return e.values.empty() ? "…" : e.values.front().name;
    }
    case Scalar::Ref: return fmt::format("{}-id", schema.entities[type.entity].local);
  }
  return nullptr;
}

/// An end of somebody's time that has not come when the template asks.
ordered_json still_running(const typed_ir::Type& type) { return type.optional ? ordered_json(nullptr) : ordered_json("2027-01-01T00:00:00Z"); }

/// Which attributes of `owner` the sheet asks for at `place` ("subject.properties").
ordered_json properties(const typed_ir::Schema& schema, typed_ir::EntityId owner, const std::string& place, const FactSheet& sheet) {
  ordered_json j = ordered_json::object();
  if (!owner.valid()) return j;
  for (const typed_ir::AttributeId id : schema.entities[owner].attributes) {
    const typed_ir::Attribute& a = schema.attributes[id];
    const auto asked = [&](const FactNeeded& fact) { return fact.where == place + "." + a.name; };
    if (std::any_of(sheet.facts.begin(), sheet.facts.end(), asked)) j[a.name] = id == schema.entities[owner].tenure_until ? still_running(a.type) : example(schema, a.type);
  }
  return j;
}

bool asks(const FactSheet& sheet, std::string_view where) {
  return std::any_of(sheet.facts.begin(), sheet.facts.end(), [where](const FactNeeded& fact) { return fact.where == where; });
}

ordered_json held(const kernel::Kernel& kernel, kernel::ActionId action, typed_ir::EntityId type, const std::string& source) {
  ordered_json j;
  j["roles"] = ordered_json::array();
  const auto grants = kernel.grants_of_action.find(action);
  if (grants != kernel.grants_of_action.end()) {
    for (const kernel::GrantId id : grants->second) {
      const kernel::Role& role = kernel.roles[kernel.grants[id].role];
      if (role.type != type) continue;
      ordered_json args = ordered_json::object();
      for (std::size_t i = 0; i < role.parameters.size(); ++i) args[role.parameter_names[i]] = example(kernel.schema, role.parameters[i]);
      j["roles"].push_back({{"role", role.name}, {"args", args}, {"from", "2026-01-01T00:00:00Z"}, {"until", nullptr}, {"rests_on", ordered_json::array()}, {"route", "request"}});
      break;
    }
  }
  j["complete"] = true;
  j["source"] = source;
  return j;
}

ordered_json entities(const kernel::Kernel& kernel, const FactSheet& sheet) {
  ordered_json j = ordered_json::object();
  for (const typed_ir::Entity& entity : kernel.schema.entities) {
    ordered_json one = ordered_json::object();
    for (const typed_ir::AttributeId id : entity.attributes) {
      const typed_ir::Attribute& a = kernel.schema.attributes[id];
      if (asks(sheet, fmt::format("context.entities.{}.*.{}", entity.local, a.name))) one[a.name] = example(kernel.schema, a.type);
    }
    if (!one.empty()) j[entity.local] = {{entity.local + "-id", one}};
  }
  return j;
}

ordered_json context(const kernel::Kernel& kernel, const FactSheet& sheet, const std::string& source, const std::string& type) {
  ordered_json j;
  j["time"] = "2026-01-02T09:00:00Z";
  const ordered_json declared = properties(kernel.schema, kernel.schema.context, "context", sheet);
  for (const auto& [name, value] : declared.items()) j[name] = value;
  if (asks(sheet, "context.path")) {
    j["path"] = ordered_json::array({{{"type", "…"}, {"id", "who triggers it"}}, {{"type", type}, {"id", "…"}, {"how", "runs_as"}, {"attested", true}}});
  }
  if (asks(sheet, "context.history")) j["history"] = {{"events", ordered_json::array()}, {"complete_for", ordered_json::array({source})}, {"since", nullptr}, {"version", "1"}};
  for (const std::string& control : sheet.controls) {
    j["controls"][control] = {{"tested", "2026-01-01T00:00:00Z"}, {"effective", true}, {"monitors", {{{"id", "…"}, {"active", true}, {"not_below", ordered_json::array()}}}}};
  }
  const ordered_json others = entities(kernel, sheet);
  if (!others.empty()) j["entities"] = others;
  ordered_json as_of = ordered_json::object();
  for (const FactNeeded& fact : sheet.facts) if (!fact.freshness.empty()) as_of[fact.path] = "2026-01-02T08:59:00Z";
  if (!as_of.empty()) j["as_of"] = as_of;
  return j;
}

/// The first system that reports holdings completely, else `local`.
std::string reporting_system(const typed_ir::Schema& schema) {
  for (const typed_ir::System& system : schema.systems) {
    if (std::find(system.complete_for.begin(), system.complete_for.end(), "held") != system.complete_for.end()) return system.name;
  }
  return "local";
}

}  // namespace

std::string duration_words(std::int64_t ms) {
  for (const auto& [unit, word] : {std::pair<std::int64_t, const char*>{86'400'000, "d"}, {3'600'000, "h"}, {60'000, "min"}, {1000, "s"}}) {
    if (ms % unit == 0) return fmt::format("{}{}", ms / unit, word);
  }
  return fmt::format("{} ms", ms);
}

std::string type_words(const typed_ir::Schema& schema, const typed_ir::Type& type) {
  const std::string words = type.set ? fmt::format("set<{}>", scalar_words(schema, type)) : scalar_words(schema, type);
  return type.optional ? words + ", or null" : words;
}

ordered_json request_template(const kernel::Kernel& kernel, kernel::ActionId action, const std::set<typed_ir::EntityId>& principals,
                              const FactSheet& sheet) {
  const typed_ir::EntityId type = principals.empty() ? typed_ir::EntityId{} : *principals.begin();
  const std::string source = reporting_system(kernel.schema);
  const std::string type_name = type.valid() ? kernel.schema.entities[type].local : "…";
  const typed_ir::Action& act = kernel.schema.actions[action];
  ordered_json j;
  j["subject"] = {{"type", type_name}, {"id", "…"}};
  j["subject"]["properties"] = properties(kernel.schema, type, "subject.properties", sheet);
  j["subject"]["properties"]["held"] = held(kernel, action, type, source);
  j["action"] = {{"name", act.name}, {"properties", properties(kernel.schema, act.input, "action.properties", sheet)}};
  j["resource"] = {{"type", act.resource.valid() ? kernel.schema.entities[act.resource].local : "…"}, {"id", "…"}};
  j["resource"]["properties"] = properties(kernel.schema, act.resource, "resource.properties", sheet);
  if (asks(sheet, "context.history")) j["resource"]["properties"]["system"] = source;
  j["context"] = context(kernel, sheet, source, type_name);
  return j;
}

}  // namespace writ::driver
