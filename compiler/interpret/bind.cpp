#include <algorithm>

#include "compiler/interpret/binder.h"
#include "compiler/support/nearest.h"

namespace writ::interpret {

std::optional<std::string> text_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  if (!value || !value->is(json::Kind::String)) return std::nullopt;
  return value->text;
}
std::optional<Instant> instant_of(const json::Value& object, std::string_view name) {
  const auto text = text_of(object, name);
  return text ? read_instant(*text) : std::nullopt;
}
bool is_true(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value && value->is(json::Kind::Boolean) && value->boolean;
}
tl::unexpected<RequestError> invalid(std::string code, std::string at, std::string what) {
  return tl::unexpected(RequestError{std::move(code), std::move(at), std::move(what)});
}

const Record* Request::find(const Key& key) const {
  const auto it = entities.find(key);
  return it == entities.end() ? nullptr : &it->second;
}

void Binder::ignore(const std::string& name, const std::vector<std::string>& known) {
  request.ignored.push_back({name, support::nearest_name(name, known).value_or(""), std::nullopt, ""});
}

std::vector<std::string> Binder::entity_types() const {
  std::vector<std::string> all;
  for (const typed_ir::Entity& e : schema_.entities) all.push_back(e.local);
  return all;
}

std::vector<std::string> Binder::action_names() const {
  std::vector<std::string> all;
  for (const typed_ir::Action& a : schema_.actions) all.push_back(a.name);
  return all;
}

std::vector<std::string> Binder::principal_types() const {
  std::vector<std::string> all;
  for (const typed_ir::Entity& e : schema_.entities)
    if (e.is_principal()) all.push_back(e.local);
  return all;
}

/// "; did you mean `Employee`?", or nothing.
std::string Binder::meant(const std::string& name, const std::vector<std::string>& known) {
  const auto nearest = support::nearest_name(name, known);
  return nearest ? "; did you mean `" + *nearest + "`?" : "";
}

/// Written in full or by its last part, so it is compared with names of the same kind.
std::vector<std::string> Binder::role_names(std::string_view like) const {
  std::vector<std::string> all;
  for (const kernel::Role& role : kernel_.roles) all.push_back(like.find('.') == like.npos ? role.local : role.name);
  return all;
}

void Binder::members(const json::Value& json) {
  static const std::vector<std::string> kParts = {"subject", "action", "resource", "context"};
  for (const json::Member& m : json.members)
    if (std::find(kParts.begin(), kParts.end(), m.name) == kParts.end()) ignore(m.name, kParts);
}

std::optional<RoleId> Binder::role(std::string_view name) const {
  std::optional<RoleId> local;
  bool unique = true;
  for (const RoleId id : kernel_.roles.ids()) {
    if (kernel_.roles[id].name == name) return id;
    if (kernel_.roles[id].local != name) continue;
    unique = !local;
    local = id;
  }
  return unique ? local : std::nullopt;
}

std::vector<std::optional<Value>> Binder::arguments(RoleId id, const json::Value* args) const {
  const kernel::Role& role = kernel_.roles[id];
  std::vector<std::optional<Value>> values(role.parameters.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const json::Value* arg = args ? args->find(role.parameter_names[i]) : nullptr;
    if (!arg) continue;
    if (auto value = read_scalar(schema_, role.parameters[i], *arg)) values[i] = std::move(*value);
  }
  return values;
}

Sent Binder::sent(const json::Value& json, std::string_view items_key, std::string_view collection) const {
  Sent result;
  const json::Value* items = json.is(json::Kind::Object) ? json.find(items_key) : &json;
  if (!items || !items->is(json::Kind::Array)) { result.reason = "ill_typed"; return result; }
  for (const json::Value& item : items->items) result.items.push_back(&item);
  result.supplied = true;
  result.reason = "incomplete";
  if (!json.is(json::Kind::Object)) return result;
  if (json.find("complete")) {
    result.complete = is_true(json, "complete");
    return result;
  }
  const auto source = text_of(json, "source");
  for (const typed_ir::System& system : schema_.systems)
    if (source == system.name) result.complete = std::count(system.complete_for.begin(), system.complete_for.end(), collection) > 0;
  return result;
}

Ids Binder::ids(const json::Value& json, std::string_view collection) const {
  const Sent list = sent(json, "ids", collection);
  Ids result{{}, list.complete, list.reason};
  for (const json::Value* item : list.items) {
    if (item->is(json::Kind::String)) result.ids.push_back(item->text);
    else result.complete = false;
  }
  return result;
}

tl::expected<void, RequestError> Binder::subject(const json::Value& json) {
  const auto type = text_of(json, "type"), id = text_of(json, "id");
  if (!type || !id || id->empty()) return invalid("no_subject", "subject", "the subject needs a type and an id");
  const auto entity = schema_.find_entity(*type);
  if (!entity || !schema_.entities[*entity].is_principal()) return invalid("unknown_principal_type", "subject.type", "`" + *type + "` is no principal type" + meant(*type, principal_types()));
  request.subject = {*entity, *id};
  Record& self = record(request.subject);
  if (const json::Value* p = json.find("properties")) reserved_of_principal(self, *p);
  return {};
}

tl::expected<void, RequestError> Binder::action(const json::Value& json) {
  const auto name = text_of(json, "name");
  if (!name || name->empty()) return invalid("no_action", "action.name", "the action needs a name");
  request.action_name = *name;
  const json::Value* p = json.find("properties");
  if (*name == "assign") {
    request.assign = true;
    return assignment(p ? *p : json::object());
  }
  request.action = schema_.find_action(*name);
  if (!request.action) {
    request.refusal = "unknown_action";
    request.nearest = support::nearest_name(*name, action_names()).value_or("");
    request.ignored.push_back({*name, request.nearest, std::nullopt, ""});
    return {};
  }
  const EntityId input = schema_.actions[*request.action].input;
  if (input) request.input.type = input;
  if (p && input) properties(request.input, *p, {});
  if (p && !input)
    for (const json::Member& m : p->members) ignore(m.name, {});
  return {};
}

