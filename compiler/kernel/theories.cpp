// ∃ of one variable over a conjunction of literals, for the three kinds of values. Each result is exact in three values: F iff the literals
// whose terms are known cannot hold together, U iff they can but some term is unknown. Therefore what a literal says of a kept term
// always leaves a trace of that term: a bound of the type, or `known`.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "compiler/kernel/linear.h"

namespace writ::kernel::elimination {
namespace {

using typed_ir::Cond;
using typed_ir::CondKind;
using typed_ir::Scalar;
using typed_ir::Term;
using typed_ir::TermKind;

struct Literal {
  CondId id;
  Cond atom;
  bool negated = false;
};

bool reads(const Workbench& bench, TermId t, TermId v) {
  if (t == v) return true;
  if (bench.is_variable(t)) return false;
  const Term& term = bench.term(t);
  return std::any_of(term.a.begin(), term.a.end(), [&](TermId a) { return reads(bench, a, v); });
}

/// The literals that read the variable, and the rest.
std::pair<std::vector<Literal>, std::vector<CondId>> about(const Workbench& bench, const std::vector<CondId>& literals, TermId v) {
  std::pair<std::vector<Literal>, std::vector<CondId>> result;
  for (const CondId id : literals) {
    Literal literal{id, bench.cond(id), false};
    if (literal.atom.kind == CondKind::Not) literal = {id, bench.cond(literal.atom.c.front()), true};
    const bool reads_it = std::any_of(literal.atom.t.begin(), literal.atom.t.end(), [&](TermId t) { return reads(bench, t, v); });
    if (reads_it) result.first.push_back(std::move(literal));
    else result.second.push_back(id);
  }
  return result;
}

[[noreturn]] void stuck(const Workbench& bench, TermId v) {
  throw several_facts(bench, v);
}

CondId make(Workbench& bench, CondKind kind, std::vector<TermId> terms) {
  Cond c;
  c.kind = kind;
  c.t = std::move(terms);
  return bench.store.add(std::move(c));
}
CondId filled(Workbench& bench, TermId set) { return bench.store.negation(make(bench, CondKind::IsEmpty, {set})); }
CondId closed(Workbench& bench, TermId set) { return bench.is_literal(set) ? bench.store.truth() : make(bench, CondKind::Equal, {set, set}); }
CondId different(Workbench& bench, TermId a, TermId b) { return bench.store.negation(bench.store.equal(a, b)); }

TermId listed(Workbench& bench, const std::vector<TermId>& elements, const Type& type) {
  Term set;
  set.kind = TermKind::SetLiteral;
  set.type = type.element();
  set.type.set = true;
  set.a = elements;
  return bench.store.add(std::move(set));
}

// ---- sets

/// What the literals ask of a set X, other sets and elements being fixed. Some of it every element of X must keep, and a smaller X keeps it
/// as well; some needs an element that shows it.
struct SetFacts {
  std::vector<TermId> in, out;             ///< p in X; not (q in X)
  std::vector<TermId> within, beyond;      ///< X subset of S; not
  std::vector<TermId> meets, apart;        ///< X overlaps S; not
  std::vector<TermId> covers, misses;      ///< S subset of X; not
  bool empty = false, not_empty = false;
  std::vector<Literal> others;

