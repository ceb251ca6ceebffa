// Accesses before they are typed: duties written out, conditions still expressions (private to accesses.cpp and duties.cpp).
#pragma once

#include "compiler/check/accesses.h"

namespace writ::check {

/// `where E`, and where E stands.
struct Where {
  ast::ExprId expr;
  Site site;
  bool in_duty = false;                 ///< a duty does not see the parameters of the role that uses it
  friend bool operator==(const Where& a, const Where& b) { return a.expr == b.expr && a.site.file == b.site.file; }
};

/// `by T "id"`.
struct By {
  EntityId type;                        ///< none: an id alone
  std::string id;
  friend auto operator<=>(const By&, const By&) = default;
};

/// `in s4`, as a value of the built-in dimension of systems.
struct InSystem {
  Value system;
  Range range;
  friend bool operator==(const InSystem& a, const InSystem& b) { return a.system == b.system; }
};

/// One word of an access: actions, everything, or a role as a side.
struct Atom {
  std::vector<ActionId> actions;
  bool everything = false;
  bool but_reading = false;
  const ast::RoleRef* role = nullptr;
  Site role_site;
  std::vector<Where> wheres;
  std::optional<std::vector<By>> by;    ///< none: anybody
  std::vector<InSystem> systems;        ///< all of them
  Range range;
  std::string text;
};

struct DutyTable {
  std::unordered_map<SymbolId, std::vector<Atom>> expanded;
  std::unordered_set<SymbolId> broken;
  std::vector<SymbolId> open;
  std::unordered_map<SymbolId, Range> granted;          ///< first grant that uses it
  std::unordered_map<SymbolId, std::vector<SymbolId>> parts;   ///< duties that a duty contains
};

/// Every word of the phrase, duties written out. Reports what is unknown, not supported, or has no place in this use.
std::optional<std::vector<Atom>> expand(Context& context, const Site& site, const AccessScope& scope, const ast::Accesses& written);

std::string what_text(const ast::What& what);

}  // namespace writ::check
