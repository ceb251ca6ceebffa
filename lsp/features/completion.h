// What could be written at a place: names of the policy, fields of what stands before a dot, keywords.
#pragma once

#include "lsp/features/view.h"

namespace writ::lsp {

Json completion(const Snapshot& snapshot, const Spot& spot);

}  // namespace writ::lsp
