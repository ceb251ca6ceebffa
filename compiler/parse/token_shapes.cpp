#include "compiler/parse/token_shapes.h"

#include <algorithm>

namespace writ::parse {
namespace {

using cst::TokenKind;

/// The brackets that are open; a `}` closes whatever was left open inside its braces, a `)` only a `(`.
class OpenBrackets {
 public:
  std::uint32_t braces() const { return braces_; }
  std::uint32_t all() const { return static_cast<std::uint32_t>(open_.size()); }

  void open(TokenKind kind) {
    open_.push_back(kind);
    if (kind == TokenKind::Lbrace) ++braces_;
  }
  void close(TokenKind kind) {
    if (kind == TokenKind::Rparen) {
      if (!open_.empty() && open_.back() == TokenKind::Lparen) open_.pop_back();
      return;
    }
    if (braces_ == 0) return;
    while (open_.back() != TokenKind::Lbrace) open_.pop_back();
    open_.pop_back();
    --braces_;
  }

 private:
  std::vector<TokenKind> open_;
  std::uint32_t braces_ = 0;
};

bool opens(TokenKind kind) { return kind == TokenKind::Lbrace || kind == TokenKind::Lparen; }
bool closes(TokenKind kind) { return kind == TokenKind::Rbrace || kind == TokenKind::Rparen; }

}  // namespace

std::vector<TokenShape> shapes_of(const support::Store<cst::TokenId, cst::Token>& tokens, std::string_view text) {
  std::vector<TokenShape> shapes;
  OpenBrackets brackets;
  std::uint32_t line_start = 0;
  bool first = true;
  for (const cst::TokenId id : tokens.ids()) {
    const cst::Token& token = tokens[id];
    if (token.kind == TokenKind::Blank) {
      const std::size_t last = text.substr(token.begin, token.end - token.begin).rfind('\n');
      if (last != std::string_view::npos) {
        line_start = token.begin + static_cast<std::uint32_t>(last) + 1;
        first = true;
      }
    }
    if (cst::is_trivia(token.kind)) continue;
    if (closes(token.kind)) brackets.close(token.kind);
    shapes.push_back({id, token.kind, token.begin - line_start, brackets.braces(), brackets.all(), first});
    if (opens(token.kind)) brackets.open(token.kind);
    first = false;
  }
  return shapes;
}

std::optional<cst::TokenId> nested_beyond(const std::vector<TokenShape>& shapes, std::size_t limit) {
  const auto found = std::find_if(shapes.begin(), shapes.end(),
                                  [limit](const TokenShape& shape) { return opens(shape.kind) && shape.brackets + 1 > limit; });
  return found == shapes.end() ? std::nullopt : std::optional(found->token);
}

std::optional<cst::TokenId> open_brace_at(const std::vector<TokenShape>& shapes, std::size_t at) {
  std::size_t closed = 0;
  for (std::size_t i = std::min(at, shapes.size()); i > 0; --i) {
    const TokenShape& shape = shapes[i - 1];
    if (shape.kind == TokenKind::Rbrace) ++closed;
    if (shape.kind != TokenKind::Lbrace) continue;
    if (closed == 0) return shape.token;
    --closed;
  }
  return std::nullopt;
}

}  // namespace writ::parse
