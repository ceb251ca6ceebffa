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

/// The first line that would change, up to its end.
source::Range first_change(const source::SourceSet& sources, source::FileId file, std::string_view text) {
  const std::string_view old = sources.text(file);
  const auto at = static_cast<std::uint32_t>(std::mismatch(old.begin(), old.end(), text.begin(), text.end()).first - old.begin());
  const source::Position line = sources.position(file, at);
  const std::uint32_t begin = at - (line.column - 1);
  return {file, begin, std::max(at, begin + static_cast<std::uint32_t>(sources.line_text(file, line.line).size()))};
}

void tell(Session& session, const PolicyFile& file, const std::string& shown, std::string_view text) {
  auto& d = session.sink().report(Code::not_formatted, first_change(session.sources(), file.id, text), {shown});
  if (session.sources().text(file.id).find('\r') != std::string_view::npos) d.with_note("its lines end in CR LF; those of the canonical layout end in LF");
}

void lay_out(Session& session, const PolicyFile& file, Outcome& outcome) {
  const cst::Tree tree = parse::parse(session.sources(), file.id, session.sink());
  const auto text = format::format(tree, session.sources());
  if (!text) return;
  std::error_code error;
  ++outcome.files;
  if (*text == session.sources().text(file.id)) return;
  const std::string shown = project::as_seen_from_here(fs::absolute(file.path, error));
  session.show_as(file.id, shown);
  if (session.options().fmt_check) tell(session, file, shown, *text);
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
    if (outcome.changed.empty() && outcome.files > 0) out += fmt::format("{} file{} in the canonical layout\n", outcome.files, outcome.files == 1 ? "" : "s");
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
