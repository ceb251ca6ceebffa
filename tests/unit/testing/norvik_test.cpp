// The reference company's oracles and every other example run green, in the interpreter and, to the byte, on the bundle.
#include <gtest/gtest.h>

#include "compiler/testing/bundle_evaluator.h"
#include "tests/unit/check/policy_text.h"

namespace writ::testing {
namespace {

class Company : public ::testing::TestWithParam<const char*> {};

TEST_P(Company, EveryTestPasses) {
  check::PolicyText policy;
  policy.add_folder(std::filesystem::path(WRIT_SOURCE_DIR) / GetParam());
  Options options;
  options.check = policy.options;
  options.also = {on_the_bundle()};
  diagnostics::Sink sink;
  const auto results = run(policy.files(), policy.sources, options, sink);
  EXPECT_FALSE(results.empty());
  for (const TestResult& result : results) {
    EXPECT_TRUE(result.checked) << result.name;
    for (const Failure& failure : result.failures) {
      std::string unknown;
      for (const std::string& fact : failure.unknown) unknown += " " + fact;
      ADD_FAILURE() << policy.sources.place(failure.range) << ": " << policy.sources.text(failure.range) << "\n  expected " << failure.expected
                    << "\n  got      " << failure.got << "\n  unknown " << unknown;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Examples, Company, ::testing::Values("examples/norvik", "examples/hello"));

}  // namespace
}  // namespace writ::testing
