// Three-valued evaluation of conditions over given values, written from Appendix T of semantics.md and from nothing else: the other side of the
// comparison when kernel rewrites conditions. Only the term and condition kinds that the generators make.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>

#include "compiler/kernel/kleene.h"
#include "compiler/typed_ir/program.h"

namespace writ::kernel {

using typed_ir::Cond;
using typed_ir::CondId;
using typed_ir::CondKind;
using typed_ir::Conditions;
using typed_ir::Scalar;
using typed_ir::Schema;
using typed_ir::Term;
using typed_ir::TermId;
using typed_ir::TermKind;

/// A value by number or text; a set by its known elements and whether there may be more.
using Atom = std::pair<__int128, std::string>;
struct Fact {
  enum class State { Unknown, Absent, Known } state = State::Unknown;
  Atom value{};
  std::set<Atom> elements;
  bool complete = true;

  static Fact number(__int128 n) { return {State::Known, {n, ""}, {}, true}; }
  static Fact text(std::string t) { return {State::Known, {0, std::move(t)}, {}, true}; }
  static Fact set(std::set<Atom> elements, bool complete) { return {State::Known, {}, std::move(elements), complete}; }
  static Fact absent() { return {State::Absent, {}, {}, true}; }
  static Fact unknown_set() { return {State::Known, {}, {}, false}; }
};
using World = std::map<TermId, Fact>;

class SmallWorld {
 public:
  SmallWorld(const Conditions& store, const Schema& schema, const World& world) : store_(store), schema_(schema), world_(world) {}

  Truth truth(CondId id) const {
    const Cond& c = store_.cond(id);
    switch (c.kind) {
      case CondKind::True: return Truth::True;
      case CondKind::False: return Truth::False;
      case CondKind::Unknown: return Truth::Unknown;
      case CondKind::Not: return negate(truth(c.c[0]));
      case CondKind::And: return fold(c, Truth::True, [](Truth a, Truth b) { return std::min(a, b); });
      case CondKind::Or: return fold(c, Truth::False, [](Truth a, Truth b) { return std::max(a, b); });
      case CondKind::AtLeast: return at_least(c);
      case CondKind::Fact: return known(term(c.t[0])) ? from(term(c.t[0]).value.first != 0) : Truth::Unknown;
      case CondKind::Known: return is_known(term(c.t[0]));
      case CondKind::Equal:
        if (is_set(c.t[0])) return equal_sets(term(c.t[0]), term(c.t[1]));
        return compare(c, [](const Atom& a, const Atom& b) { return a == b; });
      case CondKind::Less: return compare(c, [](const Atom& a, const Atom& b) { return a < b; });
      case CondKind::LessEqual: return compare(c, [](const Atom& a, const Atom& b) { return a <= b; });
      case CondKind::StartsWith: return compare(c, [](const Atom& a, const Atom& b) { return a.second.starts_with(b.second); });
      case CondKind::EndsWith: return compare(c, [](const Atom& a, const Atom& b) { return a.second.ends_with(b.second); });
      case CondKind::ThresholdLess:
      case CondKind::ThresholdLessEqual: return threshold(c);
      case CondKind::In: return in(term(c.t[0]), term(c.t[1]));
      case CondKind::SubsetOf: return subset(term(c.t[0]), term(c.t[1]));
      case CondKind::Overlaps: return overlaps(term(c.t[0]), term(c.t[1]));
      case CondKind::IsEmpty: return is_empty(term(c.t[0]));
      default: throw std::logic_error("not in the small world");
    }
  }

 private:
  static Truth from(bool b) { return b ? Truth::True : Truth::False; }
  static bool known(const Fact& f) { return f.state == Fact::State::Known; }
  bool is_set(TermId t) const { return store_.term(t).type.set; }

