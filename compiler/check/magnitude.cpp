#include "compiler/check/magnitude.h"

namespace writ::check {
namespace {

using typed_ir::Scalar;
using typed_ir::TermKind;

using Wide = unsigned __int128;
constexpr Wide kTooWide = Wide{1} << 126;   // a bit of room for the sign and the comparison's own subtraction

/// |x| ≤ bound, in units of 10^-4·decimals beyond the type's own scale.
struct Magnitude {
  Wide bound = 0;
  int decimals = 0;
};

Wide times(Wide a, Wide b) {
  if (a == 0 || b == 0) return 0;
  return a > kTooWide / b ? kTooWide : a * b;
}

Wide scaled(Wide bound, int by) {
  for (int i = 0; i < by; ++i) bound = times(bound, static_cast<Wide>(typed_ir::kScale));
  return bound;
}

Magnitude sum(const Magnitude& a, const Magnitude& b) {
  const int decimals = std::max(a.decimals, b.decimals);
  const Wide total = scaled(a.bound, decimals - a.decimals) + scaled(b.bound, decimals - b.decimals);
  return {std::min(total, kTooWide), decimals};
}

Wide absolute(std::int64_t n) { return n < 0 ? Wide(-(n + 1)) + 1 : Wide(n); }

Magnitude of_type(const typed_ir::Type& type) {
  switch (type.scalar) {
    case Scalar::Int:
    case Scalar::Duration: return {static_cast<Wide>(typed_ir::kMaxInt), 0};
    case Scalar::Decimal:
    case Scalar::Money: return {static_cast<Wide>(typed_ir::kMaxScaled), 0};
    case Scalar::Time: return {static_cast<Wide>(typed_ir::kInstantEnd), 0};
    case Scalar::Bool:
    case Scalar::String:
    case Scalar::Enum:
    case Scalar::Ref: return {1, 0};
  }
  return {};
}

Magnitude magnitude(const typed_ir::Conditions& store, typed_ir::TermId id) {
  const typed_ir::Term& term = store.term(id);
  switch (term.kind) {
    case TermKind::Literal: return {absolute(term.value.number), 0};
    case TermKind::Add:
    case TermKind::Subtract: return sum(magnitude(store, term.a[0]), magnitude(store, term.a[1]));
    case TermKind::Scale: {
      Magnitude inner = magnitude(store, term.a[0]);
      inner.bound = times(inner.bound, absolute(term.value.number));
      inner.decimals += term.value.scalar == Scalar::Decimal ? 1 : 0;
      return inner;
    }
    case TermKind::SetLiteral:
    case TermKind::Root:
    case TermKind::Now:
    case TermKind::Attribute:
    case TermKind::RollUp:
    case TermKind::Otherwise:
    case TermKind::Unknown: return of_type(term.type);
  }
  return {};
}

}  // namespace

bool fits_128_bits(const typed_ir::Conditions& store, typed_ir::TermId left, typed_ir::TermId right) {
  return sum(magnitude(store, left), magnitude(store, right)).bound < kTooWide;
}

}  // namespace writ::check
