// "did you mean": the candidate nearest to a misspelt name by edit distance, if it is near enough to be worth saying.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace writ::support {

/// The nearest candidate with an edit distance of at most a third of the name's length (at least 1); ties go to the first in
/// alphabetical order, so that the answer does not depend on the order of declarations.
std::optional<std::string> nearest_name(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace writ::support
