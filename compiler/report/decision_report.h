// A decision as its standard JSON and as text: one line, or with everything that explains it.
#pragma once

#include "compiler/question/decision.h"
#include "compiler/report/section.h"

namespace writ::report {

enum class Detail : std::uint8_t { Brief, Full };

/// What the answer is about, as the request names it: "ada", "inv.approve", "Invoice inv-7".
struct Asked {
  std::string who;
  std::string action;
  std::string on;
};

Section section(const question::Decision& decision, const Asked& asked, Detail detail);

}  // namespace writ::report
