#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/condition_checker.h"
#include "compiler/check/names.h"
#include "compiler/check/roles.h"
#include "compiler/check/types.h"

namespace writ::check {
namespace {

using ast::ExprKind;
using typed_ir::CondKind;

Shown unite(Shown a, const Shown& b) {
  a.present.insert(b.present.begin(), b.present.end());
  a.filled.insert(b.filled.begin(), b.filled.end());
  return a;
}

std::set<TermId> common(const std::set<TermId>& a, const std::set<TermId>& b) {
  std::set<TermId> both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.end()));
  return both;
}

Shown shown_by_all(const typed_ir::Conditions& store, const typed_ir::Cond& cond, bool value) {
  Shown result;
  for (const CondId c : cond.c) result = unite(std::move(result), shown_if(store, c, value));
  return result;
}

Shown shown_by_each(const typed_ir::Conditions& store, const typed_ir::Cond& cond, bool value) {
  Shown result = shown_if(store, cond.c.front(), value);
  for (std::size_t i = 1; i < cond.c.size(); ++i) {
    const Shown next = shown_if(store, cond.c[i], value);
    result = {common(result.present, next.present), common(result.filled, next.filled)};
  }
  return result;
}

}  // namespace

Shown shown_if(const typed_ir::Conditions& store, CondId id, bool value) {
  const typed_ir::Cond& cond = store.cond(id);
  switch (cond.kind) {
    case CondKind::Not: return shown_if(store, cond.c.front(), !value);
    case CondKind::And: return value ? shown_by_all(store, cond, true) : shown_by_each(store, cond, false);
    case CondKind::Or: return value ? shown_by_each(store, cond, true) : shown_by_all(store, cond, false);
    case CondKind::Known: return value ? Shown{{cond.t.front()}, {}} : Shown{};
    case CondKind::IsEmpty: return value ? Shown{} : Shown{{}, {cond.t.front()}};
    case CondKind::In: return value ? Shown{{}, {cond.t.back()}} : Shown{};
    case CondKind::Overlaps: return value ? Shown{{}, {cond.t.front(), cond.t.back()}} : Shown{};
    case CondKind::True:
    case CondKind::False:
    case CondKind::Unknown:
    case CondKind::Fact:
    case CondKind::Equal:
    case CondKind::Less:
    case CondKind::LessEqual:
    case CondKind::ThresholdLess:
    case CondKind::ThresholdLessEqual:
    case CondKind::SubsetOf:
    case CondKind::StartsWith:
    case CondKind::EndsWith:
    case CondKind::Under:
    case CondKind::Holds:
    case CondKind::Can:
    case CondKind::AtLeast: return {};
  }
  return {};
}

std::string ConditionChecker::text(const Type& type) const { return type_text(context_, type); }

std::optional<CondId> ConditionChecker::condition(ast::ExprId id) {
  const ast::Expr& e = expr(id);
  switch (e.kind) {
    case ExprKind::Literal:
      if (const auto* truth = std::get_if<ast::BoolLiteral>(&e.literal->value)) return truth->value ? store().truth() : store().falsity();
      report_no_condition(e);
      return std::nullopt;
    case ExprKind::Path: return fact(e);
    case ExprKind::Call: return call(e);
    case ExprKind::Not: return negation(e);
    case ExprKind::And:
    case ExprKind::Or: return junction(e);
    case ExprKind::Equal:
    case ExprKind::NotEqual:
    case ExprKind::Less:
    case ExprKind::LessEqual:
    case ExprKind::Greater:
    case ExprKind::GreaterEqual: return comparison(e);
    case ExprKind::In: return membership(e);
    case ExprKind::Includes: return includes(e);
    case ExprKind::Overlaps:
    case ExprKind::SubsetOf: return set_relation(e);
    case ExprKind::Under: return under(e);
    case ExprKind::StartsWith:
    case ExprKind::EndsWith: return affix(e);
    case ExprKind::IsEmpty: return is_empty(e);
    case ExprKind::During: return during(e);
    case ExprKind::Holds: return holds(e);
    case ExprKind::Can: return can(e);
    case ExprKind::Now:
    case ExprKind::Set:
    case ExprKind::Add:
    case ExprKind::Subtract:
    case ExprKind::Multiply:
    case ExprKind::Otherwise: report_no_condition(e); return std::nullopt;
  }
  return std::nullopt;
}

void ConditionChecker::report_no_condition(const ast::Expr& e) { context_.report(Code::condition_expected, e.range); }

