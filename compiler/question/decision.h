// Words only: what a decision says (interfaces.md, "Decision"), for `perform` and `assign`, and what `standing` says of one person. Filled by the
// interpreter; the runtime fills its own and prints the same JSON. All lists are sorted by id as semantics.md 11.9 says. Plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::question {

enum class Outcome : std::uint8_t { Deny, Indeterminate, Pending, Permit };   ///< in order
std::string_view to_string(Outcome outcome);

/// Milliseconds UTC.
using Instant = std::int64_t;

struct Citation { std::string id; std::string at; std::string sentence; };
struct LiftUse {
  std::string id;
  std::string kind;                        ///< exception, mitigation, warrant
  std::string owner;
  std::optional<Instant> until;
  std::string approval;                    ///< "claimed", "signed", or ""
  std::string control;                     ///< "tested", "recorded", or ""
  friend auto operator<=>(const LiftUse&, const LiftUse&) = default;
};
struct ObligationUse { std::string id; std::string kind; std::string whom; friend auto operator<=>(const ObligationUse&, const ObligationUse&) = default; };
struct Missing {
  std::string requirement;                 ///< statement id
  std::string chain;                       ///< approval chain's id, or ""
  std::uint32_t step = 0;                  ///< from 1; 0: mfa, evidence
  std::string who;                         ///< a rule, not a name: "role controller within same LegalEntity"; "mfa", "evidence call-back"
  std::optional<Instant> by;
  friend auto operator<=>(const Missing&, const Missing&) = default;
};
struct UnknownFact {
  std::string fact;                        ///< "resource.amount", "history", "held", "path"
  std::string reason;                      ///< not_supplied, ill_typed, out_of_range, not_in_enum, other_currency, too_large, stale, too_fine, contradictory, incomplete
  friend auto operator<=>(const UnknownFact&, const UnknownFact&) = default;
};
struct NearestMiss {
  std::string grant;                       ///< role that grants
  std::string at;
  bool held = false;                       ///< effectively held
  std::vector<std::string> failed;         ///< conjuncts that are F, printed
  std::vector<std::string> unknown;        ///< conjuncts that are U
};
/// What decided nothing: violations beside the one asked about (`assign`: stands_already), and what a rule that is not enforced at that time
/// would have restricted (not_enforced; not_enforced_possible where a fact is unknown). `from`: when the rule will be enforced, if it will.
struct Finding {
  std::string rule;
  std::string person;                      ///< "" for a person nobody knows, and for rules about people together
  std::string within;
  std::string state;
  std::optional<Instant> from;
  std::optional<Instant> until;
  friend auto operator<=>(const Finding&, const Finding&) = default;
};
struct Ignored { std::string name; std::string nearest; std::optional<std::uint32_t> path; std::string why; };
struct End { Instant at; std::string why; };

struct Decision {
  Outcome outcome = Outcome::Deny;
  std::string reason;                      ///< "unknown_action", "wrong_type" …, or ""
  std::optional<Instant> valid_until;      ///< nullopt: never changes by time alone; 0: may not be reused
  std::optional<End> end;                  ///< assign
  std::optional<Instant> possible_from;    ///< assign
  std::vector<Citation> decided_by;
  std::vector<LiftUse> lifts;
  std::vector<ObligationUse> obligations;
  std::vector<Missing> missing;
  std::vector<UnknownFact> unknown;
  std::vector<std::string> rests_on;
  std::string holds_for_version;           ///< "" where no history was read
  std::vector<Finding> findings;
  std::vector<NearestMiss> nearest_misses;
  std::vector<std::string> emergencies;
  std::vector<Ignored> ignored;
  std::string bundle;                      ///< "sha256:…", "" for the interpreter without a bundle
  std::string policy_version;
  std::string decision_id;
};

/// The JSON of interfaces.md: all keys, in that order; instants as RFC 3339 UTC with milliseconds only where not zero.
std::string to_json(const Decision& decision);
std::string format_instant(Instant instant);

/// One instance of a rule for one person (5, 6.5, 11.6).
struct StandingFinding {
  enum class State : std::uint8_t { Open, Excepted, Mitigated, Lapsed, Overdue } state = State::Open;
  bool possible = false;                   ///< false: must
  bool exposure = false;                   ///< can, has not: the rule is bound to objects only
  std::string rule;
  std::string restriction;
  std::string person;                      ///< effective person
  std::string within;                      ///< joined value(s), "" without a join
  Instant from = 0;                        ///< when the instance began
  std::optional<Instant> until;            ///< when it ends, if it does
  std::string lift;                        ///< Excepted, Mitigated, Lapsed, Overdue
  std::optional<Instant> since;            ///< Overdue
  std::vector<std::vector<std::string>> sides;   ///< per side: the shortest derivations ("po.create by norvik.p2p.buyer(P1210)")
  std::vector<UnknownFact> unknown;        ///< what makes it possible only
  std::string disjoint;                    ///< safe: the dimension whose value sets do not meet
};

}  // namespace writ::question
