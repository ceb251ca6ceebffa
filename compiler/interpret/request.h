// A request bound to the schema (semantics.md 2; interfaces.md, "Request"): every fact in its three states with the reason where it is
// unknown. Binding interprets nothing: what a holding or an event is worth is decided later. Plain data; owns everything.
//
// Where interfaces.md leaves a spelling open, this is it:
//   * freshness: `context.as_of` has one instant per fact: "principal.status", "resource.amount", "context.urgent", "input.x", and
//     "Vendor.V9.entity" (local type, id, attribute) for entities met by reference; nothing else makes a fact fresh
//   * third entities: nested ({"id": …, "properties": {…}}) or under context.entities.TYPE.ID; people carry `held`, `managers`, `owned` there
//   * an element of `held`: `"from": null` says that it is in force since before anybody asks; a missing `from` or `until` is unknown;
//     `rests_on` as an array is complete, {"some": […]} is not; `route` is "birthright", "request" or unknown
//   * {"access": {"actions": […], "scope": {…}}} among `held.roles` is an anonymous live holding (14.2); scope: {"dimension": D, "value": v} |
//     "any" | "unknown" | missing (no scope)
//   * instants are RFC 3339, a bare date is its start in UTC; durations are written as in the language ("90d"); money is {"value", "currency"}
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "compiler/interpret/interpret.h"

namespace writ::interpret {

using typed_ir::ActionId;
using typed_ir::AttributeId;
using typed_ir::EntityId;
using typed_ir::EnumId;
using typed_ir::RoleId;
using typed_ir::Schema;
using typed_ir::Type;
using typed_ir::Value;
using typed_ir::ValueSet;

/// 2.2, 2.3. A set that is not supplied is (no elements, not complete). A scalar that is known has one value.
struct Fact {
  enum class State : std::uint8_t { Known, Absent, Unknown };
  State state = State::Unknown;
  ValueSet values;
  bool complete = false;                   ///< sets
  std::string reason = "not_supplied";     ///< why unknown, or why not complete
  std::optional<Instant> as_of;
};

/// A collection of ids (managers, owned, ancestors).
struct Ids {
  std::vector<std::string> ids;
  bool complete = false;
  std::string reason = "not_supplied";     ///< why not complete
};

/// One element of `held` (5.1).
struct Held {
  RoleId role;
  std::vector<std::optional<Value>> args;  ///< per parameter; unknown argument: nullopt
  bool attested_now = false;               ///< bare string: in force now, rests on nothing
  bool since_ever = false;                 ///< "from": null
  std::optional<Instant> from;
  bool endless = false;                    ///< "until": null
  std::optional<Instant> until;
  std::vector<std::string> rests_on;
  bool rests_on_complete = false;
  enum class By : std::uint8_t { Unsaid, Birthright, Other } by = By::Unsaid;
  bool delegated = false;
};
/// `has A within v`.
struct Anonymous {
  std::vector<ActionId> actions;
  enum class Scope : std::uint8_t { None, Value, Any, Unknown } scope = Scope::None;
  EnumId dimension;
  Value value;
};
struct Holdings {
  std::vector<Held> roles;
  std::vector<Anonymous> access;
  bool complete = false;
  std::string reason = "not_supplied";
};

/// What the request says of one entity, wherever it says it.
struct Record {
  EntityId type;
  std::string id;
  std::map<AttributeId, Fact> attributes;
  Holdings held;
  Ids managers;
  Ids owned;                               ///< workloads and agents
  Ids ancestors;
  bool shared = false;                     ///< an account that several people use: nobody is provably different
};
using Key = std::pair<EntityId, std::string>;

/// A member of a path (4.2). Unresolved: an account of nobody known.
struct Hop {
  bool resolved = true;
  Key who;
  enum class How : std::uint8_t { Unsaid, RunsAs, OnBehalf, Delegated } how = How::Unsaid;
  bool attested = false;
  std::optional<std::string> owner;        ///< events: the workload's owner of that day
};
struct Event {
  ActionId action;
  std::vector<Hop> path;
  std::map<EntityId, std::vector<std::string>> keys;
  std::optional<Instant> time;
};
struct History {
  std::vector<Event> events;
  bool all_readable = true;
  std::optional<std::vector<std::string>> complete_for;   ///< nullopt: silent, the declarations decide
  bool since_beginning = false;                           ///< "since": null, or silent with declarations
  std::optional<Instant> since;
  std::string version;
};

struct Approval {
  std::string chain;
  std::uint32_t step = 0;                  ///< from 1
  std::string digest;
  std::optional<Instant> requested, given;
  std::vector<Hop> approver;
  bool rejected = false;
  bool readable = true;                    ///< verdict is "approved" or "rejected"
  bool withdrawn = false;
};
struct Mfa { std::optional<Instant> time; };
struct Warrants {
  std::vector<Approval> approvals;
  std::optional<Mfa> mfa;
  std::vector<std::string> evidence;
  std::vector<std::pair<std::string, std::string>> delegations;   ///< delegator, delegatee
};
struct MonitorState { std::string id; bool active = false; std::vector<std::string> not_below; };
struct ControlState {
  std::optional<Instant> tested;
  std::optional<bool> effective;
  std::vector<MonitorState> monitors;
};

struct Assignment {
  RoleId role;
  std::string role_name;
  std::vector<std::optional<Value>> args;
  std::optional<Instant> from;
  std::optional<Instant> until;
  std::string route;                       ///< request, birthright; "": request
};

struct Request {
  bool assign = false;
  Key subject;
  std::string action_name;
  std::optional<ActionId> action;          ///< nullopt: unknown action
  Key resource;
  bool has_resource = false;
  std::string refusal;                     ///< unknown_action, wrong_type, unknown_role, wrong_route; deny with this reason
  std::string nearest;
  std::optional<std::string> system;       ///< of the resource (6.6)
  Record input, context;
  std::map<Key, Record> entities;          ///< subject and resource included
  std::vector<Hop> path;
  bool path_supplied = false;
  std::optional<Instant> time;
  History history;
  Warrants warrants;
  std::map<std::string, ControlState> controls;
  Assignment assignment;
  std::vector<question::Ignored> ignored;

  const Record* find(const Key& key) const;
};

tl::expected<Request, RequestError> bind(const kernel::Kernel& kernel, const json::Value& json);
/// Subject and context only (standing, birthrights).
tl::expected<Request, RequestError> bind_subject(const kernel::Kernel& kernel, const json::Value& json);

// Reading single values (values.cpp).
tl::expected<Value, std::string> read_scalar(const Schema& schema, const Type& type, const json::Value& json);
Fact read_fact(const Schema& schema, const Type& type, const json::Value& json);
std::optional<Instant> read_instant(std::string_view text);

}  // namespace writ::interpret
