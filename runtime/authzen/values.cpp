#include "runtime/authzen/values.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace writ::authzen {
namespace {

using core::Value;
using json::Kind;
using layout::Scalar;
using Read = tl::expected<Value, Reason>;
using Number = tl::expected<std::int64_t, Reason>;

constexpr std::size_t kLongestText = 4096, kLargestSet = 65'536;
constexpr std::int64_t kLargestInt = (std::int64_t{1} << 53) - 1, kScaledEnd = 1'000'000'000'000'000'000, kScale = 10'000;
constexpr Instant kCalendarEnd = 7'258'118'400'000;   // 2200-01-01

template <class T = Value>
tl::expected<T, Reason> bad(Reason reason) { return tl::unexpected(reason); }

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::int64_t integer(std::string_view digits) {
  std::int64_t n = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), n);
  return n;
}

bool take_sign(std::string_view& text, std::string_view signs) {
  const bool signed_at_all = !text.empty() && signs.find(text[0]) != signs.npos;
  const bool minus = signed_at_all && text[0] == '-';
  if (signed_at_all) text.remove_prefix(1);
  return minus;
}

/// The digits of a decimal and the power of ten of the last one.
struct Digits {
  std::string digits;
  std::int64_t power = 0;
};
tl::expected<Digits, Reason> read_digits(std::string_view text) {
  Digits d;
  if (const auto e = text.find_first_of("eE"); e != text.npos) {
    std::string_view power = text.substr(e + 1);
    const bool minus = take_sign(power, "+-");
    if (!all_digits(power)) return bad<Digits>(Reason::ill_typed);
    if (power.size() > 6) return bad<Digits>(Reason::out_of_range);
    d.power = minus ? -integer(power) : integer(power);
    text = text.substr(0, e);
  }
  d.digits = text;
  if (const auto dot = text.find('.'); dot != text.npos) {
    if (dot == 0 || dot + 1 == text.size()) return bad<Digits>(Reason::ill_typed);
    d.power -= static_cast<std::int64_t>(text.size() - dot - 1);
    d.digits.erase(dot, 1);
  }
  if (!all_digits(d.digits)) return bad<Digits>(Reason::ill_typed);
  return d;
}

/// text × 10^places as an integer of at most 18 digits; exact, or why not.
Number read_number(std::string_view text, int places) {
  const bool minus = take_sign(text, "-");
  auto read = read_digits(text);
  if (!read) return tl::unexpected(read.error());
  std::string& digits = read->digits;
  std::int64_t power = read->power + places;
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.empty()) return 0;
  for (; power < 0 && digits.back() == '0'; ++power) digits.pop_back();
  if (power < 0 || static_cast<std::int64_t>(digits.size()) + power > 18) return bad<std::int64_t>(Reason::out_of_range);
  digits.append(static_cast<std::size_t>(power), '0');
  return minus ? -integer(digits) : integer(digits);
}

Read whole(const json::Value& json) {
  if (!json.is(Kind::Number) && !json.is(Kind::String)) return bad(Reason::ill_typed);
  const Number n = read_number(json.text, 0);
  if (!n) return tl::unexpected(n.error());
  if (*n > kLargestInt || *n < -kLargestInt) return bad(Reason::out_of_range);
  return Value{Scalar::Int, 0, *n, {}};
}
Read decimal(const json::Value& json) {
  if (!json.is(Kind::Number) && !json.is(Kind::String)) return bad(Reason::ill_typed);
  const Number n = read_number(json.text, 4);
  if (!n) return tl::unexpected(n.error());
  if (*n >= kScaledEnd || *n <= -kScaledEnd) return bad(Reason::out_of_range);
  return Value{Scalar::Decimal, 0, *n, {}};
}
Read money(std::string_view declared, const json::Value& json) {
  const json::Value *value = json.find("value"), *currency = json.find("currency");
  if (!value || !currency || !currency->is(Kind::String) || currency->text.size() != 3) return bad(Reason::ill_typed);
  const Read amount = decimal(*value);
  if (!amount) return amount;
  if (!declared.empty() && declared != currency->text) return bad(Reason::other_currency);
  return Value{Scalar::Money, 0, amount->number, currency->text};
}
Read text(Scalar scalar, std::uint32_t type, const json::Value& json) {
  if (!json.is(Kind::String)) return bad(Reason::ill_typed);
  if (json.text.size() > kLongestText) return bad(Reason::too_large);
  return Value{scalar, type, 0, json.text};
}
Read time(const json::Value& json) {
  const Instant at = json.is(Kind::String) ? read_instant(json.text) : core::kNoInstant;
  if (at == core::kNoInstant) return bad(Reason::ill_typed);
  if (!in_calendar(at)) return bad(Reason::out_of_range);
  return Value{Scalar::Time, 0, at, {}};
}
Read duration(const json::Value& json) {
  if (!json.is(Kind::String)) return bad(Reason::ill_typed);
  const std::string_view spelling = json.text;
  const std::size_t digits = std::min(spelling.find_first_not_of("0123456789"), spelling.size());
  if (digits == 0 || digits > 12) return bad(Reason::ill_typed);
  const std::string_view unit = spelling.substr(digits);
  const std::int64_t ms = unit == "s" ? 1'000 : unit == "min" ? 60'000 : unit == "h" ? 3'600'000 : unit == "d" ? 86'400'000 : 0;
  if (ms == 0) return bad(Reason::ill_typed);
  const std::int64_t count = integer(spelling.substr(0, digits));
  if (count > kCalendarEnd / ms) return bad(Reason::out_of_range);
  return Value{Scalar::Duration, 0, count * ms, {}};
}
Read enumerated(const Schema& schema, Index enumeration, const json::Value& json) {
  if (!json.is(Kind::String)) return bad(Reason::ill_typed);
  if ((schema.view.enums[enumeration].flags & layout::kEnumOpen) != 0) return text(Scalar::Enum, enumeration, json);
  const Index ordinal = schema.names.enum_value(enumeration, json.text);
  if (ordinal == kNone) return bad(Reason::not_in_enum);
  return Value{Scalar::Enum, enumeration, ordinal, {}};
}

