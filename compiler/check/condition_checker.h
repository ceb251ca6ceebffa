// The type checker of conditions (private to conditions*.cpp). One object checks one expression tree in one scope; it remembers which
// optional values the conditions to the left have shown to be there.
#pragma once

#include <optional>
#include <set>

#include "compiler/check/conditions.h"
#include "compiler/check/foreign_words.h"

namespace writ::check {

class ConditionChecker {
 public:
  ConditionChecker(Context& context, const Site& site, const ConditionScope& scope) : context_(context), site_(site), scope_(scope) {}

  std::optional<CondId> condition(ast::ExprId id);
  std::optional<TermId> value(ast::ExprId id, const Type* expected);
  std::optional<TermId> path(const std::vector<ast::Name>& written, const Type* expected);
  /// Arguments of a predicate whose parameters are not optional: shown to be there where the predicate is used.
  void assume_present(TermId term) { present_.insert(term); }
  /// Chains: a path that leads nowhere is known to lead nowhere (semantics.md 7.5).
  void allow_absent() { absent_allowed_ = true; }

 private:
  const ast::Expr& expr(ast::ExprId id) const { return context_.expr(site_, id); }
  typed_ir::Conditions& store() { return context_.conditions(); }
  Type type_of(TermId term) { return store().term(term).type; }
  std::string text(const Type& type) const;

  // Logic (conditions.cpp)
  std::optional<CondId> junction(const ast::Expr& e);
  std::optional<CondId> negation(const ast::Expr& e);
  std::optional<CondId> fact(const ast::Expr& e);
  std::optional<CondId> call(const ast::Expr& e);
  std::optional<CondId> predicate(const Symbol& symbol, const std::vector<ast::ExprId>& args, Range range);
  std::optional<CondId> inline_predicate(const Symbol& symbol, const std::vector<TermId>& args);
  std::optional<std::vector<TermId>> arguments(const Symbol& symbol, const std::vector<ast::ExprId>& args, Range range);
  std::optional<CondId> holds(const ast::Expr& e);
  std::optional<CondId> can(const ast::Expr& e);
  std::optional<TermId> bound(const ast::Name& name, const Type& expected);
  void report_no_condition(const ast::Expr& e);

  // Comparisons (comparisons.cpp)
  std::optional<CondId> comparison(const ast::Expr& e);
  std::optional<CondId> known(const ast::Expr& e, ast::ExprId operand);
  std::optional<CondId> threshold(const ast::Expr& e);
  std::optional<CondId> build(ast::ExprKind kind, TermId left, TermId right);
  bool comparable(const ast::Expr& e, TermId left, TermId right);
  bool ordered(const ast::Expr& e, const Type& type);
  bool date_rules(const ast::Expr& e);
  bool now_rules(const ast::Expr& e, TermId left, TermId right);
  bool wide_enough(const ast::Expr& e, TermId left, TermId right);
  std::optional<std::pair<TermId, TermId>> sides(const ast::Expr& e);
  std::optional<CondId> membership(const ast::Expr& e);
  std::optional<CondId> member(const ast::Expr& e, ast::ExprId element, ast::ExprId set);
  std::optional<CondId> includes(const ast::Expr& e);
  std::optional<CondId> set_relation(const ast::Expr& e);
  std::optional<CondId> under(const ast::Expr& e);
  std::optional<CondId> affix(const ast::Expr& e);
  std::optional<CondId> is_empty(const ast::Expr& e);
  std::optional<CondId> during(const ast::Expr& e);
  void warn_if_maybe_empty(TermId left, Range range);
  bool timeless(TermId term, Range range);
  void report_mismatch(const ast::Expr& e, const Type& left, const Type& right);

  // Values (values.cpp)
  std::optional<TermId> set_literal(const ast::Expr& e, const Type* expected);
  std::optional<TermId> arithmetic(const ast::Expr& e, const Type* expected);
  std::optional<TermId> scale(const ast::Expr& e, const Type* expected);
  std::optional<TermId> otherwise(const ast::Expr& e, const Type* expected);
  std::optional<TermId> root(const ast::Name& name);
  std::optional<TermId> enumerator(const ast::Name& name, const Type& expected);
  std::optional<TermId> step(TermId base, const ast::Name& name, Range so_far);
  std::optional<TermId> named_enumerator(const std::vector<ast::Name>& path);
  void report_bare_name(const std::vector<ast::Name>& path, const Type* expected);
  std::optional<Meant> root_meant(std::string_view word) const;
  /// `principal`, `resource` … as far as they are in scope, with their types.
  std::vector<std::pair<std::string, EntityId>> roots() const;
  bool is_root_word(std::string_view word) const;
  /// A literal, a set of such, or a bare name: takes its type from the other side.
  bool flexible(const ast::Expr& e) const;
  bool bare(const ast::Expr& e) const;
  bool present(TermId term, Range range);          ///< reports optional_without_guard

  Context& context_;
  Site site_;
  const ConditionScope& scope_;
  std::set<TermId> present_;                       ///< optional values shown to be there
  std::set<TermId> filled_;                        ///< sets shown not to be empty
  bool absent_allowed_ = false;
};

/// What a condition shows when it is true (or false): optional values that are there, sets that are not empty.
struct Shown {
  std::set<TermId> present;
  std::set<TermId> filled;
};
Shown shown_if(const typed_ir::Conditions& store, CondId cond, bool value);

/// Dotted names split into one Name per segment.
std::vector<ast::Name> segments(const std::vector<ast::Name>& path);

}  // namespace writ::check
