#include "compiler/format/format.h"

#include <algorithm>

#include "compiler/format/columns.h"

namespace writ::format {
namespace {

bool has_bad_token(const cst::Tree& tree) {
  return std::any_of(tree.tokens().begin(), tree.tokens().end(), [](const cst::Token& token) {
    return token.kind == cst::TokenKind::Unknown || token.kind == cst::TokenKind::BadString;
  });
}

}  // namespace

std::optional<std::string> format(const cst::Tree& tree, const source::SourceSet& sources) {
  const auto root = cst::Syntax::root(tree, sources);
  if (tree.mended() || has_bad_token(tree) || root.anything_broken()) return std::nullopt;
  return render(rows_of(root, marks_of(root)));
}

}  // namespace writ::format