namespace {

/// An end or a start that is said must be one (2.6): read as none, it would ask for something else.
tl::expected<std::optional<Instant>, RequestError> bound_of(const json::Value& json, const std::string& name) {
  const json::Value* value = json.find(name);
  if (!value || value->is(json::Kind::Null)) return std::nullopt;
  const auto instant = value->is(json::Kind::String) ? read_instant(value->text) : std::nullopt;
  if (!instant || *instant < 0 || *instant >= typed_ir::kInstantEnd)
    return invalid("bad_time", "action.properties." + name, "not an instant of RFC 3339 between 1970 and 2199");
  return instant;
}

}  // namespace

tl::expected<void, RequestError> Binder::assignment(const json::Value& json) {
  Assignment& a = request.assignment;
  a.role_name = text_of(json, "role").value_or("");
  const auto found = role(a.role_name);
  if (!found) request.refusal = "unknown_role";
  if (found) {
    a.role = *found;
    a.args = arguments(*found, json.find("args"));
  }
  for (const auto& [name, bound] : {std::pair{"from", &Assignment::from}, std::pair{"until", &Assignment::until}}) {
    auto instant = bound_of(json, name);
    if (!instant) return tl::unexpected(std::move(instant.error()));
    a.*bound = *instant;
  }
  if (a.from && a.until && *a.until <= *a.from) return invalid("bad_time", "action.properties.until", "an empty interval: it ends before it starts");
  a.route = text_of(json, "route").value_or("request");
  for (const json::Member& m : json.members)
    if (m.name != "role" && m.name != "args" && m.name != "from" && m.name != "until" && m.name != "route")
      ignore(m.name, {"role", "args", "from", "until", "route"});
  return {};
}

tl::expected<void, RequestError> Binder::resource(const json::Value& json) {
  const bool needed = request.assign || (request.action && schema_.actions[*request.action].resource);
  const auto type = text_of(json, "type"), id = text_of(json, "id");
  if (!type || !id || id->empty()) {
    if (needed) return invalid("no_resource", "resource", "the resource needs a type and an id");
    return {};
  }
  const auto entity = schema_.find_entity(*type);
  if (!entity) {
    if (request.refusal.empty()) request.refusal = "unknown_action";
    ignore(*type, entity_types());
    return {};
  }
  if (!needed) return {};
  const EntityId wanted = request.assign ? *entity : schema_.actions[*request.action].resource;
  const bool fits = request.assign ? schema_.entities[*entity].is_principal() : *entity == wanted;
  if (!fits && request.refusal.empty()) request.refusal = "wrong_type";
  request.resource = {*entity, *id};
  request.has_resource = true;
  Record& target = record(request.resource);
  const json::Value* p = json.find("properties");
  if (!p) return {};
  request.system = text_of(*p, "system");
  if (schema_.entities[*entity].is_principal()) reserved_of_principal(target, *p);
  else properties(target, *p, {"system"});
  return {};
}

tl::expected<void, RequestError> Binder::finish() {
  const Assignment& a = request.assignment;
  if (a.until && !a.from && request.time && *a.until <= *request.time)
    return invalid("bad_time", "action.properties.until", "an empty interval: without `from` it starts at `context.time`");
  const Record* subject = request.find(request.subject);
  WRIT_CHECK(subject, "the subject has a record");
  if (!request.path_supplied && schema_.entities[request.subject.first].kind == typed_ir::EntityKind::Human) {
    Hop self;
    self.who = request.subject;
    self.attested = true;
    request.path = {self};
  }
  std::stable_sort(request.ignored.begin(), request.ignored.end(),
                   [](const auto& x, const auto& y) { return std::tie(x.name, x.path) < std::tie(y.name, y.path); });
  return {};
}

namespace {

const json::Value& member_or_empty(const json::Value& json, std::string_view name) {
  static const json::Value empty = json::object();
  const json::Value* value = json.find(name);
  return value ? *value : empty;
}

}  // namespace

tl::expected<Request, RequestError> bind_subject(const kernel::Kernel& kernel, const json::Value& json) {
  Binder binder(kernel);
  if (auto ok = binder.subject(member_or_empty(json, "subject")); !ok) return tl::unexpected(ok.error());
  if (auto ok = binder.context(member_or_empty(json, "context")); !ok) return tl::unexpected(ok.error());
  if (auto ok = binder.finish(); !ok) return tl::unexpected(ok.error());
  return std::move(binder.request);
}

tl::expected<Request, RequestError> bind(const kernel::Kernel& kernel, const json::Value& json) {
  if (!json.is(json::Kind::Object)) return invalid("bad_request", "", "a request is an object");
  if (json.find("evaluations")) return invalid("bad_request", "evaluations", "a batch: each of its requests is asked for itself");
  Binder binder(kernel);
  binder.members(json);
  if (auto ok = binder.subject(member_or_empty(json, "subject")); !ok) return tl::unexpected(ok.error());
  if (auto ok = binder.action(member_or_empty(json, "action")); !ok) return tl::unexpected(ok.error());
  if (auto ok = binder.resource(member_or_empty(json, "resource")); !ok) return tl::unexpected(ok.error());
  if (auto ok = binder.context(member_or_empty(json, "context")); !ok) return tl::unexpected(ok.error());
  if (auto ok = binder.finish(); !ok) return tl::unexpected(ok.error());
  return std::move(binder.request);
}

}  // namespace writ::interpret
