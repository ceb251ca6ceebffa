// A baseline: findings that a project accepts for a while, each with the last day on which it does and the reason. It is how one starts
// with a thousand findings on a Monday and still sees the one that is new. Only warnings and verdicts of the prover can be accepted: what
// does not compile has no meaning, and a failed test is a question answered wrongly. Plain data; reads no clock: `today` is the caller's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"

namespace writ::project {

using Day = std::int32_t;                  ///< days since 1970-01-01

inline constexpr Day kLongestAcceptance = 366;   ///< days from today: who accepts for longer does not mean to look again

struct Acceptance {
  diagnostics::Code code{};
  std::string file;                        ///< as diagnostics show it; "" for a finding that stands nowhere
  std::string what;                        ///< the obligation, or the message: whatever stays when lines move
  Day through = 0;                         ///< last day included
  std::string because;
  source::Range range;                     ///< in the baseline
};

struct Baseline {
  std::vector<Acceptance> entries;         ///< each accepts one finding
};

bool can_be_accepted(diagnostics::Code code);
/// What an entry for this finding says, but for its end and reason.
Acceptance acceptance_of(const diagnostics::Diagnostic& finding, const source::SourceSet& sources);

/// nullopt after an error, which is told where it stands.
std::optional<Baseline> read_baseline(const source::SourceSet& sources, source::FileId file, Day today, diagnostics::Sink& sink);
/// The file's text, sorted, so that two people who accept different findings do not meet in one place.
std::string print(const Baseline& baseline);

/// "2027-03-31" ↔ days.
std::string date_text(Day day);
std::optional<Day> read_date(std::string_view text);

/// Findings split into those that count and those that an entry accepts.
struct Sorted {
  std::vector<diagnostics::Diagnostic> open;
  struct Accepted {
    diagnostics::Diagnostic finding;
    Acceptance by;
  };
  std::vector<Accepted> accepted;
  std::vector<Acceptance> unused;          ///< in force, and accept nothing
};
/// An entry that has ended accepts nothing; its finding counts and says so.
Sorted sort_out(std::vector<diagnostics::Diagnostic> findings, const Baseline& baseline, Day today, const source::SourceSet& sources);

}  // namespace writ::project
