// Diagnostics of checking and proofs as an editor shows them, and their fixes as code actions.
#pragma once

#include "lsp/features/view.h"

namespace writ::lsp {

/// URI → diagnostics, for every file of the project, empty lists included. What has no place in the text stands at the top of the manifest,
/// or of `fallback` where there is none.
std::map<std::string, Json> problems(const View& view, const std::filesystem::path& fallback);

/// Quick fixes of the diagnostics that touch a range of one file.
Json code_actions(const View& view, const source::Range& range);

}  // namespace writ::lsp
