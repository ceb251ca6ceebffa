// Completion scripts for bash, zsh and fish, made from the description of the command line, so that they never lag behind it.
#pragma once

#include <string>
#include <string_view>

namespace writ::driver {

std::string completion_script(std::string_view shell);

}  // namespace writ::driver
