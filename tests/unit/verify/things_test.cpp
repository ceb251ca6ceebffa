// Claims about one thing that several acts name: what is fixed is shared, what may change may be so in any of them.
#include <gtest/gtest.h>

#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

std::string claim(const std::string& thing, const std::string& grants, const std::string& claim) {
  return Policy("resource Part { rk: int fixed }\nresource Thing { " + thing + " }\naction t.a, t.b on Thing\nrole r for Employee { " + grants + " }\nassert q: never e: Employee, d: Thing where " + claim).verdict("assert/firm.q");
}

/// Whichever the actions are called, and in whatever order they are named.
TEST(Things, WhatMayChangeMayBeSoInEitherAct) {
  const std::string one = "may t.a where not resource.closed  may t.b where resource.closed", other = "may t.b where not resource.closed  may t.a where resource.closed";
  for (const std::string& grants : {one, other}) {
    EXPECT_EQ(claim("closed: bool", grants, "e can t.a on d and e can t.b on d and d.closed"), "refuted");
    EXPECT_EQ(claim("closed: bool", grants, "e can t.b on d and e can t.a on d and d.closed"), "refuted");
    EXPECT_EQ(claim("closed: bool", grants, "not d.closed and e can t.a on d and e can t.b on d"), "refuted");
    EXPECT_EQ(claim("closed: bool fixed", grants, "e can t.a on d and e can t.b on d and d.closed"), "proved");
  }
  EXPECT_EQ(claim("n: int", "may t.a where resource.n < 5  may t.b where resource.n < 7", "e can t.a on d and e can t.b on d and d.n >= 7"), "proved");
  EXPECT_EQ(claim("n: int", "may t.a where resource.n < 5  may t.b where resource.n < 7", "e can t.a on d and e can t.b on d and d.n >= 6"), "refuted");
}

TEST(Things, WhatIsFixedIsSharedWholly) {
  const std::string both = "e can t.a on d and e can t.b on d";
  const auto pair = [&](const std::string& thing, const std::string& a, const std::string& b) { return claim(thing, "may t.a where " + a + "  may t.b where " + b, both); };
  EXPECT_EQ(pair("sum: money fixed", "resource.sum <= 100 EUR", "resource.sum > 5 USD"), "proved");
  EXPECT_EQ(pair("sum: money", "resource.sum <= 100 EUR", "resource.sum > 5 USD"), "refuted");
  EXPECT_EQ(pair("tags: set<string> fixed", "\"a\" in resource.tags", "not (\"a\" in resource.tags)"), "proved");
  EXPECT_EQ(pair("tags: set<string>", "\"a\" in resource.tags", "not (\"a\" in resource.tags)"), "refuted");
  EXPECT_EQ(pair("all: set<Entity> fixed", "DE in resource.all", "not (DE in resource.all)"), "proved");
  EXPECT_EQ(pair("part: Part fixed", "resource.part.rk == 3", "resource.part.rk != 3"), "proved");
  EXPECT_EQ(pair("part: Part", "resource.part.rk == 3", "resource.part.rk != 3"), "refuted");
}

/// One fact by two paths has one date, though an act reads it by one of them alone.
TEST(Things, OneFactOneDate) {
  const Policy p(R"(principal Guest is human { grade: int fresh within 1h, boss: Guest? }
action guest.lead on Guest
role r for Guest where principal.boss != none and principal.boss.grade >= 3 { may guest.lead }
assert q: always e: Guest, d: Guest, c: context, t: time where e.grade > 3 and d.grade > 3: not (e can guest.lead on d in c at t))");
  EXPECT_EQ(p.verdict("assert/firm.q"), "refuted");
}

/// A request says durations in whole seconds, and none below zero.
TEST(Things, DurationsAsRequestsSayThem) {
  const auto longer = [](const std::string& claim_) { return claim("lasts: duration", "may t.a where resource.lasts > 4h", "e can t.a on d and " + claim_); };
  EXPECT_EQ(longer("d.lasts > 4h"), "refuted");
  EXPECT_EQ(longer("d.lasts < 14401s"), "proved");
  EXPECT_EQ(longer("d.lasts <= 14401s"), "refuted");
  EXPECT_EQ(claim("lasts: duration", "may t.a where resource.lasts < 0s", "e can t.a on d"), "proved");
}

}  // namespace
}  // namespace writ::verify
