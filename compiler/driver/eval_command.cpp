#include "compiler/driver/commands.h"

namespace writ::driver {

ExitCode run_eval(Session& session) {
  session.sink().report(diagnostics::Code::not_in_this_build, {}, {"`writ eval`"});
  return ExitCode::Good;
}

}  // namespace writ::driver
