// Typed values from JSON, exactly (13): a value that does not fit is unknown with its reason, never rounded.
#include <algorithm>
#include <chrono>

#include "compiler/interpret/request.h"

namespace writ::interpret {
namespace {

using typed_ir::Scalar;
using Read = tl::expected<Value, std::string>;
using json::Kind;

Read bad(const char* reason) { return tl::unexpected(std::string(reason)); }

Value make(Scalar scalar, std::int64_t number, std::string text = {}) {
  Value v;
  v.scalar = scalar;
  v.number = number;
  v.text = std::move(text);
  return v;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// text × 10^places as an integer; exact, or why not. Magnitude at most 10^18.
tl::expected<std::int64_t, std::string> read_number(std::string_view text, int places) {
  const bool negative = !text.empty() && text[0] == '-';
  if (negative) text.remove_prefix(1);
  long exponent = places;
  if (const auto e = text.find_first_of("eE"); e != text.npos) {
    std::string_view power = text.substr(e + 1);
    const bool minus = !power.empty() && power[0] == '-';
    if (!power.empty() && (power[0] == '-' || power[0] == '+')) power.remove_prefix(1);
    if (!all_digits(power)) return tl::unexpected(std::string("ill_typed"));
    if (power.size() > 6) return tl::unexpected(std::string("out_of_range"));
    exponent += minus ? -std::stol(std::string(power)) : std::stol(std::string(power));
    text = text.substr(0, e);
  }
  std::string digits(text);
  if (const auto dot = digits.find('.'); dot != digits.npos) {
    exponent -= static_cast<long>(digits.size() - dot - 1);
    if (dot == 0 || dot + 1 == digits.size()) return tl::unexpected(std::string("ill_typed"));
    digits.erase(dot, 1);
  }
  if (!all_digits(digits)) return tl::unexpected(std::string("ill_typed"));
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return 0;
  while (exponent < 0 && digits.back() == '0') { digits.pop_back(); ++exponent; }
  if (exponent < 0 || static_cast<long>(digits.size()) + exponent > 18) return tl::unexpected(std::string("out_of_range"));
  digits.append(static_cast<std::size_t>(exponent), '0');
  const std::int64_t value = std::stoll(digits);
  return negative ? -value : value;
}

Read read_whole(const json::Value& json) {
  if (!json.is(Kind::Number) && !json.is(Kind::String)) return bad("ill_typed");
  const auto number = read_number(json.text, 0);
  if (!number) return tl::unexpected(number.error());
  if (*number > typed_ir::kMaxInt || *number < -typed_ir::kMaxInt) return bad("out_of_range");
  return make(Scalar::Int, *number);
}
Read read_decimal(const json::Value& json) {
  if (!json.is(Kind::Number) && !json.is(Kind::String)) return bad("ill_typed");
  const auto number = read_number(json.text, 4);
  if (!number) return tl::unexpected(number.error());
  if (*number >= typed_ir::kMaxScaled || *number <= -typed_ir::kMaxScaled) return bad("out_of_range");
  return make(Scalar::Decimal, *number);
}
Read read_money(const Type& type, const json::Value& json) {
  const json::Value* value = json.find("value");
  const json::Value* currency = json.find("currency");
  if (!value || !currency || !currency->is(Kind::String) || currency->text.size() != 3) return bad("ill_typed");
  const auto amount = read_decimal(*value);
  if (!amount) return amount;
  if (!type.currency.empty() && type.currency != currency->text) return bad("other_currency");
  return make(Scalar::Money, amount->number, currency->text);
}
Read read_string(const json::Value& json) {
  if (!json.is(Kind::String)) return bad("ill_typed");
  if (json.text.size() > 4096) return bad("too_large");
  return make(Scalar::String, 0, json.text);
}
Read read_time(const json::Value& json) {
  if (!json.is(Kind::String)) return bad("ill_typed");
  const auto instant = read_instant(json.text);
  if (!instant) return bad("ill_typed");
  if (*instant < 0 || *instant >= typed_ir::kInstantEnd) return bad("out_of_range");
  return make(Scalar::Time, *instant);
}
Read read_duration(const json::Value& json) {
  if (!json.is(Kind::String)) return bad("ill_typed");
  const std::string& text = json.text;
  const auto unit_at = std::min(text.find_first_not_of("0123456789"), text.size());
  if (unit_at == 0 || unit_at > 12) return bad("ill_typed");
  const std::string unit = text.substr(unit_at);
  const std::int64_t ms = unit == "s" ? 1000 : unit == "min" ? 60'000 : unit == "h" ? 3'600'000 : unit == "d" ? 86'400'000 : 0;
  if (ms == 0) return bad("ill_typed");
  const std::int64_t count = std::stoll(text.substr(0, unit_at));
  if (count > typed_ir::kInstantEnd / ms) return bad("out_of_range");
  return make(Scalar::Duration, count * ms);
}
Read read_enum(const Schema& schema, const Type& type, const json::Value& json) {
  if (!json.is(Kind::String)) return bad("ill_typed");
  const typed_ir::Enum& e = schema.enums[type.enumeration];
  Value value = make(Scalar::Enum, 0);
  value.type = type.enumeration.index;
  if (e.open) {
    if (json.text.size() > 4096) return bad("too_large");
    value.text = json.text;
    return value;
  }
  for (std::size_t i = 0; i < e.values.size(); ++i) {
    if (e.values[i].name != json.text) continue;
    value.number = static_cast<std::int64_t>(i);
    return value;
  }
  return bad("not_in_enum");
}
Read read_ref(const Type& type, const json::Value& json) {
  const json::Value* id = json.is(Kind::Object) ? json.find("id") : &json;
  if (!id || !id->is(Kind::String)) return bad("ill_typed");
  if (id->text.size() > 4096) return bad("too_large");
  Value value = make(Scalar::Ref, 0, id->text);
  value.type = type.entity.index;
  return value;
}

Fact read_set(const Schema& schema, const Type& type, const json::Value& json) {
  const json::Value* items = json.is(Kind::Object) ? json.find("some") : &json;
  Fact fact;
  if (!items || !items->is(Kind::Array)) { fact.reason = "ill_typed"; return fact; }
  if (items->items.size() > 65'536) { fact.reason = "too_large"; return fact; }
  fact.state = Fact::State::Known;
  fact.complete = json.is(Kind::Array);
  fact.reason = "incomplete";
  for (const json::Value& item : items->items) {
    auto value = read_scalar(schema, type.element(), item);
    if (value) fact.values.push_back(std::move(*value));
    else { fact.complete = false; fact.reason = value.error(); }
  }
  std::sort(fact.values.begin(), fact.values.end());
  fact.values.erase(std::unique(fact.values.begin(), fact.values.end()), fact.values.end());
  return fact;
}

std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size() || !all_digits(text.substr(at, count))) return std::nullopt;
  return std::stoi(std::string(text.substr(at, count)));
}

/// "Z" or "+02:00", as minutes.
std::optional<int> read_offset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const auto hours = digits_at(text, 1, 2), minutes = digits_at(text, 4, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (*hours * 60 + *minutes);
}

}  // namespace

std::optional<Instant> read_instant(std::string_view text) {
  using namespace std::chrono;
  const auto y = digits_at(text, 0, 4), m = digits_at(text, 5, 2), d = digits_at(text, 8, 2);
  if (!y || !m || !d || text[4] != '-' || text[7] != '-') return std::nullopt;
  const year_month_day date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
  if (!date.ok()) return std::nullopt;
  const Instant midnight = duration_cast<milliseconds>(sys_days{date}.time_since_epoch()).count();
  if (text.size() == 10) return midnight;
  if (text[10] != 'T' && text[10] != 't') return std::nullopt;
  const auto hour = digits_at(text, 11, 2), minute = digits_at(text, 14, 2), second = digits_at(text, 17, 2);
  if (!hour || !minute || !second || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  std::size_t at = 19;
  std::int64_t fraction = 0;
  if (at < text.size() && text[at] == '.') {
    const std::size_t first = ++at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == first) return std::nullopt;
    std::string ms(text.substr(first, std::min<std::size_t>(at - first, 3)));
    ms.resize(3, '0');
    fraction = *second == 60 ? 0 : std::stoi(ms);   // a leap second is the next minute
  }
  const auto offset = read_offset(text.substr(at));
  if (!offset) return std::nullopt;
  return midnight + ((*hour * 60 + *minute - *offset) * 60 + *second) * std::int64_t{1000} + fraction;
}

tl::expected<Value, std::string> read_scalar(const Schema& schema, const Type& type, const json::Value& json) {
  switch (type.scalar) {
    case Scalar::Bool:
      if (!json.is(Kind::Boolean)) return bad("ill_typed");
      return make(Scalar::Bool, json.boolean);
    case Scalar::Int: return read_whole(json);
    case Scalar::Decimal: return read_decimal(json);
    case Scalar::Money: return read_money(type, json);
    case Scalar::String: return read_string(json);
    case Scalar::Time: return read_time(json);
    case Scalar::Duration: return read_duration(json);
    case Scalar::Enum: return read_enum(schema, type, json);
    case Scalar::Ref: return read_ref(type, json);
  }
  return bad("ill_typed");
}

Fact read_fact(const Schema& schema, const Type& type, const json::Value& json) {
  Fact fact;
  if (json.is(Kind::Null)) {
    if (type.optional) fact.state = Fact::State::Absent;
    else fact.reason = "ill_typed";
    return fact;
  }
  if (type.set) return read_set(schema, type, json);
  auto value = read_scalar(schema, type, json);
  if (!value) { fact.reason = value.error(); return fact; }
  fact.state = Fact::State::Known;
  fact.values = {std::move(*value)};
  return fact;
}

}  // namespace writ::interpret
