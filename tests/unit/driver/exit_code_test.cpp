#include "compiler/driver/exit_code.h"

#include <gtest/gtest.h>

namespace writ::driver {
namespace {

using diagnostics::Code;
using diagnostics::Diagnostic;
using diagnostics::Severity;

ExitCode exit_of(std::vector<Code> codes) {
  std::vector<Diagnostic> all;
  for (const Code code : codes) {
    Diagnostic d;
    d.code = code;
    d.severity = Severity::Error;
    all.push_back(d);
  }
  return exit_code_of(all);
}

TEST(ExitCodes, OfSeveralTheWorstCounts) {
  const ExitCode worst_first[] = {ExitCode::Interrupted, ExitCode::Internal, ExitCode::Integrity, ExitCode::Usage, ExitCode::Findings, ExitCode::Undecided, ExitCode::Good};
  for (std::size_t i = 0; i < std::size(worst_first); ++i) {
    for (std::size_t j = i; j < std::size(worst_first); ++j) {
      EXPECT_EQ(worse(worst_first[i], worst_first[j]), worst_first[i]);
      EXPECT_EQ(worse(worst_first[j], worst_first[i]), worst_first[i]);
    }
  }
}

TEST(ExitCodes, EveryErrorHasOne) {
  for (const auto& info : diagnostics::all_codes()) {
    const ExitCode code = exit_of({info.code});
    EXPECT_NE(code, ExitCode::Good) << info.name;
    EXPECT_NE(code, ExitCode::Interrupted) << info.name;
  }
}

TEST(ExitCodes, FollowWhatTheCodesAreAbout) {
  EXPECT_EQ(exit_of({}), ExitCode::Good);
  EXPECT_EQ(exit_of({Code::unknown_name}), ExitCode::Findings);
  EXPECT_EQ(exit_of({Code::role_sod_refuted}), ExitCode::Findings);
  EXPECT_EQ(exit_of({Code::proof_vacuous}), ExitCode::Findings);
  EXPECT_EQ(exit_of({Code::proof_possible}), ExitCode::Findings);
  EXPECT_EQ(exit_of({Code::proof_undecided}), ExitCode::Undecided);
  EXPECT_EQ(exit_of({Code::expectation_failed}), ExitCode::Findings);
  EXPECT_EQ(exit_of({Code::manifest_unknown_key}), ExitCode::Usage);
  EXPECT_EQ(exit_of({Code::baseline_unusable}), ExitCode::Usage);
  EXPECT_EQ(exit_of({Code::invalid_request}), ExitCode::Usage);
  EXPECT_EQ(exit_of({Code::bundle_refused}), ExitCode::Integrity);
  EXPECT_EQ(exit_of({Code::required_not_proved}), ExitCode::Findings);
  EXPECT_EQ(exit_of({Code::no_tests}), ExitCode::Findings);
  EXPECT_EQ(exit_of({Code::proof_undecided, Code::unknown_name}), ExitCode::Findings);
  EXPECT_EQ(exit_of({Code::cannot_read, Code::unknown_name}), ExitCode::Usage);
}

TEST(ExitCodes, WarningsAreGood) {
  for (const auto& info : diagnostics::all_codes()) {
    if (info.severity == Severity::Error) continue;
    Diagnostic d;
    d.code = info.code;
    EXPECT_EQ(exit_code_of({d}), ExitCode::Good) << info.name;
  }
}

}  // namespace
}  // namespace writ::driver
