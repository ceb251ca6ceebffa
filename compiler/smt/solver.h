// Asks a solver one question. A Solver is fresh (own context, no shared state), gets assertions of one Terms store, and answers `check` within a
// deterministic resource budget. It belongs to one thread; only `Interrupt::raise` may be called from another. No exception of the
// solver's leaves this room: failure is an Answer.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "compiler/smt/terms.h"

namespace writ::smt {

enum class Answer : std::uint8_t { Unsat, Sat, Limit, Failed, Interrupted };

/// A flag that stops running checks. Once raised it stays; raising again reaches checks that have begun meanwhile.
class Interrupt {
 public:
  void raise();
  bool raised() const { return raised_.load(); }

 private:
  friend class Solver;
  void attach(void* context);
  void detach(void* context);

  std::atomic<bool> raised_{false};
  std::mutex mutex_;
  std::vector<void*> running_;
};

class Solver {
 public:
  /// `interrupt` may be null; it must outlive the solver.
  Solver(const Terms& terms, std::uint64_t budget, Interrupt* interrupt);
  ~Solver();
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;

  void add(Term assertion);
  Answer check() { return check({}); }
  /// Under further literals (Bool terms); after Unsat `core` names those that were needed.
  Answer check(const std::vector<Term>& assumptions);
  void push();
  void pop();

  /// After Sat: values, completed for terms that the model leaves open; F and 0 once interrupted.
  bool boolean(Term t);
  __int128 number(Term t);       ///< Int and bit-vectors

  /// Positions in the last check's assumptions.
  std::vector<std::size_t> core();

  std::uint64_t effort() const;  ///< resource units spent so far
  std::string failure() const;   ///< after Failed

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

std::string solver_version();

}  // namespace writ::smt
