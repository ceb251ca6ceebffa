#include <filesystem>

#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/files.h"
#include "compiler/format/format.h"
#include "compiler/parse/parse.h"

namespace writ::driver {
namespace {

namespace fs = std::filesystem;
using diagnostics::Code;

struct PolicyFile {
  source::FileId id;
  fs::path path;  ///< where it is written back
};

/// A file is itself alone, a folder the policy files of its project.
std::vector<PolicyFile> files_at(Session& session, const std::string& asked) {
  std::error_code error;
  if (fs::is_directory(asked, error)) {
    std::vector<PolicyFile> files;
    project::Place place{asked, std::nullopt};
    if (session.options().project) place.project = *session.options().project;
    const auto project = project::open(place, session.sources(), session.sink());
    if (!project) return files;
    for (const source::FileId id : project->files) files.push_back({id, project->root / fs::path(session.sources().path(id))});
    return files;
  }
  project::FileText read = project::read_file(asked, project::FileLimits{}.bytes_of_one);
  if (read.error.empty()) return {{session.sources().add(asked, std::move(read.text)), asked}};
  session.sink().report(Code::cannot_read, {}, {asked, read.error});
  return {};
}

struct Outcome {
  std::size_t files = 0;
  std::vector<std::string> changed;
};

void lay_out(Session& session, const PolicyFile& file, Outcome& outcome) {
  ++outcome.files;
  const cst::Tree tree = parse::parse(session.sources(), file.id, session.sink());
  const auto text = format::format(tree, session.sources());
  if (!text || *text == session.sources().text(file.id)) return;
  const std::string shown(session.sources().path(file.id));
  if (session.options().fmt_check) session.sink().report(Code::not_formatted, {file.id, 0, 0}, {shown});
  else if (const std::string why = write_file(file.path, *text); !why.empty()) {
    session.sink().report(Code::cannot_write, {}, {shown, why});
    return;
  }
  outcome.changed.push_back(shown);
}

report::Section section(const Outcome& outcome, const Session& session) {
  const bool check = session.options().fmt_check;
  report::Section section{"fmt", {{"files", outcome.files}, {check ? "would_change" : "changed", outcome.changed}}, {}};
  section.text = [=](const report::Palette& palette) {
    std::string out;
    for (const std::string& file : outcome.changed) out += check ? "" : fmt::format("{} {}\n", palette.paint(report::Ink::Good, "laid out"), file);
    if (outcome.changed.empty()) out += fmt::format("{} file{} in the canonical layout\n", outcome.files, outcome.files == 1 ? "" : "s");
    return out;
  };
  return section;
}

}  // namespace

ExitCode run_fmt(Session& session) {
  std::vector<std::string> paths = session.options().names;
  if (paths.empty()) paths.push_back(".");
  Outcome outcome;
  for (const std::string& path : paths) {
    for (const PolicyFile& file : files_at(session, path)) lay_out(session, file, outcome);
  }
  session.report.sections.push_back(section(outcome, session));
  return ExitCode::Good;
}

}  // namespace writ::driver
