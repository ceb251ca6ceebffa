// The one description of the command line: parsed with CLI11, walked by `completion`. Options may stand before or after the command.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "compiler/driver/options.h"

namespace CLI {
class App;
}

namespace writ::driver {

/// Why the command line was not run: help and version text (exit 0), or a usage error (exit 2).
struct NotRun {
  std::string text;
  bool usage_error = false;
};

tl::expected<Options, NotRun> parse_command_line(const std::vector<std::string>& arguments);

/// One command as completion and `--help` see it.
struct CommandWords {
  std::string name;                        ///< "" for the options of all commands
  std::string says;
  struct Flag { std::string name; std::string says; std::vector<std::string> values; };
  std::vector<Flag> flags;
};
std::vector<CommandWords> command_words();

std::string version();
const std::vector<std::string>& emit_steps();   ///< tokens, cst, … bundle-text

}  // namespace writ::driver
