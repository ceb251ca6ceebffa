// A truth value with its horizon (kernel/kleene.h) and, where it is unknown, the facts that make it so: the union over the operands that are
// unknown (semantics.md 11.9). Plain data.
#pragma once

#include <set>

#include "compiler/kernel/kleene.h"
#include "compiler/question/decision.h"

namespace writ::interpret {

using typed_ir::Instant;
using kernel::Timed;
using kernel::Truth;
using typed_ir::kForever;

using Leaves = std::set<question::UnknownFact>;

struct Judged {
  Timed timed;
  Leaves leaves;                 ///< empty unless unknown

  bool is(Truth truth) const { return timed.truth == truth; }
  Instant horizon() const { return timed.horizon; }
};

Judged surely(Truth truth, Instant horizon = kForever);
Judged unknown(Leaves leaves, Instant horizon = kForever);
Judged unknown(std::string fact, std::string reason, Instant horizon = kForever);
Judged negate(Judged operand);
Judged conjunction(const std::vector<Judged>& operands);
Judged disjunction(const std::vector<Judged>& operands);
Judged at_least(std::size_t k, const std::vector<Judged>& operands);
/// The same truth, told no longer than `horizon`.
Judged capped(Judged judged, Instant horizon);

/// `now < t`, `now >= t` (3.4); without a time both are unknown.
Judged before(std::optional<Instant> now, Instant t);
Judged not_before(std::optional<Instant> now, Instant t);

}  // namespace writ::interpret
