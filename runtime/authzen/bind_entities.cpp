// Entities and their attributes (semantics.md 2.2–2.6).
#include <algorithm>
#include <array>
#include <utility>

#include "runtime/authzen/binder.h"

namespace writ::authzen {
namespace {

constexpr std::array<std::string_view, 8> kReservedOfPrincipal = {"held", "owned", "managers", "uses", "session", "delegated_away", "ancestors", "account_shared"};

bool same(const core::Value& a, const core::Value& b) { return a.scalar == b.scalar && a.number == b.number && a.text == b.text && a.type == b.type; }
bool same(const core::Fact& a, const core::Fact& b) {
  if (a.state != b.state || a.complete != b.complete) return false;
  if (a.state == core::State::Known && !same(a.value, b.value)) return false;
  return std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(), [](const core::Value& x, const core::Value& y) { return same(x, y); });
}

/// One attribute of one entity given twice: the same, or contradictory (2.4).
void merge(core::Fact& into, const core::Fact& other) {
  if (into.state == core::State::Unknown && into.reason == Reason::not_supplied) {
    into = other;
  } else if (!same(into, other)) {
    into = {};
    into.reason = Reason::contradictory;
  }
}

}  // namespace

Draft& Binder::record(Index type, std::string_view id) {
  Draft& draft = entities_[{type, id}];
  draft.type = type;
  draft.id = id;
  return draft;
}

void Binder::attribute(Draft& into, Index at, Index type, const json::Value& json) {
  if (at >= into.facts.size()) {
    if (!afford(at + 1 - into.facts.size())) return;
    into.facts.resize(at + 1);
    into.sent.resize(at + 1);
  }
  merge(into.facts[at], read_fact(schema_, type, json, memory_));
  into.sent[at] = 1;
  nested(type, json);
}

void Binder::properties(Draft& into, const json::Value& json, std::span<const std::string_view> reserved) {
  const layout::Entity nothing{};
  const layout::Entity& entity = into.type == kNone ? nothing : view().entities[into.type];
  for (const json::Member& m : json.members) {
    const Index id = into.type == kNone ? kNone : names().attribute(into.type, m.name);
    if (id != kNone) {
      attribute(into, id - entity.first_attribute, view().attributes[id].type, m.value);
    } else if (std::find(reserved.begin(), reserved.end(), m.name) == reserved.end()) {
      ignore(m.name, [&] {
        std::vector<std::string_view> known(reserved.begin(), reserved.end());
        for (Index a = 0; a < entity.attribute_count; ++a) known.push_back(view().text(view().attributes[entity.first_attribute + a].name));
        return known;
      });
    }
  }
}

/// An entity that stands where its id would: {"id": …, "properties": {…}}.
void Binder::nested(Index type, const json::Value& json) {
  if (view().types[type].scalar != static_cast<std::uint32_t>(layout::Scalar::Ref)) return;
  if (json.is(json::Kind::Array) || json.find("some")) {
    const json::Value& list = json.is(json::Kind::Array) ? json : *json.find("some");
    for (const json::Value& item : list.items) nested(type, item);
    return;
  }
  const auto id = text_of(json, "id");
  const json::Value* p = json.find("properties");
  if (id && p && p->is(json::Kind::Object)) principal(record(view().types[type].entity, *id), *p);
}

void Binder::principal(Draft& into, const json::Value& json) {
  properties(into, json, kReservedOfPrincipal);
  using List = Draft::List;
  if (const json::Value* v = json.find("held"); v && says_anew(into, List::Held, *v)) into.held = held(*v);
  if (const json::Value* v = json.find("managers"); v && says_anew(into, List::Managers, *v)) into.managers = ids(*v, "managers");
  if (const json::Value* v = json.find("owned"); v && says_anew(into, List::Owned, *v)) into.owned = ids(*v, "owned");
  if (const json::Value* v = json.find("ancestors"); v && says_anew(into, List::Ancestors, *v)) into.ancestors = ids(*v, "ancestors");
  // What was said twice, differently, says nothing (2.4).
  if (into.disputed[List::Held]) into.held = {{}, {}, false, Reason::contradictory};
  if (into.disputed[List::Managers]) into.managers = {{}, false, Reason::contradictory};
  if (into.disputed[List::Owned]) into.owned = {{}, false, Reason::contradictory};
  if (into.disputed[List::Ancestors]) into.ancestors = {{}, false, Reason::contradictory};
  if (is_true(json, "account_shared")) into.shared = true;
}

