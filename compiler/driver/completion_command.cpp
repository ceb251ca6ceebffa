#include "compiler/driver/commands.h"
#include "compiler/driver/completion.h"

namespace writ::driver {

ExitCode run_completion(Session& session) {
  session.report.sections.push_back(report::plain("script", completion_script(session.options().shell)));
  return ExitCode::Good;
}

}  // namespace writ::driver
