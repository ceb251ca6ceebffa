// Instances of restrictions (6.1), and what lifts them (6.9, 7, 8). Plain data and functions over a World.
#pragma once

#include "compiler/interpret/world.h"

namespace writ::interpret {

using kernel::LiftId;
using kernel::RestrictionId;

/// A value for each joined dimension; empty: no join.
struct Place {
  std::vector<std::pair<EnumId, Value>> values;
  std::size_t scope = 0;                   ///< which scope of a capability the first value is of; the others follow
};

struct LiftVerdict {
  LiftId lift;
  Judged met;                              ///< a warrant: presented and provably fits
  Judged obtainable;                       ///< met, or can still be got; an ordinary lift: met
};

/// One instance of one restriction. Violated as it stands is ρ ∧ ¬⋁ lifts.
struct Instance {
  RestrictionId of;
  std::optional<Key> person;               ///< none: a person nobody knows, or a rule about people together
  Place place;                             ///< Standing
  std::optional<Place> other;              ///< Standing, across: the second side's
  std::optional<std::string> key;          ///< Object, People; none: a key nobody knows
  Judged rho;                              ///< `now >= from` included
  std::vector<LiftVerdict> lifts;
};

/// What the instance adds to R, and to R⁺ (11.1), with the horizon of 3.4: that of ρ if ρ is F, else the least of ρ and all lifts.
Judged contribution(const Instance& instance);
Judged contribution_if_obtained(const Instance& instance);

/// Judges all lifts of the instance's restriction at scene.now; `outside` tells of a standing instance without a join whether the
/// person can do a side outside a lift's `within`.
using Outside = std::function<Judged(const kernel::Lift&)>;
void judge_lifts(const World& world, Instance& instance, const Scene& scene, const Outside& outside = {});

/// The lifts that a statement elaborated to, by qualified or unique local name.
std::vector<LiftId> lifts_named(const Kernel& kernel, std::string_view id);
/// from ≤ now < until ∧ approved ∧ its controls in force for this person (8.1, 8.2); not whether it selects anything.
Judged in_force(const World& world, const kernel::Lift& lift, const std::optional<Key>& person, const Scene& scene);
Judged control_in_force(const World& world, kernel::ControlId control, const std::optional<Key>& person, const Scene& scene);
/// The instance is among those that the lift selects, `while` included, time not.
Judged selects(const World& world, const kernel::Lift& lift, const Instance& instance, const Scene& scene, const Outside& outside = {});

}  // namespace writ::interpret
