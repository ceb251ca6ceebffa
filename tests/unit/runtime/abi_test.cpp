// The C face: loading, swapping, windows, JSON and prepared decisions, and what a caller who errs is told.
#include <atomic>
#include <cstdlib>
#include <thread>

#include <gtest/gtest.h>

#include "compiler/emit/emit.h"
#include "compiler/lower/lower.h"
#include "runtime/include/writ/runtime.h"
#include "tests/support/heap/heap.h"
#include "tests/unit/kernel/surface.h"

namespace writ {
namespace {

constexpr const char* kPolicy = R"(module shop
enum Mood { calm, wild }
principal Clerk is human { level: int, mood: Mood, boss: Clerk? }
resource Order { amount: money<EUR>, note: string? }
action order.pay on Order
role payer for Clerk { may order.pay where resource.amount <= 100 EUR and principal.level >= 2 }
)";

std::string bundle(const std::string& policy = kPolicy, std::int64_t not_before = 0, std::int64_t not_after = layout::kForever) {
  const auto e = kernel::elaborate_texts({policy});
  EXPECT_TRUE(e->kernel) << e->messages();
  lower::Options options;
  options.not_before = not_before;
  options.not_after = not_after;
  return e->kernel ? emit::to_bytes(lower::lower(*e->kernel, options)) : "";
}

std::string request(const std::string& amount = R"({"value": "80", "currency": "EUR"})", const std::string& action = "order.pay") {
  return R"({"subject": {"type": "Clerk", "id": "ada", "properties": {"level": 2, "mood": "calm",
    "held": {"roles": [{"role": "payer", "from": null, "until": null, "rests_on": []}], "complete": true}}},
    "action": {"name": ")" + action + R"("}, "resource": {"type": "Order", "id": "o1", "properties": {"amount": )" + amount + R"(}},
    "context": {"time": "2026-06-01T12:00:00Z"}})";
}

class Abi : public ::testing::Test {
 protected:
  ~Abi() override { writ_runtime_free(runtime_); }

  writ_status load(const std::string& bytes, std::int64_t now = WRIT_NO_CLOCK) { return writ_load_unsigned(runtime_, bytes.data(), bytes.size(), now); }
  writ_status ask(const std::string& json, std::int64_t now = WRIT_NO_CLOCK) {
    const writ_answer a = writ_decide_json(runtime_, json.data(), json.size(), now);
    outcome_ = a.outcome;
    text_ = a.decision.data == nullptr ? "" : std::string(a.decision.data, a.decision.size);
    writ_text_free(a.decision);
    return a.status;
  }
  writ_runtime* runtime_ = writ_runtime_new();
  writ_outcome outcome_ = WRIT_DENY;
  std::string text_;
};

TEST_F(Abi, DecidesJson) {
  ASSERT_EQ(load(bundle()), WRIT_OK) << writ_error_text();
  ASSERT_EQ(ask(request()), WRIT_OK) << writ_error_text();
  EXPECT_EQ(outcome_, WRIT_PERMIT);
  EXPECT_EQ(text_.find(R"({"decision": true, "context": {"outcome": "permit", "reason": null, )"), 0u) << text_;
  ASSERT_EQ(ask(request(R"({"value": "100.0001", "currency": "EUR"})")), WRIT_OK);
  EXPECT_EQ(outcome_, WRIT_DENY);
  ASSERT_EQ(ask(request("null")), WRIT_OK);
  EXPECT_EQ(outcome_, WRIT_INDETERMINATE);
}

TEST_F(Abi, TellsTheDigestOfTheBundle) {
  EXPECT_EQ(writ_bundle_digest(runtime_).data, nullptr);
  const std::string bytes = bundle();
  ASSERT_EQ(load(bytes), WRIT_OK);
  const writ_text digest = writ_bundle_digest(runtime_);
  EXPECT_EQ(std::string(digest.data, digest.size), emit::digest(bytes));
  writ_text_free(digest);
}

TEST_F(Abi, WithoutABundleNothingIsDecided) {
  EXPECT_EQ(ask(request()), WRIT_NO_BUNDLE);
  EXPECT_EQ(outcome_, WRIT_DENY);
  EXPECT_STREQ(writ_error_code(), "no_bundle");
}

TEST_F(Abi, ABadBundleChangesNothing) {
  ASSERT_EQ(load(bundle()), WRIT_OK);
  std::string cut = bundle();
  cut.resize(cut.size() / 2);
  EXPECT_EQ(load(cut), WRIT_BUNDLE_REFUSED);
  EXPECT_STREQ(writ_error_code(), "size_differs");
  ASSERT_EQ(ask(request()), WRIT_OK);
  EXPECT_EQ(outcome_, WRIT_PERMIT);
}

