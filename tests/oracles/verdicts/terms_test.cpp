// Obligations that are arithmetic over statements: exception-terms against a count day by day, single-valued against planted doubles.
#include <random>

#include "compiler/verify/run.h"
#include "tests/oracles/verdicts/tally.h"
#include "tests/unit/support/kernel_builder.h"

namespace writ::oracles {
namespace {

using namespace testing_support;
constexpr std::int64_t kDay = 86'400'000, kStart = 1'780'272'000'000;

struct Row { std::string id, person; int from, days; };

/// Days are marked; a chain is a run of marks with gaps below `cooling`, of one person.
std::string counted(const std::vector<Row>& rows, const Row& mine, int at_most, int renew, int cooling, int in_a_row) {
  if (mine.days > at_most) return "refuted";
  for (const Row& r : rows)
    if (&r != &mine && r.id < mine.id && r.person == mine.person && r.from == mine.from && r.days == mine.days) return "refuted";
  std::set<std::string> chain{mine.id};
  for (bool grown = true; grown;) {
    grown = false;
    for (const Row& a : rows) {
      if (a.person != mine.person || chain.contains(a.id)) continue;
      for (const Row& b : rows) {
        if (!chain.contains(b.id)) continue;
        std::set<int> days;
        for (int d = 0; d < a.days; ++d) days.insert(a.from + d);
        bool near = false;
        for (int d = b.from - cooling; d < b.from + b.days + cooling; ++d) near |= days.contains(d);
        if (near) grown |= chain.insert(a.id).second;
        if (chain.contains(a.id)) break;
      }
    }
  }
  int total = 0;
  for (const Row& r : rows)
    if (chain.contains(r.id)) total += r.days;
  return static_cast<int>(chain.size()) - 1 > renew || total > in_a_row ? "refuted" : "proved";
}

TEST(Terms, AgreeWithDaysMarkedOneByOne) {
  std::mt19937 random(7);
  const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
  Tally tally;
  for (int policy = 0; policy < 60; ++policy) {
    KernelBuilder f;
    const EntityId thing = f.entity("Thing", typed_ir::EntityKind::Resource);
    const ActionId act = f.action("t.do", thing);
    f.grant(f.role("clerk"), act);   // or no exception would lift anything
    const int at_most = 10, renew = below(3), cooling = 3 + below(4), in_a_row = below(2) == 0 ? 0 : 15;
    const RestrictionId rule = f.forbid("late", {f.access({act})}, at_most * kDay);
    typed_ir::Yield& y = f.k.restrictions[rule].yields[kernel::YieldKind::Waiver];
    y.renew = static_cast<std::uint32_t>(renew);
    y.cooling = cooling * kDay;
    y.in_a_row = in_a_row * kDay;
    std::vector<Row> rows;
    for (int i = 0; i < 2 + below(4); ++i) rows.push_back({"firm.x" + std::to_string(i), below(2) == 0 ? "ada" : "ben", below(40), 1 + below(11)});
    for (const Row& r : rows) f.exception(r.id.substr(5), rule, {r.person}, kStart + r.from * kDay, kStart + (r.from + r.days) * kDay);
    const kernel::Kernel k = f.finish();
    verify::Options only;
    only.names = {"exception-terms"};
    for (const verify::Result& r : verify::prove(k, {}, only).results) {
      const auto mine = std::find_if(rows.begin(), rows.end(), [&](const Row& row) { return row.id == r.obligation.about; });
      tally.compare("exception-terms", r, counted(rows, *mine, at_most, renew, cooling, in_a_row == 0 ? (1 + renew) * at_most : in_a_row), fmt::format("{} of at most {}d, renew {}, cooling {}d", rows.size(), at_most, renew, cooling));
    }
  }
  tally.print();
  tally.expect("exception-terms", {"proved", "refuted"}, 30);
}

TEST(SingleValued, WhatIsStatedTwiceIsRefuted) {
  Tally tally;
  for (int planted = 0; planted < 4; ++planted) {
    KernelBuilder f;
    const EntityId thing = f.entity("Thing", typed_ir::EntityKind::Resource);
    const ActionId act = f.action("t.do", thing);
    const RoleId clerk = f.role("clerk");
    f.grant(clerk, act);
    const RestrictionId late = f.forbid("late", {f.access({act})}, 10 * kDay);
    f.exception("x", late, {"ada"}, kStart, kStart + kDay);
    if (planted == 1) f.k.routes.add({clerk, kernel::Route::Kind::Request, {}, {}, {}});
    if (planted == 2) f.never("late", {f.access({act})});
    if (planted == 3) f.exception("x", late, {"ben"}, kStart, kStart + kDay);
    const kernel::Kernel k = f.finish();
    verify::Options only;
    only.names = {"conflict/single-valued"};
    const verify::ProofRun run = verify::prove(k, {}, only);
    ASSERT_EQ(run.results.size(), 1U);
    tally.compare("conflict (e)", run.results[0], planted == 0 ? "proved" : "refuted", std::to_string(planted));
  }
  tally.print();
}

}  // namespace
}  // namespace writ::oracles
