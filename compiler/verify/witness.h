// Why an obligation does not hold, as data that somebody else can check: requests in the AuthZEN shape with the outcome that each must get,
// or names, or arithmetic. A witness is minimised in a fixed order (fewest known facts, then smallest values) and replayed before it is
// shown. The story tells the same in the policy's own words. Plain data.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/question/decision.h"
#include "compiler/source/source.h"

namespace writ::verify {

enum class WitnessKind : std::uint8_t {
  Decisions,      ///< 1 to k requests, each with its outcome
  DecisionPair,   ///< two requests that differ in an instant (horizon), a missing fact (fail-closed) or one that is otherwise (assert)
  PolicyPair,     ///< one request, asked of the policy and of the policy without `removed`
  Static,         ///< arithmetic over the statements
  Killers,        ///< names: what makes a statement dead or a promise void
  Standing        ///< a person with holdings, judged by `standing` (role-sod)
};
std::string_view to_string(WitnessKind kind);

struct AskedRequest {
  std::string json;                          ///< one AuthZEN request, keys sorted
  question::Outcome outcome = question::Outcome::Permit;
};

enum class KillerForm : std::uint8_t {
  Rule,           ///< refuses it already
  Grant           ///< makes it redundant, or never gives what a rule would refuse
};
struct Killer {
  std::string name;
  source::Range range;
  KillerForm form = KillerForm::Rule;
};

/// One line of a story: a sentence, and the statement's place where one is meant.
struct StoryLine {
  std::string text;
  source::Range range;
};

struct Witness {
  WitnessKind kind = WitnessKind::Killers;
  std::vector<AskedRequest> requests;
  std::vector<std::string> removed;          ///< PolicyPair: lifts that are tombstones, by id
  std::string rule;                          ///< Standing: the restriction that must be found
  bool possible = false;                     ///< Standing: found as possible, not as must
  question::Instant at = 0;                  ///< Standing: when; DecisionPair of a horizon: the later instant, else 0
  std::vector<Killer> killers;
  std::vector<StoryLine> story;
  std::vector<std::string> replayed;         ///< engines that reproduced it: "interpreter", "bundle"
};

/// The story as lines of text, places appended: "…  risks.writ:12".
std::string tell(const Witness& witness, const source::SourceSet& sources);

}  // namespace writ::verify
