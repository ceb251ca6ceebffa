// ∃ over a conjunction of parts that share no variable is the conjunction of their ∃; over a disjunction, the disjunction: both exact in
// three values, since the eliminated facts are known. Inside one part: optional facts are split into absent and present, variables that
// meet only literals run through one representative per cell, and what then still meets kept terms is spread into conjunctions of
// literals, which the theories eliminate.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/kernel/linear.h"

namespace writ::kernel {
namespace elimination {
namespace {

using typed_ir::Cond;
using typed_ir::CondKind;
using typed_ir::Scalar;
using typed_ir::Type;

constexpr std::size_t kMaxSteps = 20'000;

class Eliminator {
 public:
  Eliminator(Workbench& bench, CondId asked) : b_(bench), s_(bench.store), asked_(asked) {}

  /// `condition` is normalized.
  CondId solve(CondId condition) {
    if (const auto found = solved_.find(condition); found != solved_.end()) return found->second;
    if (++steps_ > kMaxSteps) throw Stuck{"the product of its cases is too large", "say the alternatives in several grants"};
    const CondId result = split(condition);
    solved_.emplace(condition, result);
    return result;
  }

 private:
  CondId split(CondId condition) {
    const std::set<TermId> all = variables(b_, condition);
    if (all.empty()) return condition;
    const Cond c = b_.cond(condition);
    if (c.kind == CondKind::Or) return any_of(c.c);
    if (c.kind != CondKind::And) return one_part(condition, {condition}, all);
    const auto parts = independent(c.c, all);
    if (parts.size() == 1) return one_part(condition, c.c, all);
    std::vector<CondId> results;
    for (const std::vector<CondId>& part : parts) results.push_back(solve(s_.conjunction(part)));
    return s_.conjunction(results);
  }

  CondId any_of(const std::vector<CondId>& ways) {
    std::vector<CondId> results;
    for (const CondId way : ways) results.push_back(solve(way));
    return s_.disjunction(results);
  }

  /// Groups of conjuncts that share a variable, directly or over others; a reference and the facts it leads to count as one.
  std::vector<std::vector<CondId>> independent(const std::vector<CondId>& conjuncts, const std::set<TermId>& all) {
    struct Group { std::vector<CondId> members; std::set<TermId> reads; };
    std::vector<Group> groups;
    for (const CondId conjunct : conjuncts) {
      Group merged{{conjunct}, reads_of(conjunct, all)};
      std::vector<Group> rest;
      for (Group& group : groups) {
        const bool shares = std::any_of(group.reads.begin(), group.reads.end(), [&](TermId t) { return merged.reads.contains(t); });
        if (!shares) { rest.push_back(std::move(group)); continue; }
        merged.members.insert(merged.members.end(), group.members.begin(), group.members.end());
        merged.reads.insert(group.reads.begin(), group.reads.end());
      }
      rest.push_back(std::move(merged));
      groups = std::move(rest);
    }
    std::vector<std::vector<CondId>> parts;
    for (Group& group : groups) parts.push_back(std::move(group.members));
    return parts;
  }
  std::set<TermId> reads_of(CondId conjunct, const std::set<TermId>& all) {
    std::set<TermId> reads = variables(b_, conjunct);
    for (const TermId base : all)
      for (const TermId v : std::set<TermId>(reads))
        if (leads_to(b_, base, v)) reads.insert(base);
    return reads;
  }

  CondId one_part(CondId whole, const std::vector<CondId>& conjuncts, const std::set<TermId>& all) {
    for (const TermId v : all) {
      const bool leads = std::any_of(all.begin(), all.end(), [&](TermId other) { return leads_to(b_, v, other); });
      if (!leads && !holds_something(conjuncts, v)) continue;
      if (const auto kept = tied_to(conjuncts, v)) return solve(normalize(b_, typed_ir::substitute(s_, whole, {{v, *kept}})));
      if (const auto way = ties_somewhere(conjuncts, v)) return spread(conjuncts, *way);
      if (!is_somebody_kept(whole, v)) continue;
      return b_.term(v).type.optional ? by_presence(whole, v) : by_person(whole, v);
    }
    for (const TermId v : all)
      if (b_.term(v).type.optional) return by_presence(whole, v);
    for (const TermId v : all)
      if (b_.term(v).type.scalar == Scalar::Money && !b_.term(v).type.set && b_.term(v).type.currency.empty()) return by_amount(whole, conjuncts, v);
    if (const auto simple = single_literal(whole, all)) return *simple;
    if (const auto chosen = fewest_cells(whole, all)) return by_cells(whole, chosen->first, chosen->second);
    for (const CondId conjunct : conjuncts)
      if (b_.cond(conjunct).kind == CondKind::Or) return spread(conjuncts, conjunct);
    return by_theory(conjuncts, all);
  }

