// Path, history, warrants and controls (4.2, 6.6, 7, 8.2).
#include <algorithm>

#include "compiler/interpret/binder.h"

namespace writ::interpret {
namespace {

const std::vector<std::string> kReservedOfContext = {"time", "origin", "path", "history", "warrants", "controls", "entities", "as_of"};
constexpr std::size_t kMaxPath = 16;
constexpr std::size_t kMaxEvents = 4096;

Hop::How how_of(const std::optional<std::string>& word) {
  if (word == "runs_as") return Hop::How::RunsAs;
  if (word == "on_behalf") return Hop::How::OnBehalf;
  if (word == "delegated") return Hop::How::Delegated;
  return Hop::How::Unsaid;
}

bool given(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value && !value->is(json::Kind::Null);
}

}  // namespace

tl::expected<void, RequestError> Binder::context(const json::Value& json) {
  request.context.type = schema_.context;
  properties(request.context, json, kReservedOfContext);
  if (const json::Value* time = json.find("time")) {
    request.time = time->is(json::Kind::String) ? read_instant(time->text) : std::nullopt;
    if (!request.time || *request.time < 0 || *request.time >= typed_ir::kInstantEnd) return invalid("bad_time", "context.time", "not an instant of RFC 3339 between 1970 and 2199");
  }
  if (const json::Value* p = json.find("path"); p && !p->is(json::Kind::Null))
    if (auto ok = path(*p); !ok) return ok;
  if (const json::Value* v = json.find("entities")) entities(*v);
  if (const json::Value* v = json.find("history")) history(*v);
  if (const json::Value* v = json.find("warrants")) warrants(*v);
  if (const json::Value* v = json.find("controls")) controls(*v);
  if (const json::Value* v = json.find("as_of")) freshness(*v);
  return {};
}

tl::expected<Hop, RequestError> Binder::hop(const json::Value& json, const std::string& at) {
  Hop h;
  h.how = how_of(text_of(json, "how"));
  h.attested = is_true(json, "attested");
  h.owner = text_of(json, "owner");
  const auto type = text_of(json, "type"), id = text_of(json, "id");
  if (!type && !id && text_of(json, "account")) {
    h.resolved = false;
    return h;
  }
  if (!type || !id || id->empty()) return invalid("bad_path", at, "a member of the path needs a type and an id, or an account");
  const auto entity = schema_.find_entity(*type);
  if (!entity || !schema_.entities[*entity].is_principal()) return invalid("unknown_principal_type", at + ".type", "`" + *type + "` is no principal type" + meant(*type, principal_types()));
  h.who = {*entity, *id};
  return h;
}

tl::expected<void, RequestError> Binder::path(const json::Value& json) {
  if (!json.is(json::Kind::Array) || json.items.empty() || json.items.size() > kMaxPath)
    return invalid("bad_path", "context.path", "a path has 1 to 16 members");
  for (std::size_t i = 0; i < json.items.size(); ++i) {
    auto h = hop(json.items[i], "context.path[" + std::to_string(i) + "]");
    if (!h) return tl::unexpected(h.error());
    const bool hop_claims = i > 0 || (json.items.size() == 1 && h->resolved && schema_.entities[h->who.first].kind != typed_ir::EntityKind::Human);
    if (hop_claims && !h->attested) request.ignored.push_back({"", "", static_cast<std::uint32_t>(i), "not_attested"});
    request.path.push_back(std::move(*h));
  }
  const Hop& last = request.path.back();
  if (!last.resolved || last.who != request.subject) return invalid("bad_path", "context.path", "the path does not end in the subject");
  request.path_supplied = true;
  return {};
}

std::vector<Hop> Binder::loose_path(const json::Value* json) {
  std::vector<Hop> path;
  if (!json || !json->is(json::Kind::Array)) return path;
  for (const json::Value& item : json->items) {
    auto h = hop(item, "");
    Hop unresolved;
    unresolved.resolved = false;
    path.push_back(h ? std::move(*h) : unresolved);
  }
  return path;
}

std::optional<Event> Binder::event(const json::Value& json) {
  Event e;
  const auto name = text_of(json, "action");
  const auto action = name ? schema_.find_action(*name) : std::nullopt;
  if (!action) {
    if (name) ignore(*name, action_names());
    return std::nullopt;
  }
  e.action = *action;
  e.path = loose_path(json.find("path"));
  if (e.path.empty()) {
    Hop unresolved;
    unresolved.resolved = false;
    e.path = {unresolved};
  }
  e.time = instant_of(json, "time");
  const json::Value* keys = json.find("keys");
  if (!keys || !keys->is(json::Kind::Object)) return std::nullopt;
  for (const json::Member& m : keys->members) {
    const auto entity = schema_.find_entity(m.name);
    if (!entity) ignore(m.name, entity_types());
    if (!entity || !m.value.is(json::Kind::Array)) return std::nullopt;
    for (const json::Value& key : m.value.items) {
      if (!key.is(json::Kind::String)) return std::nullopt;
      e.keys[*entity].push_back(key.text);
    }
  }
  return e;
}

/// A system that the policy does not have: whatever is complete for it is complete for no act.
void Binder::system(const std::string& name) {
  std::vector<std::string> known{"local"};
  for (const typed_ir::System& s : schema_.systems) known.push_back(s.name);
  if (std::find(known.begin(), known.end(), name) == known.end()) ignore(name, known);
}

void Binder::history(const json::Value& json) {
  History& h = request.history;
  const json::Value* events = json.is(json::Kind::Object) ? json.find("events") : &json;
  h.version = text_of(json, "version").value_or("");
  if (!events || !events->is(json::Kind::Array) || events->items.size() > kMaxEvents) {
    h.all_readable = false;
    return;
  }
  for (const json::Value& item : events->items) {
    if (auto e = event(item)) h.events.push_back(std::move(*e));
    else h.all_readable = false;
  }
  if (const json::Value* list = json.find("complete_for")) {
    h.complete_for.emplace();
    for (const json::Value& item : list->items)
      if (item.is(json::Kind::String)) {
        h.complete_for->push_back(item.text);
        system(item.text);
      }
  }
  const json::Value* since = json.find("since");
  h.since_beginning = since ? since->is(json::Kind::Null) : !h.complete_for;
  h.since = instant_of(json, "since");
  if (!json.is(json::Kind::Object)) h.all_readable = false;   // the short form says that it is not complete
}

Approval Binder::approval(const json::Value& json) {
  Approval a;
  a.chain = text_of(json, "approval").value_or("");
  if (const json::Value* step = json.find("step"); step && step->is(json::Kind::Number) && step->text.size() < 5) a.step = static_cast<std::uint32_t>(std::atoi(step->text.c_str()));
  a.digest = text_of(json, "digest").value_or("");
  a.requested = instant_of(json, "requested");
  a.given = instant_of(json, "given");
  a.approver = loose_path(json.find("approver"));
  const auto verdict = text_of(json, "verdict");
  a.rejected = verdict == "rejected";
  a.readable = a.rejected || verdict == "approved";
  a.withdrawn = given(json, "withdrawn");
  return a;
}

void Binder::warrants(const json::Value& json) {
  Warrants& w = request.warrants;
  if (const json::Value* list = json.find("approvals"))
    for (const json::Value& item : list->items) w.approvals.push_back(approval(item));
  if (const json::Value* mfa = json.find("mfa"); mfa && mfa->is(json::Kind::Object)) w.mfa = Mfa{instant_of(*mfa, "time")};
  if (const json::Value* list = json.find("evidence"))
    for (const json::Value& item : list->items)
      if (auto kind = text_of(item, "kind")) w.evidence.push_back(*kind);
  if (const json::Value* list = json.find("delegations"))
    for (const json::Value& item : list->items) {
      const auto from = text_of(item, "delegator"), to = text_of(item, "delegatee");
      if (from && to) w.delegations.emplace_back(*from, *to);
    }
}

void Binder::controls(const json::Value& json) {
  for (const json::Member& m : json.members) {
    ControlState state;
    state.tested = instant_of(m.value, "tested");
    if (const json::Value* e = m.value.find("effective"); e && e->is(json::Kind::Boolean)) state.effective = e->boolean;
    if (const json::Value* list = m.value.find("monitors"))
      for (const json::Value& item : list->items) {
        MonitorState monitor;
        monitor.id = text_of(item, "id").value_or("");
        monitor.active = is_true(item, "active");
        if (const json::Value* below = item.find("not_below"))
          for (const json::Value& person : below->items)
            if (person.is(json::Kind::String)) monitor.not_below.push_back(person.text);
        state.monitors.push_back(std::move(monitor));
      }
    request.controls.emplace(m.name, std::move(state));
  }
}

}  // namespace writ::interpret
