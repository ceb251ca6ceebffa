// The one layout of a policy file, from its concrete tree. Words and comments stay; blanks, line ends and columns follow rules:
//  * a body or list whose first line the author put on a line of its own is laid out in rows, any other on one row;
//  * rows are the author's where the language has a joint (a line of a body, a comma, a clause, `and`/`or`), nowhere else;
//  * the first words of a body's lines share a column that depends only on the kind of statement; neighbouring statements of one kind
//    on one row each share theirs.
// Formatting twice changes nothing (tested over every policy file).
#pragma once

#include <optional>
#include <string>

#include "compiler/cst/tree.h"

namespace writ::format {

/// Nothing for a file with a syntax error: what the author meant there is not known.
std::optional<std::string> format(const cst::Tree& tree, const source::SourceSet& sources);

}  // namespace writ::format
