// The waist of the house: eight forms into which every statement elaborates (semantics.md 1). No room after this one knows what a `sod`
// or a `require` is. Forms are closed: inherited grants and gates are written out per role, duties and predicates are inlined, every
// yield line is merged with its limits; so a reader needs no other room to know what a policy says. Immutable after elaborate();
// readable from any thread. `verify(kernel)` checks the invariants stated here.
#pragma once

#include "compiler/typed_ir/program.h"

namespace writ::kernel {

using typed_ir::ActionId;
using typed_ir::AttributeId;
using typed_ir::ChainId;
using typed_ir::Chain;
using typed_ir::CondId;
using typed_ir::Conditions;
using typed_ir::Control;
using typed_ir::ControlId;
using typed_ir::EntityId;
using typed_ir::EnumId;
using typed_ir::Instant;
using typed_ir::Level;
using typed_ir::Origin;
using typed_ir::Party;
using typed_ir::RoleId;
using typed_ir::RoleUse;
using typed_ir::TermId;
using typed_ir::Type;
using typed_ir::Value;
using typed_ir::Yield;
using typed_ir::YieldKind;

using GrantId = support::Id<struct GrantTag>;
using RestrictionId = support::Id<struct RestrictionTag>;
using LiftId = support::Id<struct KernelLiftTag>;
using RouteId = support::Id<struct RouteTag>;
using ObligationId = support::Id<struct ObligationTag>;
using EdgeId = support::Id<struct EdgeTag>;
using ClaimId = support::Id<struct ClaimTag>;

/// Which acts a pattern speaks of: the action is listed (or any, with `everything`), some member of the path is a `principal` (none:
/// anybody) with id `principal_id` (empty: any), and `where` holds of that member, the resource, context and input.
struct Access {
  std::vector<ActionId> actions;        ///< sorted, not empty unless `everything`; `but_reading` is already taken out
  bool everything = false;              ///< every declared action and every built-in one; `actions` then lists the declared ones
  bool built_in = false;                ///< built-in actions too (`everything`, `everything but reading`)
  EntityId principal;
  std::string principal_id;
  CondId where;
  Origin origin;
};

/// Form 1. Gates are closed over `extends`: `eligible`, `cap`, `review_every` hold those of all ancestors, arguments substituted.
struct Role {
  std::string name;                     ///< qualified; the RoleId is that of typed IR
  std::string local;
  std::string title;
  std::vector<std::string> parameter_names;
  std::vector<Type> parameters;
  EntityId type;
  std::string only_id;
  CondId eligible;                      ///< over Root::Principal, Root::Parameter
  bool continuous = true;
  TermId scope;
  EnumId scope_dimension;
  std::vector<RoleUse> ancestors;       ///< itself first, then all, transitively; args over own parameters
  std::int64_t cap = 0;                 ///< ms; 0: none
  std::int64_t review_every = 0;
  std::int64_t handover = 0;
  std::vector<std::string> systems;     ///< of its native lines, sorted; empty: wherever its actions are (6.3)
  Party owner;
  Origin origin;
};

/// Form 2: whoever effectively holds `role` may do `access`. Inherited grants are repeated for every role that extends.
struct Grant {
  std::string id;                       ///< "norvik.p2p.ap_clerk" of the statement that says it (citations)
  RoleId role;
  RoleId declared_in;
  Access access;                        ///< one resource type; where = scope and the author's condition
  CondId scope;                         ///< the resource's scope lies in `within` (T if none; U if the type has no such scope)
  std::vector<CondId> conjuncts;        ///< of `where`, scope first if not T; for nearest misses
  std::vector<RestrictionId> subject_to;
  Origin origin;
};

/// Form 3: how a role comes to be held.
struct Route {
  enum class Kind : std::uint8_t { Birthright, Request };
  RoleId role;
  Kind kind = Kind::Request;
  CondId when;                          ///< Birthright: over principal, parameters
  std::vector<ChainId> gates;           ///< Request: own and inherited chains, each asked once
  Origin origin;
};

/// What a standing side sees of one grant: quantifiers over resource, context and input are eliminated (6.2). T: the holder can do
/// `action` on some resource whose own scope fields have the values Root::Scope; U: he may; F: proved that he cannot.
struct Capability {
  RoleId role;
  GrantId grant;
  ActionId action;
  std::vector<EnumId> scopes;           ///< per joined dimension (Restriction::joined): that of its scope field; none: no such field, so an
                                        ///< unknown scope. Equal ones are one field, which both read.
  CondId where;                         ///< over Root::Principal, Root::Parameter, now, and Root::Scope: index i is the value of field i,
                                        ///< of equal ones the first
};

struct SideElement {
  std::vector<Access> accesses;         ///< holds if one of these does …
  std::vector<RoleUse> roles;           ///< … or a live holding of one of these; without arguments: any of its values
  std::vector<Capability> capabilities; ///< standing use: of every grant that can do one of `accesses`; sorted by role, grant, action
  std::string text;
};
struct Side {
  std::uint32_t need = 1;               ///< any of: 1; all of: #elements; k of: k
  std::vector<SideElement> elements;
  std::vector<std::uint32_t> within;    ///< ordinals of `within_dimension` that the side is cut to; empty: not cut, or (Object, People) written
                                        ///< into each `where`
  EnumId within_dimension;
  std::string text;
};

/// What has to be presented before an act (section 7).
struct Warrant {
  enum class Kind : std::uint8_t { Mfa, Evidence, Approval };
  Kind kind = Kind::Mfa;
  std::int64_t fresh_within = 0;        ///< Mfa; 0: any
  std::string evidence;
  ChainId chain;
};

/// Form 4. One per binding of a rule; `name` is the binding ("norvik.risks.P02.Vendor"), `rule` what citations say ("norvik.risks.P02").
struct Restriction {
  enum class Kind : std::uint8_t {
    Act,        ///< instances: one per member of the path
    Standing,   ///< combine(k, sides, meet), on capabilities: one per effective person and value of the joined dimensions
    Object,     ///< combine(k, sides, object): one per effective person and key of the present act
    People      ///< people(n, sides, object)
  };
  std::string name;
  std::string rule;
  Kind kind = Kind::Act;
  std::vector<Access> accesses;         ///< Act
  std::uint32_t count = 0;              ///< Standing, Object: k; People: n
  std::vector<Side> sides;
  std::vector<EnumId> same;             ///< Standing: joined dimensions
  EnumId across;
  EntityId key;                         ///< Object, People
  std::map<ActionId, TermId> key_paths; ///< over Root::Resource; an action without a path is not bound
  std::int64_t over = 0;
  bool in_order = false;
  bool at_assignment = false;           ///< Standing: this point, or
  bool at_use = false;                  ///< Standing: this one; a rule at both is two restrictions
  bool exposure_only = false;           ///< Standing, at no point: what review reports of a rule that is bound to objects only
  bool sensitive = false;
  Instant from = typed_ir::kInstantMin; ///< enforced from; kForever: report only
  std::map<YieldKind, Yield> yields;    ///< empty: nothing but a warrant lifts it
  bool requirement = false;             ///< generated by `require`: its Lift(warrant) is what the author asks for
  Level level = Level::None;
  std::string title;
  Party owner;
  std::string because;
  std::vector<std::string> implements;
  Origin origin;

