// Source lines with what is marked in them underlined: the part of a message that points. One snippet per file; several marks share it.
#pragma once

#include <string>
#include <vector>

#include "compiler/report/palette.h"
#include "compiler/report/places.h"

namespace writ::report {

struct Mark {
  source::Range range;
  std::string text;                ///< under the carets; may be empty
  bool primary = false;            ///< carets and the message's ink; else dashes
};

/// All marks must lie in files of the sources. The first mark's file comes first, its place is the arrow's:
///
///   --> risks.writ:12:15
///    |
/// 12 |   separate  vendor.bank.chnge
///    |             ^^^^^^^^^^^^^^^^^ did you mean `vendor.bank.change`?
std::string snippets(const Places& places, const std::vector<Mark>& marks, Ink primary, const Palette& palette);

}  // namespace writ::report
