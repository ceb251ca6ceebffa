// What can be asked of a terminal.
#pragma once

#include <cstdint>

namespace writ::driver {

/// How many columns the terminal on this descriptor shows; 80 where it does not say.
std::uint32_t terminal_columns(int descriptor);

}  // namespace writ::driver
