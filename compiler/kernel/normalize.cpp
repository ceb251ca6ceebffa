// Rewriting under an assumption. Laws used, each an identity of strong Kleene logic: De Morgan; not not; at least k of n as a disjunction of
// conjunctions; `in`, `subset of`, `overlaps` with a listed set element by element; `!=` of numbers as `<` or `>`; evaluation of atoms
// between literals. laws_test checks them over T, F, U.
#include <algorithm>

#include "compiler/kernel/linear.h"

namespace writ::kernel::elimination {

using typed_ir::Cond;
using typed_ir::CondKind;
using typed_ir::Scalar;
using typed_ir::Term;
using typed_ir::TermKind;

bool Workbench::is_variable(TermId id) const {
  const Term* t = &term(id);
  while (t->kind == TermKind::Attribute) t = &term(t->a.front());
  if (t->kind != TermKind::Root) return false;
  return t->root == typed_ir::Root::Resource || t->root == typed_ir::Root::Context || t->root == typed_ir::Root::Input;
}

bool Workbench::is_literal(TermId id) const {
  const Term& t = term(id);
  if (t.kind == TermKind::SetLiteral) return std::all_of(t.a.begin(), t.a.end(), [&](TermId a) { return is_literal(a); });
  return t.kind == TermKind::Literal;
}

namespace {

/// `ask` once per id.
template <class Id, class Ask>
bool remember(std::unordered_map<Id, bool>& known, Id id, Ask ask) {
  if (const auto found = known.find(id); found != known.end()) return found->second;
  const bool answer = ask();
  known.emplace(id, answer);
  return answer;
}

}  // namespace

bool Workbench::reads_variable(TermId id) const {
  return remember(terms_that_read, id, [&] {
    const Term& t = term(id);
    return is_variable(id) || std::any_of(t.a.begin(), t.a.end(), [&](TermId a) { return reads_variable(a); });
  });
}

bool Workbench::reads_variable(CondId id) const {
  return remember(conditions_that_read, id, [&] {
    const Cond& c = cond(id);
    return std::any_of(c.t.begin(), c.t.end(), [&](TermId t) { return reads_variable(t); }) ||
           std::any_of(c.c.begin(), c.c.end(), [&](CondId inner) { return reads_variable(inner); });
  });
}

bool Workbench::settled(CondId id) const {
  return remember(conditions_settled, id, [&] {
    const Cond& c = cond(id);
    if (std::any_of(c.t.begin(), c.t.end(), [&](TermId t) { return reads_variable(t); })) return false;
    const bool evaluable = !c.t.empty() && c.kind != CondKind::Holds && c.kind != CondKind::Under && c.kind != CondKind::Can;
    if (evaluable && std::all_of(c.t.begin(), c.t.end(), [&](TermId t) { return is_literal(t); })) return false;
    return std::all_of(c.c.begin(), c.c.end(), [&](CondId inner) { return settled(inner); });
  });
}

bool Workbench::finite(const Type& type) const {
  if (type.set) return false;
  return type.scalar == Scalar::Bool || (type.scalar == Scalar::Enum && !schema.enums[type.enumeration].open);
}

namespace {

void collect(const Workbench& bench, TermId id, std::set<TermId>& into) {
  if (!bench.is_variable(id)) {
    for (const TermId a : bench.term(id).a) collect(bench, a, into);
    return;
  }
  into.insert(id);
  for (TermId base = id; bench.term(base).kind == TermKind::Attribute;) {
    base = bench.term(base).a.front();
    if (bench.term(base).type.optional) into.insert(base);
  }
}

}  // namespace

std::set<TermId> variables(const Workbench& bench, CondId condition) {
  std::set<TermId> all;
  std::set<CondId> seen;
  std::vector<CondId> open{condition};
  while (!open.empty()) {
    const CondId id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    for (const TermId t : bench.cond(id).t) collect(bench, t, all);
    for (const CondId c : bench.cond(id).c) open.push_back(c);
  }
  return all;
}

bool leads_to(const Workbench& bench, TermId base, TermId variable) {
  while (bench.term(variable).kind == TermKind::Attribute) {
    variable = bench.term(variable).a.front();
    if (variable == base) return true;
  }
  return false;
}

CondId known(Workbench& bench, TermId term) {
  if (bench.is_literal(term) || bench.is_variable(term)) return bench.store.truth();
  if (bench.term(term).kind == TermKind::Unknown) return bench.store.unknown_cond();
  if (bench.term(term).kind != TermKind::Now) return bench.store.equal(term, term);
  Type time;
  time.scalar = Scalar::Time;
  return bench.store.less_equal(bench.store.literal(Value{Scalar::Time, typed_ir::kInstantMin, "", 0}, time), term);
}

namespace {

enum class Polarity { Positive, Negative };
Polarity flip(Polarity p) { return p == Polarity::Positive ? Polarity::Negative : Polarity::Positive; }

class Normalizer {
 public:
  Normalizer(Workbench& bench, const Assumed& assumed) : b_(bench), s_(bench.store), assumed_(assumed) {}

