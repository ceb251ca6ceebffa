// A syntax error as data: where, what could have stood there, and what the parser was reading. Found by antlr/, told by messages.cpp.
#pragma once

#include <optional>
#include <vector>

#include "compiler/cst/tree.h"

namespace writ::parse {

/// A kind of phrase, or one token.
struct Expectation {
  std::optional<cst::RuleKind> rule;
  cst::TokenKind token = cst::TokenKind::EndOfFile;  ///< when there is no rule
  friend bool operator==(const Expectation&, const Expectation&) = default;
};

struct Problem {
  enum class Kind : std::uint8_t {
    Unexpected,        ///< the token cannot stand here
    AfterLine,         ///< the line before is complete, and it starts none on the same line
    UnknownStatement,  ///< it starts no statement
    UnknownLine,       ///< it starts no line of the body; `inside` is the kind of line
    UnclosedBrace,     ///< a statement starts, or the file ends, while a `{` is open
    StrayBrace,        ///< a `}` closes nothing
    HeaderNotFirst,    ///< a header or an import after the first statement
    GaveUp,            ///< too many errors; the rest is skipped
  };
  Kind kind = Kind::Unexpected;
  std::size_t shape = 0;              ///< the token, as an index of the shapes
  std::vector<Expectation> expected;  ///< in the order of the grammar, without repetitions
  std::vector<cst::TokenKind> words;  ///< every keyword that could have stood there, for "did you mean"
  cst::RuleKind inside = cst::RuleKind::File;
};

}  // namespace writ::parse
