#include "compiler/driver/run.h"

#include <cstdio>
#include <cstdlib>
#include <exception>

#include <fmt/format.h>
#include <unistd.h>

#include "compiler/driver/command_line.h"
#include "compiler/driver/commands.h"
#include "compiler/driver/expectations.h"
#include "compiler/driver/interrupt.h"
#include "compiler/driver/outputs.h"
#include "compiler/driver/reproducer.h"

namespace writ::driver {
namespace {

int internal_error(const std::vector<std::string>& arguments, const std::string& message, const source::SourceSet& sources) {
  const std::string folder = save_reproducer(arguments, message, sources);
  std::fflush(stdout);
  std::fputs(fmt::format("internal error: {}\n  = note: this is a bug of writ's, not of your policy\n", message).c_str(), stderr);
  if (!folder.empty()) std::fputs(fmt::format("  = note: what shows it was saved in {}\n", folder).c_str(), stderr);
  return static_cast<int>(ExitCode::Internal);
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
  ExitCode worst = own;
  if (session.options().verify) {
    session.report.diagnostics = unmet_expectations(session.report.diagnostics, session.sources());
    worst = ExitCode::Good;
  }
  worst = worse(worst, exit_code_of(session.report.diagnostics));
  if (interrupted()) worst = ExitCode::Interrupted;
  session.report.exit = static_cast<int>(worst);
  return worse(worst, write_report(session.report, session.options(), session.sources()));
}

Progress wants_progress() { return isatty(STDERR_FILENO) != 0 ? Progress::On : Progress::Off; }

}  // namespace

int run(const std::vector<std::string>& arguments) {
  auto options = parse_command_line(arguments);
  if (!options) {
    std::fputs(options.error().text.c_str(), options.error().usage_error ? stderr : stdout);
    return static_cast<int>(options.error().usage_error ? ExitCode::Usage : ExitCode::Good);
  }
  install_interrupt_handler();
  Session session(std::move(*options), wants_progress());
  try {
    return static_cast<int>(run_command(session));
  } catch (const std::exception& error) {
    session.end_progress();
    return internal_error(arguments, error.what(), session.sources());
  }
}

}  // namespace writ::driver
