// Three values, each with its horizon and, while unknown, the facts to blame (semantics.md 3.1, 3.4, 11.9). Sets of facts are nodes in the
// scratch that share their parts: uniting two costs one node, and nothing at all where nobody is told. Internal.
#pragma once

#include <algorithm>

#include "runtime/core/arena.h"
#include "runtime/core/decision.h"

namespace writ::core {

enum class Truth : std::uint8_t { False, Unknown, True };
inline Truth truth_of(bool holds) { return holds ? Truth::True : Truth::False; }
inline Truth operator!(Truth t) { return static_cast<Truth>(2 - static_cast<int>(t)); }

/// A set of unknown facts; 0 is the empty one.
using Why = std::uint32_t;

struct Judged {
  Truth truth = Truth::Unknown;
  Why why = 0;                             ///< 0 unless unknown
  Instant horizon = kForever;

  bool is(Truth t) const { return truth == t; }
  bool never_true() const { return truth == Truth::False && horizon == kForever; }
  bool always_true() const { return truth == Truth::True && horizon == kForever; }
};
inline Judged surely(Truth truth, Instant horizon = kForever) { return {truth, 0, horizon}; }
inline Judged unknown(Why why, Instant horizon = kForever) { return {Truth::Unknown, why, horizon}; }
inline Judged operator!(Judged j) { return {!j.truth, j.why, j.horizon}; }
inline Judged capped(Judged j, Instant horizon) { return {j.truth, j.why, std::min(j.horizon, horizon)}; }

/// t + by, for ever where it would run over.
inline Instant later(Instant t, std::int64_t by) {
  Instant sum = 0;
  return __builtin_add_overflow(t, by, &sum) ? kForever : sum;
}

class Leaves {
 public:
  Leaves(Arena& arena, bool told);

  bool told() const { return told_; }
  Why of(const UnknownFact& fact, Reason reason) { return told_ ? note(fact, reason) : 0; }
  Why of(Word word, Reason reason) { return told_ ? note(word, reason) : 0; }
  Why unite(Why a, Why b) { return a == 0 || a == b ? b : b == 0 ? a : join(a, b); }
  /// The facts of a set, each once; asked once.
  std::span<const UnknownFact> facts(Why set);

 private:
  static constexpr std::size_t kReasons = 16, kWords = 32;
  struct Node {
    Why left = 0, right = 0;               ///< none: a leaf
    bool seen = false;
    UnknownFact fact;
  };
  Node& node(Why set) { return *(arena_.top<Node>() - set); }
  Why add(const Node& node);
  Why note(UnknownFact fact, Reason reason);
  Why note(Word word, Reason reason);
  Why join(Why a, Why b);

  Arena& arena_;
  Why count_ = 0;
  bool told_;
  std::uint16_t noted_[kWords];            ///< if told: per word, the reasons whose set is in words_
  std::span<Why> words_;                   ///< one set for each word and reason
};

/// `and`: false takes the longest horizon of what is false, anything else the least of all.
class All {
 public:
  explicit All(Leaves& leaves) : leaves_(leaves) {}
  void add(const Judged& j) {
    truth_ = std::min(truth_, j.truth);
    least_ = std::min(least_, j.horizon);
    if (j.truth == Truth::False) longest_ = std::max(longest_, j.horizon);
    if (j.truth == Truth::Unknown) why_ = leaves_.unite(why_, j.why);
  }
  /// False for ever, whatever else is added.
  bool settled() const { return truth_ == Truth::False && longest_ == kForever; }
  Judged get() const { return {truth_, truth_ == Truth::Unknown ? why_ : 0, truth_ == Truth::False ? longest_ : least_}; }

 private:
  Leaves& leaves_;
  Truth truth_ = Truth::True;
  Instant least_ = kForever, longest_ = 0;
  Why why_ = 0;
};

/// `or`, the mirror image.
class Any {
 public:
  explicit Any(Leaves& leaves) : leaves_(leaves) {}
  void add(const Judged& j) {
    truth_ = std::max(truth_, j.truth);
    least_ = std::min(least_, j.horizon);
    if (j.truth == Truth::True) longest_ = std::max(longest_, j.horizon);
    if (j.truth == Truth::Unknown) why_ = leaves_.unite(why_, j.why);
  }
  /// True for ever, whatever else is added.
  bool settled() const { return truth_ == Truth::True && longest_ == kForever; }
  Judged get() const { return {truth_, truth_ == Truth::Unknown ? why_ : 0, truth_ == Truth::True ? longest_ : least_}; }

 private:
  Leaves& leaves_;
  Truth truth_ = Truth::False;
  Instant least_ = kForever, longest_ = 0;
  Why why_ = 0;
};

/// At least k of n: all of them as `and`, one as `or`, else the least horizon of all.
class Count {
 public:
  Count(Leaves& leaves, std::size_t k) : k_(k), leaves_(leaves) {}
  void add(const Judged& j) {
    ++n_;
    least_ = std::min(least_, j.horizon);
    switch (j.truth) {
      case Truth::True:
        ++sure_;
        longest_true_ = std::max(longest_true_, j.horizon);
        break;
      case Truth::False:
        ++false_;
        longest_false_ = std::max(longest_false_, j.horizon);
        break;
      case Truth::Unknown: why_ = leaves_.unite(why_, j.why);
    }
  }
  Judged get() const {
    if (sure_ >= k_) return surely(Truth::True, k_ == 1 && n_ != 1 ? longest_true_ : least_);
    if (n_ - false_ < k_) return surely(Truth::False, k_ == n_ ? longest_false_ : least_);
    return unknown(why_, least_);
  }

 private:
  std::size_t k_, n_ = 0, sure_ = 0, false_ = 0;
  Leaves& leaves_;
  Instant least_ = kForever, longest_true_ = 0, longest_false_ = 0;
  Why why_ = 0;
};

}  // namespace writ::core