  Fact term(TermId id) const {
    const Term& t = store_.term(id);
    if (const auto found = world_.find(id); found != world_.end()) return found->second;
    switch (t.kind) {
      case TermKind::Literal: return {Fact::State::Known, {t.value.number, t.value.text}, {}, true};
      case TermKind::SetLiteral: return listed(t);
      case TermKind::RollUp: return rolled(term(t.a[0]), store_.term(t.a[0]).type.enumeration, t.type.enumeration);
      case TermKind::Add: return sum(term(t.a[0]), term(t.a[1]), 1);
      case TermKind::Subtract: return sum(term(t.a[0]), term(t.a[1]), -1);
      case TermKind::Scale: {
        Fact f = term(t.a[0]);
        f.value.first *= t.value.number;
        return f;
      }
      case TermKind::Otherwise: {
        const Fact f = term(t.a[0]);
        return f.state == Fact::State::Absent ? term(t.a[1]) : f;
      }
      default: return t.type.set ? Fact::unknown_set() : Fact{};
    }
  }
  Fact listed(const Term& t) const {
    Fact set = Fact::set({}, true);
    for (const TermId a : t.a) {
      const Fact element = term(a);
      if (known(element)) set.elements.insert(element.value);
      else set.complete = false;
    }
    return set;
  }
  Fact rolled(Fact f, typed_ir::EnumId from, typed_ir::EnumId to) const {
    if (!known(f)) return f;
    const auto up = schema_.roll_up(from, static_cast<std::uint32_t>(f.value.first), to);
    return up ? Fact::number(*up) : Fact{};
  }
  /// Amounts of two currencies have no sum.
  static Fact sum(const Fact& a, const Fact& b, int sign) {
    if (!known(a) || !known(b) || a.value.second != b.value.second) return {};
    return {Fact::State::Known, {a.value.first + sign * b.value.first, a.value.second}, {}, true};
  }

  template <class F>
  Truth fold(const Cond& c, Truth start, F f) const {
    for (const CondId inner : c.c) start = f(start, truth(inner));
    return start;
  }
  Truth at_least(const Cond& c) const {
    std::size_t sure = 0, possible = 0;
    for (const CondId inner : c.c) {
      const Truth t = truth(inner);
      sure += t == Truth::True;
      possible += t != Truth::False;
    }
    return sure >= c.count ? Truth::True : possible < c.count ? Truth::False : Truth::Unknown;
  }
  template <class F>
  Truth compare(const Cond& c, F f) const {
    const Fact a = term(c.t[0]), b = term(c.t[1]);
    if (!known(a) || !known(b)) return Truth::Unknown;
    const bool money = store_.term(c.t[0]).type.scalar == Scalar::Money;
    return money && a.value.second != b.value.second ? Truth::Unknown : from(f(a.value, b.value));
  }
  /// In the currency of the amount; one without an entry is not comparable.
  Truth threshold(const Cond& c) const {
    const Fact a = term(c.t[0]);
    if (!known(a)) return Truth::Unknown;
    for (const auto& bound : store_.threshold(c.threshold).amounts) {
      if (bound.text != a.value.second) continue;
      return from(c.kind == CondKind::ThresholdLess ? a.value.first < bound.number : a.value.first <= bound.number);
    }
    return Truth::Unknown;
  }
  static Truth is_known(const Fact& f) {
    return f.state == Fact::State::Known ? Truth::True : f.state == Fact::State::Absent ? Truth::False : Truth::Unknown;
  }
  static bool closed(const Fact& s) { return known(s) && s.complete; }
  static Truth in(const Fact& x, const Fact& s) {
    if (known(x) && s.elements.contains(x.value)) return Truth::True;
    if (closed(s) && (s.elements.empty() || known(x))) return Truth::False;
    return Truth::Unknown;
  }
  static bool within(const Fact& s, const Fact& t) {
    return std::includes(t.elements.begin(), t.elements.end(), s.elements.begin(), s.elements.end());
  }
  static Truth subset(const Fact& s, const Fact& t) {
    if (closed(s) && within(s, t)) return Truth::True;
    return closed(t) && !within(s, t) ? Truth::False : Truth::Unknown;
  }
  static Truth equal_sets(const Fact& s, const Fact& t) {
    if (closed(s) && closed(t) && s.elements == t.elements) return Truth::True;
    return (closed(t) && !within(s, t)) || (closed(s) && !within(t, s)) ? Truth::False : Truth::Unknown;
  }
  static Truth overlaps(const Fact& s, const Fact& t) {
    for (const Atom& a : s.elements)
      if (t.elements.contains(a)) return Truth::True;
    if ((closed(s) && s.elements.empty()) || (closed(t) && t.elements.empty())) return Truth::False;
    return closed(s) && closed(t) ? Truth::False : Truth::Unknown;
  }
  static Truth is_empty(const Fact& s) {
    if (!s.elements.empty()) return Truth::False;
    return closed(s) ? Truth::True : Truth::Unknown;
  }

  const Conditions& store_;
  const Schema& schema_;
  const World& world_;
};

}  // namespace writ::kernel
