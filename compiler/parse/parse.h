// Bytes to a concrete tree. Whatever the bytes are, the answer is a tree that covers them all and, for what is wrong, diagnostics with
// a code and a place, in time and memory bounded by ParseLimits. The limits are enforced on bytes and tokens before the parser runs;
// past them the file is one Error node. The only room that sees ANTLR, and only in antlr/.
// Several threads may parse at once, each with its own Sink.
#pragma once

#include "compiler/cst/tree.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"

namespace writ::parse {

struct ParseLimits {
  std::size_t bytes = std::size_t{8} << 20;
  std::size_t tokens = 2'000'000;    ///< blanks and comments included
  std::size_t nesting = 64;          ///< brackets of all kinds
  std::size_t recoveries = 200;      ///< syntax errors after which the rest of the file is skipped
  std::size_t diagnostics = 100;     ///< of one file
};

cst::Tree parse(const source::SourceSet& sources, source::FileId file, diagnostics::Sink& sink, const ParseLimits& limits = {});

/// Only the tokens, blanks and comments included, ending with EndOfFile. For --emit=tokens and highlighting.
support::Store<cst::TokenId, cst::Token> lex(const source::SourceSet& sources, source::FileId file);

}  // namespace writ::parse
