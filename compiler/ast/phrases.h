// The phrases that recur in the author's statements: names, literals, types, expressions, accesses, parties, periods. Pure data, without
// syntax and without meaning; every node keeps the source range that messages point at. Expressions live in the `exprs` store of the
// File that they were written in. Copyable, no sharing, no threads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "compiler/source/source.h"
#include "compiler/support/ids.h"

namespace writ::ast {

using source::Range;

/// A word or a dotted name exactly as written: `ap_clerk`, `vendor.bank.change`.
struct Name {
  std::string text;
  Range range;
};

/// A written string, without quotes and with escapes resolved.
struct Text {
  std::string text;
  Range range;
};

struct IntLiteral { std::int64_t value; };
/// 4 decimal places, scaled: 1.5 is 15000.
struct DecimalLiteral { std::int64_t scaled; };
/// 4 decimal places, scaled; ISO 4217 code.
struct MoneyLiteral { std::int64_t scaled; std::string currency; };
struct StringLiteral { std::string value; };
struct BoolLiteral { bool value; };
struct NoneLiteral {};
/// Milliseconds.
struct DurationLiteral { std::int64_t ms; };
/// A calendar day; which instant it starts at depends on the module's zone.
struct DateLiteral { int year; int month; int day; };
/// Milliseconds UTC; `bare_offset`: written with an offset such as +02:00 rather than Z.
struct InstantLiteral { std::int64_t ms; bool bare_offset; };

using LiteralValue = std::variant<IntLiteral, DecimalLiteral, MoneyLiteral, StringLiteral, BoolLiteral, NoneLiteral, DurationLiteral,
                                  DateLiteral, InstantLiteral>;
struct Literal {
  LiteralValue value;
  Range range;
};

struct Duration {
  std::int64_t ms = 0;
  Range range;
};
struct Count {
  std::int64_t value = 0;
  Range range;
};
/// A date or an instant.
using Day = std::variant<DateLiteral, InstantLiteral>;
struct DayAt {
  Day day;
  Range range;
};

using ExprId = support::Id<struct ExprTag>;

struct RoleRef {
  Name name;
  std::vector<ExprId> args;
  Range range;
};

enum class ExprKind : std::uint8_t {
#define WRIT_EXPR(name, operands) name,
#include "compiler/ast/expr_kinds.def"
#undef WRIT_EXPR
};
std::string_view to_string(ExprKind kind);

struct Expr {
  ExprKind kind;
  Range range;
  std::vector<ExprId> operands;          ///< see expr_kinds.def
  std::vector<Name> path;                ///< Path: one Name per segment; Call: predicate; Can: action (one dotted Name)
  std::optional<Literal> literal;        ///< Literal
  std::optional<RoleRef> role;           ///< Holds
  std::optional<Name> in_context;        ///< Can
  std::optional<Name> at_instant;        ///< Can
  bool ordinarily = false;               ///< Can
  bool parenthesised = false;            ///< written in parentheses (for the rule against mixing `and` with `or`)
};

/// `set<LegalEntity>`, `money<EUR>`, `Employee?`
struct TypeRef {
  Name name;
  std::optional<Name> argument;
  bool optional = false;
  Range range;
};

struct Field {
  Name name;
  TypeRef type;
  bool fixed = false;
  bool acyclic = false;
  std::optional<Duration> fresh_within;
  Range range;
};

/// A type, or a type with an id (`Integration "svc-pn-inv"`), or an id alone.
struct TypeId {
  std::optional<Name> type;
  std::optional<Text> id;
  Range range;
};

enum class WhatKind : std::uint8_t {
  Named,             ///< action or duty: `names[0]`
  Prefix,            ///< `vendor.*`: `names[0]` is `vendor`
  Everything,
  EverythingButReading,
  Assign, Revoke, Define, Delegate,  ///< roles: `roles`, or `any` role; `to` types
  Approve, Activate, Review,         ///< `names[0]` or `any` + names[0] in waiver, mitigation, emergency
  Author, Sign, Deploy,              ///< policy
  RoleSide,          ///< `role R` as a side
};
struct What {
  WhatKind kind = WhatKind::Named;
  std::vector<Name> names;
  std::vector<RoleRef> roles;
  bool any = false;
  std::vector<TypeId> to;
  Range range;
};

/// What may be, is forbidden or separated: `inv.enter, inv.approve in s4 by Agent where …`. The clauses apply to every `what`.
struct Accesses {
  std::vector<What> what;
  std::optional<Name> in_system;
  std::vector<TypeId> by;
  ExprId where;
  Range range;
};

/// One side of a segregation rule.
struct Side {
  enum class Kind : std::uint8_t { AnyOf, AllOf, AtLeast };
  Kind kind = Kind::AnyOf;
  std::vector<Accesses> accesses;     ///< AnyOf: one phrase; AllOf, AtLeast: one per element
  std::optional<Count> count;         ///< AtLeast
  std::vector<Name> within;
  Range range;
};

struct Party;
struct ChainStep {
  std::vector<Party> parties;
  enum class Join : std::uint8_t { And, Or } join = Join::And;
  std::optional<Duration> due;
  Range range;
};
struct Chain {
  std::vector<ChainStep> steps;
  Range range;
};
/// Who approves, owns, monitors, reviews.
struct Party {
  enum class Kind : std::uint8_t { Role, Person, Several, Path, Group };
  Kind kind = Kind::Role;
  std::optional<RoleRef> role;            ///< Role
  std::optional<Name> within_same;        ///< Role: dimension
  std::optional<Text> person;             ///< Person
  std::optional<Count> count;             ///< Several: `count` of `inner[0]`
  std::vector<Name> path;                 ///< Path: principal.manager; a single name may be another approval
  std::vector<Party> inner;               ///< Several: the party; Path: the `otherwise` party
  std::vector<Chain> group;               ///< Group: one chain in parentheses
  Range range;
};

/// `from … through …`, `from … until …`, `from … for D`, each part optional where the statement allows.
struct Period {
  std::optional<DayAt> from;
  std::optional<DayAt> through;
  std::optional<DayAt> until;
  std::optional<Duration> for_duration;
  Range range;
};

/// `Employee where C`, `"ada"`, `Integration "svc"`, `role R`.
struct Subject {
  std::optional<TypeId> type;
  std::optional<RoleRef> role;
  ExprId where;
  Range range;
};

/// `{ dept: AP, grade: 3 }`
struct RecordEntry {
  Name name;
  ExprId value;
};
struct Record {
  std::vector<RecordEntry> entries;
  Range range;
};

}  // namespace writ::ast