/// One spelling for all orders of the elements.
const std::string& Binder::spelling(Draft::List which, const json::Value& json) {
  static constexpr std::array<std::array<std::string_view, 2>, Draft::kLists> kNames = {{{"roles", "held"}, {"ids", "managers"}, {"ids", "owned"}, {"ids", "ancestors"}}};
  const auto [at, fresh] = spellings_.try_emplace(&json);
  if (!fresh) return at->second;
  const Sent list = sent(json, kNames[which][0], kNames[which][1]);
  std::vector<std::string> elements;
  for (const json::Value& item : list.items)
    if (afford(1)) elements.push_back(json::canonical(item));
  std::sort(elements.begin(), elements.end());
  at->second = list.complete ? "complete" : core::to_string(list.reason);
  for (const std::string& e : elements) at->second += "\n" + e;
  return at->second;
}

/// Whether a list has to be read: once is enough, unless it says something else than before.
bool Binder::says_anew(Draft& into, Draft::List which, const json::Value& json) {
  const json::Value*& first = into.lists[which];
  if (first) into.disputed[which] = into.disputed[which] || spelling(which, *first) != spelling(which, json);
  return !std::exchange(first, first ? first : &json);
}

core::Ids Binder::ids(const json::Value& json, std::string_view collection) {
  const Sent list = sent(json, "ids", collection);
  core::Ids result;
  result.complete = list.complete;
  result.reason = list.reason;
  std::vector<std::string_view> all;
  for (const json::Value& item : list.items) {
    if (item.is(json::Kind::String)) all.push_back(item.text);
    else result.complete = false;
  }
  result.ids = memory_.keep(all);
  return result;
}

void Binder::entities(const json::Value& json) {
  for (const json::Member& type : json.members) {
    const Index entity = names().entities.find(type.name);
    if (entity != kNone) {
      for (const json::Member& one : type.value.members) principal(record(entity, one.name), one.value);
      continue;
    }
    ignore(type.name, [&] { return entity_types(); });
  }
}

void Binder::stamp(Draft& into, std::string_view name, const json::Value& value) {
  const Index id = into.type == kNone ? kNone : names().attribute(into.type, name);
  if (id == kNone || !value.is(json::Kind::String)) return;
  const Index at = id - view().entities[into.type].first_attribute;
  if (at < into.sent.size() && into.sent[at] != 0) into.facts[at].as_of = read_instant(value.text);
}

/// "principal.status", "resource.amount", "context.urgent", "input.x", "Vendor.V9.entity".
void Binder::freshness(const json::Value& json) {
  for (const json::Member& m : json.members) {
    const std::string_view key = m.name;
    const auto first = key.find('.'), last = key.rfind('.');
    if (first == key.npos) continue;   // a system: no attribute names its source
    const std::string_view head = key.substr(0, first), name = key.substr(last + 1);
    if (first == last) {
      if (head == "principal") stamp(record(subject_.first, subject_.second), name, m.value);
      else if (head == "resource" && has_resource_) stamp(record(resource_.first, resource_.second), name, m.value);
      else if (head == "context") stamp(context_, name, m.value);
      else if (head == "input") stamp(input_, name, m.value);
      continue;
    }
    const Index entity = names().entities.find(head);
    const auto found = entities_.find({entity, key.substr(first + 1, last - first - 1)});
    if (found != entities_.end()) stamp(found->second, name, m.value);
  }
}

core::Record Binder::placed(const Draft& draft) {
  core::Record record;
  record.type = draft.type;
  record.id = draft.id;
  record.shared = draft.shared;
  record.facts = memory_.keep(draft.facts);
  record.held = draft.held;
  record.managers = draft.managers;
  record.owned = draft.owned;
  record.ancestors = draft.ancestors;
  return record;
}

}  // namespace writ::authzen