  CondId cond(CondId id, Polarity p) {
    if (b_.settled(id)) return signed_(id, p);
    const std::pair key{id, p};
    if (const auto found = done_.find(key); found != done_.end()) return found->second;
    const CondId result = rewrite(id, p);
    done_.emplace(key, result);
    return result;
  }

 private:
  CondId rewrite(CondId id, Polarity p) {
    const Cond c = b_.cond(id);
    switch (c.kind) {
      case CondKind::Not: return cond(c.c.front(), flip(p));
      case CondKind::And: return junction(c.c, p, p == Polarity::Positive);
      case CondKind::Or: return junction(c.c, p, p == Polarity::Negative);
      case CondKind::AtLeast: return at_least(c, p);
      default: return atom(c, p);
    }
  }

  CondId signed_(CondId id, Polarity p) { return p == Polarity::Positive ? id : s_.negation(id); }
  CondId constant(Polarity p, bool value) { return signed_(value ? s_.truth() : s_.falsity(), p); }

  CondId junction(const std::vector<CondId>& cs, Polarity p, bool conjunctive) {
    std::vector<CondId> all;
    for (const CondId c : cs) all.push_back(cond(c, p));
    return conjunctive ? s_.conjunction(all) : s_.disjunction(all);
  }

  /// Not at least k of n: at least n - k + 1 fail.
  CondId at_least(const Cond& c, Polarity p) {
    std::vector<CondId> all;
    for (const CondId inner : c.c) all.push_back(cond(inner, p));
    const std::size_t k = p == Polarity::Positive ? c.count : all.size() + 1 - std::min<std::size_t>(c.count, all.size() + 1);
    std::vector<CondId> ways;
    std::vector<CondId> chosen;
    choose(all, 0, k, chosen, ways);
    return s_.disjunction(ways);
  }
  void choose(const std::vector<CondId>& all, std::size_t from, std::size_t k, std::vector<CondId>& chosen, std::vector<CondId>& ways) {
    if (ways.size() > 256) throw Stuck{"too many ways to reach `at least`", "say the alternatives in several grants"};
    if (k == 0) return ways.push_back(s_.conjunction(chosen));
    for (std::size_t i = from; i + k <= all.size(); ++i) {
      chosen.push_back(all[i]);
      choose(all, i + 1, k - 1, chosen, ways);
      chosen.pop_back();
    }
  }

  // ---- terms

  TermId term(TermId id) {
    if (b_.is_variable(id)) return variable(id);
    Term t = b_.term(id);
    if (t.a.empty()) return id;
    if (t.kind == TermKind::Otherwise && t.a.front() == assumed_.absent) return t.a.size() > 1 ? t.a[1] : s_.literal(t.value, t.type);
    for (TermId& a : t.a) a = term(a);
    if (t.kind == TermKind::SetLiteral) return s_.add(std::move(t));
    const Term& inner = b_.term(t.a.front());
    if (inner.kind == TermKind::Unknown) return s_.unknown(t.type);
    if (t.kind == TermKind::RollUp) return roll_up(t);
    const bool certain = inner.kind == TermKind::Literal || (b_.is_variable(t.a.front()) && (!inner.type.optional || t.a.front() == assumed_.present));
    if (t.kind == TermKind::Otherwise && certain) return t.a.front();
    return s_.add(std::move(t));
  }

