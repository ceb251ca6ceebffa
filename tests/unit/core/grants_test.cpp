// Grants, facts and paths: what semantics.md 2 to 5 says, each positive, negative, unknown and at its boundary.
#include "tests/unit/core/asked.h"

namespace writ::core {
namespace {

TEST(CoreGrants, PermitsWhatARoleGrants) {
  const Bundle b;
  Asked a(b, "inv.enter");
  a.employed().invoice();
  EXPECT_EQ(say(b, a), "deny");
  a.held("ap");
  EXPECT_EQ(say(b, a), "permit");
  EXPECT_EQ(answer(b, a).until, kForever);
}

TEST(CoreGrants, CitesEveryTrueGrant) {
  const Bundle b("role big for Employee { may inv.enter where resource.amount > 100 EUR }\nrole small for Employee { may inv.enter where resource.amount < 100 EUR }");
  Asked a(b, "inv.enter");
  a.employed().invoice();
  a.held("ap"), a.held("big"), a.held("small");
  Memory memory(b.policy());
  const Evaluated e = evaluate(b.policy(), a.request(), memory.scratch);
  ASSERT_EQ(e.decision.decided_by.size(), 2u);
  EXPECT_EQ(b.view().text(e.decision.decided_by[0].id), "firm.ap");
  EXPECT_EQ(b.view().text(e.decision.decided_by[1].id), "firm.big");
}

TEST(CoreGrants, NearestMissesOfADenial) {
  const Bundle b("role big for Employee { may inv.enter where resource.amount > 900 EUR }");
  Asked a(b, "inv.enter");
  a.employed().invoice();
  a.held("big");
  Memory memory(b.policy());
  const Evaluated e = evaluate(b.policy(), a.request(), memory.scratch);
  ASSERT_EQ(e.decision.outcome, Outcome::Deny);
  ASSERT_EQ(e.decision.nearest_misses.size(), 2u);
  const NearestMiss& first = e.decision.nearest_misses[0];
  EXPECT_EQ(b.view().text(b.view().grants[first.grant].id), "firm.big");
  EXPECT_TRUE(first.held);
  ASSERT_EQ(first.failed.size(), 1u);
  EXPECT_NE(condition_text(b.view(), first.failed[0]).find("900 EUR"), std::string_view::npos);
  EXPECT_FALSE(e.decision.nearest_misses[1].held);
}

TEST(CoreGrants, AConditionThatNobodyKnowsGrantsNothing) {
  const Bundle b("role r for Employee { may inv.enter where resource.amount <= 500 EUR }");
  Asked a(b, "inv.enter");
  a.employed().invoice("i", 500);
  a.held("r");
  EXPECT_EQ(say(b, a), "permit");
  a.known("Invoice", "i", "amount", {layout::Scalar::Money, 0, 5'000'001, "EUR"});
  EXPECT_EQ(say(b, a), "deny");
  a.fact("Invoice", "i", "amount") = {};
  EXPECT_EQ(say(b, a), "indeterminate unknown resource.amount(not_supplied)");
  a.fact("Invoice", "i", "amount").reason = Reason::ill_typed;
  EXPECT_EQ(say(b, a), "indeterminate unknown resource.amount(ill_typed)");
  a.known("Invoice", "i", "amount", {layout::Scalar::Money, 0, 5'000'000, "SGD"});
  EXPECT_EQ(say(b, a), "indeterminate unknown resource.amount(other_currency)");
}

TEST(CoreGrants, AValueOfAnotherTypeIsUnknown) {
  const Bundle b("role r for Employee { may inv.enter where resource.amount <= 500 EUR }");
  Asked a(b, "inv.enter");
  a.employed().invoice();
  a.held("r");
  a.known("Invoice", "i", "amount", text("500"));
  EXPECT_EQ(say(b, a), "indeterminate unknown resource.amount(ill_typed)");
  a.known("Invoice", "i", "amount", number(5));
  EXPECT_EQ(say(b, a), "indeterminate unknown resource.amount(ill_typed)");
}

TEST(CoreGrants, AbsentIsKnownMissingIsNot) {
  const Bundle b("role lead for Employee { may inv.enter where principal.manager == none }");
  Asked a(b, "inv.enter");
  a.employed().invoice();
  a.held("lead");
  EXPECT_EQ(say(b, a), "deny");
  a.absent("Employee", "ada", "manager");
  EXPECT_EQ(say(b, a), "permit");
  a.fact("Employee", "ada", "manager") = {};
  EXPECT_EQ(say(b, a), "indeterminate unknown principal.manager(not_supplied)");
}

TEST(CoreGrants, AnUnfinishedListOfRolesIsUnknownForWhatItLacks) {
  const Bundle b;
  Asked a(b, "inv.enter");
  a.employed().invoice();
  a.me().complete = false;
  EXPECT_EQ(say(b, a), "indeterminate unknown held(incomplete)");
  a.held("ap");
  EXPECT_EQ(say(b, a), "permit");
}

TEST(CoreGrants, AHoldingIsLiveFromItsBeginningUntilItsEnd) {
  const Bundle b;
  Asked a(b, "inv.enter");
  a.employed().invoice();
  Held& h = a.held("ap");
  h.since_ever = h.endless = false;
  h.from = kNoon;
  h.until = kNoon + 1;
  EXPECT_EQ(say(b, a), "permit");
  EXPECT_EQ(answer(b, a).until, kNoon + 1);
  a.raw().time = kNoon - 1;
  EXPECT_EQ(say(b, a), "deny");
  EXPECT_EQ(answer(b, a).until, kNoon);
  a.raw().time = kNoon + 1;
  EXPECT_EQ(say(b, a), "deny");
  EXPECT_EQ(answer(b, a).until, kForever);
  a.raw().time = kNoInstant;
  EXPECT_EQ(say(b, a), "indeterminate unknown context.time(not_supplied)");
  EXPECT_EQ(answer(b, a).until, 0);
}

TEST(CoreGrants, ATermAnEmploymentAndALapsedGateEndAHolding) {
  const Bundle b("role temp for Employee { may inv.enter  at most 90d }\nrole trained for Employee where \"BANK\" in principal.training { may inv.enter }");
  Asked a(b, "inv.enter");
  a.employed().invoice();
  Held& h = a.held("temp");
  h.since_ever = false;
  h.from = kNoon - 90 * kDay + 1;
  EXPECT_EQ(say(b, a), "permit");
  EXPECT_EQ(answer(b, a).until, kNoon + 1);
  a.me().held[0].from = kNoon - 90 * kDay;
  EXPECT_EQ(say(b, a), "deny");
  a.me().held[0].from = kNoon - kDay;
  a.known("Employee", "ada", "hired", instant(kNoon - kDay + 1));
  EXPECT_EQ(say(b, a), "deny") << "held before this employment";
  a.me().held.clear();
  a.held("trained");
  EXPECT_EQ(say(b, a), "deny");
  a.set("Employee", "ada", "training", {text("BANK")});
  EXPECT_EQ(say(b, a), "permit");
  a.set("Employee", "ada", "training", {}, false);
  EXPECT_EQ(say(b, a), "indeterminate unknown principal.training(incomplete)");
}

TEST(CoreGrants, AScopeConfinesARole) {
  const Bundle b;
  Asked a(b, "pay.execute");
  a.employed().run();
  a.held("payer", {arg(b.en("Entity", "FR"))});
  EXPECT_EQ(say(b, a), "deny");
  a.held("payer", {arg(b.en("Entity", "DE"))});
  EXPECT_EQ(say(b, a), "permit");
  a.me().held.clear();
  a.held("payer", {Argument{}});
  EXPECT_EQ(say(b, a), "indeterminate unknown held(incomplete)");
}

TEST(CoreGrants, TheNextThresholdThatMatters) {
  const Bundle b("role r for Employee { may inv.enter where now < 2027-01-01 }\nnever freeze { inv.enter where now >= 2026-12-20 }");
  Asked a(b, "inv.enter");
  a.employed().invoice();
  a.held("r");
  const Instant freeze = 1'797'721'200'000;   // 2026-12-20T00:00+01:00
  EXPECT_EQ(answer(b, a).until, freeze);
  a.raw().time = freeze - 1;
  EXPECT_EQ(say(b, a), "permit");
  a.raw().time = freeze;
  EXPECT_EQ(say(b, a), "deny by freeze");
  EXPECT_EQ(answer(b, a).until, kForever);
}

TEST(CoreGrants, AStaleFactIsUnknown) {
  const Bundle b(R"(module m  owner role boss  zone "UTC"
principal Employee is human { left: bool fresh within 15min }
resource Doc { }
action doc.read on Doc
role boss for Employee { may doc.read }
never left { doc.read where principal.left }
)", false);
  Asked a(b, "doc.read");
  a.of("Doc", "d");
  a.held("boss");
  a.known("Employee", "ada", "left", yes(false));
  a.raw().resource = 0;
  EXPECT_EQ(say(b, a), "indeterminate unknown principal.left(stale)");
  a.fact("Employee", "ada", "left").as_of = kNoon - 15 * 60'000 + 1;
  EXPECT_EQ(say(b, a), "permit");
  EXPECT_EQ(answer(b, a).until, kNoon + 1);
  a.fact("Employee", "ada", "left").as_of = kNoon - 15 * 60'000;
  EXPECT_EQ(say(b, a), "indeterminate unknown principal.left(stale)");
  a.fact("Employee", "ada", "left").as_of = kNoon + 60'000;   // within the skew
  EXPECT_EQ(say(b, a), "permit");
  a.fact("Employee", "ada", "left").as_of = kNoon + 60'001;
  EXPECT_EQ(say(b, a), "indeterminate unknown principal.left(stale)");
}

TEST(CoreGrants, WhoseRightsAlongAPath) {
  const Bundle b("role runner for Bot { may pay.execute }");
  Asked a(b, "pay.execute", "bot", "Bot");
  a.run();
  a.held("runner");
  a.known("Bot", "bot", "owner", a.ref("Employee", "ada"));
  a.path().clear();
  EXPECT_EQ(say(b, a), "indeterminate unknown path(not_supplied)");
  a.path() = {a.hop("Bot", "bot")};
  a.raw().path_supplied = true;
  EXPECT_EQ(say(b, a), "permit");
  a.path()[0].attested = false;
  EXPECT_EQ(say(b, a), "indeterminate unknown path(not_attested)");
  a.path() = {a.hop("Employee", "ben"), a.hop("Bot", "bot")};
  a.path()[1].how = Hop::How::RunsAs;
  EXPECT_EQ(say(b, a), "permit");
  a.path()[1].how = Hop::How::OnBehalf;
  EXPECT_EQ(say(b, a), "indeterminate unknown held(not_supplied)");
  a.employed("ben");
  EXPECT_EQ(say(b, a), "deny");
  a.held("payer", {arg(b.en("Entity", "DE"))}, "ben");
  EXPECT_EQ(say(b, a), "permit");
  a.path()[1].how = Hop::How::Delegated;
  EXPECT_EQ(say(b, a), "indeterminate unknown delegation(not_supported)");
}

TEST(CoreGrants, RefusedAndBadRequests) {
  const Bundle b;
  Asked a(b, "inv.enter");
  a.employed().invoice();
  a.held("ap");
  a.request();
  a.raw().refused = Refused::unknown_action;
  Memory memory(b.policy());
  EXPECT_EQ(told(b, evaluate(b.policy(), a.raw(), memory.scratch).decision), "deny unknown_action");
  a.raw().refused = Refused::No;
  a.raw().action = b.view().actions.count;
  EXPECT_EQ(evaluate(b.policy(), a.raw(), memory.scratch).status, Status::bad_request);
  a.raw().action = 0;
  a.raw().subject = 99;
  EXPECT_EQ(evaluate(b.policy(), a.raw(), memory.scratch).status, Status::bad_request);
  Memory small(b.policy(), 64);
  EXPECT_EQ(evaluate(b.policy(), a.request(), small.scratch).status, Status::scratch_too_small);
}

TEST(CoreGrants, EntitiesOutOfOrderAreNoRequest) {
  const Bundle b;
  Asked a(b, "inv.enter");
  a.employed().invoice();
  std::vector<Record> records(a.request().entities.begin(), a.request().entities.end());
  std::reverse(records.begin(), records.end());
  a.raw().entities = records;
  Memory memory(b.policy());
  EXPECT_EQ(evaluate(b.policy(), a.raw(), memory.scratch).status, Status::bad_request);
}

}  // namespace
}  // namespace writ::core
