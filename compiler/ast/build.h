// From the concrete tree to the author's statements. Broken statements and broken lines are left out (the parser has told of them);
// what parses but is no number, date or text, stands twice or is missing from a body is told here. Never fails: a file without a
// readable statement is an empty File.
#pragma once

#include "compiler/ast/ast.h"
#include "compiler/cst/tree.h"
#include "compiler/diagnostics/diagnostics.h"

namespace writ::ast {

File build(const cst::Tree& tree, const source::SourceSet& sources, diagnostics::Sink& sink);

/// The file as an indented outline, one line per part that says something. For --emit=ast.
std::string print(const File& file);

}  // namespace writ::ast
