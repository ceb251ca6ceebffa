#include "compiler/driver/terminal.h"

#include <algorithm>

#include <sys/ioctl.h>

namespace writ::driver {

std::uint32_t terminal_columns(int descriptor) {
  constexpr std::uint32_t kUsual = 80, kLeast = 20;
  winsize size{};
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsual;
  return std::max<std::uint32_t>(size.ws_col, kLeast);
}

}  // namespace writ::driver
