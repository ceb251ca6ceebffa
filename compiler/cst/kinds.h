// The kinds of tokens and of tree nodes, generated from the grammar (grammar/make_lists.py): one TokenKind per lexer rule, one RuleKind
// per parser rule, and `Error` for what recovery skipped. Pure data.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace writ::cst {

enum class TokenKind : std::uint16_t {
  EndOfFile,
#define WRIT_CST_TOKEN(Kind, symbol, spelled) Kind,
#include "grammar/tokens.def"
#undef WRIT_CST_TOKEN
};

enum class RuleKind : std::uint16_t {
#define WRIT_CST_RULE(Kind, name, antlr) Kind,
#include "grammar/rules.def"
#undef WRIT_CST_RULE
  Error,
};

/// "Name", "KwRole", "Lbrace".
std::string_view to_string(TokenKind kind);
/// As in the grammar: "role_line"; "error" for Error.
std::string_view to_string(RuleKind kind);
/// How the token is always written ("{", "role"), or "" where that varies.
std::string_view spelling(TokenKind kind);

/// May an author also call something by this keyword, or only where nothing but a name can stand?
enum class KeywordUse : std::uint8_t { Name, Reserved };
struct Keyword {
  TokenKind kind;
  std::string_view spelled;
  KeywordUse use;
};
/// All keywords in the order of the alphabet.
std::span<const Keyword> keywords();
bool is_keyword(TokenKind kind);

/// Blanks and comments: whatever the parser does not see.
bool is_trivia(TokenKind kind);

}  // namespace writ::cst
