// What could stand at a place: walks ANTLR's network from a state, with the rules that were open there, over the tokens that were read
// since, and collects what may follow. Unlike ANTLR's own answer it is exact after a failed look-ahead.
#pragma once

#include <antlr4-runtime.h>

#include <span>
#include <vector>

#include "compiler/parse/problem.h"

namespace writ::parse::antlr {

struct Expected {
  std::vector<Expectation> phrases;    ///< rules that have a phrase are not looked into
  std::vector<cst::TokenKind> words;   ///< keywords, with those looked into; names are not
};

/// `state` and `context` as the parser had them; `read` the tokens from there to the place.
Expected expected_after(const antlr4::atn::ATN& atn, std::size_t state, const antlr4::RuleContext* context,
                        std::span<const cst::TokenKind> read);

}  // namespace writ::parse::antlr
