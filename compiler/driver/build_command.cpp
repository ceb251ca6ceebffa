#include <filesystem>

#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/files.h"
#include "compiler/driver/interrupt.h"
#include "compiler/driver/lowering.h"
#include "compiler/driver/pipeline.h"
#include "compiler/driver/proving.h"
#include "compiler/emit/emit.h"

namespace writ::driver {
namespace {

namespace fs = std::filesystem;

report::Section steps_section() {
  report::Section section{"steps", nlohmann::ordered_json::array(), {}};
  for (const Step& step : pipeline()) section.json.push_back({{"step", step.name}, {"makes", step.makes}, {"emit", step.emits}});
  section.text = [](const report::Palette& palette) {
    std::string out;
    for (const Step& step : pipeline()) {
      const std::string emit = step.emits.empty() ? "" : fmt::format("  --emit={}", step.emits);
      out += fmt::format("{} {}{}\n", palette.paint(report::Ink::Strong, fmt::format("{:<10}", step.name)), step.makes, palette.paint(report::Ink::Faint, emit));
    }
    return out;
  };
  return section;
}

/// What `[build] require` names and is not proved; refutations are in the sink already, so that each is told with its story.
std::vector<std::string> missing_proofs(Session& session, const verify::ProofRun& run) {
  std::vector<std::string> missing;
  for (const std::string& word : session.manifest().required_obligations) {
    for (const verify::Result& r : run.results) {
      if (verify::to_string(r.obligation.kind) == word && !r.verdict.success()) missing.push_back(r.obligation.id);
    }
  }
  return missing;
}

report::Section built_section(const std::string& file, const std::string& bytes, const verify::ProofRun& run) {
  const auto proved = std::count_if(run.results.begin(), run.results.end(), [](const verify::Result& r) { return r.verdict.success(); });
  const std::string digest = emit::digest(bytes);
  report::Section section{"bundle", {{"file", file}, {"bytes", bytes.size()}, {"digest", digest}, {"proved", proved}, {"obligations", run.results.size()}}, {}};
  section.text = [=, total = run.results.size(), size = bytes.size()](const report::Palette& palette) {
    return fmt::format("{} {}\n  {} bytes  {}\n  {} of {} obligations proved\n", palette.paint(report::Ink::Strong, "wrote"), file, size, digest, proved, total);
  };
  return section;
}

/// "" or why not.
std::string write_bundle(const fs::path& file, const std::string& bytes) {
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  return error ? error.message() : write_file(file, bytes);
}

ExitCode build(Session& session) {
  const project::Project* project = session.project(session.options().path);
  if (project == nullptr || session.kernel() == nullptr) return ExitCode::Good;
  const auto run = prove(session, session.manifest().required_obligations);
  if (!run) return ExitCode::Good;
  if (interrupted()) return ExitCode::Interrupted;   // what was not judged is no reason to write less, or more
  const std::vector<std::string> missing = missing_proofs(session, *run);
  if (!session.options().unproved && !missing.empty()) {
    for (const std::string& id : missing) session.sink().report(diagnostics::Code::required_not_proved, {}, {id});
    return ExitCode::Findings;
  }
  const auto tables = lower_policy(session, &*run);
  if (!tables) return ExitCode::Good;
  const std::string bytes = emit::to_bytes(*tables);
  const fs::path file = fs::path(project->root) / session.manifest().out / (session.manifest().name + ".writb");
  if (const std::string why = write_bundle(file, bytes); !why.empty()) {
    session.sink().report(diagnostics::Code::cannot_write, {}, {project::as_seen_from_here(file), why});
    return ExitCode::Usage;
  }
  session.report.sections.push_back(built_section(project::as_seen_from_here(file), bytes, *run));
  return ExitCode::Good;
}

}  // namespace

ExitCode run_build(Session& session) {
  if (session.options().steps) {
    session.report.sections.push_back(steps_section());
    return ExitCode::Good;
  }
  if (!session.options().emit) return build(session);
  if (auto text = emit_step(session, *session.options().emit)) session.report.sections.push_back(report::plain("emitted", std::move(*text)));
  return ExitCode::Good;
}

}  // namespace writ::driver
