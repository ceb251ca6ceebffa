// What makes a statement dead (semantics.md 12.5): only what nothing lifts shadows, of two that kill each other one stays, and whoever can hold what.
#include <gmock/gmock.h>

#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

TEST(Shadow, OfTwoThatKillEachOtherTheFirstStays) {
  const Policy p("role r for Employee { may inv.enter }\nnever a1 { inv.enter where resource.period == closed }\nnever a2 { inv.enter where resource.period == closed }");
  EXPECT_EQ(p.say("dead/firm.a1"), "proved");
  EXPECT_EQ(p.say("dead/firm.a2"), "refuted: whatever it concerns is refused already: firm.a1");
}

TEST(Shadow, OfThreeOneStays) {
  const Policy p("role r for Employee { may inv.enter }\nnever a1 { inv.enter where resource.period == closed }\n"
                 "never a2 { inv.enter where resource.period == closed }\nnever a3 { inv.enter where resource.period == closed }");
  EXPECT_EQ(p.say("dead/firm.a1"), "proved");
  EXPECT_EQ(p.verdict("dead/firm.a2"), "refuted");
  EXPECT_EQ(p.verdict("dead/firm.a3"), "refuted");
}

TEST(Shadow, AtAssignmentToo) {
  const Policy p("role r for Employee { may inv.enter }\nrole t for Employee { may inv.approve }\n"
                 "sod s1 high \"S\" { separate role r from role t }\nsod s2 high \"S\" { separate role r from role t }");
  EXPECT_EQ(p.say("dead/firm.s1.assignment"), "proved");
  EXPECT_EQ(p.say("dead/firm.s2.assignment"), "refuted: whatever it concerns is refused already: firm.s1");
}

/// A record of the ledger may lift the waivable rule tomorrow; the other one then decides.
TEST(Shadow, WhatCanBeLiftedKillsNothing) {
  const Policy p("role r for Employee { may inv.enter where resource.period == closed }\n"
                 "forbid a1 high \"A\" { inv.enter where resource.period == closed  waiver at most 10d, by board }\nnever a2 { inv.enter where resource.period == closed and resource.amount > 5 EUR }");
  EXPECT_EQ(p.say("dead/firm.a2"), "proved");
  EXPECT_EQ(p.say("dead/firm.r/may.inv.enter"), "proved");
  EXPECT_EQ(p.say("dead/firm.a1"), "proved");
}

/// Two holdings of one role, of which a rule keeps people.
TEST(Shadow, TwoHoldingsOfOneRole) {
  const Policy p("role q(e: Entity) for Employee { within e  may inv.enter, inv.approve }\nsod z high \"Z\" { separate role q(DE) from role q(FR) }");
  EXPECT_EQ(p.say("dead/firm.z.assignment"), "proved");
  const Policy three("role q(p: Plant) for Employee { within p  may po.create }\nsod v high \"V\" { at most 2 of { role q(P1), role q(P2), role q(P3) } }");
  EXPECT_EQ(three.say("dead/firm.v.assignment"), "proved");
}

/// Half is his, half his robot's (6.2).
TEST(Shadow, WhatARobotHolds) {
  const Policy p("role r for Employee { may inv.enter }\nrole rb for Bot { may inv.approve }\nsod s high \"S\" { separate inv.enter from inv.approve }");
  EXPECT_EQ(p.say("dead/firm.s.assignment"), "proved");
}

/// 7.5: an approval by a manager who is known to be absent is nobody's to give.
TEST(Shadow, AGateThatNobodyPasses) {
  const Policy p("role r for Employee where principal.manager == none { may inv.enter  on request after line }\n"
                 "role t for Employee where principal.manager != none { may inv.approve  on request after line }");
  EXPECT_EQ(p.verdict("dead/firm.r/held"), "refuted");
  EXPECT_EQ(p.verdict("dead/firm.t/held"), "proved");
}

/// 8.4: what lifts nothing is no exception within its terms.
TEST(Shadow, AnExceptionThatLiftsNothing) {
  const std::string rule = "role r for Employee { may inv.enter where resource.amount > 5 EUR }\n"
                           "forbid f high \"F\" { inv.enter where resource.amount > 3 EUR  waiver at most 10d, by board }\n";
  const auto lifting = [&](const std::string& where) {
    return Policy(rule + "exception x waives f { for \"ada\"  on Invoice where " + where + "  from 2026-05-25 through 2026-06-02  reason \"r\"  approved by \"eve\" on 2026-05-20 }");
  };
  EXPECT_THAT(lifting("resource.amount < 2 EUR").say("exception-terms/firm.x/f"), testing::HasSubstr("lifts nothing"));
  EXPECT_EQ(lifting("resource.amount < 9 EUR").say("exception-terms/firm.x/f"), "proved");
}

// ---- claims of grants (12.4 a)

std::string overclaim(const std::string& grant, const std::string& never) {
  return Policy("threshold T = { 100 EUR }\nresource Lot { entity: Entity, amount: money, n: int }\naction lot.a on Lot\nrole r for Employee { may lot.a where " + grant + " }\nnever k { lot.a where " + never + " }")
      .verdict("conflict/firm.r/may.lot.a");
}