  TermId variable(TermId id) {
    if (const auto found = assumed_.values.find(id); found != assumed_.values.end()) return found->second;
    if (assumed_.absent.valid() && (id == assumed_.absent || leads_to(b_, assumed_.absent, id))) return s_.unknown(b_.term(id).type);
    return id;
  }

  TermId roll_up(Term t) {
    const Term inner = b_.term(t.a.front());
    if (inner.kind == TermKind::SetLiteral) {
      std::vector<TermId> images;
      for (const TermId a : inner.a) images.push_back(image(a, t.type));
      Term set = inner;
      set.type.enumeration = t.type.enumeration;
      set.a = std::move(images);
      return s_.add(std::move(set));
    }
    if (inner.kind == TermKind::Literal) return image(t.a.front(), t.type);
    return s_.roll_up(t.a.front(), t.type.enumeration, b_.schema);
  }
  TermId image(TermId literal, const Type& to) {
    const Term value = b_.term(literal);
    Type type = to.element();
    if (value.kind != TermKind::Literal) return s_.unknown(type);
    const auto ordinal = b_.schema.roll_up(value.type.enumeration, static_cast<std::uint32_t>(value.value.number), to.enumeration);
    return ordinal ? s_.literal(Value{Scalar::Enum, *ordinal, "", to.enumeration.index}, type) : s_.unknown(type);
  }

  // ---- atoms

  bool unknown(TermId id) const { return b_.term(id).kind == TermKind::Unknown; }
  bool listed(TermId id) const { return b_.term(id).kind == TermKind::SetLiteral; }

  CondId atom(const Cond& written, Polarity p) {
    Cond c = written;
    if (c.kind == CondKind::Known) return is_known(c.t.front(), p);
    for (TermId& t : c.t) t = term(t);
    switch (c.kind) {
      case CondKind::Fact: return fact(c, p);
      case CondKind::Equal: return equal(c, p);
      case CondKind::Less:
      case CondKind::LessEqual: return compare(c, p);
      case CondKind::ThresholdLess:
      case CondKind::ThresholdLessEqual: return threshold(c, p);
      case CondKind::In: return in(c, p);
      case CondKind::SubsetOf: return subset(c, p);
      case CondKind::Overlaps: return overlaps(c, p);
      case CondKind::IsEmpty: return is_empty(c, p);
      case CondKind::StartsWith:
      case CondKind::EndsWith: return affix(c, p);
      case CondKind::Under:
      case CondKind::Holds: return any_unknown(c) ? s_.unknown_cond() : signed_(s_.add(std::move(c)), p);
      case CondKind::Can: throw Stuck{"`can` depends on decisions"};
      case CondKind::True:
      case CondKind::False:
      case CondKind::Unknown:
      case CondKind::Known:
      case CondKind::Not:
      case CondKind::And:
      case CondKind::Or:
      case CondKind::AtLeast: break;
    }
    WRIT_CHECK(false, "a junction is no atom");
    return {};
  }

  bool any_unknown(const Cond& c) const { return std::any_of(c.t.begin(), c.t.end(), [&](TermId t) { return unknown(t); }); }

  CondId is_known(TermId id, Polarity p) {
    if (id == assumed_.absent) return constant(p, false);
    if (id == assumed_.present) return constant(p, true);
    const TermId t = term(id);
    if (unknown(t)) return s_.unknown_cond();
    if (b_.is_literal(t) || (b_.is_variable(t) && !b_.term(t).type.optional)) return constant(p, true);
    Cond c;
    c.kind = CondKind::Known;
    c.t = {t};
    return signed_(s_.add(std::move(c)), p);
  }

  CondId fact(Cond& c, Polarity p) {
    const Term& t = b_.term(c.t.front());
    if (t.kind == TermKind::Unknown) return s_.unknown_cond();
    if (t.kind == TermKind::Literal) return constant(p, t.value.number != 0);
    return signed_(s_.add(std::move(c)), p);
  }

