// One approval chain against the records presented (semantics.md 7.2–7.5): who fits a party, in which capacity, how independent, how long it
// counts. The ways to fill a chain were counted at load (Filling); the n-th way is read off its number. Internal.
#pragma once

#include "runtime/core/evaluation.h"

namespace writ::core {

class Chains {
 public:
  Chains(Evaluation& e, Index chain, Index lift) : e_(e), chain_(e.view_.chains[chain]), id_(chain), lift_(lift), used_(e.arena_) {}

  /// met and obtainable; the steps that are not done, if asked for.
  void judge(LiftVerdict& verdict, List<Missing>* missing);

 private:
  using Slots = std::span<const Index>;    ///< parties that different people must fill
  using Records = std::span<const Approval* const>;
  struct Filled {
    Judged judged = surely(Truth::False);
    Instant last = kNoInstant;             ///< when the last of the steps was done, if it is true
  };

  // Ways (ways.cpp).
  std::uint32_t ways(const layout::Step& step) const;
  void way(const layout::Step& step, std::uint32_t number, List<Index>& slots) const;
  void way(Index party, std::uint32_t number, List<Index>& slots) const;

  const layout::Step& step(std::uint32_t i) const { return e_.view_.steps[chain_.first_step + i]; }
  bool about(const Approval& a, std::uint32_t step) const;
  Records records(std::uint32_t step);
  Judged rejected(std::uint32_t step);
  Judged party_of(const layout::Step& step, const Approval& record);
  Filled fill(std::uint32_t i, std::uint32_t steps, Instant previous);
  Filled fill(std::uint32_t i, std::uint32_t steps, Instant previous, Slots slots, std::uint32_t begin);
  bool may_fill(const Approval& record, std::uint32_t begin) const;
  Judged in_time(const layout::Step& step, const Approval& record, Instant previous);
  Judged independent(const Approval& record);
  void independent_of(const Person& approver, const Person& requester, All& all);
  Judged not_below(const Record& person, Index manager, std::string_view requester);
  Judged obtainable(Index party);
  Judged obtainable(const layout::Step& step);
  Judged fits(Index party, const Approval& record);
  Judged is_person(const Key& a, const Key& b, Truth when_same, Instant horizon = kForever);
  Judged in_role(const layout::Party& party, const Approval& record);
  Instant asked_until(const layout::Party& party);
  Instant covered_until();
  Judged capacity(const layout::Party& party, const Record* person, Index role, std::span<const Argument> args);
  Judged scope_covers(const Result& mine, Index my_dimension, Index dimension);
  Judged covered_by(const Value& value, Index of, const Result& mine, Index my_dimension);

  Evaluation& e_;
  const layout::Chain& chain_;
  Index id_, lift_;
  List<const Approval*> used_;             ///< in the way that is being tried
  std::span<Records> records_;             ///< by step
};

}  // namespace writ::core