core::Fact unknown(Reason reason) {
  core::Fact fact;
  fact.reason = reason;
  return fact;
}

bool before(const Value& a, const Value& b) { return a.number != b.number ? a.number < b.number : a.text < b.text; }
bool same(const Value& a, const Value& b) { return a.number == b.number && a.text == b.text; }

core::Fact read_set(const Schema& schema, Index type, const json::Value& json, Memory& memory) {
  const json::Value* items = json.is(Kind::Object) ? json.find("some") : &json;
  if (!items || !items->is(Kind::Array)) return unknown(Reason::ill_typed);
  if (items->items.size() > kLargestSet) return unknown(Reason::too_large);
  core::Fact fact = unknown(Reason::incomplete);
  fact.state = core::State::Known;
  fact.complete = json.is(Kind::Array);
  std::vector<Value> values;
  for (const json::Value& item : items->items) {
    if (const Read value = read_scalar(schema, type, item)) {
      values.push_back(*value);
    } else {
      fact.complete = false;
      fact.reason = value.error();
    }
  }
  std::sort(values.begin(), values.end(), before);
  values.erase(std::unique(values.begin(), values.end(), same), values.end());
  fact.values = memory.keep(values);
  return fact;
}

/// A text of fixed shape, read from front to back; what does not fit fails the whole.
class Scan {
 public:
  explicit Scan(std::string_view text) : rest_(text) {}

  bool failed() const { return failed_; }
  bool done() const { return rest_.empty(); }
  int digits(std::size_t count) {
    const std::string_view part = rest_.substr(0, count);
    if (part.size() < count || !all_digits(part)) return fail();
    rest_.remove_prefix(count);
    return static_cast<int>(integer(part));
  }
  /// The next character, which is one of these.
  char one_of(std::string_view allowed) {
    if (rest_.empty() || allowed.find(rest_[0]) == allowed.npos) return static_cast<char>(fail());
    const char c = rest_[0];
    rest_.remove_prefix(1);
    return c;
  }
  bool skip(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  /// As many digits as there are, at least one, as thousandths; the rest of them is cut off.
  int thousandths() {
    int value = 0, place = 100;
    std::size_t count = 0;
    for (; count < rest_.size() && rest_[count] >= '0' && rest_[count] <= '9'; ++count, place /= 10) value += place * (rest_[count] - '0');
    if (count == 0) return fail();
    rest_.remove_prefix(count);
    return value;
  }

 private:
  int fail() {
    failed_ = true;
    return 0;
  }

  std::string_view rest_;
  bool failed_ = false;
};

std::optional<std::chrono::sys_days> scan_date(Scan& scan) {
  using namespace std::chrono;
  const int y = scan.digits(4);
  scan.one_of("-");
  const int m = scan.digits(2);
  scan.one_of("-");
  const int d = scan.digits(2);
  const year_month_day date{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
  if (scan.failed() || !date.ok()) return std::nullopt;
  return sys_days{date};
}

/// "Z" or "+02:00".
std::chrono::minutes scan_offset(Scan& scan) {
  const char sign = scan.one_of("Zz+-");
  if (sign != '+' && sign != '-') return {};
  const int hours = scan.digits(2);
  scan.one_of(":");
  const int minutes = scan.digits(2);
  if (hours > 23 || minutes > 59) scan.one_of("");
  const std::chrono::minutes offset{hours * 60 + minutes};
  return sign == '-' ? -offset : offset;
}

std::string spelt_time(Instant at) {
  using namespace std::chrono;
  if (at == core::kForever) return "never";
  const sys_time<milliseconds> time{milliseconds{at}};
  const auto midnight = floor<days>(time);
  const year_month_day date{midnight};
  const hh_mm_ss clock{time - midnight};
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  std::string year = std::to_string(static_cast<int>(date.year()));
  if (year.size() < 4) year.insert(0, 4 - year.size(), '0');
  std::string out = year + "-" + two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day())) + "T" +
                    two(clock.hours().count()) + ":" + two(clock.minutes().count());
  const std::int64_t seconds = clock.seconds().count(), ms = clock.subseconds().count();
  if (seconds != 0 || ms != 0) out += ":" + two(seconds);
  if (ms != 0) out += "." + std::string(ms < 10 ? "00" : ms < 100 ? "0" : "") + std::to_string(ms);
  return out + "Z";
}

