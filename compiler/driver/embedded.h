// Texts that the command carries, by path; generated at build time by tools/embed.
#pragma once

#include <string_view>
#include <utility>
#include <vector>

namespace writ::driver {

using EmbeddedFiles = std::vector<std::pair<std::string_view, std::string_view>>;

const EmbeddedFiles& diagnostic_pages();     ///< docs/diagnostics: "WRIT2001.md"
const EmbeddedFiles& starter_project();      ///< what `writ new` writes

}  // namespace writ::driver
