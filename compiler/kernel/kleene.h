// The three truth values, and the horizon that is the second half of every value (semantics.md 3.1, 3.4): the first later instant at which
// the value may differ while all supplied facts stay as they are. Used by the reference interpreter; the runtime has its own.
#pragma once

#include <algorithm>
#include <vector>

#include "compiler/typed_ir/values.h"

namespace writ::kernel {

enum class Truth : std::uint8_t { False, Unknown, True };   ///< F < U < T

/// A truth value and until when (exclusive) it holds; kForever: time alone never changes it.
struct Timed {
  Truth truth = Truth::Unknown;
  typed_ir::Instant horizon = typed_ir::kForever;

  friend bool operator==(const Timed&, const Timed&) = default;
};

constexpr Truth negate(Truth t) { return static_cast<Truth>(2 - static_cast<int>(t)); }
inline Timed negate(Timed t) { return {negate(t.truth), t.horizon}; }

/// 3.4: result F takes the max over the operands that are F, any other the min over all. No operands: T forever.
inline Timed conjunction(const std::vector<Timed>& operands) {
  Timed result{Truth::True, typed_ir::kForever};
  typed_ir::Instant longest_false = 0;
  for (const Timed& o : operands) {
    result.truth = std::min(result.truth, o.truth);
    result.horizon = std::min(result.horizon, o.horizon);
    if (o.truth == Truth::False) longest_false = std::max(longest_false, o.horizon);
  }
  if (result.truth == Truth::False) result.horizon = longest_false;
  return result;
}

inline Timed disjunction(const std::vector<Timed>& operands) {
  std::vector<Timed> negated;
  negated.reserve(operands.size());
  for (const Timed& o : operands) negated.push_back(negate(o));
  return negate(conjunction(negated));
}

/// At least k of n: k = n as `and`, k = 1 as `or`, else the min over all operands.
inline Timed at_least(std::size_t k, const std::vector<Timed>& operands) {
  if (k == operands.size()) return conjunction(operands);
  if (k == 1) return disjunction(operands);
  std::size_t sure = 0, possible = 0;
  typed_ir::Instant horizon = typed_ir::kForever;
  for (const Timed& o : operands) {
    sure += o.truth == Truth::True;
    possible += o.truth != Truth::False;
    horizon = std::min(horizon, o.horizon);
  }
  return {sure >= k ? Truth::True : possible < k ? Truth::False : Truth::Unknown, horizon};
}

}  // namespace writ::kernel
