// The author's statements → a typed program: every name an id, every condition typed, every date an instant; or an explanation of why
// that cannot be. `check` answers for a whole policy, a TestChecker for its `test` statements, each of which is the policy with the test's
// items added and its `without` taken away. Both read the files only; results own everything they need. One call belongs to one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/check/recording.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/typed_ir/program.h"

namespace writ::check {

struct Options {
  std::string project_name;
  std::string policy_version;
  bool accept_marks = true;             ///< [trust] marks = "accept"
  Recording* recording = nullptr;       ///< filled, if there is one
};

/// nullopt if any error was reported. Tests in the files are left alone; each is the business of check_test.
std::optional<typed_ir::Program> check(const std::vector<const ast::File*>& files, const Options& options, diagnostics::Sink& sink);

struct CheckedTest {
  std::shared_ptr<const typed_ir::Program> program;   ///< the same one for all tests that only state facts
  typed_ir::Scenario scenario;
};

/// Checks the tests of one policy. The policy is checked once for all tests that only state facts, so that a policy with as many tests as
/// roles takes time in proportion; a test that adds or takes away statements has a policy of its own. Files must outlive it.
class TestChecker {
 public:
  TestChecker(std::vector<const ast::File*> files, Options options);
  ~TestChecker();
  TestChecker(const TestChecker&) = delete;
  TestChecker& operator=(const TestChecker&) = delete;

  /// nullopt after an error. `expect error E { … }` is judged here: each snippet is checked as an addition to the test's policy.
  std::optional<CheckedTest> check(const ast::File& of, const ast::Test& test, diagnostics::Sink& sink);
  /// Whether other tests have this program, too.
  bool shares(const typed_ir::Program& program) const;

 private:
  struct Policy;
  std::shared_ptr<Policy> policy_of(const ast::File& of, const ast::Test& test, diagnostics::Sink& sink);

  std::vector<const ast::File*> files_;
  Options options_;
  std::shared_ptr<Policy> shared_;      ///< of the tests that only state facts; made by the first of them
};

/// One test alone.
std::optional<CheckedTest> check_test(const std::vector<const ast::File*>& files, const ast::File& of, const ast::Test& test,
                                      const Options& options, diagnostics::Sink& sink);

/// The version of the time-zone table that dates are resolved against, for the manifest.
std::string time_zone_table_version();

}  // namespace writ::check
