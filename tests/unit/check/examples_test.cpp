// Every policy of examples/ and tests/semantics checks, and so does each of their tests.
#include <gtest/gtest.h>

#include "tests/unit/check/policy_text.h"

namespace writ::check {
namespace {

class Examples : public ::testing::TestWithParam<const char*> {};

TEST_P(Examples, Check) {
  PolicyText policy;
  policy.add_folder(std::filesystem::path(WRIT_SOURCE_DIR) / GetParam());
  EXPECT_TRUE(policy.check()) << policy.messages();
  EXPECT_TRUE(policy.errors().empty()) << policy.messages();
}

TEST_P(Examples, TheirTestsCheckAndTheirErrorsComeTrue) {
  PolicyText policy;
  policy.add_folder(std::filesystem::path(WRIT_SOURCE_DIR) / GetParam());
  for (const std::string& title : policy.test_titles()) {
    const auto test = policy.test(title);
    ASSERT_TRUE(test) << title << "\n" << policy.messages();
    for (const auto& expectation : test->scenario.expectations)
      if (const auto* error = std::get_if<typed_ir::ExpectError>(&expectation.what)) {
        std::string got;
        for (const std::string& name : error->got) got += name + " ";
        EXPECT_TRUE(error->found) << title << ": expected " << error->error << ", got " << got;
      }
  }
}

INSTANTIATE_TEST_SUITE_P(All, Examples, ::testing::Values("tests/semantics", "examples/norvik", "examples/hello"));

}  // namespace
}  // namespace writ::check
