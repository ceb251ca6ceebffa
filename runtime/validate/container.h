// The outer half of validation, used by validate.cpp alone.
#pragma once

#include "runtime/validate/validate.h"

namespace writ::runtime {

/// Header, directory, padding, presence; the view's tables are bound, their content is not looked at.
Validation open_container(const char* bytes, std::size_t size);
Validation check_strings(const View& view);

}  // namespace writ::runtime
