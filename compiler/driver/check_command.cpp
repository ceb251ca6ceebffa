#include <fmt/format.h>

#include "compiler/driver/commands.h"

namespace writ::driver {
namespace {

report::Section summary(const Session& session, std::size_t files, std::size_t statements) {
  report::Section section{"checked", {{"files", files}, {"statements", statements}}, {}};
  const std::string project = session.report.project;
  section.text = [=](const report::Palette& palette) {
    return fmt::format("{} {}: {} statements in {} file{}\n", palette.paint(report::Ink::Good, "checked"), project, statements, files, files == 1 ? "" : "s");
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
    std::size_t statements = 0;
    for (const ast::File& file : session.files()) statements += file.items.size();
    session.report.sections.push_back(summary(session, session.files().size(), statements));
  }
  return ExitCode::Good;
}

}  // namespace writ::driver
