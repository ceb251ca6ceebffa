// ANTLR's numbers of tokens and rules to ours. Both come from one grammar run, so the compiler can check that they agree.
#pragma once

#include "WritParser.h"

#include "compiler/cst/kinds.h"

namespace writ::parse::antlr {

#define WRIT_CST_RULE(Kind, name, antlr_name) \
  static_assert(static_cast<std::size_t>(cst::RuleKind::Kind) == WritParser::antlr_name, "rules in the order of the grammar");
#include "grammar/rules.def"
#undef WRIT_CST_RULE

#define WRIT_CST_TOKEN(Kind, symbol, spelled) \
  static_assert(static_cast<std::size_t>(cst::TokenKind::Kind) == WritParser::symbol, "tokens in the order of the grammar");
#include "grammar/tokens.def"
#undef WRIT_CST_TOKEN

inline cst::TokenKind token_kind(std::size_t antlr_type) {
  return antlr_type == antlr4::Token::EOF ? cst::TokenKind::EndOfFile : static_cast<cst::TokenKind>(antlr_type);
}
inline std::size_t antlr_type(cst::TokenKind kind) {
  return kind == cst::TokenKind::EndOfFile ? antlr4::Token::EOF : static_cast<std::size_t>(kind);
}
inline cst::RuleKind rule_kind(std::size_t antlr_rule) { return static_cast<cst::RuleKind>(antlr_rule); }

}  // namespace writ::parse::antlr
