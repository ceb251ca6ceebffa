#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/unit/verify/fixture.h"
#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

TEST(Dead, AGrantThatARuleAlwaysRefusesIsDead) {
  Invoices f;
  f.grant(f.clerk, f.enter, f.less(f.number(100), f.resource(f.amount)));
  f.never("hit", {f.access({f.enter}, f.less(f.number(50), f.resource(f.amount)))});
  const Result r = only(f.finish(), "dead/firm.clerk/may.inv.enter");
  EXPECT_EQ(to_string(r.verdict.kind), "refuted");
  ASSERT_TRUE(r.witness);
  ASSERT_EQ(r.witness->killers.size(), 1U);
  EXPECT_EQ(r.witness->killers[0].name, "firm.hit");
}

TEST(Dead, AGrantThatDecidesIsAlive) {
  Invoices f;
  f.grant(f.clerk, f.enter, f.less(f.number(100), f.resource(f.amount)));
  f.never("hit", {f.access({f.enter}, f.less(f.number(200), f.resource(f.amount)))});
  EXPECT_EQ(verdict(f.finish(), "dead/firm.clerk/may.inv.enter"), "proved");
}

TEST(Dead, E37TheNarrowerGrantsAreRedundantTheWideOneIsNot) {
  Invoices f;
  const CondId urgent = f.fact(f.ctx(f.urgent));
  f.grant(f.clerk, f.enter);
  f.grant(f.clerk, f.enter, urgent);
  f.grant(f.clerk, f.enter, f.negation(urgent));
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "dead/firm.clerk/may.inv.enter"), "proved");
  EXPECT_EQ(verdict(k, "dead/firm.clerk/may.inv.enter.2"), "refuted");
  EXPECT_EQ(verdict(k, "dead/firm.clerk/may.inv.enter.3"), "refuted");
}

TEST(Dead, OfTwoThatKillEachOtherTheLaterGoes) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  f.grant(f.clerk, f.enter);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "dead/firm.clerk/may.inv.enter"), "proved");
  EXPECT_EQ(verdict(k, "dead/firm.clerk/may.inv.enter.2"), "refuted");
}

TEST(Dead, ARestrictionThatIsNeverTrueStillBites) {
  Invoices f;
  const CondId closed = f.fact(f.resource(f.closed));
  f.grant(f.clerk, f.enter);
  const RestrictionId odd = f.never("odd", {f.access({f.enter}, f.both(closed, f.negation(closed)))});
  (void)odd;
  EXPECT_EQ(verdict(f.finish(), "dead/firm.odd"), "proved");
}

TEST(Dead, ARestrictionInTheShadowOfTwoOthersIsDead) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  f.never("low", {f.access({f.enter}, f.less(f.resource(f.amount), f.number(10)))});
  f.never("high", {f.access({f.enter}, f.less(f.number(8), f.resource(f.amount)))});
  f.never("middle", {f.access({f.enter}, f.both(f.less(f.number(5), f.resource(f.amount)), f.less(f.resource(f.amount), f.number(20))))});
  EXPECT_EQ(why(f.finish(), "dead/firm.middle"), "whatever it concerns is refused already: firm.low, firm.high");
}

TEST(Dead, ARestrictionThatNoGrantReachesNamesThem) {
  Invoices f;
  f.grant(f.clerk, f.enter, f.less(f.resource(f.amount), f.number(10)));
  f.grant(f.role("senior"), f.enter, f.less(f.resource(f.amount), f.number(50)));
  f.grant(f.role("boss"), f.approve);
  f.never("huge", {f.access({f.enter}, f.less(f.number(100), f.resource(f.amount)))});
  const Result r = only(f.finish(), "dead/firm.huge");
  EXPECT_EQ(r.verdict.detail, "no grant reaches what it concerns: firm.clerk, firm.senior");
  ASSERT_EQ(r.witness->story.size(), 3U);
  EXPECT_EQ(r.witness->story[1].text, "never reached by firm.clerk");
}

TEST(Dead, ARestrictionIsNeverReachedWhereARuleRefusesTheRest) {
  Invoices f;
  f.grant(f.clerk, f.enter, f.less(f.resource(f.amount), f.number(50)));
  f.never("closed", {f.access({f.enter}, f.fact(f.resource(f.closed)))});
  f.never("either", {f.access({f.enter}, f.either(f.fact(f.resource(f.closed)), f.less(f.number(100), f.resource(f.amount))))});
  f.never("both", {f.access({f.enter}, f.both(f.fact(f.resource(f.closed)), f.less(f.number(100), f.resource(f.amount))))});
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(why(k, "dead/firm.both"), "no grant reaches what it concerns: firm.clerk");   // whatever the rules refuse
  EXPECT_EQ(why(k, "dead/firm.either"), "whatever it concerns is refused already or never granted: firm.closed, firm.clerk");
}

