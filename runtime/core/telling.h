// What a decision says besides its outcome, as functions of the same evaluation (semantics.md 11.8, 11.9). Internal.
#pragma once

#include "runtime/core/evaluation.h"

namespace writ::core {

class Telling {
 public:
  Telling(Evaluation& e, Decision& decision);

  /// Obligations bound the time of a permit, told or not.
  void obligations(Instant& until);
  void tell();

 private:
  struct Miss {
    Index grant = 0;
    bool held = false;
    std::uint32_t failed = 0;
  };

  void cite(layout::Str id, Index source) { citations_.push({id, source}); }
  void cite_grants(Truth truth);
  void cite_rule(const Instance& instance);
  void granted();
  void in_use(const Instance& instance);
  void refused();
  void undecided();
  void nearest();
  /// What a listed holding lacks.
  struct Lacking {
    HoldingParts failed = 0, unknown = 0;
  };
  Lacking lacking(const Record& person, const Held& held);
  void why_not_held(NearestMiss& miss);
  bool nearer(const Miss& a, const Miss& b) const;
  Miss miss(Index grant);
  /// A grant by one holding.
  struct Fit {
    Scene scene;
    bool held = false;
    std::uint32_t failed = 0, unknown = 0;
  };
  Fit fit(const layout::Grant& grant);
  Fit judged(const layout::Grant& grant, const Scene& scene, bool held);
  bool closer(const layout::Grant& grant, const Fit& a, const Fit& b);
  std::span<const Index> conjuncts(Index grant, Truth truth);
  bool lift_before(Index a, Index b) const;
  bool missing_before(const Missing& a, const Missing& b) const;

  Evaluation& e_;
  Decision& d_;
  List<Citation> citations_;
  List<Index> lifts_;
  List<Missing> missing_;
  Why why_ = 0;
};

}  // namespace writ::core
