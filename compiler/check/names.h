// Modules and names: who defines what, and what a name in some place means. A bare name is looked up in its own module first, then in
// all of them, where it must be unique; a qualified one is `module.name`. Names of a package are seen where it is imported.
#pragma once

#include "compiler/check/context.h"
#include "compiler/check/foreign_words.h"

namespace writ::check {

/// Modules, headers, the symbol table; ids and placeholders in the program's stores. Reports names defined twice.
void declare(Context& context, const Input& input);

/// Modules under `std` are packages: they hold names, which files see that import them.
bool is_package(std::string_view module);

/// nullptr if nothing of these kinds has the name; reports nothing.
const Symbol* find(const Context& context, const Site& site, std::string_view name, Kinds kinds);
/// Reports an unknown name (with the nearest), an ambiguous one, or one of another kind. `expected` as in "an action or a duty".
const Symbol* resolve(Context& context, const Site& site, const ast::Name& name, Kinds kinds, std::string_view expected);

EnumId resolve_dimension(Context& context, const Site& site, const ast::Name& name);    ///< invalid after an error
EntityId resolve_resource(Context& context, const Site& site, const ast::Name& name);
EntityId resolve_principal(Context& context, const Site& site, const ast::Name& name);
/// A value of some dimension by its bare name (`BR`) or as `LegalEntity.BR`; of `expected` where valid.
std::optional<Value> resolve_dimension_value(Context& context, const Site& site, const ast::Name& name, EnumId expected = {});

/// Where `FR` stands in a name with the range of `LegalEntity.FR`.
Range last_part(const ast::Name& name, std::string_view local);
/// Tells the recording that `name` is this value of an enum.
void used_enumerator(Context& context, const ast::Name& name, const EnumeratorRef& ref);

/// Reports an unknown name with the nearest of `candidates` and a fix.
diagnostics::Diagnostic& report_unknown(Context& context, const ast::Name& name, std::string_view expected,
                                        const std::vector<std::string>& candidates);
/// "did you mean", with the fix; said more than once, the first is the label.
void suggest(diagnostics::Diagnostic& message, Range range, const std::string& instead);
void suggest(diagnostics::Diagnostic& message, Range range, const Meant& meant);

std::string qualified(const Context& context, const Site& site, std::string_view local);
typed_ir::Origin origin(const Context& context, const Site& site, std::string_view local, Range range);

}  // namespace writ::check
