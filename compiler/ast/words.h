// Statements that give words and access: system, enum, dimension, types, actions, duties, predicates, roles, maps, overlays, processes.
#pragma once

#include "compiler/ast/rules.h"

namespace writ::ast {

struct System {
  Name name;
  std::optional<Text> title;
  std::optional<Name> kind;
  std::optional<Name> precision;
  std::optional<Range> enforced;
  std::optional<Duration> observed_every;
  std::vector<Name> complete_for;
};
struct EnumDecl {
  Name name;
  std::vector<Name> values;
};
struct DimensionCode {
  Name system;
  Name field;
  std::vector<Text> codes;
};
struct DimensionValue {
  Name name;
  std::optional<Name> parent;
  std::vector<DimensionCode> codes;
};
struct Dimension {
  Name name;
  std::optional<Name> parent;
  bool open = false;
  std::vector<DimensionValue> values;
};
enum class PrincipalKind : std::uint8_t { Human, Workload, Agent };
struct PrincipalDecl {
  Name name;
  PrincipalKind kind = PrincipalKind::Human;
  std::vector<Name> operated_by;
  std::optional<Name> tenure_from;
  std::optional<Name> tenure_until;
  std::vector<Field> fields;
};
struct ContextDecl {
  std::vector<Field> fields;
};
struct ResourceDecl {
  Name name;
  std::vector<Field> fields;
};
struct ActionDecl {
  std::vector<Name> names;
  std::optional<Name> resource;
  std::vector<Field> inputs;
  bool reads = false;
  std::vector<std::vector<Name>> writes;
  std::vector<Name> implies;
  bool implies_everything = false;
};
struct Duty {
  Name name;
  bool extends = false;
  std::vector<Accesses> accesses;
};
struct Param {
  Name name;
  TypeRef type;
};
struct Predicate {
  Name name;
  std::vector<Param> params;
  ExprId body;
};
struct Threshold {
  Name name;
  std::vector<Literal> amounts;
};
struct CalendarLine {
  std::optional<DayAt> from;
  std::optional<DayAt> through;
  std::vector<Name> weekdays;
  std::optional<Text> from_hour;
  std::optional<Text> to_hour;
  Range range;
};
struct Calendar {
  Name name;
  DayAt from;
  DayAt through;
  std::vector<CalendarLine> lines;
};
struct Staffing {
  Name name;
  Count count;
  RoleRef role;
  std::optional<Name> in_each;
};

struct NativeValue {
  std::optional<Text> from;
  std::optional<Text> to;
  bool any = false;
  std::optional<Name> dimension;
};
struct NativeField {
  Name name;
  std::vector<NativeValue> values;
};
struct NativeObject {
  Name name;
  std::vector<NativeField> fields;
};
struct NativeWay {
  std::optional<Name> kind;             ///< tcode, duty, profile …; none: `object …` alone
  std::vector<Text> codes;
  std::vector<NativeObject> objects;
  Range range;
};
struct MapLine {
  std::vector<Name> actions;
  std::optional<What> built_in;         ///< assign any role, define any role
  bool everything = false;
  bool nothing = false;
  ExprId where;
  std::vector<NativeWay> ways;
  Range range;
};
struct NativeMap {
  Name system;
  std::vector<MapLine> lines;
};

struct GrantLine {
  Accesses accesses;
  std::vector<Name> subject_to;
  Range range;
};
struct DelegableLine {
  TypeId to;
  ExprId where;
  std::vector<Cap> caps;
  Range range;
};
struct NativeRole {
  Name system;
  Text role;
};
struct Role {
  Name name;
  std::vector<Param> params;
  std::vector<RoleRef> extends;
  std::optional<Subject> subject;
  bool at_assignment = false;
  std::optional<Party> owner;
  std::optional<Text> title;
  std::vector<Name> within;             ///< path, parameter or value; empty: everywhere
  std::vector<GrantLine> may;
  ExprId birthright;
  std::optional<Range> birthright_range;
  std::optional<Duration> handover;
  std::optional<Chain> on_request;
  std::optional<Duration> at_most;
  std::optional<Duration> review_every;
  std::optional<Party> review_by;
  std::vector<DelegableLine> delegable;
  std::vector<NativeRole> natives;
};

struct CharterLine {
  enum class Kind : std::uint8_t { AddRole, AddBirthright, Assign, Mitigate, Waive };
  Kind kind = Kind::AddRole;
  std::optional<Name> system;
  std::vector<RoleRef> roles;
  std::vector<Name> rules;
  std::optional<DayAt> through;
  std::vector<Name> controls;
  Range range;
};
struct Overlay {
  Name name;
  Name within;
  std::optional<Party> owner;
  std::vector<CharterLine> lines;
};
struct Adopt {
  Name package;
  std::optional<Name> terms;
  std::optional<DayAt> enforced_from;
  std::vector<Name> except;
  std::optional<Text> because;
};
struct Flow {
  Name name;
  Accesses from;
  Accesses to;                          ///< its `by` names the workload
};
struct Step {
  Name name;
  Name action;
};
struct Process {
  Name name;
  Name on;
  std::vector<Step> steps;
};

}  // namespace writ::ast
