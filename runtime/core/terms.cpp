// The values of terms (semantics.md 2.2–2.5, 13).
#include "runtime/core/evaluation.h"

namespace writ::core {
namespace {

using layout::Scalar;
using layout::TermKind;

constexpr std::int32_t kMaxScale = 8;
constexpr __int128 kMaxNumber = static_cast<__int128>(1) << 120;

std::int32_t scale_of(Scalar scalar) { return scalar == Scalar::Decimal || scalar == Scalar::Money ? 1 : 0; }

void fill(Result& r, const Value& value) {
  r.state = State::Known;
  r.value = value;
  r.n = value.number;
  r.scale = scale_of(value.scalar);
}
Result known(const Value& value) {
  Result r;
  fill(r, value);
  return r;
}

/// The value is of the declared type; whoever prepares a request may err.
bool fits(const layout::Type& type, const Value& value) {
  if (static_cast<std::uint32_t>(value.scalar) != type.scalar) return false;
  if (value.scalar == Scalar::Enum) return value.type == type.enumeration;
  return value.scalar != Scalar::Ref || value.type == type.entity;
}

bool numeric(Scalar s) { return s != Scalar::Bool && s != Scalar::String && s != Scalar::Enum && s != Scalar::Ref; }

}  // namespace

Result Evaluation::missing(const UnknownFact& name, Reason reason) {
  Result r;
  r.why = leaves_.of(name, reason);
  return r;
}
Result Evaluation::missing(Word name, Reason reason) {
  Result r;
  r.why = word(name, reason);
  return r;
}
Result Evaluation::out_of_range(Index term) { return missing(UnknownFact{UnknownFact::Kind::Term, Reason::out_of_range, term, {}}, Reason::out_of_range); }

Result Evaluation::literal(Index id) const {
  const layout::Value& v = view_.values[id];
  return known({static_cast<Scalar>(v.scalar), v.type, v.number, view_.text(v.text)});
}

Result Evaluation::set_literal(const layout::Term& term, const Scene& scene) {
  Result set;
  set.state = State::Known;
  set.complete = true;
  const std::span<Value> values = arena_.take<Value>(term.terms.count);
  std::size_t n = 0;
  for (const Index element : list(term.terms)) {
    const Result v = value(element, scene);
    if (v.known() && n < values.size()) values[n++] = v.value;
    if (v.known()) continue;
    set.complete = false;
    set.why = leaves_.unite(set.why, v.why);
    set.horizon = std::min(set.horizon, v.horizon);
  }
  set.values = values.first(n);
  return set;
}

Result Evaluation::entity(const Record* record, Word name) {
  if (!record) return missing(name, Reason::not_supplied);
  return known({Scalar::Ref, record->type, 0, record->id});
}

Result Evaluation::root(const layout::Term& term, const Scene& scene) {
  switch (static_cast<layout::Root>(term.root)) {
    case layout::Root::Principal: return entity(scene.principal, Word::principal);
    case layout::Root::Resource: return entity(scene.resource, Word::resource);
    case layout::Root::Context: return entity(scene.context, Word::context);
    case layout::Root::Input: return entity(scene.input, Word::input);
    case layout::Root::Subject: return missing(Word::subject, Reason::not_supplied);
    case layout::Root::Binder: return missing(Word::binder, Reason::not_supplied);
    case layout::Root::Parameter: {
      const bool given = term.index < scene.parameters.size() && scene.parameters[term.index].known;
      if (!given || !fits(view_.types[term.type], scene.parameters[term.index].value)) return missing(Word::held, Reason::incomplete);
      return known(scene.parameters[term.index].value);
    }
    case layout::Root::Scope: {
      if (term.index < scene.scopes.size() && scene.scopes[term.index]) return known(*scene.scopes[term.index]);
      Result r;
      r.why = dimension_leaf(view_.types[term.type].enumeration);
      return r;
    }
  }
  return missing(Word::question_mark, Reason::not_supplied);
}

/// 2.5: as_of − skew ≤ now < as_of + D
void Evaluation::keep_fresh(Result& r, std::int64_t within, Instant as_of, const UnknownFact& name, const Scene& scene) {
  const bool dated = as_of != kNoInstant && scene.asked != kNoInstant;
  const Instant first = dated ? later(as_of, -view_.manifest->skew) : 0, last = dated ? later(as_of, within) : 0;
  const bool fresh = dated && first <= scene.asked && scene.asked < last;
  if (!fresh) r = missing(name, Reason::stale);
  // A question about another instant is answered with today's facts.
  if (scene.now == scene.asked) r.horizon = !dated ? kForever : scene.asked < first ? first : scene.asked < last ? last : kForever;
}

Result Evaluation::attribute(const Record& record, Index id, const UnknownFact& name, const Scene& scene) {
  const layout::Attribute& declared = view_.attributes[id];
  const std::uint32_t field = id - view_.entities[declared.owner].first_attribute;
  Result r;
  if (record.type != declared.owner || field >= record.facts.size()) {
    r.why = leaves_.of(name, Reason::not_supplied);
    return r;
  }
  const Fact& fact = record.facts[field];
  const layout::Type& type = view_.types[declared.type];
  const bool set = (type.flags & layout::kTypeSet) != 0;
  if (fact.state == State::Known && !set && fits(type, fact.value)) {
    fill(r, fact.value);
  } else if (fact.state == State::Unknown || (!set && fact.state == State::Known)) {
    r.why = leaves_.of(name, fact.state == State::Unknown ? fact.reason : Reason::ill_typed);
    if (fact.state == State::Unknown && fact.reason == Reason::not_supplied) return r;
  } else {
    r.state = fact.state;
  }
  if (set) {
    r.values = fact.values;
    r.complete = fact.complete;
    if (!fact.complete) r.why = leaves_.of(name, fact.reason);
  }
  if (declared.fresh_within != 0) keep_fresh(r, declared.fresh_within, fact.as_of, name, scene);
  return r;
}

/// The record that a term stands for by itself; nullptr: it stands for none, or nobody knows it.
const Record* Evaluation::rooted(const layout::Term& term, const Scene& scene) {
  if (term.kind != static_cast<std::uint32_t>(TermKind::Root)) return nullptr;
  switch (static_cast<layout::Root>(term.root)) {
    case layout::Root::Principal: return scene.principal;
    case layout::Root::Resource: return scene.resource;
    case layout::Root::Context: return scene.context;
    case layout::Root::Input: return scene.input;
    case layout::Root::Subject:
    case layout::Root::Parameter:
    case layout::Root::Binder:
    case layout::Root::Scope: break;
  }
  return nullptr;
}

/// What most terms are: a literal, or a known fact that is no set and never stale. Nothing: value() says what it is.
std::optional<Value> Evaluation::plain(Index id, const Scene& scene) const {
  const layout::Term& term = view_.terms[id];
  if (term.kind == static_cast<std::uint32_t>(TermKind::Literal)) {
    const layout::Value& v = view_.values[term.value];
    return Value{static_cast<Scalar>(v.scalar), v.type, v.number, view_.text(v.text)};
  }
  if (term.kind != static_cast<std::uint32_t>(TermKind::Attribute)) return {};
  const Record* record = rooted(view_.terms[list(term.terms)[0]], scene);
  const layout::Attribute& declared = view_.attributes[term.attribute];
  if (!record || record->type != declared.owner || declared.fresh_within != 0) return {};
  const std::uint32_t field = term.attribute - view_.entities[declared.owner].first_attribute;
  if (field >= record->facts.size() || record->facts[field].state != State::Known) return {};
  const layout::Type& type = view_.types[declared.type];
  const Value& value = record->facts[field].value;
  if ((type.flags & layout::kTypeSet) != 0 || !fits(type, value)) return {};
  return value;
}

Result Evaluation::attribute_of(Index id, const layout::Term& term, const Scene& scene) {
  const Index base_id = list(term.terms)[0];
  const layout::Term& base = view_.terms[base_id];
  const UnknownFact name{UnknownFact::Kind::Term, Reason::not_supplied, id, {}};
  if (const Record* record = rooted(base, scene)) return attribute(*record, term.attribute, name, scene);
  const Result target = value(base_id, scene);
  if (!target.known() || target.value.scalar != Scalar::Ref) {
    Result r = missing(name, Reason::not_supplied);
    if (target.why != 0 && base.kind != static_cast<std::uint32_t>(TermKind::Root)) r.why = target.why;
    r.horizon = target.horizon;
    return r;
  }
  const Record* record = find({view_.attributes[term.attribute].owner, target.value.text});
  Result r = record ? attribute(*record, term.attribute, name, scene) : missing(name, Reason::not_supplied);
  r.horizon = std::min(r.horizon, target.horizon);
  return r;
}

Result Evaluation::rolled_set(const Result& set, Index from, Index to) {
  Result rolled = set;
  const std::span<Value> values = arena_.take<Value>(set.values.size());
  std::size_t n = 0;
  for (const Value& v : set.values) {
    const std::uint32_t ordinal = v.scalar == Scalar::Enum && v.type == from ? image(from, v, to) : kNone;
    if (ordinal != kNone && n < values.size()) {
      values[n++] = {Scalar::Enum, to, ordinal, {}};
      continue;
    }
    rolled.complete = false;
    rolled.why = leaves_.unite(rolled.why, dimension_leaf(to));
  }
  rolled.values = values.first(n);
  return rolled;
}

Result Evaluation::roll_up(const layout::Term& term, const Scene& scene) {
  const Index operand = list(term.terms)[0];
  const Result inner = value(operand, scene);
  const Index from = view_.types[view_.terms[operand].type].enumeration, to = view_.types[term.type].enumeration;
  Result unmapped;
  unmapped.why = dimension_leaf(to);
  if (from == kNone || to == kNone) return unmapped;
  if ((view_.types[term.type].flags & layout::kTypeSet) != 0) return rolled_set(inner, from, to);
  if (!inner.known()) return inner;
  const bool typed = inner.value.scalar == Scalar::Enum && inner.value.type == from;
  const std::uint32_t ordinal = typed ? image(from, inner.value, to) : kNone;
  Result rolled = ordinal == kNone ? unmapped : known({Scalar::Enum, to, ordinal, {}});
  rolled.horizon = inner.horizon;
  return rolled;
}

Result Evaluation::sum(const layout::Term& term, const Scene& scene) {
  const Index first = list(term.terms)[0];
  const Result a = value(first, scene), b = value(list(term.terms)[1], scene);
  Result r;
  r.horizon = std::min(a.horizon, b.horizon);
  if (!a.known() || !b.known()) {
    r.why = leaves_.unite(a.why, b.why);
    return r;
  }
  if (!numeric(a.value.scalar) || !numeric(b.value.scalar)) return out_of_range(first);
  if (a.value.scalar == Scalar::Money && a.value.text != b.value.text) {
    r.why = leaves_.of(UnknownFact{UnknownFact::Kind::Term, Reason::other_currency, first, {}}, Reason::other_currency);
    return r;
  }
  __int128 an = a.n, bn = b.n;
  std::int64_t ak = a.now, bk = b.now;
  bool over = false;
  for (std::int32_t s = a.scale; s < b.scale; ++s) over |= __builtin_mul_overflow(an, kScale, &an) || __builtin_mul_overflow(ak, kScale, &ak);
  for (std::int32_t s = b.scale; s < a.scale; ++s) over |= __builtin_mul_overflow(bn, kScale, &bn) || __builtin_mul_overflow(bk, kScale, &bk);
  const bool minus = term.kind == static_cast<std::uint32_t>(TermKind::Subtract);
  over |= minus ? __builtin_sub_overflow(an, bn, &r.n) : __builtin_add_overflow(an, bn, &r.n);
  over |= minus ? __builtin_sub_overflow(ak, bk, &r.now) : __builtin_add_overflow(ak, bk, &r.now);
  if (over || r.n > kMaxNumber || r.n < -kMaxNumber) return out_of_range(first);
  r.state = State::Known;
  r.value = a.value;
  r.scale = std::max(a.scale, b.scale);
  return r;
}

Result Evaluation::scaled(const layout::Term& term, const Scene& scene) {
  Result r = value(list(term.terms)[0], scene);
  if (!r.known()) return r;
  const layout::Value& factor = view_.values[term.value];
  const auto scalar = static_cast<Scalar>(factor.scalar);
  const bool fit = numeric(r.value.scalar) && numeric(scalar) && r.scale + scale_of(scalar) <= kMaxScale;
  if (!fit || __builtin_mul_overflow(r.n, factor.number, &r.n) || __builtin_mul_overflow(r.now, factor.number, &r.now) || r.n > kMaxNumber || r.n < -kMaxNumber)
    return out_of_range(list(term.terms)[0]);
  r.scale += scale_of(scalar);
  return r;
}

Result Evaluation::otherwise(const layout::Term& term, const Scene& scene) {
  const Result r = value(list(term.terms)[0], scene);
  if (r.state != State::Absent) return r;
  Result other = value(list(term.terms)[1], scene);
  other.horizon = std::min(other.horizon, r.horizon);
  return other;
}

Result Evaluation::value(Index id, const Scene& scene) {
  if (!spend()) return {};
  const layout::Term& term = view_.terms[id];
  switch (static_cast<TermKind>(term.kind)) {
    case TermKind::Literal: return literal(term.value);
    case TermKind::SetLiteral: return set_literal(term, scene);
    case TermKind::Root: return root(term, scene);
    case TermKind::Now: {
      Result r = known({Scalar::Time, 0, 0, {}});
      r.now = 1;
      return r;
    }
    case TermKind::Attribute: return attribute_of(id, term, scene);
    case TermKind::RollUp: return roll_up(term, scene);
    case TermKind::Add:
    case TermKind::Subtract: return sum(term, scene);
    case TermKind::Scale: return scaled(term, scene);
    case TermKind::Otherwise: return otherwise(term, scene);
    case TermKind::Unknown: {
      Result r;
      r.why = dimension_leaf(view_.types[term.type].enumeration);
      return r;
    }
  }
  return {};
}

TermValue Evaluation::value_of(Index term) {
  if (status_ != Status::ok || request_.refused != Refused::No || term >= view_.terms.count) return {status_ == Status::ok ? Status::bad_request : status_, {}, {}, {}, {}, {}};
  const Result r = value(term, now_);
  const std::span<Value> values = arena_.take<Value>(r.values.size());
  if (values.size() == r.values.size()) std::copy(r.values.begin(), r.values.end(), values.begin());
  const auto order = [](const Value& a, const Value& b) { return a.number != b.number ? a.number < b.number : a.text < b.text; };
  std::sort(values.begin(), values.end(), order);
  const auto end = std::unique(values.begin(), values.end(), [](const Value& a, const Value& b) { return a.number == b.number && a.text == b.text; });
  Value value = r.value;
  value.number = static_cast<std::int64_t>(r.n);
  return {status(), r.state, is_set(term), r.complete, value, values.first(static_cast<std::size_t>(end - values.begin()))};
}

}  // namespace writ::core
