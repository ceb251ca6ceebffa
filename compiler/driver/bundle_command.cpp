#include "compiler/driver/commands.h"

namespace writ::driver {

ExitCode run_bundle_inspect(Session& session) {
  session.sink().report(diagnostics::Code::not_in_this_build, {}, {"`writ bundle inspect`"});
  return ExitCode::Good;
}

}  // namespace writ::driver
