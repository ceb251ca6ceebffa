#include "compiler/ast/build/context.h"

#include <algorithm>

namespace writ::ast::building {

Syntax must(const Syntax& node, RuleKind kind, std::size_t nth) {
  const auto found = node.child(kind, nth);
  WRIT_CHECK(found.has_value(), "the grammar demands this part: " + std::string(cst::to_string(kind)) + " in " + std::string(cst::to_string(node.kind())));
  return *found;
}

TokenId must(const Syntax& node, TokenKind kind, std::size_t nth) {
  const auto found = node.token(kind, nth);
  WRIT_CHECK(found.has_value(), "the grammar demands this token: " + std::string(cst::to_string(kind)) + " in " + std::string(cst::to_string(node.kind())));
  return *found;
}

std::vector<Syntax> sound(const Syntax& node, RuleKind kind) {
  std::vector<Syntax> found = node.all(kind);
  std::erase_if(found, [](const Syntax& child) { return child.broken(); });
  return found;
}

std::vector<Syntax> lines_of(const Syntax& statement, RuleKind unit) {
  std::vector<Syntax> lines;
  for (const Syntax& line : sound(statement, unit)) {
    const auto inner = line.only();
    if (inner && !inner->broken()) lines.push_back(*inner);
  }
  return lines;
}

bool Once::first(const Syntax& line, std::string_view words) {
  const auto before = std::find_if(seen_.begin(), seen_.end(), [words](const auto& seen) { return seen.first == words; });
  if (before == seen_.end()) {
    seen_.emplace_back(words, line.range());
    return true;
  }
  context_.sink.report(diagnostics::Code::repeated_line, line.range(), {std::string(words)}).with_label(before->second, "it stands here before");
  return false;
}

}  // namespace writ::ast::building
