// Values in conditions: paths, literals, sets, arithmetic.
#include <algorithm>
#include <cctype>
#include <map>

#include <fmt/format.h>

#include "compiler/check/condition_checker.h"
#include "compiler/check/magnitude.h"
#include "compiler/check/names.h"
#include "compiler/check/systems.h"
#include "compiler/check/types.h"
#include "compiler/support/nearest.h"
#include "compiler/support/overloaded.h"

namespace writ::check {
namespace {

using ast::ExprKind;
using typed_ir::Root;
using typed_ir::TermKind;

constexpr std::size_t kLongestPath = 8;   // semantics.md 13.9

bool is_number(const Type& type) {
  return !type.set && (type.scalar == Scalar::Int || type.scalar == Scalar::Decimal || type.scalar == Scalar::Money);
}

bool is_scalar(const Type& type, Scalar scalar) { return !type.set && type.scalar == scalar; }

/// Of `+` and `-`; nullopt: these do not add up.
std::optional<Type> type_of_sum(const Type& a, const Type& b, bool minus) {
  if (is_number(a) && a.scalar == b.scalar && !b.set) {
    if (a.scalar != Scalar::Money || a.currency == b.currency) return a;
    if (!a.currency.empty() && !b.currency.empty()) return std::nullopt;
    return a.currency.empty() ? b : a;
  }
  if (is_scalar(a, Scalar::Time) && is_scalar(b, Scalar::Duration)) return a;
  if (is_scalar(a, Scalar::Duration) && is_scalar(b, Scalar::Time) && !minus) return b;
  if (is_scalar(a, Scalar::Duration) && is_scalar(b, Scalar::Duration)) return a;
  return std::nullopt;
}

/// A literal keeps its own type beside a time; elsewhere it takes the other side's.
bool has_own_type(const ast::Expr& e) {
  if (e.kind != ExprKind::Literal) return false;
  return std::visit(support::Overloaded{[](const ast::DurationLiteral&) { return true; }, [](const ast::DateLiteral&) { return true; },
                                        [](const ast::InstantLiteral&) { return true; }, [](const auto&) { return false; }},
                    e.literal->value);
}

}  // namespace

std::vector<ast::Name> segments(const std::vector<ast::Name>& path) {
  std::vector<ast::Name> result;
  for (const ast::Name& name : path) {
    std::size_t begin = 0;
    while (true) {
      const auto dot = name.text.find('.', begin);
      const std::size_t end = dot == std::string::npos ? name.text.size() : dot;
      Range range = name.range;
      if (name.range.end - name.range.begin == name.text.size()) {
        range.begin = name.range.begin + static_cast<std::uint32_t>(begin);
        range.end = name.range.begin + static_cast<std::uint32_t>(end);
      }
      result.push_back({name.text.substr(begin, end - begin), range});
      if (dot == std::string::npos) break;
      begin = dot + 1;
    }
  }
  return result;
}

bool ConditionChecker::is_root_word(std::string_view word) const {
  return word == "principal" || word == "resource" || word == "context" || word == "input" || word == "subject" ||
         scope_.names.count(word) > 0;
}

bool ConditionChecker::bare(const ast::Expr& e) const {
  if (e.kind != ExprKind::Path) return false;
  const auto names = segments(e.path);
  return names.size() == 1 && !is_root_word(names.front().text);
}

bool ConditionChecker::flexible(const ast::Expr& e) const {
  if (e.kind == ExprKind::Literal) return !has_own_type(e);
  if (e.kind != ExprKind::Set) return bare(e);
  for (const ast::ExprId operand : e.operands)
    if (!flexible(expr(operand))) return false;
  return true;
}

bool ConditionChecker::present(TermId term, Range range) {
  if (absent_allowed_ || !type_of(term).optional || present_.count(term)) return true;
  const std::string name = typed_ir::print(store(), context_.schema(), term);
  context_.report(Code::optional_without_guard, range, {name})
      .with_note(fmt::format("say `{0} != none and …` or `{0} == none or …` before it, or `{0} otherwise …`", name));
  return false;
}

std::optional<TermId> ConditionChecker::value(ast::ExprId id, const Type* expected) {
  const ast::Expr& e = expr(id);
  switch (e.kind) {
    case ExprKind::Literal: {
      const Type element = expected ? expected->element() : Type{};
      if (expected && expected->set && !std::holds_alternative<ast::NoneLiteral>(e.literal->value)) {
        context_.report(Code::set_expected, e.range, {"a single value"});
        return std::nullopt;
      }
      auto literal = literal_value(context_, site_, *e.literal, expected ? &element : nullptr);
      if (!literal) return std::nullopt;
      Type type = type_of_literal(*literal);
      return store().literal(std::move(*literal), std::move(type));
    }
    case ExprKind::Now: return store().now();
    case ExprKind::Path: return path(e.path, expected);
    case ExprKind::Set: return set_literal(e, expected);
    case ExprKind::Add:
    case ExprKind::Subtract: return arithmetic(e, expected);
    case ExprKind::Multiply: return scale(e, expected);
    case ExprKind::Otherwise: return otherwise(e, expected);
    case ExprKind::Call:
      if (const auto meant = foreign_function(segments(e.path).back().text)) {
        suggest(context_.report(Code::value_expected, e.range), e.range, *meant);
        return std::nullopt;
      }
      [[fallthrough]];
    case ExprKind::Not:
    case ExprKind::And:
    case ExprKind::Or:
    case ExprKind::Equal:
    case ExprKind::NotEqual:
    case ExprKind::Less:
    case ExprKind::LessEqual:
    case ExprKind::Greater:
    case ExprKind::GreaterEqual:
    case ExprKind::In:
    case ExprKind::Includes:
    case ExprKind::Overlaps:
    case ExprKind::SubsetOf:
    case ExprKind::Under:
    case ExprKind::StartsWith:
    case ExprKind::EndsWith:
    case ExprKind::IsEmpty:
    case ExprKind::During:
    case ExprKind::Holds:
    case ExprKind::Can: context_.report(Code::value_expected, e.range); return std::nullopt;
  }
  return std::nullopt;
}

std::optional<TermId> ConditionChecker::root(const ast::Name& name) {
  if (const auto found = scope_.names.find(name.text); found != scope_.names.end()) {
    context_.used_local(name);
    context_.typed(name.range, type_of(found->second));
    return found->second;
  }
  EntityId entity;
  Root kind = Root::Principal;
  if (name.text == "principal") entity = scope_.principal;
  if (name.text == "resource") entity = scope_.resource, kind = Root::Resource;
  if (name.text == "input") entity = scope_.input, kind = Root::Input;
  if (name.text == "subject") entity = scope_.subject, kind = Root::Subject;
  if (name.text == "context" && scope_.context) entity = context_.schema().context, kind = Root::Context;
  if (entity) {
    context_.typed(name.range, ref_to(entity));
    return store().root(kind, ref_to(entity));
  }
  context_.report(Code::word_not_in_scope, name.range, {name.text, std::string(scope_.where)});
  return std::nullopt;
}

std::optional<TermId> ConditionChecker::step(TermId base, const ast::Name& name, Range so_far) {
  const Type type = type_of(base);
  if (type.scalar != Scalar::Ref || type.set) {
    context_.report(Code::no_attributes, name.range, {text(type), name.text});
    return std::nullopt;
  }
  if (!present(base, so_far)) return std::nullopt;
  if (const auto attribute = attribute_named(context_, type.entity, name.text)) {
    const typed_ir::Attribute& found = context_.schema().attributes[*attribute];
    context_.used(name.range, found.origin.range);
    context_.typed(name.range, found.type);
    return store().attribute(base, *attribute, found.type);
  }
  if (context_.broken_attributes.count({type.entity, name.text})) return std::nullopt;
  const typed_ir::Entity& entity = context_.schema().entities[type.entity];
  std::vector<std::string> all;
  for (const AttributeId id : entity.attributes) all.push_back(context_.schema().attributes[id].name);
  auto& message = report_unknown(context_, name, fmt::format("an attribute of `{}`", entity.local), all);
  if (const auto meant = foreign_attribute(name.text); meant && entity.is_principal() && message.fixes.empty()) suggest(message, name.range, *meant);
  if (entity.origin.range.valid()) message.with_label(entity.origin.range, fmt::format("`{}` is declared here", entity.local));
  return std::nullopt;
}

std::vector<std::pair<std::string, EntityId>> ConditionChecker::roots() const {
  std::vector<std::pair<std::string, EntityId>> all;
  if (scope_.principal) all.emplace_back("principal", scope_.principal);
  if (scope_.resource) all.emplace_back("resource", scope_.resource);
  if (scope_.input) all.emplace_back("input", scope_.input);
  if (scope_.subject) all.emplace_back("subject", scope_.subject);
  if (scope_.context && context_.schema().context.valid()) all.emplace_back("context", context_.schema().context);
  return all;
}

/// `department` for `principal.department`, `user` for `principal`, `null` for `none`: tried after the name was not found.
void ConditionChecker::report_bare_name(const std::vector<ast::Name>& names, const Type* expected) {
  const ast::Name& name = names.front();
  if (const auto found = context_.enumerators.find(name.text); found != context_.enumerators.end()) {
    const typed_ir::Enum& in = context_.schema().enums[found->second.front().enumeration];
    const std::string whole = fmt::format("{}.{}", in.local, name.text);
    suggest(context_.report(Code::enumerator_without_type, name.range, {name.text}), name.range, whole);
    return;
  }
  std::vector<std::string> known;
  std::map<std::string, std::vector<std::string>> attributes;   // `department` → `principal.department`
  for (const auto& [bound, term] : scope_.names) known.push_back(bound);
  for (const auto& [root, entity] : roots()) {
    known.push_back(root);
    for (const AttributeId id : context_.schema().entities[entity].attributes) {
      const std::string& attribute = context_.schema().attributes[id].name;
      attributes[attribute].push_back(root + "." + attribute);
    }
  }
  for (const Symbol& symbol : context_.symbols)
    if (symbol.kind == SymbolKind::Predicate || symbol.kind == SymbolKind::Threshold) known.push_back(symbol.local);
  auto& message = report_unknown(context_, name, "a value here", {});
  if (const auto exact = attributes.find(name.text); exact != attributes.end()) {
    for (const std::string& path : exact->second) suggest(message, name.range, path);
    return;
  }
  if (const auto meant = root_meant(name.text); meant && names.size() > 1) return suggest(message, name.range, *meant);
  if (const auto meant = foreign_value(name.text)) return suggest(message, name.range, *meant);
  if (const auto meant = root_meant(name.text); meant && meant->here == "principal" && expected && expected->scalar == Scalar::Ref)
    return suggest(message, name.range, *meant);
  for (const auto& [attribute, paths] : attributes) known.push_back(attribute);
  if (const auto near = support::nearest_name(name.text, known)) {
    const auto of = attributes.find(*near);
    if (of == attributes.end()) return suggest(message, name.range, *near);
    for (const std::string& path : of->second) suggest(message, name.range, path);
    return;
  }
  if (names.size() == 1 && expected && expected->scalar == Scalar::String) {
    suggest(message, name.range, fmt::format("\"{}\"", name.text));
    message.with_note("text stands in quotes");
  }
}

/// `user` and `employee` for `principal`, where there is one; a type's own name does too.
std::optional<Meant> ConditionChecker::root_meant(std::string_view word) const {
  const auto all = roots();
  for (const auto& [root, entity] : all) {
    std::string local = context_.schema().entities[entity].local;
    std::transform(local.begin(), local.end(), local.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    std::string small(word);
    std::transform(small.begin(), small.end(), small.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (root != "context" && local == small) return root == "principal" ? Meant{"principal", "who asks is `principal`"} : foreign_root(root == "resource" ? "object" : "args");
  }
  const auto meant = foreign_root(word);
  const bool in_scope = meant && std::any_of(all.begin(), all.end(), [&](const auto& one) { return one.first == meant->here; });
  return in_scope ? meant : std::nullopt;
}

std::optional<TermId> ConditionChecker::enumerator(const ast::Name& name, const Type& expected) {
  const EnumId id = expected.enumeration;
  const auto found = context_.enumerators.find(name.text);
  if (found != context_.enumerators.end()) {
    for (const EnumeratorRef& ref : found->second) {
      if (ref.enumeration != id) continue;
      used_enumerator(context_, name, ref);
      context_.typed(name.range, value_of(id));
      Value value;
      value.scalar = Scalar::Enum;
      value.number = ref.ordinal;
      value.type = id.index;
      return store().literal(std::move(value), value_of(id));
    }
  }
  const typed_ir::Enum& in = context_.schema().enums[id];
  std::vector<std::string> all;
  for (const auto& value : in.values) all.push_back(value.name);
  auto& message = report_unknown(context_, name, fmt::format("a value of `{}`", in.local), all);
  if (const auto meant = foreign_value(name.text); meant && message.fixes.empty()) suggest(message, name.range, *meant);
  if (in.origin.range.valid()) message.with_label(in.origin.range, fmt::format("`{}` is declared here", in.local));
  return std::nullopt;
}

/// `LegalEntity.BR`
std::optional<TermId> ConditionChecker::named_enumerator(const std::vector<ast::Name>& names) {
  std::string dotted;
  for (std::size_t i = 0; i + 1 < names.size(); ++i) dotted += (i ? "." : "") + names[i].text;
  const Symbol* symbol = find(context_, site_, dotted, Kinds::of(SymbolKind::Enum));
  if (!symbol) return std::nullopt;
  context_.used(source::join(names.front().range, names[names.size() - 2].range), symbol->written.range);
  return enumerator(names.back(), value_of(symbol->enumeration()));
}

std::optional<TermId> ConditionChecker::path(const std::vector<ast::Name>& written, const Type* expected) {
  const auto names = segments(written);
  if (names.size() > kLongestPath + 1) {
    context_.report(Code::path_too_long, source::join(names.front().range, names.back().range), {std::to_string(kLongestPath)});
    return std::nullopt;
  }
  const bool wants_enum = expected && expected->scalar == Scalar::Enum;
  if (names.size() == 1 && wants_enum && is_root_word(names[0].text)) {
    const auto found = context_.enumerators.find(names[0].text);
    if (found != context_.enumerators.end())
      for (const EnumeratorRef& ref : found->second)
        if (ref.enumeration == expected->enumeration) {
          context_.report(Code::shadowed_name, names[0].range, {names[0].text, context_.schema().enums[ref.enumeration].local});
          return std::nullopt;
        }
  }
  if (!is_root_word(names[0].text)) {
    if (names.size() == 1 && wants_enum && !context_.schema().enums[expected->enumeration].open) return enumerator(names[0], *expected);
    if (names.size() > 1 && !names[0].text.empty()) {
      const std::size_t errors = context_.sink->error_count();
      if (auto literal = named_enumerator(names)) return literal;
      if (context_.sink->error_count() > errors) return std::nullopt;
    }
    report_bare_name(names, expected);
    return std::nullopt;
  }
  auto term = root(names[0]);
  Range so_far = names[0].range;
  for (std::size_t i = 1; term && i < names.size(); ++i) {
    term = step(*term, names[i], so_far);
    so_far = source::join(so_far, names[i].range);
  }
  return term;
}

std::optional<TermId> ConditionChecker::set_literal(const ast::Expr& e, const Type* expected) {
  std::optional<Type> element;
  if (expected) element = expected->element();
  typed_ir::Term set;
  set.kind = TermKind::SetLiteral;
  bool good = true;
  for (const ast::ExprId operand : e.operands) {
    const auto value_here = value(operand, element ? &*element : nullptr);
    if (!value_here || !present(*value_here, expr(operand).range) || !timeless(*value_here, expr(operand).range)) {
      good = false;
      continue;
    }
    const Type type = type_of(*value_here).required();
    if (!element) element = type;
    const bool money = type.scalar == Scalar::Money && element->scalar == Scalar::Money;
    if (money && type.currency != element->currency && element->currency != "") element->currency = expected ? element->currency : "";
    if (type != *element && !money) {
      context_.report(Code::wrong_type, expr(operand).range, {text(type), text(*element)});
      good = false;
    }
    set.a.push_back(*value_here);
  }
  if (!good) return std::nullopt;
  if (!element) {
    context_.report(Code::empty_set_without_type, e.range);
    return std::nullopt;
  }
  std::sort(set.a.begin(), set.a.end());
  set.a.erase(std::unique(set.a.begin(), set.a.end()), set.a.end());
  set.type = *element;
  set.type.set = true;
  return store().add(std::move(set));
}

std::optional<TermId> ConditionChecker::arithmetic(const ast::Expr& e, const Type* expected) {
  const ast::Expr& l = expr(e.operands[0]);
  const ast::Expr& r = expr(e.operands[1]);
  const bool right_first = flexible(l) && !flexible(r);
  const bool both_flexible = flexible(l) && flexible(r);
  const auto first = value(e.operands[right_first ? 1 : 0], both_flexible ? expected : nullptr);
  if (!first) return std::nullopt;
  const Type type = type_of(*first).required();
  const ast::Expr& other = right_first ? l : r;
  const auto second = value(e.operands[right_first ? 0 : 1], flexible(other) ? &type : nullptr);
  if (!second) return std::nullopt;
  const TermId left = right_first ? *second : *first, right = right_first ? *first : *second;
  if (!present(left, l.range) || !present(right, r.range)) return std::nullopt;
  const Type a = type_of(left).required(), b = type_of(right).required();
  const bool minus = e.kind == ExprKind::Subtract;
  if (minus && is_scalar(a, Scalar::Time) && is_scalar(b, Scalar::Time)) {
    context_.report(Code::difference_of_times, e.range).with_note("compare instants instead: `now >= principal.hired + 90d`");
    return std::nullopt;
  }
  const auto sum = type_of_sum(a, b, minus);
  if (!sum) {
    context_.report(Code::no_arithmetic, e.range, {minus ? "-" : "+", text(a), text(b)})
        .with_label(l.range, text(a))
        .with_label(r.range, text(b));
    return std::nullopt;
  }
  typed_ir::Term term;
  term.kind = minus ? TermKind::Subtract : TermKind::Add;
  term.type = *sum;
  term.a = {left, right};
  return store().add(std::move(term));
}

std::optional<TermId> ConditionChecker::scale(const ast::Expr& e, const Type*) {
  const auto factor_of = [&](ast::ExprId id) -> const ast::Expr* {
    const ast::Expr& candidate = expr(id);
    if (candidate.kind != ExprKind::Literal) return nullptr;
    const auto& literal = candidate.literal->value;
    const bool number = std::holds_alternative<ast::IntLiteral>(literal) || std::holds_alternative<ast::DecimalLiteral>(literal);
    return number ? &candidate : nullptr;
  };
  const bool left_factor = factor_of(e.operands[0]) != nullptr;
  const ast::Expr* factor = left_factor ? factor_of(e.operands[0]) : factor_of(e.operands[1]);
  if (!factor) {
    context_.report(Code::factor_is_constant, e.range);
    return std::nullopt;
  }
  const ast::ExprId other = e.operands[left_factor ? 1 : 0];
  const auto term = value(other, nullptr);
  const auto by = literal_value(context_, site_, *factor->literal, nullptr);
  if (!term || !by || !present(*term, expr(other).range)) return std::nullopt;
  const Type type = type_of(*term).required();
  const bool by_decimal = by->scalar == Scalar::Decimal;
  const bool fits = (is_number(type) || is_scalar(type, Scalar::Duration)) &&
                    (!by_decimal || type.scalar == Scalar::Decimal || type.scalar == Scalar::Money);
  if (!fits) {
    context_.report(Code::no_arithmetic, e.range, {"*", text(type), by_decimal ? "decimal" : "int"}).with_label(expr(other).range, text(type));
    return std::nullopt;
  }
  typed_ir::Term scaled;
  scaled.kind = TermKind::Scale;
  scaled.type = type;
  scaled.a = {*term};
  scaled.value = *by;
  return store().add(std::move(scaled));
}

std::optional<TermId> ConditionChecker::otherwise(const ast::Expr& e, const Type* expected) {
  const auto term = value(e.operands[0], expected);
  if (!term) return std::nullopt;
  const Type type = type_of(*term);
  if (!type.optional) {
    context_.report(Code::never_absent, expr(e.operands[0]).range, {text(type)});
    return std::nullopt;
  }
  const Type required = type.required();
  const auto supplied = value(e.operands[1], &required);
  if (!supplied) return std::nullopt;
  const TermKind kind = store().term(*supplied).kind;
  if (kind != TermKind::Literal && kind != TermKind::SetLiteral) {
    context_.report(Code::constant_expected, expr(e.operands[1]).range);
    return std::nullopt;
  }
  if (type_of(*supplied).set != required.set || type_of(*supplied).scalar != required.scalar) {
    context_.report(Code::wrong_type, expr(e.operands[1]).range, {text(type_of(*supplied)), text(required)});
    return std::nullopt;
  }
  typed_ir::Term result;
  result.kind = TermKind::Otherwise;
  result.type = required;
  result.a = {*term, *supplied};
  return store().add(std::move(result));
}

}  // namespace writ::check
