// Atoms over sets: known elements, and whether there are no others (semantics.md 2.3, Appendix T).
#include "runtime/core/evaluation.h"

namespace writ::core {
Truth Evaluation::contains(std::span<const Value> set, const Value& value) {
  Truth best = Truth::False;
  if (!spend(static_cast<std::uint32_t>(set.size()))) return Truth::Unknown;
  for (const Value& v : set) {
    best = std::max(best, same(v, value));
    if (best == Truth::True) break;
  }
  return best;
}

/// What is not listed may still be an element, while others may be missing from the list.
Truth Evaluation::element_of(const Value& value, const Result& set) {
  return std::max(contains(set.values, value), set.complete ? Truth::False : Truth::Unknown);
}

Judged Evaluation::of_sets(Truth truth, const Result& a, const Result& b) {
  return truth == Truth::Unknown ? undecided(a, b) : surely(truth, earlier(a, b));
}

Judged Evaluation::membership(const Result& element, const Result& set) {
  const bool nothing = set.complete && set.values.empty();
  return of_sets(nothing ? Truth::False : element.known() ? element_of(element.value, set) : Truth::Unknown, element, set);
}

/// Every element of `a` is one of `b`: a conjunction, open while `a` may have more.
Truth Evaluation::covered(const Result& a, const Result& b) {
  Truth all = a.complete ? Truth::True : Truth::Unknown;
  for (const Value& v : a.values) all = std::min(all, element_of(v, b));
  return all;
}

Judged Evaluation::subset(const Result& a, const Result& b) { return of_sets(covered(a, b), a, b); }
Judged Evaluation::same_set(const Result& a, const Result& b) { return of_sets(std::min(covered(a, b), covered(b, a)), a, b); }

/// Some element of `a` is one of `b`: a disjunction, open while `a` may have more; nothing overlaps an empty set.
Judged Evaluation::overlap(const Result& a, const Result& b) {
  const bool nothing = b.complete && b.values.empty();
  Truth any = a.complete || nothing ? Truth::False : Truth::Unknown;
  for (const Value& v : a.values) any = std::max(any, element_of(v, b));
  return of_sets(any, a, b);
}

Judged Evaluation::is_empty(const Result& set) {
  if (!set.values.empty()) return surely(Truth::False, set.horizon);
  return set.complete ? surely(Truth::True, set.horizon) : unknown(set.why, set.horizon);
}

Judged Evaluation::under(const Result& a, const Result& b) {
  if (!a.known() || !b.known()) return undecided(a, b);
  const Truth itself = same(a.value, b.value);
  if (itself == Truth::True) return surely(Truth::True, earlier(a, b));
  const Record* record = a.value.scalar == layout::Scalar::Ref ? find({a.value.type, a.value.text}) : nullptr;
  if (!record) return unknown_word(Word::ancestors, Reason::not_supplied, earlier(a, b));
  for (const std::string_view id : record->ancestors.ids)
    if (spend() && id == b.value.text) return surely(Truth::True, earlier(a, b));
  if (record->ancestors.complete && itself == Truth::False) return surely(Truth::False, earlier(a, b));
  return unknown_word(Word::ancestors, Reason::incomplete, earlier(a, b));
}

}  // namespace writ::core
