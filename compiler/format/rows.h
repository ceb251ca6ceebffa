// The file as rows of tokens, before columns are known.
#pragma once

#include <string>
#include <vector>

#include "compiler/format/marks.h"

namespace writ::format {

struct Piece {
  cst::TokenId token;
  Mark mark;
  std::string text;
};

struct Row {
  std::vector<Piece> pieces;            ///< empty: a row of comment alone
  std::string comment;                  ///< at the end of the row, or the row
  std::uint16_t indent = 0;
  Continuation continuation = Continuation::None;
  bool blank_before = false;
  std::optional<BlockKey> block;        ///< shares columns with its neighbours
};

std::vector<Row> rows_of(const cst::Syntax& root, const std::vector<Mark>& marks);

}  // namespace writ::format
