// A policy file as its author meant it: header and statements, without syntax. Built from the CST (build.h), read by `check` and `say`.
// `range` of an Item covers the whole statement, `head` its first line's words up to the name, `doc` the `///` lines above it.
// Example: visit(Overloaded{…}, item.statement).
#pragma once

#include <memory>

#include "compiler/ast/claims.h"

namespace writ::ast {

using Statement = std::variant<
#define WRIT_ITEM(Struct, words) Struct,
#include "compiler/ast/items.def"
#undef WRIT_ITEM
    std::monostate>;

struct Item {
  Statement statement;
  Range range;
  Range head;
  std::string doc;
};

/// The statement's own name (`ap_clerk`, `P02`; a test's title), or an empty Name for those without one (limits, context, given).
Name name_of(const Item& item);
/// "role", "sod", "exception" …
std::string_view words_of(const Item& item);

struct Header {
  bool facts = false;                     ///< `facts …` instead of `module …`
  Name name;
  std::optional<Name> overlay;
  std::optional<Party> owner;
  std::optional<Text> zone;
  bool sessions_required = false;
  std::optional<DayAt> as_of;             ///< facts
  std::vector<Name> complete_within;      ///< facts
  std::string doc;
  Range range;
};
struct Use {
  bool facts = false;                     ///< `use facts X` instead of `import X as Y`
  Name name;
  std::optional<Name> alias;
};

/// One file. A file without a header has an empty `header.name`.
struct File {
  source::FileId file;
  Header header;
  std::vector<Use> uses;
  std::vector<Item> items;
  std::vector<History> history;           ///< of a facts file
  support::Store<ExprId, Expr> exprs;
};

}  // namespace writ::ast
