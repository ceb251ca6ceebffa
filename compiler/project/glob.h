// Patterns of `sources` and `exclude`: `*` and `?` within one part of a path, `**` for any number of parts. Matching is by bytes and case.
#pragma once

#include <string_view>

namespace writ::project {

bool glob_matches(std::string_view pattern, std::string_view path);

}  // namespace writ::project