std::optional<CondId> ConditionChecker::negation(const ast::Expr& e) {
  const auto inner = condition(e.operands.front());
  return inner ? std::optional(store().negation(*inner)) : std::nullopt;
}

std::optional<CondId> ConditionChecker::junction(const ast::Expr& e) {
  const bool is_and = e.kind == ExprKind::And;
  const auto saved_present = present_;
  const auto saved_filled = filled_;
  std::vector<CondId> parts;
  bool good = true;
  for (const ast::ExprId operand : e.operands) {
    const ast::Expr& inner = expr(operand);
    const bool mixed = inner.kind == (is_and ? ExprKind::Or : ExprKind::And) && !inner.parenthesised;
    if (mixed) {
      context_.report(Code::mixed_and_or, inner.range)
          .with_fix("put this part in parentheses", {{{inner.range.file, inner.range.begin, inner.range.begin}, "("},
                                                     {{inner.range.file, inner.range.end, inner.range.end}, ")"}});
      good = false;
    }
    const auto part = condition(operand);
    if (!part) {
      good = false;
      continue;
    }
    parts.push_back(*part);
    const Shown shown = shown_if(store(), *part, is_and);
    present_.insert(shown.present.begin(), shown.present.end());
    filled_.insert(shown.filled.begin(), shown.filled.end());
  }
  present_ = saved_present;
  filled_ = saved_filled;
  if (!good) return std::nullopt;
  return is_and ? store().conjunction(std::move(parts)) : store().disjunction(std::move(parts));
}

/// A predicate without parameters, or a fact that is true or false.
std::optional<CondId> ConditionChecker::fact(const ast::Expr& e) {
  const auto names = segments(e.path);
  if (!is_root_word(names.front().text)) {
    std::string dotted;
    for (const ast::Name& name : names) dotted += (dotted.empty() ? "" : ".") + name.text;
    if (const Symbol* symbol = find(context_, site_, dotted, Kinds::of(SymbolKind::Predicate))) {
      context_.used(source::join(names.front().range, names.back().range), symbol->written.range);
      return predicate(*symbol, {}, e.range);
    }
  }
  const auto term = path(e.path, nullptr);
  if (!term) return std::nullopt;
  const Type type = type_of(*term);
  if (type.scalar != Scalar::Bool || type.set) {
    context_.report(Code::condition_expected, e.range).label = fmt::format("this is {}", text(type));
    return std::nullopt;
  }
  if (!present(*term, e.range)) return std::nullopt;
  typed_ir::Cond cond;
  cond.kind = CondKind::Fact;
  cond.t = {*term};
  return store().add(std::move(cond));
}

std::optional<CondId> ConditionChecker::call(const ast::Expr& e) {
  const ast::Name& name = e.path.front();
  if (name.text == "same person") {
    if (e.operands.size() != 2) {
      context_.report(Code::wrong_argument_count, e.range, {"same person", "2", std::to_string(e.operands.size())});
      return std::nullopt;
    }
    const auto left = value(e.operands[0], nullptr);
    if (!left) return std::nullopt;
    const Type type = type_of(*left).element();
    const auto right = value(e.operands[1], &type);
    if (!right || !comparable(e, *left, *right)) return std::nullopt;
    return store().equal(*left, *right);
  }
  std::string dotted;
  for (const ast::Name& part : e.path) dotted += (dotted.empty() ? "" : ".") + part.text;
  const ast::Name whole{dotted, source::join(e.path.front().range, e.path.back().range)};
  if (const auto meant = foreign_function(segments(e.path).back().text); meant && !find(context_, site_, dotted, Kinds::of(SymbolKind::Predicate))) {
    suggest(report_unknown(context_, whole, "a predicate", {}), whole.range, *meant);
    return std::nullopt;
  }
  const Symbol* symbol = resolve(context_, site_, whole, Kinds::of(SymbolKind::Predicate), "a predicate");
  return symbol ? predicate(*symbol, e.operands, e.range) : std::nullopt;
}

std::optional<CondId> ConditionChecker::holds(const ast::Expr& e) {
  const auto person = value(e.operands.front(), nullptr);
  if (!person || !present(*person, expr(e.operands.front()).range)) return std::nullopt;
  const Type type = type_of(*person);
  if (type.scalar != Scalar::Ref || type.set || !context_.schema().entities[type.entity].is_principal()) {
    context_.report(Code::principal_expected, expr(e.operands.front()).range, {text(type)});
    return std::nullopt;
  }
  const auto role = check_role(context_, site_, scope_, *e.role);
  if (!role) return std::nullopt;
  typed_ir::Cond cond;
  cond.kind = CondKind::Holds;
  cond.role = role->role;
  cond.t = {*person};
  cond.t.insert(cond.t.end(), role->args.begin(), role->args.end());
  return store().add(std::move(cond));
}