  /// The roles that somebody holds and the persons whom he is below are facts of his as well.
  bool holds_something(const std::vector<CondId>& conjuncts, TermId v) const {
    return std::any_of(conjuncts.begin(), conjuncts.end(), [&](CondId id) {
      const Cond* c = &b_.cond(id);
      if (c->kind == CondKind::Not) c = &b_.cond(c->c.front());
      const bool fact = c->kind == CondKind::Holds || (c->kind == CondKind::Under && b_.term(v).type.scalar == Scalar::Ref);
      return fact && c->t.front() == v;
    });
  }
  /// `x == k`: x is k, with k's facts, and k must be known. Of two variables one goes, and never the one that leads to the other.
  std::optional<TermId> tied_to(const std::vector<CondId>& conjuncts, TermId v) {
    for (const CondId conjunct : conjuncts) {
      const Cond& c = b_.cond(conjunct);
      if (c.kind != CondKind::Equal || (c.t[0] != v && c.t[1] != v)) continue;
      const TermId other = c.t[0] == v ? c.t[1] : c.t[0];
      const bool same_type = b_.term(other).type.entity == b_.term(v).type.entity && !b_.term(other).type.set;
      if (!same_type || b_.is_literal(other)) continue;
      if (!b_.reads_variable(other) || (b_.is_variable(other) && may_replace(other, v))) return other;
    }
    return std::nullopt;
  }
  bool may_replace(TermId other, TermId v) const {
    const bool plain = !b_.term(v).type.optional && !b_.term(other).type.optional && b_.term(v).type == b_.term(other).type;
    return plain && !leads_to(b_, v, other);
  }
  /// A conjunct that says `x == k` in some of its ways only.
  std::optional<CondId> ties_somewhere(const std::vector<CondId>& conjuncts, TermId v) {
    for (const CondId conjunct : conjuncts) {
      const Cond& c = b_.cond(conjunct);
      if (c.kind != CondKind::Or) continue;
      std::set<CondId> seen;
      std::vector<CondId> open{conjunct};
      while (!open.empty()) {
        const CondId id = open.back();
        open.pop_back();
        if (!seen.insert(id).second) continue;
        const Cond& inner = b_.cond(id);
        if (tied_to({id}, v)) return conjunct;
        if (inner.kind != CondKind::Not) open.insert(open.end(), inner.c.begin(), inner.c.end());
      }
    }
    return std::nullopt;
  }

