// References to roles (see roles.h).
#include <fmt/format.h>

#include "compiler/check/names.h"
#include "compiler/check/roles.h"
#include "compiler/check/types.h"

namespace writ::check {
namespace {

const Symbol* role_symbol(Context& context, const Site& site, const ast::RoleRef& written) {
  return resolve(context, site, written.name, Kinds::of(SymbolKind::Role), "a role");
}

bool right_count(Context& context, const Symbol& symbol, const ast::RoleRef& written) {
  const std::size_t wanted = context.program.roles[symbol.role()].parameters.size();
  if (wanted == written.args.size()) return true;
  if (written.args.empty()) {
    context.report(Code::role_needs_arguments, written.range, {symbol.local, context.program.roles[symbol.role()].parameter_names.front()})
        .with_label(symbol.written.range, "defined here");
  } else {
    context.report(Code::wrong_argument_count, written.range, {symbol.local, std::to_string(wanted), std::to_string(written.args.size())})
        .with_label(symbol.written.range, "defined here");
  }
  return false;
}

}  // namespace

std::optional<typed_ir::RoleUse> check_role(Context& context, const Site& site, const ConditionScope& scope, const ast::RoleRef& written,
                                            Arguments arguments) {
  const Symbol* symbol = role_symbol(context, site, written);
  if (!symbol) return std::nullopt;
  typed_ir::RoleUse use;
  use.role = symbol->role();
  if (written.args.empty() && arguments == Arguments::MayBeMissing) return use;
  if (context.broken_roles.count(use.role)) return std::nullopt;
  if (!right_count(context, *symbol, written)) return std::nullopt;
  for (std::size_t i = 0; i < written.args.size(); ++i) {
    const Type wanted = context.program.roles[use.role].parameters[i];
    const auto term = check_term(context, site, scope, written.args[i], &wanted);
    if (!term) return std::nullopt;
    const Type got = context.conditions().term(*term).type;
    if (got.required() != wanted) {
      context.report(Code::wrong_type, context.expr(site, written.args[i]).range, {type_text(context, got), type_text(context, wanted)});
      return std::nullopt;
    }
    use.args.push_back(*term);
  }
  return use;
}

std::optional<RoleValues> check_role_values(Context& context, const Site& site, const ast::RoleRef& written) {
  const Symbol* symbol = role_symbol(context, site, written);
  if (!symbol || context.broken_roles.count(symbol->role()) || !right_count(context, *symbol, written)) return std::nullopt;
  RoleValues values{symbol->role(), {}};
  for (std::size_t i = 0; i < written.args.size(); ++i) {
    auto value = constant(context, site, written.args[i], context.program.roles[values.role].parameters[i]);
    if (!value) return std::nullopt;
    values.args.push_back(std::move(*value));
  }
  return values;
}

std::string role_text(const ast::RoleRef& written, const Site& site) {
  std::string text = written.name.text;
  for (std::size_t i = 0; i < written.args.size(); ++i) {
    const ast::Expr& arg = site.file->exprs[written.args[i]];
    text += i ? ", " : "(";
    if (arg.kind == ast::ExprKind::Path)
      for (std::size_t k = 0; k < arg.path.size(); ++k) text += (k ? "." : "") + arg.path[k].text;
    else if (arg.literal && std::holds_alternative<ast::StringLiteral>(arg.literal->value))
      text += fmt::format("\"{}\"", std::get<ast::StringLiteral>(arg.literal->value).value);
    else
      text += "…";
  }
  return written.args.empty() ? text : text + ")";
}

}  // namespace writ::check
