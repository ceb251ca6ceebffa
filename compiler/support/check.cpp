#include "compiler/support/check.h"

#include <fmt/format.h>

namespace writ::support {

void fail_check(const char* file, int line, const char* condition, const std::string& what) {
  throw InternalError(fmt::format("{}:{}: {} (broken: {})", file, line, what, condition));
}

}  // namespace writ::support
