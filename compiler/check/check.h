// The author's statements → a typed program: every name an id, every condition typed, every date an instant; or an explanation of why
// that cannot be. `check` answers for a whole policy, `check_test` for one `test`: the policy with the test's items added and its
// `without` taken away. Both read the files only; the result owns everything it needs. One call belongs to one thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/typed_ir/program.h"

namespace writ::check {

struct Options {
  std::string project_name;
  std::string policy_version;
  bool accept_marks = true;             ///< [trust] marks = "accept"
};

/// nullopt if any error was reported. Tests in the files are left alone; each is the business of check_test.
std::optional<typed_ir::Program> check(const std::vector<const ast::File*>& files, const Options& options, diagnostics::Sink& sink);

struct CheckedTest {
  typed_ir::Program program;
  typed_ir::Scenario scenario;
};
/// `expect error E { … }` is judged here: each snippet is checked as an addition to the test's policy.
std::optional<CheckedTest> check_test(const std::vector<const ast::File*>& files, const ast::File& of, const ast::Test& test,
                                      const Options& options, diagnostics::Sink& sink);

/// The version of the time-zone table that dates are resolved against, for the manifest.
std::string time_zone_table_version();

}  // namespace writ::check
