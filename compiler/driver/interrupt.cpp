#include "compiler/driver/interrupt.h"

#include <atomic>
#include <csignal>
#include <string>

#include <unistd.h>

namespace writ::driver {
namespace {

std::atomic<bool> asked{false};
std::atomic<int> listeners{0};
std::atomic<MovingLine> moving_line{MovingLine::Absent};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free && std::atomic<MovingLine>::is_always_lock_free,
              "read in a signal handler");

[[noreturn]] void leave() {
  if (moving_line.load() == MovingLine::Shown) {
    [[maybe_unused]] const auto written = write(STDERR_FILENO, kClearLine, std::char_traits<char>::length(kClearLine));
  }
  _exit(130);
}

extern "C" void on_interrupt(int) {
  if (listeners.load() == 0 || asked.load()) leave();
  asked.store(true);
}

}  // namespace

void install_interrupt_handler() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
}

void set_moving_line(MovingLine line) { moving_line.store(line); }

bool interrupted() { return asked.load(); }

ListensToInterrupt::ListensToInterrupt() { ++listeners; }
ListensToInterrupt::~ListensToInterrupt() { --listeners; }

}  // namespace writ::driver
