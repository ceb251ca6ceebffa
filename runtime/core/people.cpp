// c + m < n in three values: c, the fewest people who between them did every step done; m, the steps not yet done (semantics.md 6.8).
#include <bit>

#include "runtime/core/ledger.h"

namespace writ::core {

bool Ledger::shared(std::span<const Person> persons) const {
  return std::any_of(persons.begin(), persons.end(), [](const Person& p) { return p.record && p.record->shared; });
}

bool Ledger::meet(std::span<const Person> a, std::span<const Person> b) {
  return std::any_of(a.begin(), a.end(), [&](const Person& x) { return std::any_of(b.begin(), b.end(), [&](const Person& y) { return x.key == y.key; }); });
}

/// Every act that may be in a step; not certain: it may not count, or somebody unknown may have done it.
void Ledger::add_acts(List<Act>& acts, Instant& horizon) {
  for (std::uint32_t s = 0; s < rule_.side_count; ++s) {
    const Judged in = present_in(side(s));
    horizon = std::min(horizon, in.horizon);
    if (!in.is(Truth::False)) acts.push({s, e_.persons_.complete && in.is(Truth::True), 0, e_.persons_.effective});
  }
  for (const Past& past : past_)
    for (std::uint32_t s = 0; s < rule_.side_count; ++s)
      for (std::uint32_t i = 0; i < side(s).element_count; ++i)
        for (const Index access : e_.list(element(side(s), i).accesses)) {
          const Judged in = event_in(access, past);
          horizon = std::min(horizon, in.horizon);
          if (in.is(Truth::False)) continue;
          const bool certain = past.persons->complete && in.is(Truth::True) && !shared(past.persons->effective);
          acts.push({s, certain, 0, past.persons->effective});
        }
}

/// Acts whose persons intersect count as one class, transitively.
void Ledger::group(std::span<Act> acts) {
  for (std::uint32_t i = 0; i < acts.size(); ++i) acts[i].group = i;
  for (std::uint32_t i = 0; i < acts.size(); ++i)
    for (std::uint32_t j = 0; j < i; ++j) {
      const auto cost = static_cast<std::uint32_t>(acts[i].persons.size() * acts[j].persons.size() + 1);
      if (!e_.spend(cost)) return;
      if (acts[i].group == acts[j].group || !meet(acts[i].persons, acts[j].persons)) continue;
      const std::uint32_t from = std::max(acts[i].group, acts[j].group), to = std::min(acts[i].group, acts[j].group);
      if (!e_.spend(i)) return;
      for (std::uint32_t k = 0; k <= i; ++k)
        if (acts[k].group == from) acts[k].group = to;
    }
}

/// The smallest set of classes that covers every step done: sets of steps that c classes can cover, c = 0, 1, 2 …
std::uint32_t Ledger::fewest(std::span<Act> acts, std::uint32_t& undone) {
  group(acts);
  const std::span<std::uint32_t> classes = e_.arena_.take<std::uint32_t>(acts.size());
  std::uint32_t done = 0;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    classes[acts[i].group] |= 1U << acts[i].step;
    done |= 1U << acts[i].step;
  }
  undone = rule_.side_count - static_cast<std::uint32_t>(std::popcount(done));
  const std::span<std::uint8_t> reached = e_.arena_.take<std::uint8_t>(std::size_t{1} << rule_.side_count);
  if (reached.empty()) return 0;
  // reached[set]: 1 + how many classes it takes to cover exactly it; larger sets come later.
  reached[0] = 1;
  for (std::uint32_t set = 0; set < done; ++set) {
    if (reached[set] == 0 || !e_.spend(static_cast<std::uint32_t>(classes.size()) + 1)) continue;
    for (const std::uint32_t c : classes) {
      std::uint8_t& next = reached[set | c];
      if (next == 0 || next > reached[set] + 1) next = static_cast<std::uint8_t>(reached[set] + 1);
    }
  }
  return reached[done] - 1U;
}

Judged Ledger::fewer_than(const Keys& keys) {
  List<Act> all(e_.arena_), sure(e_.arena_);
  Instant horizon = std::min(complete_.horizon, e_.persons_.horizon);
  for (const Past& past : past_) horizon = std::min(horizon, past.persons->horizon);
  add_acts(all, horizon);
  for (const Act& act : all.get())
    if (act.certain) sure.push(act);
  std::uint32_t undone = 0;
  const std::uint32_t c = fewest(sure.get(), undone);
  // One act more never raises c + m: it does a step still open, or repeats one. So what is true stays true; the rest stays open.
  if (c + undone < rule_.count) return surely(Truth::True, horizon);
  if (sure.size() == all.size() && complete_.is(Truth::True) && known_) return surely(Truth::False, horizon);
  Why why = e_.leaves_.unite(keys.why, complete_.is(Truth::True) ? 0 : complete_.why);
  why = e_.leaves_.unite(why, e_.persons_.why);
  return unknown(why != 0 ? why : e_.word(Word::history, Reason::incomplete), horizon);
}

}  // namespace writ::core
