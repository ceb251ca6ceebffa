#include "compiler/driver/commands.h"

namespace writ::driver {

ExitCode run_fmt(Session& session) {
  session.sink().report(diagnostics::Code::not_in_this_build, {}, {"`writ fmt`"});
  return ExitCode::Good;
}

}  // namespace writ::driver
