// What the process answers (docs/command_line.md, "Exit codes"). Of several the worst counts, in the order 70, 5, 2, 1, 3, 0.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"

namespace writ::driver {

enum class ExitCode : std::uint8_t { Good = 0, Findings = 1, Usage = 2, Undecided = 3, Integrity = 5, Internal = 70, Interrupted = 130 };

ExitCode worse(ExitCode a, ExitCode b);

/// What a run with these diagnostics answers, warnings being good.
ExitCode exit_code_of(const std::vector<diagnostics::Diagnostic>& all);

}  // namespace writ::driver