TEST(Dead, ARestrictionOnWhatCannotBeSaysSo) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  const CondId now = f.since(kJune);
  f.never("odd", {f.access({f.enter}, f.both(now, f.before(kJune)))});
  EXPECT_EQ(why(f.finish(), "dead/firm.odd"), "its own condition is never true");
}

TEST(Dead, ALiftThatEndsBeforeItsRuleBeginsIsDead) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  const RestrictionId late = f.forbid("late", {f.access({f.enter}, f.fact(f.resource(f.closed)))}, 10 * kDay);
  f.k.restrictions[late].from = kJune;
  f.exception("x", late, {"ada"}, kJune - 5 * kDay, kJune);
  f.exception("y", late, {"ada"}, kJune, kJune + 5 * kDay);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(why(k, "dead/firm.x/late"), "its rule never applies to what it selects");
  EXPECT_EQ(verdict(k, "dead/firm.y/late"), "proved");
}

TEST(Dead, ALiftOfWhatIsRefusedAnywayNamesWhatRefusesIt) {
  Invoices f;
  f.grant(f.clerk, f.enter, f.less(f.resource(f.amount), f.number(10)));
  const RestrictionId shut = f.forbid("shut", {f.access({f.enter}, f.fact(f.resource(f.closed)))}, 10 * kDay);
  const RestrictionId dear = f.forbid("dear", {f.access({f.enter}, f.less(f.number(100), f.resource(f.amount)))}, 10 * kDay);
  f.never("always", {f.access({f.enter}, f.fact(f.resource(f.closed)))});
  f.exception("x", shut, {"ada"}, kJune, kJune + 5 * kDay);
  f.exception("y", dear, {"ada"}, kJune, kJune + 5 * kDay);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(why(k, "dead/firm.x/shut"), "whatever it concerns is refused already: firm.always");
  EXPECT_EQ(why(k, "dead/firm.y/dear"), "no grant reaches what it concerns: firm.clerk");
}

TEST(Dead, ARoleForNobodyIsDead) {
  Invoices f;
  const TermId grade = f.principal(f.grade);
  f.role("ghost", f.both(f.less(grade, f.number(3)), f.less(f.number(3), grade)));
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "dead/firm.ghost/held"), "refuted");
  EXPECT_EQ(verdict(k, "dead/firm.clerk/held"), "proved");
}

