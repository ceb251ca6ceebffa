// What the layout of a file says about its tokens, for limits, recovery and messages: which stand first on their line, in which column,
// inside how many brackets. Computed once per file from the tokens alone.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "compiler/cst/tree.h"

namespace writ::parse {

/// One per token that the parser sees, in order.
struct TokenShape {
  cst::TokenId token;
  cst::TokenKind kind = cst::TokenKind::EndOfFile;
  std::uint32_t column = 0;
  std::uint32_t braces = 0;    ///< open `{` around it; a brace counts as outside itself
  std::uint32_t brackets = 0;  ///< open `{` and `(` around it
  bool first_on_line = false;
};

std::vector<TokenShape> shapes_of(const support::Store<cst::TokenId, cst::Token>& tokens, std::string_view text);

/// The first token that opens more than `limit` brackets.
std::optional<cst::TokenId> nested_beyond(const std::vector<TokenShape>& shapes, std::size_t limit);

/// The `{` that is open at this token, if there is one. `at` indexes shapes.
std::optional<cst::TokenId> open_brace_at(const std::vector<TokenShape>& shapes, std::size_t at);

}  // namespace writ::parse
