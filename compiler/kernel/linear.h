// Sums of terms with exact coefficients: what comparisons of numbers, amounts, times and durations are about. Units are those of
// typed_ir::Value (scaled decimals, milliseconds), so that every sum is a whole number and `<` is `<=` one unit further.
#pragma once

#include "compiler/kernel/elimination.h"

namespace writ::kernel::elimination {

using Wide = __int128;

/// (Σ coefficient · term + constant) / divisor. Coefficients of kept terms stay when they become 0: unless such a term is known, neither
/// is the sum.
struct Linear {
  std::map<TermId, Wide> coefficients;
  Wide constant = 0;
  Wide divisor = 1;
};

bool is_number(const Type& type);
Linear linear(const Workbench& bench, TermId term);
/// a - b, without divisor (both sides of a comparison are multiplied by it).
Linear difference(const Workbench& bench, const Linear& a, const Linear& b);
/// `sum <= 0` (the sum has divisor 1) as a condition between terms of `type`.
CondId at_most_zero(Workbench& bench, const Linear& sum, const Type& type);
Wide floor_divide(Wide a, Wide b);
/// Smallest and largest value of a type, in its units (semantics.md 13.1, 13.5).
std::pair<Wide, Wide> range(const Type& type);

}  // namespace writ::kernel::elimination
