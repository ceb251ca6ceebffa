#include "compiler/driver/exit_code.h"

namespace writ::driver {
namespace {

int rank(ExitCode code) {
  switch (code) {
    case ExitCode::Good: return 0;
    case ExitCode::Undecided: return 1;
    case ExitCode::Findings: return 2;
    case ExitCode::Usage: return 3;
    case ExitCode::Integrity: return 4;
    case ExitCode::Internal: return 5;
    case ExitCode::Interrupted: return 6;
  }
  return 5;
}

/// Findings by nature, though their codes stand among those of the command line.
bool is_finding(diagnostics::Code code) {
  using diagnostics::Code;
  return code == Code::not_formatted || code == Code::expectation_missed || code == Code::expectation_unmet ||
         code == Code::required_not_proved || code == Code::no_tests;
}

ExitCode exit_code_of(diagnostics::Code code) {
  if (is_finding(code)) return ExitCode::Findings;
  if (code == diagnostics::Code::proof_undecided) return ExitCode::Undecided;
  switch (static_cast<int>(code) / 1000) {
    case 6: case 8: return ExitCode::Usage;
    case 7: return ExitCode::Integrity;
    case 9: return ExitCode::Internal;
    default: return ExitCode::Findings;
  }
}

}  // namespace

ExitCode worse(ExitCode a, ExitCode b) { return rank(a) >= rank(b) ? a : b; }

ExitCode exit_code_of(const std::vector<diagnostics::Diagnostic>& all) {
  ExitCode worst = ExitCode::Good;
  for (const diagnostics::Diagnostic& d : all) {
    if (d.effective_severity() == diagnostics::Severity::Error) worst = worse(worst, exit_code_of(d.code));
  }
  return worst;
}

}  // namespace writ::driver
