// What a person's workloads hold counts as his (semantics.md 6.2): in an encoding of its own, and in the requests that witnesses are.
#include <gmock/gmock.h>

#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

const char* const kHalves = R"(
role r for Employee { may inv.enter }
role rb for Bot { may inv.approve }
sod s high "S" { separate inv.enter from inv.approve  at use }
)";

TEST(Owned, AWitnessSaysWhatIsOwned) {
  const Policy p(std::string(kHalves) + "assert x: never e: Employee, q: Invoice where e can inv.enter on q");
  const Result r = p.only("assert/firm.x");
  ASSERT_EQ(to_string(r.verdict.kind), "refuted");
  EXPECT_THAT(r.witness->requests[0].json, testing::HasSubstr(R"("owned":{"complete":true,"ids":[]})"));
}

/// Half is his, half is his robot's: the rule decides, both ways.
TEST(Owned, TheRuleIsAlive) {
  const Policy p(kHalves);
  EXPECT_EQ(p.say("dead/firm.s.use"), "proved");
  for (const char* action : {"inv.enter", "inv.approve"}) {
    EXPECT_EQ(p.say(std::string("horizon/") + action), "proved");
    EXPECT_EQ(p.say(std::string("fail-closed/") + action), "proved");
  }
}

/// What the robot holds is what its owner can do, so it may not act where he holds the other half.
TEST(Owned, TheOwnerOfWhoActs) {
  const Policy p(std::string(kHalves) + "assert x: never e: Employee, b: Bot, q: Invoice where b.owner == e and e holds r and b can inv.approve on q\n"
                                        "assert z: never e: Employee, b: Bot, q: Invoice where b.owner == e and e can inv.enter on q\n"
                                        "assert y: never b: Bot, q: Invoice where b can inv.approve on q");
  EXPECT_EQ(p.verdict("assert/firm.y"), "refuted");
  EXPECT_EQ(p.verdict("assert/firm.z"), "refuted");   // a robot that holds nothing
}

/// A rule on an object does not know who answers: a lift for one person covers nobody that nobody knows.
TEST(Owned, ALiftDoesNotCoverWhoIsNotKnown) {
  const Policy p("role rb for Bot { may inv.enter, inv.approve }\n"
                 "sod s high \"S\" { separate inv.enter from inv.approve  on same Invoice  waiver at most 20d, by board }\n"
                 "exception x waives s { for \"ada\"  on Invoice \"i\"  from 2026-05-25 through 2026-06-02  reason \"r\"  approved by \"eve\" on 2026-05-20 }");
  EXPECT_EQ(p.say("fail-closed/inv.approve"), "proved");
}

/// Two templates whose parameters differ in sort.
TEST(Owned, ArgumentsThatNobodyKnows) {
  const Policy p("dimension Grp is open\nenum Col { red, green }\nresource Chip { col: Col }\naction chip.a on Chip\n"
                 "role r2(c: Col) for Employee { may chip.a where resource.col == c }\nrole r3(g: Grp, c: Col) for Employee { may chip.a }");
  EXPECT_EQ(p.say("fail-closed/chip.a"), "proved");
  EXPECT_EQ(p.say("horizon/chip.a"), "proved");
}

TEST(Owned, ARoleThatReadsAColleague) {
  const Policy p("role r for Employee { may inv.enter  may inv.approve where principal.manager != none and principal.manager.grade > 5 }\n"
                 "sod s high \"S\" { separate inv.enter from inv.approve }");
  const Result r = p.only("role-sod/firm.r/s.assignment");
  ASSERT_EQ(to_string(r.verdict.kind), "refuted");
  EXPECT_THAT(r.witness->requests[0].json, testing::HasSubstr(R"("grade":6)"));
}

}  // namespace
}  // namespace writ::verify
