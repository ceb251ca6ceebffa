// A decision of the core in words: every id looked up in the bundle, with places, sentences and the texts of conditions where the bundle has them
// (those sections may be dropped; then they are empty). It evaluates nothing: what is said was computed with the decision. Plain data that owns its
// text; lists are sorted as semantics.md 11.9 says.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <vector>

#include "runtime/core/decision.h"
#include "runtime/validate/validate.h"

namespace writ::explain {

using core::Instant;

struct Citation { std::string id, at, sentence; };
struct LiftUse {
  std::string id, kind, owner;
  std::optional<Instant> until;
  std::string approval, control;           ///< "claimed" or ""; "tested", "recorded" or ""
  friend auto operator<=>(const LiftUse&, const LiftUse&) = default;
};
struct ObligationUse {
  std::string id, kind, whom;
  friend auto operator<=>(const ObligationUse&, const ObligationUse&) = default;
};
struct Missing {
  std::string requirement, chain;
  std::uint32_t step = 0;
  std::string who;
  std::optional<Instant> by;
  friend auto operator<=>(const Missing&, const Missing&) = default;
};
struct UnknownFact {
  std::string fact, reason;
  friend auto operator<=>(const UnknownFact&, const UnknownFact&) = default;
};
struct NearestMiss {
  std::string grant, at;
  bool held = false;
  std::vector<std::string> failed, unknown;
};

/// What decided nothing: what a rule that is not enforced at that time would have restricted.
struct Finding {
  std::string rule, person, within, state; ///< person "": somebody nobody knows, or a rule about people together
  std::optional<Instant> from, until;
  friend auto operator<=>(const Finding&, const Finding&) = default;
};

struct Decision {
  core::Outcome outcome = core::Outcome::Deny;
  std::string reason;
  std::optional<Instant> valid_until;      ///< none: time alone never changes the answer
  bool reads_history = false;
  std::vector<Citation> decided_by;
  std::vector<LiftUse> lifts;
  std::vector<ObligationUse> obligations;
  std::vector<Missing> missing;
  std::vector<UnknownFact> unknown;
  std::vector<NearestMiss> nearest_misses;
  std::vector<Finding> findings;
};
Decision tell(const runtime::View& view, const core::Decision& decision);

/// RFC 3339 in UTC, with milliseconds only where they are not zero.
std::string instant(Instant at);

/// The name of a term as the language spells it: "resource.total".
std::string term_name(const runtime::View& view, core::Index term);

}  // namespace writ::explain
