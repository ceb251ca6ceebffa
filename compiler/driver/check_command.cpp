#include <algorithm>

#include <fmt/format.h>

#include "compiler/driver/commands.h"

namespace writ::driver {
namespace {

/// What an approval that stands in a file is worth here (semantics.md 8.6); "" where nothing rests on one.
std::string about_marks(project::Marks marks, std::size_t lifts) {
  if (lifts == 0) return "";
  const std::string rest = lifts == 1 ? "1 exception or mitigation rests" : fmt::format("{} exceptions and mitigations rest", lifts);
  const char* takes = lifts == 1 ? "it takes" : "they take";
  switch (marks) {
    case project::Marks::Accept: return fmt::format("  {} on approvals as the files claim them (marks = \"accept\")\n", rest);
    case project::Marks::Require: return fmt::format("  {} on approvals that only the files claim, so {} no effect (marks = \"require\")\n", rest, takes);
  }
  return "";
}

report::Section summary(const Session& session) {
  std::size_t statements = 0, lifts = 0;
  for (const ast::File& file : session.files()) {
    statements += file.items.size();
    lifts += static_cast<std::size_t>(std::count_if(file.items.begin(), file.items.end(), [](const ast::Item& item) {
      const std::string_view kind = ast::words_of(item);
      return kind == "exception" || kind == "mitigation";
    }));
  }
  const std::size_t files = session.files().size();
  const project::Marks marks = session.manifest().marks;
  report::Section section{"checked", {{"files", files}, {"statements", statements}, {"lifts", lifts}, {"marks", marks == project::Marks::Accept ? "accept" : "require"}}, {}};
  const std::string project = session.report.project;
  section.text = [=](const report::Palette& palette) {
    return fmt::format("{} {}: {} statements in {} file{}\n{}", palette.paint(report::Ink::Good, "checked"), project, statements, files, files == 1 ? "" : "s",
                       palette.paint(report::Ink::Faint, about_marks(marks, lifts)));
  };
  return section;
}

}  // namespace

ExitCode run_check(Session& session) {
  if (session.project(session.options().path) == nullptr) return ExitCode::Good;
  if (session.kernel() != nullptr) {
    session.check_tests();
    if (session.sink().has_errors()) return ExitCode::Good;
    session.judged(Judged::Policy);
    session.report.sections.push_back(summary(session));
  }
  return ExitCode::Good;
}

}  // namespace writ::driver