TEST(Overclaim, WhateverWayALiteralIsCompared) {
  EXPECT_EQ(overclaim("resource.entity in { DE, FR }", "resource.entity == FR"), "refuted");
  EXPECT_EQ(overclaim("resource.entity in { DE }", "resource.entity == FR"), "proved");
  EXPECT_EQ(overclaim("resource.amount <= T", "resource.amount > 50 EUR"), "refuted");
  EXPECT_EQ(overclaim("resource.amount <= T", "resource.amount > T"), "proved");
  EXPECT_EQ(overclaim("resource.n * 2 <= 100", "resource.n > 49"), "refuted");
  EXPECT_EQ(overclaim("resource.n * 2 <= 100", "resource.n > 50"), "proved");
  EXPECT_EQ(overclaim("resource.n + 10 <= 100", "resource.n > 89"), "refuted");
  EXPECT_EQ(overclaim("resource.n + 10 <= 100", "resource.n > 90"), "proved");
  EXPECT_EQ(overclaim("100 - resource.n >= 40", "resource.n > 59"), "refuted");
  EXPECT_EQ(overclaim("100 - resource.n >= 40", "resource.n > 60"), "proved");
}

/// By what a value rolls up to, at every level of nested dimensions, and by what a set has.
TEST(Overclaim, RolledUpAndInSets) {
  const auto lot = [](const std::string& within, const std::string& grant, const std::string& never) {
    return Policy("dimension Bay in Plant { B1 of P1: s4 BAY \"1\"  B2 of P2: s4 BAY \"2\"  B3 of P3: s4 BAY \"3\"  B4 of P1: s4 BAY \"4\" }\nresource Lot { bay: Bay }\naction lot.a on Lot\n"
                  "principal Guest is human { skills: set<string>, plants: set<Plant> }\n"
                  "role r for Guest { " + within + "  may lot.a where " + grant + " }\nnever k { lot.a where " + never + " }")
        .verdict("conflict/firm.r/may.lot.a");
  };
  const std::string any = "resource.bay in { B1, B2, B3, B4 }";
  EXPECT_EQ(lot("within DE", any, "resource.bay == B2"), "refuted");
  EXPECT_EQ(lot("within DE", any, "resource.bay == B3"), "proved");
  EXPECT_EQ(lot("within P1", any, "resource.bay == B2"), "proved");
  EXPECT_EQ(lot("within P2", any, "resource.bay == B2"), "refuted");
  EXPECT_EQ(lot("", "\"forklift\" in principal.skills", "\"forklift\" in principal.skills and \"crane\" in principal.skills"), "refuted");
  EXPECT_EQ(lot("", "\"forklift\" in principal.skills", "not (\"forklift\" in principal.skills) and \"crane\" in principal.skills"), "proved");
  EXPECT_EQ(lot("", "P1 in principal.plants or P2 in principal.plants", "P2 in principal.plants"), "refuted");
  EXPECT_EQ(lot("", "P1 in principal.plants", "P2 in principal.plants"), "refuted") << "the rule's literals cut what the grant claims";
  EXPECT_EQ(lot("within DE", "not (resource.bay == B2)", "resource.bay == B2"), "proved");
}

/// A fact that is absent fills no cell but its own.
TEST(Overclaim, OptionalFactsAffixesAndIds) {
  const auto thing = [](const std::string& grant, const std::string& never) {
    return Policy("resource Lot { opt: int?, name: string, cols: set<Entity> }\naction lot.a on Lot\nrole r for Employee { may lot.a where " + grant + " }\nnever k { lot.a where " + never + " }")
        .verdict("conflict/firm.r/may.lot.a");
  };
  EXPECT_EQ(thing("resource.opt == none or resource.opt <= 100", "resource.opt != none and resource.opt > 50"), "refuted");
  EXPECT_EQ(thing("resource.opt == none or resource.opt <= 50", "resource.opt != none and resource.opt > 50"), "proved");
  EXPECT_EQ(thing("resource.opt otherwise 4 <= 100", "resource.opt != none and resource.opt > 50"), "refuted");
  EXPECT_EQ(thing("resource.opt otherwise 4 <= 50", "resource.opt == none"), "refuted");
  EXPECT_EQ(thing("resource.name starts with \"a\" or resource.name starts with \"b\"", "resource.name starts with \"b\""), "refuted");
  EXPECT_EQ(thing("resource.name starts with \"a\"", "resource.name starts with \"b\""), "proved");
  EXPECT_EQ(thing("resource.name ends with \"a\"", "resource.name starts with \"b\""), "refuted") << "what begins with b and ends with a is promised, too";
  EXPECT_EQ(thing("principal == \"ada\" or principal == \"bob\"", "principal == \"bob\""), "refuted");
  EXPECT_EQ(thing("principal == \"ada\"", "principal == \"bob\""), "proved");
  EXPECT_EQ(thing("resource.cols subset of { DE }", "FR in resource.cols"), "proved");
  EXPECT_EQ(thing("resource.cols subset of { DE, FR }", "FR in resource.cols"), "refuted");
}

/// 12.6: a fact that may go stale is no scope unknown.
TEST(RoleSod, FactsThatGoStale) {
  const Policy p(R"(principal Guest is human { grade: int fresh within 1h }
role y for Guest { may inv.enter where principal.grade < 5  may inv.approve where principal.grade >= 5 }
sod e high "E" { separate inv.enter from inv.approve  within same Entity })");
  EXPECT_EQ(p.say("role-sod/firm.y/e.assignment"), "proved");
}

}  // namespace
}  // namespace writ::verify
