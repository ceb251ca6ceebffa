#include "compiler/driver/commands.h"

namespace writ::driver {

ExitCode run_prove(Session& session) {
  session.sink().report(diagnostics::Code::not_in_this_build, {}, {"`writ prove`"});
  return ExitCode::Good;
}

}  // namespace writ::driver
