#include "compiler/driver/session.h"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

#include "compiler/ast/build.h"
#include "compiler/check/check.h"
#include "compiler/driver/interrupt.h"
#include "compiler/driver/terminal.h"
#include "compiler/kernel/elaborate.h"
#include "compiler/packages/packages.h"
#include "compiler/parse/parse.h"
#include "compiler/report/columns.h"

namespace writ::driver {

using diagnostics::Diagnostic;
using diagnostics::Severity;

Session::Session(Options options, Progress progress) : options_(std::move(options)), progress_(progress) { report.command = options_.command; }

const project::Project* Session::project(const std::string& path) {
  if (!project_) {
    project::Place place{path, std::nullopt};
    if (options_.project) place.project = *options_.project;
    project_ = project::open(place, sources_, sink_);
    if (project_) report.project = project_->manifest.name;
    if (project_) show_files();
    if (project_ && project_->manifest.baseline) open_baseline();
  }
  return project_ ? &*project_ : nullptr;
}

void Session::show_files() {
  std::vector<source::FileId> files = project_->files;
  if (project_->manifest_file) files.push_back(*project_->manifest_file);
  for (const source::FileId file : files) show_as(file, project::as_seen_from_here(project_->root / sources_.path(file)));
}

/// Without it nothing is judged: findings that were accepted would all come back as new ones.
void Session::open_baseline() {
  const auto missing = options_.accept_through ? Acceptances::Missing::IsEmpty : Acceptances::Missing::IsAnError;
  acceptances_ = Acceptances::open(*project_, missing, sources_, sink_);
  if (!acceptances_) project_.reset();
}

const project::Manifest& Session::manifest() const {
  WRIT_CHECK(project_.has_value(), "the manifest of a project that is not open");
  return project_->manifest;
}

bool Session::parse() {
  if (parsed_) return parsed_well_;
  parsed_ = true;
  if (!project_) return false;
  const std::size_t before = sink_.error_count();
  for (const source::FileId file : project_->files) {
    trees_.push_back(parse::parse(sources_, file, sink_));
    files_.push_back(ast::build(trees_.back(), sources_, sink_));
  }
  packages_ = packages::imported_by(files_, sources_, sink_);
  return parsed_well_ = sink_.error_count() == before;
}

std::vector<const ast::File*> Session::file_pointers() const {
  std::vector<const ast::File*> all;
  for (const ast::File& file : files_) all.push_back(&file);
  for (const ast::File& file : packages_) all.push_back(&file);
  return all;
}

const kernel::Kernel* Session::kernel() {
  if (elaborated_) return kernel_ ? &*kernel_ : nullptr;
  elaborated_ = true;
  if (const typed_ir::Program* checked = program()) kernel_ = kernel::elaborate(*checked, sink_);
  return kernel_ ? &*kernel_ : nullptr;
}

void Session::check_tests() {
  if (program() == nullptr) return;
  check::TestChecker checker(file_pointers(), check_options());
  for (const ast::File& file : files_) {
    for (const ast::Item& item : file.items) {
      if (const auto* test = std::get_if<ast::Test>(&item.statement)) checker.check(file, *test, sink_);
    }
  }
}

check::Options Session::check_options() const {
  WRIT_CHECK(project_.has_value(), "options of a project that is not open");
  const project::Manifest& m = project_->manifest;
  return {m.name, m.version, m.marks == project::Marks::Accept};
}

const typed_ir::Program* Session::program() {
  if (checked_) return program_ ? &*program_ : nullptr;
  checked_ = true;
  if (!parse()) return nullptr;
  program_ = check::check(file_pointers(), check_options(), sink_);
  return program_ ? &*program_ : nullptr;
}

void Session::forget_warnings() {
  for (Diagnostic& d : sink_.take(sources_)) {
    if (d.effective_severity() == Severity::Error) sink_.add(std::move(d));
  }
}

std::vector<Diagnostic> Session::take_diagnostics() {
  std::vector<Diagnostic> all = sink_.take(sources_);
  if (!project_) return all;
  all = project::judged(project_->manifest, std::move(all));
  return acceptances_ ? acceptances_->apply(std::move(all), judged_, sources_) : all;
}

void Session::progress(const std::string& line) const {
  if (progress_ == Progress::Off) return;
  set_moving_line(MovingLine::Shown);
  std::fputs(fmt::format("{}{}", kClearLine, report::cut(line, terminal_columns(STDERR_FILENO) - 1)).c_str(), stderr);
}

void Session::end_progress() const {
  if (progress_ == Progress::Off) return;
  std::fputs(kClearLine, stderr);
  set_moving_line(MovingLine::Absent);
}

}  // namespace writ::driver
