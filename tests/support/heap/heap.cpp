#include "tests/support/heap/heap.h"

#include <atomic>
#include <cstdlib>
#include <new>

namespace {
std::atomic<std::size_t> taken{0};
}  // namespace

std::size_t writ::heap::allocations() { return taken; }

void* operator new(std::size_t size) {
  ++taken;
  if (void* p = std::malloc(size)) return p;
  throw std::bad_alloc();
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
