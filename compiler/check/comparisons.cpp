// Atoms of conditions: comparisons, membership, sets, strings, days.
#include <fmt/format.h>

#include "compiler/check/condition_checker.h"
#include "compiler/check/days.h"
#include "compiler/check/magnitude.h"
#include "compiler/check/names.h"
#include "compiler/check/types.h"
#include "compiler/support/overloaded.h"

namespace writ::check {
namespace {

using ast::ExprKind;
using typed_ir::CondKind;

bool is_comparison(ExprKind kind) {
  return kind == ExprKind::Equal || kind == ExprKind::NotEqual || kind == ExprKind::Less || kind == ExprKind::LessEqual ||
         kind == ExprKind::Greater || kind == ExprKind::GreaterEqual;
}

bool is_date(const ast::Expr& e) {
  return e.kind == ExprKind::Literal && std::holds_alternative<ast::DateLiteral>(e.literal->value);
}

bool reads_now(const typed_ir::Conditions& store, TermId id) {
  const typed_ir::Term& term = store.term(id);
  if (term.kind == typed_ir::TermKind::Now) return true;
  for (const TermId a : term.a)
    if (reads_now(store, a)) return true;
  return false;
}

CondId atom(typed_ir::Conditions& store, CondKind kind, TermId a, TermId b) {
  typed_ir::Cond cond;
  cond.kind = kind;
  cond.t = {a, b};
  return store.add(std::move(cond));
}

}  // namespace

void ConditionChecker::report_mismatch(const ast::Expr& e, const Type& left, const Type& right) {
  context_.report(Code::type_mismatch, e.range, {text(left), text(right)})
      .with_label(expr(e.operands[0]).range, fmt::format("{}", text(left)))
      .with_label(expr(e.operands[1]).range, fmt::format("{}", text(right)));
}

std::optional<std::pair<TermId, TermId>> ConditionChecker::sides(const ast::Expr& e) {
  const bool right_first = flexible(expr(e.operands[0])) && !flexible(expr(e.operands[1]));
  const auto first = value(e.operands[right_first ? 1 : 0], nullptr);
  if (!first) return std::nullopt;
  const Type type = type_of(*first).required();
  const auto second = value(e.operands[right_first ? 0 : 1], &type);
  if (!second) return std::nullopt;
  return right_first ? std::pair(*second, *first) : std::pair(*first, *second);
}

bool ConditionChecker::comparable(const ast::Expr& e, TermId left, TermId right) {
  if (!present(left, expr(e.operands[0]).range) || !present(right, expr(e.operands[1]).range)) return false;
  Type a = type_of(left).required(), b = type_of(right).required();
  if (a.scalar == Scalar::Money && b.scalar == Scalar::Money) {
    if (!a.currency.empty() && !b.currency.empty() && a.currency != b.currency) {
      context_.report(Code::other_currency, e.range, {b.currency, a.currency})
          .with_label(expr(e.operands[0]).range, a.currency)
          .with_label(expr(e.operands[1]).range, b.currency);
      return false;
    }
    a.currency = b.currency;
  }
  if (a == b) return true;
  report_mismatch(e, a, b);
  return false;
}

bool ConditionChecker::ordered(const ast::Expr& e, const Type& type) {
  if (e.kind == ExprKind::Equal || e.kind == ExprKind::NotEqual) return true;
  switch (type.scalar) {
    case Scalar::Int:
    case Scalar::Decimal:
    case Scalar::Money:
    case Scalar::Time:
    case Scalar::Duration:
      if (!type.set) return true;
      break;
    case Scalar::Bool:
    case Scalar::String:
    case Scalar::Enum:
    case Scalar::Ref: break;
  }
  context_.report(Code::no_order, e.range, {text(type)});
  return false;
}

/// `x <= DATE` and `x > DATE` leave open whether the day is in.
bool ConditionChecker::date_rules(const ast::Expr& e) {
  const bool right = is_date(expr(e.operands[1])) && (e.kind == ExprKind::LessEqual || e.kind == ExprKind::Greater);
  const bool left = is_date(expr(e.operands[0])) && (e.kind == ExprKind::GreaterEqual || e.kind == ExprKind::Less);
  if (!right && !left) return true;
  const bool at_most = e.kind == ExprKind::LessEqual || e.kind == ExprKind::GreaterEqual;
  const ast::Expr& day = expr(e.operands[right ? 1 : 0]);
  const Range left_range = expr(e.operands[0]).range, right_range = expr(e.operands[1]).range;
  const std::string next = date_text(day_beside(std::get<ast::DateLiteral>(day.literal->value), 1));
  auto& message = context_.report(Code::until_needs_instant, day.range, {at_most ? "<=" : ">"});
  message.with_note("a bare date is the start of its day: write `during A through B`, or compare with < and >=");
  if (right) message.with_fix(fmt::format("write `{} {}`", at_most ? "<" : ">=", next), {{{e.range.file, left_range.end, right_range.end}, fmt::format(" {} {}", at_most ? "<" : ">=", next)}});
  else message.with_fix(fmt::format("write `{} {}`", next, at_most ? ">" : "<="), {{{e.range.file, left_range.begin, right_range.begin}, fmt::format("{} {} ", next, at_most ? ">" : "<=")}});
  return false;
}

bool ConditionChecker::now_rules(const ast::Expr& e, TermId left, TermId right) {
  const bool l = reads_now(store(), left), r = reads_now(store(), right);
  if (!l && !r) return true;
  if (e.kind == ExprKind::Equal || e.kind == ExprKind::NotEqual) {
    context_.report(Code::now_needs_order, e.range);
    return false;
  }
  if (l && r) {
    context_.report(Code::now_on_both_sides, e.range);
    return false;
  }
  return true;
}

bool ConditionChecker::timeless(TermId term, Range range) {
  if (!reads_now(store(), term)) return true;
  context_.report(Code::now_needs_order, range);
  return false;
}

bool ConditionChecker::wide_enough(const ast::Expr& e, TermId left, TermId right) {
  if (fits_128_bits(store(), left, right)) return true;
  context_.report(Code::arithmetic_too_wide, e.range);
  return false;
}

std::optional<CondId> ConditionChecker::build(ExprKind kind, TermId left, TermId right) {
  if (kind == ExprKind::Equal) return store().equal(left, right);
  if (kind == ExprKind::NotEqual) return store().negation(store().equal(left, right));
  if (kind == ExprKind::Less) return store().less(left, right);
  if (kind == ExprKind::LessEqual) return store().less_equal(left, right);
  if (kind == ExprKind::Greater) return store().less(right, left);
  return store().less_equal(right, left);
}

std::optional<CondId> ConditionChecker::known(const ast::Expr& e, ast::ExprId operand) {
  const auto term = value(operand, nullptr);
  if (!term) return std::nullopt;
  if (e.kind != ExprKind::Equal && e.kind != ExprKind::NotEqual) {
    context_.report(Code::none_is_no_value, e.range);
    return std::nullopt;
  }
  if (!type_of(*term).optional) {
    context_.report(Code::never_absent, expr(operand).range, {text(type_of(*term))});
    return std::nullopt;
  }
  typed_ir::Cond cond;
  cond.kind = CondKind::Known;
  cond.t = {*term};
  const CondId is_known = store().add(std::move(cond));
  return e.kind == ExprKind::NotEqual ? is_known : store().negation(is_known);
}

std::optional<CondId> ConditionChecker::threshold(const ast::Expr& e) {
  const auto names = [&](ast::ExprId id) -> const Symbol* {
    const ast::Expr& operand = expr(id);
    if (operand.kind != ExprKind::Path || is_root_word(segments(operand.path).front().text)) return nullptr;
    std::string dotted;
    for (const ast::Name& name : operand.path) dotted += (dotted.empty() ? "" : ".") + name.text;
    return find(context_, site_, dotted, Kinds::of(SymbolKind::Threshold));
  };
  const Symbol* left = names(e.operands[0]);
  const Symbol* right = names(e.operands[1]);
  const Symbol* symbol = right ? right : left;
  context_.used(expr(e.operands[right ? 1 : 0]).range, symbol->written.range);
  const ast::ExprId other = e.operands[right ? 0 : 1];
  const auto amount = value(other, nullptr);
  if (!amount) return std::nullopt;
  const Type type = type_of(*amount);
  if (type.scalar != Scalar::Money || type.set) {
    context_.report(Code::type_mismatch, e.range, {text(type), "money"}).with_label(expr(other).range, text(type));
    return std::nullopt;
  }
  if (!present(*amount, expr(other).range)) return std::nullopt;
  const typed_ir::ThresholdId id = context_.thresholds[symbol->index];
  if (!type.currency.empty()) {
    bool listed = false;
    for (const Value& value : store().threshold(id).amounts) listed = listed || value.text == type.currency;
    if (!listed) {
      context_.report(Code::threshold_without_currency, e.range, {symbol->local, type.currency})
          .with_label(symbol->written.range, "defined here");
      return std::nullopt;
    }
  }
  ExprKind kind = e.kind;
  if (!right) {   // T < x is x > T
    if (kind == ExprKind::Less) kind = ExprKind::Greater;
    else if (kind == ExprKind::LessEqual) kind = ExprKind::GreaterEqual;
    else if (kind == ExprKind::Greater) kind = ExprKind::Less;
    else if (kind == ExprKind::GreaterEqual) kind = ExprKind::LessEqual;
  }
  if (kind == ExprKind::Equal || kind == ExprKind::NotEqual) {
    context_.report(Code::threshold_is_a_bound, e.range, {symbol->local});
    return std::nullopt;
  }
  typed_ir::Cond cond;
  cond.kind = kind == ExprKind::Less || kind == ExprKind::GreaterEqual ? CondKind::ThresholdLess : CondKind::ThresholdLessEqual;
  cond.t = {*amount};
  cond.threshold = id;
  const CondId below = store().add(std::move(cond));
  return kind == ExprKind::Less || kind == ExprKind::LessEqual ? below : store().negation(below);
}

std::optional<CondId> ConditionChecker::comparison(const ast::Expr& e) {
  for (const ast::ExprId operand : e.operands) {
    if (!is_comparison(expr(operand).kind) || expr(operand).parenthesised) continue;
    context_.report(Code::chained_comparison, e.range).with_note("say both halves: `a < b and b < c`");
    return std::nullopt;
  }
  for (int i = 0; i < 2; ++i)
    if (is_none(context_, site_, e.operands[i])) return known(e, e.operands[1 - i]);
  for (const ast::ExprId operand : e.operands) {
    const ast::Expr& side = expr(operand);
    if (side.kind != ExprKind::Path || is_root_word(segments(side.path).front().text)) continue;
    std::string dotted;
    for (const ast::Name& name : side.path) dotted += (dotted.empty() ? "" : ".") + name.text;
    if (find(context_, site_, dotted, Kinds::of(SymbolKind::Threshold)) &&
        (side.path.size() > 1 || !context_.enumerators.count(dotted)))
      return threshold(e);
  }
  if (!date_rules(e)) return std::nullopt;
  const auto both = sides(e);
  if (!both) return std::nullopt;
  const auto [left, right] = *both;
  if (!comparable(e, left, right) || !ordered(e, type_of(left)) || !now_rules(e, left, right) || !wide_enough(e, left, right))
    return std::nullopt;
  return build(e.kind, left, right);
}

std::optional<CondId> ConditionChecker::member(const ast::Expr& e, ast::ExprId element, ast::ExprId set) {
  const bool set_first = expr(set).kind != ExprKind::Set;
  std::optional<TermId> in, x;
  if (set_first) {
    in = value(set, nullptr);
    if (!in) return std::nullopt;
    const Type wanted = type_of(*in).element();
    x = value(element, &wanted);
  } else {
    x = value(element, nullptr);
    if (!x) return std::nullopt;
    Type wanted = type_of(*x).element();
    wanted.set = true;
    in = value(set, &wanted);
  }
  if (!x || !in || !present(*x, expr(element).range) || !present(*in, expr(set).range)) return std::nullopt;
  const Type of = type_of(*in);
  if (!of.set) {
    context_.report(Code::set_expected, expr(set).range, {text(of)});
    return std::nullopt;
  }
  Type a = type_of(*x).required(), b = of.element();
  if (a.scalar == Scalar::Money && b.scalar == Scalar::Money && (a.currency.empty() || b.currency.empty())) a.currency = b.currency;
  if (a != b) {
    context_.report(Code::type_mismatch, e.range, {text(a), text(of)})
        .with_label(expr(element).range, text(a))
        .with_label(expr(set).range, text(of));
    return std::nullopt;
  }
  if (!timeless(*x, expr(element).range)) return std::nullopt;
  return store().in(*x, *in);
}

std::optional<CondId> ConditionChecker::membership(const ast::Expr& e) {
  const ast::Expr& set = expr(e.operands[1]);
  if (set.kind == ExprKind::Path && set.path.size() == 1 && !scope_.names.count(set.path[0].text) &&
      find(context_, site_, set.path[0].text, Kinds::of(SymbolKind::Calendar))) {
    context_.unsupported(e.range, fmt::format("now in {}", set.path[0].text));
    return std::nullopt;
  }
  return member(e, e.operands[0], e.operands[1]);
}

std::optional<CondId> ConditionChecker::includes(const ast::Expr& e) {
  const ast::Expr& what = expr(e.operands[1]);
  if (what.kind == ExprKind::Set) {
    const auto set = value(e.operands[0], nullptr);
    if (!set) return std::nullopt;
    const Type wanted = type_of(*set).required();
    const auto part = value(e.operands[1], &wanted);
    if (!part || !comparable(e, *set, *part)) return std::nullopt;
    return atom(store(), CondKind::SubsetOf, *part, *set);
  }
  if (!flexible(what)) {
    const auto part = value(e.operands[1], nullptr);
    if (part && type_of(*part).set) {
      const auto set = value(e.operands[0], nullptr);
      if (!set || !comparable(e, *set, *part)) return std::nullopt;
      warn_if_maybe_empty(*part, what.range);
      return atom(store(), CondKind::SubsetOf, *part, *set);
    }
    if (!part) return std::nullopt;
  }
  return member(e, e.operands[1], e.operands[0]);
}

void ConditionChecker::warn_if_maybe_empty(TermId left, Range range) {
  if (!scope_.grant || filled_.count(left)) return;
  if (store().term(left).kind == typed_ir::TermKind::SetLiteral && !store().term(left).a.empty()) return;
  context_.report(Code::subset_of_maybe_empty, range).with_note("an empty set is part of every set, so this grants to whoever has none");
}

std::optional<CondId> ConditionChecker::set_relation(const ast::Expr& e) {
  const auto both = sides(e);
  if (!both) return std::nullopt;
  const auto [left, right] = *both;
  for (int i = 0; i < 2; ++i) {
    const TermId side = i == 0 ? left : right;
    if (type_of(side).set) continue;
    context_.report(Code::set_expected, expr(e.operands[i]).range, {text(type_of(side))});
    return std::nullopt;
  }
  if (!comparable(e, left, right)) return std::nullopt;
  if (e.kind == ExprKind::SubsetOf) warn_if_maybe_empty(left, expr(e.operands[0]).range);
  return atom(store(), e.kind == ExprKind::SubsetOf ? CondKind::SubsetOf : CondKind::Overlaps, left, right);
}

std::optional<CondId> ConditionChecker::under(const ast::Expr& e) {
  const auto both = sides(e);
  if (!both || !comparable(e, both->first, both->second)) return std::nullopt;
  const Type type = type_of(both->first).required();
  const bool hierarchy = !type.set && (type.scalar == Scalar::Ref ||
                                       (type.scalar == Scalar::Enum && context_.schema().enums[type.enumeration].open));
  if (hierarchy) return atom(store(), CondKind::Under, both->first, both->second);
  context_.report(Code::no_hierarchy, e.range, {text(type)});
  return std::nullopt;
}

std::optional<CondId> ConditionChecker::affix(const ast::Expr& e) {
  Type string;
  string.scalar = Scalar::String;
  const auto whole = value(e.operands[0], &string);
  if (!whole || !present(*whole, expr(e.operands[0]).range)) return std::nullopt;
  if (type_of(*whole).required() != string) {
    context_.report(Code::wrong_type, expr(e.operands[0]).range, {text(type_of(*whole)), "string"});
    return std::nullopt;
  }
  if (expr(e.operands[1]).kind != ExprKind::Literal) {
    context_.report(Code::constant_expected, expr(e.operands[1]).range);
    return std::nullopt;
  }
  const auto part = value(e.operands[1], &string);
  if (!part) return std::nullopt;
  return atom(store(), e.kind == ExprKind::StartsWith ? CondKind::StartsWith : CondKind::EndsWith, *whole, *part);
}

std::optional<CondId> ConditionChecker::is_empty(const ast::Expr& e) {
  const auto set = value(e.operands[0], nullptr);
  if (!set || !present(*set, expr(e.operands[0]).range)) return std::nullopt;
  if (!type_of(*set).set) {
    context_.report(Code::set_expected, expr(e.operands[0]).range, {text(type_of(*set))});
    return std::nullopt;
  }
  typed_ir::Cond cond;
  cond.kind = CondKind::IsEmpty;
  cond.t = {*set};
  return store().add(std::move(cond));
}

std::optional<CondId> ConditionChecker::during(const ast::Expr& e) {
  Type time;
  time.scalar = Scalar::Time;
  const auto at = value(e.operands[0], &time);
  if (!at || !present(*at, expr(e.operands[0]).range)) return std::nullopt;
  if (type_of(*at).required() != time) {
    context_.report(Code::wrong_type, expr(e.operands[0]).range, {text(type_of(*at)), "time"});
    return std::nullopt;
  }
  const auto bound = [&](ast::ExprId id, bool through) -> std::optional<TermId> {
    const ast::Expr& day = expr(id);
    if (day.kind != ExprKind::Literal) {
      context_.report(Code::constant_expected, day.range);
      return std::nullopt;
    }
    const auto* date = std::get_if<ast::DateLiteral>(&day.literal->value);
    if (!date || !through) return value(id, &time);
    const auto end = start_of_next_day(context_, site_, *date, day.range);
    if (!end) return std::nullopt;
    Value instant;
    instant.scalar = Scalar::Time;
    instant.number = *end;
    return store().literal(std::move(instant), time);
  };
  const auto from = bound(e.operands[1], false);
  const auto until = bound(e.operands[2], true);
  if (!from || !until) return std::nullopt;
  if (store().term(*from).value.number >= store().term(*until).value.number) {
    context_.report(Code::empty_period, expr(e.operands[2]).range).with_label(expr(e.operands[1]).range, "starts here");
    return std::nullopt;
  }
  return store().conjunction({store().less_equal(*from, *at), store().less(*at, *until)});
}

}  // namespace writ::check
