// Walking a tree by name: a `Syntax` is a node together with its tree and its text, cheap to copy, valid while both live. Everything
// asked of it concerns its direct children unless it says otherwise.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/cst/tree.h"

namespace writ::cst {

class Syntax {
 public:
  Syntax(const Tree& tree, const source::SourceSet& sources, NodeId node) : tree_(&tree), sources_(&sources), node_(node) {}
  static Syntax root(const Tree& tree, const source::SourceSet& sources) { return {tree, sources, tree.root()}; }

  RuleKind kind() const { return tree_->node(node_).kind; }
  NodeId id() const { return node_; }
  const Tree& tree() const { return *tree_; }
  const source::SourceSet& sources() const { return *sources_; }
  bool broken() const { return tree_->node(node_).broken; }
  source::Range range() const { return tree_->range(node_); }
  std::string_view text() const { return sources_->text(range()); }
  std::span<const Child> children() const { return tree_->children(node_); }

  /// The first child node of a kind; the n-th from 0.
  std::optional<Syntax> child(RuleKind kind, std::size_t nth = 0) const;
  std::vector<Syntax> all(RuleKind kind) const;
  /// All child nodes but Error ones.
  std::vector<Syntax> nodes() const;
  /// The first child node, whatever it is.
  std::optional<Syntax> only() const;

  std::optional<TokenId> token(TokenKind kind, std::size_t nth = 0) const;
  std::vector<TokenId> tokens(TokenKind kind) const;
  bool has(TokenKind kind) const { return token(kind).has_value(); }
  TokenKind kind_of(TokenId token) const { return tree_->token(token).kind; }
  std::string_view text(TokenId token) const { return sources_->text(tree_->range(token)); }
  source::Range range(TokenId token) const { return tree_->range(token); }
  /// The kind of its first token, itself or below.
  TokenKind first_token_kind() const;

  /// Is it or anything below it broken?
  bool anything_broken() const;
  /// The `///` lines right above it, without slashes, joined by line ends.
  std::string doc() const;

 private:
  const Tree* tree_;
  const source::SourceSet* sources_;
  NodeId node_;
};

}  // namespace writ::cst