  /// Where sides meet: `same`, then `across`, in which two sides differ.
  std::vector<EnumId> joined() const {
    std::vector<EnumId> all = same;
    if (across.valid()) all.push_back(across);
    return all;
  }
};

/// Form 5: lifts instances of one restriction; never grants. `select` reads only what the restriction's kind can see (6.9).
struct Lift {
  enum class Kind : std::uint8_t { Exception, Mitigation, Warrant };
  std::string id;                       ///< qualified statement; a warrant: the requirement's
  RestrictionId of;
  Kind kind = Kind::Exception;
  std::vector<std::string> persons;     ///< sorted; empty with `who` alone
  EntityId type;
  CondId who;                           ///< over Root::Principal (the instance's person)
  EnumId within_dimension;
  std::vector<std::uint32_t> within;    ///< ordinals, descendants not added; empty: everywhere
  EntityId object_type;
  std::vector<std::string> object_ids;
  CondId object_where;                  ///< over Root::Resource; T if none
  Instant from = typed_ir::kInstantMin;
  Instant until = typed_ir::kForever;
  CondId while_condition;               ///< over Root::Principal, Root::Context
  Warrant warrant;                      ///< Warrant
  bool claimed = false;                 ///< approval rests on marks accepted by the project
  bool approved = true;                 ///< false: marks = "require" and no record: lifts nothing
  std::vector<ControlId> controls;
  std::vector<RoleUse> ends;
  Party owner;
  Origin origin;
};

/// Form 6.
struct Obligation {
  enum class Kind : std::uint8_t { Notify, Log };
  std::string id;
  Kind kind = Kind::Log;
  std::string whom;                     ///< Notify: as written
  std::vector<Access> after;
  bool on_deny = false;
  Origin origin;
};

/// Form 7. In this edition only Owner and Rollup edges exist; they are read from the schema, and listed for printing.
struct Edge {
  enum class Kind : std::uint8_t { Owner, Rollup };
  Kind kind = Kind::Owner;
  EntityId entity;
  AttributeId attribute;                ///< Owner
  EnumId from, to;                      ///< Rollup
  Origin origin;
};

/// Form 8: claims are carried as checked.
using Claim = typed_ir::Claim;

struct Kernel {
  std::string name;
  std::string policy_version;
  std::string tzdb_version;
  std::string root_module;
  bool accept_marks = true;
  std::int64_t skew = 60'000;
  std::int64_t reuse_at_most = 0;
  typed_ir::FindingDue finding_due;
  typed_ir::Schema schema;
  Conditions conditions;
  support::Store<RoleId, Role> roles;               ///< same ids as typed IR
  support::Store<GrantId, Grant> grants;            ///< sorted by role, then source order
  support::Store<RouteId, Route> routes;
  support::Store<RestrictionId, Restriction> restrictions;   ///< sorted by name
  support::Store<LiftId, Lift> lifts;               ///< sorted by id, then restriction
  support::Store<ObligationId, Obligation> obligations;
  support::Store<EdgeId, Edge> edges;
  support::Store<ClaimId, Claim> claims;
  support::Store<ChainId, Chain> chains;
  support::Store<ControlId, Control> controls;

  // Indexes, derived.
  std::map<ActionId, std::vector<GrantId>> grants_of_action;
  std::map<ActionId, std::vector<RestrictionId>> restrictions_of_action;  ///< Act, Object, People, and Standing at use, that the action reaches
  std::map<RestrictionId, std::vector<LiftId>> lifts_of;
};

}  // namespace writ::kernel
