// The whole command as a function of its arguments, for `main` and for tests.
#pragma once

#include <string>
#include <vector>

namespace writ::driver {

int run(const std::vector<std::string>& arguments);

}  // namespace writ::driver
