// What every builder needs: the file under construction and the sink; and the few ways in which they walk a node. A node that stands in
// a sound statement has the children that the grammar demands of it.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/cst/syntax.h"
#include "compiler/diagnostics/diagnostics.h"

namespace writ::ast::building {

using cst::RuleKind;
using cst::Syntax;
using cst::TokenId;
using cst::TokenKind;

struct Context {
  File& file;
  diagnostics::Sink& sink;

  ExprId add(Expr expr) { return file.exprs.add(std::move(expr)); }
};

/// The child that the grammar demands.
Syntax must(const Syntax& node, RuleKind kind, std::size_t nth = 0);
TokenId must(const Syntax& node, TokenKind kind, std::size_t nth = 0);

/// The lines of a body that are sound, each without its wrapper: for `role_line`, the `may_line` in it.
std::vector<Syntax> lines_of(const Syntax& statement, RuleKind unit);
/// The children of a kind that are sound.
std::vector<Syntax> sound(const Syntax& node, RuleKind kind);

/// Tells of a line that stands twice in a body where it may stand once. One for each body.
class Once {
 public:
  explicit Once(Context& context) : context_(context) {}
  /// False if a line with these words stood before.
  bool first(const Syntax& line, std::string_view words);

 private:
  Context& context_;
  std::vector<std::pair<std::string, Range>> seen_;
};

}  // namespace writ::ast::building
