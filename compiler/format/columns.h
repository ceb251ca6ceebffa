// Rows to text: shared columns, continuations, comments at the ends of rows.
#pragma once

#include "compiler/format/rows.h"

namespace writ::format {

std::string render(const std::vector<Row>& rows);

}  // namespace writ::format
