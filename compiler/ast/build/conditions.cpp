// Conditions: the ladder or, and, not, comparison, sum, term, primary. A rung with one child and no sign of its own is stepped over.
#include "compiler/ast/build/phrases.h"

namespace writ::ast::building {
namespace {

Expr make(ExprKind kind, Range range, std::vector<ExprId> operands = {}) {
  Expr expr;
  expr.kind = kind;
  expr.range = range;
  expr.operands = std::move(operands);
  return expr;
}

/// Signs in a row that nest (`not not`, `a + b + c`): the tree stays shallow, so that whoever walks it may recurse.
constexpr std::size_t kLongestRow = 200;

void tell_too_long(Context& context, Range range) {
  context.sink.report(diagnostics::Code::row_too_long, range, {std::to_string(kLongestRow)});
}

ExprId sum_of(Context& context, const Syntax& sum);

ExprId primary_of(Context& context, const Syntax& primary);

ExprId literal_expr(Context& context, const Syntax& literal) {
  if (literal.has(TokenKind::KwNow)) return context.add(make(ExprKind::Now, literal.range()));
  Expr expr = make(ExprKind::Literal, literal.range());
  expr.literal = literal_of(context, literal);
  return context.add(std::move(expr));
}

std::vector<ExprId> each_expr(Context& context, const Syntax& node) {
  std::vector<ExprId> exprs;
  for (const Syntax& expr : node.all(RuleKind::Expr)) exprs.push_back(expr_of(context, expr));
  return exprs;
}

ExprId call_of(Context& context, const Syntax& call) {
  Expr expr = make(ExprKind::Call, call.range(), each_expr(context, must(call, RuleKind::Args)));
  const auto name = find_name(call, RuleKind::Dotted);
  const Range same_person{call.range().file, call.range().begin, call.range().begin};
  expr.path = {name ? *name : Name{"same person", call.has(TokenKind::KwPerson) ? source::join(same_person, call.range(must(call, TokenKind::KwPerson))) : same_person}};
  return context.add(std::move(expr));
}

ExprId path_expr(Context& context, const Syntax& path) {
  Expr expr = make(ExprKind::Path, path.range());
  expr.path = path_from(path);
  return context.add(std::move(expr));
}

ExprId primary_of(Context& context, const Syntax& primary) {
  const Syntax inner = *primary.only();
  if (inner.kind() == RuleKind::Literal) return literal_expr(context, inner);
  if (inner.kind() == RuleKind::Call) return call_of(context, inner);
  if (inner.kind() == RuleKind::Path) return path_expr(context, inner);
  if (inner.kind() == RuleKind::Set) return context.add(make(ExprKind::Set, inner.range(), each_expr(context, inner)));
  const ExprId inside = expr_of(context, inner);
  context.file.exprs[inside].parenthesised = true;
  return inside;
}

ExprId term_of(Context& context, const Syntax& term) {
  ExprId left = primary_of(context, must(term, RuleKind::Primary));
  if (const auto factor = term.child(RuleKind::Primary, 1)) {
    const Range range = source::join(context.file.exprs[left].range, factor->range());
    left = context.add(make(ExprKind::Multiply, range, {left, primary_of(context, *factor)}));
  }
  if (const auto otherwise = term.child(RuleKind::OtherwiseClause)) {
    left = context.add(make(ExprKind::Otherwise, term.range(), {left, primary_of(context, must(*otherwise, RuleKind::Primary))}));
  }
  return left;
}

ExprId sum_of(Context& context, const Syntax& sum) {
  std::optional<ExprId> left;
  ExprKind sign = ExprKind::Add;
  std::size_t length = 0;
  for (const cst::Child& child : sum.children()) {
    if (++length > kLongestRow) {
      tell_too_long(context, sum.range());
      break;
    }
    if (child.token.valid()) {
      sign = sum.kind_of(child.token) == TokenKind::Plus ? ExprKind::Add : ExprKind::Subtract;
      continue;
    }
    const Syntax term(sum.tree(), sum.sources(), child.node);
    const ExprId right = term_of(context, term);
    left = left ? context.add(make(sign, {sum.range().file, sum.range().begin, term.range().end}, {*left, right})) : right;
  }
  return *left;
}

ExprKind comparison_kind(const Syntax& tail) {
  switch (tail.first_token_kind()) {
    case TokenKind::Eq: return ExprKind::Equal;
    case TokenKind::Ne: return ExprKind::NotEqual;
    case TokenKind::Lt: return ExprKind::Less;
    case TokenKind::Le: return ExprKind::LessEqual;
    case TokenKind::Gt: return ExprKind::Greater;
    case TokenKind::Ge: return ExprKind::GreaterEqual;
    case TokenKind::KwIn: return ExprKind::In;
    case TokenKind::KwIncludes: return ExprKind::Includes;
    case TokenKind::KwOverlaps: return ExprKind::Overlaps;
    case TokenKind::KwUnder: return ExprKind::Under;
    case TokenKind::KwSubset: return ExprKind::SubsetOf;
    case TokenKind::KwStarts: return ExprKind::StartsWith;
    case TokenKind::KwEnds: return ExprKind::EndsWith;
    case TokenKind::KwIs: return ExprKind::IsEmpty;
    case TokenKind::KwDuring: return ExprKind::During;
    case TokenKind::KwHolds: return ExprKind::Holds;
    // `can`, `ordinarily can`: the grammar has no other.
    default: return ExprKind::Can;
  }
}

ExprId day_expr(Context& context, const Syntax& day) {
  Expr expr = make(ExprKind::Literal, day.range());
  expr.literal = std::visit([&](const auto& value) { return Literal{value, day.range()}; }, day_of(context, day).day);
  return context.add(std::move(expr));
}

void add_can(Context& context, const Syntax& tail, Expr& expr) {
  expr.ordinarily = tail.has(TokenKind::KwOrdinarily);
  expr.path = {name_in(tail, RuleKind::Dotted)};
  if (const auto on = tail.child(RuleKind::CanOn)) expr.operands.push_back(sum_of(context, must(*on, RuleKind::Sum)));
  if (const auto when = tail.child(RuleKind::CanWhen)) {
    expr.in_context = name_in(*when, RuleKind::Word, 0);
    expr.at_instant = name_in(*when, RuleKind::Word, 1);
  }
}

ExprId with_tail(Context& context, ExprId left, const Syntax& tail) {
  Expr expr = make(comparison_kind(tail), source::join(context.file.exprs[left].range, tail.range()), {left});
  if (expr.kind == ExprKind::Can) {
    add_can(context, tail, expr);
  } else if (expr.kind == ExprKind::Holds) {
    expr.role = role_in(context, tail);
  } else if (expr.kind == ExprKind::During) {
    expr.operands.push_back(day_expr(context, must(tail, RuleKind::Day, 0)));
    expr.operands.push_back(day_expr(context, must(tail, RuleKind::Day, 1)));
  } else if (const auto right = tail.child(RuleKind::Sum)) {
    expr.operands.push_back(sum_of(context, *right));
  }
  return context.add(std::move(expr));
}

ExprId comparison_of(Context& context, const Syntax& comparison) {
  ExprId left = sum_of(context, must(comparison, RuleKind::Sum));
  // A chain nests to the left; that it is not allowed is a matter of its meaning, for which two links are enough.
  std::vector<Syntax> tails = comparison.all(RuleKind::ComparisonTail);
  if (tails.size() > 2) tails.erase(tails.begin() + 2, tails.end());
  for (const Syntax& tail : tails) left = with_tail(context, left, tail);
  return left;
}

ExprId negation_of(Context& context, const Syntax& negation) {
  ExprId inner = comparison_of(context, must(negation, RuleKind::Comparison));
  std::vector<TokenId> nots = negation.tokens(TokenKind::KwNot);
  if (nots.size() > kLongestRow) {
    tell_too_long(context, negation.range(nots[kLongestRow]));
    nots.resize(kLongestRow);
  }
  for (auto sign = nots.rbegin(); sign != nots.rend(); ++sign) {
    inner = context.add(make(ExprKind::Not, source::join(negation.range(*sign), negation.range()), {inner}));
  }
  return inner;
}

ExprId conjunction_of(Context& context, const Syntax& conjunction) {
  const std::vector<Syntax> parts = conjunction.all(RuleKind::Negation);
  if (parts.size() == 1) return negation_of(context, parts.front());
  std::vector<ExprId> operands;
  for (const Syntax& part : parts) operands.push_back(negation_of(context, part));
  return context.add(make(ExprKind::And, conjunction.range(), std::move(operands)));
}

}  // namespace

ExprId expr_of(Context& context, const Syntax& expr) {
  const std::vector<Syntax> parts = expr.all(RuleKind::Conjunction);
  if (parts.size() == 1) return conjunction_of(context, parts.front());
  std::vector<ExprId> operands;
  for (const Syntax& part : parts) operands.push_back(conjunction_of(context, part));
  return context.add(make(ExprKind::Or, expr.range(), std::move(operands)));
}

ExprId expr_in(Context& context, const Syntax& node) { return expr_of(context, must(node, RuleKind::Expr)); }

ExprId where_in(Context& context, const Syntax& node) {
  const auto where = node.child(RuleKind::WhereClause);
  return where ? expr_in(context, *where) : ExprId{};
}

}  // namespace writ::ast::building
