// What the encoding leaves open may be anything: no verdict rests on one guess in its place.
#include <gtest/gtest.h>

#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

const char* const kDesks = R"(
dimension Desk is open
resource Note { desk: Desk }
action note.write, note.sign on Note
principal Guest is human  tenure from arrived until left { desks: set<Desk>, arrived: time, left: time? }
role writer for Guest { within principal.desks  may note.write }
role signer for Guest { within principal.desks  may note.sign }
role both extends writer, signer for Guest { }
sod s high "S" { separate role writer from role signer  within same Desk }
)";

/// Both roles reach one desk of the guest's, whatever it is called: desks that nobody lists are not taken to be none.
TEST(Open, ASetOfOpenScopes) {
  const Policy p(kDesks);
  EXPECT_EQ(p.say("role-sod/firm.both/s.assignment"), "refuted: firm.s within desk-1");
}

const char* const kCut = R"(
role clerk for Employee { may inv.enter, inv.approve }
sod s high "S" { separate inv.enter within DE from inv.approve  on same Invoice }
sod t high "T" { separate inv.enter from inv.approve  on same Invoice }
)";

/// A cut that is passed over makes both rules one, and each of them dead beside the other.
TEST(Open, ASideCutToAScope) {
  const Policy p(kCut);
  EXPECT_EQ(p.say("dead/firm.t.Invoice"), "proved");
  EXPECT_EQ(p.verdict("dead/firm.s.Invoice"), "refuted");
}

/// A role as a side at use: whoever holds both is refused what they grant, and nothing else.
TEST(Open, ARoleAsASideAtUse) {
  const Policy p(R"(
role a for Employee { may po.create }
role b for Employee { may gr.post }
role c for Employee { may inv.read }
sod s high "S" { separate role a from role b  at use }
assert x: never e: Employee, q: Order, z: Order, c1: context, c2: context, t: time where e can po.create on q in c1 at t and e can gr.post on z in c2 at t
assert y: never e: Employee, q: Order where e holds c and e can po.create on q
)");
  EXPECT_EQ(p.say("dead/firm.s.use"), "proved");
  EXPECT_EQ(p.say("fail-closed/po.create"), "proved");
  EXPECT_EQ(p.say("assert/firm.x"), "proved");
  EXPECT_EQ(p.verdict("assert/firm.y"), "refuted");
}

/// A cut side at use asks about every act of the side; the agent's unknown operator may hold all of them.
TEST(Open, ACutSideAtUse) {
  const Policy p(R"(
principal Helper is agent operated by op { op: Employee? }
role h for Helper { may bank.change }
role e for Employee { may pay.execute }
sod s high "S" { separate bank.change within FR from pay.execute  within same Entity  at use }
assert x: decision on bank.change does not depend on resource.entity
)");
  EXPECT_EQ(p.verdict("fail-closed/bank.change"), "proved");
  EXPECT_NE(p.verdict("assert/firm.x"), "");   // its witness is replayed
}

/// One of several operators may have done what the path may not do again: who they are is not encoded.
TEST(Open, SeveralOperators) {
  const Policy p("principal Line is workload  operated by crew { crew: set<Employee> }\nrole runner for Line { may inv.enter, inv.approve }\n"
                 "sod s high \"S\" { separate inv.enter from inv.approve  on same Invoice }");
  EXPECT_EQ(p.say("dead/firm.runner/may.inv.approve"), "undecided: several operators of a workload");
  EXPECT_EQ(p.say("fail-closed/inv.approve"), "undecided: several operators of a workload");
}

}  // namespace
}  // namespace writ::verify
