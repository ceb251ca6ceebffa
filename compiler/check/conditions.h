// Conditions as written → typed conditions over three values. An optional value may be used only under a guard; `and` and `or` do not
// mix; predicates are inlined; the types of both sides of a comparison agree.
#pragma once

#include <map>

#include "compiler/check/context.h"

namespace writ::check {

/// What the names in a condition stand for. An invalid entity: that word is not in scope there.
struct ConditionScope {
  EntityId principal;
  EntityId resource;
  EntityId input;
  EntityId subject;
  bool context = true;
  std::map<std::string, TermId, std::less<>> names;     ///< parameters (Root::Parameter), binders (Root::Binder), a predicate's arguments
  bool claim = false;                   ///< `can` is allowed
  bool grant = false;                   ///< warns about `subset of` with a left side that may be empty
  std::string_view where = "this condition";   ///< for messages: "a birthright", "a lift's `while`"
};

/// nullopt after an error.
std::optional<CondId> check_condition(Context& context, const Site& site, const ConditionScope& scope, ast::ExprId expr);
/// An invalid ExprId is T.
std::optional<CondId> check_optional_condition(Context& context, const Site& site, const ConditionScope& scope, ast::ExprId expr);
std::optional<TermId> check_term(Context& context, const Site& site, const ConditionScope& scope, ast::ExprId expr, const Type* expected);
/// A dotted path of the author's (key paths, `within principal.companies`, chains): `principal.manager` as a term.
std::optional<TermId> check_path(Context& context, const Site& site, const ConditionScope& scope, const std::vector<ast::Name>& path);

/// Which words a condition reads, predicates included; syntactic, before any type is known.
struct Reads {
  bool principal = false;
  bool resource = false;
  bool input = false;
  bool subject = false;
  bool now = false;
  std::vector<std::string> principal_attributes;   ///< first hops: `principal.X`
  std::vector<std::string> resource_attributes;
};
Reads reads_of(Context& context, const Site& site, ast::ExprId expr);

/// Reports parameters of one name, and names that shadow a word of the language.
void check_parameter_names(Context& context, const std::vector<ast::Param>& params);
/// Adds parameters to a scope as Root::Parameter.
void add_parameters(Context& context, const std::vector<ast::Param>& params, const std::vector<Type>& types, ConditionScope& scope);

/// Terms reachable from a condition, each once.
std::vector<TermId> terms_of(const typed_ir::Conditions& store, CondId cond);
std::vector<CondId> conds_of(const typed_ir::Conditions& store, CondId cond);

struct PredicateCache {
  struct Key {
    SymbolId predicate;
    std::vector<TermId> args;
    EntityId principal, resource, input, subject;
    friend bool operator==(const Key&, const Key&) = default;
  };
  struct Hash {
    std::size_t operator()(const Key& key) const;
  };
  std::unordered_map<Key, std::optional<CondId>, Hash> inlined;
  std::vector<SymbolId> open;           ///< being inlined now, outermost first
};
/// Reports cycles and what is wrong in predicates that nobody uses.
void check_predicates(Context& context);

}  // namespace writ::check
