// What a claim may rest on: rules at assignment that stop the step, as many holdings as it names, a condition that can be met.
#include <gmock/gmock.h>

#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

const char* const kPlants = "role q(p: Plant) for Employee { within p  may po.create }\n";

TEST(Separation, AsManyHoldingsAsTheClaimNames) {
  const Policy p(std::string(kPlants) + "assert x: never e: Employee where e holds q(P1) and e holds q(P2) and e holds q(P3)\n"
                                        "assert y: never e: Employee, a: Order, b: Order, c: Order where e can po.create on a and e can po.create on b and e can po.create on c "
                                        "and a.plant == P1 and b.plant == P2 and c.plant == P3");
  EXPECT_EQ(p.verdict("assert/firm.x"), "refuted");
  EXPECT_EQ(p.verdict("assert/firm.y"), "refuted");
}

const char* const kPair = R"(
role r(e: Entity) for Employee { within e  may inv.enter }
role t(e: Entity) for Employee { within e  may inv.approve }
sod s high "S" { separate inv.enter from inv.approve  within same Entity }
assert x: never e: Employee where e holds r(DE) and e holds t(DE)
assert y: never e: Employee where e holds r(DE) and e holds t(FR)
)";

TEST(Separation, ARuleAtAssignmentKeepsHoldingsApart) {
  const Policy p(kPair);
  const Result r = p.only("assert/firm.x");
  EXPECT_EQ(to_string(r.verdict.kind), "proved");
  EXPECT_THAT(r.assumptions, testing::Contains("nobody holds what firm.s refuses: holdings come about by `assign`"));
  EXPECT_THAT(r.assumptions, testing::Contains("at most 2 holdings of one template role are listed"));
  EXPECT_EQ(p.verdict("assert/firm.y"), "refuted");
}

/// 10.4, 12.3: where nobody asks first, no rule at assignment stops anything.
TEST(Separation, NotInAnObservedSystem) {
  const Policy p("system cs \"Cash\" kind erp precision role observed every 24h\n" + std::string(kPair));
  const Result r = p.only("assert/firm.x");
  EXPECT_EQ(to_string(r.verdict.kind), "refuted");
  ASSERT_TRUE(r.witness);
  EXPECT_THAT(r.witness->story, testing::Contains(testing::Field(&StoryLine::text, "where nobody asks first, firm.s refuses nothing in time")));
  EXPECT_EQ(p.verdict("assert/firm.y"), "refuted");
}

/// What is given in systems that ask first, and there alone, is kept apart; one half that is not is enough.
TEST(Separation, OfRolesThatAreGivenWhereSomebodyAsks) {
  const auto pair = [](const std::string& r, const std::string& t) {
    return Policy("system cs \"Cash\" kind erp precision role observed every 24h\nrole r(e: Entity) for Employee { within e  may inv.enter " + r + " }\n"
                  "role t(e: Entity) for Employee { within e  may inv.approve " + t + " }\n"
                  "sod s high \"S\" { separate inv.enter from inv.approve  within same Entity }\n"
                  "assert x: never e: Employee where e holds r(DE) and e holds t(DE)")
        .verdict("assert/firm.x");
  };
  EXPECT_EQ(pair("native s4 \"R\"", "native s4 \"T\""), "proved");
  EXPECT_EQ(pair("native s4 \"R\"", "native cs \"T\""), "refuted");
  EXPECT_EQ(pair("native s4 \"R\"", "native s4 \"T\", cs \"T\""), "refuted");
  EXPECT_EQ(pair("native s4 \"R\"", ""), "refuted");
}

/// An open dimension has any values; what is held names some.
TEST(Separation, InAnOpenDimension) {
  const Policy p(R"(dimension Desk is open
resource Note { desk: Desk }
action note.write, note.sign on Note
role r(d: Desk) for Employee { within d  may note.write }
role t(d: Desk) for Employee { within d  may note.sign }
sod s high "S" { separate note.write from note.sign  within same Desk }
assert x: never e: Employee where e holds r("g1") and e holds t("g1")
assert y: never e: Employee where e holds r("g1") and e holds t("g2"))");
  EXPECT_EQ(p.verdict("assert/firm.x"), "proved");
  EXPECT_EQ(p.verdict("assert/firm.y"), "refuted");
}

/// 12.2: a rule stops the step, not a move. Who moved after he was given the role holds both in one entity.
TEST(Separation, NotByWhereARoleReachesToday) {
  const Policy p(R"(principal Guest is human { home: Entity }
role r for Guest { within principal.home  may inv.enter }
role t(e: Entity) for Guest { within e  may inv.approve }
sod s high "S" { separate role r from role t  within same Entity }
assert x: never e: Guest where e holds r and e holds t(DE) and e.home == DE)");
  EXPECT_EQ(p.verdict("assert/firm.x"), "refuted");
}

/// What is refused at every instant is refused at the instants of the acts.
TEST(Separation, AtTheInstantOfEachAct) {
  const Policy p(R"(role r(p: Plant) for Employee { within p  may po.create }
role t(p: Plant) for Employee { within p  may gr.post }
sod s high "S" { separate role r(P1) from role t(P1) }
assert x: never e: Employee, q: Order, z: Order, c: context, d: context, t: time where e can po.create on q in c at t and e can gr.post on z in d at t and q.plant == P1 and z.plant == P1
assert y: never e: Employee, q: Order, z: Order, c: context, d: context, t: time where e can po.create on q in c at t and e can gr.post on z in d at t and q.plant == P1 and z.plant == P2)");
  EXPECT_EQ(p.verdict("assert/firm.y"), "refuted");
  EXPECT_EQ(p.verdict("assert/firm.x"), "proved");
}

TEST(Separation, AConditionThatNobodyCanMeetProvesNothing) {
  const Policy p(R"(role r for Employee { may inv.enter }
assert x: never e: Employee, q: Invoice where e can inv.enter on q and e.grade > 5 and e.grade < 3
assert y: never e: Employee where e.grade > 5 and e.grade < 3)");
  for (const char* id : {"assert/firm.x", "assert/firm.y"})
    EXPECT_EQ(p.say(id), "vacuous: its condition cannot be met, whatever anybody can or holds");
}

}  // namespace
}  // namespace writ::verify