  /// Facts of a reference are free only as long as it is not tied to somebody whose facts are kept. Somebody below a kept one is anybody.
  enum class Sign { Plus, Minus };
  bool is_somebody_kept(CondId whole, TermId v) const {
    std::set<std::pair<CondId, Sign>> seen;
    std::vector<std::pair<CondId, Sign>> open{{whole, Sign::Plus}};
    while (!open.empty()) {
      const auto [id, sign] = open.back();
      open.pop_back();
      if (!seen.emplace(id, sign).second) continue;
      const Cond& c = b_.cond(id);
      const Sign inside = (c.kind == CondKind::Not) == (sign == Sign::Plus) ? Sign::Minus : Sign::Plus;
      for (const CondId inner : c.c) open.emplace_back(inner, inside);
      if (sign == Sign::Plus && ties(whole, c, v)) return true;
    }
    return false;
  }
  bool ties(CondId whole, const Cond& c, TermId v) const {
    const bool tie = c.kind == CondKind::Equal || c.kind == CondKind::In || (c.kind == CondKind::Under && c.t[0] != v);
    if (!tie || std::find(c.t.begin(), c.t.end(), v) == c.t.end()) return false;
    return std::any_of(c.t.begin(), c.t.end(), [&](TermId t) {
      if (t == v) return false;
      if (b_.reads_variable(t)) return check_free(whole, v, t);
      return !b_.is_literal(t) || b_.schema.entities[b_.term(v).type.entity].is_principal();
    });
  }
  /// A free set says who he is only by what it is compared with.
  bool check_free(CondId whole, TermId v, TermId set) const {
    std::set<CondId> seen;
    std::vector<CondId> open{whole};
    while (!open.empty()) {
      const Cond& c = b_.cond(open.back());
      open.pop_back();
      for (const CondId inner : c.c)
        if (seen.insert(inner).second) open.push_back(inner);
      const bool mentions = b_.term(set).type.set && std::any_of(c.t.begin(), c.t.end(), [&](TermId t) { return t == set; });
      if (!mentions || c.kind == CondKind::In || c.kind == CondKind::IsEmpty) continue;
      throw Stuck{fmt::format("`{}` may be somebody whose facts are read as well", b_.path(v)),
                  fmt::format("compare `{}` itself with the persons who are meant, instead of `{}`", b_.path(v), b_.path(set))};
    }
    return false;
  }
  /// Whoever is called like somebody whose facts are kept has these; anybody else has facts of his own.
  CondId by_person(CondId whole, TermId v) {
    const std::vector<TermId> kept = namesakes(b_, asked_, v);
    std::vector<CondId> ways;
    for (const TermId k : kept) {
      std::vector<CondId> all{solve(normalize(b_, as_one_of_them(b_, whole, v, k)))};
      // If nobody knows who k is, somebody must fit at least.
      if (b_.term(k).kind != typed_ir::TermKind::Root) all.push_back(solve(normalize(b_, as_stranger(b_, whole, v, {}))));
      ways.push_back(s_.conjunction(all));
    }
    ways.push_back(solve(normalize(b_, as_stranger(b_, whole, v, kept))));
    return s_.disjunction(ways);
  }

  CondId by_presence(CondId whole, TermId v) {
    Assumed none, some;
    none.absent = v;
    some.present = v;
    const TermId value = with_type(v, b_.term(v).type.required());
    const CondId present = typed_ir::substitute(s_, normalize(b_, whole, some), {{v, value}});
    return s_.disjunction({solve(normalize(b_, whole, none)), solve(normalize(b_, present))});
  }

  TermId with_type(TermId v, Type type) {
    typed_ir::Term t = b_.term(v);
    t.type = std::move(type);
    return s_.add(std::move(t));
  }

  /// An amount that is not to pass one kept amount, or to be it, may be that amount, whatever its currency.
  CondId by_amount(CondId whole, const std::vector<CondId>& conjuncts, TermId v) {
    std::vector<CondId> rest;
    std::optional<TermId> limit;
    for (const CondId conjunct : conjuncts) {
      const Cond c = b_.cond(conjunct);
      if (!reads_of(conjunct, {v}).contains(v)) { rest.push_back(conjunct); continue; }
      if (c.kind == CondKind::Or && meets_kept_amount(conjunct, v)) return spread(conjuncts, conjunct);
      const auto kept = kept_amount(c, v);
      const bool loose = c.kind == CondKind::LessEqual || c.kind == CondKind::Equal;
      if (!kept || !loose || (limit && *limit != *kept)) return by_currency(whole, v);
      limit = kept;
    }
    if (!limit) return by_currency(whole, v);
    rest.push_back(known(b_, *limit));
    return solve(normalize(b_, s_.conjunction(rest)));
  }
  /// What `v` alone is compared with, if that is a kept amount of any currency.
  std::optional<TermId> kept_amount(const Cond& c, TermId v) {
    if (c.t.size() != 2 || (c.t[0] != v && c.t[1] != v)) return std::nullopt;
    const TermId other = c.t[0] == v ? c.t[1] : c.t[0];
    const Type& type = b_.term(other).type;
    const bool kept = !b_.is_literal(other) && !b_.reads_variable(other);
    return kept && type.scalar == Scalar::Money && !type.set && type.currency.empty() ? std::optional(other) : std::nullopt;
  }
  bool meets_kept_amount(CondId id, TermId v) {
    const Cond c = b_.cond(id);
    return kept_amount(c, v).has_value() || std::any_of(c.c.begin(), c.c.end(), [&](CondId inner) { return meets_kept_amount(inner, v); });
  }

