// The tables of the layout: which words start a line and how wide their column is, where rows may end, which columns neighbours share.
#pragma once

#include <optional>
#include <vector>

#include "compiler/cst/syntax.h"

namespace writ::format {

/// For `role_line`, the `may_line` in it; anything else itself.
cst::Syntax innermost_line(const cst::Syntax& line);

/// The column at which the content of a statement's lines begins, counted from the lines; 0: none.
std::uint8_t line_column(cst::RuleKind statement);

/// The token after the words of a line (`at most`, `within same`), if the line has such words and something follows.
std::optional<cst::TokenId> content_of_line(const cst::Syntax& line);

/// A clause before which a row may end.
bool is_clause(cst::RuleKind kind);

/// The clauses of this node that stand two blanks apart.
std::vector<cst::Syntax> wide_clauses(const cst::Syntax& node);

/// The columns that neighbouring lines of this kind share.
struct Column {
  cst::TokenId token;
  std::uint8_t slot;
  std::uint8_t gap;  ///< blanks at least
};
std::vector<Column> columns_of(const cst::Syntax& node);

/// What makes this line a neighbour of another; nothing for a line that shares no columns.
std::optional<cst::RuleKind> block_of(const cst::Syntax& line);

}  // namespace writ::format
