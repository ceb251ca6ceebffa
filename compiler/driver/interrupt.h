// SIGINT: the first one asks long work to stop (`interrupted`), where a command has said that it listens; otherwise, and the second
// time, the process ends at once with 130, and a moving line that stands on the terminal is taken away first.
#pragma once

#include <cstdint>

namespace writ::driver {

enum class MovingLine : std::uint8_t { Absent, Shown };
void set_moving_line(MovingLine line);
inline constexpr const char* kClearLine = "\r\x1b[K";

void install_interrupt_handler();
bool interrupted();

/// While one lives, the first SIGINT only sets the flag.
class ListensToInterrupt {
 public:
  ListensToInterrupt();
  ~ListensToInterrupt();
  ListensToInterrupt(const ListensToInterrupt&) = delete;
  ListensToInterrupt& operator=(const ListensToInterrupt&) = delete;
};

}  // namespace writ::driver
