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

/// One of several operators may have done what the path may not do again: who they are is not encoded.
TEST(Open, SeveralOperators) {
  const Policy p("principal Line is workload  operated by crew { crew: set<Employee> }\nrole runner for Line { may inv.enter, inv.approve }\n"
                 "sod s high \"S\" { separate inv.enter from inv.approve  on same Invoice }");
  EXPECT_EQ(p.say("dead/firm.runner/may.inv.approve"), "undecided: several operators of a workload");
  EXPECT_EQ(p.say("fail-closed/inv.approve"), "undecided: several operators of a workload");
}

}  // namespace
}  // namespace writ::verify