  /// An amount whose currency is part of its value: each currency that is spoken of, and one that is not. The latter is that of the kept amounts that
  /// it is compared with, whatever that is; or it is nobody's, and every comparison is unknown.
  CondId by_currency(CondId whole, TermId v) {
    std::set<TermId> compared{v};
    std::set<std::string> spoken = currencies(whole, compared);
    std::string another = "another";
    while (spoken.contains(another)) another += " one";
    spoken.insert(another);
    b_.unspoken.insert(another);
    std::vector<CondId> ways;
    if (meets_kept_amount(whole, v)) ways.push_back(solve(normalize(b_, typed_ir::substitute(s_, whole, {{v, s_.unknown(b_.term(v).type)}}))));
    for (const std::string& currency : spoken) {
      Type type = b_.term(v).type;
      type.currency = currency;
      ways.push_back(solve(normalize(b_, typed_ir::substitute(s_, whole, {{v, with_type(v, type)}}))));
    }
    return s_.disjunction(ways);
  }
  /// Every currency that the amounts may be compared in; amounts of any currency that they are compared with join them.
  std::set<std::string> currencies(CondId whole, std::set<TermId>& amounts) {
    std::set<std::string> spoken;
    for (std::size_t before = 0; before != amounts.size();) {
      before = amounts.size();
      for (const TermId v : std::set<TermId>(amounts)) {
        std::set<CondId> seen;
        mentioned(whole, v, seen, spoken, amounts);
      }
    }
    return spoken;
  }
  void mentioned(CondId id, TermId v, std::set<CondId>& seen, std::set<std::string>& into, std::set<TermId>& amounts) {
    if (!seen.insert(id).second) return;
    const Cond c = b_.cond(id);
    for (const CondId inner : c.c) mentioned(inner, v, seen, into, amounts);
    const auto reads = variables_of(c);
    if (!reads.contains(v)) return;
    if (c.threshold.valid())
      for (const Value& bound : s_.threshold(c.threshold).amounts) into.insert(bound.text);
    for (const TermId t : c.t) {
      const typed_ir::Term& term = b_.term(t);
      if (term.type.scalar != Scalar::Money) continue;
      const std::string currency = term.kind == typed_ir::TermKind::Literal ? term.value.text : term.type.currency;
      if (!currency.empty()) into.insert(currency);
      else if (term.kind == typed_ir::TermKind::SetLiteral)
        for (const TermId element : term.a) into.insert(b_.term(element).value.text);
      else if (free_amount(t)) amounts.insert(t);
      else if (sum_of_free_amounts(t)) for (const TermId leaf : leaves(t)) amounts.insert(leaf);
      else if (!only(t, v) && !kept_amount(c, v)) throw Stuck{fmt::format("the currency of `{}` is compared with another that is not known beforehand", b_.path(v)),
                                     "declare both as `money<EUR>`, or say `<=` or `==` of the two alone"};
    }
  }
  bool sum_of_free_amounts(TermId t) {
    const auto all = leaves(t);
    return std::all_of(all.begin(), all.end(), [&](TermId leaf) { return free_amount(leaf); });
  }
  bool free_amount(TermId t) const { return b_.is_variable(t) && !b_.term(t).type.set && !b_.term(t).type.optional; }
  std::set<TermId> variables_of(const Cond& c) {
    std::set<TermId> all;
    for (const TermId t : c.t)
      for (const TermId v : leaves(t)) all.insert(v);
    return all;
  }
  std::vector<TermId> leaves(TermId t) {
    if (b_.is_variable(t) || b_.term(t).a.empty()) return {t};
    std::vector<TermId> all;
    for (const TermId a : std::vector<TermId>(b_.term(t).a))
      for (const TermId leaf : leaves(a)) all.push_back(leaf);
    return all;
  }
  bool only(TermId t, TermId v) {
    const auto all = leaves(t);
    return std::all_of(all.begin(), all.end(), [&](TermId leaf) { return leaf == v || b_.is_literal(leaf); });
  }

