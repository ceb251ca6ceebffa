// The slow lane: one proof run at a time, each of one snapshot. The server starts and stops runs and learns of them by events; what carries
// them out is an inline lane (tests: at once, in the caller's thread) or a threaded one (threads.h).
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "lsp/features/view.h"

namespace writ::lsp {

struct ProofJob {
  std::uint64_t ticket = 0;
  std::shared_ptr<const Snapshot> snapshot;
  std::optional<std::uint64_t> budget;           ///< none: the project's, else the prover's own
  unsigned threads = 1;
  std::chrono::milliseconds rest{0};             ///< how long to wait for a stop before it begins
};

struct ProofEvent {
  enum class Kind { Began, Advanced, Ended, Interrupted, Failed } kind = Kind::Began;
  std::uint64_t ticket = 0;
  std::size_t done = 0;
  std::size_t total = 0;
  std::shared_ptr<const Verdicts> verdicts;      ///< Ended
  std::string why;                               ///< Failed
  std::chrono::milliseconds took{0};             ///< Interrupted: from the wish to stop until nothing ran any more
};

class ProofLane {
 public:
  virtual ~ProofLane() = default;
  /// Takes the place of whatever waits or runs.
  virtual void start(ProofJob job) = 0;
  virtual void stop() = 0;
};

using TellProof = std::function<void(ProofEvent)>;

/// Runs a job and tells of it; `stopped` is asked from several threads.
void run_proofs(const ProofJob& job, const std::function<bool()>& stopped, const TellProof& tell);

/// Runs within start().
class InlineLane final : public ProofLane {
 public:
  explicit InlineLane(TellProof tell) : tell_(std::move(tell)) {}
  void start(ProofJob job) override { run_proofs(job, [] { return false; }, tell_); }
  void stop() override {}

 private:
  TellProof tell_;
};

}  // namespace writ::lsp