  bool needs_elements() const { return !in.empty() || not_empty || !meets.empty() || !beyond.empty() || !covers.empty(); }
  bool bare() const { return !needs_elements() && !empty && out.empty() && within.empty() && apart.empty() && misses.empty(); }
};

void read_comparison(const Workbench& bench, SetFacts& facts, const Literal& l, TermId v) {
  const bool left = l.atom.t[0] == v;
  const TermId other = left ? l.atom.t[1] : l.atom.t[0];
  const bool clean = (left || l.atom.t[1] == v) && !reads(bench, other, v);
  if (clean && l.atom.kind == CondKind::Overlaps) (l.negated ? facts.apart : facts.meets).push_back(other);
  else if (clean && l.atom.kind == CondKind::SubsetOf && left) (l.negated ? facts.beyond : facts.within).push_back(other);
  else if (clean && l.atom.kind == CondKind::SubsetOf) (l.negated ? facts.misses : facts.covers).push_back(other);
  else facts.others.push_back(l);
}

SetFacts read_set(const Workbench& bench, const std::vector<Literal>& literals, TermId v) {
  SetFacts facts;
  for (const Literal& l : literals) {
    if (l.atom.kind == CondKind::In && l.atom.t[1] == v && !reads(bench, l.atom.t[0], v)) (l.negated ? facts.out : facts.in).push_back(l.atom.t[0]);
    else if (l.atom.kind == CondKind::IsEmpty && l.atom.t[0] == v) (l.negated ? facts.not_empty : facts.empty) = true;
    else if (l.atom.t.size() == 2) read_comparison(bench, facts, l, v);
    else facts.others.push_back(l);
  }
  return facts;
}

/// X by its elements: the smallest set that has a witness for everything that needs one, and whose elements all keep the rest.
class ByElements {
 public:
  ByElements(Workbench& bench, const SetFacts& facts, const Type& element, const Some& some) : b_(bench), facts_(facts), element_(element), some_(some) {}

  CondId all() {
    if (facts_.empty || !facts_.needs_elements()) return nothing();
    std::vector<CondId> all;
    for (const TermId p : facts_.in) {
      all.push_back(known(b_, p));
      all.push_back(keeps(p, {}));
    }
    const bool sure = std::all_of(facts_.in.begin(), facts_.in.end(), [&](TermId p) { return b_.is_literal(p); });
    if (facts_.not_empty ? facts_.in.empty() || !sure : !sure) all.push_back(witness({}));   // p may be unknown, and yet no element be possible
    for (const TermId s : facts_.meets) all.push_back(witness([&](TermId e) { return b_.store.in(e, s); }));
    for (const TermId s : facts_.beyond) all.push_back(witness([&](TermId e) { return b_.store.negation(b_.store.in(e, s)); }));
    for (const TermId s : facts_.covers) all.push_back(covered(s));
    return b_.store.conjunction(all);
  }

 private:
  using Shows = std::function<CondId(TermId)>;

  CondId nothing() {
    const bool needs = !facts_.in.empty() || facts_.not_empty || !facts_.meets.empty() || !facts_.beyond.empty();
    if (needs) return b_.store.falsity();
    std::vector<CondId> all;
    for (const TermId s : facts_.covers) all.push_back(make(b_, CondKind::IsEmpty, {s}));
    for (const TermId s : facts_.misses) all.push_back(filled(b_, s));
    return b_.store.conjunction(all);
  }

  CondId keeps(TermId e, const Shows& shows) {
    std::vector<CondId> all;
    for (const TermId s : facts_.within) all.push_back(b_.store.in(e, s));
    for (const TermId s : facts_.apart) all.push_back(b_.store.negation(b_.store.in(e, s)));
    for (const TermId q : facts_.out) all.push_back(e == q ? b_.store.negation(known(b_, e)) : different(b_, e, q));
    if (shows) all.push_back(shows(e));
    return b_.store.conjunction(all);
  }
  /// A new variable; what it stands for is gone when `some_` returns.
  CondId witness(const Shows& shows) {
    return some_(keeps(fresh(b_, element_), shows));
  }
  CondId covered(TermId s) {
    std::vector<CondId> all{closed(b_, s)};
    for (const TermId a : facts_.within) all.push_back(make(b_, CondKind::SubsetOf, {s, a}));
    for (const TermId a : facts_.apart) all.push_back(b_.store.negation(make(b_, CondKind::Overlaps, {s, a})));
    for (const TermId q : facts_.out) all.push_back(b_.store.negation(b_.store.in(q, s)));
    return b_.store.conjunction(all);
  }

