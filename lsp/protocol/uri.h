// `file:` URIs and the paths that they name. Editors spell the same file in several ways (`%3A`, `C%3A`); an open document keeps the spelling
// of its editor, everything else gets the one of RFC 3986.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace writ::lsp {

/// nullopt for any other scheme, and for escapes that are none.
std::optional<std::filesystem::path> path_of_uri(std::string_view uri);
std::string uri_of_path(const std::filesystem::path& path);

}  // namespace writ::lsp