TEST_F(Abi, ANewBundleDecidesFromThenOn) {
  ASSERT_EQ(load(bundle()), WRIT_OK);
  std::string stricter = kPolicy;
  stricter += "never pays { order.pay }\n";
  ASSERT_EQ(load(bundle(stricter)), WRIT_OK);
  ASSERT_EQ(ask(request()), WRIT_OK);
  EXPECT_EQ(outcome_, WRIT_DENY);
}

TEST_F(Abi, TheWindowIsHeldAgainstTheCallersClock) {
  EXPECT_EQ(load(bundle(kPolicy, 1'000, 2'000), 999), WRIT_OUTSIDE_WINDOW);
  EXPECT_STREQ(writ_error_code(), "not_yet_valid");
  EXPECT_STREQ(writ_error_text(), "the bundle does not hold before 1970-01-01T00:00:01Z");
  EXPECT_EQ(load(bundle(kPolicy, 1'000, 2'000), 2'000), WRIT_OUTSIDE_WINDOW);
  EXPECT_STREQ(writ_error_code(), "expired");
  EXPECT_STREQ(writ_error_text(), "the bundle holds no longer since 1970-01-01T00:00:02Z");
  ASSERT_EQ(load(bundle(kPolicy, 0, 1'900'000'000'000), 1'000), WRIT_OK);
  EXPECT_EQ(ask(request(), 1'900'000'000'000), WRIT_OUTSIDE_WINDOW);
  EXPECT_EQ(outcome_, WRIT_DENY);
  ASSERT_EQ(ask(request(), 1'899'999'999'999), WRIT_OK);
  EXPECT_NE(text_.find(R"("valid_until": "2030-03-17T17:46:40Z")"), std::string::npos) << text_;
  ASSERT_EQ(load(bundle(kPolicy, 0, 1'000)), WRIT_OK);
  EXPECT_EQ(ask(request()), WRIT_OUTSIDE_WINDOW) << "the request's own time lies behind the bundle's end";
  EXPECT_STREQ(writ_error_code(), "expired");
  ASSERT_EQ(load(bundle(kPolicy, 1'900'000'000'000)), WRIT_OK);
  EXPECT_EQ(ask(request()), WRIT_OUTSIDE_WINDOW) << "the request's own time lies before the bundle's beginning";
  EXPECT_STREQ(writ_error_code(), "not_yet_valid");
}

TEST_F(Abi, ARefusedRequestIsNoDecision) {
  ASSERT_EQ(load(bundle()), WRIT_OK);
  EXPECT_EQ(ask("{"), WRIT_REQUEST_REFUSED);
  EXPECT_STREQ(writ_error_code(), "not_json");
  EXPECT_EQ(ask(R"({"subject": {"type": "Robot", "id": "x"}})"), WRIT_REQUEST_REFUSED);
  EXPECT_STREQ(writ_error_code(), "unknown_principal_type");
  EXPECT_STREQ(writ_error_text(), "subject.type: `Robot` is no principal type");
  EXPECT_EQ(ask(request("null", "assign")), WRIT_REQUEST_REFUSED);
  EXPECT_STREQ(writ_error_code(), "unsupported_question");
  EXPECT_TRUE(text_.empty());
}

TEST_F(Abi, MisuseIsToldAndDenied) {
  EXPECT_EQ(writ_load_unsigned(nullptr, "", 0, WRIT_NO_CLOCK), WRIT_MISUSE);
  EXPECT_EQ(writ_load_unsigned(runtime_, nullptr, 8, WRIT_NO_CLOCK), WRIT_MISUSE);
  EXPECT_EQ(writ_load_unsigned(runtime_, nullptr, 0, WRIT_NO_CLOCK), WRIT_BUNDLE_REFUSED);
  EXPECT_EQ(writ_decide_json(nullptr, "", 0, WRIT_NO_CLOCK).status, WRIT_MISUSE);
  EXPECT_EQ(writ_decide_prepared(nullptr).status, WRIT_MISUSE);
  EXPECT_EQ(writ_prepare_json(runtime_, "{}", 2), nullptr);
  EXPECT_EQ(writ_set_number(nullptr, 0, 1), WRIT_MISUSE);
  writ_runtime_free(nullptr);
  writ_prepared_free(nullptr);
}

/// Readers never see half of a swap: each answer is wholly the old bundle's or the new one's.
TEST_F(Abi, SwapsWhileOthersDecide) {
  const std::string mild = bundle(), strict = bundle(std::string(kPolicy) + "never pays { order.pay }\n"), json = request();
  ASSERT_EQ(load(mild), WRIT_OK);
  const std::string mild_digest = emit::digest(mild), strict_digest = emit::digest(strict);
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0}, answers{0};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i)
    readers.emplace_back([&] {
      while (!done) {
        const writ_answer a = writ_decide_json(runtime_, json.data(), json.size(), WRIT_NO_CLOCK);
        const std::string text = a.decision.data == nullptr ? "" : a.decision.data;
        const std::string& digest = a.outcome == WRIT_PERMIT ? mild_digest : strict_digest;
        wrong += a.status != WRIT_OK || text.find(digest) == text.npos;
        ++answers;
        writ_text_free(a.decision);
      }
    });
  while (answers < 10) std::this_thread::yield();
  for (int i = 0; i < 200; ++i) EXPECT_EQ(load(i % 2 == 0 ? strict : mild), WRIT_OK);
  done = true;
  for (std::thread& t : readers) t.join();
  EXPECT_EQ(wrong, 0);
}

class PreparedAbi : public Abi {
 protected:
  void SetUp() override {
    ASSERT_EQ(load(bundle()), WRIT_OK);
    const std::string json = request();
    prepared_ = writ_prepare_json(runtime_, json.data(), json.size());
    ASSERT_NE(prepared_, nullptr) << writ_error_text();
    amount_ = writ_prepared_slot(prepared_, "resource.amount");
    ASSERT_NE(amount_, WRIT_NO_SLOT);
  }
  ~PreparedAbi() override { writ_prepared_free(prepared_); }
  writ_outcome outcome() {
    const writ_verdict v = writ_decide_prepared(prepared_);
    EXPECT_EQ(v.status, WRIT_OK) << writ_error_text();
    return v.outcome;
  }
  writ_prepared* prepared_ = nullptr;
  writ_slot amount_ = WRIT_NO_SLOT;
};

TEST_F(PreparedAbi, ValuesChangeInPlace) {
  EXPECT_EQ(outcome(), WRIT_PERMIT);
  EXPECT_EQ(writ_set_number(prepared_, amount_, 1'000'000), WRIT_OK);
  EXPECT_EQ(outcome(), WRIT_PERMIT);
  EXPECT_EQ(writ_set_number(prepared_, amount_, 1'000'001), WRIT_OK);
  EXPECT_EQ(outcome(), WRIT_DENY);
  EXPECT_EQ(writ_set_unknown(prepared_, amount_), WRIT_OK);
  EXPECT_EQ(outcome(), WRIT_INDETERMINATE);
  EXPECT_EQ(writ_set_number(prepared_, amount_, 5), WRIT_OK);
  EXPECT_EQ(writ_set_number(prepared_, writ_prepared_slot(prepared_, "principal.level"), 1), WRIT_OK);
  EXPECT_EQ(outcome(), WRIT_DENY);
}

TEST_F(PreparedAbi, WhatDoesNotFitIsRefused) {
  EXPECT_EQ(writ_set_text(prepared_, amount_, "80", 2), WRIT_MISUSE);
  EXPECT_EQ(writ_set_absent(prepared_, amount_), WRIT_MISUSE) << "an amount is never absent";
  EXPECT_EQ(writ_set_number(prepared_, amount_, INT64_MAX), WRIT_MISUSE);
  EXPECT_EQ(writ_set_number(prepared_, 99, 1), WRIT_MISUSE);
  EXPECT_EQ(writ_set_number(prepared_, WRIT_NO_SLOT, 1), WRIT_MISUSE);
  const writ_slot mood = writ_prepared_slot(prepared_, "principal.mood"), note = writ_prepared_slot(prepared_, "resource.note");
  EXPECT_EQ(writ_set_text(prepared_, mood, "wild", 4), WRIT_OK);
  EXPECT_EQ(writ_set_text(prepared_, mood, "angry", 5), WRIT_MISUSE);
  EXPECT_EQ(writ_set_number(prepared_, mood, 0), WRIT_MISUSE);
  EXPECT_EQ(writ_set_absent(prepared_, note), WRIT_OK);
  EXPECT_EQ(writ_set_time(prepared_, -1), WRIT_MISUSE);
  EXPECT_EQ(writ_prepared_slot(prepared_, "resource.amuont"), WRIT_NO_SLOT);
  EXPECT_EQ(writ_prepared_slot(prepared_, "amount"), WRIT_NO_SLOT);
  EXPECT_EQ(outcome(), WRIT_PERMIT) << "nothing that was refused has changed anything";
}

TEST_F(PreparedAbi, DecidesWithoutHeap) {
  outcome();
  const std::size_t before = heap::allocations();
  unsigned permits = 0;
  for (int i = 0; i < 1'000; ++i) {
    writ_set_number(prepared_, amount_, i * 2'000);
    permits += writ_decide_prepared(prepared_).outcome == WRIT_PERMIT;
  }
  EXPECT_EQ(heap::allocations(), before);
  EXPECT_EQ(permits, 501u);
}

TEST_F(PreparedAbi, StaysWithItsBundle) {
  EXPECT_EQ(writ_prepared_current(prepared_, runtime_), 1);
  ASSERT_EQ(load(bundle(std::string(kPolicy) + "never pays { order.pay }\n")), WRIT_OK);
  EXPECT_EQ(writ_prepared_current(prepared_, runtime_), 0);
  EXPECT_EQ(outcome(), WRIT_PERMIT);
}

}  // namespace
}  // namespace writ
