// A policy file exactly as it was written: every byte belongs to one token, every token the parser saw is a leaf of one tree, comments
// and blanks stand between the leaves, and what recovery skipped sits in Error nodes. The tree holds offsets, not text: it needs the
// SourceSet of its file to print. Immutable once built; any number of readers.
//
// Invariants (verify): tokens cover the file without gap or overlap and end with EndOfFile; the leaves in tree order are the tokens
// that are no trivia, each once.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "compiler/cst/kinds.h"
#include "compiler/source/source.h"
#include "compiler/support/ids.h"

namespace writ::cst {

using NodeId = support::Id<struct NodeTag>;
using TokenId = support::Id<struct TokenTag>;

struct Token {
  TokenKind kind = TokenKind::EndOfFile;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// A child of a node: another node, or a token.
struct Child {
  NodeId node;
  TokenId token;
};

struct Node {
  RuleKind kind = RuleKind::Error;
  NodeId parent;
  std::uint32_t first_child = 0;
  std::uint32_t child_count = 0;
  TokenId first;        ///< its first and last token; none for an empty node
  TokenId last;
  bool broken = false;  ///< the parser failed in it, or in something below it that could not recover
};

class Tree {
 public:
  source::FileId file() const { return file_; }
  NodeId root() const { return root_; }
  const Node& node(NodeId id) const { return nodes_[id]; }
  const Token& token(TokenId id) const { return tokens_[id]; }
  const support::Store<TokenId, Token>& tokens() const { return tokens_; }
  std::size_t node_count() const { return nodes_.size(); }
  std::span<const Child> children(NodeId id) const;

  source::Range range(NodeId id) const;
  source::Range range(TokenId id) const;

  /// The trivia between the token before (in the parser's eyes) and this one.
  std::vector<TokenId> trivia_before(TokenId id) const;
  /// The token before or after this one that is no trivia.
  std::optional<TokenId> previous(TokenId id) const;
  std::optional<TokenId> next(TokenId id) const;
  /// Some tokens are read as what was meant instead of what stands there: to be understood, not to be written back.
  bool mended() const { return mended_; }
  void mark_mended() { mended_ = true; }

 private:
  friend class TreeBuilder;
  source::FileId file_;
  NodeId root_;
  support::Store<TokenId, Token> tokens_;
  support::Store<NodeId, Node> nodes_;
  std::vector<Child> children_;
  bool mended_ = false;
};

/// Builds a tree from the inside out: open a node, add its tokens and nodes in order, close it.
class TreeBuilder {
 public:
  TreeBuilder(source::FileId file, support::Store<TokenId, Token> tokens);

  void open(RuleKind kind);
  void add(TokenId token);
  void mark_broken();  ///< the node that is open
  void close();
  /// All nodes are closed; the first one opened is the root.
  Tree finish();

 private:
  struct Open {
    NodeId node;
    std::vector<Child> children;
  };
  Tree tree_;
  std::vector<Open> open_;
};

/// What is wrong with the tree, or nothing. For tests and after parsing in debug checks.
std::optional<std::string> verify(const Tree& tree, const source::SourceSet& sources);

/// The file byte for byte, from leaves and the trivia between them.
std::string print_source(const Tree& tree, const source::SourceSet& sources);
/// One line per token, trivia included: `kind begin..end "text"`. For --emit=tokens.
std::string print_tokens(const Tree& tree, const source::SourceSet& sources);
/// The tree, indented, one line per node and leaf. For --emit=cst.
std::string print_tree(const Tree& tree, const source::SourceSet& sources);

}  // namespace writ::cst