  CondId equal(Cond& c, Polarity p) {
    if (any_unknown(c)) return s_.unknown_cond();
    const Type type = b_.term(c.t[0]).type;
    if (type.set || b_.term(c.t[1]).type.set) return equal_sets(c, p);
    if (is_number(type)) return compare(c, p);
    if (c.t[0] == c.t[1] && (b_.is_variable(c.t[0]) || b_.is_literal(c.t[0]))) return constant(p, true);
    if (b_.is_literal(c.t[0]) && b_.is_literal(c.t[1])) return constant(p, same_value(c.t[0], c.t[1]));
    return signed_(s_.add(std::move(c)), p);
  }
  bool same_value(TermId a, TermId b) const {
    const Value& x = b_.term(a).value;
    const Value& y = b_.term(b).value;
    return x.number == y.number && x.text == y.text;
  }
  CondId equal_sets(Cond& c, Polarity p) {
    if (c.t[0] == c.t[1] && b_.is_variable(c.t[0])) return constant(p, true);
    if (!listed(c.t[0]) || !listed(c.t[1])) return signed_(s_.add(std::move(c)), p);
    Cond one = c, other = c;
    one.kind = other.kind = CondKind::SubsetOf;
    std::swap(other.t[0], other.t[1]);
    return signed_(s_.conjunction({subset(one, Polarity::Positive), subset(other, Polarity::Positive)}), p);
  }

  /// Of an amount, or of a sum of amounts; empty: not known yet; nullopt: of two currencies, so that there is no sum.
  std::optional<std::string> currency(TermId id) const {
    const Term& t = b_.term(id);
    if (t.type.scalar != Scalar::Money) return "";
    if (t.kind == TermKind::Literal) return t.value.text;
    const bool sum = t.kind == TermKind::Add || t.kind == TermKind::Subtract || t.kind == TermKind::Scale;
    std::string all = sum ? "" : t.type.currency;
    for (const TermId part : sum ? t.a : std::vector<TermId>{}) {
      const auto one = currency(part);
      if (!one || (!all.empty() && !one->empty() && all != *one)) return std::nullopt;
      if (!one->empty()) all = *one;
    }
    return all;
  }

  CondId compare(Cond& c, Polarity p) {
    if (any_unknown(c)) return s_.unknown_cond();
    const auto left = currency(c.t[0]), right = currency(c.t[1]);
    if (!left || !right || (!left->empty() && !right->empty() && *left != *right)) return s_.unknown_cond();
    const Linear sum = difference(b_, linear(b_, c.t[0]), linear(b_, c.t[1]));
    if (sum.coefficients.empty()) return constant(p, holds(c.kind, sum.constant));
    if (p == Polarity::Positive) return s_.add(std::move(c));
    if (c.kind == CondKind::Equal) return s_.disjunction({s_.less(c.t[0], c.t[1]), s_.less(c.t[1], c.t[0])});
    return c.kind == CondKind::Less ? s_.less_equal(c.t[1], c.t[0]) : s_.less(c.t[1], c.t[0]);
  }
  static bool holds(CondKind kind, Wide difference) {
    return kind == CondKind::Equal ? difference == 0 : kind == CondKind::Less ? difference < 0 : difference <= 0;
  }

  CondId threshold(Cond& c, Polarity p) {
    if (any_unknown(c)) return s_.unknown_cond();
    const Term amount = b_.term(c.t.front());
    const auto known_currency = currency(c.t.front());
    if (!known_currency) return s_.unknown_cond();
    const std::string& in = *known_currency;
    if (in.empty()) return signed_(s_.add(std::move(c)), p);
    for (const Value& bound : s_.threshold(c.threshold).amounts) {
      if (bound.text != in) continue;
      Type money = amount.type.element();
      money.currency = in;
      Cond plain;
      plain.kind = c.kind == CondKind::ThresholdLess ? CondKind::Less : CondKind::LessEqual;
      plain.t = {c.t.front(), s_.literal(bound, money)};
      return compare(plain, p);
    }
    return s_.unknown_cond();
  }

  /// `x in S`, S closed and empty, is F even of an unknown x.
  CondId unknown_unless_empty(TermId set, Polarity p) {
    if (unknown(set)) return s_.unknown_cond();
    Cond empty;
    empty.kind = CondKind::IsEmpty;
    empty.t = {set};
    const CondId emptiness = is_empty(empty, flip(p));
    return p == Polarity::Positive ? s_.conjunction({emptiness, s_.unknown_cond()}) : s_.disjunction({emptiness, s_.unknown_cond()});
  }

