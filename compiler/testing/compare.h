// What a test expects against what was answered (semantics.md 14.3): whatever is written must hold, exactly. Pure functions.
#pragma once

#include "compiler/testing/testing.h"
#include "compiler/typed_ir/program.h"

namespace writ::testing {

/// nullopt: as expected.
std::optional<Failure> compare(const typed_ir::Program& program, const typed_ir::Expectation& expectation,
                               const typed_ir::ExpectDecision& expected, const question::Decision& got);

/// All findings expected of one person against all that there are: every line with one qualifier together is the whole list.
std::vector<Failure> compare_findings(const typed_ir::Program& program, const std::vector<const typed_ir::Expectation*>& expected,
                                      const std::vector<question::StandingFinding>& got);
std::optional<Failure> compare(const typed_ir::Expectation& expectation, const typed_ir::ExpectOverdue& expected,
                               const std::vector<question::StandingFinding>& got);

std::string names_text(const std::vector<std::string>& names);   ///< "a, b" or "nothing"

}  // namespace writ::testing
