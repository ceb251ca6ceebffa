// From problems to diagnostics in the house's style.
#pragma once

#include <string_view>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/parse/problem.h"
#include "compiler/parse/token_shapes.h"

namespace writ::parse {

/// What a message needs to know of the file.
struct FileText {
  source::FileId file;
  std::string_view text;
  const support::Store<cst::TokenId, cst::Token>& tokens;
  const std::vector<TokenShape>& shapes;
};

void tell(const Problem& problem, const FileText& file, diagnostics::Sink& sink);

}  // namespace writ::parse
