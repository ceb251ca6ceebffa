// The proof lane on a thread of its own. A newer job, or a stop, raises a flag that the prover polls and passes to the solvers.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "lsp/server/proof_lane.h"

namespace writ::lsp {

class ThreadedLane final : public ProofLane {
 public:
  /// `tell` is called from the lane's thread.
  explicit ThreadedLane(TellProof tell);
  ~ThreadedLane() override;
  ThreadedLane(const ThreadedLane&) = delete;
  ThreadedLane& operator=(const ThreadedLane&) = delete;

  void start(ProofJob job) override;
  void stop() override;

 private:
  void run();
  void drop_waiting_locked();
  void stop_running_locked();
  bool stopped(std::uint64_t since) const { return stops_.load() != since; }

  TellProof tell_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<ProofJob> waiting_;
  std::atomic<std::uint64_t> stops_{0};          ///< grows with every stop
  bool stopping_ = false;                        ///< what runs has been told to stop, at `stopped_at_`
  std::chrono::steady_clock::time_point stopped_at_;
  bool ended_ = false;
  std::thread thread_;
};

}  // namespace writ::lsp
