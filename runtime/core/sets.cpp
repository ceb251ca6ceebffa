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

Judged Evaluation::membership(const Result& element, const Result& set) {
  const Instant horizon = earlier(element, set);
  const Truth found = element.known() ? contains(set.values, element.value) : Truth::Unknown;
  if (found == Truth::True) return surely(Truth::True, horizon);
  if (set.complete && set.values.empty()) return surely(Truth::False, horizon);
  if (element.known() && found == Truth::False && set.complete) return surely(Truth::False, horizon);
  return undecided(element, set);
}

Judged Evaluation::subset(const Result& a, const Result& b) {
  Truth all = Truth::True;
  for (const Value& v : a.values) {
    Truth in = contains(b.values, v);
    if (in == Truth::False && !b.complete) in = Truth::Unknown;
    all = std::min(all, in);
  }
  if (all == Truth::False) return surely(Truth::False, earlier(a, b));
  if (all == Truth::True && a.complete) return surely(Truth::True, earlier(a, b));
  return undecided(a, b);
}

Judged Evaluation::same_set(const Result& a, const Result& b) {
  const auto misses = [&](const Result& x, const Result& y) {
    return y.complete && std::any_of(x.values.begin(), x.values.end(), [&](const Value& v) { return contains(y.values, v) == Truth::False; });
  };
  const auto covers = [&](const Result& x, const Result& y) {
    return std::all_of(x.values.begin(), x.values.end(), [&](const Value& v) { return contains(y.values, v) == Truth::True; });
  };
  if (misses(a, b) || misses(b, a)) return surely(Truth::False, earlier(a, b));
  if (a.complete && b.complete && covers(a, b) && covers(b, a)) return surely(Truth::True, earlier(a, b));
  return undecided(a, b);
}

Judged Evaluation::overlap(const Result& a, const Result& b) {
  Truth best = Truth::False;
  for (const Value& v : a.values) best = std::max(best, contains(b.values, v));
  if (best == Truth::True) return surely(Truth::True, earlier(a, b));
  const bool empty = (a.complete && a.values.empty()) || (b.complete && b.values.empty());
  if (empty || (best == Truth::False && a.complete && b.complete)) return surely(Truth::False, earlier(a, b));
  return undecided(a, b);
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
