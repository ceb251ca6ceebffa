// Standing sides: what a person can do by what he holds (6.2–6.4), at scene.now. A Holder is a person with his holdings, each judged live
// once, plus, for `assign`, the one that is asked for.
#pragma once

#include "compiler/interpret/lifts.h"

namespace writ::interpret {

/// 6.2: what a workload or agent can do counts for whoever owns it.
struct Entry {
  const Held* held = nullptr;
  const Record* by = nullptr;              ///< the holder himself, or what he owns; none: nobody knows him
  Judged live;
  bool asked = false;                      ///< what `assign` asks for
};
struct Holder {
  const Record* person = nullptr;          ///< none: nobody knows what he holds
  Key key;
  std::vector<Entry> entries;
  bool owned_complete = true;              ///< everything that he owns is listed with all that it holds
};
struct Asked {
  const Held* held = nullptr;
  const Record* by = nullptr;
};
Holder holder(const World& world, const Key& key, const Scene& scene, Asked asked = {});

/// can(h, side, place), in three values. `only_asked`: by the asked holding alone.
enum class By : std::uint8_t { Anything, AskedOnly };
Judged can(const World& world, const Holder& holder, const kernel::Side& side, const Place& place, const Scene& scene, By by = By::Anything);

/// The person can do some side outside the lift's `within` (6.9, rules without a join).
Judged can_outside(const World& world, const Holder& holder, const kernel::Restriction& rule, const kernel::Lift& lift, const Scene& scene);

/// Where instances of a standing rule may lie: every combination of values of the joined dimensions (pairs for `across`). For an open
/// dimension: the values that the holder's facts or the act name, and one that nobody names.
struct Spot {
  Place place;
  std::optional<Place> other;
};
std::vector<Spot> spots(const World& world, const kernel::Restriction& rule, const Holder& holder);
std::string text_of(const World& world, const Spot& spot);

/// ρ without `from`: at least k sides possible at the spot; `contributes` on top for assign.
Judged standing_rho(const World& world, const Holder& holder, const kernel::Restriction& rule, const Spot& spot, const Scene& scene);
Judged contributes(const World& world, const Holder& holder, const kernel::Restriction& rule, const Spot& spot, const Scene& scene);

/// The shortest derivation of a side: "po.create by norvik.p2p.buyer(P1210)"; several elements for `all of`.
std::vector<std::string> derivation(const World& world, const Holder& holder, const kernel::Side& side, const Place& place, const Scene& scene);

std::string text_of(const World& world, const Held& held);

}  // namespace writ::interpret
