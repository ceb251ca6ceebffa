// The canonical layout of one open text, as the smallest edit that gives it.
#pragma once

#include <string>

#include "lsp/protocol/framing.h"

namespace writ::lsp {

/// An empty list: already so. Null: the text has a syntax error, what its author meant there is not known.
Json formatting(const std::string& path, const std::string& text);

}  // namespace writ::lsp
