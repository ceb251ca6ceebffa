// One immutable reading of a project: its files with the editor's unsaved texts laid over those on disk, their statements, their
// diagnostics, and who names whom. Features are functions of a snapshot; the server replaces it when a text changes, and whoever still
// holds the old one may finish with it. Built on one thread, read on any.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/diagnostics/diagnostics.h"
#include "compiler/kernel/forms.h"

namespace writ::lsp {

/// Texts that the editor holds, by absolute path.
using Overlay = std::map<std::string, std::string>;

/// A place where a statement is named: its definition, or a use of it.
struct Mention {
  source::Range range;
  bool definition = false;
};
struct Symbol {
  std::string name;              ///< qualified
  std::string words;             ///< "role", "sod", "action" …
  source::Range definition;
  source::Range statement;
  std::string sentence;          ///< of `say`; empty for words without one
  std::string doc;
  std::vector<Mention> mentions; ///< definition first, then by place
};

struct Snapshot {
  std::filesystem::path root;
  source::SourceSet sources;
  std::map<std::string, source::FileId> file_of_path;   ///< absolute path → file
  std::vector<std::string> path_of_file;                ///< by FileId index
  std::vector<std::unique_ptr<ast::File>> files;
  std::vector<diagnostics::Diagnostic> diagnostics;
  std::vector<Symbol> symbols;                          ///< by name
  std::optional<kernel::Kernel> kernel;                 ///< only without errors
};

/// Reads the project of `file` (nearest writ.toml, or the file alone). Never fails: what is wrong becomes a diagnostic.
std::shared_ptr<const Snapshot> take_snapshot(const std::filesystem::path& file, const Overlay& overlay);

/// The symbol mentioned at an offset, if any.
const Symbol* symbol_at(const Snapshot& snapshot, source::FileId file, std::uint32_t offset);

}  // namespace writ::lsp
