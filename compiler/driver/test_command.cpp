#include "compiler/driver/commands.h"

namespace writ::driver {

ExitCode run_test(Session& session) {
  session.sink().report(diagnostics::Code::not_in_this_build, {}, {"`writ test`"});
  return ExitCode::Good;
}

}  // namespace writ::driver
