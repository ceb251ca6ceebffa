#include <filesystem>

#include "compiler/driver/asked.h"
#include "compiler/driver/commands.h"

namespace writ::driver {
namespace {

/// The project whose policy decides: `--project`, else the one around the request, else the one here.
std::string place_of_request(const std::string& file) {
  if (file == "-") return ".";
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  std::error_code error;
  for (std::filesystem::path at = std::filesystem::absolute(folder, error); at.has_relative_path(); at = at.parent_path()) {
    if (std::filesystem::is_regular_file(at / "writ.toml", error)) return at.string();
  }
  return ".";
}

std::optional<question::Decision> decide(Session& session, const std::string& request) {
  if (session.project(place_of_request(session.options().request)) == nullptr) return std::nullopt;
  const kernel::Kernel* kernel = session.kernel();
  if (kernel == nullptr) return std::nullopt;
  const interpret::Interpreter interpreter(*kernel, interpreter_options(session));
  auto decision = interpreter.decide_text(request);
  if (decision) return std::move(*decision);
  tell(session, decision.error());
  return std::nullopt;
}

}  // namespace

ExitCode run_eval(Session& session) {
  const auto request = read_request(session, session.options().request);
  if (!request) return ExitCode::Good;
  if (session.options().bundle) {
    session.sink().report(diagnostics::Code::not_in_this_build, {}, {"`writ eval --bundle`"});
    return ExitCode::Good;
  }
  const auto decision = decide(session, *request);
  if (!decision) return ExitCode::Good;
  const auto detail = session.options().explain ? report::Detail::Full : report::Detail::Brief;
  session.report.sections.push_back(report::section(*decision, asked_of(*request), detail));
  session.report.envelope = report::Envelope::Bare;
  // A decision was asked for; what `check` has to say about the policy it says itself.
  session.forget_warnings();
  const bool refused = decision->outcome != question::Outcome::Permit;
  return session.options().fail_on == FailOn::Deny && refused ? ExitCode::Findings : ExitCode::Good;
}

}  // namespace writ::driver
