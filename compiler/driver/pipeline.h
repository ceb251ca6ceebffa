// The way through the house as a list that one can print, and what each printable step shows.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/session.h"

namespace writ::driver {

struct Step {
  std::string_view name;        ///< "parse"
  std::string_view makes;       ///< "a concrete tree per file"
  std::string_view emits;       ///< the word of --emit that prints it; "" for none
};
const std::vector<Step>& pipeline();

/// What `--emit=word` prints; nullopt after an error that the sink holds.
std::optional<std::string> emit_step(Session& session, std::string_view word);

}  // namespace writ::driver
