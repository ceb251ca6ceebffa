// Types as written, and values of a known type.
#pragma once

#include "compiler/check/context.h"

namespace writ::check {

/// nullopt after an error.
std::optional<Type> resolve_type(Context& context, const Site& site, const ast::TypeRef& written);
/// `set<LegalEntity>`, `money<EUR>`, `Employee?`
std::string type_text(const Context& context, const Type& type);

Type ref_to(EntityId entity);
Type value_of(EnumId enumeration);

/// The literal as a value of `expected` (an int as decimal, a string as the id of a person or thing, a date as an instant); without an
/// expectation its own type. Reports what does not fit.
std::optional<Value> literal_value(Context& context, const Site& site, const ast::Literal& literal, const Type* expected);
Type type_of_literal(const Value& value);

/// A constant in facts: a literal, a bare enumerator, a bare word or a string where a person or thing is expected (its id).
std::optional<Value> constant(Context& context, const Site& site, ast::ExprId expr, const Type& expected);
/// The elements of `{ … }`, sorted and unique.
std::optional<ValueSet> constant_set(Context& context, const Site& site, ast::ExprId expr, const Type& element);
bool is_none(const Context& context, const Site& site, ast::ExprId expr);

}  // namespace writ::check