TEST(Conflict, E34APromiseThatCannotBeKept) {
  Invoices f;
  f.grant(f.clerk, f.approve, f.less_equal(f.resource(f.amount), f.number(100'000)));
  f.never("cap", {f.access({f.approve}, f.less(f.number(50'000), f.resource(f.amount)))});
  const Result r = only(f.finish(), "conflict/firm.clerk/may.inv.approve");
  EXPECT_EQ(to_string(r.verdict.kind), "refuted");
  EXPECT_THAT(r.verdict.detail, testing::HasSubstr("firm.cap"));
  ASSERT_TRUE(r.witness);
  EXPECT_THAT(r.witness->requests.front().json, testing::HasSubstr("50001"));
}

TEST(Conflict, ANarrowerPromiseIsKept) {
  Invoices f;
  f.grant(f.clerk, f.approve, f.less_equal(f.resource(f.amount), f.number(50'000)));
  f.never("cap", {f.access({f.approve}, f.less(f.number(50'000), f.resource(f.amount)))});
  f.never("shut", {f.access({f.approve}, f.fact(f.resource(f.closed)))});
  EXPECT_EQ(verdict(f.finish(), "conflict/firm.clerk/may.inv.approve"), "proved");
}

/// What compares nothing with a literal claims everything, and what holds for nobody claims nothing.
TEST(Conflict, AGrantWithoutConditionsClaimsEverything) {
  Invoices refused;
  refused.grant(refused.clerk, refused.approve, refused.truth());
  refused.never("closed", {refused.access({refused.approve}, refused.truth())});
  const Result r = only(refused.finish(), "conflict/firm.clerk/may.inv.approve");
  EXPECT_EQ(r.verdict.detail, "all of what it claims is refused by firm.closed always; narrow it, or say `subject to`");
  Invoices kept;
  kept.grant(kept.clerk, kept.approve, kept.truth());
  kept.never("closed", {kept.access({kept.approve}, kept.fact(kept.resource(kept.closed)))});
  EXPECT_EQ(verdict(kept.finish(), "conflict/firm.clerk/may.inv.approve"), "proved");
  Invoices nobody;
  nobody.grant(nobody.clerk, nobody.approve, nobody.both(nobody.fact(nobody.resource(nobody.closed)), nobody.negation(nobody.fact(nobody.resource(nobody.closed)))));
  EXPECT_EQ(verdict(nobody.finish(), "conflict/firm.clerk/may.inv.approve"), "vacuous");
}

TEST(Conflict, AnExceptionThatAnotherRuleDefeatsIsABrokenPromise) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  const CondId closed = f.fact(f.resource(f.closed));
  const RestrictionId late = f.forbid("late", {f.access({f.enter}, closed)}, 10 * kDay);
  f.exception("x", late, {"ada"}, kJune, kJune + 5 * kDay);
  EXPECT_EQ(verdict(f.finish(), "conflict/firm.x/late"), "proved");
  f.k.grants_of_action.clear();
  f.k.restrictions_of_action.clear();
  f.k.lifts_of.clear();
  f.never("shut", {f.access({f.enter}, closed)});
  EXPECT_EQ(verdict(f.finish(), "conflict/firm.x/late"), "refuted");
}

TEST(Horizon, DecisionsHoldUntilTheySayTheyDo) {
  Invoices f;
  f.grant(f.clerk, f.enter, f.before(kJune + 30 * kDay));
  f.never("freeze", {f.access({f.enter}, f.both(f.since(kJune + 10 * kDay), f.fact(f.resource(f.closed))))});
  const RestrictionId late = f.forbid("late", {f.access({f.enter}, f.fact(f.ctx(f.urgent)))}, 90 * kDay);
  f.exception("x", late, {"ada"}, kJune, kJune + 20 * kDay);
  f.require_mfa("step", {f.access({f.enter}, f.less(f.number(7), f.resource(f.amount)))}, kDay);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "horizon/inv.enter"), "proved");
  EXPECT_EQ(verdict(k, "horizon/inv.enter", {Fault::HorizonOfDecider}), "refuted");
}

TEST(FailClosed, FewerFactsNeverMeanMore) {
  Invoices f;
  f.grant(f.clerk, f.enter, f.less(f.number(3), f.principal(f.grade)));
  f.never("hit", {f.access({f.enter}, f.fact(f.resource(f.closed)))});
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "fail-closed/inv.enter"), "proved");
  EXPECT_EQ(verdict(k, "fail-closed/inv.enter", {Fault::UnknownDoesNotBite}), "refuted");
}

TEST(Expiry, NothingShowsAfterTheEnd) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  const RestrictionId late = f.forbid("late", {f.access({f.enter}, f.fact(f.resource(f.closed)))}, 10 * kDay);
  f.exception("x", late, {"ada"}, kJune, kJune + 5 * kDay);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "expiry/firm.x/late"), "proved");
  EXPECT_EQ(verdict(k, "expiry/firm.x/late", {Fault::InclusiveEnd}), "refuted");
}

TEST(Terms, DurationAndRenewals) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  const RestrictionId late = f.forbid("late", {f.access({f.enter})}, 30 * kDay);
  f.k.restrictions[late].yields[kernel::YieldKind::Waiver].renew = 1;
  f.exception("long", late, {"ben"}, kJune, kJune + 31 * kDay);
  f.exception("a", late, {"ada"}, kJune, kJune + 20 * kDay);
  f.exception("b", late, {"ada"}, kJune + 31 * kDay, kJune + 51 * kDay);
  const kernel::Kernel two = f.finish();
  EXPECT_EQ(verdict(two, "exception-terms/firm.long/late"), "refuted");
  EXPECT_EQ(verdict(two, "exception-terms/firm.a/late"), "proved");
  f.exception("c", late, {"ada"}, kJune + 62 * kDay, kJune + 82 * kDay);
  const Result r = only(f.finish(), "exception-terms/firm.c/late");
  EXPECT_EQ(to_string(r.verdict.kind), "refuted");
  EXPECT_THAT(r.verdict.detail, testing::HasSubstr("renewed 2 times"));
}

TEST(Run, HashDependsOnNeitherThreadsNorOrder) {
  const Policy policy("never hit { inv.enter where resource.amount > 900 EUR }\nforbid late high \"Closed\" { inv.enter where resource.period == closed  waiver at most 30d, by board }\n"
                      "exception x waives late { for \"ada\"  from 2026-06-01 through 2026-06-10  approved by \"eve\" on 2026-05-20  reason \"r\" }\n"
                      "assert a: never e: Employee, q: Invoice where (e can inv.enter on q) and q.amount > 900 EUR");
  const kernel::Kernel& k = policy.kernel();
  const source::SourceSet sources;
  const ProofRun one = prove(k, sources, {});
  EXPECT_GT(one.results.size(), 20U);
  for (const unsigned threads : {1U, 2U, 8U}) {
    Options options;
    options.threads = threads;
    const ProofRun run = prove(k, sources, options);
    EXPECT_EQ(run.verdict_hash, one.verdict_hash) << threads << " threads";
    ASSERT_EQ(run.results.size(), one.results.size());
    for (std::size_t i = 0; i < run.results.size(); ++i) {
      EXPECT_EQ(run.results[i].obligation.id, one.results[i].obligation.id);
      ASSERT_EQ(run.results[i].witness.has_value(), one.results[i].witness.has_value());
      if (run.results[i].witness) { EXPECT_EQ(tell(*run.results[i].witness, sources), tell(*one.results[i].witness, sources)) << threads << " threads"; }
      EXPECT_EQ(run.results[i].effort, one.results[i].effort) << run.results[i].obligation.id;
    }
    const Settings settings{k, sources, options.budget, nullptr, {}, {}};
    std::vector<Obligation> backwards = collect(k);
    std::reverse(backwards.begin(), backwards.end());
    EXPECT_EQ(run_obligations(settings, backwards, options).verdict_hash, one.verdict_hash) << "backwards, " << threads << " threads";
  }
}

TEST(Run, CancelledIsUndecided) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  const kernel::Kernel k = f.finish();
  Options options;
  options.cancelled = [] { return true; };
  options.progress = [](const Progress&) { std::this_thread::sleep_for(std::chrono::milliseconds(60)); };
  const ProofRun run = prove(k, {}, options);
  const auto cancelled = std::count_if(run.results.begin(), run.results.end(), [](const Result& r) { return r.verdict.reason == Reason::Cancelled; });
  EXPECT_GT(cancelled, 0);
}

/// Wherever an interrupt strikes, in the middle of an assertion or of a model, the run ends with undecided verdicts and no witness.
TEST(Run, AnInterruptAtAnyMomentIsUndecided) {
  const Policy policy("never hit { inv.enter where resource.amount > 900 EUR }\nrole big for Employee { may pay.execute where resource.total <= 100_000 EUR }\n"
                      "never cap { pay.execute where resource.total > 50_000 EUR }");
  std::size_t cancelled = 0, finished = 0;
  for (int after = 0; after < 12; ++after) {
    Options options;
    options.threads = 2;
    std::atomic<int> polls{0};
    options.cancelled = [&] { return polls++ >= after; };
    for (const Result& r : prove(policy.kernel(), {}, options).results) {
      ++(r.verdict.reason == Reason::Cancelled ? cancelled : finished);
      if (r.verdict.reason == Reason::Cancelled) { EXPECT_FALSE(r.witness); }
    }
  }
  EXPECT_GT(cancelled, 0U);
  EXPECT_GT(finished, 0U);
}

TEST(Print, QueriesAsText) {
  Invoices f;
  f.grant(f.clerk, f.enter, f.less(f.number(3), f.principal(f.grade)));
  const std::string text = print_smt2(f.finish(), {"horizon"});
  EXPECT_THAT(text, testing::HasSubstr("; horizon/inv.enter\n(set-logic ALL)"));
  EXPECT_THAT(text, testing::HasSubstr("principal.grade"));
  EXPECT_THAT(text, testing::HasSubstr("(check-sat)"));
}

TEST(Print, ObligationsSayWhatTheyRangeOver) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  const std::string text = print(collect(f.finish()), {});
  EXPECT_THAT(text, testing::HasSubstr("obligation dead/firm.clerk/may.inv.enter\n  says     `may inv.enter` of `firm.clerk` decides some request\n"));
  EXPECT_THAT(text, testing::HasSubstr("fails    WRIT4003, WRIT4022"));
}

TEST(Select, WordsIdsAndStatements) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(select(collect(k), {"horizon"}).size(), 1U);
  EXPECT_EQ(select(collect(k), {"clerk"}).size(), 3U);
  EXPECT_EQ(select(collect(k), {"dead/firm.clerk/held"}).size(), 1U);
  EXPECT_TRUE(select(collect(k), {"no-such"}).empty());
}

}  // namespace
}  // namespace writ::verify