  /// `resource.kind == principal.kind` alone needs no list of values.
  std::optional<CondId> single_literal(CondId whole, const std::set<TermId>& all) {
    const CondKind kind = b_.cond(whole).kind;
    if (all.size() != 1 || kind == CondKind::And || kind == CondKind::Or) return std::nullopt;
    const Type type = b_.term(*all.begin()).type;
    if (type.set || type.scalar != Scalar::Enum || !b_.finite(type)) return std::nullopt;
    try {
      return normalize(b_, eliminate_identity(b_, {whole}, *all.begin()));
    } catch (const Stuck&) {
      return std::nullopt;
    }
  }

  using Cells = std::pair<TermId, std::vector<TermId>>;
  std::optional<Cells> fewest_cells(CondId whole, const std::set<TermId>& all) {
    std::optional<Cells> best;
    for (const TermId v : all) {
      auto cells = representatives(b_, whole, v);
      if (cells && (!best || cells->size() < best->second.size())) best.emplace(v, std::move(*cells));
    }
    return best;
  }

  CondId by_cells(CondId whole, TermId v, const std::vector<TermId>& cells) {
    std::set<CondId> cases;
    for (const TermId value : cells) {
      Assumed assumed;
      assumed.values.emplace(v, value);
      cases.insert(normalize(b_, whole, assumed));
    }
    return any_of({cases.begin(), cases.end()});
  }

  CondId spread(const std::vector<CondId>& conjuncts, CondId chosen) {
    std::vector<CondId> rest;
    for (const CondId c : conjuncts)
      if (c != chosen) rest.push_back(c);
    std::vector<CondId> ways;
    for (const CondId way : std::vector<CondId>(b_.cond(chosen).c)) {
      std::vector<CondId> all = rest;
      all.push_back(way);
      ways.push_back(s_.conjunction(all));
    }
    return any_of(ways);
  }

  /// Sets first, since what is left of them speaks of their elements; numbers last.
  CondId by_theory(const std::vector<CondId>& literals, const std::set<TermId>& all) {
    const auto rank = [&](TermId v) { return b_.term(v).type.set ? 0 : is_number(b_.term(v).type) ? 2 : 1; };
    TermId v = *all.begin();
    for (const TermId other : all)
      if (rank(other) < rank(v)) v = other;
    if (rank(v) == 0) return by_set(literals, v);
    const CondId left = rank(v) == 2 ? eliminate_number(b_, literals, v) : eliminate_identity(b_, literals, v);
    return solve(normalize(b_, left));
  }

  CondId by_set(const std::vector<CondId>& literals, TermId v) {
    try {
      return solve(normalize(b_, eliminate_set(b_, literals, v, some(v))));
    } catch (const Stuck&) {
      const auto sets = all_sets(b_, v);
      if (!sets) throw;
      return by_cells(s_.conjunction(literals), v, *sets);
    }
  }

  /// ∃ of a set's element; what it is stuck at is the set.
  Some some(TermId set) {
    return [this, set](CondId condition) {
      try {
        return solve(normalize(b_, condition));
      } catch (const Stuck&) {
        throw several_facts(b_, set);
      }
    };
  }

  Workbench& b_;
  Conditions& s_;
  CondId asked_;                             ///< all of it: a part knows nothing of the persons in the others
  std::size_t steps_ = 0;
  std::map<CondId, CondId> solved_;
};

}  // namespace
}  // namespace elimination

tl::expected<CondId, NotEliminated> eliminate(Conditions& conditions, const typed_ir::Schema& schema, CondId condition, EntityId holder) {
  elimination::Workbench bench{conditions, schema, holder};
  if (!bench.reads_variable(condition)) return condition;
  try {
    return elimination::Eliminator(bench, condition).solve(elimination::normalize(bench, condition));
  } catch (const elimination::Stuck& stuck) {
    return tl::unexpected(NotEliminated{stuck.why, stuck.help});
  }
}

}  // namespace writ::kernel
