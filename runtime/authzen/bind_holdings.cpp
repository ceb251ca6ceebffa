// What somebody holds (semantics.md 5.1, 14.2).
#include <algorithm>

#include "runtime/authzen/binder.h"

namespace writ::authzen {

/// The source's system is declared complete for the collection; of several systems of one name the last counts.
bool Binder::declared_complete(std::string_view source, std::string_view collection) {
  for (std::uint32_t i = view().systems.count; i-- > 0;) {
    if (!afford(1)) return false;
    const layout::System& system = view().systems[i];
    if (view().text(system.name) != source) continue;
    const auto whole = view().list(system.complete_for);
    return afford(whole.count) && std::any_of(whole.begin(), whole.end(), [&](layout::Str s) { return view().text(s) == collection; });
  }
  return false;
}

/// The short form is the list alone and says nothing of others; the long form has it under `items`, and a word or a source for the rest.
Sent Binder::sent(const json::Value& json, std::string_view items, std::string_view collection) {
  if (json.is(json::Kind::Array)) return {json.items, false, Reason::incomplete};
  Sent result{{}, false, Reason::ill_typed};
  const json::Value *word = nullptr, *source = nullptr;
  for (const json::Member& m : json.members) {
    if (m.name == items && m.value.is(json::Kind::Array)) result = {m.value.items, false, Reason::incomplete};
    else if (m.name == "complete") word = &m.value;
    else if (m.name == "source" && m.value.is(json::Kind::String)) source = &m.value;
  }
  if (result.reason == Reason::ill_typed) return result;
  if (word) result.complete = word->is(json::Kind::Boolean) && word->boolean;
  else if (source) result.complete = declared_complete(source->text, collection);
  return result;
}

std::span<const core::Argument> Binder::arguments(Index role, const json::Value* args) {
  const auto parameters = view().list(view().roles[role].parameter_names), types = view().list(view().roles[role].parameter_types);
  const std::size_t given = args ? args->members.size() : 0;
  if (!afford(parameters.count * (1 + given))) return {};
  std::vector<core::Argument> values(parameters.count);
  for (std::size_t at = 0; at < given; ++at) {
    const json::Member& m = args->members[at];
    for (std::uint32_t i = 0; i < parameters.count; ++i) {
      if (view().text(parameters[i]) != m.name) continue;
      if (const auto value = read_scalar(schema_, types[i], m.value)) values[i] = {true, *value};
    }
  }
  return memory_.keep(values);
}

core::Holdings Binder::held(const json::Value& json) {
  const Sent list = sent(json, "roles", "held");
  std::vector<core::Held> roles;
  std::vector<core::Anonymous> rights;
  const auto keep = [](const auto& one, auto& all) {
    if (one) all.push_back(*one);
    return one.has_value();
  };
  bool all_read = true;
  for (const json::Value& item : list.items) {
    const json::Value* right = item.find("access");
    all_read &= right ? keep(access(*right), rights) : keep(holding(item), roles);
  }
  std::stable_sort(roles.begin(), roles.end(), [](const core::Held& a, const core::Held& b) { return a.role < b.role; });
  return {memory_.keep(roles), memory_.keep(rights), list.complete && all_read, all_read ? list.reason : Reason::ill_typed};
}

namespace {

/// An end of a holding: null is none, a text is an instant.
struct End {
  bool open = false;
  Instant at = core::kNoInstant;
};
End end_of(const json::Value& json) { return {json.is(json::Kind::Null), instant_in(json)}; }

}  // namespace

/// kNone is told with the nearest role.
Index Binder::role(std::string_view name) {
  const Index found = names().roles.find(name);
  if (found == kNone) ignore(name, [&] { return role_names(name); });
  return found;
}

/// A bare name is attested for now, of a role that takes no arguments.
std::optional<core::Held> Binder::bare_holding(std::string_view name) {
  core::Held held;
  held.role = role(name);
  held.attested_now = true;
  if (held.role == kNone || view().roles[held.role].parameter_names.count > 0) return std::nullopt;
  return held;
}

std::optional<core::Held> Binder::holding(const json::Value& json) {
  if (json.is(json::Kind::String)) return bare_holding(json.text);
  core::Held held;
  const json::Value* args = nullptr;
  for (const json::Member& m : json.members) {
    const bool text = m.value.is(json::Kind::String);
    if (m.name == "role" && text) {
      held.role = role(m.value.text);
    } else if (m.name == "args") {
      args = &m.value;
    } else if (m.name == "from") {
      const End from = end_of(m.value);
      held.since_ever = from.open;
      held.from = from.at;
    } else if (m.name == "until") {
      const End until = end_of(m.value);
      held.endless = until.open;
      held.until = until.at;
    } else if (m.name == "rests_on") {
      rests_on(held, m.value);
    } else if (m.name == "route" && text) {
      held.by = m.value.text == "birthright" ? core::Route::Birthright : core::Route::Other;
    } else if (m.name == "delegator") {
      held.delegated = !m.value.is(json::Kind::Null);
    }
  }
  if (held.role == kNone) return std::nullopt;
  held.args = arguments(held.role, args);
  return held;
}

std::span<const Index> Binder::lifts_named(std::string_view name) {
  const std::vector<Index> lifts = names().lifts_named(view(), name);
  return afford(lifts.size()) ? memory_.keep(lifts) : std::span<Index>{};
}

/// An array is complete, {"some": […]} is not.
void Binder::rests_on(core::Held& into, const json::Value& json) {
  into.rests_on_complete = json.is(json::Kind::Array);
  const json::Value* list = json.is(json::Kind::Object) ? json.find("some") : &json;
  std::vector<std::span<const Index>> all;
  if (list) {
    for (const json::Value& item : list->items) {
      if (too_much()) break;
      const bool name = item.is(json::Kind::String);
      into.rests_on_complete = into.rests_on_complete && name;
      if (!name) continue;
      const auto lifts = lifts_named(item.text);
      const bool approval = lifts.empty() && names().is_chain(item.text);
      if (!approval) all.push_back(lifts);   // what an approval produced stays, however long the approval is good for
    }
  }
  into.rests_on = memory_.keep(all);
}

std::optional<core::Anonymous> Binder::access(const json::Value& json) {
  const json::Value* list = json.find("actions");
  if (!list || !list->is(json::Kind::Array)) return std::nullopt;
  std::vector<Index> actions;
  for (const json::Value& item : list->items) {
    const Index id = item.is(json::Kind::String) ? names().actions.first(item.text) : kNone;
    if (id == kNone) {
      if (item.is(json::Kind::String)) ignore(item.text, [&] { return action_names(); });
      return std::nullopt;
    }
    actions.push_back(id);
  }
  core::Anonymous anonymous;
  anonymous.actions = memory_.keep(actions);
  if (const json::Value* scope = json.find("scope"); scope && !scope->is(json::Kind::Null)) access_scope(anonymous, *scope);
  return anonymous;
}

/// "any", or {"dimension": D, "value": v}; whatever else is unknown.
void Binder::access_scope(core::Anonymous& into, const json::Value& scope) {
  into.scope = core::Anonymous::Scope::Unknown;
  if (scope.is(json::Kind::String)) {
    if (scope.text == "any") into.scope = core::Anonymous::Scope::Any;
    return;
  }
  const auto dimension = text_of(scope, "dimension"), value = text_of(scope, "value");
  if (!dimension) return;
  const Index id = names().enums.find(*dimension);
  if (id == kNone) return;
  into.dimension = id;
  const bool open = (view().enums[id].flags & layout::kEnumOpen) != 0;
  const Index ordinal = value && !open ? names().enum_value(id, *value) : kNone;
  if (!value || (!open && ordinal == kNone) || value->size() > 4096) return;
  into.scope = core::Anonymous::Scope::Value;
  into.value = {layout::Scalar::Enum, id, open ? 0 : std::int64_t{ordinal}, open ? *value : std::string_view{}};
}

}  // namespace writ::authzen
