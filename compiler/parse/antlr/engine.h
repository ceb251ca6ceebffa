// The wall: ANTLR behind two functions. No ANTLR type and no ANTLR exception leaves this folder.
#pragma once

#include "compiler/cst/tree.h"
#include "compiler/parse/decode.h"
#include "compiler/parse/problem.h"
#include "compiler/parse/token_shapes.h"

namespace writ::parse::antlr {

/// Every byte in some token; the last one is EndOfFile.
support::Store<cst::TokenId, cst::Token> run_lexer(const DecodedText& text);

struct Parsed {
  cst::Tree tree;
  std::vector<Problem> problems;
};

/// Fast prediction first; a file with errors, or one that needs it, is parsed again with full prediction and recovery.
/// After `recoveries` problems the rest of the file is skipped.
Parsed run_parser(source::FileId file, const support::Store<cst::TokenId, cst::Token>& tokens, const std::vector<TokenShape>& shapes,
                  std::size_t recoveries);

/// Where the grammar allows two readings of these tokens: the rule and the first token (an index of the shapes). Slow; for tests of the
/// grammar.
struct Ambiguity {
  cst::RuleKind rule;
  std::size_t begin;
  std::size_t end;
};
std::vector<Ambiguity> find_ambiguities(const std::vector<TokenShape>& shapes);

}  // namespace writ::parse::antlr
