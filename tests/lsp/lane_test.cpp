// The proof lane on its thread: every start is answered once, and a stop is followed by an end, soon.
#include <future>
#include <mutex>

#include <gtest/gtest.h>

#include "lsp/server/threaded_lane.h"

namespace writ::lsp {
namespace {

using Kind = ProofEvent::Kind;
using namespace std::chrono_literals;

/// Events as they come; `wait_for` looks at those that have come and waits for more.
class Events {
 public:
  void add(ProofEvent event) {
    const std::lock_guard lock(mutex_);
    all_.push_back(std::move(event));
    came_.notify_all();
  }
  std::optional<ProofEvent> wait_for(std::uint64_t ticket, std::initializer_list<Kind> kinds) {
    std::unique_lock lock(mutex_);
    std::optional<ProofEvent> found;
    came_.wait_for(lock, 120s, [&] {
      for (const ProofEvent& e : all_)
        if (e.ticket == ticket && std::find(kinds.begin(), kinds.end(), e.kind) != kinds.end()) found = e;
      return found.has_value();
    });
    return found;
  }
  std::size_t count(std::uint64_t ticket, Kind kind) {
    const std::lock_guard lock(mutex_);
    return static_cast<std::size_t>(std::count_if(all_.begin(), all_.end(), [&](const ProofEvent& e) { return e.ticket == ticket && e.kind == kind; }));
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::vector<ProofEvent> all_;
};

std::shared_ptr<const Snapshot> norvik() {
  static const auto snapshot = take_snapshot(std::filesystem::path(WRIT_SOURCE_DIR) / "examples/norvik", {});
  return snapshot;
}

ProofJob job(std::uint64_t ticket, std::chrono::milliseconds rest = 0ms) { return {ticket, norvik(), std::nullopt, 1, rest}; }

struct Lane : testing::Test {
  Events events;
  ThreadedLane lane{[this](ProofEvent event) { events.add(std::move(event)); }};
  void SetUp() override { ASSERT_TRUE(norvik() && norvik()->kernel) << "the reference company is good"; }
};

TEST_F(Lane, AStopEndsARunThatHasBegun) {
  std::vector<std::int64_t> took;
  for (std::uint64_t ticket = 1; ticket <= 5; ++ticket) {
    lane.start(job(ticket));
    ASSERT_TRUE(events.wait_for(ticket, {Kind::Began}));
    std::this_thread::sleep_for(20ms * static_cast<int>(ticket));
    lane.stop();
    const auto end = events.wait_for(ticket, {Kind::Interrupted, Kind::Ended, Kind::Failed});
    ASSERT_TRUE(end);
    ASSERT_EQ(end->kind, Kind::Interrupted);
    EXPECT_EQ(end->verdicts, nullptr) << "half a run gives no verdicts";
    took.push_back(end->took.count());
  }
  std::sort(took.begin(), took.end());
  RecordProperty("median_ms", static_cast<int>(took[2]));
  EXPECT_LE(took[2], 200) << "median of five; the most was " << took.back();
}

TEST_F(Lane, ANewerJobTakesThePlaceOfTheOneThatRuns) {
  lane.start(job(1));
  ASSERT_TRUE(events.wait_for(1, {Kind::Began}));
  lane.start(job(2));
  ASSERT_TRUE(events.wait_for(1, {Kind::Interrupted}));
  ASSERT_TRUE(events.wait_for(2, {Kind::Began}));
  lane.stop();
  ASSERT_TRUE(events.wait_for(2, {Kind::Interrupted}));
  EXPECT_EQ(events.count(1, Kind::Ended) + events.count(2, Kind::Ended), 0u);
}

TEST_F(Lane, WhatRestsNeverBegins) {
  lane.start(job(1, 1h));
  lane.start(job(2, 1h));
  ASSERT_TRUE(events.wait_for(1, {Kind::Interrupted})) << "replaced";
  lane.stop();
  ASSERT_TRUE(events.wait_for(2, {Kind::Interrupted})) << "stopped";
  EXPECT_EQ(events.count(1, Kind::Began) + events.count(2, Kind::Began), 0u);
}

TEST_F(Lane, AStopWithNothingToStopIsForgotten) {
  lane.stop();
  lane.stop();
  lane.start(job(1));
  ASSERT_TRUE(events.wait_for(1, {Kind::Began}));
  EXPECT_EQ(events.count(1, Kind::Interrupted), 0u);
}

}  // namespace
}  // namespace writ::lsp
