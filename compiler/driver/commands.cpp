#include "compiler/driver/commands.h"

namespace writ::driver {

const Command* find_command(std::string_view name) {
  static constexpr Command kCommands[] = {
      {"", run_state},          {"check", run_check},   {"prove", run_prove}, {"test", run_test},       {"say", run_say},
      {"build", run_build},     {"eval", run_eval},     {"facts", run_facts}, {"fmt", run_fmt},         {"explain", run_explain},
      {"new", run_new},         {"lsp", run_lsp},       {"completion", run_completion}, {"bundle inspect", run_bundle_inspect},
  };
  for (const Command& command : kCommands) if (command.name == name) return &command;
  return nullptr;
}

}  // namespace writ::driver
