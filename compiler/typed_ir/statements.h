// The author's statements, resolved: every name is an id, every condition typed, every date an instant, every `terms` and `limits`
// merged into the yield lines of its rule. What a statement *means* is not decided here but in kernel/elaborate. Immutable after check.
#pragma once

#include <map>
#include <variant>

#include "compiler/typed_ir/conditions.h"

namespace writ::typed_ir {

/// Accesses of one principal type and one resource type (a phrase of the author's is split so that its condition types), `where` reading
/// `principal`, `resource`, `context`, `input`.
struct Access {
  std::vector<ActionId> actions;       ///< sorted; empty with `everything`
  bool everything = false;             ///< every action, built-in ones included
  bool but_reading = false;            ///< … but those that only read
  EntityId principal;                  ///< `by T`, or the type that `where` reads; none: anybody
  std::string principal_id;            ///< `by Integration "svc"`
  CondId where;                        ///< T if the author wrote none
  Origin origin;
};

/// `role R`, `role R(args)` with terms over parameters, principal, literals.
struct RoleUse {
  RoleId role;
  std::vector<TermId> args;
};

struct Party;
struct Step {
  std::vector<Party> parties;
  bool either = false;                 ///< `or`: one of the parties; else all of them, different people
  std::int64_t due = 0;                ///< ms; from `limits` where not written
};
struct Chain {
  std::string name;                    ///< qualified name of the approval, or "norvik.core.R#chain" for an anonymous one
  std::vector<Step> steps;
  std::int64_t good_for = 0;           ///< ms; the sum of the `due`s where not written
  std::vector<TermId> over;            ///< empty: the default of 7.3
  bool may_repeat = false;
  Origin origin;
};
struct Party {
  enum class Kind : std::uint8_t { Role, Person, Several, Path, Chain };
  Kind kind = Kind::Role;
  RoleUse role;                        ///< Role
  EnumId within_same;                  ///< Role: dimension, or none
  std::string person;                  ///< Person
  std::uint32_t count = 0;             ///< Several: `count` of `inner[0]`
  TermId path;                         ///< Path: over `principal`
  ChainId chain;                       ///< Chain: another approval by name, or a group
  std::vector<Party> inner;            ///< Several; Path: the `otherwise` party
  std::string text;                    ///< as written, for citations ("role controller within same LegalEntity")
};

enum class Level : std::uint8_t { None, Low, Medium, High, Critical };
enum class YieldKind : std::uint8_t { Waiver, Mitigation, Emergency };
std::string_view to_string(Level level);      ///< "high"; "none" for None
std::string_view to_string(YieldKind kind);   ///< "waiver"
/// The terms on which a rule yields, rule line and `limits` merged (the stricter of both).
struct Yield {
  std::int64_t at_most = 0;            ///< ms of one lift; 0: no bound
  std::int64_t in_a_row = 0;           ///< ms of a chain; 0: (1 + renew) × at most
  std::uint32_t renew = 0;
  std::int64_t cooling = 0;            ///< ms; 0: at most
  ChainId by;                          ///< who approves; none: nobody need
  bool with_control = false;
  std::vector<ControlId> controls;     ///< named ones; empty: any control for the rule
  std::int64_t tested_every = 0;       ///< mitigations
  Origin origin;
};

/// What every restriction carries.
struct RuleInfo {
  std::string name;                    ///< qualified
  std::string local;
  Level level = Level::None;
  std::string title;
  std::map<YieldKind, Yield> yields;
  Party owner;
  std::string because;
  std::vector<std::string> implements;
  Instant enforced_from = kInstantMin; ///< kForever: report only
  Origin origin;
};

struct GrantLine {
  std::vector<Access> accesses;
  std::vector<RuleId> subject_to;
  Origin origin;
};
struct Native { std::string system; std::string role; };
struct Role {
  std::string name;
  std::string local;
  std::string title;
  std::string doc;
  std::vector<std::string> parameter_names;
  std::vector<Type> parameters;        ///< terms: Root::Parameter with the same index
  EntityId type;                       ///< for T
  std::string only_id;                 ///< for Integration "svc-…"
  CondId eligible;                     ///< over `principal`; T if none
  bool continuous = true;              ///< false: `at assignment`
  TermId scope;                        ///< `within E`: value, parameter, or attribute (may be a set); none: everywhere
  EnumId scope_dimension;
  std::vector<RoleUse> parents;        ///< extends; args over own parameters
  std::vector<GrantLine> may;
  CondId birthright;                   ///< over `principal` and parameters; none
  ChainId on_request;                  ///< none: no request route
  bool request_route = false;
  std::int64_t at_most = 0;            ///< ms, own line and limits merged; 0: no cap
  std::int64_t review_every = 0;
  std::int64_t handover = 0;
  std::vector<Native> natives;
  Party owner;
  Origin origin;
};

struct Requirement {
  enum class Kind : std::uint8_t { Mfa, Approval, Evidence, Notify, Log };
  RuleInfo info;
  Kind kind = Kind::Mfa;
  std::int64_t fresh_within = 0;       ///< Mfa; 0: any
  ChainId approval;
  std::string evidence;
  Party notify;
  bool after_denied = false;           ///< Notify, Log
  std::vector<Access> accesses;
};
struct Prohibition {                   ///< never, forbid
  RuleInfo info;
  bool never = false;
  std::vector<Access> accesses;
};

struct SideElement {                   ///< one phrase; holds if any of its accesses does, or a live holding of any of its roles
  std::vector<Access> accesses;
  std::vector<RoleUse> roles;          ///< `role R`
  std::string text;                    ///< as written
};
struct Side {
  enum class Kind : std::uint8_t { AnyOf, AllOf, AtLeast };
  Kind kind = Kind::AnyOf;
  std::uint32_t count = 0;
  std::vector<SideElement> elements;
  std::vector<Value> within;           ///< cut to these values (of one dimension)
  std::string text;
};
struct ObjectBinding {
  EntityId key;                        ///< `on same K`
  std::map<ActionId, TermId> paths;    ///< over `resource` (a Ref to K, or set of them); absent: the action carries no such key
  std::int64_t over = 0;               ///< ms; 0: no window
  bool in_order = false;
  Origin origin;
};
struct Segregation {                   ///< sod, sensitive
  enum class Form : std::uint8_t { Combine, People };
  RuleInfo info;
  bool sensitive = false;
  Form form = Form::Combine;
  std::uint32_t count = 2;             ///< Combine: this many sides break it; People: at least this many people
  std::vector<Side> sides;
  std::vector<EnumId> same;            ///< within same …
  EnumId across;
  bool at_assignment = false;          ///< default binding resolved
  bool at_use = false;
  std::vector<ObjectBinding> objects;
};

using Rule = std::variant<Requirement, Prohibition, Segregation>;
const RuleInfo& info(const Rule& rule);

struct Control {
  std::string name;
  std::string title;
  std::vector<RuleId> rules;
  Party owner;
  std::vector<Party> monitors;
  std::int64_t every = 0;
  std::int64_t tested_every = 0;       ///< line, limits, else 365 d
  RuleId by_requirement;               ///< `by r`
  Origin origin;
};

/// A claim of approval in source (8.6).
struct Mark { std::string person; Instant on = 0; Origin origin; };
/// `exception`, `mitigation`: one per named rule.
struct Lift {
  std::string name;
  bool mitigation = false;
  RuleId rule;
  std::vector<std::string> persons;    ///< `for "ada"`
  EntityId type;                       ///< `for Employee where …`
  CondId who;                          ///< over `principal`; T if only persons are named
  std::vector<Value> within;           ///< enum values of `within_dimension`; empty: everywhere
  EnumId within_dimension;
  bool at_assignment = true, at_use = true;   ///< the standing bindings that it lifts: both without binding lines
  std::vector<EntityId> same;          ///< object bindings named by `on same K`
  EntityId object_type;                ///< `on K "id"` / `on K where …`
  std::vector<std::string> object_ids;
  CondId object_where;                 ///< over `resource`
  Instant from = 0;
  Instant until = kForever;
  CondId while_condition;              ///< over `principal`, `context`
  Yield terms;                         ///< the rule's yield line that it rests on
  Party owner;
  std::vector<Mark> marks;
  std::string reason;
  std::string ticket;
  std::vector<ControlId> controls;
  std::vector<RoleUse> on_end_remove;
  Origin origin;

  bool standing() const { return at_assignment || at_use; }
};

/// A claim (12): never/always, or that decisions on an action do not depend on a fact; for everyone or in population.
struct Binder { std::string name; EntityId type; };
struct Claim {
  enum class Kind : std::uint8_t { Never, Always, Independent };
  std::string name;
  Kind kind = Kind::Never;
  bool in_population = false;
  std::vector<Binder> binders;         ///< Root::Binder with this index
  CondId where;
  CondId then;                         ///< Always
  ActionId action;                     ///< Independent
  std::vector<TermId> facts;           ///< Independent: the path; of `principal`, one for each type of principal that has it
  Origin origin;
};

}  // namespace writ::typed_ir