std::optional<TermId> ConditionChecker::bound(const ast::Name& name, const Type& expected) {
  const auto found = scope_.names.find(name.text);
  if (found == scope_.names.end()) {
    std::vector<std::string> all;
    for (const auto& [known, term] : scope_.names) all.push_back(known);
    report_unknown(context_, name, fmt::format("a variable of type {} bound in front", text(expected)), all);
    return std::nullopt;
  }
  const Type type = type_of(found->second);
  if (type == expected) {
    context_.used_local(name);
    return found->second;
  }
  context_.report(Code::wrong_type, name.range, {text(type), text(expected)});
  return std::nullopt;
}

std::optional<CondId> ConditionChecker::can(const ast::Expr& e) {
  if (!scope_.claim) {
    context_.report(Code::can_outside_claim, e.range);
    return std::nullopt;
  }
  const Symbol* action = resolve(context_, site_, e.path.front(), Kinds::of(SymbolKind::Action), "an action");
  const auto person = value(e.operands.front(), nullptr);
  if (!action || !person) return std::nullopt;
  const EntityId resource = context_.schema().actions[action->action()].resource;
  if (e.operands.size() > 1 && !resource) {
    context_.report(Code::action_without_resource, expr(e.operands[1]).range, {action->local});
    return std::nullopt;
  }
  typed_ir::Cond cond;
  cond.kind = CondKind::Can;
  cond.action = action->action();
  cond.ordinarily = e.ordinarily;
  cond.t.assign(4, TermId{});
  cond.t[0] = *person;
  if (e.operands.size() > 1) {
    const Type wanted = ref_to(resource);
    const auto on = value(e.operands[1], &wanted);
    if (!on) return std::nullopt;
    if (type_of(*on).required() != wanted) {
      context_.report(Code::wrong_type, expr(e.operands[1]).range, {text(type_of(*on)), text(wanted)});
      return std::nullopt;
    }
    cond.t[1] = *on;
  }
  if (e.in_context) {
    const auto in = bound(*e.in_context, ref_to(context_.schema().context));
    if (!in) return std::nullopt;
    cond.t[2] = *in;
  }
  if (e.at_instant) {
    Type time;
    time.scalar = Scalar::Time;
    const auto at = bound(*e.at_instant, time);
    if (!at) return std::nullopt;
    cond.t[3] = *at;
  }
  while (!cond.t.back().valid()) cond.t.pop_back();
  return store().add(std::move(cond));
}

std::optional<CondId> check_condition(Context& context, const Site& site, const ConditionScope& scope, ast::ExprId expr) {
  return ConditionChecker(context, site, scope).condition(expr);
}

std::optional<CondId> check_optional_condition(Context& context, const Site& site, const ConditionScope& scope, ast::ExprId expr) {
  return expr ? check_condition(context, site, scope, expr) : context.conditions().truth();
}

std::optional<TermId> check_term(Context& context, const Site& site, const ConditionScope& scope, ast::ExprId expr,
                                 const Type* expected) {
  return ConditionChecker(context, site, scope).value(expr, expected);
}

std::optional<TermId> check_path(Context& context, const Site& site, const ConditionScope& scope, const std::vector<ast::Name>& path) {
  return ConditionChecker(context, site, scope).path(path, nullptr);
}

void check_parameter_names(Context& context, const std::vector<ast::Param>& params) {
  static const std::set<std::string, std::less<>> kWords = {"principal", "resource", "context", "input", "subject",
                                                            "now",       "none",     "true",    "false"};
  std::map<std::string, Range> seen;
  for (const ast::Param& param : params) {
    if (kWords.count(param.name.text)) context.report(Code::shadowed_word, param.name.range, {param.name.text});
    const auto [first, fresh] = seen.emplace(param.name.text, param.name.range);
    if (!fresh) context.report(Code::defined_twice, param.name.range, {param.name.text}).with_label(first->second, "first here");
  }
}

void add_parameters(Context& context, const std::vector<ast::Param>& params, const std::vector<Type>& types, ConditionScope& scope) {
  for (std::uint32_t i = 0; i < params.size() && i < types.size(); ++i)
    scope.names.emplace(params[i].name.text, context.conditions().root(typed_ir::Root::Parameter, types[i], i));
}

}  // namespace writ::check
