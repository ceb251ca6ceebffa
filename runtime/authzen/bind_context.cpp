// Time, path and history (semantics.md 4.2, 6.6).
#include <algorithm>
#include <array>

#include "runtime/authzen/binder.h"

namespace writ::authzen {
namespace {

constexpr std::array<std::string_view, 8> kReservedOfContext = {"time", "origin", "path", "history", "warrants", "controls", "entities", "as_of"};
constexpr std::size_t kLongestPath = 16, kMostEvents = 4096;

core::Hop::How how_of(const std::optional<std::string_view>& word) {
  if (word == "runs_as") return core::Hop::How::RunsAs;
  if (word == "on_behalf") return core::Hop::How::OnBehalf;
  if (word == "delegated") return core::Hop::How::Delegated;
  return core::Hop::How::Unsaid;
}

core::Hop nobody_known() {
  core::Hop hop;
  hop.resolved = false;
  return hop;
}

}  // namespace

Done Binder::context(const json::Value& json) {
  context_.type = names().context;
  properties(context_, json, kReservedOfContext);
  if (const json::Value* v = json.find("time"))
    if (auto done = time(*v); !done) return done;
  if (given(json, "path"))
    if (auto done = path(*json.find("path")); !done) return done;
  if (const json::Value* v = json.find("entities")) entities(*v);
  if (const json::Value* v = json.find("history")) history(*v);
  if (const json::Value* v = json.find("warrants"))
    if (auto done = warrants(*v); !done) return done;
  if (const json::Value* v = json.find("controls")) controls(*v);
  if (const json::Value* v = json.find("as_of")) freshness(*v);
  return {};
}

Done Binder::time(const json::Value& json) {
  request_.time = instant_in(json);
  if (request_.time == core::kNoInstant || !in_calendar(request_.time))
    return invalid("bad_time", "context.time", "not an instant of RFC 3339 between 1970 and 2199");
  return {};
}

tl::expected<core::Hop, Error> Binder::hop(const json::Value& json, const std::string& at) {
  core::Hop h;
  h.how = how_of(text_of(json, "how"));
  h.attested = is_true(json, "attested");
  const auto owner = text_of(json, "owner");
  h.has_owner = owner.has_value();
  h.owner = owner.value_or("");
  const auto type = text_of(json, "type"), id = text_of(json, "id");
  if (!type && !id && text_of(json, "account")) {
    h.resolved = false;
    return h;
  }
  if (!type || !id || id->empty()) return invalid("bad_path", at, "a member of the path needs a type and an id, or an account");
  const Index entity = names().entities.find(*type);
  if (entity == kNone || !names().principal(view(), entity))
    return invalid("unknown_principal_type", at + ".type", no_principal(*type));
  h.who = {entity, *id};
  return h;
}

Done Binder::path(const json::Value& json) {
  if (!json.is(json::Kind::Array) || json.items.empty() || json.items.size() > kLongestPath)
    return invalid("bad_path", "context.path", "a path has 1 to 16 members");
  std::vector<core::Hop> hops;
  for (std::size_t i = 0; i < json.items.size(); ++i) {
    const auto h = hop(json.items[i], "context.path[" + std::to_string(i) + "]");
    if (!h) return tl::unexpected(h.error());
    const bool alone = json.items.size() == 1 && h->resolved && !human(h->who.type);
    if ((i > 0 || alone) && !h->attested) bound_->ignored.push_back({"", "", static_cast<std::uint32_t>(i), "not_attested"});
    hops.push_back(*h);
  }
  const core::Hop& last = hops.back();
  if (!last.resolved || last.who != core::Key{subject_.first, subject_.second})
    return invalid("bad_path", "context.path", "the path does not end in the subject");
  request_.path = memory_.keep(hops);
  request_.path_supplied = true;
  return {};
}

/// Of somebody else's act: what cannot be read is somebody whom nobody knows.
std::span<const core::Hop> Binder::loose_path(const json::Value* json) {
  std::vector<core::Hop> hops;
  if (json && json->is(json::Kind::Array))
    for (const json::Value& item : json->items) hops.push_back(hop(item, "").value_or(nobody_known()));
  return memory_.keep(hops);
}

std::optional<core::Event> Binder::event(const json::Value& json) {
  core::Event e;
  const auto name = text_of(json, "action");
  e.action = name ? names().actions.first(*name) : kNone;
  const json::Value* keys = json.find("keys");
  if (e.action == kNone && name) ignore(*name, [&] { return action_names(); });
  if (e.action == kNone || !keys || !keys->is(json::Kind::Object)) return std::nullopt;
  std::vector<core::EventKey> all;
  for (const json::Member& m : keys->members) {
    const Index entity = names().entities.find(m.name);
    if (entity == kNone) ignore(m.name, [&] { return entity_types(); });
    if (entity == kNone || !m.value.is(json::Kind::Array)) return std::nullopt;
    for (const json::Value& key : m.value.items) {
      if (!key.is(json::Kind::String)) return std::nullopt;
      all.push_back({entity, key.text});
    }
  }
  e.keys = memory_.keep(all);
  e.time = instant_of(json, "time");
  e.path = loose_path(json.find("path"));
  if (e.path.empty()) e.path = memory_.keep(std::vector{nobody_known()});
  return e;
}

/// A system that the policy does not have: whatever is complete for it is complete for no act.
void Binder::system(std::string_view name) {
  if (!afford(1 + view().systems.count)) return;
  std::vector<std::string_view> known{"local"};
  for (const layout::System& s : view().systems) known.push_back(view().text(s.name));
  if (std::find(known.begin(), known.end(), name) == known.end()) ignore(name, [&] { return known; });
}

void Binder::history(const json::Value& json) {
  core::History& h = request_.history;
  const json::Value* events = json.is(json::Kind::Object) ? json.find("events") : &json;
  bound_->history_version = text_of(json, "version").value_or("");
  if (!events || !events->is(json::Kind::Array) || events->items.size() > kMostEvents) {
    h.readable = false;
    return;
  }
  std::vector<core::Event> all;
  for (const json::Value& item : events->items) {
    if (const auto e = event(item)) all.push_back(*e);
    else h.readable = false;
  }
  h.events = memory_.keep(all);
  if (const json::Value* list = json.find("complete_for")) {
    complete_for_.emplace();
    for (const json::Value& item : list->items)
      if (item.is(json::Kind::String)) {
        complete_for_->push_back(item.text);
        system(item.text);
      }
  }
  const json::Value* since = json.find("since");
  h.since_beginning = since ? since->is(json::Kind::Null) : !complete_for_;
  h.since = instant_of(json, "since");
  if (!json.is(json::Kind::Object)) h.readable = false;   // the short form says that it is not complete
}

/// For the system of the act: by the request's word, else by the declarations. No map in this edition: an act without a system is local.
void Binder::cover_history() {
  core::History& h = request_.history;
  const std::string_view system = system_.value_or("local");
  h.reason = h.events.empty() && !complete_for_ ? Reason::not_supplied : Reason::incomplete;
  if (complete_for_) {
    h.covered = std::find(complete_for_->begin(), complete_for_->end(), system) != complete_for_->end();
    return;
  }
  for (const layout::System& s : view().systems) {
    const auto whole = view().list(s.complete_for);
    if (view().text(s.name) == system) h.covered |= std::any_of(whole.begin(), whole.end(), [&](layout::Str w) { return view().text(w) == "history"; });
  }
}

}  // namespace writ::authzen
