#include <algorithm>

#include <fmt/format.h>

#include "compiler/driver/command_line.h"
#include "compiler/driver/commands.h"
#include "compiler/say/say.h"

namespace writ::driver {
namespace {

struct Counts {
  std::size_t files = 0, roles = 0, rules = 0, lifts = 0, tests = 0, errors = 0, warnings = 0;
};

Counts count(const Session& session, std::size_t errors, std::size_t warnings) {
  Counts c;
  c.errors = errors;
  c.warnings = warnings;
  c.files = session.files().size();
  for (const ast::File& file : session.files()) {
    for (const ast::Item& item : file.items) {
      const std::string_view kind = ast::words_of(item);
      c.roles += kind == "role";
      c.rules += kind == "sod" || kind == "sensitive" || kind == "never" || kind == "forbid" || kind == "require";
      c.lifts += kind == "exception" || kind == "mitigation";
      c.tests += kind == "test";
    }
  }
  return c;
}

std::string next_step(const Counts& c) {
  if (c.errors > 0) return "writ check    shows the errors";
  if (c.tests == 0) return "write a `test`, then: writ test";
  return "writ prove    then: writ test, writ build";
}

report::Section section(const std::string& project, const std::string& version, const Counts& c) {
  const std::string next = next_step(c);
  report::Section section{"state",
                          {{"version", version}, {"files", c.files}, {"roles", c.roles}, {"rules", c.rules}, {"lifts", c.lifts}, {"tests", c.tests},
                           {"errors", c.errors}, {"warnings", c.warnings}, {"next", next}},
                          {}};
  section.text = [=](const report::Palette& palette) {
    std::string state = c.errors == 0 ? palette.paint(report::Ink::Good, "well formed") : palette.paint(report::Ink::Error, fmt::format("{} error{}", c.errors, c.errors == 1 ? "" : "s"));
    if (c.warnings > 0) state += ", " + palette.paint(report::Ink::Warning, fmt::format("{} warning{}", c.warnings, c.warnings == 1 ? "" : "s"));
    return fmt::format("{} version {}: {}\n  {} files, {} roles, {} rules, {} exceptions and mitigations, {} tests\nnext: {}\n",
                       palette.paint(report::Ink::Strong, project), version, state, c.files, c.roles, c.rules, c.lifts, c.tests, next);
  };
  return section;
}

report::Section no_project() {
  report::Section section{"state", {{"next", "writ new DIR"}}, {}};
  section.text = [](const report::Palette&) {
    return std::string("there is no policy here\nnext: writ new DIR    starts a project\n      writ --help     says what else there is\n");
  };
  return section;
}

}  // namespace

ExitCode run_state(Session& session) {
  const project::Project* project = session.project(".");
  if (project == nullptr) {
    // No policy is a beginning, not a mistake; anything else is told.
    for (auto& d : session.sink().take(session.sources())) {
      if (d.code == diagnostics::Code::no_policy_files) session.report.sections.push_back(no_project());
      else session.sink().add(std::move(d));
    }
    return ExitCode::Good;
  }
  session.kernel();
  // Counted here, shown by `writ check`.
  const auto found = session.take_diagnostics();
  const auto errors = static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [](const auto& d) { return d.effective_severity() == diagnostics::Severity::Error; }));
  session.report.sections.push_back(section(project->manifest.name, project->manifest.version, count(session, errors, found.size() - errors)));
  return errors > 0 ? ExitCode::Findings : ExitCode::Good;
}

}  // namespace writ::driver
