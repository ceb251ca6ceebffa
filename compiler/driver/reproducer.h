// What is kept when the tool itself fails (exit 70): a folder with the command line, the message and every source it had read, so that
// the failure can be shown to others. Named by its content, so the same failure makes one folder.
#pragma once

#include <string>
#include <vector>

#include "compiler/source/source.h"

namespace writ::driver {

/// The folder, or "" if none could be written.
std::string save_reproducer(const std::vector<std::string>& arguments, const std::string& message, const source::SourceSet& sources);

}  // namespace writ::driver
