// Exceptions and mitigations that do not compile, each by the name of its error, and next to it one that differs in a word and does.
#include <gtest/gtest.h>

#include "tests/unit/check/policy_text.h"

namespace writ::check {
namespace {

constexpr const char* kRules = R"(
module firm.more  owner role boss
control watch "Weekly review" { for eyes  owner "fay"  monitor "fay"  every 7d }
control other "Another" { for bp  owner "fay"  monitor "fay"  every 7d }
sod both   high "Both"    { separate bank.change from inv.enter  within same Entity  waiver at most 30d in a row, renew 1, cooling 14d, by two }
sod soon   high "Soon"    { separate po.create from inv.enter  within same Entity  enforced from 2026-10-01  waiver at most 30d, by board }
sod watched high "Watched" { separate po.create from inv.approve  within same Entity  waiver at most 30d, by board, with control }
sod used   high "Used"    { separate po.create from gr.post  within same Plant  at use  waiver at most 30d }
forbid big high "Big"     { inv.enter where resource.amount > 100 EUR  waiver at most 30d, by line_of }
never  huge               { inv.enter where resource.amount > 900 EUR }
approval two     = role boss and role chief due 2d
approval line_of = principal.manager due 2d
)";

class Lifts : public ::testing::Test {
 protected:
  std::set<std::string> errors(const std::string& snippet) {
    policy.add_folder(std::filesystem::path(WRIT_SOURCE_DIR) / "tests/semantics");
    policy.add("more.writ", std::string(kRules) + snippet);
    const bool checked = policy.check().has_value();
    EXPECT_EQ(checked, policy.errors().empty());
    return policy.errors();
  }
  using Names = std::set<std::string>;
  PolicyText policy;
};

TEST_F(Lifts, ALiftWithinItsTermsCompiles) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  within DE  from 2026-06-01 through 2026-06-30  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{})
      << policy.messages();
  EXPECT_EQ(policy.warnings().count("approval_undecided"), 0u) << policy.messages();
}
TEST_F(Lifts, OneDayMoreIsTooLong) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  from 2026-06-01 through 2026-07-01  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{"waiver_too_long"});
}
TEST_F(Lifts, NothingLiftsANever) {
  EXPECT_EQ(errors(R"(exception x waives huge { for "ada"  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{"waiver_not_allowed"});
}
TEST_F(Lifts, ARuleYieldsOnlyInItsOwnWay) {
  EXPECT_EQ(errors(R"(mitigation x covers bp { for "ada"  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-05-30  reason "r"  with other })"),
            Names{"mitigation_not_allowed"});
}
TEST_F(Lifts, AMitigationHasItsOwnLength) {
  EXPECT_EQ(errors(R"(mitigation x covers eyes { for "ada"  on same Invoice  from 2026-01-01 through 2027-01-01  approved by "eve" on 2025-12-20  reason "r"  with watch })"),
            Names{"mitigation_too_long"});
}
TEST_F(Lifts, WithControlMeansWithOne) {
  EXPECT_EQ(errors(R"(mitigation x covers eyes { for "ada"  on same Invoice  from 2026-01-01 through 2026-12-31  approved by "eve" on 2025-12-20  reason "r" })"),
            Names{"control_missing"});
}
TEST_F(Lifts, TheControlWatchesOverTheRule) {
  EXPECT_EQ(errors(R"(mitigation x covers eyes { for "ada"  on same Invoice  from 2026-01-01 through 2026-12-31  approved by "eve" on 2025-12-20  reason "r"  with other })"),
            Names{"control_not_for_rule"});
}
TEST_F(Lifts, ABindingThatTheRuleLacks) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  on same Vendor  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{"no_such_binding"});
}
TEST_F(Lifts, HoldingBothIsNotDoingBoth) {
  // `eyes` is bound to invoices only, and a lift without binding lines lifts standing bindings.
  EXPECT_EQ(errors(R"(mitigation x covers eyes { for "ada"  from 2026-01-01 through 2026-12-31  approved by "eve" on 2025-12-20  reason "r"  with watch })"),
            Names{"no_such_binding"});
}
TEST_F(Lifts, PointsMustExist) {
  EXPECT_EQ(errors(R"(exception x waives used { for "ada"  at use  from 2026-06-01 through 2026-06-10  reason "r" })"), Names{}) << policy.messages();
}
TEST_F(Lifts, PointsMustExistAndThisDoesNot) {
  EXPECT_EQ(errors(R"(exception x waives used { for "ada"  at assignment  from 2026-06-01 through 2026-06-10  reason "r" })"), Names{"no_such_binding"});
}
TEST_F(Lifts, AProhibitionHasNoBindings) {
  EXPECT_EQ(errors(R"(exception x waives big { for "ada"  on same Invoice  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{"no_such_binding"});
}
TEST_F(Lifts, AProhibitionSeesItsResource) {
  EXPECT_EQ(errors(R"(exception x waives big { for "ada"  within DE  on Invoice "i"  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{})
      << policy.messages();
}
TEST_F(Lifts, AScopeThatNoInstanceHas) {
  EXPECT_EQ(errors(R"(exception x waives big { for "ada"  on Run "r"  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{"no_such_binding"});
}
TEST_F(Lifts, NobodyApprovesForHimself) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "eve"  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{"approver_not_independent"});
}
TEST_F(Lifts, NobodyApprovesForWhoeverIsAboveHim) {
  // Eve is Ada's manager.
  EXPECT_EQ(errors(R"(exception x waives bp { for "eve"  from 2026-06-01 through 2026-06-10  approved by "ada" on 2026-05-30  reason "r" })"),
            (Names{"approver_not_independent", "approver_not_qualified"}));
}
TEST_F(Lifts, NobodyApprovesForAClassHeIsIn) {
  EXPECT_EQ(errors(R"(exception x waives bp { for Employee where principal.dept == TR  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{"approver_not_independent"});
}
TEST_F(Lifts, AnApproverHasTheCapacity) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  from 2026-06-01 through 2026-06-10  approved by "fay" on 2026-05-30  reason "r" })"),
            Names{"approver_not_qualified"});
}
TEST_F(Lifts, AnApproverHadTheCapacityThen) {
  // Eve was hired in 2010.
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  from 2026-06-01 through 2026-06-10  approved by "eve" on 2009-05-30  reason "r" })"),
            Names{"approver_not_qualified"});
}
TEST_F(Lifts, AndMeansTwoPeople) {
  EXPECT_EQ(errors(R"(exception x waives both { for "ada"  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-05-30, "eve" on 2026-05-31  reason "r" })"),
            Names{"approver_not_qualified"});
}
TEST_F(Lifts, AndIsSatisfiedByTwo) {
  EXPECT_EQ(errors(R"(exception x waives both { for "ada"  from 2026-06-01 through 2026-06-10  approved by "fay" on 2026-05-30, "eve" on 2026-05-31  reason "r" })"),
            Names{})
      << policy.messages();
}
TEST_F(Lifts, APathNamesTheApprover) {
  EXPECT_EQ(errors(R"(exception x waives big { for "ada"  from 2026-06-01 through 2026-06-10  approved by "fay" on 2026-05-30  reason "r" })"),
            Names{"approver_not_qualified"});
}
TEST_F(Lifts, WhomTheFactsDoNotNameIsUndecided) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  from 2026-06-01 through 2026-06-10  approved by "gus" on 2026-05-30  reason "r" })"), Names{});
  EXPECT_TRUE(policy.warnings().count("approval_undecided")) << policy.messages();
}
TEST_F(Lifts, ThreeInARowAreTwoRenewals) {
  EXPECT_EQ(errors(R"(
exception a waives bp { for "ada"  within DE  from 2026-01-01 through 2026-01-20  approved by "eve" on 2025-12-30  reason "r" }
exception b waives bp { for "ada"  within DE  from 2026-02-01 through 2026-02-20  approved by "eve" on 2026-01-30  reason "r" }
exception c waives bp { for "ada"  from 2026-03-04 through 2026-03-23  approved by "eve" on 2026-03-03  reason "r" }
)"),
            Names{"renewal_cap"});
}
TEST_F(Lifts, AnotherPersonAnotherPlaceOrAPauseIsNoRenewal) {
  EXPECT_EQ(errors(R"(
exception a waives bp { for "ada"  within DE  from 2026-01-01 through 2026-01-20  approved by "eve" on 2025-12-30  reason "r" }
exception b waives bp { for "ada"  within FR  from 2026-01-21 through 2026-02-10  approved by "eve" on 2025-12-30  reason "r" }
exception c waives bp { for "ben"  within DE  from 2026-01-21 through 2026-02-10  approved by "eve" on 2025-12-30  reason "r" }
exception d waives bp { for "ada"  within DE  from 2026-03-01 through 2026-03-20  approved by "eve" on 2026-02-28  reason "r" }
exception e waives bp { for "ada"  within DE  from 2026-05-01 through 2026-05-20  approved by "eve" on 2026-04-28  reason "r" }
)"),
            Names{})
      << policy.messages();
}
TEST_F(Lifts, TwinsAreAChain) {
  EXPECT_EQ(errors(R"(
exception a waives bp { for "ada"  from 2026-01-01 through 2026-01-20  approved by "eve" on 2025-12-30  reason "r" }
exception b waives bp { for "ada"  from 2026-01-01 through 2026-01-20  approved by "eve" on 2025-12-30  reason "r" }
exception c waives bp { for "ada"  from 2026-01-01 through 2026-01-20  approved by "eve" on 2025-12-30  reason "r" }
)"),
            Names{"renewal_cap"});
}
TEST_F(Lifts, TheTotalOfAChainIsBounded) {
  EXPECT_EQ(errors(R"(
exception a waives both { for "ada"  from 2026-01-01 through 2026-01-20  approved by "fay" on 2025-12-30, "eve" on 2025-12-30  reason "r" }
exception b waives both { for "ada"  from 2026-01-21 through 2026-02-05  approved by "fay" on 2025-12-30, "eve" on 2025-12-30  reason "r" }
)"),
            Names{"waiver_too_long_in_a_row"});
}
TEST_F(Lifts, ASentinelIsNoEnd) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  from 2026-06-01 through 9999-12-31  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{"sentinel_date"});
}
TEST_F(Lifts, UntilADateIsNotSaid) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  from 2026-06-01 until 2026-06-05  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{"until_needs_instant"});
}
TEST_F(Lifts, ARuleThatDoesNotBiteYet) {
  EXPECT_EQ(errors(R"(exception x waives soon { for "ada"  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-05-30  reason "r" })"),
            Names{"lifts_nothing"});
}
TEST_F(Lifts, EverythingTemporaryIsExplained) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-05-30 })"),
            Names{"lift_without_reason"});
}
TEST_F(Lifts, EverythingTemporaryEnds) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  approved by "eve" on 2026-05-30  reason "r" })"), Names{"lift_without_period"});
}
TEST_F(Lifts, SomebodyApproved) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  from 2026-06-01 through 2026-06-10  reason "r" })"), Names{"lift_without_approval"});
}
TEST_F(Lifts, AnApprovalCountsFromWhenItWasGiven) {
  EXPECT_EQ(errors(R"(exception x waives bp { for "ada"  from 2026-06-01 through 2026-06-10  approved by "eve" on 2026-06-03  reason "r" })"), Names{});
  EXPECT_TRUE(policy.warnings().count("approved_after_start")) << policy.messages();
}

}  // namespace
}  // namespace writ::check
