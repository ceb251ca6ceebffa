#include "compiler/interpret/enumerate.h"

#include <gtest/gtest.h>

#include "tests/unit/support/kernel_builder.h"

namespace writ::interpret {
namespace {

using question::Decision;
using question::Outcome;
using namespace testing_support;

/// A grant up to an amount before an instant; a prohibition on a flag; four eyes on the invoice.
struct Small : KernelBuilder {
  EntityId invoice = entity("Invoice", typed_ir::EntityKind::Resource);
  AttributeId amount = attribute(invoice, "amount", scalar(Scalar::Int));
  AttributeId urgent = attribute(context, "urgent", scalar(Scalar::Bool));
  AttributeId manager = attribute(employee, "manager", optional(reference(employee)));
  ActionId enter = action("inv.enter", invoice), approve = action("inv.approve", invoice);
  RoleId ap = role("ap");
};

TEST(Enumerate, EveryRequestOnce) {
  Small s;
  s.grant(s.ap, s.enter, s.both(s.less(s.resource(s.amount), s.number(500)), s.before(1'000'000)));
  s.never("odd", {s.access({s.enter}, s.fact(s.ctx(s.urgent)))});
  const auto k = s.finish();
  std::map<Outcome, std::size_t> seen;
  std::set<std::string> requests;
  const auto e = enumerate(k, s.enter, [&](const json::Value& request, const Decision& d) {
    ++seen[d.outcome];
    requests.insert(json::canonical(request));
  });
  ASSERT_TRUE(e) << e.error().why;
  // amount: unknown, 499, 500, 501; urgent: unknown, false, true; held: no, yes, unknown; now: the cut and 1 ms around it.
  EXPECT_EQ(e->atoms, 3u);
  EXPECT_EQ(e->requests, 4u * 3u * 3u * 3u);
  EXPECT_EQ(requests.size(), e->requests);
  EXPECT_EQ(seen[Outcome::Permit], 1u);   // 499, not urgent, held, before the cut
  // Not surely refused: amount 499 or unknown, not urgent or unknown, held or unknown, before the cut; less the permit.
  EXPECT_EQ(seen[Outcome::Indeterminate], 2u * 2u * 2u - 1u);
  EXPECT_EQ(seen[Outcome::Deny], e->requests - 8u);
}

TEST(Enumerate, AbsentPersonsAndLifts) {
  Small s;
  s.grant(s.ap, s.enter, s.known(s.principal(s.manager)));
  const auto late = s.forbid("late", {s.access({s.enter})}, 1000);
  s.exception("x", late, {"ada"}, 5'000, 6'000);
  const auto k = s.finish();
  std::size_t permits = 0;
  const auto e = enumerate(k, s.enter, [&](const json::Value& request, const Decision& d) {
    if (d.outcome != Outcome::Permit) return;
    ++permits;
    EXPECT_EQ(request.find("subject")->find("id")->text, "ada");
    EXPECT_EQ(d.lifts.size(), 1u);
  });
  ASSERT_TRUE(e) << e.error().why;
  // manager: unknown, absent, two others; held: 3; ada or another; 4,999 to 5,001 and 5,999 to 6,001.
  EXPECT_EQ(e->requests, 4u * 3u * 2u * 6u);
  EXPECT_EQ(permits, 2u * 3u);            // both managers × 5,000, 5,001, 5,999
}

TEST(Enumerate, HistoryAndWarrants) {
  Small s;
  s.grant(s.ap, s.approve);
  s.object_rule("eyes", s.invoice, {s.side("enter", {s.access({s.enter})}), s.side("approve", {s.access({s.approve})})});
  s.require_mfa("strong", {s.access({s.approve})}, 0);
  const auto k = s.finish();
  std::map<Outcome, std::size_t> seen;
  const auto e = enumerate(k, s.approve, [&](const json::Value&, const Decision& d) { ++seen[d.outcome]; });
  ASSERT_TRUE(e) << e.error().why;
  // held: 3; enter and approve done by nobody, unknown, himself, another: 4 × 4; mfa: 2.
  EXPECT_EQ(e->requests, 3u * 4u * 4u * 2u);
  // Held, not entered by himself, nothing unknown: 2 (enter) × 3 (approve).
  EXPECT_EQ(seen[Outcome::Permit], 6u);
  EXPECT_EQ(seen[Outcome::Pending], 6u);
}

TEST(Enumerate, RefusesWhatIsLarger) {
  Small s;
  std::vector<kernel::CondId> many;
  for (int i = 0; i < 9; ++i) many.push_back(s.fact(s.resource(s.attribute(s.invoice, "f" + std::to_string(i), scalar(Scalar::Bool)))));
  s.grant(s.ap, s.enter, s.k.conditions.conjunction(many));
  s.grant(s.ap, s.approve, s.less(s.resource(s.amount), s.number(500)));
  const auto k = s.finish();
  const auto refused = enumerate(k, s.enter, [](const json::Value&, const Decision&) { FAIL(); });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().why, "10 atoms, at most 8 are enumerated");
  EXPECT_FALSE(enumerate(k, s.approve, [](const json::Value&, const Decision&) { FAIL(); }, {.atoms = 8, .requests = 5}));
  EXPECT_TRUE(measure(k, s.approve));
}

TEST(Enumerate, RefusesWhatItCannotSee) {
  Small s;
  s.grant(s.ap, s.enter, s.equal(s.k.conditions.attribute(s.principal(s.manager), s.manager, optional(reference(s.employee))), s.principal(s.manager)));
  const auto k = s.finish();
  const auto refused = measure(k, s.enter);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().why, "a condition reads through a reference");
  EXPECT_EQ(measure(k, s.approve).error().why, "nobody is granted the action");
}

}  // namespace
}  // namespace writ::interpret
