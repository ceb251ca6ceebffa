// Signs of other languages, read as what was meant. `&&`, `'text'`, `# comment`, `[ … ]`, `3/2/2026`, `$10000`, `20 days` mean nothing in
// any place, so each is told once, with its repair, and the parser then reads the token that should have stood there: what follows is
// no consequence. Tokens are joined and given another kind, never moved: the file still prints back byte for byte. What is a slip only
// in some places is in slips_of_words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/cst/tree.h"
#include "compiler/diagnostics/diagnostics.h"

namespace writ::parse {

struct TextEdit {
  std::uint32_t begin;
  std::uint32_t end;
  std::string replacement;
};
struct Repair {
  std::string title;
  std::vector<TextEdit> edits;
};

struct Slip {
  diagnostics::Code code;
  std::uint32_t begin;
  std::uint32_t end;
  std::string lesson;            ///< a note
  std::vector<Repair> repairs;   ///< the first is the likeliest
  bool told = true;              ///< false: a part of one that is told already, such as the `]` of a `[`
};

struct Mended {
  support::Store<cst::TokenId, cst::Token> tokens;
  std::vector<Slip> slips;       ///< in the order of the file
};

Mended mend_signs(const support::Store<cst::TokenId, cst::Token>& tokens, std::string_view text);

}  // namespace writ::parse
