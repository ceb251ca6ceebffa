// What the grammar says about the space before each token, independent of how wide anything is.
#pragma once

#include <vector>

#include "compiler/cst/syntax.h"

namespace writ::format {

enum class Break : std::uint8_t {
  Never,
  AsWritten,  ///< starts a row where the author's does
  Always,
};

/// Where a row that starts in the middle of something begins.
enum class Continuation : std::uint8_t {
  None,     ///< no: it starts a line of its own, at its indent
  Content,  ///< under the content of its line
  Operand,  ///< `and`, `or`: so that the operand stands under the first operand (`anchor`)
};

/// Rows with the same key, one below the other, share columns.
using BlockKey = cst::RuleKind;

struct Mark {
  Break row = Break::Never;
  std::uint8_t spaces = 1;
  Continuation continuation = Continuation::Content;
  std::uint16_t indent = 0;            ///< of a row that starts here
  std::uint8_t pad = 0;                ///< content of a line: at least so far from the line's first token
  cst::TokenId line;                   ///< pad: the line's first token
  std::uint8_t slot = 0;               ///< a column shared by the block's rows, from 1; 0: none
  bool hangs = false;                  ///< `or` of another way in: ends where slot 1 begins
  cst::TokenId anchor;                 ///< Operand
  std::optional<BlockKey> block;       ///< on the first token of a line that may share columns
};

/// One per token of the tree; only those of tokens that are no trivia mean anything.
std::vector<Mark> marks_of(const cst::Syntax& root);

}  // namespace writ::format
