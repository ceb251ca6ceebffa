// Types and values of the language once names are resolved. A Type is a scalar, or a set of scalars, possibly optional. A Value is a
// known value of a scalar type. Numbers are exact: int as is, decimal and money scaled by 10,000, time and duration in milliseconds
// (time since 1970 UTC), enums as ordinals. Plain data, copyable.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/ids.h"

namespace writ::typed_ir {

using EnumId = support::Id<struct EnumTag>;          ///< enums and dimensions
using EntityId = support::Id<struct EntityTag>;      ///< principal and resource types, `context`, inputs of actions
using AttributeId = support::Id<struct AttributeTag>;
using ActionId = support::Id<struct ActionTag>;
using RoleId = support::Id<struct RoleTag>;
using ChainId = support::Id<struct ChainTag>;
using ControlId = support::Id<struct ControlTag>;
using RuleId = support::Id<struct RuleTag>;
using LiftId = support::Id<struct LiftTag>;
using TermId = support::Id<struct TermTag>;
using CondId = support::Id<struct CondTag>;

/// Milliseconds UTC. kForever is no instant: "never ends", printed as null.
using Instant = std::int64_t;
inline constexpr Instant kForever = std::numeric_limits<std::int64_t>::max();
inline constexpr Instant kInstantMin = 0;                         ///< 1970-01-01
inline constexpr Instant kInstantEnd = 7'258'118'400'000;         ///< 2200-01-01, exclusive
inline constexpr std::int64_t kMaxInt = (std::int64_t{1} << 53) - 1;
inline constexpr std::int64_t kScale = 10'000;
inline constexpr std::int64_t kMaxScaled = 1'000'000'000'000'000'000;  ///< |decimal| < 10^14, scaled

enum class Scalar : std::uint8_t { Bool, Int, Decimal, Money, String, Time, Duration, Enum, Ref };

struct Type {
  Scalar scalar = Scalar::Bool;
  bool set = false;
  bool optional = false;
  EnumId enumeration;       ///< Enum
  EntityId entity;          ///< Ref
  std::string currency;     ///< Money: "EUR", or empty when the currency is part of the value

  friend bool operator==(const Type&, const Type&) = default;
  Type element() const { Type t = *this; t.set = false; t.optional = false; return t; }
  Type required() const { Type t = *this; t.optional = false; return t; }
};

struct Value {
  Scalar scalar = Scalar::Bool;
  std::int64_t number = 0;  ///< Bool 0/1, Int, Decimal and Money scaled, Time, Duration, Enum ordinal
  std::string text;         ///< String; Money: currency; Ref: id
  std::uint32_t type = 0;   ///< Enum: EnumId index, Ref: EntityId index (of the static type)

  friend auto operator<=>(const Value&, const Value&) = default;
};

std::string_view to_string(Scalar scalar);
/// `2026-06-01T12:00Z`, with seconds and milliseconds only where not zero; `never` for kForever.
std::string print_instant(Instant instant);
/// `90d`, `4h`, `15min`, `30s`: the largest unit that divides it.
std::string print_duration(std::int64_t milliseconds);
/// A scaled decimal without trailing zeros: 15000 is `1.5`.
std::string print_decimal(std::int64_t scaled);
/// `"a \"b\""`
std::string print_string(std::string_view text);

/// A known set value, sorted and unique.
using ValueSet = std::vector<Value>;

}  // namespace writ::typed_ir
