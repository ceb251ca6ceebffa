// Every example of the semantics that is in scope, on its surface text: one GoogleTest per `test` statement, with what it expects, of the reference
// interpreter and, to the byte, of the bundle.
#include <gtest/gtest.h>

#include "compiler/testing/bundle_evaluator.h"
#include "tests/unit/check/policy_text.h"

namespace writ::testing {
namespace {

class Semantics : public ::testing::TestWithParam<std::string> {};

check::PolicyText& policy() {
  static check::PolicyText text;
  static const bool read = (text.add_folder(std::filesystem::path(WRIT_SOURCE_DIR) / "tests/semantics"), true);
  (void)read;
  return text;
}

TEST_P(Semantics, Holds) {
  Options options;
  options.check = policy().options;
  options.names = {GetParam()};
  options.also = {on_the_bundle()};
  diagnostics::Sink sink;
  const auto results = run(policy().files(), policy().sources, options, sink);
  ASSERT_EQ(results.size(), 1u);
  std::string text = policy().messages();
  for (const auto& message : sink.peek()) text += policy().sources.place(message.range) + ": " + message.message() + "\n";
  EXPECT_TRUE(results.front().checked) << text;
  for (const Failure& failure : results.front().failures) {
    std::string unknown;
    for (const std::string& fact : failure.unknown) unknown += " " + fact;
    ADD_FAILURE() << policy().sources.place(failure.range) << ": " << policy().sources.text(failure.range) << "\n  expected " << failure.expected
                  << "\n  got      " << failure.got << "\n  unknown " << unknown;
  }
}

std::string short_name(const ::testing::TestParamInfo<std::string>& info) {
  const auto end = info.param.find(' ');
  return info.param.substr(0, end);
}

INSTANTIATE_TEST_SUITE_P(Example, Semantics, ::testing::ValuesIn(policy().test_titles()), short_name);

}  // namespace
}  // namespace writ::testing
