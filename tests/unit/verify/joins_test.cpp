// Sides that meet in several dimensions, in an open one, or across one.
#include <gmock/gmock.h>

#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

const char* const kPlaces = R"(
dimension Unit { U1: s4 PRCTR "1"  U2: s4 PRCTR "2" }
dimension Desk is open
resource Deal { entity: Entity, unit: Unit }
resource Slip { plant: Plant, unit: Unit }
resource Note { desk: Desk }
action deal.open, deal.close on Deal
action slip.book on Slip
action note.write, note.sign on Note
)";
std::string with(const std::string& statements) { return std::string(kPlaces) + statements; }

TEST(Joins, SidesMeetInBothDimensionsOrNotAtAll) {
  const std::string rule = "sod s high \"S\" { separate deal.open from deal.close  within same Entity, Unit }\n";
  const Policy apart(with(rule + "role r for Employee { may deal.open where resource.entity == DE and resource.unit == U1  may deal.close where resource.entity == DE and resource.unit == U2 }"));
  EXPECT_EQ(apart.say("role-sod/firm.r/s.assignment"), "proved");
  const Policy crossed(with(rule + "role r for Employee { may deal.open where (resource.entity == DE and resource.unit == U1) or (resource.entity == FR and resource.unit == U2)\n"
                                   "  may deal.close where (resource.entity == DE and resource.unit == U2) or (resource.entity == FR and resource.unit == U1) }"));
  EXPECT_EQ(crossed.say("role-sod/firm.r/s.assignment"), "proved");
  const Policy meet(with(rule + "role r for Employee { may deal.open where resource.unit == U2  may deal.close where resource.entity == FR }"));
  EXPECT_EQ(meet.say("role-sod/firm.r/s.assignment"), "refuted: firm.s within FR, U2");
}

TEST(Joins, ADescendantRollsUpInOneOfThem) {
  const std::string rule = "sod s high \"S\" { separate deal.open from slip.book  within same Entity, Unit }\n";
  const Policy meet(with(rule + "role r for Employee { may deal.open where resource.entity == DE  may slip.book where resource.plant == P2 and resource.unit == U1 }"));
  EXPECT_EQ(meet.say("role-sod/firm.r/s.assignment"), "refuted: firm.s within DE, U1");
  const Policy apart(with(rule + "role r for Employee { may deal.open where resource.entity == DE  may slip.book where resource.plant == P3 }"));
  EXPECT_EQ(apart.say("role-sod/firm.r/s.assignment"), "proved");
  const Policy perhaps(with(rule + "role r for Employee { may deal.open where resource.entity == DE  may slip.book where resource.plant == P9 }"));
  EXPECT_EQ(perhaps.verdict("role-sod/firm.r/s.assignment"), "possible");
}

TEST(Joins, OneDimensionThatASideLacksIsUnknown) {
  const Policy p(with("sod s high \"S\" { separate deal.open from inv.enter  within same Entity, Unit }\nrole r for Employee { may deal.open, inv.enter }"));
  EXPECT_EQ(p.verdict("role-sod/firm.r/s.assignment"), "possible");
}

TEST(Joins, AtUseInSeveralDimensions) {
  const Policy p(with("sod s high \"S\" { separate deal.open from deal.close  within same Entity, Unit  at use  waiver at most 30d, by board }\n"
                      "role r for Employee { may deal.open where resource.unit == U1 }\nrole t for Employee { may deal.close where resource.entity == FR }\n"
                      "exception x waives s { for \"ada\"  at use  within FR  from 2026-06-01 through 2026-06-20  approved by \"eve\" on 2026-05-30  reason \"r\" }"));
  EXPECT_EQ(p.say("horizon/deal.open"), "proved");
  EXPECT_EQ(p.say("fail-closed/deal.open"), "proved");
  EXPECT_EQ(p.say("dead/firm.s.use"), "proved");
  EXPECT_EQ(p.say("expiry/firm.x/s.use"), "proved");
  EXPECT_EQ(p.say("dead/firm.x/s.use"), "proved");
  const Policy elsewhere(with("sod s high \"S\" { separate deal.open from deal.close  within same Entity, Unit  at use  waiver at most 30d, by board }\n"
                              "role r for Employee { may deal.open where resource.unit == U1 }\nrole t for Employee { may deal.close where resource.entity == FR }\n"
                              "exception x waives s { for \"ada\"  at use  within DE  from 2026-06-01 through 2026-06-20  approved by \"eve\" on 2026-05-30  reason \"r\" }"));
  EXPECT_EQ(elsewhere.verdict("dead/firm.x/s.use"), "proved");   // who holds what nobody knows may hold anything, in DE too
}

