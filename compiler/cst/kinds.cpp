#include "compiler/cst/kinds.h"

#include <algorithm>
#include <iterator>

namespace writ::cst {
namespace {

struct TokenInfo {
  std::string_view name;
  std::string_view spelled;
};

constexpr TokenInfo kTokens[] = {
    TokenInfo{"EndOfFile", ""},
#define WRIT_CST_TOKEN(Kind, symbol, spelled) TokenInfo{#Kind, spelled},
#include "grammar/tokens.def"
#undef WRIT_CST_TOKEN
};

constexpr std::string_view kRules[] = {
#define WRIT_CST_RULE(Kind, name, antlr) std::string_view(#name),
#include "grammar/rules.def"
#undef WRIT_CST_RULE
    std::string_view("error"),
};

constexpr Keyword kKeywords[] = {
#define WRIT_KEYWORD(Kind, spelled, use) Keyword{TokenKind::Kind, spelled, KeywordUse::use},
#include "grammar/keywords.def"
#undef WRIT_KEYWORD
};

}  // namespace

std::string_view to_string(TokenKind kind) { return kTokens[static_cast<std::size_t>(kind)].name; }
std::string_view to_string(RuleKind kind) { return kRules[static_cast<std::size_t>(kind)]; }
std::string_view spelling(TokenKind kind) { return kTokens[static_cast<std::size_t>(kind)].spelled; }

std::span<const Keyword> keywords() { return kKeywords; }

bool is_keyword(TokenKind kind) {
  return std::any_of(std::begin(kKeywords), std::end(kKeywords), [kind](const Keyword& keyword) { return keyword.kind == kind; });
}

bool is_trivia(TokenKind kind) {
  return kind == TokenKind::Blank || kind == TokenKind::Comment || kind == TokenKind::DocComment || kind == TokenKind::Unknown;
}

}  // namespace writ::cst
