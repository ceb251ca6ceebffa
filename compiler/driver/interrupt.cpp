#include "compiler/driver/interrupt.h"

#include <atomic>
#include <csignal>

#include <unistd.h>

namespace writ::driver {
namespace {

std::atomic<bool> asked{false};
std::atomic<int> listeners{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free, "read in a signal handler");

extern "C" void on_interrupt(int) {
  if (listeners.load() == 0 || asked.load()) _exit(130);
  asked.store(true);
}

}  // namespace

void install_interrupt_handler() {
  struct sigaction action {};
  action.sa_handler = on_interrupt;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
}

bool interrupted() { return asked.load(); }

ListensToInterrupt::ListensToInterrupt() { ++listeners; }
ListensToInterrupt::~ListensToInterrupt() { --listeners; }

}  // namespace writ::driver
