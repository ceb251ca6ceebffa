#include "runtime/authzen/names.h"

#include <algorithm>
#include <numeric>

namespace writ::authzen {

void Lookup::finish() { std::sort(entries_.begin(), entries_.end()); }

std::span<const Lookup::Entry> Lookup::find(std::string_view text) const {
  const auto [from, to] = std::equal_range(entries_.begin(), entries_.end(), Entry{text, 0}, [](const Entry& a, const Entry& b) { return a.text < b.text; });
  return {from, to};
}

Index Lookup::first(std::string_view text) const {
  const auto found = find(text);
  return found.empty() ? kNone : found.front().id;
}

void Named::add(std::string_view name, std::string_view last, Index id) {
  full.add(name, id);
  if (!last.empty()) local.add(last, id);
}

void Named::finish() {
  full.finish();
  local.finish();
}

Index Named::find(std::string_view text) const {
  if (const Index id = full.first(text); id != kNone) return id;
  const auto found = local.find(text);
  return found.size() == 1 ? found.front().id : kNone;
}

std::string_view last_part(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == name.npos ? std::string_view{} : name.substr(dot + 1);
}

Names::Names(const View& view) : attributes_(view.entities.count), enum_values_(view.enums.count) {
  for (Index e = 0; e < view.entities.count; ++e) {
    const layout::Entity& entity = view.entities[e];
    entities.add(view.text(entity.name), view.text(entity.local), e);
    if (context == kNone && entity.kind == static_cast<std::uint32_t>(layout::EntityKind::Context)) context = e;
    for (Index a = entity.first_attribute; a < entity.first_attribute + entity.attribute_count; ++a) attributes_[e].add(view.text(view.attributes[a].name), a);
    attributes_[e].finish();
  }
  for (Index e = 0; e < view.enums.count; ++e) {
    const layout::Enum& enumeration = view.enums[e];
    enums.add(view.text(enumeration.name), view.text(enumeration.local), e);
    for (Index v = 0; v < enumeration.value_count; ++v) enum_values_[e].add(view.text(view.enum_values[enumeration.first_value + v].name), v);
    enum_values_[e].finish();
  }
  for (Index r = 0; r < view.roles.count; ++r) roles.add(view.text(view.roles[r].name), view.text(view.roles[r].local), r);
  for (Index a = 0; a < view.actions.count; ++a) actions.add(view.text(view.actions[a].name), a);
  for (Index c = 0; c < view.controls.count; ++c) controls.add(view.text(view.controls[c].name), last_part(view.text(view.controls[c].name)), c);
  for (Index c = 0; c < view.chains.count; ++c) {
    chains_full.add(view.text(view.chains[c].name), c);
    if (const auto last = last_part(view.text(view.chains[c].name)); !last.empty()) chains_local.add(last, c);
  }
  for (Index l = 0; l < view.lifts.count; ++l) {
    if (view.lifts[l].kind == static_cast<std::uint32_t>(layout::LiftKind::Warrant)) continue;
    lifts_full.add(view.text(view.lifts[l].id), l);
    if (const auto last = last_part(view.text(view.lifts[l].id)); !last.empty()) lifts_local.add(last, l);
  }
  for (Named* named : {&entities, &roles, &enums, &controls}) named->finish();
  for (Lookup* lookup : {&actions, &chains_full, &chains_local, &lifts_full, &lifts_local}) lookup->finish();
}

std::vector<Index> Names::lifts_named(const View& view, std::string_view name) const {
  std::vector<Index> all;
  for (const Lookup::Entry& e : lifts_full.find(name)) all.push_back(e.id);
  if (!all.empty()) return all;
  for (const Lookup::Entry& e : lifts_local.find(name)) {
    if (!all.empty() && view.lifts[all.front()].id != view.lifts[e.id].id) return {};
    all.push_back(e.id);
  }
  return all;
}

bool Names::principal(const View& view, Index entity) const {
  return view.entities[entity].kind <= static_cast<std::uint32_t>(layout::EntityKind::Agent);
}

std::size_t Suggestions::distance(std::string_view a, std::string_view b) {
  work_ += a.size() * b.size();
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t above = row[j], change = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = above;
      row[j] = std::min({above + 1, row[j - 1] + 1, change});
    }
  }
  return row.back();
}

std::string Suggestions::nearest(std::string_view name, const std::vector<std::string_view>& candidates) {
  static constexpr std::size_t kLongest = 256;
  if (name.size() > kLongest) return "";
  const std::size_t limit = std::max<std::size_t>(1, name.size() / 3);
  std::string_view best;
  std::size_t best_distance = limit + 1;
  for (const std::string_view candidate : candidates) {
    if (++work_; exhausted()) return "";
    if (candidate.size() > name.size() + limit || name.size() > candidate.size() + limit) continue;
    const std::size_t d = distance(name, candidate);
    if (d > limit || d > best_distance || (d == best_distance && !(candidate < best))) continue;
    best = candidate;
    best_distance = d;
  }
  return std::string(best);
}

}  // namespace writ::authzen
