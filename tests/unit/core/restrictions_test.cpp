// Restrictions: acts, objects and histories, people, standing rules at use (semantics.md 6).
#include "tests/unit/core/asked.h"

namespace writ::core {
namespace {

TEST(CoreActs, OneInstancePerMemberOfThePath) {
  const Bundle b("never junior { inv.enter where principal.grade < 2 }");
  Asked a(b, "inv.enter");
  a.employed().invoice();
  a.held("ap");
  EXPECT_EQ(say(b, a), "permit");
  a.known("Employee", "ada", "grade", number(1));
  EXPECT_EQ(say(b, a), "deny by junior");
  a.fact("Employee", "ada", "grade") = {};
  EXPECT_EQ(say(b, a), "indeterminate unknown principal.grade(not_supplied)");
}

TEST(CoreActs, ARestrictionOnATypeHoldsForAnyMember) {
  const Bundle b("never robots { inv.enter by Bot }");
  Asked a(b, "inv.enter");
  a.employed().invoice();
  a.held("ap");
  EXPECT_EQ(say(b, a), "permit");
  a.known("Bot", "bot", "owner", a.ref("Employee", "ada"));
  a.path() = {a.hop("Bot", "bot"), a.hop("Employee", "ada")};
  a.raw().path_supplied = true;
  a.path()[1].how = Hop::How::RunsAs;
  EXPECT_EQ(say(b, a), "deny by robots");
  a.path()[0].resolved = false;
  EXPECT_EQ(say(b, a), "indeterminate unknown path(ill_typed) unknown path(not_supplied)");
}

TEST(CoreActs, WhatIsNotEnforcedYetIsReported) {
  const Bundle b("never late { inv.enter where resource.period == closed  enforced from 2026-10-01 }\nnever soft { inv.enter where resource.period == closed  report only }");
  Asked a(b, "inv.enter");
  a.employed().invoice().known("Invoice", "i", "period", b.en("Period", "closed"));
  a.held("ap");
  const Instant from = 1'790'805'600'000;   // 2026-10-01T00:00+02:00
  EXPECT_EQ(say(b, a), "permit");
  EXPECT_EQ(answer(b, a).until, from);
  Memory memory(b.policy());
  const Decision d = evaluate(b.policy(), a.request(), memory.scratch).decision;
  ASSERT_EQ(d.findings.size(), 2u);
  EXPECT_EQ(d.findings[0].from, from);
  EXPECT_EQ(d.findings[1].from, kForever);
  EXPECT_EQ(d.findings[0].person, "ada");
  EXPECT_FALSE(d.findings[0].possible);
  a.raw().time = from;
  EXPECT_EQ(say(b, a), "deny by late");
}

TEST(CoreObjects, FourEyes) {
  const Bundle b;
  Asked a(b, "inv.approve");
  a.employed().invoice();
  a.held("ap");
  EXPECT_EQ(say(b, a), "permit");
  a.event("inv.enter", "ben", "Invoice", "i");
  a.event("inv.enter", "ada", "Invoice", "other");
  EXPECT_EQ(say(b, a), "permit");
  a.event("inv.enter", "ada", "Invoice", "i");
  EXPECT_EQ(say(b, a), "deny by eyes");
}

TEST(CoreObjects, AnUnfinishedHistoryProvesNothing) {
  const Bundle b;
  Asked a(b, "inv.approve");
  a.employed().invoice();
  a.held("ap");
  a.raw().history.covered = false;
  EXPECT_EQ(say(b, a), "indeterminate unknown history(incomplete)");
  a.event("inv.enter", "ada", "Invoice", "i");
  EXPECT_EQ(say(b, a), "deny by eyes");
}

TEST(CoreObjects, AnEventBySomebodyUnknownIsUnknownForEverybody) {
  const Bundle b;
  Asked a(b, "inv.approve");
  a.employed().invoice();
  a.held("ap");
  std::vector<Hop> nobody(1);
  nobody[0].resolved = false;
  a.event("inv.enter", "x", "Invoice", "i").path = nobody;
  EXPECT_EQ(say(b, a), "indeterminate unknown history(incomplete)");
}

TEST(CoreObjects, ASharedAccountProvesNobodyDifferent) {
  const Bundle b;
  Asked a(b, "inv.approve");
  a.employed().invoice();
  a.held("ap");
  a.event("inv.enter", "terminal", "Invoice", "i");
  EXPECT_EQ(say(b, a), "permit");
  a.of("Employee", "terminal").shared = true;
  EXPECT_EQ(say(b, a), "indeterminate unknown history(incomplete)");
}

TEST(CoreObjects, KeysAndWindows) {
  const Bundle b("sod twins high \"Bank and pay\" { separate bank.change from pay.execute  on same Vendor over 90d }");
  Asked a(b, "pay.execute");
  a.employed().run();
  a.held("payer", {arg(b.en("Entity", "DE"))});
  const Instant changed = kNoon - 10 * kDay;
  a.event("bank.change", "ada", "Vendor", "v", changed);
  EXPECT_EQ(say(b, a), "deny by twins");
  EXPECT_EQ(answer(b, a).until, changed + 90 * kDay);
  a.raw().time = changed + 90 * kDay - 1;
  EXPECT_EQ(say(b, a), "deny by twins");
  a.raw().time = changed + 90 * kDay;
  EXPECT_EQ(say(b, a), "permit");
  a.raw().time = kNoon;
  a.set("Run", "r", "vendors", {a.ref("Vendor", "w")});
  EXPECT_EQ(say(b, a), "permit");
  a.set("Run", "r", "vendors", {a.ref("Vendor", "w")}, false);
  EXPECT_EQ(say(b, a), "indeterminate unknown resource.vendors(incomplete)");
}

TEST(CoreObjects, TheOwnerOfARobotHasDoneWhatItDid) {
  const Bundle b("role robot for Bot { may inv.enter }");
  Asked a(b, "inv.approve");
  a.employed().invoice();
  a.held("ap");
  std::vector<Hop> by_bot = {a.hop("Bot", "bot")};
  a.event("inv.enter", "x", "Invoice", "i").path = by_bot;
  EXPECT_EQ(say(b, a), "indeterminate unknown history(incomplete)");
  a.known("Bot", "bot", "owner", a.ref("Employee", "ada"));
  EXPECT_EQ(say(b, a), "deny by eyes");
  a.known("Bot", "bot", "owner", a.ref("Employee", "ben"));
  EXPECT_EQ(say(b, a), "permit");
  by_bot[0].has_owner = true;
  by_bot[0].owner = "ada";
  EXPECT_EQ(say(b, a), "deny by eyes") << "the owner of that day";
}

const char* const kThree = "action inv.check on Invoice\nrole all_ for Employee { may inv.enter, inv.check, inv.approve }\n";

TEST(CoreObjects, InOrderOfTwo) {
  const Bundle b("sod later high \"Order\" { separate inv.approve from inv.enter  on same Invoice in order }\nmitigation m covers eyes { for \"ada\"  on same Invoice  from 2026-01-01 through 2026-12-31  approved by \"eve\" on 2025-12-20  with c1  reason \"r\" }\n"
                 "control c1 \"c\" { for eyes  owner \"fay\"  monitor \"fay\"  every 7d }");
  Asked a(b, "inv.enter");
  a.employed().invoice();
  a.held("ap");
  EXPECT_EQ(say(b, a), "permit");
  a.event("inv.approve", "ada", "Invoice", "i");
  EXPECT_EQ(say(b, a).substr(0, 4), "deny");
}

TEST(CoreObjects, AnActThatIsNotDatedBeforeNowHasNoPlaceInAnOrder) {
  const Bundle b("action inv.check, inv.book on Invoice\nrole all_ for Employee { may inv.check, inv.book }\nsod io high \"o\" { separate inv.check from inv.book  on same Invoice in order }");
  Asked a(b, "inv.book");
  a.employed().invoice();
  a.held("all_");
  Event& checked = a.event("inv.check", "ada", "Invoice", "i", kNoon - 1);
  EXPECT_EQ(say(b, a), "deny by io");
  for (const Instant time : {kNoon, kNoon + kDay, kNoInstant}) {
    checked.time = time;
    EXPECT_EQ(say(b, a).substr(0, 13), "indeterminate") << time;
  }
  checked.time = kNoon;
  EXPECT_EQ(answer(b, a).until, kNoon + 1);
}

TEST(CoreObjects, InOrderOfThree) {
  const Bundle b(std::string(kThree) + "sod chain high \"In order\" { at most 2 of { inv.enter, inv.check, inv.approve }  on same Invoice in order }");
  const auto with = [&](std::optional<Instant> entered, std::optional<Instant> checked) {
    Asked a(b, "inv.approve");
    a.employed().invoice();
    a.held("all_");
    a.event("inv.enter", "ada", "Invoice", "i").time = entered.value_or(kNoInstant);
    a.event("inv.check", "ada", "Invoice", "i").time = checked.value_or(kNoInstant);
    Memory memory(b.policy());
    const Decision d = evaluate(b.policy(), a.request(), memory.scratch).decision;
    std::string cited;
    for (const Citation& c : d.decided_by) cited += std::string(local(b.view().text(c.id))) + " ";
    for (const UnknownFact& u : d.unknown) cited += std::string(to_string(u.reason)) + " ";
    return cited;
  };
  EXPECT_NE(with(kNoon - 2, kNoon - 1).find("chain"), std::string::npos);
  EXPECT_EQ(with(kNoon - 1, kNoon - 2).find("chain"), std::string::npos);
}

TEST(CorePeople, JudgedByWhatCanStillHappen) {
  const Bundle b(std::string(kThree) + "sod trio medium \"Three people\" { at least 3 people for { inv.enter, inv.check, inv.approve }  on same Invoice }");
  const auto asks = [&](const std::string& who) {
    auto a = std::make_unique<Asked>(b, "inv.check", who);
    a->employed(who).invoice();
    a->held("all_");
    return a;
  };
  auto ada = asks("ada");
  ada->event("inv.enter", "ada", "Invoice", "i");
  EXPECT_EQ(say(b, *ada), "deny by trio");
  auto ben = asks("ben");
  ben->event("inv.enter", "ada", "Invoice", "i");
  EXPECT_EQ(say(b, *ben), "permit");
  ben->raw().history.covered = false;
  EXPECT_EQ(say(b, *ben), "indeterminate unknown history(incomplete)");
  auto both = asks("ada");
  both->event("inv.enter", "ada", "Invoice", "i");
  both->event("inv.enter", "cyd", "Invoice", "i");   // one act more never hides that one did it all
  EXPECT_EQ(say(b, *both), "deny by trio");
}

TEST(CoreStanding, AtUseInTheScopeOfTheAct) {
  const Bundle b("sod both high \"Bank and pay\" { separate bank.change from pay.execute  within same Entity  at use }");
  Asked a(b, "pay.execute");
  a.employed().run();
  a.held("payer", {arg(b.en("Entity", "DE"))});
  EXPECT_EQ(say(b, a), "permit");
  a.held("steward", {arg(b.en("Entity", "FR"))});
  EXPECT_EQ(say(b, a), "permit");
  a.held("steward", {arg(b.en("Entity", "DE"))});
  EXPECT_EQ(say(b, a), "deny by both");
  a.me().held.back().since_ever = false;
  a.me().held.back().from = kNoon + 5;
  EXPECT_EQ(say(b, a), "permit");
  EXPECT_EQ(answer(b, a).until, kNoon + 5);
}

TEST(CoreStanding, WhatIsUnknownRestricts) {
  const Bundle b("sod both high \"Bank and pay\" { separate bank.change from pay.execute  within same Entity  at use }");
  Asked a(b, "pay.execute");
  a.employed().run();
  a.held("payer", {arg(b.en("Entity", "DE"))});
  a.me().complete = false;
  EXPECT_EQ(say(b, a), "indeterminate unknown held(incomplete)");
  a.me().complete = true;
  a.held("steward", {Argument{}});
  EXPECT_EQ(say(b, a), "indeterminate unknown held(incomplete)");
  a.me().held.erase(a.me().held.end() - 1);
  a.me().held.erase(std::remove_if(a.me().held.begin(), a.me().held.end(), [&](const Held& h) { return h.role == b.role("steward"); }), a.me().held.end());
  a.fact("Run", "r", "entity") = {};
  a.held("steward", {arg(b.en("Entity", "DE"))});
  EXPECT_EQ(say(b, a).substr(0, 13), "indeterminate");
}

TEST(CoreStanding, ALapsedGateHidesNoSide) {
  const Bundle b("role trained(e: Entity) for Employee where \"BANK\" in principal.training { within e  may bank.change }\n"
                 "sod both high \"Bank and pay\" { separate bank.change from pay.execute  within same Entity  at use }");
  Asked a(b, "pay.execute");
  a.employed().run();
  a.held("payer", {arg(b.en("Entity", "DE"))});
  a.held("trained", {arg(b.en("Entity", "DE"))});
  EXPECT_EQ(say(b, a), "deny by both");
}

TEST(CoreStanding, WithoutAJoin) {
  const Bundle b("sod both high \"Bank and pay\" { separate bank.change from pay.execute  at use  waiver at most 30d, by board }\n"
                 "exception x waives both { for \"ada\"  from 2026-05-25 through 2026-06-10  approved by \"eve\" on 2026-05-20  reason \"r\" }");
  Asked a(b, "pay.execute");
  a.employed().run();
  a.held("payer", {arg(b.en("Entity", "DE"))});
  EXPECT_EQ(say(b, a), "permit");
  a.held("steward", {arg(b.en("Entity", "FR"))});
  EXPECT_EQ(say(b, a), "permit lift x");
  a.raw().time = kNoon + 30 * kDay;
  EXPECT_EQ(say(b, a), "deny by both");
}

TEST(CoreStanding, WhatARobotCanDoCountsForItsOwner) {
  const Bundle b("role banker for Bot { may bank.change }\nsod both high \"Bank and pay\" { separate bank.change from pay.execute  at use }");
  Asked a(b, "pay.execute");
  a.employed().run();
  a.held("payer", {arg(b.en("Entity", "DE"))});
  EXPECT_EQ(say(b, a), "permit");
  a.known("Bot", "bot", "owner", a.ref("Employee", "ada"));
  Held h = a.me().held[0];
  h.role = b.role("banker");
  h.args = {};
  a.of("Bot", "bot").held.push_back(h);
  EXPECT_EQ(say(b, a), "deny by both");
  a.known("Bot", "bot", "owner", a.ref("Employee", "ben"));
  EXPECT_EQ(say(b, a), "permit");
  a.me().owned_complete = false;
  EXPECT_EQ(say(b, a), "indeterminate unknown owned(incomplete)");
}

}  // namespace
}  // namespace writ::core
