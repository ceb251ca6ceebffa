// What `--help` prints, made from the description of the command line and a few examples.
#pragma once

#include <string>

namespace CLI {
class App;
}

namespace writ::driver {

/// `app` is the command, or the whole; `root` has the options of all commands.
std::string help_text(const CLI::App& root, const CLI::App& app, const std::string& command);

}  // namespace writ::driver
