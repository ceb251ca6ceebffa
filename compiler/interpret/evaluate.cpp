// Conditions: strong Kleene logic over the atoms of Appendix T, with horizons (3.4).
#include <algorithm>

#include "compiler/interpret/world.h"

namespace writ::interpret {
namespace {

using typed_ir::Cond;
using typed_ir::CondKind;
using typed_ir::Scalar;

Instant earlier(const Evaluated& a, const Evaluated& b) { return std::min(a.horizon, b.horizon); }

Judged undecided(const Evaluated& a, const Evaluated& b) {
  Leaves leaves = a.leaves;
  leaves.insert(b.leaves.begin(), b.leaves.end());
  return unknown(std::move(leaves), earlier(a, b));
}

Truth truth_of(bool holds) { return holds ? Truth::True : Truth::False; }

__int128 floor_divide(__int128 a, __int128 b) {   // b > 0
  const __int128 q = a / b;
  return a % b < 0 ? q - 1 : q;
}

Instant clamp(__int128 t) {
  return t > kForever ? kForever : t < -kForever ? -kForever : static_cast<Instant>(t);
}

/// k × now < m
Judged linear_before(std::int64_t k, __int128 m, const std::optional<Instant>& now) {
  if (k == 0) return surely(truth_of(0 < m));
  if (k > 0) return before(now, clamp(-floor_divide(-m, k)));
  return not_before(now, clamp(floor_divide(-m, -static_cast<__int128>(k)) + 1));
}

}  // namespace

Truth World::same(const Value& a, const Value& b) const {
  if (a.scalar == Scalar::Ref) {
    const EntityId type{a.type};
    if (type && schema().entities[type].is_principal()) return same_person({type, a.text}, {EntityId{b.type}, b.text});
    return truth_of(a.text == b.text);
  }
  return truth_of(a.number == b.number && a.text == b.text);
}

Truth World::contains(const ValueSet& set, const Value& value) const {
  Truth best = Truth::False;
  for (const Value& v : set) best = std::max(best, same(v, value));
  return best;
}

Judged World::compare(const Evaluated& a, const Evaluated& b, bool or_equal, const Scene& scene) const {
  if (!a.known() || !b.known()) return undecided(a, b);
  if (a.value.scalar == Scalar::Money && a.value.text != b.value.text) {
    Judged j = undecided(a, b);
    j.leaves.insert({"currency", "other_currency"});
    return j;
  }
  __int128 an = a.n, bn = b.n;
  std::int64_t ak = a.now, bk = b.now;
  for (int s = a.scale; s < b.scale; ++s) { an *= typed_ir::kScale; ak *= typed_ir::kScale; }
  for (int s = b.scale; s < a.scale; ++s) { bn *= typed_ir::kScale; bk *= typed_ir::kScale; }
  return capped(linear_before(ak - bk, bn - an + (or_equal ? 1 : 0), scene.now), earlier(a, b));
}

Judged World::equal(const Evaluated& a, const Evaluated& b, const Scene& scene) const {
  if (!a.known() || !b.known()) return undecided(a, b);
  switch (a.value.scalar) {
    case Scalar::Int:
    case Scalar::Decimal:
    case Scalar::Money:
    case Scalar::Time:
    case Scalar::Duration: return conjunction({compare(a, b, true, scene), compare(b, a, true, scene)});
    case Scalar::Bool:
    case Scalar::String:
    case Scalar::Enum:
    case Scalar::Ref: break;
  }
  const Truth truth = same(a.value, b.value);
  if (truth == Truth::Unknown) return unknown("person", "shared", earlier(a, b));
  return surely(truth, earlier(a, b));
}

Judged World::threshold(const Cond& cond, const Scene& scene) const {
  const Evaluated amount = value(cond.t[0], scene);
  if (!amount.known()) return unknown(amount.leaves, amount.horizon);
  for (const Value& entry : kernel_.conditions.threshold(cond.threshold).amounts)
    if (entry.text == amount.value.text) return compare(amount, known(entry), cond.kind == CondKind::ThresholdLessEqual, scene);
  return unknown(path_of(cond.t[0]), "other_currency", amount.horizon);
}

Judged World::membership(const Evaluated& element, const Evaluated& set) const {
  const Instant horizon = earlier(element, set);
  const Truth found = element.known() ? contains(set.values, element.value) : Truth::Unknown;
  if (found == Truth::True) return surely(Truth::True, horizon);
  if (set.complete && set.values.empty()) return surely(Truth::False, horizon);
  if (element.known() && found == Truth::False && set.complete) return surely(Truth::False, horizon);
  return undecided(element, set);
}

Judged World::subset(const Evaluated& a, const Evaluated& b) const {
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

Judged World::same_set(const Evaluated& a, const Evaluated& b) const {
  const auto misses = [&](const Evaluated& x, const Evaluated& y) {
    return y.complete && std::any_of(x.values.begin(), x.values.end(), [&](const Value& v) { return contains(y.values, v) == Truth::False; });
  };
  if (misses(a, b) || misses(b, a)) return surely(Truth::False, earlier(a, b));
  const auto covers = [&](const Evaluated& x, const Evaluated& y) {
    return std::all_of(x.values.begin(), x.values.end(), [&](const Value& v) { return contains(y.values, v) == Truth::True; });
  };
  if (a.complete && b.complete && covers(a, b) && covers(b, a)) return surely(Truth::True, earlier(a, b));
  return undecided(a, b);
}

Judged World::overlap(const Evaluated& a, const Evaluated& b) const {
  Truth best = Truth::False;
  for (const Value& v : a.values) best = std::max(best, contains(b.values, v));
  if (best == Truth::True) return surely(Truth::True, earlier(a, b));
  const bool empty = (a.complete && a.values.empty()) || (b.complete && b.values.empty());
  if (empty || (best == Truth::False && a.complete && b.complete)) return surely(Truth::False, earlier(a, b));
  return undecided(a, b);
}

Judged World::under(const Evaluated& a, const Evaluated& b) const {
  if (!a.known() || !b.known()) return undecided(a, b);
  const Truth itself = same(a.value, b.value);
  if (itself == Truth::True) return surely(Truth::True, earlier(a, b));
  const Record* record = a.value.scalar == Scalar::Ref ? find({EntityId{a.value.type}, a.value.text}) : nullptr;
  if (!record) return unknown("ancestors", "not_supplied", earlier(a, b));
  const auto& ids = record->ancestors.ids;
  if (std::find(ids.begin(), ids.end(), b.value.text) != ids.end()) return surely(Truth::True, earlier(a, b));
  if (record->ancestors.complete && itself == Truth::False) return surely(Truth::False, earlier(a, b));
  return unknown("ancestors", "incomplete", earlier(a, b));
}

/// Two currencies met: which facts they are of. Literals have none to tell of.
Judged World::with_currencies(Judged judged, const Cond& cond) const {
  if (judged.leaves.erase({"currency", "other_currency"}) == 0) return judged;
  for (const TermId id : cond.t) add_facts(id, judged.leaves);
  return judged;
}

void World::add_facts(TermId id, Leaves& leaves) const {
  const typed_ir::Term& term = kernel_.conditions.term(id);
  if (term.kind == typed_ir::TermKind::Attribute) leaves.insert({path_of(id), "other_currency"});
  else
    for (const TermId inner : term.a) add_facts(inner, leaves);
}

Judged World::judge(CondId id, const Scene& scene) const {
  Judgements known;
  return judge(id, scene, known);
}

/// Conditions share structure: each is judged once in one scene.
Judged World::judge(CondId id, const Scene& scene, Judgements& known) const {
  if (const auto it = known.find(id); it != known.end()) return it->second;
  Judged judged = judge_once(id, scene, known);
  known.emplace(id, judged);
  return judged;
}

Judged World::judge_once(CondId id, const Scene& scene, Judgements& known) const {
  const Cond& cond = kernel_.conditions.cond(id);
  const auto t = [&](std::size_t i) { return value(cond.t[i], scene); };
  const auto operands = [&] {
    std::vector<Judged> all;
    for (const CondId c : cond.c) all.push_back(judge(c, scene, known));
    return all;
  };
  switch (cond.kind) {
    case CondKind::True: return surely(Truth::True);
    case CondKind::False: return surely(Truth::False);
    case CondKind::Unknown: return unknown("scope", "not_supplied");
    case CondKind::Fact: {
      const Evaluated v = t(0);
      return v.known() ? surely(truth_of(v.value.number != 0), v.horizon) : unknown(v.leaves, v.horizon);
    }
    case CondKind::Equal: {
      const bool sets = kernel_.conditions.term(cond.t[0]).type.set;
      return sets ? same_set(t(0), t(1)) : with_currencies(equal(t(0), t(1), scene), cond);
    }
    case CondKind::Less: return with_currencies(compare(t(0), t(1), false, scene), cond);
    case CondKind::LessEqual: return with_currencies(compare(t(0), t(1), true, scene), cond);
    case CondKind::ThresholdLess:
    case CondKind::ThresholdLessEqual: return threshold(cond, scene);
    case CondKind::Known: {
      const Evaluated v = t(0);
      // A value that cannot be read is there or not, nobody knows; a set that was sent at all is there.
      if (v.state == Fact::State::Unknown) return unknown(v.leaves, v.horizon);
      return surely(truth_of(v.known()), v.horizon);
    }
    case CondKind::In: return membership(t(0), t(1));
    case CondKind::SubsetOf: return subset(t(0), t(1));
    case CondKind::Overlaps: return overlap(t(0), t(1));
    case CondKind::IsEmpty: {
      const Evaluated s = t(0);
      if (!s.values.empty()) return surely(Truth::False, s.horizon);
      return s.complete ? surely(Truth::True, s.horizon) : unknown(s.leaves, s.horizon);
    }
    case CondKind::StartsWith: {
      const Evaluated a = t(0), b = t(1);
      return a.known() && b.known() ? surely(truth_of(a.value.text.starts_with(b.value.text)), earlier(a, b)) : undecided(a, b);
    }
    case CondKind::EndsWith: {
      const Evaluated a = t(0), b = t(1);
      return a.known() && b.known() ? surely(truth_of(a.value.text.ends_with(b.value.text)), earlier(a, b)) : undecided(a, b);
    }
    case CondKind::Under: return under(t(0), t(1));
    case CondKind::Holds: {
      const Evaluated person = t(0);
      if (!person.known()) return unknown(person.leaves, person.horizon);
      std::vector<Evaluated> args;
      for (std::size_t i = 1; i < cond.t.size(); ++i) args.push_back(t(i));
      return capped(holds(find({EntityId{person.value.type}, person.value.text}), cond.role, args, scene), person.horizon);
    }
    case CondKind::Can: return unknown("claim", "not_supplied");   // claims only, never in a decision
    case CondKind::Not: return negate(judge(cond.c[0], scene, known));
    case CondKind::And: return conjunction(operands());
    case CondKind::Or: return disjunction(operands());
    case CondKind::AtLeast: return at_least(cond.count, operands());
  }
  return unknown("?", "not_supplied");
}

}  // namespace writ::interpret
