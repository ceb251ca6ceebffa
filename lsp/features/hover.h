// What stands behind a word: the statement's sentence, a type, the prover's verdict.
#pragma once

#include "lsp/features/view.h"

namespace writ::lsp {

Json hover(const View& view, const Spot& spot);

}  // namespace writ::lsp
