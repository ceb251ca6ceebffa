// One question to the solver, from terms to model: what an engine builds its formula in, how it is solved, and how a model is made small. The
// abstractions of the encoding decide what an answer is worth: unsatisfiable with them open is a proof; satisfiable with them closed is a
// request; anything else is undecided.
#pragma once

#include "compiler/interpret/request.h"
#include "compiler/smt/solver.h"
#include "compiler/source/source.h"
#include "compiler/verify/encode/decision.h"
#include "compiler/verify/verify.h"

namespace writ::verify {

/// What every obligation of a run shares; read-only.
struct Settings {
  const kernel::Kernel& kernel;
  const source::SourceSet& sources;
  std::uint64_t budget = 4'000'000;
  smt::Interrupt* interrupt = nullptr;
  Faults faults;
  std::function<void(std::string)> written;   ///< gets every query as SMT-LIB, if set
  const std::vector<interpret::Request>* population = nullptr;   ///< none: nobody said who there is
};

class Question {
 public:
  Question(const Settings& settings, Logic::Horizons horizons);
  Question(const Question&) = delete;
  Question& operator=(const Question&) = delete;

  const kernel::Kernel& kernel() const { return settings_.kernel; }
  const Settings& settings() const { return settings_; }
  smt::Terms& terms() { return terms_; }
  World& world() { return world_; }
  const Logic& logic() const { return logic_; }
  View& view() { return view_; }
  Term now() const { return now_; }

  void require(Term formula) { required_.push_back(formula); }
  enum class Found : std::uint8_t { Nothing, Model, Undecided };
  Found solve();
  /// After Nothing or Model: satisfiable under one more formula too?
  Found solve_with(Term formula);
  /// After Undecided.
  Verdict undecided() const { return undecided_; }

  /// After Model: makes it small, in a fixed order: what need not be listed, known, included, then values.
  void minimise();
  smt::Solver& model() { return *solver_; }
  bool is_true(Term t) { return solver_->boolean(t); }
  std::int64_t number(Term t) { return static_cast<std::int64_t>(solver_->number(t)); }
  std::uint64_t effort() const { return effort_; }
  /// What the next `minimise` may change beyond declared facts.
  void prefer(Term formula) { preferred_.push_back(formula); }
  std::vector<Term> assertions();

 private:
  Found interpret(smt::Answer answer);
  void shrink(Term formula);
  void shrink_value(Term value, const std::vector<Term>& candidates);
  std::vector<Term> candidates(const typed_ir::Type& type, Term value);

  const Settings& settings_;
  smt::Terms terms_;
  Term now_, time_known_;
  World world_;
  Logic logic_;
  View view_;
  std::vector<Term> required_, preferred_;
  std::unique_ptr<smt::Solver> solver_;
  Verdict undecided_;
  std::uint64_t effort_ = 0;
};

}  // namespace writ::verify
