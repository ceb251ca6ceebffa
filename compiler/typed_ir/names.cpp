// The words for every enumerator, and how plain values are spelt.
#include <chrono>

#include <fmt/format.h>

#include "compiler/typed_ir/statements.h"

namespace writ::typed_ir {

std::string_view to_string(TermKind kind) {
  switch (kind) {
#define WRIT_TERM(name, payload) \
  case TermKind::name: return #name;
#include "compiler/typed_ir/cond_kinds.def"
#undef WRIT_TERM
  }
  return "";
}

std::string_view to_string(CondKind kind) {
  switch (kind) {
#define WRIT_COND(name, payload) \
  case CondKind::name: return #name;
#include "compiler/typed_ir/cond_kinds.def"
#undef WRIT_COND
  }
  return "";
}

std::string_view to_string(Scalar scalar) {
  switch (scalar) {
    case Scalar::Bool: return "bool";
    case Scalar::Int: return "int";
    case Scalar::Decimal: return "decimal";
    case Scalar::Money: return "money";
    case Scalar::String: return "string";
    case Scalar::Time: return "time";
    case Scalar::Duration: return "duration";
    case Scalar::Enum: return "enum";
    case Scalar::Ref: return "reference";
  }
  return "";
}

std::string_view to_string(EntityKind kind) {
  switch (kind) {
    case EntityKind::Human: return "human";
    case EntityKind::Workload: return "workload";
    case EntityKind::Agent: return "agent";
    case EntityKind::Resource: return "resource";
    case EntityKind::Context: return "context";
    case EntityKind::Input: return "input";
  }
  return "";
}

std::string_view to_string(Level level) {
  switch (level) {
    case Level::None: return "none";
    case Level::Low: return "low";
    case Level::Medium: return "medium";
    case Level::High: return "high";
    case Level::Critical: return "critical";
  }
  return "";
}

std::string_view to_string(YieldKind kind) {
  switch (kind) {
    case YieldKind::Waiver: return "waiver";
    case YieldKind::Mitigation: return "mitigation";
    case YieldKind::Emergency: return "emergency";
  }
  return "";
}

std::string print_instant(Instant instant) {
  if (instant == kForever) return "never";
  using namespace std::chrono;
  const sys_time<milliseconds> at{milliseconds{instant}};
  const auto day = floor<days>(at);
  const year_month_day date{day};
  const hh_mm_ss<milliseconds> clock{at - day};
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                 static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count());
  const auto ms = clock.subseconds().count();
  if (clock.seconds().count() != 0 || ms != 0) text += fmt::format(":{:02}", clock.seconds().count());
  if (ms != 0) text += fmt::format(".{:03}", ms);
  return text + "Z";
}

std::string print_duration(std::int64_t milliseconds) {
  struct Unit { std::int64_t ms; const char* name; };
  static constexpr Unit kUnits[] = {{86'400'000, "d"}, {3'600'000, "h"}, {60'000, "min"}, {1'000, "s"}};
  if (milliseconds == 0) return "0s";
  for (const Unit& unit : kUnits)
    if (milliseconds % unit.ms == 0) return fmt::format("{}{}", milliseconds / unit.ms, unit.name);
  return fmt::format("{}ms", milliseconds);
}

std::string print_decimal(std::int64_t scaled) {
  const bool negative = scaled < 0;
  const std::uint64_t magnitude = negative ? 0 - static_cast<std::uint64_t>(scaled) : static_cast<std::uint64_t>(scaled);
  std::string text = fmt::format("{}{}", negative ? "-" : "", magnitude / kScale);
  if (const auto rest = magnitude % kScale; rest != 0) {
    text += fmt::format(".{:04}", rest);
    text.erase(text.find_last_not_of('0') + 1);
  }
  return text;
}

std::string print_string(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

std::string print(const Schema& schema, const Type& type) {
  std::string name{to_string(type.scalar)};
  if (type.scalar == Scalar::Enum && type.enumeration) name = schema.enums[type.enumeration].local;
  if (type.scalar == Scalar::Ref && type.entity) name = schema.entities[type.entity].local;
  if (type.scalar == Scalar::Money && !type.currency.empty()) name = fmt::format("money<{}>", type.currency);
  if (type.set) name = fmt::format("set<{}>", name);
  return type.optional ? name + "?" : name;
}

std::string print(const Schema& schema, const Value& value) {
  switch (value.scalar) {
    case Scalar::Bool: return value.number != 0 ? "true" : "false";
    case Scalar::Int: return fmt::format("{}", value.number);
    case Scalar::Decimal: return print_decimal(value.number);
    case Scalar::Money: return fmt::format("{} {}", print_decimal(value.number), value.text);
    case Scalar::String: return print_string(value.text);
    case Scalar::Time: return print_instant(value.number);
    case Scalar::Duration: return print_duration(value.number);
    case Scalar::Ref: return print_string(value.text);
    case Scalar::Enum: {
      const Enum& enumeration = schema.enums[EnumId{value.type}];
      if (enumeration.open) return print_string(value.text);
      return enumeration.values.at(static_cast<std::size_t>(value.number)).name;
    }
  }
  return "";
}

}  // namespace writ::typed_ir
