#include "compiler/kernel/linear.h"

#include <algorithm>

namespace writ::kernel::elimination {

using typed_ir::Scalar;
using typed_ir::Term;
using typed_ir::TermKind;

bool is_number(const Type& type) {
  if (type.set) return false;
  switch (type.scalar) {
    case Scalar::Int:
    case Scalar::Decimal:
    case Scalar::Money:
    case Scalar::Time:
    case Scalar::Duration: return true;
    case Scalar::Bool:
    case Scalar::String:
    case Scalar::Enum:
    case Scalar::Ref: return false;
  }
  return false;
}

std::pair<Wide, Wide> range(const Type& type) {
  switch (type.scalar) {
    case Scalar::Decimal:
    case Scalar::Money: return {1 - Wide{typed_ir::kMaxScaled}, Wide{typed_ir::kMaxScaled} - 1};
    case Scalar::Time: return {typed_ir::kInstantMin, typed_ir::kInstantEnd - 1};
    case Scalar::Int:
    case Scalar::Duration:
    case Scalar::Bool:
    case Scalar::String:
    case Scalar::Enum:
    case Scalar::Ref: break;
  }
  return {-Wide{typed_ir::kMaxInt}, Wide{typed_ir::kMaxInt}};
}

Wide floor_divide(Wide a, Wide b) {
  const Wide quotient = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
}

namespace {

Linear combine(const Linear& a, const Linear& b, Wide sign) {
  Linear sum;
  sum.divisor = a.divisor * b.divisor;
  sum.constant = a.constant * b.divisor + sign * b.constant * a.divisor;
  for (const auto& [term, c] : a.coefficients) sum.coefficients[term] += c * b.divisor;
  for (const auto& [term, c] : b.coefficients) sum.coefficients[term] += sign * c * a.divisor;
  return sum;
}

/// A decimal factor is scaled, so the product is divided again.
Linear scale(Linear sum, const Value& factor) {
  sum.constant *= factor.number;
  for (auto& [term, c] : sum.coefficients) c *= factor.number;
  if (factor.scalar == Scalar::Decimal) sum.divisor *= typed_ir::kScale;
  return sum;
}

}  // namespace

Linear linear(const Workbench& bench, TermId id) {
  const Term& term = bench.term(id);
  switch (term.kind) {
    case TermKind::Literal: return {{}, term.value.number, 1};
    case TermKind::Add: return combine(linear(bench, term.a[0]), linear(bench, term.a[1]), 1);
    case TermKind::Subtract: return combine(linear(bench, term.a[0]), linear(bench, term.a[1]), -1);
    case TermKind::Scale: return scale(linear(bench, term.a[0]), term.value);
    case TermKind::SetLiteral:
    case TermKind::Root:
    case TermKind::Now:
    case TermKind::Attribute:
    case TermKind::RollUp:
    case TermKind::Otherwise:
    case TermKind::Unknown: return {{{id, 1}}, 0, 1};
  }
  return {};
}

Linear difference(const Workbench& bench, const Linear& a, const Linear& b) {
  Linear sum = combine(a, b, -1);
  sum.divisor = 1;
  std::erase_if(sum.coefficients, [&](const auto& entry) { return entry.second == 0 && bench.reads_variable(entry.first); });
  return sum;
}

namespace {

std::int64_t narrow(Wide value) {
  if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min())
    throw Stuck{"a bound lies outside the numbers of the language"};
  return static_cast<std::int64_t>(value);
}

Type plain(const Type& type, Scalar scalar) {
  Type t;
  t.scalar = scalar;
  t.currency = scalar == Scalar::Money ? type.currency : "";
  return t;
}

/// One side of a comparison, put together term by term; at most one term of a side is an instant, the others are durations.
class SideWriter {
 public:
  SideWriter(Workbench& bench, const Type& type) : bench_(bench), type_(type) {}

  void add(TermId term, Wide coefficient) {
    Term scaled;
    scaled.kind = TermKind::Scale;
    scaled.type = bench_.term(term).type.required();
    scaled.a = {term};
    scaled.value = Value{Scalar::Int, narrow(coefficient), "", 0};
    const TermId part = coefficient == 1 ? term : bench_.store.add(std::move(scaled));
    if (instant(part) && sum_.valid() && instant(sum_)) throw Stuck{"instants are added"};
    if (!sum_.valid()) sum_ = part;
    else sum_ = instant(part) ? join(part, sum_) : join(sum_, part);
  }
  /// The number goes to this side as it is; a side of its own is a literal of the comparison's type.
  TermId finish(Wide constant, const Type& other) {
    if (!sum_.valid()) return literal(plain(type_, other.scalar), constant);
    if (constant == 0) return sum_;
    return join(sum_, literal(plain(type_, instant(sum_) ? Scalar::Duration : bench_.term(sum_).type.scalar), constant));
  }
  bool empty() const { return !sum_.valid(); }
  Type type() const { return sum_.valid() ? bench_.term(sum_).type : type_; }

 private:
  bool instant(TermId term) const { return bench_.term(term).type.scalar == Scalar::Time; }
  TermId literal(const Type& type, Wide constant) {
    return bench_.store.literal(Value{type.scalar, narrow(constant), type.scalar == Scalar::Money ? type.currency : "", 0}, type);
  }
  TermId join(TermId a, TermId b) {
    Term sum;
    sum.kind = TermKind::Add;
    sum.type = bench_.term(a).type.required();
    sum.a = {a, b};
    return bench_.store.add(std::move(sum));
  }

  Workbench& bench_;
  Type type_;
  TermId sum_;
};

CondId compare(Workbench& bench, const Linear& sum, const Type& type) {
  SideWriter left(bench, type), right(bench, type);
  for (const auto& [term, c] : sum.coefficients) {
    if (c > 0) left.add(term, c);
    if (c < 0) right.add(term, -c);
  }
  if (left.empty() && right.empty()) return sum.constant <= 0 ? bench.store.truth() : bench.store.falsity();
  const Type left_type = left.empty() ? right.type() : left.type();
  const Type right_type = right.empty() ? left.type() : right.type();
  // A literal alone on its side takes the constant; else it stands where it is positive.
  if (left.empty()) return bench.store.less_equal(left.finish(sum.constant, right_type), right.finish(0, left_type));
  if (right.empty() || sum.constant < 0) return bench.store.less_equal(left.finish(0, right_type), right.finish(-sum.constant, left_type));
  return bench.store.less_equal(left.finish(sum.constant, right_type), right.finish(0, left_type));
}

}  // namespace

CondId at_most_zero(Workbench& bench, const Linear& sum, const Type& type) {
  CondId result = compare(bench, sum, type);
  for (const auto& [term, c] : sum.coefficients) {
    if (c != 0) continue;
    const CondId is_known = known(bench, term);
    result = bench.store.disjunction({bench.store.conjunction({result, is_known}), bench.store.negation(is_known)});
  }
  return result;
}

}  // namespace writ::kernel::elimination
