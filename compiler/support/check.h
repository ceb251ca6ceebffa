// Broken invariants are bugs of ours, never of the author: they stop the process (or, in the driver, become exit code 70) with a
// place and a sentence. User errors never come here; they go to the diagnostics sink.
#pragma once

#include <stdexcept>
#include <string>

namespace writ::support {

/// Thrown by WRIT_CHECK; caught only by the driver (exit 70), the language server (error answer) and tests.
struct InternalError : std::logic_error {
  using std::logic_error::logic_error;
};

[[noreturn]] void fail_check(const char* file, int line, const char* condition, const std::string& what);

}  // namespace writ::support

#define WRIT_CHECK(condition, what)                                                     \
  do {                                                                                  \
    if (!(condition)) ::writ::support::fail_check(__FILE__, __LINE__, #condition, what); \
  } while (false)