std::string spelt_duration(std::int64_t ms) {
  static constexpr std::pair<std::int64_t, std::string_view> kUnits[] = {{86'400'000, "d"}, {3'600'000, "h"}, {60'000, "min"}, {1'000, "s"}};
  if (ms == 0) return "0s";
  for (const auto& [unit, name] : kUnits)
    if (ms % unit == 0) return std::to_string(ms / unit) + std::string(name);
  return std::to_string(ms) + "ms";
}

std::string spelt_decimal(std::int64_t scaled) {
  const std::uint64_t size = scaled < 0 ? 0 - static_cast<std::uint64_t>(scaled) : static_cast<std::uint64_t>(scaled);
  std::string out = (scaled < 0 ? "-" : "") + std::to_string(size / kScale);
  const std::uint64_t rest = size % kScale;
  if (rest == 0) return out;
  const std::string digits = std::to_string(rest);
  out += "." + std::string(4 - digits.size(), '0') + digits;
  out.erase(out.find_last_not_of('0') + 1);
  return out;
}

std::string spelt_text(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

tl::expected<Value, Reason> read_scalar(const Schema& schema, Index id, const json::Value& json) {
  const layout::Type& type = schema.view.types[id];
  switch (static_cast<Scalar>(type.scalar)) {
    case Scalar::Bool:
      if (!json.is(Kind::Boolean)) return bad(Reason::ill_typed);
      return Value{Scalar::Bool, 0, json.boolean ? 1 : 0, {}};
    case Scalar::Int: return whole(json);
    case Scalar::Decimal: return decimal(json);
    case Scalar::Money: return money(schema.text(type.currency), json);
    case Scalar::String: return text(Scalar::String, 0, json);
    case Scalar::Time: return time(json);
    case Scalar::Duration: return duration(json);
    case Scalar::Enum: return enumerated(schema, type.enumeration, json);
    case Scalar::Ref: {
      const json::Value* who = json.is(Kind::Object) ? json.find("id") : &json;
      return who ? text(Scalar::Ref, type.entity, *who) : bad(Reason::ill_typed);
    }
  }
  return bad(Reason::ill_typed);
}

core::Fact read_fact(const Schema& schema, Index id, const json::Value& json, Memory& memory) {
  const layout::Type& type = schema.view.types[id];
  if (json.is(Kind::Null)) {
    core::Fact fact = unknown(Reason::ill_typed);
    if ((type.flags & layout::kTypeOptional) == 0) return fact;
    fact.state = core::State::Absent;
    fact.reason = Reason::not_supplied;
    return fact;
  }
  if ((type.flags & layout::kTypeSet) != 0) return read_set(schema, id, json, memory);
  const Read value = read_scalar(schema, id, json);
  if (!value) return unknown(value.error());
  core::Fact fact;
  fact.state = core::State::Known;
  fact.value = *value;
  return fact;
}

Instant read_instant(std::string_view text) {
  using namespace std::chrono;
  Scan scan(text);
  const auto date = scan_date(scan);
  if (!date) return core::kNoInstant;
  sys_time<milliseconds> at = *date;
  if (!scan.done()) {
    scan.one_of("Tt");
    const hours h{scan.digits(2)};
    scan.one_of(":");
    const minutes m{scan.digits(2)};
    scan.one_of(":");
    const seconds s{scan.digits(2)};
    const milliseconds fraction{scan.skip('.') ? scan.thousandths() : 0};
    at += h + m + s - scan_offset(scan);
    if (s != seconds{60}) at += fraction;  // a leap second is the next minute
    if (scan.failed() || !scan.done() || h > hours{23} || m > minutes{59} || s > seconds{60}) return core::kNoInstant;
  }
  return at.time_since_epoch().count();
}

bool in_calendar(Instant at) { return at >= 0 && at < kCalendarEnd; }

std::string spelt(const View& view, const Value& value) {
  switch (value.scalar) {
    case Scalar::Bool: return value.number != 0 ? "true" : "false";
    case Scalar::Int: return std::to_string(value.number);
    case Scalar::Decimal: return spelt_decimal(value.number);
    case Scalar::Money: return spelt_decimal(value.number) + " " + std::string(value.text);
    case Scalar::String:
    case Scalar::Ref: return spelt_text(value.text);
    case Scalar::Time: return spelt_time(value.number);
    case Scalar::Duration: return spelt_duration(value.number);
    case Scalar::Enum: {
      if (value.type >= view.enums.count) return "";
      const layout::Enum& enumeration = view.enums[value.type];
      if ((enumeration.flags & layout::kEnumOpen) != 0) return spelt_text(value.text);
      if (value.number < 0 || value.number >= enumeration.value_count) return "";
      return std::string(view.text(view.enum_values[enumeration.first_value + static_cast<Index>(value.number)].name));
    }
  }
  return "";
}

}  // namespace writ::authzen
