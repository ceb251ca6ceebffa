// What the checker found the words of the text to be, for editors: which definition a name means, what type an expression has. Filled only
// when Options asks for it, as names are resolved, so nothing is ever resolved a second time. Pure data in byte ranges; a policy with errors
// is recorded as far as it could be understood.
#pragma once

#include <string>
#include <vector>

#include "compiler/source/source.h"

namespace writ::check {

/// A name in the text, and where what it means is defined. One use may mean several things (`vendor.*`, an attribute of two types).
struct Use {
  source::Range use;
  source::Range definition;
  friend auto operator<=>(const Use&, const Use&) = default;
};

/// Something that has a name of its own.
struct Definition {
  source::Range range;                  ///< the name, where it is defined
  std::string kind;                     ///< "role", "action", "field", "value", "parameter", "module", "person"
  std::string name;                     ///< qualified: `norvik.p2p.ap_clerk`, `Invoice.amount`, `LegalEntity.FR`
  std::string local;                    ///< as others write it: `ap_clerk`, `amount`, `FR`
  std::string type;                     ///< of a field or parameter: `money<EUR>`; else ""
  friend auto operator<=>(const Definition&, const Definition&) = default;
};

struct TypedRange {
  source::Range range;
  std::string type;
  friend auto operator<=>(const TypedRange&, const TypedRange&) = default;
};

struct Recording {
  std::vector<Use> uses;
  std::vector<Definition> definitions;
  std::vector<TypedRange> types;

  /// Sorts by place and drops repetitions (a phrase may be checked once for each type that it fits).
  void settle();
  /// Adds what lies inside `range` of another recording: a test is checked together with the whole policy.
  void add_within(const Recording& other, const source::Range& range);
};

}  // namespace writ::check
