// Conditions: strong Kleene logic over the atoms of Appendix T, with horizons (semantics.md 3.4). Operands that do not fit each other are
// unknown: no bundle makes an answer out of comparing an amount with a name.
#include "runtime/core/evaluation.h"

namespace writ::core {
namespace {

using layout::CondKind;
using layout::Scalar;

__int128 floor_divide(__int128 a, __int128 b) {   // b > 0
  const __int128 q = a / b;
  return a % b < 0 ? q - 1 : q;
}
Instant clamp(__int128 t) { return t > kForever ? kForever : t < -kForever ? -kForever : static_cast<Instant>(t); }

enum class Measure { None, Number, Money, Time };
Measure measure(Scalar s) {
  switch (s) {
    case Scalar::Int:
    case Scalar::Decimal: return Measure::Number;
    case Scalar::Money: return Measure::Money;
    case Scalar::Time:
    case Scalar::Duration: return Measure::Time;
    case Scalar::Bool:
    case Scalar::String:
    case Scalar::Enum:
    case Scalar::Ref: break;
  }
  return Measure::None;
}

bool starts(std::string_view text, std::string_view with) { return text.size() >= with.size() && text.substr(0, with.size()) == with; }
bool ends(std::string_view text, std::string_view with) { return text.size() >= with.size() && text.substr(text.size() - with.size()) == with; }

bool other_currency(const Result& a, const Result& b) {
  return a.known() && b.known() && a.value.scalar == Scalar::Money && b.value.scalar == Scalar::Money && a.value.text != b.value.text;
}

}  // namespace

Judged Evaluation::undecided(const Result& a, const Result& b) { return unknown(leaves_.unite(a.why, b.why), earlier(a, b)); }

/// k × now < m
Judged Evaluation::linear_before(std::int64_t k, __int128 m, Instant now) {
  if (k == 0) return surely(truth_of(0 < m));
  if (k > 0) return before(now, clamp(-floor_divide(-m, k)));
  return not_before(now, clamp(floor_divide(-m, -static_cast<__int128>(k)) + 1));
}

Judged Evaluation::compare(const Result& a, const Result& b, bool or_equal, const Scene& scene) {
  if (!a.known() || !b.known()) return undecided(a, b);
  const Measure m = measure(a.value.scalar);
  if (m == Measure::None || m != measure(b.value.scalar)) return unknown_word(Word::question_mark, Reason::ill_typed, earlier(a, b));
  if (other_currency(a, b)) return unknown_word(Word::currency, Reason::other_currency, earlier(a, b));
  if (a.now == 0 && b.now == 0 && a.scale == b.scale) return surely(truth_of(or_equal ? a.n <= b.n : a.n < b.n), earlier(a, b));
  __int128 an = a.n, bn = b.n;
  std::int64_t ak = a.now, bk = b.now, k = 0;
  bool over = false;
  for (std::int32_t s = a.scale; s < b.scale; ++s) over |= __builtin_mul_overflow(an, kScale, &an) || __builtin_mul_overflow(ak, kScale, &ak);
  for (std::int32_t s = b.scale; s < a.scale; ++s) over |= __builtin_mul_overflow(bn, kScale, &bn) || __builtin_mul_overflow(bk, kScale, &bk);
  __int128 difference = 0;
  over |= __builtin_sub_overflow(ak, bk, &k) || __builtin_sub_overflow(bn, an, &difference) || __builtin_add_overflow(difference, or_equal ? 1 : 0, &difference);
  if (over || difference == static_cast<__int128>(1) << 127) return unknown_word(Word::question_mark, Reason::out_of_range, earlier(a, b));
  return capped(linear_before(k, difference, scene.now), earlier(a, b));
}

Truth Evaluation::same(const Value& a, const Value& b) const {
  if (a.scalar != b.scalar || (a.scalar == Scalar::Enum && a.type != b.type)) return Truth::Unknown;
  if (a.scalar != Scalar::Ref) return truth_of(a.number == b.number && a.text == b.text);
  const bool principal = a.type < view_.entities.count && view_.entities[a.type].kind <= static_cast<std::uint32_t>(layout::EntityKind::Agent);
  return principal ? same_person({a.type, a.text}, {b.type, b.text}) : truth_of(a.text == b.text);
}

Judged Evaluation::equal(const Result& a, const Result& b, const Scene& scene) {
  if (!a.known() || !b.known()) return undecided(a, b);
  if (measure(a.value.scalar) != Measure::None) {
    All all(leaves_);
    all.add(compare(a, b, true, scene));
    all.add(compare(b, a, true, scene));
    return all.get();
  }
  const Truth truth = same(a.value, b.value);
  return truth == Truth::Unknown ? unknown_word(Word::person, Reason::shared, earlier(a, b)) : surely(truth, earlier(a, b));
}

/// Two currencies met: which facts they are of. Literals have none to tell of.
Why Evaluation::currencies(Index id) {
  const layout::Term& term = view_.terms[id];
  if (term.kind == static_cast<std::uint32_t>(layout::TermKind::Attribute))
    return leaves_.of(UnknownFact{UnknownFact::Kind::Term, Reason::other_currency, id, {}}, Reason::other_currency);
  Why why = 0;
  for (const Index inner : list(term.terms))
    if (leaves_.told() && spend()) why = leaves_.unite(why, currencies(inner));
  return why;
}

Judged Evaluation::comparison(const layout::Cond& cond, const Result& a, const Result& b, const Scene& scene) {
  const auto terms = list(cond.terms);
  const auto kind = static_cast<CondKind>(cond.kind);
  if (kind == CondKind::Equal && is_set(terms[0])) return same_set(a, b);
  if (other_currency(a, b)) return unknown(leaves_.unite(currencies(terms[0]), currencies(terms[1])), earlier(a, b));
  return kind == CondKind::Equal ? equal(a, b, scene) : compare(a, b, kind == CondKind::LessEqual, scene);
}

Judged Evaluation::threshold(const layout::Cond& cond, const Result& amount, const Scene& scene) {
  if (!amount.known()) return unknown(amount.why, amount.horizon);
  for (const Index entry : list(view_.thresholds[cond.threshold].values)) {
    const Result limit = literal(entry);
    if (amount.value.scalar == Scalar::Money && limit.value.text == amount.value.text)
      return compare(amount, limit, cond.kind == static_cast<std::uint32_t>(CondKind::ThresholdLessEqual), scene);
  }
  const UnknownFact name{UnknownFact::Kind::Term, Reason::other_currency, list(cond.terms)[0], {}};
  return unknown(leaves_.of(name, Reason::other_currency), amount.horizon);
}

Judged Evaluation::fact(const layout::Cond& cond, const Scene& scene) {
  const Result v = value(list(cond.terms)[0], scene);
  if (!v.known()) return unknown(v.why, v.horizon);
  if (v.value.scalar != Scalar::Bool) return unknown_word(Word::question_mark, Reason::ill_typed, v.horizon);
  return surely(truth_of(v.value.number != 0), v.horizon);
}

Judged Evaluation::affix(const layout::Cond& cond, const Result& a, const Result& b) {
  if (!a.known() || !b.known()) return undecided(a, b);
  if (a.value.scalar != Scalar::String || b.value.scalar != Scalar::String) return unknown_word(Word::question_mark, Reason::ill_typed, earlier(a, b));
  const bool start = cond.kind == static_cast<std::uint32_t>(CondKind::StartsWith);
  return surely(truth_of(start ? starts(a.value.text, b.value.text) : ends(a.value.text, b.value.text)), earlier(a, b));
}

/// Two plain values of one scalar, whose order or equality is that of their numbers and texts. Nothing: Appendix T has more to say.
std::optional<Judged> Evaluation::plain_comparison(const layout::Cond& cond, const Scene& scene) const {
  const auto kind = static_cast<CondKind>(cond.kind);
  const bool equality = kind == CondKind::Equal;
  if (!equality && kind != CondKind::Less && kind != CondKind::LessEqual) return {};
  const auto terms = list(cond.terms);
  const std::optional<Value> a = plain(terms[0], scene);
  if (!a || (equality && is_set(terms[0]))) return {};
  const std::optional<Value> b = plain(terms[1], scene);
  if (!b || a->scalar != b->scalar) return {};
  if (measure(a->scalar) == Measure::None) {
    if (!equality || a->scalar == Scalar::Ref || (a->scalar == Scalar::Enum && a->type != b->type)) return {};
    return surely(truth_of(a->number == b->number && a->text == b->text));
  }
  if (a->scalar == Scalar::Money && a->text != b->text) return {};
  return surely(truth_of(equality ? a->number == b->number : kind == CondKind::Less ? a->number < b->number : a->number <= b->number));
}

Judged Evaluation::judge_atom(const layout::Cond& cond, const Scene& scene) {
  if (const std::optional<Judged> plainly = plain_comparison(cond, scene)) return *plainly;
  const auto terms = list(cond.terms);
  const Result a = value(terms[0], scene);
  const Result b = terms.size() > 1 ? value(terms[1], scene) : Result{};
  switch (static_cast<CondKind>(cond.kind)) {
    case CondKind::Equal:
    case CondKind::Less:
    case CondKind::LessEqual: return comparison(cond, a, b, scene);
    case CondKind::ThresholdLess:
    case CondKind::ThresholdLessEqual: return threshold(cond, a, scene);
    // A value that cannot be read is there or not, nobody knows; a set that was sent at all is there.
    case CondKind::Known: return a.state == State::Unknown ? unknown(a.why, a.horizon) : surely(truth_of(a.known()), a.horizon);
    case CondKind::In: return membership(a, b);
    case CondKind::SubsetOf: return subset(a, b);
    case CondKind::Overlaps: return overlap(a, b);
    case CondKind::IsEmpty: return is_empty(a);
    case CondKind::StartsWith:
    case CondKind::EndsWith: return affix(cond, a, b);
    case CondKind::Under: return under(a, b);
    case CondKind::True:
    case CondKind::False:
    case CondKind::Unknown:
    case CondKind::Fact:
    case CondKind::Holds:
    case CondKind::Can:
    case CondKind::Not:
    case CondKind::And:
    case CondKind::Or:
    case CondKind::AtLeast: break;
  }
  return {};
}

Judged Evaluation::judge_parts(const layout::Cond& cond, const Scene& scene) {
  const auto of = [&](auto sum) {
    for (const Index part : list(cond.conds)) sum.add(judge_node(part, scene));
    return sum.get();
  };
  const auto kind = static_cast<CondKind>(cond.kind);
  return kind == CondKind::And ? of(All(leaves_)) : kind == CondKind::Or ? of(Any(leaves_)) : of(Count(leaves_, cond.count));
}

Judged Evaluation::judge_once(const layout::Cond& cond, const Scene& scene) {
  switch (static_cast<CondKind>(cond.kind)) {
    case CondKind::True: return surely(Truth::True);
    case CondKind::False: return surely(Truth::False);
    case CondKind::Unknown: return unknown_word(Word::scope, Reason::not_supplied);
    case CondKind::Fact: return fact(cond, scene);
    case CondKind::Holds: return holds(cond, scene);
    case CondKind::Can: break;             // claims only: no sound bundle has one
    case CondKind::Not: return !judge_node(list(cond.conds)[0], scene);
    case CondKind::And:
    case CondKind::Or:
    case CondKind::AtLeast: return judge_parts(cond, scene);
    case CondKind::Equal:
    case CondKind::Less:
    case CondKind::LessEqual:
    case CondKind::ThresholdLess:
    case CondKind::ThresholdLessEqual:
    case CondKind::Known:
    case CondKind::In:
    case CondKind::SubsetOf:
    case CondKind::Overlaps:
    case CondKind::IsEmpty:
    case CondKind::StartsWith:
    case CondKind::EndsWith:
    case CondKind::Under: return judge_atom(cond, scene);
  }
  return {};
}

/// Conditions share structure: each is judged once in one scene. What its terms needed is given back.
Judged Evaluation::judge_node(Index id, const Scene& scene) {
  if (!spend()) return {};
  Memo& memo = memo_[id];
  if (memo.epoch == scene.epoch) return {memo.truth, memo.why, memo.horizon};
  std::byte* const mark = arena_.mark();
  const Judged judged = judge_once(view_.conds[id], scene);
  arena_.release(mark);
  memo = {scene.epoch, judged.truth, judged.why, judged.horizon};
  return judged;
}

/// A condition that is not there is unknown: it neither grants nor lifts.
Judged Evaluation::judge(Index cond, const Scene& scene) {
  if (cond >= view_.conds.count) return unknown_word(Word::question_mark, Reason::not_supplied);
  if (scene.epoch == 0) scene.epoch = fresh_epoch();
  return judge_node(cond, scene);
}

}  // namespace writ::core
