// Claims and examples: assert, facts (given), history, test and its expectations.
#pragma once

#include "compiler/ast/words.h"

namespace writ::ast {

struct Binder {
  Name name;
  Name type;
};
struct Claim {
  enum class Kind : std::uint8_t { Never, Always, Completes, TakesPeople, Independent };
  Kind kind = Kind::Never;
  bool eventually = false;
  std::vector<Binder> binders;
  std::optional<Subject> by;
  ExprId where;                         ///< Never, Always: the premise (`where E`)
  ExprId then;                          ///< Always: what must hold (`: E`)
  std::optional<Name> process;          ///< Completes, TakesPeople
  std::vector<Name> in;
  std::optional<Count> count;           ///< absent (Completes), people (TakesPeople)
  std::optional<Name> action;           ///< Independent
  std::vector<Name> path;               ///< Independent
  Range range;
};
struct Assert {
  Name name;
  bool in_population = false;
  Claim claim;
};

/// A person or thing in facts and tests: a bare word or a quoted id.
struct Who {
  std::string text;
  bool quoted = false;
  Range range;
};
struct HeldRole {
  RoleRef role;
  Period period;
  std::vector<Name> resting_on;
};
struct HasAccess {
  Accesses access;
  enum class Scope : std::uint8_t { None, Value, Any, Unknown } scope = Scope::None;
  std::optional<Name> value;            ///< Value: the value; Any, Unknown: the dimension
};
struct DelegatesLine {
  RoleRef role;
  Name to;
  Period period;
};
struct UsedLine {
  bool activated = false;
  Name emergency;
  std::vector<DayAt> at;
};
/// `given ada, ben: Employee { … } holds R from D`. `names` are the words; `id` a quoted id ("svc-pn-inv") when the type carries one.
struct GivenEntity {
  std::vector<Who> names;
  std::optional<TypeId> type;
  std::optional<Record> record;
  std::vector<HeldRole> holds;
  std::vector<HasAccess> has;
  std::vector<DelegatesLine> delegates;
  std::vector<UsedLine> uses;
};
struct GivenControl {                     ///< `given CTL_01 tested 2026-01-15 effective`
  Name control;
  DayAt tested;
  bool effective = false;
};
struct GivenNumber {                      ///< `given sg_finance_headcount 4`: a context fact
  Name name;
  Count value;
};
struct GivenContext {                     ///< `given context { … }`
  Record record;
};
struct GivenApproval {
  Name approval;
  std::vector<Who> by;
  std::optional<DayAt> at;
  std::optional<Record> over;
};
struct GivenMfa { Who of; };
struct GivenEvidence { Text kind; };
struct GivenPartialHistory {};
struct GivenPartialHeld { Who of; };
struct GivenNative {                      ///< `given s4 role "Z" grants tcode "X"`
  Name system;
  Text role;
  Name kind;
  std::vector<Text> codes;
};
struct Given {
  std::variant<GivenEntity, GivenControl, GivenNumber, GivenContext, GivenApproval, GivenMfa, GivenEvidence, GivenPartialHistory,
               GivenPartialHeld, GivenNative>
      fact;
  Range range;
};

struct History {                          ///< `history ada did inv.enter on i at …`
  Who who;
  Name action;
  Who on;
  std::optional<DayAt> at;
  Range range;
};

struct RestingOn {
  std::vector<Name> on;
  std::optional<DayAt> through;
  std::optional<DayAt> until;
};
/// What may follow the verdict of an expectation.
struct ExpectDetails {
  std::optional<DayAt> at;
  std::optional<DayAt> from;
  std::optional<DayAt> through;
  std::optional<std::vector<Name>> by;
  std::optional<Name> within;
  std::optional<Name> disjoint;
  std::optional<std::vector<Name>> unknown;       ///< dotted paths as one Name each
  std::optional<DayAt> until;
  bool until_never = false;
  std::optional<std::vector<Name>> missing;
  std::optional<std::vector<Name>> owing;
  std::optional<DayAt> possible_from;
  std::optional<std::vector<Name>> through_edges;
  std::optional<std::vector<Name>> cut;
  std::optional<RestingOn> resting;
};
enum class Outcome : std::uint8_t { Deny, Indeterminate, Pending, Permit };
struct ExpectDecision {
  Outcome outcome = Outcome::Permit;
  Who who;
  std::optional<Who> for_person;
  std::optional<Who> run_by;
  enum class Question : std::uint8_t { Perform, Activate, Assign, Request, Approve } question = Question::Perform;
  std::optional<Name> action;             ///< Perform: action; Activate, Approve: the name
  std::optional<Who> on;                  ///< Perform
  std::optional<RoleRef> role;            ///< Assign, Request
  std::optional<Who> to;                  ///< Assign
  ExpectDetails details;
};
struct ExpectFinding {
  enum class Qualifier : std::uint8_t { Open, No, Possible, Mitigated, Excepted, Lapsed } qualifier = Qualifier::Open;
  bool exposure = false;
  std::vector<Name> rules;
  std::optional<Who> of;
  std::optional<GivenNative> of_native;   ///< `of s4 role "Z"`: system and role set
  ExpectDetails details;
};
struct ExpectOverdue {
  Name lift;
  Who of;
  DayAt since;
};
struct ExpectProvision {
  enum class Change : std::uint8_t { Add, Keep, Remove, Amend, Blocked, Hold, Nothing } change = Change::Nothing;
  std::vector<RoleRef> roles;
  Who who;
  DayAt at;
};
struct Item;
struct ExpectError {
  Name error;
  std::vector<Item> items;
};
struct ExpectProof {
  bool proved = true;
  enum class What : std::uint8_t { Statement, Overlay, Claim, ObligationOf } what = What::Statement;
  std::optional<Name> name;               ///< Statement, Overlay, ObligationOf: the statement
  std::string obligation;                 ///< ObligationOf: "role-sod", "conflict"
  std::optional<Claim> claim;
  std::optional<Count> in_steps;
};
struct ExpectGap {
  Name system;
  Name kind;
  Text code;
  Text role;
};
struct Expect {
  std::variant<ExpectDecision, ExpectFinding, ExpectOverdue, ExpectProvision, ExpectError, ExpectProof, ExpectGap> expectation;
  Range range;
};

struct Test {
  Text name;
  std::vector<Name> without;
  std::vector<Item> items;                ///< added to the policy, `given` included
  std::vector<History> history;
  std::vector<Expect> expects;
};

}  // namespace writ::ast