  CondId in(Cond& c, Polarity p) {
    if (listed(c.t[1])) {
      std::vector<CondId> any;
      for (const TermId element : std::vector<TermId>(b_.term(c.t[1]).a)) any.push_back(equals(c.t[0], element, p));
      return p == Polarity::Positive ? s_.disjunction(any) : s_.conjunction(any);
    }
    if (unknown(c.t[1])) return s_.unknown_cond();
    if (unknown(c.t[0])) return unknown_unless_empty(c.t[1], p);
    return signed_(s_.add(std::move(c)), p);
  }
  CondId equals(TermId a, TermId b, Polarity p) {
    Cond c;
    c.kind = CondKind::Equal;
    c.t = {a, b};
    if (!any_unknown(c) && !b_.reads_variable(a) && !b_.reads_variable(b) && !(b_.is_literal(a) && b_.is_literal(b))) return signed_(s_.add(std::move(c)), p);
    return equal(c, p);
  }
  CondId element_of(TermId element, TermId set, Polarity p) {
    Cond c;
    c.kind = CondKind::In;
    c.t = {element, set};
    return in(c, p);
  }

  CondId subset(Cond& c, Polarity p) {
    if (any_unknown(c)) return s_.unknown_cond();
    if (!listed(c.t[0])) return c.t[0] == c.t[1] && b_.is_variable(c.t[0]) ? constant(p, true) : signed_(s_.add(std::move(c)), p);
    std::vector<CondId> all;
    for (const TermId element : std::vector<TermId>(b_.term(c.t[0]).a)) all.push_back(element_of(element, c.t[1], p));
    return p == Polarity::Positive ? s_.conjunction(all) : s_.disjunction(all);
  }

  CondId overlaps(Cond& c, Polarity p) {
    for (const int side : {0, 1})
      if (unknown(c.t[side])) return unknown_unless_empty(c.t[1 - side], p);
    if (!listed(c.t[0])) std::swap(c.t[0], c.t[1]);
    if (!listed(c.t[0])) return signed_(s_.add(std::move(c)), p);
    std::vector<CondId> any;
    for (const TermId element : std::vector<TermId>(b_.term(c.t[0]).a)) any.push_back(element_of(element, c.t[1], p));
    return p == Polarity::Positive ? s_.disjunction(any) : s_.conjunction(any);
  }

  CondId is_empty(Cond& c, Polarity p) {
    const Term& t = b_.term(c.t.front());
    if (t.kind == TermKind::Unknown) return s_.unknown_cond();
    if (t.kind != TermKind::SetLiteral) return signed_(s_.add(std::move(c)), p);
    if (t.a.empty()) return constant(p, true);
    const bool some = std::any_of(t.a.begin(), t.a.end(), [&](TermId a) { return b_.is_literal(a) || b_.is_variable(a); });
    if (some) return constant(p, false);
    std::vector<CondId> none;
    for (const TermId element : std::vector<TermId>(t.a)) none.push_back(known(b_, element));
    return signed_(s_.negation(s_.disjunction(none)), p);
  }

  CondId affix(Cond& c, Polarity p) {
    if (any_unknown(c)) return s_.unknown_cond();
    if (!b_.is_literal(c.t[0]) || !b_.is_literal(c.t[1])) return signed_(s_.add(std::move(c)), p);
    const std::string& text = b_.term(c.t[0]).value.text;
    const std::string& part = b_.term(c.t[1]).value.text;
    return constant(p, c.kind == CondKind::StartsWith ? text.starts_with(part) : text.ends_with(part));
  }

  Workbench& b_;
  Conditions& s_;
  const Assumed& assumed_;
  std::map<std::pair<CondId, Polarity>, CondId> done_;
};

}  // namespace

CondId normalize(Workbench& bench, CondId condition, const Assumed& assumed) { return Normalizer(bench, assumed).cond(condition, Polarity::Positive); }

}  // namespace writ::kernel::elimination
