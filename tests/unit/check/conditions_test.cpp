// What conditions become.
#include "tests/unit/check/policy.h"

namespace writ::check {
namespace {

struct Typed {
  const char* text;       ///< a statement named x
  const char* printed;
};
class Condition : public testing::TestWithParam<Typed> {};

TEST_P(Condition, becomes) {
  const Checked checked = check_in_firm(GetParam().text);
  ASSERT_TRUE(checked.program) << checked.rendered();
  EXPECT_EQ(where_of(checked, "x"), GetParam().printed);
}

const Typed kTyped[] = {
    {"never x { inv.enter where resource.period == closed }", "resource.period == closed"},
    {"never x { inv.enter where closed == resource.period }", "resource.period == closed"},
    {"never x { inv.enter where resource.period != Period.closed }", "resource.period != closed"},
    {"never x { pay.execute where resource.score > 3 }", "resource.score > 3"},
    {"never x { pay.execute where 5_000 EUR <= resource.total }", "resource.total >= 5000 EUR"},
    {"never x { inv.enter where 2 * resource.amount - 1 EUR > 10 EUR }", "2 * resource.amount - 1 EUR > 10 EUR"},
    {"never x { job.schedule where resource.runs_as == \"bot-1\" }", "resource.runs_as == \"bot-1\""},
    {"never x { inv.enter where principal.last_day == none or now < principal.last_day }",
     "principal.last_day == none or now < principal.last_day"},
    {"never x { inv.enter where not (principal.last_day == none) and principal.last_day < now }",
     "principal.last_day != none and principal.last_day < now"},
    {"never x { inv.enter where principal.last_day otherwise 2026-01-01 < now }",
     "principal.last_day otherwise 2025-12-31T23:00Z < now"},
    {"never x { pay.execute where resource.vendors includes \"v\" }", "\"v\" in resource.vendors"},
    {"never x { inv.enter where principal.entities includes { DE, FR } }", "{ DE, FR } subset of principal.entities"},
    {"never x { inv.enter where principal.entities == { DE } }", "principal.entities == { DE }"},
    {"never x { inv.enter where principal.entities overlaps { DE } }", "principal.entities overlaps { DE }"},
    {"never x { inv.enter where resource.entity in principal.entities }", "resource.entity in principal.entities"},
    {"never x { inv.enter where principal.dept in { AP, TR } }", "principal.dept in { AP, TR }"},
    {"never x { inv.enter where principal.training is empty }", "principal.training is empty"},
    {"never x { job.schedule where input.reason starts with \"a\" }", "input.reason starts with \"a\""},
    {"never x { inv.enter where principal holds payer(DE) }", "principal holds role#3(DE)"},
    {"never x { inv.enter where resource.vendor under \"root\" }", "resource.vendor under \"root\""},
    {"never x { inv.enter where now during 2026-03-28 through 2026-03-29 }", "now >= 2026-03-27T23:00Z and now < 2026-03-29T22:00Z"},
    {"never x { inv.enter where now > principal.hired + 90d }", "principal.hired + 90d < now"},
    {"predicate late(t: time) = now > t  never x { inv.enter where late(principal.hired) }", "principal.hired < now"},
    {"predicate senior = principal.grade > 5  never x { inv.enter where senior and context.urgent }",
     "principal.grade > 5 and context.urgent"},
    {"threshold big = { 50_000 EUR, 55_000 USD }  never x { inv.enter where resource.amount > big }", "resource.amount > firm.big"},
    {"duty d = { inv.enter where resource.order == none }  never x { d where context.urgent }",
     "resource.order == none and context.urgent"},
    {"role x(e: Entity) for Employee { within e  may inv.enter where e in principal.entities }", "$0 in principal.entities"},
    {"never x { inv.enter where same person(principal, \"ada\") }", "principal == \"ada\""},
};
INSTANTIATE_TEST_SUITE_P(All, Condition, testing::ValuesIn(kTyped));

TEST(Guards, hold_only_to_their_right_and_only_where_they_hold) {
  EXPECT_EQ(check_in_firm("never x { inv.enter where principal.last_day < now and principal.last_day != none }").errors(),
            std::vector<std::string>{"optional_without_guard"});
  EXPECT_EQ(check_in_firm("never x { inv.enter where (principal.last_day != none or context.urgent) and principal.last_day < now }").errors(),
            std::vector<std::string>{"optional_without_guard"});
  EXPECT_EQ(check_in_firm("never x { inv.enter where (principal.last_day != none and context.urgent) and principal.last_day < now }").rendered(), "");
  EXPECT_EQ(check_in_firm("never x { inv.enter where not (principal.last_day == none or context.urgent) and principal.last_day < now }").rendered(), "");
  EXPECT_EQ(check_in_firm("predicate p(t: time) = t < now  never x { inv.enter where p(principal.last_day) }").errors(),
            std::vector<std::string>{"optional_without_guard"});
  EXPECT_EQ(check_in_firm("predicate p(t: time) = t < now  never x { inv.enter where principal.last_day != none and p(principal.last_day) }").rendered(), "");
}

TEST(Warnings, a_set_shown_not_to_be_empty_may_be_a_subset_in_a_grant) {
  const Checked checked = check_in_firm(
      "role x for Employee { may pay.execute where not (resource.vendors is empty) and resource.vendors subset of { \"a\" } }");
  EXPECT_EQ(checked.rendered(), "");
}

}  // namespace
}  // namespace writ::check