  Workbench& b_;
  const SetFacts& facts_;
  Type element_;
  const Some& some_;
};

/// A comparison that no smaller set keeps, and nothing else.
CondId by_comparison(Workbench& bench, const Literal& l, TermId v) {
  const bool left = l.atom.t[0] == v;
  const TermId other = left ? l.atom.t[1] : l.atom.t[0];
  if ((l.atom.t[0] != v && l.atom.t[1] != v) || reads(bench, other, v)) stuck(bench, v);
  if (l.atom.kind != CondKind::Equal) stuck(bench, v);
  return bench.store.disjunction({closed(bench, other), filled(bench, other)});
}

}  // namespace

namespace {

/// `X == S`: S takes the place of X, and must be closed. If it is not, what else is asked of X must still fit together.
std::optional<CondId> by_equal_set(Workbench& bench, const std::vector<Literal>& own, TermId v, const Some& some) {
  for (const Literal& l : own) {
    if (l.negated || l.atom.kind != CondKind::Equal || (l.atom.t[0] != v && l.atom.t[1] != v)) continue;
    const TermId other = l.atom.t[0] == v ? l.atom.t[1] : l.atom.t[0];
    if (reads(bench, other, v)) continue;
    std::vector<CondId> all{closed(bench, other)}, rest;
    for (const Literal& more : own) {
      if (more.id == l.id) continue;
      rest.push_back(more.id);
      all.push_back(typed_ir::substitute(bench.store, more.id, {{v, other}}));
    }
    if (!rest.empty()) all.push_back(some(bench.store.conjunction(rest)));
    return bench.store.conjunction(all);
  }
  return std::nullopt;
}

}  // namespace

CondId eliminate_set(Workbench& bench, const std::vector<CondId>& literals, TermId v, const Some& some) {
  auto [own, rest] = about(bench, literals, v);
  if (const auto told = by_equal_set(bench, own, v, some)) {
    rest.push_back(*told);
    return bench.store.conjunction(rest);
  }
  const SetFacts facts = read_set(bench, own, v);
  const bool told = facts.others.empty() && (facts.misses.empty() || facts.empty || !facts.needs_elements());
  if (told) rest.push_back(ByElements(bench, facts, bench.term(v).type.element(), some).all());
  else if (facts.others.size() == 1 && facts.bare()) rest.push_back(by_comparison(bench, facts.others.front(), v));
  else stuck(bench, v);
  return bench.store.conjunction(rest);
}

namespace {

// ---- identities: texts, persons and things, values of open dimensions

struct IdentityFacts {
  std::vector<TermId> equal, unequal, in, out;
  std::vector<Literal> affixes, others;
};

IdentityFacts read_identity(const Workbench& bench, const std::vector<Literal>& literals, TermId v) {
  IdentityFacts facts;
  for (const Literal& l : literals) {
    const auto& t = l.atom.t;
    const bool first = t[0] == v;
    const bool clean = t.size() < 2 || !reads(bench, first ? t[1] : t[0], v);
    if (l.atom.kind == CondKind::Equal && clean && (first || t[1] == v)) (l.negated ? facts.unequal : facts.equal).push_back(first ? t[1] : t[0]);
    else if (l.atom.kind == CondKind::In && clean && first) (l.negated ? facts.out : facts.in).push_back(t[1]);
    else if ((l.atom.kind == CondKind::StartsWith || l.atom.kind == CondKind::EndsWith) && first && bench.is_literal(t[1])) facts.affixes.push_back(l);
    else facts.others.push_back(l);
  }
  return facts;
}

/// Some text has these beginnings and ends, infinitely many in fact: any other text fits in between.
bool affixes_fit(const Workbench& bench, const std::vector<Literal>& affixes) {
  const auto text = [&](const Literal& l) -> const std::string& { return bench.term(l.atom.t[1]).value.text; };
  for (const Literal& a : affixes)
    for (const Literal& b : affixes) {
      if (a.atom.kind != b.atom.kind || a.negated) continue;
      const bool starts = a.atom.kind == CondKind::StartsWith;
      const auto extends = [&](const std::string& longer, const std::string& shorter) { return starts ? longer.starts_with(shorter) : longer.ends_with(shorter); };
      if (b.negated ? extends(text(a), text(b)) : !extends(text(a), text(b)) && !extends(text(b), text(a))) return false;
    }
  for (const Literal& a : affixes)
    if (a.negated && text(a).empty()) return false;
  return true;
}

/// A free fact of a free person: holding one role, or not holding it.
CondId by_holding(Workbench& bench, const std::vector<Literal>& holds, TermId v) {
  std::set<std::pair<typed_ir::RoleId, std::vector<TermId>>> yes, no;
  for (const Literal& l : holds) {
    if (l.atom.kind != CondKind::Holds || l.atom.t[0] != v) stuck(bench, v);
    std::vector<TermId> args(l.atom.t.begin() + 1, l.atom.t.end());
    if (std::any_of(args.begin(), args.end(), [&](TermId a) { return !bench.is_literal(a); })) stuck(bench, v);
    (l.negated ? no : yes).emplace(l.atom.role, args);
  }
  if (!yes.empty() && !no.empty()) {
    // Two roles may extend one another; the same one cannot be both.
    if (yes.size() == 1 && yes == no) return bench.store.falsity();
    throw Stuck{fmt::format("one role that `{}` holds may extend another that he does not", bench.path(v)), "let one fact say it, or name one of the roles"};
  }
  return bench.store.truth();
}

/// `x == b`: b takes the place of x; what remains must fit without b as well, so that an unknown b leaves F where F is certain.
CondId by_equality(Workbench& bench, const IdentityFacts& facts, const std::vector<Literal>& own, TermId v) {
  std::vector<CondId> all, rest;
  for (const Literal& l : own) {
    const bool equation = l.atom.kind == CondKind::Equal && !l.negated;
    if (!equation) rest.push_back(l.id);
  }
  const bool literals = std::all_of(facts.equal.begin(), facts.equal.end(), [&](TermId b) { return bench.is_literal(b); });
  if (!rest.empty() && !literals) all.push_back(eliminate_identity(bench, rest, v));
  for (const TermId b : facts.equal) {
    all.push_back(known(bench, b));
    for (const Literal& l : own) {
      Cond c = l.atom;
      for (TermId& t : c.t)
        if (t == v) t = b;
      const bool itself = c.kind == CondKind::Equal && c.t[0] == c.t[1];
      const CondId replaced = itself ? known(bench, b) : bench.store.add(std::move(c));
      all.push_back(l.negated ? bench.store.negation(replaced) : replaced);
    }
  }
  return bench.store.conjunction(all);
}

CondId by_membership(Workbench& bench, const IdentityFacts& facts, TermId v) {
  const bool alone = facts.affixes.empty();
  if (facts.in.size() == 2 && alone && facts.unequal.empty() && facts.out.empty()) return make(bench, CondKind::Overlaps, facts.in);
  if (facts.in.size() != 1 || !alone) stuck(bench, v);
  if (facts.unequal.empty() && facts.out.empty()) return filled(bench, facts.in.front());
  if (facts.out.empty())
    return bench.store.negation(make(bench, CondKind::SubsetOf, {facts.in.front(), listed(bench, facts.unequal, bench.term(v).type)}));
  if (facts.out.size() == 1 && facts.unequal.empty()) return bench.store.negation(make(bench, CondKind::SubsetOf, {facts.in.front(), facts.out.front()}));
  stuck(bench, v);
}

/// `x under y`: somebody whom nobody knows may be below everybody who is meant, and below nobody else. `y under x` alone: x may be y.
CondId by_hierarchy(Workbench& bench, const std::vector<Literal>& under, std::size_t literals, TermId v) {
  std::vector<CondId> all;
  std::vector<TermId> above, not_above;
  for (const Literal& l : under) {
    const bool below = l.atom.t[0] == v;
    const TermId other = below ? l.atom.t[1] : l.atom.t[0];
    if ((!below && (l.negated || literals > 1)) || reads(bench, other, v))
      throw Stuck{fmt::format("who is above somebody is not known beforehand, and more is asked of `{}`", bench.path(v)),
                  fmt::format("say whom `{}` is to be, as in `== principal.manager`", bench.path(v))};
    all.push_back(known(bench, other));
    if (below) (l.negated ? not_above : above).push_back(other);
  }
  for (const TermId y : above)
    for (const TermId z : not_above) all.push_back(y == z ? bench.store.negation(known(bench, y)) : different(bench, y, z));
  return bench.store.conjunction(all);
}

/// A free fact of somebody: the roles that he holds, whom he is below.
CondId by_what_he_is(Workbench& bench, const std::vector<Literal>& others, std::size_t literals, TermId v) {
  std::vector<Literal> under, holds;
  for (const Literal& l : others) (l.atom.kind == CondKind::Under ? under : holds).push_back(l);
  std::vector<CondId> all{by_hierarchy(bench, under, literals, v)};
  if (!holds.empty()) all.push_back(by_holding(bench, holds, v));
  return bench.store.conjunction(all);
}

/// A type with one value, of which x can be no other.
std::optional<TermId> only_value(Workbench& bench, const Type& type) {
  if (!bench.finite(type) || type.scalar != Scalar::Enum || bench.schema.enums[type.enumeration].values.size() != 1) return std::nullopt;
  return bench.store.literal(Value{Scalar::Enum, 0, "", type.enumeration.index}, type.element());
}

}  // namespace

CondId eliminate_identity(Workbench& bench, const std::vector<CondId>& literals, TermId v) {
  auto [own, rest] = about(bench, literals, v);
  const IdentityFacts facts = read_identity(bench, own, v);
  const Type& type = bench.term(v).type;
  if (bench.finite(type) && (own.size() != 1 || !facts.others.empty() || !facts.out.empty() || only_value(bench, type))) stuck(bench, v);
  if (!facts.others.empty()) {
    if (!facts.equal.empty() || !facts.in.empty()) stuck(bench, v);
    rest.push_back(by_what_he_is(bench, facts.others, own.size(), v));
  }
  if (!affixes_fit(bench, facts.affixes)) return bench.store.falsity();
  if (!facts.equal.empty()) rest.push_back(by_equality(bench, facts, own, v));
  else if (!facts.in.empty()) rest.push_back(by_membership(bench, facts, v));
  else {
    for (const TermId b : facts.unequal) rest.push_back(known(bench, b));
    for (const TermId s : facts.out) rest.push_back(closed(bench, s));
  }
  return bench.store.conjunction(rest);
}

namespace {

// ---- numbers: Fourier and Motzkin; whole, since all coefficients on one side are 1

/// coefficient · x <= sum, or >=.
struct Bound {
  Wide coefficient = 1;
  Linear sum;
};
struct Bounds {
  std::vector<Bound> lower, upper;
};

Bound constant(Wide value) { return {1, {{}, value, 1}}; }
bool is_constant(const Bound& bound) { return bound.sum.coefficients.empty(); }

/// Sums of whole numbers: what all coefficients have in common goes, and the constant is rounded. One that is 0 says that its term is known.
void reduce(Linear& sum) {
  Wide common = 0;
  for (const auto& [term, c] : sum.coefficients)
    for (Wide rest = c < 0 ? -c : c; rest != 0;) common = std::exchange(rest, common % rest);
  if (common <= 1) return;
  for (auto& [term, c] : sum.coefficients) c /= common;
  sum.constant = -floor_divide(-sum.constant, common);
}

/// coefficient · x + others <= 0.
void add_bound(Workbench& bench, Bounds& bounds, Linear sum, TermId v) {
  if (sum.coefficients.at(v) == 0) stuck(bench, v);
  reduce(sum);
  const Wide c = sum.coefficients.at(v);
  sum.coefficients.erase(v);
  if (sum.coefficients.empty()) {
    // c x <= -k
    if (c > 0) bounds.upper.push_back(constant(floor_divide(-sum.constant, c)));
    else bounds.lower.push_back(constant(-floor_divide(-sum.constant, -c)));
    return;
  }
  if (c < 0) return bounds.lower.push_back({-c, std::move(sum)});
  for (auto& [term, coefficient] : sum.coefficients) coefficient = -coefficient;
  sum.constant = -sum.constant;
  bounds.upper.push_back({c, std::move(sum)});
}

void read_bound(Workbench& bench, Bounds& bounds, const Literal& l, TermId v) {
  if (l.negated || (l.atom.kind != CondKind::Equal && l.atom.kind != CondKind::Less && l.atom.kind != CondKind::LessEqual)) stuck(bench, v);
  const Linear a = linear(bench, l.atom.t[0]), b = linear(bench, l.atom.t[1]);
  Linear sum = difference(bench, a, b);
  if (l.atom.kind == CondKind::Less) sum.constant += 1;
  if (!sum.coefficients.contains(v)) stuck(bench, v);
  add_bound(bench, bounds, sum, v);
  if (l.atom.kind == CondKind::Equal) add_bound(bench, bounds, difference(bench, b, a), v);
}

/// Of constants only the tightest matters; it always exists, for every type has a smallest and a largest value.
void tighten(std::vector<Bound>& bounds, Wide sign) {
  const Bound* tightest = nullptr;
  for (const Bound& b : bounds)
    if (is_constant(b) && (!tightest || sign * b.sum.constant > sign * tightest->sum.constant)) tightest = &b;
  const Bound kept = *tightest;
  std::erase_if(bounds, is_constant);
  bounds.push_back(kept);
}

bool plain(const std::vector<Bound>& bounds) {
  return std::all_of(bounds.begin(), bounds.end(), [](const Bound& b) { return b.coefficient == 1; });
}

Linear times(Linear sum, Wide factor) {
  for (auto& [term, coefficient] : sum.coefficients) coefficient *= factor;
  sum.constant *= factor;
  return sum;
}

/// An amount in the currency of kept ones, whatever it is: no literal is of that currency, so that the ends of the type can be told apart from them
/// only where nothing lies beyond.
std::optional<CondId> at_an_end(Workbench& bench, const Bound& lower, const Bound& upper, TermId v) {
  const Type& type = bench.term(v).type;
  const bool ends = is_constant(lower) != is_constant(upper);
  if (type.scalar != Scalar::Money || !ends || !bench.unspoken.contains(type.currency)) return std::nullopt;
  const Bound& kept = is_constant(lower) ? upper : lower;
  const auto& terms = kept.sum.coefficients;
  if (std::any_of(terms.begin(), terms.end(), [&](const auto& entry) { return bench.reads_variable(entry.first); })) return std::nullopt;
  Wide weight = 0;
  for (const auto& [term, c] : terms) weight += c < 0 ? -c : c;
  const bool beyond = is_constant(lower) ? kept.sum.constant < 0 || lower.sum.constant != range(type).first : kept.sum.constant > 0 || upper.sum.constant != range(type).second;
  if (beyond || weight > kept.coefficient)
    throw Stuck{fmt::format("`{}` is strictly compared with an amount whose currency is not known beforehand", bench.path(v)),
                "declare both as `money<EUR>`, or say `<=` instead of `<`"};
  std::vector<CondId> all;
  for (const auto& [term, c] : terms) all.push_back(known(bench, term));
  return bench.store.conjunction(all);
}

}  // namespace

CondId eliminate_number(Workbench& bench, const std::vector<CondId>& literals, TermId v) {
  auto [own, rest] = about(bench, literals, v);
  if (own.size() == 1 && own.front().atom.kind == CondKind::In && own.front().atom.t[0] == v) {
    const TermId set = own.front().atom.t[1];
    rest.push_back(own.front().negated ? closed(bench, set) : filled(bench, set));
    return bench.store.conjunction(rest);
  }
  Bounds bounds;
  const Type type = bench.term(v).type;
  const auto [low, high] = range(type);
  bounds.lower.push_back(constant(low));
  bounds.upper.push_back(constant(high));
  for (const Literal& l : own) read_bound(bench, bounds, l, v);
  tighten(bounds.lower, 1);
  tighten(bounds.upper, -1);
  // Where all bounds on one side are of x itself, the nearest of them is a value, and it is the best for every multiple on the other.
  if (!plain(bounds.lower) && !plain(bounds.upper))
    throw Stuck{fmt::format("multiples of `{}` are compared with facts on both sides that are not known beforehand", bench.path(v)),
                fmt::format("let one of the facts hold the part that is meant, and compare `{}` itself with it", bench.path(v))};
  for (const Bound& lower : bounds.lower)
    for (const Bound& upper : bounds.upper)
      if (const auto ends = at_an_end(bench, lower, upper, v)) rest.push_back(*ends);
      else rest.push_back(at_most_zero(bench, difference(bench, times(lower.sum, upper.coefficient), times(upper.sum, lower.coefficient)), type));
  return bench.store.conjunction(rest);
}

}  // namespace writ::kernel::elimination
