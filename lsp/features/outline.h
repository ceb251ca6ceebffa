// The shape of files: statements as a tree of symbols, names of the whole project, what can be folded.
#pragma once

#include "lsp/features/view.h"

namespace writ::lsp {

Json document_symbols(const Snapshot& snapshot, std::size_t file);
/// Names that contain the query, in any case; at most 200.
Json workspace_symbols(const View& view, const std::string& query);
Json folding_ranges(const Snapshot& snapshot, std::size_t file);

}  // namespace writ::lsp
