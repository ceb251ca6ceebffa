#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "compiler/driver/command_line.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/lowering.h"
#include "compiler/emit/emit.h"
#include "compiler/testing/testing.h"
#include "runtime/layout/layout.h"

namespace writ::driver {
namespace {

struct Counts {
  std::size_t files = 0, roles = 0, rules = 0, lifts = 0, tests = 0, passed = 0, errors = 0, warnings = 0;
};

/// What was built last, against the sources as they are.
struct Built {
  enum class Age : std::uint8_t { None, Older, Current } age = Age::None;
  std::string file;
  std::size_t proved = 0, obligations = 0;

  bool good() const { return age == Age::Current && obligations > 0 && proved == obligations; }
};

Counts count(const Session& session) {
  Counts c;
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

std::size_t passed_tests(Session& session) {
  testing::Options options;
  options.check = session.check_options();
  options.progress = [&session](std::size_t done, std::size_t total, const std::string& next) {
    session.progress(fmt::format("test {} of {}  {}", done + 1, total, next));
  };
  const auto results = testing::run(session.file_pointers(), session.sources(), options, session.sink());
  session.end_progress();
  return static_cast<std::size_t>(std::count_if(results.begin(), results.end(), [](const testing::TestResult& r) { return r.passed(); }));
}

Built built(Session& session, const project::Project& project) {
  Built b;
  const std::filesystem::path file = project.root / project.manifest.out / (project.manifest.name + ".writb");
  b.file = project::as_seen_from_here(file);
  const project::FileText bytes = project::read_file(file, layout::kMaxBytes);
  if (!bytes.error.empty()) return b;
  b.age = Built::Age::Older;
  const auto tables = emit::from_bytes(bytes.text);
  if (!tables) return b;
  const auto listed = tables->list(tables->manifest.source_digests);
  std::vector<std::pair<std::string, std::string>> digests;
  for (std::size_t i = 0; i + 1 < listed.size(); i += 2) digests.emplace_back(tables->text(listed[i]), tables->text(listed[i + 1]));
  const bool same = tables->text(tables->manifest.policy_version) == project.manifest.version && digests == source_digests(session);
  if (same) b.age = Built::Age::Current;
  b.obligations = tables->proof_records.size();
  for (const layout::ProofRecord& r : tables->proof_records) b.proved += tables->text(r.verdict) == "proved";
  return b;
}

std::string next_step(const Counts& c, const Built& b) {
  if (c.errors > 0) return "writ check    shows the errors";
  if (c.tests == 0) return "write a `test`, then: writ test";
  if (c.passed < c.tests) return "writ test     shows what fails";
  if (!b.good()) return "writ prove    then: writ build";
  return fmt::format("nothing is open; ask it: writ eval REQUEST.json --bundle {}", b.file);
}

std::string counted(std::size_t n, const char* one, const char* many) { return fmt::format("{} {}", n, n == 1 ? one : many); }

std::string about_bundle(const Built& b, const report::Palette& palette) {
  const std::string proofs = fmt::format("{} of {} obligations proved", b.proved, b.obligations);
  switch (b.age) {
    case Built::Age::None: return fmt::format("{} is not built yet", b.file);
    case Built::Age::Older: return palette.paint(report::Ink::Warning, fmt::format("{} was built from other sources", b.file));
    case Built::Age::Current: return palette.paint(b.good() ? report::Ink::Good : report::Ink::Warning, fmt::format("{} is current, {}", b.file, proofs));
  }
  return "";
}

const char* word(Built::Age age) {
  switch (age) {
    case Built::Age::None: return "none";
    case Built::Age::Older: return "older";
    case Built::Age::Current: return "current";
  }
  return "";
}

report::Section section(const std::string& project, const std::string& version, const Counts& c, const Built& b) {
  const std::string next = next_step(c, b);
  report::Section section{"state",
                          {{"version", version}, {"files", c.files}, {"roles", c.roles}, {"rules", c.rules}, {"lifts", c.lifts}, {"tests", c.tests}, {"passed", c.passed},
                           {"errors", c.errors}, {"warnings", c.warnings},
                           {"bundle", {{"file", b.file}, {"state", word(b.age)}, {"proved", b.proved}, {"obligations", b.obligations}}}, {"next", next}},
                          {}};
  section.text = [=](const report::Palette& palette) {
    std::string state = c.errors == 0 ? palette.paint(report::Ink::Good, "well formed") : palette.paint(report::Ink::Error, counted(c.errors, "error", "errors"));
    if (c.warnings > 0) state += ", " + palette.paint(report::Ink::Warning, counted(c.warnings, "warning", "warnings"));
    std::string out = fmt::format("{} version {}: {}\n  {}, {}, {}, {}\n", palette.paint(report::Ink::Strong, project), version, state, counted(c.files, "file", "files"),
                                  counted(c.roles, "role", "roles"), counted(c.rules, "rule", "rules"), counted(c.lifts, "exception or mitigation", "exceptions and mitigations"));
    if (c.errors == 0) {
      const std::string tests = c.tests == 0 ? "no tests" : fmt::format("{} of {} pass", c.passed, counted(c.tests, "test", "tests"));
      out += fmt::format("  {}\n  {}\n", palette.paint(c.passed == c.tests && c.tests > 0 ? report::Ink::Good : report::Ink::Warning, tests), about_bundle(b, palette));
    }
    return out + fmt::format("next: {}\n", next);
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
  const bool well_formed = session.kernel() != nullptr;
  Counts counts = count(session);
  if (well_formed) counts.passed = passed_tests(session);
  const Built bundle = well_formed ? built(session, *project) : Built{};
  // Counted here, shown by the command that `next` names.
  const auto found = session.take_diagnostics();
  counts.errors = static_cast<std::size_t>(std::count_if(found.begin(), found.end(), [](const auto& d) { return d.effective_severity() == diagnostics::Severity::Error; }));
  counts.warnings = found.size() - counts.errors;
  session.report.sections.push_back(section(project->manifest.name, project->manifest.version, counts, bundle));
  return counts.errors > 0 || counts.passed < counts.tests ? ExitCode::Findings : ExitCode::Good;
}

}  // namespace writ::driver
