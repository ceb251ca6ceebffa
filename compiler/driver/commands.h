// The commands, one file each. A command reads the session's options, fills its report and answers with its own exit code; diagnostics
// add theirs.
#pragma once

#include <string_view>

#include "compiler/driver/session.h"

namespace writ::driver {

ExitCode run_state(Session& session);        ///< `writ` alone
ExitCode run_check(Session& session);
ExitCode run_prove(Session& session);
ExitCode run_test(Session& session);
ExitCode run_say(Session& session);
ExitCode run_build(Session& session);
ExitCode run_eval(Session& session);
ExitCode run_facts(Session& session);
ExitCode run_bundle_inspect(Session& session);
ExitCode run_explain(Session& session);
ExitCode run_fmt(Session& session);
ExitCode run_new(Session& session);
ExitCode run_completion(Session& session);
ExitCode run_lsp(Session& session);

struct Command {
  std::string_view name;
  ExitCode (*run)(Session&);
};
const Command* find_command(std::string_view name);

}  // namespace writ::driver
