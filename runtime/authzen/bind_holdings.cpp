// What somebody holds (semantics.md 5.1, 14.2).
#include <algorithm>

#include "runtime/authzen/binder.h"

namespace writ::authzen {

Sent Binder::sent(const json::Value& json, std::string_view items, std::string_view collection) {
  Sent result;
  const json::Value* list = json.is(json::Kind::Object) ? json.find(items) : &json;
  result.reason = Reason::ill_typed;
  if (!list || !list->is(json::Kind::Array)) return result;
  for (const json::Value& item : list->items) result.items.push_back(&item);
  result.reason = Reason::incomplete;
  if (!json.is(json::Kind::Object)) return result;   // the short form
  if (json.find("complete")) {
    result.complete = is_true(json, "complete");
    return result;
  }
  const auto source = text_of(json, "source");
  for (const layout::System& system : view().systems) {
    const auto whole = view().list(system.complete_for);
    if (!afford(1) || source != view().text(system.name) || !afford(whole.count)) continue;
    result.complete = std::any_of(whole.begin(), whole.end(), [&](layout::Str s) { return view().text(s) == collection; });
  }
  return result;
}

std::span<const core::Argument> Binder::arguments(Index role, const json::Value* args) {
  const layout::Role& r = view().roles[role];
  const auto parameters = view().list(r.parameter_names);
  const auto types = view().list(r.parameter_types);
  if (!afford(parameters.count * (1 + (args ? args->members.size() : 0)))) return {};
  std::vector<core::Argument> values(parameters.count);
  for (std::uint32_t i = 0; i < parameters.count; ++i) {
    const json::Value* arg = args ? args->find(view().text(parameters[i])) : nullptr;
    if (!arg) continue;
    if (const auto value = read_scalar(schema_, types[i], *arg)) values[i] = {true, *value};
  }
  return memory_.keep(values);
}

core::Holdings Binder::held(const json::Value& json) {
  const Sent list = sent(json, "roles", "held");
  core::Holdings all;
  all.complete = list.complete;
  all.reason = list.reason;
  std::vector<core::Held> roles;
  std::vector<core::Anonymous> rights;
  for (const json::Value* item : list.items) {
    const json::Value* right = item->find("access");
    const auto anonymous = right ? access(*right) : std::nullopt;
    const auto one = right ? std::nullopt : holding(*item);
    if (anonymous) rights.push_back(*anonymous);
    if (one) roles.push_back(*one);
    if (anonymous || one) continue;
    all.complete = false;
    all.reason = Reason::ill_typed;
  }
  std::stable_sort(roles.begin(), roles.end(), [](const core::Held& a, const core::Held& b) { return a.role < b.role; });
  all.roles = memory_.keep(roles);
  all.access = memory_.keep(rights);
  return all;
}

std::optional<core::Held> Binder::holding(const json::Value& json) {
  const bool bare = json.is(json::Kind::String);
  const auto name = bare ? std::optional<std::string_view>(json.text) : text_of(json, "role");
  core::Held held;
  held.role = name ? names().roles.find(*name) : kNone;
  if (held.role == kNone) return std::nullopt;
  if (bare) {
    held.attested_now = true;
    return view().roles[held.role].parameter_names.count == 0 ? std::optional(held) : std::nullopt;
  }
  held.args = arguments(held.role, json.find("args"));
  const json::Value *from = json.find("from"), *until = json.find("until");
  held.since_ever = from && from->is(json::Kind::Null);
  held.from = instant_of(json, "from");
  held.endless = until && until->is(json::Kind::Null);
  held.until = instant_of(json, "until");
  if (const json::Value* rests = json.find("rests_on")) rests_on(held, *rests);
  if (const auto route = text_of(json, "route")) held.by = *route == "birthright" ? core::Route::Birthright : core::Route::Other;
  held.delegated = given(json, "delegator");
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
    if (id == kNone) return std::nullopt;
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
