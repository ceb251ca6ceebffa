// Everything known about one project at one moment: its files with the editor's texts laid over the disk, their trees, what `writ check` says of
// them, what every name means, and the kernel if there is one. Made in one go, then immutable: any number of threads may read it, and it
// lives as long as somebody asks about it. Everything in lsp/features is a pure function of a snapshot.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "compiler/ast/ast.h"
#include "compiler/check/check.h"
#include "compiler/cst/tree.h"
#include "compiler/kernel/forms.h"
#include "compiler/project/baseline.h"
#include "compiler/project/project.h"

namespace writ::lsp {

struct Snapshot {
  std::filesystem::path home;                     ///< the project's folder, or the one file that is a project of its own
  std::filesystem::path root;                     ///< what the paths in `sources` are relative to
  source::SourceSet sources;
  std::optional<project::Project> project;        ///< none: its manifest is wrong, or there is no file
  std::vector<cst::Tree> trees;                   ///< of project->files, in that order; `files` alike
  std::vector<ast::File> files;
  std::vector<ast::File> packages;                ///< that the files import: read-only, not of the disk
  std::vector<diagnostics::Diagnostic> diagnostics;
  std::optional<project::Baseline> baseline;      ///< of accepted findings, if the project names one
  project::Day today = 0;                         ///< when acceptances are asked whether they have ended
  check::Recording recording;                     ///< settled
  std::optional<typed_ir::Program> program;
  std::optional<kernel::Kernel> kernel;           ///< none after an error

  /// What the project's `deny`, `allow` and baseline leave of findings.
  std::vector<diagnostics::Diagnostic> counted(std::vector<diagnostics::Diagnostic> all) const;
  std::vector<const ast::File*> file_pointers() const;   ///< of the project, and of its packages
  std::filesystem::path path(source::FileId file) const { return root / sources.path(file); }
  std::optional<source::FileId> find(const std::filesystem::path& path) const;
  bool is_package(source::FileId file) const;
  /// Position in `trees` and `files`; none for the manifest.
  std::optional<std::size_t> index(source::FileId file) const;
};

/// nullptr if `cancelled` said so on the way (asked between files and between tests).
std::shared_ptr<const Snapshot> take_snapshot(const std::filesystem::path& home, const project::Texts& texts,
                                              const std::function<bool()>& cancelled = {});

}  // namespace writ::lsp
