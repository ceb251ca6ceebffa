// Every kind of obligation at the instant where its answer turns: one millisecond decides, and it decides on the right side.
#include <gmock/gmock.h>

#include "tests/unit/verify/fixture.h"
#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

const char* const kLate = "forbid late high \"Closed\" { inv.enter where resource.period == closed  waiver at most 30d, by board }\n"
                          "exception x waives late { for \"ada\"  from 2026-06-01 through 2026-06-10  approved by \"eve\" on 2026-05-20  reason \"r\" }\n";

TEST(Boundary, Assert) {
  const std::string role = "role r for Employee { may inv.read where now < 2026-07-01 }\n";
  const auto never_from = [&](const std::string& t) {
    return Policy(role + "assert a: never e: Employee, q: Invoice, c: context, t: time where (e can inv.read on q in c at t) and t >= " + t).verdict("assert/firm.a");
  };
  EXPECT_EQ(never_from("2026-07-01"), "proved");
  EXPECT_EQ(never_from("2026-06-30T23:59:59.999+02:00"), "refuted");
}

TEST(Boundary, AssertAtTheEndOfAnException) {
  const auto never_from = [&](const std::string& t) {
    return Policy(std::string(kLate) + "assert a: never e: Employee, q: Invoice, c: context, t: time where (e can inv.enter on q in c at t) and q.period == closed and t >= " + t).verdict("assert/firm.a");
  };
  EXPECT_EQ(never_from("2026-06-11"), "proved");
  EXPECT_EQ(never_from("2026-06-10T23:59:59.999+02:00"), "refuted");
}

TEST(Boundary, Conflict) {
  const auto frozen_until = [&](const std::string& t) { return Policy(std::string(kLate) + "never freeze { inv.enter where now < " + t + " }").verdict("conflict/firm.x/late"); };
  EXPECT_EQ(frozen_until("2026-06-11"), "refuted");
  EXPECT_EQ(frozen_until("2026-06-10T23:59:59.999+02:00"), "proved");
}

TEST(Boundary, DeadGrant) {
  const auto frozen_from = [&](const std::string& t) {
    return Policy("role r for Employee { may inv.read where now >= 2026-07-01 }\nnever freeze { inv.read where now >= " + t + " }").verdict("dead/firm.r/may.inv.read");
  };
  EXPECT_EQ(frozen_from("2026-07-01"), "refuted");
  EXPECT_EQ(frozen_from("2026-07-01T00:00:00.001+02:00"), "proved");
}

TEST(Boundary, DeadRestriction) {
  const auto granted_until = [&](const std::string& t) {
    return Policy("role r for Employee { may inv.read where now < " + t + " }\nnever freeze { inv.read where now >= 2026-07-01 }").verdict("dead/firm.freeze");
  };
  EXPECT_EQ(granted_until("2026-07-01"), "refuted");
  EXPECT_EQ(granted_until("2026-07-01T00:00:00.001+02:00"), "proved");
}

TEST(Boundary, DeadLift) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  const RestrictionId late = f.forbid("late", {f.access({f.enter})}, 10 * kDay);
  f.k.restrictions[late].from = kJune;
  f.exception("x", late, {"ada"}, kJune - 5 * kDay, kJune);
  f.exception("y", late, {"ben"}, kJune - 5 * kDay, kJune + 1);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "dead/firm.x/late"), "refuted");
  EXPECT_EQ(verdict(k, "dead/firm.y/late"), "proved");
}

TEST(Boundary, ExceptionTerms) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  const RestrictionId late = f.forbid("late", {f.access({f.enter})}, 30 * kDay);
  f.k.restrictions[late].yields[kernel::YieldKind::Waiver].cooling = 10 * kDay;
  f.exception("whole", late, {"ada"}, kJune, kJune + 30 * kDay);
  f.exception("longer", late, {"ben"}, kJune, kJune + 30 * kDay + 1);
  f.exception("a", late, {"cyd"}, kJune, kJune + 5 * kDay);
  f.exception("b", late, {"cyd"}, kJune + 15 * kDay, kJune + 20 * kDay);          // the gap is the cooling: another chain
  f.exception("c", late, {"dan"}, kJune, kJune + 5 * kDay);
  f.exception("d", late, {"dan"}, kJune + 15 * kDay - 1, kJune + 20 * kDay);      // one millisecond short of it: a renewal
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "exception-terms/firm.whole/late"), "proved");
  EXPECT_EQ(verdict(k, "exception-terms/firm.longer/late"), "refuted");
  EXPECT_EQ(verdict(k, "exception-terms/firm.b/late"), "proved");
  EXPECT_EQ(verdict(k, "exception-terms/firm.d/late"), "refuted");
}

TEST(Boundary, Expiry) {
  const Policy p(kLate);
  EXPECT_EQ(p.say("expiry/firm.x/late"), "proved");
  const Result r = p.only("expiry/firm.x/late", {Fault::InclusiveEnd});
  EXPECT_EQ(to_string(r.verdict.kind), "refuted");
  ASSERT_TRUE(r.witness);
  EXPECT_THAT(r.witness->requests.at(0).json, testing::HasSubstr("2026-06-10T22:00:00Z"));   // exactly its end
}

TEST(Boundary, FailClosed) {
  // At the cut the fact matters on one side only; leaving it out widens on neither.
  const Policy p("role r for Employee { may inv.read where now < 2026-07-01 or resource.period == open }\nnever n { inv.read where now >= 2026-06-30T23:59:59.999+02:00 and context.urgent }");
  EXPECT_EQ(p.say("fail-closed/inv.read"), "proved");
  EXPECT_EQ(p.verdict("fail-closed/inv.read", {Fault::UnknownDoesNotBite}), "refuted");
}

TEST(Boundary, Horizon) {
  const Policy p("role r for Employee { may inv.read where now < 2026-07-01 }\nrole s for Employee { may inv.read where now >= 2026-07-01  at most 30d }\n"
                 "never freeze { inv.read where now during 2026-08-01 through 2026-08-10 and context.urgent }\n" + std::string(kLate));
  EXPECT_EQ(p.say("horizon/inv.read"), "proved");
  EXPECT_EQ(p.say("horizon/inv.enter"), "proved");
  EXPECT_EQ(p.verdict("horizon/inv.read", {Fault::HorizonAtEnd}), "refuted");
  EXPECT_EQ(p.verdict("horizon/inv.enter", {Fault::HorizonAtEnd}), "refuted");
}

TEST(Boundary, RoleSod) {
  const auto second_from = [&](const std::string& t) {
    const Policy p("role r for Employee { may inv.enter where now < 2026-07-01  may inv.read where now >= " + t + " }\nsod s high \"S\" { separate inv.enter from inv.read  within same Entity }");
    return p.only("role-sod/firm.r/s.assignment");
  };
  EXPECT_EQ(to_string(second_from("2026-07-01").verdict.kind), "proved");
  const Result r = second_from("2026-06-30T23:59:59.999+02:00");
  EXPECT_EQ(to_string(r.verdict.kind), "refuted");
  ASSERT_TRUE(r.witness);
  EXPECT_EQ(question::format_instant(r.witness->at), "2026-06-30T21:59:59.999Z");
}

}  // namespace
}  // namespace writ::verify
