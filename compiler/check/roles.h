// Role sheets, and references to roles.
#pragma once

#include "compiler/check/conditions.h"

namespace writ::check {

/// Parameters, types and parents of every role: what references to roles need. Before any condition is checked.
void declare_roles(Context& context);
void check_roles(Context& context);

enum class Arguments : std::uint8_t { Required, MayBeMissing };
/// `R(args)` with terms over the scope. MayBeMissing: a template without arguments is every one of it (`within same D`).
std::optional<typed_ir::RoleUse> check_role(Context& context, const Site& site, const ConditionScope& scope, const ast::RoleRef& written,
                                            Arguments arguments = Arguments::Required);
struct RoleValues {
  RoleId role;
  ValueSet args;                        ///< in parameter order
};
/// `R(args)` with constants: facts, `on end remove`, expectations.
std::optional<RoleValues> check_role_values(Context& context, const Site& site, const ast::RoleRef& written);
std::string role_text(const ast::RoleRef& written, const Site& site);

/// The role itself and all it extends.
std::vector<RoleId> ancestors(const Context& context, RoleId role);

struct SubjectParts {
  std::vector<std::string> persons;
  EntityId type;
  CondId who;                           ///< over `principal`; T if nothing is said
};
/// `"ada"`, `Employee where C`, `Integration "svc"`, `role R` (then `who` is `holds R`).
std::optional<SubjectParts> check_subject(Context& context, const Site& site, const ConditionScope& names, const ast::Subject& written);

}  // namespace writ::check
