// The ways to fill a step, read off their number: earlier parties are the higher digits; of `or`, the earlier party's ways come first.
#include "runtime/core/chains.h"

namespace writ::core {

std::uint32_t Chains::ways(const layout::Step& step) const {
  std::uint64_t n = step.either ? 0 : 1;
  for (const Index p : e_.list(step.parties)) n = step.either ? n + e_.policy_.parties[p].ways : n * e_.policy_.parties[p].ways;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(n, kMaxWays));
}

void Chains::way(const layout::Step& step, std::uint32_t number, List<Index>& slots) const {
  const auto parties = e_.list(step.parties);
  std::uint32_t rest = ways(step);
  for (const Index p : parties) {
    const std::uint32_t n = e_.policy_.parties[p].ways;
    if (step.either) {
      if (number < n) return way(p, number, slots);
      number -= n;
      continue;
    }
    rest /= n;
    way(p, number / rest, slots);
    number %= rest;
  }
}

/// Nests no deeper than load() allows.
void Chains::way(Index id, std::uint32_t number, List<Index>& slots) const {
  const layout::Party& party = e_.view_.parties[id];
  if (party.kind == static_cast<std::uint32_t>(layout::PartyKind::Several)) {
    const Index inner = e_.list(party.inner)[0];
    const std::uint32_t n = e_.policy_.parties[inner].ways;
    std::uint32_t rest = e_.policy_.parties[id].ways;
    for (std::uint32_t i = 0; i < party.count; ++i) {
      rest /= n;
      way(inner, number / rest, slots);
      number %= rest;
    }
    return;
  }
  if (party.kind != static_cast<std::uint32_t>(layout::PartyKind::Chain)) return slots.push(id);
  const layout::Chain& chain = e_.view_.chains[party.chain];
  std::uint32_t rest = e_.policy_.parties[id].ways;
  for (std::uint32_t s = 0; s < chain.step_count; ++s) {
    const layout::Step& step = e_.view_.steps[chain.first_step + s];
    rest /= ways(step);
    way(step, number / rest, slots);
    number %= rest;
  }
}

}  // namespace writ::core
