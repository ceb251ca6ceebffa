// One computation of an outcome (11.1): the grants, the instances of restrictions, and what follows. Shared by perform and by each piece of
// an assignment's interval.
#pragma once

#include "compiler/interpret/lifts.h"
#include "compiler/interpret/warrants.h"

namespace writ::interpret {

using kernel::GrantId;
using question::Outcome;

struct GrantVerdict {
  GrantId grant;
  Judged judged;
  bool held = false;                       ///< its role is effectively held
};

struct Computation {
  std::vector<GrantVerdict> grants;
  std::vector<Instance> instances;
  Judged g, r, r_plus;
};
/// Fills r and r_plus from the instances.
void sum_up(Computation& computation);

Outcome outcome_of(const Computation& computation);
/// 11.2, before obligations and caps; kForever: time alone changes nothing.
Instant valid_until(const Computation& computation, Outcome outcome);

/// 11.3 at context.time.
Computation perform(const World& world);

/// 6.1: what rules that are not enforced yet (or only report) would have restricted at context.time, warrants as presented; sorted.
std::vector<question::Finding> not_enforced(const World& world);

/// Grants of the present act for one member of the path (5, 11.1), for each grant of the action.
std::vector<GrantVerdict> judge_grants(const World& world, const Record* person, const Scene& scene);

// Telling (11.8, 11.9).
struct Teller {
  const World& world;
  const Options& options;

  question::Citation cite(const std::string& id, const source::Range& range) const;
  std::string place(const source::Range& range) const { return options.place_of ? options.place_of(range) : ""; }
  question::LiftUse lift_use(LiftId lift) const;
  /// decided_by, lifts, missing, unknown.
  void tell(question::Decision& decision, const Computation& computation) const;
  void obligations(question::Decision& decision, Instant& horizon) const;
  void why_not_held(question::NearestMiss& miss, const Record& subject, RoleId role) const;
  void nearest(question::Decision& decision, const Computation& computation) const;
};

/// 11.4, whole decision.
question::Decision assign(const World& world, const Options& options);

}  // namespace writ::interpret
