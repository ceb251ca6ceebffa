#include "compiler/check/types.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/days.h"
#include "compiler/check/names.h"
#include "compiler/support/nearest.h"
#include "compiler/support/overloaded.h"

namespace writ::check {
namespace {

std::optional<Scalar> scalar_named(std::string_view name) {
  if (name == "bool") return Scalar::Bool;
  if (name == "int") return Scalar::Int;
  if (name == "decimal") return Scalar::Decimal;
  if (name == "money") return Scalar::Money;
  if (name == "string") return Scalar::String;
  if (name == "time") return Scalar::Time;
  if (name == "duration") return Scalar::Duration;
  return std::nullopt;
}

bool is_currency(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// `eur`, `Euro`
std::optional<std::string> currency_meant(std::string_view written) {
  std::string letters(written);
  std::transform(letters.begin(), letters.end(), letters.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (letters.starts_with("EURO")) return "EUR";
  if (letters.starts_with("DOLLAR")) return "USD";
  return is_currency(letters) ? std::optional(letters) : std::nullopt;
}

std::vector<std::string> type_candidates(const Context& context) {
  std::vector<std::string> all = {"bool", "int", "decimal", "money", "string", "time", "duration", "set"};
  for (const Symbol& symbol : context.symbols)
    if (symbol.kind == SymbolKind::Enum || symbol.kind == SymbolKind::Entity) all.push_back(symbol.local);
  return all;
}

std::optional<Type> resolve_element(Context& context, const Site& site, const ast::Name& name) {
  if (const auto scalar = scalar_named(name.text)) {
    Type type;
    type.scalar = *scalar;
    return type;
  }
  const Kinds kinds = Kinds::of(SymbolKind::Enum, SymbolKind::Entity);
  if (!find(context, site, name.text, kinds) && !context.by_name.count(name.text)) {
    const auto meant = foreign_type(name.text);
    auto& message = report_unknown(context, name, "a type", meant ? std::vector<std::string>{} : type_candidates(context));
    if (meant) suggest(message, name.range, *meant);
    return std::nullopt;
  }
  const Symbol* symbol = resolve(context, site, name, kinds, "a type");
  if (!symbol) return std::nullopt;
  return symbol->kind == SymbolKind::Enum ? value_of(symbol->enumeration()) : ref_to(symbol->entity());
}

Value number(Scalar scalar, std::int64_t n) {
  Value value;
  value.scalar = scalar;
  value.number = n;
  return value;
}

std::string_view scalar_text(Scalar scalar) {
  switch (scalar) {
    case Scalar::Bool: return "bool";
    case Scalar::Int: return "int";
    case Scalar::Decimal: return "decimal";
    case Scalar::Money: return "money";
    case Scalar::String: return "string";
    case Scalar::Time: return "time";
    case Scalar::Duration: return "duration";
    case Scalar::Enum: return "enum";
    case Scalar::Ref: return "reference";
  }
  return "";
}

/// Where something is added behind it.
Range after(Range range) { return {range.file, range.end, range.end}; }

std::optional<Value> misfit(Context& context, Range range, std::string got, const Type& expected) {
  context.report(Code::literal_does_not_fit, range, {std::move(got), type_text(context, expected)});
  return std::nullopt;
}

/// `expected` without an expectation is the literal's own type.
struct LiteralValue {
  Context& context;
  const Site& site;
  Range range;
  const Type* expected;

  bool wants(Scalar scalar) const { return !expected || expected->scalar == scalar; }

  std::optional<Value> checked(Value value) const {
    const std::int64_t magnitude = value.number < 0 ? -value.number : value.number;
    const bool scaled = value.scalar == Scalar::Decimal || value.scalar == Scalar::Money;
    const bool fits = scaled ? magnitude < typed_ir::kMaxScaled : magnitude <= typed_ir::kMaxInt;
    if (fits) return value;
    context.report(Code::number_out_of_range, range);
    return std::nullopt;
  }
  std::optional<Value> operator()(const ast::IntLiteral& l) const {
    if (wants(Scalar::Int)) return checked(number(Scalar::Int, l.value));
    if (expected->scalar == Scalar::Decimal) {
      if (l.value > typed_ir::kMaxScaled / typed_ir::kScale || l.value < -typed_ir::kMaxScaled / typed_ir::kScale)
        return checked(number(Scalar::Int, typed_ir::kMaxInt + 1));
      return checked(number(Scalar::Decimal, l.value * typed_ir::kScale));
    }
    if (expected->scalar != Scalar::Money) return misfit(context, range, "a number", *expected);
    const std::string currency = expected->currency.empty() ? "EUR" : expected->currency;
    context.report(Code::money_needs_currency, range)
        .with_note(fmt::format("write the currency after it: `{} {}`", l.value, currency))
        .with_fix(fmt::format("add `{}`", currency), {{after(range), " " + currency}});
    return std::nullopt;
  }
  std::optional<Value> operator()(const ast::DecimalLiteral& l) const {
    if (wants(Scalar::Decimal)) return checked(number(Scalar::Decimal, l.scaled));
    if (expected->scalar == Scalar::Money) {
      const std::string currency = expected->currency.empty() ? "EUR" : expected->currency;
      context.report(Code::money_needs_currency, range).with_fix(fmt::format("add `{}`", currency), {{after(range), " " + currency}});
      return std::nullopt;
    }
    return misfit(context, range, "a decimal number", *expected);
  }
  std::optional<Value> operator()(const ast::MoneyLiteral& l) const {
    if (!wants(Scalar::Money)) return misfit(context, range, "an amount of money", *expected);
    if (expected && !expected->currency.empty() && expected->currency != l.currency) {
      context.report(Code::other_currency, range, {l.currency, expected->currency});
      return std::nullopt;
    }
    Value value = number(Scalar::Money, l.scaled);
    value.text = l.currency;
    return checked(std::move(value));
  }
  std::optional<Value> operator()(const ast::StringLiteral& l) const {
    Value value;
    value.text = l.value;
    if (wants(Scalar::String)) {
      value.scalar = Scalar::String;
      return value;
    }
    if (expected->scalar == Scalar::Ref && expected->entity != context.program.schema.context) {
      value.scalar = Scalar::Ref;
      value.type = expected->entity.index;
      return value;
    }
    if (expected->scalar == Scalar::Enum && context.program.schema.enums[expected->enumeration].open) {
      value.scalar = Scalar::Enum;
      value.type = expected->enumeration.index;
      return value;
    }
    if (expected->scalar == Scalar::Enum) {
      auto& message = context.report(Code::literal_does_not_fit, range, {"a string", type_text(context, *expected)});
      message.with_note("values of an enum are bare words");
      std::vector<std::string> all;
      for (const auto& one : context.program.schema.enums[expected->enumeration].values) all.push_back(one.name);
      if (const auto near = support::nearest_name(l.value, all)) suggest(message, range, *near);
      return std::nullopt;
    }
    auto& message = context.report(Code::literal_does_not_fit, range, {"a string", type_text(context, *expected)});
    const bool digits = !l.value.empty() && l.value.find_first_not_of("0123456789") == std::string::npos;
    if (digits && (expected->scalar == Scalar::Int || expected->scalar == Scalar::Decimal)) suggest(message, range, l.value);
    if (expected->scalar == Scalar::Bool && (l.value == "true" || l.value == "false")) suggest(message, range, l.value);
    return std::nullopt;
  }
  std::optional<Value> operator()(const ast::BoolLiteral& l) const {
    if (!wants(Scalar::Bool)) return misfit(context, range, "a truth value", *expected);
    return number(Scalar::Bool, l.value ? 1 : 0);
  }
  std::optional<Value> operator()(const ast::NoneLiteral&) const {
    context.report(Code::none_is_no_value, range);
    return std::nullopt;
  }
  std::optional<Value> operator()(const ast::DurationLiteral& l) const {
    if (!wants(Scalar::Duration)) return misfit(context, range, "a duration", *expected);
    return number(Scalar::Duration, l.ms);
  }
  std::optional<Value> operator()(const ast::DateLiteral& l) const {
    if (!wants(Scalar::Time)) return misfit(context, range, "a date", *expected);
    const auto at = start_of_day(context, site, l, range);
    return at ? std::optional(number(Scalar::Time, *at)) : std::nullopt;
  }
  std::optional<Value> operator()(const ast::InstantLiteral& l) const {
    if (!wants(Scalar::Time)) return misfit(context, range, "an instant", *expected);
    const auto at = instant_of(context, site, l, range);
    return at ? std::optional(number(Scalar::Time, *at)) : std::nullopt;
  }
};

std::optional<Value> enumerator_of(Context& context, const ast::Name& name, EnumId enumeration) {
  const typed_ir::Enum& in = context.program.schema.enums[enumeration];
  std::vector<std::string> all;
  for (std::uint32_t i = 0; i < in.values.size(); ++i) {
    if (in.values[i].name == name.text) {
      Value value = number(Scalar::Enum, i);
      value.type = enumeration.index;
      return value;
    }
    all.push_back(in.values[i].name);
  }
  report_unknown(context, name, fmt::format("a value of `{}`", in.local), all).with_label(in.origin.range, fmt::format("`{}`", in.local));
  return std::nullopt;
}

}  // namespace

Type ref_to(EntityId entity) {
  Type type;
  type.scalar = Scalar::Ref;
  type.entity = entity;
  return type;
}

Type value_of(EnumId enumeration) {
  Type type;
  type.scalar = Scalar::Enum;
  type.enumeration = enumeration;
  return type;
}

std::optional<Type> resolve_type(Context& context, const Site& site, const ast::TypeRef& written) {
  if (written.name.text == "set") {
    if (!written.argument) {
      context.report(Code::set_needs_element, written.range);
      return std::nullopt;
    }
    auto element = resolve_element(context, site, *written.argument);
    if (!element) return std::nullopt;
    element->set = true;
    element->optional = written.optional;
    return element;
  }
  auto type = resolve_element(context, site, written.name);
  if (!type) return std::nullopt;
  type->optional = written.optional;
  if (!written.argument) return type;
  if (type->scalar == Scalar::Money && is_currency(written.argument->text)) {
    type->currency = written.argument->text;
    return type;
  }
  if (type->scalar == Scalar::Money) {
    auto& message = context.report(Code::no_currency, written.argument->range, {written.argument->text});
    if (const auto meant = currency_meant(written.argument->text)) suggest(message, written.argument->range, *meant);
  } else {
    context.report(Code::type_takes_no_argument, written.argument->range, {written.name.text});
  }
  return std::nullopt;
}

std::string type_text(const Context& context, const Type& type) {
  std::string text;
  switch (type.scalar) {
    case Scalar::Enum: text = context.program.schema.enums[type.enumeration].local; break;
    case Scalar::Ref: text = context.program.schema.entities[type.entity].local; break;
    case Scalar::Money: text = type.currency.empty() ? "money" : fmt::format("money<{}>", type.currency); break;
    case Scalar::Bool:
    case Scalar::Int:
    case Scalar::Decimal:
    case Scalar::String:
    case Scalar::Time:
    case Scalar::Duration: text = std::string(scalar_text(type.scalar)); break;
  }
  if (type.set) text = fmt::format("set<{}>", text);
  return type.optional ? text + "?" : text;
}

Type type_of_literal(const Value& value) {
  Type type;
  type.scalar = value.scalar;
  if (value.scalar == Scalar::Money) type.currency = value.text;
  if (value.scalar == Scalar::Enum) type.enumeration = EnumId{value.type};
  if (value.scalar == Scalar::Ref) type.entity = EntityId{value.type};
  return type;
}

std::optional<Value> literal_value(Context& context, const Site& site, const ast::Literal& literal, const Type* expected) {
  return std::visit(LiteralValue{context, site, literal.range, expected}, literal.value);
}

std::optional<Value> constant(Context& context, const Site& site, ast::ExprId expr, const Type& expected) {
  const ast::Expr& written = context.expr(site, expr);
  const Type element = expected.element();
  if (written.kind == ast::ExprKind::Literal) return literal_value(context, site, *written.literal, &element);
  if (written.kind != ast::ExprKind::Path) {
    context.report(Code::constant_expected, written.range);
    return std::nullopt;
  }
  const ast::Name& last = written.path.back();
  if (element.scalar == Scalar::Enum && !context.program.schema.enums[element.enumeration].open)
    return enumerator_of(context, last, element.enumeration);
  if (element.scalar == Scalar::Ref && written.path.size() == 1) {
    Value value;
    value.scalar = Scalar::Ref;
    value.text = last.text;
    value.type = element.entity.index;
    return value;
  }
  context.report(Code::constant_expected, written.range);
  return std::nullopt;
}

std::optional<ValueSet> constant_set(Context& context, const Site& site, ast::ExprId expr, const Type& element) {
  const ast::Expr& written = context.expr(site, expr);
  if (written.kind != ast::ExprKind::Set) {
    Type set = element;
    set.set = true;
    context.report(Code::set_expected, written.range, {type_text(context, set)});
    return std::nullopt;
  }
  ValueSet values;
  bool good = true;
  for (const ast::ExprId operand : written.operands) {
    auto value = constant(context, site, operand, element);
    if (value) values.push_back(std::move(*value));
    else good = false;
  }
  if (!good) return std::nullopt;
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

bool is_none(const Context& context, const Site& site, ast::ExprId expr) {
  const ast::Expr& written = context.expr(site, expr);
  return written.kind == ast::ExprKind::Literal && std::holds_alternative<ast::NoneLiteral>(written.literal->value);
}

}  // namespace writ::check
