// One run of the command: the options, the project and what has been made of it so far. Steps are made on demand and kept; a step that
// fails has told why in the sink. Owned by `main`, one thread.
#pragma once

#include <functional>
#include <optional>

#include "compiler/ast/ast.h"
#include "compiler/check/check.h"
#include "compiler/cst/tree.h"
#include "compiler/driver/acceptances.h"
#include "compiler/driver/exit_code.h"
#include "compiler/driver/options.h"
#include "compiler/kernel/forms.h"
#include "compiler/project/project.h"
#include "compiler/report/section.h"

namespace writ::driver {

/// Whether standard error is a terminal that wants a moving line.
enum class Progress : std::uint8_t { Off, On };

class Session {
 public:
  Session(Options options, Progress progress);

  const Options& options() const { return options_; }
  source::SourceSet& sources() { return sources_; }
  diagnostics::Sink& sink() { return sink_; }
  report::Places places() const { return {sources_, &shown_}; }
  void show_as(source::FileId file, std::string path) { shown_.insert_or_assign(file, std::move(path)); }

  // The steps, in order; nullptr or false after an error.
  const project::Project* project(const std::string& path);
  const project::Manifest& manifest() const;      ///< of the project that is open
  bool parse();                                   ///< trees and files; true if no file has an error
  const std::vector<cst::Tree>& trees() const { return trees_; }
  const std::vector<ast::File>& files() const { return files_; }
  std::vector<const ast::File*> file_pointers() const;   ///< of the project, and of the packages that it imports

  const typed_ir::Program* program();             ///< checked
  const kernel::Kernel* kernel();                 ///< elaborated
  void check_tests();                             ///< tells what is wrong in the tests themselves, once the policy is checked
  check::Options check_options() const;

  /// Drops what the sink holds except errors: for commands that answer something else than `check`.
  void forget_warnings();

  /// The project's deny, allow and baseline, applied to what the sink holds; sorted.
  std::vector<diagnostics::Diagnostic> take_diagnostics();
  /// For a command that has seen all findings of a kind.
  void judged(Judged what) { judged_ = what; }
  Acceptances* acceptances() { return acceptances_ ? &*acceptances_ : nullptr; }   ///< nullptr: no baseline

  /// One line on a terminal that the next one overwrites; nothing elsewhere.
  void progress(const std::string& line) const;
  void end_progress() const;

  report::Report report;                          ///< what the command has to say

 private:
  void show_files();
  void open_baseline();

  Options options_;
  Progress progress_;
  source::SourceSet sources_;
  report::ShownPaths shown_;                      ///< of files of the project, from where the command runs
  diagnostics::Sink sink_;
  std::optional<project::Project> project_;
  std::optional<Acceptances> acceptances_;
  Judged judged_ = Judged::Nothing;
  std::vector<cst::Tree> trees_;
  std::vector<ast::File> files_;
  std::vector<ast::File> packages_;
  std::optional<typed_ir::Program> program_;
  std::optional<kernel::Kernel> kernel_;
  bool checked_ = false;
  bool elaborated_ = false;
  bool parsed_ = false;
  bool parsed_well_ = false;
};

}  // namespace writ::driver
