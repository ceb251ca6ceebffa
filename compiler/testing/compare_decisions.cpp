#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/testing/compare.h"

namespace writ::testing {
namespace {

using question::Decision;
using typed_ir::ExpectDecision;
using typed_ir::Instant;
using typed_ir::kForever;

using Names = std::vector<std::string>;

Names sorted(Names names) {
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

Names deciding(const Decision& got) {
  Names names;
  for (const auto& citation : got.decided_by) names.push_back(citation.id);
  return sorted(std::move(names));
}

Names unknown_facts(const Decision& got) {
  Names names;
  for (const auto& fact : got.unknown) names.push_back(fact.fact);
  return sorted(std::move(names));
}

Names owed(const Decision& got) {
  Names names;
  for (const auto& obligation : got.obligations) names.push_back(obligation.id);
  return sorted(std::move(names));
}

/// An assignment rests on what it would be revoked with, an act on the lifts that permit it; a warrant is no such lift.
Names rests_on(const ExpectDecision& expected, const Decision& got) {
  if (expected.question != ExpectDecision::Question::Perform) return sorted(got.rests_on);
  Names names;
  for (const auto& lift : got.lifts)
    if (lift.kind != "warrant") names.push_back(lift.id);
  return sorted(std::move(names));
}

Instant first_end(const Decision& got) {
  Instant end = kForever;
  for (const auto& lift : got.lifts)
    if (lift.kind != "warrant" && lift.until) end = std::min(end, *lift.until);
  return end;
}

/// `until` is valid until; of an assignment that is not refused, its end.
Instant until_of(const ExpectDecision& expected, const Decision& got) {
  const bool granted = got.outcome == question::Outcome::Permit || got.outcome == question::Outcome::Pending;
  if (expected.question != ExpectDecision::Question::Perform && granted) return got.end ? got.end->at : kForever;
  return got.valid_until.value_or(kForever);
}

/// Each missing warrant by its requirement or its chain; every name must be one of them.
bool same_missing(const Names& expected, const Decision& got) {
  const auto named = [&](const question::Missing& m) {
    return std::binary_search(expected.begin(), expected.end(), m.requirement) || std::binary_search(expected.begin(), expected.end(), m.chain);
  };
  const auto is_missing = [&](const std::string& name) {
    return std::any_of(got.missing.begin(), got.missing.end(), [&](const auto& m) { return m.requirement == name || m.chain == name; });
  };
  return std::all_of(got.missing.begin(), got.missing.end(), named) && std::all_of(expected.begin(), expected.end(), is_missing);
}

Names missing(const Decision& got) {
  Names names;
  for (const auto& m : got.missing) names.push_back(m.chain.empty() ? m.requirement : m.requirement + " (" + m.chain + ")");
  return sorted(std::move(names));
}

/// Collects what differs, as two sentences that answer each other.
class Differences {
 public:
  void names(const char* word, const std::optional<Names>& expected, const Names& got) {
    if (expected && sorted(*expected) != got) add(word, names_text(*expected), names_text(got));
  }
  void instant(const char* word, const std::optional<Instant>& expected, Instant got) {
    if (expected && *expected != got) add(word, typed_ir::print_instant(*expected), typed_ir::print_instant(got));
  }
  void add(const std::string& word, const std::string& expected, const std::string& got) {
    expected_ += (expected_.empty() ? "" : " ") + word + (word.empty() ? "" : " ") + expected;
    got_ += (got_.empty() ? "" : " ") + word + (word.empty() ? "" : " ") + got;
  }
  bool any() const { return !expected_.empty(); }
  const std::string& expected() const { return expected_; }
  const std::string& got() const { return got_; }

 private:
  std::string expected_, got_;
};

question::Outcome outcome(typed_ir::Outcome o) { return static_cast<question::Outcome>(o); }

}  // namespace

std::string names_text(const Names& names) { return names.empty() ? "nothing" : fmt::format("{}", fmt::join(names, ", ")); }

std::optional<Failure> compare(const typed_ir::Program&, const typed_ir::Expectation& expectation, const ExpectDecision& expected,
                               const Decision& got) {
  const typed_ir::Details& details = expected.details;
  Differences differences;
  const bool same_outcome = outcome(expected.outcome) == got.outcome;
  if (!same_outcome) {
    differences.add("", std::string(question::to_string(outcome(expected.outcome))),
                    fmt::format("{} by {}{}", question::to_string(got.outcome), names_text(deciding(got)), got.reason.empty() ? "" : " (" + got.reason + ")"));
    if (!got.missing.empty()) differences.add("missing", "what it may", names_text(missing(got)));
  } else {
    differences.names("by", details.by, deciding(got));
    differences.names("unknown", details.unknown, unknown_facts(got));
    differences.names("owing", details.owing, owed(got));
    if (details.missing && !same_missing(*details.missing, got)) differences.add("missing", names_text(*details.missing), names_text(missing(got)));
    if (details.until) differences.instant("until", details.until, until_of(expected, got));
    if (details.possible_from) differences.instant("possible from", details.possible_from, got.possible_from.value_or(kForever));
    if (details.resting) {
      differences.names("resting on", details.resting->on, rests_on(expected, got));
      differences.instant("resting until", details.resting->until, first_end(got));
    }
  }
  if (!differences.any()) return std::nullopt;
  Failure failure{expectation.range, differences.expected(), differences.got(), {}};
  for (const auto& fact : got.unknown) failure.unknown.push_back(fmt::format("{} ({})", fact.fact, fact.reason));
  return failure;
}

}  // namespace writ::testing
