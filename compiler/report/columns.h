// Text as a terminal shows it: how many columns it takes (wide and combining characters, tabs), and made harmless. Control characters and
// the marks that reverse the direction of text are shown by name, because a policy file, a request and a file name are all hostile input
// and none may move the cursor or make a line read as what it is not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace writ::report {

inline constexpr std::uint32_t kTabWidth = 4;

/// Tabs become spaces (by column), control and direction characters become `<U+202E>`, bytes that are no UTF-8 become U+FFFD.
std::string visible(std::string_view text);

/// Columns that `visible(text)` takes, for text that starts at column 0 of its line.
std::uint32_t width(std::string_view text);

/// As much of `visible(text)` as fits into `columns`.
std::string cut(std::string_view text, std::uint32_t columns);

/// `text` broken at blanks into lines of at most `columns`, joined by newlines, each but the first indented by `indent` spaces.
std::string wrap(std::string_view text, std::uint32_t columns, std::uint32_t indent);

}  // namespace writ::report
