#include "lsp/server/threaded_lane.h"

namespace writ::lsp {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kBetweenReports{200};

}  // namespace

ThreadedLane::ThreadedLane(TellProof tell) : tell_(std::move(tell)) {
  thread_ = std::thread([this] { run(); });
}

ThreadedLane::~ThreadedLane() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
    ++stops_;
  }
  changed_.notify_all();
  thread_.join();
}

/// A job that never began ends as one that was interrupted, so that every start is answered.
void ThreadedLane::drop_waiting_locked() {
  if (!waiting_) return;
  ProofEvent event;
  event.kind = ProofEvent::Kind::Interrupted;
  event.ticket = waiting_->ticket;
  waiting_.reset();
  tell_(std::move(event));
}

void ThreadedLane::stop_running_locked() {
  ++stops_;
  if (stopping_) return;
  stopping_ = true;
  stopped_at_ = Clock::now();
}

void ThreadedLane::start(ProofJob job) {
  {
    const std::lock_guard lock(mutex_);
    drop_waiting_locked();
    stop_running_locked();
    waiting_ = std::move(job);
  }
  changed_.notify_all();
}

void ThreadedLane::stop() {
  {
    const std::lock_guard lock(mutex_);
    drop_waiting_locked();
    stop_running_locked();
  }
  changed_.notify_all();
}

void ThreadedLane::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ended_ || waiting_; });
    if (ended_) return;
    const std::uint64_t since = stops_.load();
    // It keeps waiting while it rests: whoever stops or replaces it finds it there.
    const std::chrono::milliseconds rest = waiting_->rest;
    if (changed_.wait_for(lock, rest, [&] { return stopped(since); })) continue;
    const ProofJob job = std::move(*waiting_);
    waiting_.reset();
    stopping_ = false;
    lock.unlock();
    Clock::time_point last_report;
    std::mutex report_mutex;
    run_proofs(job, [&] { return stopped(since); }, [&](ProofEvent event) {
      if (event.kind == ProofEvent::Kind::Advanced) {
        const std::lock_guard once(report_mutex);
        if (Clock::now() - last_report < kBetweenReports) return;
        last_report = Clock::now();
      }
      if (event.kind == ProofEvent::Kind::Interrupted) {
        const std::lock_guard stops(mutex_);
        event.took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - stopped_at_);
      }
      tell_(std::move(event));
    });
    lock.lock();
  }
}

}  // namespace writ::lsp
