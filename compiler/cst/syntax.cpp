#include "compiler/cst/syntax.h"

#include <algorithm>

namespace writ::cst {

std::optional<Syntax> Syntax::child(RuleKind kind, std::size_t nth) const {
  for (const Child& child : children()) {
    if (child.node.valid() && tree_->node(child.node).kind == kind && nth-- == 0) return Syntax(*tree_, *sources_, child.node);
  }
  return std::nullopt;
}

std::vector<Syntax> Syntax::all(RuleKind kind) const {
  std::vector<Syntax> found;
  for (const Child& child : children()) {
    if (child.node.valid() && tree_->node(child.node).kind == kind) found.emplace_back(*tree_, *sources_, child.node);
  }
  return found;
}

std::vector<Syntax> Syntax::nodes() const {
  std::vector<Syntax> found;
  for (const Child& child : children()) {
    if (child.node.valid() && tree_->node(child.node).kind != RuleKind::Error) found.emplace_back(*tree_, *sources_, child.node);
  }
  return found;
}

std::optional<Syntax> Syntax::only() const {
  const std::vector<Syntax> found = nodes();
  return found.empty() ? std::nullopt : std::optional(found.front());
}

std::optional<TokenId> Syntax::token(TokenKind kind, std::size_t nth) const {
  for (const Child& child : children()) {
    if (child.token.valid() && tree_->token(child.token).kind == kind && nth-- == 0) return child.token;
  }
  return std::nullopt;
}

std::vector<TokenId> Syntax::tokens(TokenKind kind) const {
  std::vector<TokenId> found;
  for (const Child& child : children()) {
    if (child.token.valid() && tree_->token(child.token).kind == kind) found.push_back(child.token);
  }
  return found;
}

TokenKind Syntax::first_token_kind() const {
  const Node& node = tree_->node(node_);
  return node.first.valid() ? tree_->token(node.first).kind : TokenKind::EndOfFile;
}

bool Syntax::anything_broken() const {
  if (broken() || kind() == RuleKind::Error) return true;
  return std::any_of(children().begin(), children().end(), [this](const Child& child) {
    return child.node.valid() && Syntax(*tree_, *sources_, child.node).anything_broken();
  });
}

std::string Syntax::doc() const {
  const Node& node = tree_->node(node_);
  if (!node.first.valid()) return "";
  std::string doc;
  for (const TokenId trivia : tree_->trivia_before(node.first)) {
    if (kind_of(trivia) == TokenKind::Blank) {
      const std::string_view blank = text(trivia);
      if (std::count(blank.begin(), blank.end(), '\n') > 1) doc.clear();
    } else if (kind_of(trivia) == TokenKind::DocComment) {
      std::string_view line = text(trivia).substr(3);
      if (line.starts_with(' ')) line.remove_prefix(1);
      doc += (doc.empty() ? "" : "\n") + std::string(line);
    } else {
      doc.clear();
    }
  }
  return doc;
}

}  // namespace writ::cst
