#include <antlr4-runtime.h>

#include "compiler/parse/antlr/engine.h"
#include "compiler/parse/antlr/kinds_of_antlr.h"

#include "WritLexer.h"

namespace writ::parse::antlr {
namespace {

/// A stream over code points that are already decoded: ANTLR's own decoding throws on bad bytes.
class Points : public antlr4::ANTLRInputStream {
 public:
  explicit Points(const std::u32string& points) { _data.assign(points.begin(), points.end()); }
};

}  // namespace

support::Store<cst::TokenId, cst::Token> run_lexer(const DecodedText& text) {
  Points points(text.points);
  WritLexer lexer(&points);
  lexer.removeErrorListeners();
  support::Store<cst::TokenId, cst::Token> tokens;
  for (;;) {
    const std::unique_ptr<antlr4::Token> token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF) break;
    tokens.add({token_kind(token->getType()), text.offset(token->getStartIndex()), text.offset(token->getStopIndex() + 1)});
  }
  const std::uint32_t end = text.offset(text.points.size());
  tokens.add({cst::TokenKind::EndOfFile, end, end});
  return tokens;
}

}  // namespace writ::parse::antlr
