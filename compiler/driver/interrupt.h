// SIGINT: the first one asks long work to stop (`interrupted`), where a command has said that it listens; otherwise, and the second
// time, the process ends at once with 130.
#pragma once

namespace writ::driver {

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
