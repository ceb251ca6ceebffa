// Packages: modules that a file imports by name (`import std.p2p`). They bring a vocabulary and put nothing in force (semantics.md 1.2). This edition
// knows the standard library alone, which every command carries inside, so that a policy means the same wherever it is read; modules under
// `std` are its own. Reads nothing from the disk.
#pragma once

#include <string_view>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"

namespace writ::packages {

/// The packages that the files import, and those that these import in turn, each once, by name. A name that is no package is left to check,
/// which says so. Paths in `sources` are "std/p2p.writ".
std::vector<ast::File> imported_by(const std::vector<ast::File>& files, source::SourceSet& sources, diagnostics::Sink& sink);

}  // namespace writ::packages
