// What lifts a restriction, what is still missing, what follows (semantics.md 7, 8, 11).
#include "tests/unit/core/asked.h"

namespace writ::core {
namespace {

TEST(CoreLifts, ALiftLiftsOnlyWhatItNames) {
  const Bundle b("forbid late high \"Closed\" { inv.enter where resource.period == closed  waiver at most 10d, by board }\n"
                 "never hit { inv.enter where resource.amount > 900 EUR }\n"
                 "exception x waives late { for \"ada\"  from 2026-05-25 through 2026-06-02  approved by \"eve\" on 2026-05-20  reason \"r\" }");
  const auto asks = [&](const std::string& who, std::int64_t amount, Instant at) {
    auto a = std::make_unique<Asked>(b, "inv.enter", who);
    a->employed(who).invoice("j", amount).known("Invoice", "j", "period", b.en("Period", "closed"));
    a->held("ap");
    a->raw().time = at;
    return a;
  };
  const Instant end = 1'780'437'600'000;   // 2026-06-03T00:00+02:00
  auto ada = asks("ada", 500, kNoon);
  EXPECT_EQ(say(b, *ada), "permit lift x");
  EXPECT_EQ(answer(b, *ada).until, end);
  EXPECT_EQ(say(b, *asks("ada", 500, end - 1)), "permit lift x");
  EXPECT_EQ(say(b, *asks("ada", 500, end)), "deny by late");
  EXPECT_EQ(say(b, *asks("ben", 500, kNoon)), "deny by late");
  EXPECT_EQ(say(b, *asks("ada", 950, kNoon)), "deny by hit");
  auto shared = asks("ada", 500, kNoon);
  shared->me().shared = true;
  EXPECT_EQ(say(b, *shared), "indeterminate unknown person(shared)");
}

TEST(CoreLifts, AMitigationLastsWhileItsControlIsInForce) {
  const Bundle b("control c1 \"Weekly review\" { for eyes  owner \"fay\"  monitor \"fay\"  every 7d }\n"
                 "mitigation m covers eyes { for \"ada\"  on same Invoice  from 2026-01-01 through 2026-12-31  approved by \"eve\" on 2025-12-20  with c1  reason \"r\" }");
  Asked a(b, "inv.approve");
  a.employed().invoice();
  a.held("ap");
  a.event("inv.enter", "ada", "Invoice", "i");
  EXPECT_EQ(say(b, a), "indeterminate unknown firm.c1(not_supplied)");
  const std::vector<std::string_view> not_below = {"ada"};
  std::vector<Monitor> monitors = {{"fay", true, not_below}};
  a.controls() = {{b.control("c1"), State::Known, true, kNoon - 30 * kDay, monitors}};
  EXPECT_EQ(say(b, a), "permit lift m");
  monitors[0].id = "ada";
  EXPECT_EQ(say(b, a), "deny by eyes") << "monitors himself";
  monitors[0] = {"fay", true, {}};
  EXPECT_EQ(say(b, a), "indeterminate unknown firm.c1(not_supplied)");
  monitors[0] = {"fay", false, not_below};
  EXPECT_EQ(say(b, a), "deny by eyes");
  monitors[0].active = true;
  a.controls()[0].tested = kNoon - 365 * kDay;
  EXPECT_EQ(say(b, a), "deny by eyes") << "tested a year ago, to the millisecond";
  a.controls()[0].tested = kNoon - 365 * kDay + 1;
  EXPECT_EQ(say(b, a), "permit lift m");
  EXPECT_EQ(answer(b, a).until, kNoon + 1);
  a.controls()[0].effective = false;
  EXPECT_EQ(say(b, a), "deny by eyes");
}

TEST(CoreLifts, WhatRestsOnAnExceptionEndsWithIt) {
  const Bundle b("exception x waives bp { for \"ada\"  within DE  from 2026-05-01 through 2026-05-20  approved by \"eve\" on 2026-04-30  reason \"r\" }");
  Asked a(b, "bank.change");
  a.employed().vendor();
  const std::vector<Index> lifts = {b.lift("x")};
  const std::vector<std::span<const Index>> rests_on = {lifts}, gone = {{}};
  Held& h = a.held("steward", {arg(b.en("Entity", "DE"))});
  h.rests_on = rests_on;
  EXPECT_EQ(say(b, a), "deny");
  const Instant end = 1'779'314'400'000;   // 2026-05-21T00:00+02:00
  a.raw().time = end - 1;
  EXPECT_EQ(say(b, a), "permit");
  EXPECT_EQ(answer(b, a).until, end);
  a.me().held[0].rests_on = gone;
  EXPECT_EQ(say(b, a), "indeterminate unknown held.rests_on(not_supplied)");
}

TEST(CoreWarrants, MfaAndEvidence) {
  const Bundle b("require strong { mfa fresh within 15min before pay.execute }\nrequire call { evidence \"call-back\" before pay.execute where resource.total > 400 EUR }");
  Asked a(b, "pay.execute");
  a.employed().run("r", 400);
  a.held("payer", {arg(b.en("Entity", "DE"))});
  EXPECT_EQ(say(b, a), "pending missing mfa");
  a.warrants().mfa = true;
  EXPECT_EQ(say(b, a), "pending missing mfa") << "of unknown age";
  a.warrants().mfa_time = kNoon - 15 * 60'000 + 1;
  EXPECT_EQ(say(b, a), "permit lift strong");
  EXPECT_EQ(answer(b, a).until, kNoon + 1);
  a.warrants().mfa_time = kNoon - 15 * 60'000;
  EXPECT_EQ(say(b, a), "pending missing mfa");
  a.warrants().mfa_time = kNoon - 1;
  a.known("Run", "r", "total", euro(401));
  EXPECT_EQ(say(b, a), "pending lift strong missing evidence call-back");
  const std::vector<std::string_view> kinds = {"call-back"};
  a.warrants().evidence = kinds;
  EXPECT_EQ(say(b, a), "permit lift call lift strong");
}

/// Ada pays; eve is boss, fay is chief, nobody is above them.
class Dual : public testing::Test {
 protected:
  Dual() {
    a.employed().run();
    a.held("payer", {arg(b.en("Entity", "DE"))});
    for (const std::string who : {"eve", "fay"}) a.employed(who).absent("Employee", who, "manager");
    a.held("boss", {}, "eve");
    a.held("chief", {}, "fay");
    a.me().managers = {"eve"};
  }
  Bundle b{"require big { approval dual before pay.execute where resource.total > 400 EUR }\nrequire own { approval line before pay.execute where resource.total > 9_000 EUR }"};
  Asked a{b, "pay.execute"};
};

TEST_F(Dual, TwoDifferentPeopleInTheirCapacity) {
  EXPECT_EQ(say(b, a), "pending missing dual 1");
  a.approval("dual", 1, "eve");
  EXPECT_EQ(say(b, a), "pending missing dual 1");
  a.approval("dual", 1, "eve");
  EXPECT_EQ(say(b, a), "pending missing dual 1") << "nobody counts twice";
  a.approval("dual", 1, "fay");
  EXPECT_EQ(say(b, a), "permit lift big");
  const Instant end = kNoon - 3'600'000 + 2 * kDay;   // good for the sum of the dues
  EXPECT_EQ(answer(b, a).until, end);
  a.raw().time = end - 1;
  EXPECT_EQ(say(b, a), "permit lift big");
  a.raw().time = end;
  EXPECT_EQ(say(b, a), "pending missing dual 1");
}

TEST_F(Dual, ARecordForAnotherRequestDoesNotCount) {
  a.approval("dual", 1, "eve");
  a.approval("dual", 1, "fay").digest_matches = false;
  EXPECT_EQ(say(b, a), "pending missing dual 1");
}

TEST_F(Dual, LateWithdrawnRejected) {
  a.approval("dual", 1, "eve");
  Approval& fay = a.approval("dual", 1, "fay");
  fay.requested = fay.given - 2 * kDay;
  EXPECT_EQ(say(b, a), "pending missing dual 1") << "due within two days of the request";
  fay.requested = fay.given - 2 * kDay + 1;
  EXPECT_EQ(say(b, a), "permit lift big");
  fay.withdrawn = true;
  EXPECT_EQ(say(b, a), "pending missing dual 1");
  fay.withdrawn = false;
  fay.rejected = true;
  EXPECT_EQ(say(b, a), "deny by big");
}

TEST_F(Dual, NobodyApprovesForHimself) {
  a.approval("dual", 1, "eve");
  a.approval("dual", 1, "ada");
  a.held("chief");
  EXPECT_EQ(say(b, a), "pending missing dual 1");
}

TEST_F(Dual, NobodyBelowTheRequesterApproves) {
  a.approval("dual", 1, "eve");
  a.approval("dual", 1, "fay");
  EXPECT_EQ(say(b, a), "permit lift big");
  a.known("Employee", "eve", "manager", a.ref("Employee", "ada"));
  a.of("Employee", "eve").managers = {"ada"};
  EXPECT_EQ(say(b, a), "pending missing dual 1");
  a.of("Employee", "eve").managers = {};
  EXPECT_EQ(say(b, a), "pending missing dual 1") << "her manager asks, whatever the list says";
  a.absent("Employee", "eve", "manager");
  EXPECT_EQ(say(b, a), "permit lift big");
  a.of("Employee", "eve").managers = {"ada"};
  EXPECT_EQ(say(b, a), "pending missing dual 1");
  a.of("Employee", "eve").managers = {"zoe"};
  EXPECT_EQ(say(b, a), "pending missing dual 1") << "nobody is above her, and somebody is";
  a.known("Employee", "eve", "manager", a.ref("Employee", "zoe"));
  EXPECT_EQ(say(b, a), "permit lift big");
  a.of("Employee", "eve").managers_complete = false;
  EXPECT_EQ(say(b, a), "pending missing dual 1") << "unknown is not independent";
}

TEST_F(Dual, CapacityIsJudgedAtTheTimeOfApproval) {
  a.approval("dual", 1, "eve");
  a.approval("dual", 1, "fay");
  Held& chief = a.of("Employee", "fay").held[0];
  chief.endless = false;
  chief.until = kNoon - 3'600'000;
  EXPECT_EQ(say(b, a), "pending missing dual 1");
  a.of("Employee", "fay").held[0].until = kNoon - 3'600'000 + 1;
  EXPECT_EQ(say(b, a), "permit lift big");
}

TEST_F(Dual, NobodyKnowsWhatAnApproverHoldsUnlessItIsSaid) {
  a.approval("dual", 1, "eve");
  a.approval("dual", 1, "fay");
  a.of("Employee", "eve").held.clear();
  EXPECT_EQ(say(b, a), "pending missing dual 1");
  a.of("Employee", "eve").complete = false;
  EXPECT_EQ(say(b, a), "pending missing dual 1");
}

TEST_F(Dual, WhoHasNoManagerCanNeverGetHisApproval) {
  a.known("Run", "r", "total", euro(10'000));
  a.approval("dual", 1, "eve");
  a.approval("dual", 1, "fay");
  EXPECT_EQ(say(b, a), "pending lift big missing line 1");
  a.approval("line", 1, "eve");
  EXPECT_EQ(say(b, a), "permit lift big lift own");
  a.absent("Employee", "ada", "manager");
  EXPECT_EQ(say(b, a), "deny by own");
}

TEST_F(Dual, ANoCountsOfWhomAYesWouldHaveCounted) {
  a.employed("ben").absent("Employee", "ben", "manager");
  Approval& no = a.approval("dual", 1, "ben");
  no.rejected = true;
  EXPECT_EQ(say(b, a), "pending missing dual 1") << "he is no party";
  a.of("Employee", "ben").complete = false;
  EXPECT_EQ(say(b, a).substr(0, 13), "indeterminate") << "perhaps he is";
  a.held("boss", {}, "ben");
  EXPECT_EQ(say(b, a), "deny by big");
  a.known("Employee", "ben", "manager", a.ref("Employee", "ada"));
  EXPECT_EQ(say(b, a), "pending missing dual 1") << "he is below her who asks";
}

TEST(CoreChains, AnAttemptThatRanOutIsNone) {
  const Bundle b("approval two = role boss due 1d then role chief due 1d\nrequire big { approval two before pay.execute }");
  Asked a(b, "pay.execute");
  a.employed().run();
  a.held("payer", {arg(b.en("Entity", "DE"))});
  for (const std::string who : {"eve", "fay"}) a.employed(who).absent("Employee", who, "manager");
  a.held("boss", {}, "eve");
  a.held("chief", {}, "fay");
  const std::string nothing = say(b, a);
  Approval& first = a.approval("two", 1, "eve");
  const std::string begun = say(b, a);
  EXPECT_NE(begun, nothing);
  first.requested = first.given = kNoon - kDay + 1;
  EXPECT_EQ(say(b, a), begun);
  first.requested = first.given = kNoon - kDay;
  EXPECT_EQ(say(b, a), nothing);
  Approval& second = a.approval("two", 2, "fay", kNoon - kDay + 1);
  EXPECT_EQ(say(b, a), "permit lift big");
  second.given = kNoon - 2 * kDay;
  EXPECT_EQ(say(b, a), nothing);
}

TEST(CoreChains, StepsInOrderOneOfSeveralAndChainsInChains) {
  const Bundle b("approval aa = role boss due 1d then chain_b due 1d\napproval chain_b = 2 of role chief or role boss due 1d\nrequire big { approval aa before pay.execute }");
  ASSERT_EQ(b.unfit(), Unfit::none);
  ASSERT_LT(b.chain("chain_b"), b.chain("aa")) << "numbered forward";
}

TEST(CoreObligations, AttachUnlessTheirConditionIsFalse) {
  const Bundle b("require tell { notify \"soc@firm.example\" after pay.execute where resource.total > 1 EUR }\nrequire note { log after denied pay.execute }");
  Asked a(b, "pay.execute");
  a.employed().run();
  Memory memory(b.policy());
  const auto attached = [&] {
    std::string all;
    for (const Index o : evaluate(b.policy(), a.request(), memory.scratch).decision.obligations) all += std::string(local(b.view().text(b.view().obligations[o].id))) + " ";
    return all;
  };
  EXPECT_EQ(attached(), "note ");
  a.held("payer", {arg(b.en("Entity", "DE"))});
  EXPECT_EQ(attached(), "tell ");
  a.fact("Run", "r", "total") = {};
  EXPECT_EQ(attached(), "tell ");
  a.known("Run", "r", "total", euro(1));
  EXPECT_EQ(attached(), "");
}

TEST(CoreOutcomes, TheFour) {
  const Bundle b("require big { approval dual before pay.execute where resource.total > 400 EUR }\nnever hit { pay.execute where resource.hit }");
  const auto asks = [&](std::int64_t total, std::optional<bool> hit) {
    Asked a(b, "pay.execute");
    a.employed().run("r", total);
    if (hit) a.known("Run", "r", "hit", yes(*hit));
    else a.fact("Run", "r", "hit") = {};
    a.held("payer", {arg(b.en("Entity", "DE"))});
    return say(b, a);
  };
  EXPECT_EQ(asks(100, false), "permit");
  EXPECT_EQ(asks(500, false), "pending missing dual 1");
  EXPECT_EQ(asks(100, std::nullopt), "indeterminate unknown resource.hit(not_supplied)");
  EXPECT_EQ(asks(900, true), "deny by hit");
}

}  // namespace
}  // namespace writ::core
