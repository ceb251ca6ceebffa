// What the core promises of itself: no heap, no crash on hostile bytes, the same cost however many roles there are.
#include <chrono>

#include "tests/support/heap/heap.h"
#include "tests/unit/core/asked.h"

namespace writ::core {
namespace {

TEST(CoreLimits, ADecisionTakesNothingFromTheHeap) {
  const Bundle b("require big { approval dual before pay.execute where resource.total > 400 EUR }\n"
                 "sod both high \"Bank and pay\" { separate bank.change from pay.execute  within same Entity  at use }\n"
                 "sod twins high \"Bank and pay\" { separate bank.change from pay.execute  on same Vendor over 90d }");
  Asked a(b, "pay.execute");
  a.employed().run().employed("eve").employed("fay");
  a.held("payer", {arg(b.en("Entity", "DE"))});
  a.held("boss", {}, "eve");
  a.held("chief", {}, "fay");
  a.event("bank.change", "ben", "Vendor", "v");
  a.approval("dual", 1, "eve");
  a.approval("dual", 1, "fay");
  const Request& request = a.request();
  Memory memory(b.policy());
  const std::size_t before = heap::allocations();
  const Evaluated told = evaluate(b.policy(), request, memory.scratch);
  const Evaluated silent = evaluate(b.policy(), request, memory.scratch, Tell::Outcome);
  const std::size_t after = heap::allocations();
  EXPECT_EQ(after, before);
  EXPECT_EQ(told.status, Status::ok);
  EXPECT_EQ(told.decision.outcome, silent.decision.outcome);
  EXPECT_FALSE(told.decision.decided_by.empty());
}

/// One action, granted by n roles; ada holds two of them.
std::string many_roles(int n) {
  std::string text;
  for (int i = 0; i < n; ++i) text += fmt::format("role r{:05} for Employee {{ may inv.enter where resource.amount <= {} EUR }}\n", i, i + 1000);
  return text;
}

TEST(CoreLimits, WhatIsNotHeldIsNotLookedAt) {
  const auto nanoseconds = [](int roles) {
    const Bundle b(many_roles(roles));
    Asked a(b, "inv.enter");
    a.employed().invoice();
    a.held("r00001");
    a.held("ap");
    const Request& request = a.request();
    Memory memory(b.policy());
    EXPECT_EQ(evaluate(b.policy(), request, memory.scratch, Tell::Outcome).decision.outcome, Outcome::Permit);
    constexpr int kTimes = 2000;
    auto best = std::chrono::nanoseconds::max();
    for (int round = 0; round < 5; ++round) {
      const auto start = std::chrono::steady_clock::now();
      for (int i = 0; i < kTimes; ++i) evaluate(b.policy(), request, memory.scratch, Tell::Outcome);
      best = std::min<std::chrono::nanoseconds>(best, std::chrono::steady_clock::now() - start);
    }
    return static_cast<double>(best.count()) / kTimes;
  };
  const double few = nanoseconds(10), many = nanoseconds(1000);
  RecordProperty("ns_10_roles", std::to_string(few));
  RecordProperty("ns_1000_roles", std::to_string(many));
  EXPECT_LT(many, 3 * few) << few << " against " << many;
}

TEST(CoreLimits, ANestThatIsTooDeepIsRefusedAtLoad) {
  const auto e = kernel::elaborate_in_firm("");
  ASSERT_TRUE(e->kernel);
  decision_ir::Tables t = lower::lower(*e->kernel, {});
  for (std::uint32_t i = 0; i < kMaxDepth; ++i) {
    layout::Cond c{};
    c.kind = static_cast<std::uint32_t>(layout::CondKind::Not);
    c.role = c.threshold = layout::kNone;
    c.conds = {static_cast<std::uint32_t>(t.indices.size()), 1};
    t.indices.push_back(static_cast<std::uint32_t>(t.conds.size() - 1));
    t.conds.push_back(c);
  }
  EXPECT_EQ(Bundle(t).unfit(), Unfit::nesting_too_deep);
}

TEST(CoreLimits, ASharedConditionIsJudgedOnce) {
  const auto e = kernel::elaborate_in_firm("role r for Employee { may inv.enter where resource.amount <= 500 EUR }");
  ASSERT_TRUE(e->kernel);
  decision_ir::Tables t = lower::lower(*e->kernel, {});
  // Each `and` takes the one before it twice: 2^100 paths, 100 nodes.
  for (int i = 0; i < 100; ++i) {
    layout::Cond c{};
    c.kind = static_cast<std::uint32_t>(layout::CondKind::And);
    c.role = c.threshold = layout::kNone;
    c.conds = {static_cast<std::uint32_t>(t.indices.size()), 2};
    const auto last = static_cast<std::uint32_t>(t.conds.size() - 1);
    t.indices.insert(t.indices.end(), {last, last});
    t.conds.push_back(c);
  }
  for (layout::Access& a : t.accesses) a.where = static_cast<std::uint32_t>(t.conds.size() - 1);
  const Bundle b(t);
  Asked a(b, "inv.enter");
  a.employed().invoice();
  a.held("r");
  EXPECT_EQ(answer(b, a).status, Status::ok);
}

TEST(CoreLimits, ScratchThatIsTooSmallGivesNoDecision) {
  const Bundle b;
  Asked a(b, "inv.approve");
  a.employed().invoice();
  a.held("ap");
  for (int i = 0; i < 2000; ++i) a.event("inv.enter", "ben" + std::to_string(i), "Invoice", "i");
  const Request& request = a.request();
  std::size_t bytes = 4096;
  Status status = Status::scratch_too_small;
  for (; status == Status::scratch_too_small && bytes < (std::size_t{1} << 28); bytes *= 2) {
    Memory memory(b.policy(), bytes);
    status = evaluate(b.policy(), request, memory.scratch).status;
  }
  EXPECT_EQ(status, Status::ok);
}

/// Any bundle that validator and load accept is decided without a crash; the sanitizers watch.
TEST(CoreLimits, FlippedBundlesAreDecidedOrRefused) {
  const auto e = kernel::elaborate_in_firm("require big { approval dual before pay.execute where resource.total > 400 EUR }\n"
                                           "sod both high \"Bank and pay\" { separate bank.change from pay.execute  within same Entity  at use }\n"
                                           "never hit { pay.execute where resource.hit }");
  ASSERT_TRUE(e->kernel);
  const std::string good = emit::to_bytes(lower::lower(*e->kernel, {}));
  const Bundle b(lower::lower(*e->kernel, {}));
  Asked a(b, "pay.execute");
  a.employed().run().employed("eve");
  a.held("payer", {arg(b.en("Entity", "DE"))});
  a.held("boss", {}, "eve");
  a.event("bank.change", "ben", "Vendor", "v");
  a.approval("dual", 1, "eve");
  const Request& request = a.request();
  std::vector<std::uint64_t> words(good.size() / 8 + 1), index(1 << 16);
  std::vector<std::uint64_t> scratch((std::size_t{1} << 20) / 8);
  std::size_t decided = 0;
  for (std::size_t n = 0; n < good.size(); ++n) {
    for (const unsigned char flip : {0x01, 0xFF}) {
      std::string bytes = good;
      bytes[n] = static_cast<char>(bytes[n] ^ flip);
      std::memcpy(words.data(), bytes.data(), bytes.size());
      const runtime::Validation v = runtime::validate(words.data(), bytes.size());
      if (!v.accepted() || policy_bytes(v.view) > index.size() * 8) continue;
      const Loaded loaded = load(v.view, std::as_writable_bytes(std::span(index)));
      if (loaded.unfit != Unfit::none) continue;
      auto memory = std::as_writable_bytes(std::span(scratch));
      while (reinterpret_cast<std::uintptr_t>(memory.data()) % 16 != 0) memory = memory.subspan(8);
      Scratch s(loaded.policy, memory);
      decided += evaluate(loaded.policy, request, s).status == Status::ok;
    }
  }
  EXPECT_GT(decided, 100u);
}

}  // namespace
}  // namespace writ::core
