#include "compiler/driver/commands.h"

namespace writ::driver {

ExitCode run_facts(Session& session) {
  session.sink().report(diagnostics::Code::not_in_this_build, {}, {"`writ facts`"});
  return ExitCode::Good;
}

}  // namespace writ::driver
