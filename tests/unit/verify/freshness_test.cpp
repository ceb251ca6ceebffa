// Facts that count for a while only: a decision ends when one that it read goes stale, wherever it was read (semantics.md 2.5, 3.4).
#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

/// A vocabulary in which everything that a decision can read has a fresh attribute.
const char* const kFresh = R"(
enum Status { active, terminated }
resource Case { entity: Entity fresh within 1h, vendor: Vendor fresh within 1h, vendors: set<Vendor> fresh within 1h, note: string? fresh within 1h, amount: money<EUR> fresh within 1h, tags: set<string> fresh within 1h }
principal Clerk is human tenure from hired until last_day { status: Status fresh within 15min, boss: Clerk? fresh within 2h, grade: int fresh within 1h, hired: time fixed, last_day: time? fresh within 1h }
principal Agent7 is workload { owner: Clerk fresh within 1h }
action case.open, case.close, case.pay on Case
)";

std::string fresh(const std::string& statements) { return std::string(kFresh) + statements; }

TEST(Fresh, AFactOfThePrincipalOrResource) {
  const Policy p(fresh("role c for Clerk { may case.open where principal.status == active }\nnever big { case.open where resource.amount > 100 EUR }"));
  EXPECT_EQ(p.say("horizon/case.open"), "proved");
  EXPECT_EQ(p.say("fail-closed/case.open"), "proved");
}

TEST(Fresh, AnAbsentFact) {
  const Policy p(fresh("role c for Clerk { may case.open where resource.note == none }"));
  EXPECT_EQ(p.say("horizon/case.open"), "proved");
  const Policy q(fresh("role c for Clerk { may case.open where principal.boss == none }"));
  EXPECT_EQ(q.say("horizon/case.open"), "proved");
}

TEST(Fresh, ASet) {
  const Policy p(fresh("role c for Clerk { may case.open where \"x\" in resource.tags }\nnever none_ { case.open where not (\"y\" in resource.tags) }"));
  EXPECT_EQ(p.say("horizon/case.open"), "proved");
}

TEST(Fresh, AReferenceOnTheWay) {
  const Policy p(fresh("role c for Clerk { may case.open where principal.boss != none and principal.boss.grade > 3 }"));
  EXPECT_EQ(p.say("horizon/case.open"), "proved");
}

TEST(Fresh, AScope) {
  const Policy p(fresh("role c(e: Entity) for Clerk { within e  may case.open, case.close }\nsod u high \"U\" { separate case.open from case.close  within same Entity  at use }"));
  EXPECT_EQ(p.say("horizon/case.open"), "proved");
}

TEST(Fresh, TheTenureOfThePerson) {
  const Policy p(fresh("role c for Clerk { may case.open }"));
  EXPECT_EQ(p.say("horizon/case.open"), "proved");
}

/// What is true of a person at both acts is told anew for each: two acts may lie further apart than a fact stays fresh.
TEST(Fresh, EveryActHasDatesOfItsOwn) {
  const std::string roles = "role c for Clerk { may case.open, case.close where principal.status == active }\n";
  const std::string apart = "assert a: never e: Clerk, x: Case, y: Case, c: context, d: context, s: time, t: time where (e can case.open on x in c at s) and (e can case.close on y in d at t) and s < 2026-01-01 and t >= 2026-03-01";
  const Policy p(fresh(roles + apart));
  const Result r = p.only("assert/firm.a");
  EXPECT_EQ(to_string(r.verdict.kind), "refuted") << r.verdict.detail;
  ASSERT_TRUE(r.witness);
  EXPECT_EQ(r.witness->requests.size(), 2U);
  EXPECT_EQ(r.witness->replayed, std::vector<std::string>{"interpreter"});
  // One act has one date: what is stale is not active.
  EXPECT_EQ(Policy(fresh(roles + "assert a: never e: Clerk, x: Case where e can case.open on x and e.status == terminated")).say("assert/firm.a"), "proved");
}

TEST(Fresh, TheKeyOfAnAct) {
  const Policy p(fresh("role c for Clerk { may case.open, case.close }\nsod v high \"V\" { separate case.open from case.close  on same Vendor { case.open by resource.vendor, case.close by resource.vendor } }"));
  EXPECT_EQ(p.say("horizon/case.open"), "proved");
  EXPECT_EQ(p.say("fail-closed/case.open"), "proved");
}

TEST(Fresh, SeveralKeysOfAnAct) {
  const Policy p(fresh("role c for Clerk { may case.open, case.close }\nsod v high \"V\" { separate case.open from case.close  on same Vendor { case.open by resource.vendors, case.close by resource.vendors } }"));
  EXPECT_EQ(p.say("horizon/case.open"), "proved");
}

TEST(Fresh, TheOwnerOfAWorkload) {
  const Policy p(fresh("role c for Agent7 { may case.open, case.close }\nsod v high \"V\" { separate case.open from case.close  on same Case }"));
  EXPECT_EQ(p.say("horizon/case.open"), "proved");
  EXPECT_EQ(p.say("fail-closed/case.open"), "proved");
}

}  // namespace
}  // namespace writ::verify
