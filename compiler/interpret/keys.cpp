#include "compiler/interpret/keys.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace writ::interpret {

Keys keys_of_act(const World& world, const kernel::Restriction& rule, const Scene& scene) {
  const Request& r = world.request();
  if (!r.action) return {};
  const auto path = rule.key_paths.find(*r.action);
  if (path == rule.key_paths.end()) return {};
  const Evaluated key = world.value(path->second, scene);
  Keys keys;
  keys.horizon = key.horizon;
  if (world.kernel().conditions.term(path->second).type.set) {
    for (const Value& v : key.values) keys.ids.push_back(v.text);
    keys.complete = key.complete || key.state == Fact::State::Absent;
  } else if (key.known()) {
    keys.ids.push_back(key.value.text);
  } else {
    keys.complete = key.state == Fact::State::Absent;   // absent: the rule does not bind
  }
  if (!keys.complete) keys.leaves = key.leaves;
  return keys;
}

void PeopleCount::did(std::size_t step, const std::vector<Key>& persons, bool certain) { acts_.push_back({step, persons, certain}); }

bool PeopleCount::shared(const World& world, const std::vector<Key>& persons) {
  return std::any_of(persons.begin(), persons.end(), [&](const Key& key) {
    const Record* record = world.find(key);
    return record && record->shared;
  });
}

/// Acts whose persons intersect count as one class, transitively; then the smallest set of classes that covers every step done.
std::size_t PeopleCount::fewest(const std::vector<Act>& acts, std::size_t& undone) const {
  std::vector<std::size_t> group(acts.size());
  std::iota(group.begin(), group.end(), std::size_t{0});
  for (bool merged = true; merged;) {
    merged = false;
    for (std::size_t i = 0; i < acts.size(); ++i)
      for (std::size_t j = i + 1; j < acts.size(); ++j) {
        const bool meet = std::any_of(acts[i].persons.begin(), acts[i].persons.end(), [&](const Key& k) {
          return std::find(acts[j].persons.begin(), acts[j].persons.end(), k) != acts[j].persons.end();
        });
        if (!meet || group[i] == group[j]) continue;
        const std::size_t from = std::max(group[i], group[j]), to = std::min(group[i], group[j]);
        std::replace(group.begin(), group.end(), from, to);
        merged = true;
      }
  }
  std::map<std::size_t, std::uint64_t> steps_of_group;
  std::uint64_t done = 0;
  for (std::size_t i = 0; i < acts.size(); ++i) {
    steps_of_group[group[i]] |= std::uint64_t{1} << acts[i].step;
    done |= std::uint64_t{1} << acts[i].step;
  }
  undone = steps_ - static_cast<std::size_t>(std::popcount(done));
  // Sets of steps that c classes can cover, c = 0, 1, 2 …: at most one class per step is ever needed.
  std::set<std::uint64_t> covered{0};
  for (std::size_t c = 0;; ++c) {
    if (covered.contains(done)) return c;
    std::set<std::uint64_t> next;
    for (const std::uint64_t set : covered)
      for (const auto& [_, steps] : steps_of_group) next.insert(set | steps);
    covered = std::move(next);
  }
}

Truth PeopleCount::fewer_than(std::uint32_t n, Whole history) const {
  std::vector<Act> certain;
  for (const Act& act : acts_)
    if (act.certain) certain.push_back(act);
  std::size_t undone = 0;
  const std::size_t c = fewest(certain, undone);
  // One act more never raises c + m: it does a step still open, or repeats one. So what is true stays true; the rest stays open.
  if (c + undone < n) return Truth::True;
  return certain.size() == acts_.size() && history == Whole::Yes ? Truth::False : Truth::Unknown;
}

}  // namespace writ::interpret
