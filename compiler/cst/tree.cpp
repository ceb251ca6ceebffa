#include "compiler/cst/tree.h"

#include <algorithm>

#include <fmt/format.h>

namespace writ::cst {

std::span<const Child> Tree::children(NodeId id) const {
  const Node& node = nodes_[id];
  return std::span(children_).subspan(node.first_child, node.child_count);
}

source::Range Tree::range(TokenId id) const {
  const Token& token = tokens_[id];
  return {file_, token.begin, token.end};
}

source::Range Tree::range(NodeId id) const {
  const Node& node = nodes_[id];
  if (!node.first.valid()) return {file_, 0, 0};
  return {file_, tokens_[node.first].begin, tokens_[node.last].end};
}

std::vector<TokenId> Tree::trivia_before(TokenId id) const {
  std::uint32_t begin = id.index;
  while (begin > 0 && is_trivia(tokens_[TokenId{begin - 1}].kind)) --begin;
  std::vector<TokenId> trivia;
  for (std::uint32_t i = begin; i < id.index; ++i) trivia.push_back(TokenId{i});
  return trivia;
}

std::optional<TokenId> Tree::previous(TokenId id) const {
  for (std::uint32_t i = id.index; i > 0; --i) {
    if (!is_trivia(tokens_[TokenId{i - 1}].kind)) return TokenId{i - 1};
  }
  return std::nullopt;
}

std::optional<TokenId> Tree::next(TokenId id) const {
  for (std::uint32_t i = id.index + 1; i < tokens_.size(); ++i) {
    if (!is_trivia(tokens_[TokenId{i}].kind)) return TokenId{i};
  }
  return std::nullopt;
}

TreeBuilder::TreeBuilder(source::FileId file, support::Store<TokenId, Token> tokens) {
  tree_.file_ = file;
  tree_.tokens_ = std::move(tokens);
}

void TreeBuilder::open(RuleKind kind) {
  Node node;
  node.kind = kind;
  node.parent = open_.empty() ? NodeId{} : open_.back().node;
  const NodeId id = tree_.nodes_.add(node);
  if (open_.empty()) {
    WRIT_CHECK(!tree_.root_.valid(), "a tree has one root");
    tree_.root_ = id;
  } else {
    open_.back().children.push_back(Child{id, {}});
  }
  open_.push_back({id, {}});
}

void TreeBuilder::add(TokenId token) {
  WRIT_CHECK(!open_.empty(), "tokens stand in a node");
  open_.back().children.push_back(Child{{}, token});
}

void TreeBuilder::mark_broken() { tree_.nodes_[open_.back().node].broken = true; }

void TreeBuilder::close() {
  Open closed = std::move(open_.back());
  open_.pop_back();
  Node& node = tree_.nodes_[closed.node];
  node.first_child = static_cast<std::uint32_t>(tree_.children_.size());
  node.child_count = static_cast<std::uint32_t>(closed.children.size());
  for (const Child& child : closed.children) {
    const TokenId first = child.token.valid() ? child.token : tree_.nodes_[child.node].first;
    const TokenId last = child.token.valid() ? child.token : tree_.nodes_[child.node].last;
    if (first.valid() && !node.first.valid()) node.first = first;
    if (last.valid()) node.last = last;
  }
  tree_.children_.insert(tree_.children_.end(), closed.children.begin(), closed.children.end());
}

Tree TreeBuilder::finish() {
  WRIT_CHECK(open_.empty() && tree_.root_.valid(), "every node is closed");
  return std::move(tree_);
}

namespace {

std::optional<std::string> verify_tokens(const Tree& tree, std::size_t size) {
  std::uint32_t at = 0;
  for (const Token& token : tree.tokens()) {
    if (token.begin != at || token.end < token.begin) return fmt::format("token at {} does not start where the one before ends", at);
    at = token.end;
  }
  if (at != size) return fmt::format("tokens end at {}, the file at {}", at, size);
  if (tree.tokens().empty() || tree.tokens().ids().back().index + 1 != tree.tokens().size()) return "no tokens";
  const Token& last = tree.token(tree.tokens().ids().back());
  if (last.kind != TokenKind::EndOfFile) return "the last token is not the end of the file";
  return std::nullopt;
}

void collect_leaves(const Tree& tree, NodeId node, std::vector<TokenId>& leaves) {
  for (const Child& child : tree.children(node)) {
    if (child.token.valid()) {
      leaves.push_back(child.token);
    } else {
      collect_leaves(tree, child.node, leaves);
    }
  }
}

}  // namespace

std::optional<std::string> verify(const Tree& tree, const source::SourceSet& sources) {
  if (auto wrong = verify_tokens(tree, sources.text(tree.file()).size())) return wrong;
  std::vector<TokenId> leaves;
  collect_leaves(tree, tree.root(), leaves);
  std::vector<TokenId> expected = tree.tokens().ids();
  std::erase_if(expected, [&](TokenId id) { return is_trivia(tree.token(id).kind); });
  if (leaves != expected) return fmt::format("{} leaves for {} tokens, or in another order", leaves.size(), expected.size());
  return std::nullopt;
}

std::string print_source(const Tree& tree, const source::SourceSet& sources) {
  std::vector<TokenId> leaves;
  collect_leaves(tree, tree.root(), leaves);
  std::string text;
  for (const TokenId leaf : leaves) {
    for (const TokenId trivia : tree.trivia_before(leaf)) text += sources.text(tree.range(trivia));
    text += sources.text(tree.range(leaf));
  }
  return text;
}

namespace {

/// The text on one line, in quotes.
std::string quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\\' || c == '\'') {
      out += fmt::format("\\{}", c);
    } else if (byte < 0x20 || byte == 0x7F) {
      out += fmt::format("\\x{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out + "'";
}

void print_node(const Tree& tree, const source::SourceSet& sources, NodeId id, std::size_t depth, std::string& out) {
  const Node& node = tree.node(id);
  out += fmt::format("{:{}}{}{}\n", "", depth * 2, to_string(node.kind), node.broken ? " (broken)" : "");
  for (const Child& child : tree.children(id)) {
    if (child.node.valid()) {
      print_node(tree, sources, child.node, depth + 1, out);
    } else {
      out += fmt::format("{:{}}{}\n", "", depth * 2 + 2, quoted(sources.text(tree.range(child.token))));
    }
  }
}

}  // namespace

std::string print_tokens(const Tree& tree, const source::SourceSet& sources) {
  std::string out;
  for (const Token& token : tree.tokens()) {
    const source::Range range{tree.file(), token.begin, token.end};
    out += fmt::format("{} {}..{} {}\n", to_string(token.kind), token.begin, token.end, quoted(sources.text(range)));
  }
  return out;
}

std::string print_tree(const Tree& tree, const source::SourceSet& sources) {
  std::string out;
  print_node(tree, sources, tree.root(), 0, out);
  return out;
}

}  // namespace writ::cst
