#include "compiler/driver/commands.h"

namespace writ::driver {

ExitCode run_lsp(Session& session) {
  session.sink().report(diagnostics::Code::not_in_this_build, {}, {"`writ lsp`"});
  return ExitCode::Good;
}

}  // namespace writ::driver
