// A decision as ids of the View: whoever prints looks names, places and sentences up there. Spans lie in the Scratch that was evaluated
// with and hold until it is used again. Lists are sorted and unique as semantics.md 11.9 says (strings of a bundle are sorted, so that order
// of indices is order of texts); `unknown` is unique, and sorted by whoever prints the names. Plain data.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/core/request.h"

namespace writ::core {

enum class Outcome : std::uint8_t { Deny, Indeterminate, Pending, Permit };
std::string_view to_string(Outcome outcome);

/// What is cited: `id` is a string of the bundle, `source` tells place and sentence.
struct Citation {
  layout::Str id = 0;
  Index source = 0;
};

/// A step that is still to be done. `step` 0: mfa or evidence, as the lift's warrant says; else the step-th of the lift's chain, whose record
/// is `step_record` (its parties say who).
struct Missing {
  Index lift = 0;
  std::uint32_t step = 0;
  Index step_record = kNone;
  Instant by = kForever;                   ///< kForever: no end
};

/// The names of facts that are no attributes, spelt as here: to_string(Word::context_time) is "context.time".
enum class Word : std::uint8_t {
  approvals, ancestors, binder, context, context_time, currency, delegation, held, held_from, held_rests_on, held_route, held_until, history, input, managers, mfa, owned, path, person, principal,
  resource, scope, subject, question_mark
};
std::string_view to_string(Word word);

/// A fact that nobody knows, with the reason. explain.h writes the name.
struct UnknownFact {
  enum class Kind : std::uint8_t {
    Word,          ///< a: Word
    Term,          ///< a: Terms; "resource.vendor.entity"
    Principal,     ///< a: Attributes; "principal.owner"
    Resource,      ///< a: Attributes; "resource.entity"
    Entity,        ///< a: Attributes of the entity `id`; "Bot.b1.owner"
    Dimension,     ///< a: Enums; its local name
    Control        ///< a: Controls
  } kind = Kind::Word;
  Reason reason = Reason::not_supplied;
  std::uint32_t a = 0;
  std::string_view id;                     ///< Entity: the entity's id; its type is the attribute's owner
};

/// What must be so for a listed holding to count (5.1, 5.2), in the order in which it is told; spelt "held.until".
enum class HoldingPart : std::uint8_t { from, until, at_most, tenure, rests_on, eligible, delegator };
inline constexpr std::uint8_t kHoldingParts = 7;
std::string_view to_string(HoldingPart part);
/// A set of them, a bit each.
using HoldingParts = std::uint8_t;
inline constexpr HoldingParts bit_of(HoldingPart part) { return static_cast<HoldingParts>(1U << static_cast<unsigned>(part)); }

struct NearestMiss {
  Index grant = 0;
  bool held = false;                       ///< its role is effectively held
  std::span<const Index> failed;           ///< Conds that are false; ConditionTexts print them
  std::span<const Index> unknown;
  HoldingParts failed_parts = 0, unknown_parts = 0;   ///< of a holding of the role that is listed and does not count
};

/// A value of a joined dimension.
struct PlaceValue {
  Index dimension = kNone;
  Value value;
  std::uint32_t scope = 0;                 ///< how many scopes of a capability come before the one that this is of, beyond its own place
};
using Place = std::span<const PlaceValue>;
/// A value of an open dimension that nobody names.
inline constexpr std::string_view kAnyOther = "\x7f(any other)";

/// What a rule would have restricted that is not enforced at that time (6.1). It decides nothing. Neither sorted nor unique: whoever prints
/// them sorts by rule, person, place, state and start.
struct Finding {
  Index restriction = 0;
  std::string_view person;                 ///< "" for somebody nobody knows, and for rules about people together
  Place place, other;                      ///< where sides are joined; `other`: the second side of `across`
  bool possible = false;                   ///< not_enforced_possible: a fact is unknown
  Instant from = kForever;                 ///< when it will be enforced; kForever: it only reports
};

struct Decision {
  Outcome outcome = Outcome::Deny;
  Refused reason = Refused::No;
  Instant valid_until = 0;                 ///< kForever: time alone never changes the answer; 0: may not be reused
  bool reads_history = false;              ///< the answer holds for the history's version

  // Only if told (Tell::Everything).
  std::span<const Citation> decided_by;
  std::span<const Index> lifts;            ///< Lifts in use; no two print the same
  std::span<const Index> obligations;      ///< Obligations
  std::span<const Missing> missing;
  std::span<const UnknownFact> unknown;
  std::span<const NearestMiss> nearest_misses;   ///< at most 3, nearest first
  std::span<const Finding> findings;
};

}  // namespace writ::core
