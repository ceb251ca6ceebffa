// A test that expects something else fails, and says what it got: the runner's own examples, each wrong in one word.
#include <gtest/gtest.h>

#include "compiler/testing/testing.h"
#include "tests/unit/check/policy_text.h"

namespace writ::testing {
namespace {

class Failing : public ::testing::Test {
 protected:
  TestResult run_one(const std::string& lines, const std::vector<MakeEvaluator>& also = {}) {
    policy.add_folder(std::filesystem::path(WRIT_SOURCE_DIR) / "tests/semantics");
    policy.add("t.writ", "module firm.t\nuse facts firm.people\ntest \"only this\" {\n" + lines + "\n}\n");
    Options options;
    options.check = policy.options;
    options.names = {"only this"};
    options.also = also;
    auto results = run(policy.files(), policy.sources, options, policy.sink);
    EXPECT_EQ(results.size(), 1u);
    return results.at(0);
  }
  std::string got(const std::string& lines) {
    const TestResult result = run_one(lines);
    EXPECT_TRUE(result.checked) << policy.messages();
    return result.failures.empty() ? "passed" : result.failures.front().got;
  }
  check::PolicyText policy;
};

TEST_F(Failing, AnotherOutcome) {
  const TestResult result = run_one("given ada holds ap\nexpect deny ada inv.enter on i");
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].expected, "deny");
  EXPECT_EQ(result.failures[0].got, "permit by firm.ap");
}
TEST_F(Failing, AnotherReason) {
  EXPECT_EQ(got("given ada holds ap\nhistory ada did inv.enter on i\nexpect deny ada inv.approve on i by bp"), "by firm.eyes");
}
TEST_F(Failing, AnotherEnd) { EXPECT_EQ(got("given ada holds ap through 2026-06-30\nexpect permit ada inv.enter on i until never"), "until 2026-06-30T22:00Z"); }
TEST_F(Failing, AnotherUnknownFact) {
  const TestResult result = run_one("given ada holds ap\ngiven partial history\nexpect indeterminate ada inv.approve on i unknown resource.amount");
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].got, "unknown history");
  EXPECT_EQ(result.failures[0].unknown, std::vector<std::string>{"history (incomplete)"});
}
TEST_F(Failing, AnotherWarrant) {
  EXPECT_NE(got("require big { approval dual before pay.execute }\ngiven ada holds payer(DE)\nexpect pending ada pay.execute on r missing line"), "passed");
}
TEST_F(Failing, AViolationLeftOut) {
  EXPECT_NE(got("given ada holds payer(DE), payer(FR), steward(DE), steward(FR)\nexpect violation bp of ada within DE"), "passed");
}
TEST_F(Failing, AViolationTooMany) { EXPECT_EQ(got("given ada holds payer(DE)\nexpect violation bp of ada"), "nothing"); }
TEST_F(Failing, NoViolationWhereThereIsOne) {
  EXPECT_NE(got("given ada holds payer(DE), steward(DE)\nexpect no violation of ada").find("violation firm.bp within DE"), std::string::npos);
}
TEST_F(Failing, AnErrorThatDoesNotCome) { EXPECT_EQ(got("expect error sentinel_date { never x { inv.enter } }"), "it compiles"); }
TEST_F(Failing, AProofThatDoesNotCome) { EXPECT_NE(got("expect refuted \"role-sod\" of ap"), "passed"); }

/// Answers whatever it is told.
class Parrot : public Evaluator {
 public:
  std::string name() const override { return "parrot"; }
  tl::expected<std::string, std::string> decide(const json::Value&) override { return std::string("{}"); }
};

TEST_F(Failing, AnotherEvaluatorThatDisagrees) {
  const TestResult result = run_one("given ada holds ap\nexpect permit ada inv.enter on i", {[](const kernel::Kernel&) { return std::make_unique<Parrot>(); }});
  ASSERT_EQ(result.failures.size(), 1u);
  EXPECT_EQ(result.failures[0].got, "parrot: {}");
}
TEST_F(Failing, ATestThatDoesNotCompile) { EXPECT_FALSE(run_one("expect permit nobody inv.enter on i").checked); }

TEST_F(Failing, IsReportedAtItsPlace) {
  const TestResult result = run_one("given ada holds ap\nexpect deny ada inv.enter on i");
  diagnostics::Sink sink;
  report({result}, sink);
  ASSERT_EQ(sink.size(), 1u);
  EXPECT_EQ(sink.peek()[0].message(), "expected deny, got permit by firm.ap");
  EXPECT_EQ(policy.sources.text(sink.peek()[0].range), "expect deny ada inv.enter on i");
}

}  // namespace
}  // namespace writ::testing