TEST(Joins, AnOpenDimension) {
  const std::string rule = "sod s high \"S\" { separate note.write from note.sign  within same Desk  at use }\n";
  const Policy alone(with("sod s high \"S\" { separate note.write from note.sign  within same Desk }\nrole r for Employee { may note.write, note.sign }"));
  EXPECT_EQ(alone.verdict("role-sod/firm.r/s.assignment"), "refuted");
  const Policy meet(with(rule + "role r for Employee { may note.write }\nrole t for Employee { may note.sign }"));
  EXPECT_EQ(meet.say("horizon/note.write"), "proved");
  EXPECT_EQ(meet.say("fail-closed/note.write"), "proved");
  EXPECT_EQ(meet.say("dead/firm.s.use"), "proved");
}

TEST(Joins, ALiftConfinedToAPlaceOnARuleWithoutAJoin) {
  const Policy p(with("sod s high \"S\" { separate deal.open from deal.close  at use  waiver at most 30d, by board }\n"
                      "role r(e: Entity) for Employee { within e  may deal.open }\nrole t(e: Entity) for Employee { within e  may deal.close }\n"
                      "exception x waives s { for \"ada\"  at use  within DE  from 2026-06-01 through 2026-06-20  approved by \"eve\" on 2026-05-30  reason \"r\" }"));
  EXPECT_EQ(p.say("dead/firm.x/s.use"), "proved");
  EXPECT_EQ(p.say("expiry/firm.x/s.use"), "proved");
  EXPECT_EQ(p.say("horizon/deal.open"), "proved");
  EXPECT_EQ(p.say("fail-closed/deal.open"), "proved");
}

TEST(Joins, LiftsConfinedInSeveralDimensionsOnARuleWithoutAJoin) {
  const std::string lift = "  from 2026-06-01 through 2026-06-20  approved by \"eve\" on 2026-05-30  reason \"r\" }\n";
  const std::string rule = "sod s high \"S\" { separate deal.open from deal.close  at use  waiver at most 30d, renew 2, by board }\n"
                           "role r(e: Entity, u: Unit) for Employee { within e  may deal.open where resource.unit == u }\n"
                           "role t(e: Entity, u: Unit) for Employee { within e  may deal.close where resource.unit == u }\n";
  const Policy p(with(rule + "exception x waives s { for \"ada\"  at use  within DE" + lift + "exception y waives s { for \"ada\"  at use  within U1" + lift));
  for (const char* obligation : {"dead/firm.x/s.use", "dead/firm.y/s.use", "expiry/firm.x/s.use", "expiry/firm.y/s.use", "horizon/deal.open", "fail-closed/deal.open"})
    EXPECT_EQ(p.say(obligation), "proved") << obligation;
}

/// The interpreter refuses the later act of three in order, and no other; the prover must say the same.
TEST(Ordered, OfThreeSides) {
  const std::string acts = "action inv.check, inv.book, inv.file on Invoice\nrole r for Employee { may inv.check, inv.book, inv.file }\n";
  const Policy p(acts + "sod trio medium \"Three\" { at most 2 of { inv.check, inv.book, inv.file }  on same Invoice over 30d in order }");
  EXPECT_EQ(p.say("horizon/inv.file"), "proved");
  EXPECT_EQ(p.say("fail-closed/inv.file"), "proved");
  EXPECT_EQ(p.say("dead/firm.trio.Invoice"), "proved");   // it refuses filing
  EXPECT_EQ(p.say("horizon/inv.check"), "proved");
  // In the other order a rule decides what this one does not.
  const Policy both(acts + "sod there medium \"T\" { at most 2 of { inv.check, inv.book, inv.file }  on same Invoice in order }\n"
                           "sod always medium \"A\" { at most 2 of { inv.check, inv.book, inv.file }  on same Invoice }");
  EXPECT_EQ(both.verdict("dead/firm.there.Invoice"), "refuted");
  EXPECT_EQ(both.say("dead/firm.always.Invoice"), "proved");
}

TEST(Joins, Across) {
  const std::string rule = "sod s high \"S\" { separate deal.open from deal.close  across Entity }\n";
  const Policy p(with(rule + "role r for Employee { may deal.open where resource.entity == DE  may deal.close where resource.entity == FR }\n"
                             "role t for Employee { may deal.open where resource.entity == DE  may deal.close where resource.entity == DE }"));
  EXPECT_EQ(p.say("role-sod/firm.r/s.assignment"), "refuted: firm.s from DE to FR across Entity");
  EXPECT_EQ(p.say("role-sod/firm.t/s.assignment"), "proved");
}

}  // namespace
}  // namespace writ::verify
