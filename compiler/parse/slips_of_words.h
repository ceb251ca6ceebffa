// Words and sentences of other languages, and what they are here: asked where the grammar refuses a token. One table by place; what
// depends on the tokens around is a function beside it. Slips of signs, which are slips in any place, are in slips_of_signs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/parse/messages.h"
#include "compiler/parse/problem.h"

namespace writ::parse {

/// What to say of a refused token.
struct Advice {
  std::string instead;               ///< replaces the token; empty: nothing does
  std::string lesson;                ///< a note; empty: "did you mean" says it all
  std::optional<source::Range> at;   ///< what `instead` replaces, where that is not the token alone
};

std::optional<Advice> advice_on(const Problem& problem, const FileText& file);

/// "a requirement is written `require NAME { mfa before ACTION }`": for a statement or line that went wrong; empty where the message
/// itself says enough.
std::string form_of(const Problem& problem, const FileText& file);

}  // namespace writ::parse
