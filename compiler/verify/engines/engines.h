// One function per kind of question: from an obligation to a verdict. Each makes its own solver questions; none touches anything shared.
#pragma once

#include "compiler/verify/engines/question.h"

namespace writ::verify {

struct Solved {
  Verdict verdict;
  std::vector<std::string> assumptions;
  std::optional<Witness> witness;
  std::uint64_t effort = 0;
};

Solved solve_role_sod(const Settings& settings, const Obligation& obligation);
Solved solve_claim(const Settings& settings, const Obligation& obligation);
Solved solve_independence(const Settings& settings, const kernel::Claim& claim);
Solved solve_terms(const Settings& settings, const Obligation& obligation);
Solved solve_fail_closed(const Settings& settings, const Obligation& obligation);
Solved solve_horizon(const Settings& settings, const Obligation& obligation);
Solved solve_expiry(const Settings& settings, const Obligation& obligation);
Solved solve_dead_grant(const Settings& settings, const Obligation& obligation);
Solved solve_dead_restriction(const Settings& settings, const Obligation& obligation);
Solved solve_dead_lift(const Settings& settings, const Obligation& obligation);
Solved solve_dead_role(const Settings& settings, const Obligation& obligation);
Solved solve_overclaim(const Settings& settings, const Obligation& obligation);
Solved solve_broken_lift(const Settings& settings, const Obligation& obligation);
Solved solve_broken_birthright(const Settings& settings, const Obligation& obligation);
Solved solve_single_valued(const Settings& settings, const Obligation& obligation);

Solved solve(const Settings& settings, const Obligation& obligation);

inline Solved proved(std::vector<std::string> assumptions = {}) { return {{VerdictKind::Proved, Reason::None, {}}, std::move(assumptions), {}, 0}; }
inline Solved refuted(std::string detail, Witness witness) { return {{VerdictKind::Refuted, Reason::None, std::move(detail)}, {}, std::move(witness), 0}; }
inline Solved vacuous(const Settings& settings, Reason reason, std::string detail) {
  if (settings.faults.contains(Fault::VacuousAsProved)) return proved();
  return {{VerdictKind::Vacuous, reason, std::move(detail)}, {}, {}, 0};
}
inline Solved open(Verdict verdict) { return {std::move(verdict), {}, {}, 0}; }

}  // namespace writ::verify
