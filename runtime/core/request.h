// A request bound to a bundle: ids of the View and typed facts, no JSON, no names to resolve. Whoever asks fills these once (a prepared
// request) or per question (runtime/authzen) and owns the memory; nothing here allocates, and a Request is only read. Every fact has three
// states; unknown says why. What is left out is unknown, an empty span with `complete = false` is a collection that was not sent.
//
// Prepared, tightest loop: an array of two Records (subject and resource, sorted), their `facts` indexed by attribute, `held.roles` sorted
// by role. Change values in place and ask again.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/layout/layout.h"

namespace writ::core {

using layout::Index;
using layout::kNone;
/// Milliseconds UTC.
using Instant = std::int64_t;
inline constexpr Instant kForever = layout::kForever;
/// No instant was given, or it could not be read.
inline constexpr Instant kNoInstant = INT64_MIN;

enum class Reason : std::uint8_t {
  not_supplied, ill_typed, out_of_range, not_in_enum, other_currency, too_large, stale, too_fine, contradictory, incomplete, not_attested,
  shared, not_supported
};
std::string_view to_string(Reason reason);

/// As in the bundle: `type` is an Enums index (Enum) or an Entities index (Ref); money is scaled by 10,000 with its currency in `text`; the
/// value of an open dimension is `text` with number 0. Text lives in the request or in the bundle.
struct Value {
  layout::Scalar scalar = layout::Scalar::Bool;
  std::uint32_t type = 0;
  std::int64_t number = 0;
  std::string_view text;
};

enum class State : std::uint8_t { Unknown, Absent, Known };

/// The value of one attribute. A scalar is in `value`; a set that was sent is Known, with its elements in `values` (sorted by number, then
/// text; unique) and `complete` if there are no others. Not sent: Unknown with its reason.
struct Fact {
  State state = State::Unknown;
  bool complete = false;
  Reason reason = Reason::not_supplied;    ///< why unknown; of a set also why not complete
  Instant as_of = kNoInstant;
  Value value;
  std::span<const Value> values;
};

struct Ids {
  std::span<const std::string_view> ids;
  bool complete = false;
  Reason reason = Reason::not_supplied;    ///< why not complete
};

/// An argument of a holding; unknown unless given.
struct Argument {
  bool known = false;
  Value value;
};

enum class Route : std::uint8_t { Unsaid, Birthright, Other };
/// One element of `held` (semantics.md 5.1).
struct Held {
  Index role = kNone;
  bool attested_now = false;               ///< a bare name: in force now, rests on nothing
  bool since_ever = false;                 ///< "from": null
  bool endless = false;                    ///< "until": null
  bool rests_on_complete = false;
  bool delegated = false;
  Route by = Route::Unsaid;
  Instant from = kNoInstant;
  Instant until = kNoInstant;
  std::span<const Argument> args;          ///< in order of the role's parameters; missing ones are unknown
  std::span<const std::span<const Index>> rests_on;   ///< per name: the Lifts (no warrants) of that id, or of that unique local name; none: unknown
};
/// A right that somebody has by a holding that nobody names (14.2).
struct Anonymous {
  enum class Scope : std::uint8_t { None, Value, Any, Unknown } scope = Scope::None;
  Index dimension = kNone;                 ///< Enums, with Scope::Value
  Value value;
  std::span<const Index> actions;
};
struct Holdings {
  std::span<const Held> roles;             ///< sorted by role
  std::span<const Anonymous> access;
  bool complete = false;
  Reason reason = Reason::not_supplied;    ///< why not complete
};

/// Whatever the request says of one entity.
struct Record {
  Index type = kNone;                      ///< Entities
  bool shared = false;                     ///< an account of several people: nobody is provably somebody else
  std::string_view id;
  std::span<const Fact> facts;             ///< by attribute: attribute index − first_attribute of the type; what lies behind the end is not supplied
  Holdings held;
  Ids managers, owned, ancestors;
};

struct Key {
  Index type = kNone;
  std::string_view id;

  friend bool operator==(const Key&, const Key&) = default;
};

/// A member of a path (4.2).
struct Hop {
  enum class How : std::uint8_t { Unsaid, RunsAs, OnBehalf, Delegated } how = How::Unsaid;
  bool resolved = true;                    ///< false: an account of nobody known
  bool attested = false;
  bool has_owner = false;                  ///< events: the workload's owner of that day
  Key who;
  std::string_view owner;
};

struct EventKey {
  Index entity = kNone;
  std::string_view id;
};
struct Event {
  Index action = kNone;
  Instant time = kNoInstant;
  std::span<const Hop> path;
  std::span<const EventKey> keys;
};
/// 6.6. `covered`: complete for the system of the act, by the request's word or by the declarations.
struct History {
  std::span<const Event> events;
  bool readable = true;                    ///< nothing of it was dropped
  bool covered = false;
  bool since_beginning = false;
  Reason reason = Reason::not_supplied;    ///< why it proves nothing: incomplete once anything was sent
  Instant since = kNoInstant;
};

/// One record of an approval, for one chain: where its name fits several chains, one for each.
struct Approval {
  Index chain = kNone;
  std::uint32_t step = 0;                  ///< from 1
  bool digest_matches = false;             ///< the digest is that of this request for this chain (whoever binds decides; explain.h has what it covers)
  bool rejected = false;
  bool readable = false;                   ///< the verdict is one of the two words
  bool withdrawn = false;
  Instant requested = kNoInstant, given = kNoInstant;
  std::span<const Hop> approver;
};
struct Delegation {
  std::string_view delegator, delegatee;
};
struct Warrants {
  std::span<const Approval> approvals;     ///< in the order given
  std::span<const std::string_view> evidence;   ///< kinds
  std::span<const Delegation> delegations;
  bool mfa = false;
  Instant mfa_time = kNoInstant;
};

struct Monitor {
  std::string_view id;
  bool active = false;
  std::span<const std::string_view> not_below;
};
struct ControlState {
  Index control = kNone;                   ///< Controls
  State effective_state = State::Unknown;
  bool effective = false;
  Instant tested = kNoInstant;
  std::span<const Monitor> monitors;
};

/// Why a question has no act to decide: it is denied.
enum class Refused : std::uint8_t { No, unknown_action, wrong_type };
std::string_view to_string(Refused refused);

struct Request {
  Refused refused = Refused::No;
  Index action = kNone;                    ///< Actions; kNone only if refused
  std::uint32_t subject = kNone;           ///< index into entities
  std::uint32_t resource = kNone;          ///< index into entities, or kNone
  std::span<const Record> entities;        ///< sorted by type, then id; unique; subject and resource included
  Record context, input;                   ///< types: the schema's context (kNone: none), the action's input (kNone: none)
  std::span<const Hop> path;               ///< not sent and the subject is human: one resolved, attested hop, path_supplied false
  bool path_supplied = false;
  Instant time = kNoInstant;
  History history;
  Warrants warrants;
  std::span<const ControlState> controls;
};

}  // namespace writ::core
