// Typed terms and conditions, hash-consed in one store per program: equal conditions have equal ids, and an id never changes meaning.
// Conditions are total over three values (semantics.md 3, Appendix T). The store applies no simplification by itself beyond the laws
// listed at each builder, all of them identities of strong Kleene logic that keep horizons; kernel/laws_test checks each over T, F, U.
// Rewriting keeps structure sharing; readers walk with `term(id)` and `cond(id)`. Not thread-safe for building.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/typed_ir/schema.h"

namespace writ::typed_ir {

enum class TermKind : std::uint8_t {
#define WRIT_TERM(name, payload) name,
#include "compiler/typed_ir/cond_kinds.def"
#undef WRIT_TERM
};
enum class CondKind : std::uint8_t {
#define WRIT_COND(name, payload) name,
#include "compiler/typed_ir/cond_kinds.def"
#undef WRIT_COND
};
std::string_view to_string(TermKind kind);
std::string_view to_string(CondKind kind);

/// What a root term stands for. Scope: the value of the acting side's own scope field for the
/// joined dimension `index` in a capability (kernel/forms.h).
enum class Root : std::uint8_t { Principal, Resource, Context, Input, Subject, Parameter, Binder, Scope };

struct Threshold {
  std::string name;
  std::vector<Value> amounts;              ///< Money, one per currency, sorted by currency
};
using ThresholdId = support::Id<struct ThresholdTag>;

struct Term {
  TermKind kind = TermKind::Literal;
  Type type;
  std::vector<TermId> a;
  Value value;                             ///< Literal, Scale
  Root root = Root::Principal;             ///< Root
  std::uint32_t index = 0;                 ///< Root: parameter or binder number
  AttributeId attribute;                   ///< Attribute

  friend bool operator==(const Term&, const Term&) = default;
};

struct Cond {
  CondKind kind = CondKind::True;
  std::vector<TermId> t;
  std::vector<CondId> c;
  std::uint32_t count = 0;                 ///< AtLeast
  RoleId role;                             ///< Holds
  ActionId action;                         ///< Can
  bool ordinarily = false;                 ///< Can
  ThresholdId threshold;                   ///< Threshold…

  friend bool operator==(const Cond&, const Cond&) = default;
};

class Conditions {
 public:
  TermId add(Term term);
  CondId add(Cond cond);
  const Term& term(TermId id) const { return terms_[id]; }
  const Cond& cond(CondId id) const { return conds_[id]; }
  std::size_t term_count() const { return terms_.size(); }
  std::size_t cond_count() const { return conds_.size(); }

  ThresholdId add(Threshold threshold) { return thresholds_.add(std::move(threshold)); }
  const Threshold& threshold(ThresholdId id) const { return thresholds_[id]; }

  // Terms
  TermId literal(Value value, Type type);
  TermId root(Root root, Type type, std::uint32_t index = 0);
  TermId attribute(TermId base, AttributeId attribute, Type type);
  TermId now();
  TermId roll_up(TermId term, EnumId to, const Schema& schema);   ///< law: roll_up to its own dimension is the term itself
  TermId unknown(Type type);

  // Conditions, with the laws that each applies
  CondId truth();
  CondId falsity();
  CondId unknown_cond();
  CondId negation(CondId c);                       ///< not not c = c; not T = F; not F = T
  CondId conjunction(std::vector<CondId> cs);      ///< flatten, sort, unique; drop T; F if any is F (horizon of constant F is ∞, the maximum)
  CondId disjunction(std::vector<CondId> cs);      ///< flatten, sort, unique; drop F; T if any is T
  CondId equal(TermId a, TermId b);
  CondId less(TermId a, TermId b);
  CondId less_equal(TermId a, TermId b);
  CondId in(TermId element, TermId set);

 private:
  support::Store<TermId, Term> terms_;
  support::Store<CondId, Cond> conds_;
  support::Store<ThresholdId, Threshold> thresholds_;
  std::unordered_multimap<std::size_t, TermId> term_index_;
  std::unordered_multimap<std::size_t, CondId> cond_index_;
};

/// Replaces terms by terms, everywhere in a condition (template arguments, a predicate's parameters, a capability's scope variable).
using Substitution = std::unordered_map<TermId, TermId>;
TermId substitute(Conditions& store, TermId term, const Substitution& by);
CondId substitute(Conditions& store, CondId cond, const Substitution& by);

/// What ids outside the store are called. Without a name: `role#3`, `$0` for a parameter, `#0` for a binder.
struct Names {
  std::function<std::string(RoleId)> role;
  std::vector<std::string> parameters;
  std::vector<std::string> binders;
  bool sorted = false;                     ///< operands by their text, so that no order of statements shows
};
/// `resource.amount <= 10000 EUR`, readable and stable: the spelling of the language, operands of `and` and `or` in order of their ids.
std::string print(const Conditions& store, const Schema& schema, TermId term, const Names& names = {});
std::string print(const Conditions& store, const Schema& schema, CondId cond, const Names& names = {});

}  // namespace writ::typed_ir
