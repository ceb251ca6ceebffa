// Entities, their attributes and holdings (2.2–2.6, 5.1).
#include <algorithm>

#include "compiler/interpret/binder.h"

namespace writ::interpret {
namespace {

const std::vector<std::string> kReservedOfPrincipal = {"held", "owned", "managers", "uses", "session", "delegated_away", "ancestors", "account_shared"};

/// One attribute of one entity given twice: the same, or contradictory (2.4).
void merge(Fact& into, Fact other) {
  const bool first = into.state == Fact::State::Unknown && into.reason == "not_supplied";
  if (first) { into = std::move(other); return; }
  const bool same = into.state == other.state && into.values == other.values && into.complete == other.complete;
  if (same) return;
  into = Fact{};
  into.reason = "contradictory";
}

}  // namespace

Record& Binder::record(const Key& key) {
  Record& r = request.entities[key];
  r.type = key.first;
  r.id = key.second;
  return r;
}

void Binder::attribute(Record& into, AttributeId id, const json::Value& json) {
  const Type& type = schema_.attributes[id].type;
  merge(into.attributes[id], read_fact(schema_, type, json));
  nested(type, json);
}

void Binder::nested(const Type& type, const json::Value& json) {
  if (type.scalar != typed_ir::Scalar::Ref) return;
  if (json.is(json::Kind::Array) || json.find("some")) {
    const json::Value& list = json.is(json::Kind::Array) ? json : *json.find("some");
    for (const json::Value& item : list.items) nested(type, item);
    return;
  }
  const auto id = text_of(json, "id");
  const json::Value* p = json.find("properties");
  if (id && p && p->is(json::Kind::Object)) reserved_of_principal(record({type.entity, *id}), *p);
}

void Binder::properties(Record& into, const json::Value& json, const std::vector<std::string>& reserved) {
  std::vector<std::string> known = reserved;
  for (const AttributeId id : schema_.entities[into.type].attributes) known.push_back(schema_.attributes[id].name);
  for (const json::Member& m : json.members) {
    const auto id = schema_.find_attribute(into.type, m.name);
    if (id) attribute(into, *id, m.value);
    else if (std::find(reserved.begin(), reserved.end(), m.name) == reserved.end()) ignore(m.name, known);
  }
}

void Binder::reserved_of_principal(Record& into, const json::Value& json) {
  properties(into, json, kReservedOfPrincipal);
  if (const json::Value* v = json.find("held")) held(into, *v);
  for (const auto& [name, list] : {std::pair{"managers", &Record::managers}, std::pair{"owned", &Record::owned}, std::pair{"ancestors", &Record::ancestors}})
    if (const json::Value* v = json.find(name)) {
      const Said said = says(into, name, *v);
      if (said == Said::First) into.*list = ids(*v, name);
      if (said == Said::Differently) into.*list = Ids{{}, false, "contradictory"};
    }
  if (is_true(json, "account_shared")) into.shared = true;
}

/// A collection is one attribute as well: given twice it says the same both times, in whatever order, or nothing (2.4).
Said Binder::says(const Record& of, const std::string& name, const json::Value& json) {
  const Sent list = sent(json, name == "held" ? "roles" : "ids", name);
  std::multiset<std::string> elements;
  for (const json::Value* item : list.items) elements.insert(json::canonical(*item));
  auto& ways = collections_[{{of.type, of.id}, name}];
  const bool first = ways.empty();
  ways.insert({list.complete, list.reason, std::move(elements)});
  return first ? Said::First : ways.size() == 1 ? Said::Again : Said::Differently;
}

void Binder::held(Record& into, const json::Value& json) {
  const Said said = says(into, "held", json);
  if (said == Said::Differently) {
    into.held = Holdings{};
    into.held.reason = "contradictory";
  }
  if (said != Said::First) return;
  const Sent list = sent(json, "roles", "held");
  Holdings all;
  all.complete = list.complete;
  all.reason = list.reason;
  for (const json::Value* item : list.items) {
    if (item->find("access")) {
      auto a = access(*item->find("access"));
      if (a) all.access.push_back(std::move(*a));
      else { all.complete = false; all.reason = "ill_typed"; }
      continue;
    }
    auto h = holding(*item);
    if (h) all.roles.push_back(std::move(*h));
    else { all.complete = false; all.reason = "ill_typed"; }
  }
  into.held = std::move(all);
}

std::optional<Held> Binder::holding(const json::Value& json) {
  Held held;
  const auto name = json.is(json::Kind::String) ? std::optional(json.text) : text_of(json, "role");
  const auto id = name ? role(*name) : std::nullopt;
  if (!id) {
    if (name) ignore(*name, role_names(*name));
    return std::nullopt;
  }
  held.role = *id;
  if (json.is(json::Kind::String)) {
    if (!kernel_.roles[*id].parameters.empty()) return std::nullopt;
    held.attested_now = true;
    return held;
  }
  held.args = arguments(*id, json.find("args"));
  const json::Value* from = json.find("from");
  const json::Value* until = json.find("until");
  held.since_ever = from && from->is(json::Kind::Null);
  held.from = instant_of(json, "from");
  held.endless = until && until->is(json::Kind::Null);
  held.until = instant_of(json, "until");
  if (const json::Value* rests = json.find("rests_on")) {
    const json::Value* list = rests->is(json::Kind::Object) ? rests->find("some") : rests;
    held.rests_on_complete = rests->is(json::Kind::Array);
    if (list)
      for (const json::Value& item : list->items) {
        if (item.is(json::Kind::String)) held.rests_on.push_back(item.text);
        else held.rests_on_complete = false;
      }
  }
  const auto route = text_of(json, "route");
  if (route) held.by = *route == "birthright" ? Held::By::Birthright : Held::By::Other;
  const json::Value* delegator = json.find("delegator");
  held.delegated = delegator && !delegator->is(json::Kind::Null);
  return held;
}

std::optional<Anonymous> Binder::access(const json::Value& json) {
  Anonymous a;
  const json::Value* actions = json.find("actions");
  if (!actions || !actions->is(json::Kind::Array)) return std::nullopt;
  for (const json::Value& item : actions->items) {
    const auto id = item.is(json::Kind::String) ? schema_.find_action(item.text) : std::nullopt;
    if (!id) {
      if (item.is(json::Kind::String)) ignore(item.text, action_names());
      return std::nullopt;
    }
    a.actions.push_back(*id);
  }
  const json::Value* scope = json.find("scope");
  if (!scope || scope->is(json::Kind::Null)) return a;
  if (scope->is(json::Kind::String)) {
    a.scope = scope->text == "any" ? Anonymous::Scope::Any : Anonymous::Scope::Unknown;
    return a;
  }
  const auto dimension = text_of(*scope, "dimension");
  const json::Value* value = scope->find("value");
  a.scope = Anonymous::Scope::Unknown;
  for (const EnumId id : schema_.enums.ids()) {
    if (dimension != schema_.enums[id].name && dimension != schema_.enums[id].local) continue;
    a.dimension = id;
    Type type;
    type.scalar = typed_ir::Scalar::Enum;
    type.enumeration = id;
    auto read = value ? read_scalar(schema_, type, *value) : tl::expected<Value, std::string>(tl::unexpected(std::string("ill_typed")));
    if (!read) continue;
    a.value = *read;
    a.scope = Anonymous::Scope::Value;
  }
  return a;
}

void Binder::entities(const json::Value& json) {
  for (const json::Member& type : json.members) {
    const auto entity = schema_.find_entity(type.name);
    if (!entity) { ignore(type.name, entity_types()); continue; }
    for (const json::Member& one : type.value.members) reserved_of_principal(record({*entity, one.name}), one.value);
  }
}

void Binder::freshness(const json::Value& json) {
  const auto stamp = [&](Record& into, std::string_view name, const json::Value& value) {
    const auto id = schema_.find_attribute(into.type, name);
    const auto it = id ? into.attributes.find(*id) : into.attributes.end();
    if (it != into.attributes.end() && value.is(json::Kind::String)) it->second.as_of = read_instant(value.text);
  };
  for (const json::Member& m : json.members) {
    const auto first = m.name.find('.'), last = m.name.rfind('.');
    if (first == m.name.npos) continue;   // a system: no attribute names its source
    const std::string head = m.name.substr(0, first), name = m.name.substr(last + 1);
    if (first == last && head == "principal") stamp(record(request.subject), name, m.value);
    else if (first == last && head == "resource" && request.has_resource) stamp(record(request.resource), name, m.value);
    else if (first == last && head == "context") stamp(request.context, name, m.value);
    else if (first == last && head == "input" && request.input.type) stamp(request.input, name, m.value);
    else if (first != last)
      if (const auto entity = schema_.find_entity(head)) {
        const auto it = request.entities.find({*entity, m.name.substr(first + 1, last - first - 1)});
        if (it != request.entities.end()) stamp(it->second, name, m.value);
      }
  }
}

}  // namespace writ::interpret
