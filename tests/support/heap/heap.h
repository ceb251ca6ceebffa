// Counts what a test program takes from the heap: heap.cpp replaces operator new for the whole program, so it is a source of that program
// and in a file of its own (inlined into callers, GCC 12 takes malloc and free for a mismatched pair). Any thread.
#pragma once

#include <cstddef>

namespace writ::heap {

/// How often operator new was called in this program so far.
std::size_t allocations();

}  // namespace writ::heap
