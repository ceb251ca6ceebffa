#include "compiler/interpret/judged.h"

namespace writ::interpret {
namespace {

std::vector<Timed> timed(const std::vector<Judged>& operands) {
  std::vector<Timed> all;
  for (const Judged& o : operands) all.push_back(o.timed);
  return all;
}

Judged with_leaves(Timed result, const std::vector<Judged>& operands) {
  Judged judged{result, {}};
  if (result.truth != Truth::Unknown) return judged;
  for (const Judged& o : operands)
    if (o.is(Truth::Unknown)) judged.leaves.insert(o.leaves.begin(), o.leaves.end());
  return judged;
}

}  // namespace

Judged surely(Truth truth, Instant horizon) { return {{truth, horizon}, {}}; }
Judged unknown(Leaves leaves, Instant horizon) { return {{Truth::Unknown, horizon}, std::move(leaves)}; }
Judged unknown(std::string fact, std::string reason, Instant horizon) {
  return unknown(Leaves{{std::move(fact), std::move(reason)}}, horizon);
}
Judged negate(Judged operand) {
  operand.timed = kernel::negate(operand.timed);
  return operand;
}
Judged conjunction(const std::vector<Judged>& operands) { return with_leaves(kernel::conjunction(timed(operands)), operands); }
Judged disjunction(const std::vector<Judged>& operands) { return with_leaves(kernel::disjunction(timed(operands)), operands); }
Judged at_least(std::size_t k, const std::vector<Judged>& operands) { return with_leaves(kernel::at_least(k, timed(operands)), operands); }
Judged capped(Judged judged, Instant horizon) {
  judged.timed.horizon = std::min(judged.timed.horizon, horizon);
  return judged;
}

Judged before(std::optional<Instant> now, Instant t) {
  if (!now) return unknown("context.time", "not_supplied");
  return *now < t ? surely(Truth::True, t) : surely(Truth::False);
}
Judged not_before(std::optional<Instant> now, Instant t) { return negate(before(now, t)); }

}  // namespace writ::interpret
