#include "compiler/ast/ast.h"
#include "compiler/support/overloaded.h"

namespace writ::ast {

std::string_view to_string(ExprKind kind) {
  switch (kind) {
#define WRIT_EXPR(name, operands) case ExprKind::name: return #name;
#include "compiler/ast/expr_kinds.def"
#undef WRIT_EXPR
  }
  return "";
}

Name name_of(const Item& item) {
  return std::visit(
      [&](const auto& s) -> Name {
        using S = std::decay_t<decltype(s)>;
        if constexpr (std::is_same_v<S, Test>) return {s.name.text, s.name.range};
        else if constexpr (std::is_same_v<S, ActionDecl>) return s.names.empty() ? Name{} : s.names.front();
        else if constexpr (std::is_same_v<S, NativeMap>) return s.system;
        else if constexpr (std::is_same_v<S, Adopt>) return s.package;
        else if constexpr (requires { s.head.name; }) return s.head.name;
        else if constexpr (requires { s.name; }) return s.name;
        else return {};
      },
      item.statement);
}

std::string_view words_of(const Item& item) {
  return std::visit(support::Overloaded{
                        [](const Lift& s) -> std::string_view { return s.mitigation ? "mitigation" : "exception"; },
                        [](const Sod& s) -> std::string_view { return s.sensitive ? "sensitive" : "sod"; },
                        [](const Duty& s) -> std::string_view { return s.extends ? "extend duty" : "duty"; },
                        [](const auto& s) -> std::string_view {
                          using S = std::decay_t<decltype(s)>;
#define WRIT_ITEM(Struct, words) if constexpr (std::is_same_v<S, Struct>) return words;
#include "compiler/ast/items.def"
#undef WRIT_ITEM
                          return "";
                        }},
                    item.statement);
}

}  // namespace writ::ast
