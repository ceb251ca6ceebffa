#include "compiler/driver/run.h"

#include <cstdio>
#include <cstdlib>
#include <exception>

#include <fmt/format.h>
#include <unistd.h>

#include "compiler/driver/command_line.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/expectations.h"
#include "compiler/driver/files.h"
#include "compiler/driver/interrupt.h"
#include "compiler/driver/outputs.h"
#include "compiler/driver/reproducer.h"

namespace writ::driver {
namespace {

int internal_error(const std::vector<std::string>& arguments, const std::string& message, const source::SourceSet& sources) {
  const std::string folder = save_reproducer(arguments, message, sources);
  std::fputs(fmt::format("internal error: {}\n  = note: this is a bug of writ's, not of your policy\n", message).c_str(), stderr);
  if (!folder.empty()) std::fputs(fmt::format("  = note: what shows it was saved in {}\n", folder).c_str(), stderr);
  return static_cast<int>(ExitCode::Internal);
}

/// `--accept-through`: what was found goes into the baseline, unless some of it can be accepted by nobody.
void accept_findings(Session& session) {
  auto& found = session.report.diagnostics;
  const auto refuse = [&](std::string why) {
    diagnostics::Diagnostic d;
    d.code = diagnostics::Code::baseline_unusable;
    d.args = {std::move(why)};
    found.push_back(std::move(d));
  };
  const bool acceptable = std::all_of(found.begin(), found.end(), [](const diagnostics::Diagnostic& d) { return project::can_be_accepted(d.code); });
  if (!acceptable) return;
  if (session.acceptances() == nullptr) return refuse("writ.toml names no file for it under `[diagnostics] baseline`");
  const std::string& through = session.options().accept_through.value();
  if (std::string why = session.acceptances()->why_not(through); !why.empty()) return refuse(std::move(why));
  std::erase_if(found, [](const diagnostics::Diagnostic& d) { return d.code == diagnostics::Code::baseline_outdated; });
  const std::string failed = session.acceptances()->accept(found, *project::read_date(through), session.options().because, session.sources());
  if (!failed.empty()) return refuse(fmt::format("`{}` cannot be written: {}", session.acceptances()->shown(), failed));
  found.clear();
}

void show_accepted(Session& session) {
  session.report.accepted = session.acceptances()->accepted();
  session.report.sections.push_back(report::accepted_section(session.report.accepted, session.places()));
}

ExitCode run_command(Session& session) {
  const Command* command = find_command(session.options().command);
  WRIT_CHECK(command != nullptr, "a declared command that nothing runs: " + session.options().command);
  if (const char* broken = std::getenv("WRIT_BREAK_INVARIANT"); broken != nullptr && *broken != '\0') {
    session.project(session.options().path);
    WRIT_CHECK(false, "asked for by WRIT_BREAK_INVARIANT");
  }
  const ExitCode own = command->run(session);
  session.report.diagnostics = session.take_diagnostics();
  if (session.options().accept_through) accept_findings(session);
  if (session.acceptances() != nullptr && !session.acceptances()->accepted().empty()) show_accepted(session);
  ExitCode worst = own;
  if (session.options().verify) {
    session.report.diagnostics = unmet_expectations(session.report.diagnostics, session.sources());
    worst = ExitCode::Good;
  }
  worst = worse(worst, exit_code_of(session.report.diagnostics));
  if (interrupted()) worst = ExitCode::Interrupted;
  session.report.exit = static_cast<int>(worst);
  return worse(worst, write_report(session.report, session.options(), session.places()));
}

Progress wants_progress() {
  const char* term = std::getenv("TERM");
  const bool moves = isatty(STDERR_FILENO) != 0 && !(term != nullptr && std::string_view(term) == "dumb");
  return moves ? Progress::On : Progress::Off;
}

}  // namespace

int run(const std::vector<std::string>& arguments) {
  guard_standard_streams();
  auto options = parse_command_line(arguments);
  if (!options) {
    const auto& [text, usage_error] = options.error();
    if (usage_error) std::fputs(text.c_str(), stderr);
    else write_standard_output(text);
    return static_cast<int>(worse(usage_error ? ExitCode::Usage : ExitCode::Good, end_output()));
  }
  install_interrupt_handler();
  Session session(std::move(*options), wants_progress());
  try {
    const ExitCode worst = run_command(session);
    return static_cast<int>(worse(worst, end_output()));
  } catch (const std::exception& error) {
    session.end_progress();
    return internal_error(arguments, error.what(), session.sources());
  }
}

}  // namespace writ::driver
