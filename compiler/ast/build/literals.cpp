#include "compiler/ast/build/literals.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace writ::ast::building {
namespace {

using diagnostics::Code;

constexpr std::int64_t kLargestInt = (std::int64_t{1} << 53) - 1;
constexpr std::int64_t kScale = 10'000;
constexpr std::int64_t kLargestScaled = 100'000'000'000'000 * kScale;  // 10^14, four places

std::string without_underscores(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c != '_') digits += c;
  }
  return digits;
}

std::optional<std::int64_t> digits_to_int(std::string_view digits) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
}

/// A token whose text is not of its kind was read as what was meant (parse/slips_of_signs.h), and told there.
bool told_by_parser(std::string_view text, TokenKind kind) {
  if (kind == TokenKind::Int || kind == TokenKind::Decimal) return text.find_first_not_of("0123456789_.") != std::string_view::npos;
  if (kind == TokenKind::Date) return text.find_first_not_of("0123456789-") != std::string_view::npos;
  if (kind == TokenKind::Duration) return text.find(' ') != std::string_view::npos;
  return false;
}

void tell(Context& context, Code code, const Syntax& node, TokenId token) {
  if (told_by_parser(node.text(token), node.kind_of(token))) return;
  context.sink.report(code, node.range(token), {std::string(node.text(token))});
}

std::int64_t int_of(Context& context, const Syntax& node, TokenId token) {
  if (node.kind_of(token) == TokenKind::BadNumber) {
    tell(context, Code::bad_number, node, token);
    return 0;
  }
  const auto value = digits_to_int(without_underscores(node.text(token)));
  if (value && *value <= kLargestInt) return *value;
  tell(context, Code::number_too_large, node, token);
  return 0;
}

/// "12.5" as 125000.
std::int64_t scaled_of(Context& context, const Syntax& node, TokenId token) {
  if (node.kind_of(token) == TokenKind::BadNumber) return int_of(context, node, token);
  const std::string text = without_underscores(node.text(token));
  const std::size_t dot = text.find('.');
  std::string places = dot == std::string::npos ? "" : text.substr(dot + 1);
  if (places.size() > 4) {
    tell(context, Code::too_many_places, node, token);
    return 0;
  }
  places.resize(4, '0');
  const auto whole = digits_to_int(text.substr(0, dot));
  if (!whole || *whole >= kLargestScaled / kScale) {
    tell(context, Code::number_too_large, node, token);
    return 0;
  }
  return *whole * kScale + digits_to_int(places).value_or(0);
}

std::optional<char> escaped(char c) {
  switch (c) {
    case '"': return '"';
    case '\\': return '\\';
    case 'n': return '\n';
    case 't': return '\t';
    default: return std::nullopt;
  }
}

std::size_t character_end(std::string_view text, std::size_t at);

/// Quotes of other languages and of text processors, which the parser told, are taken off too.
std::string_view between_quotes(std::string_view text, TokenKind kind) {
  text.remove_prefix(std::min(text.size(), character_end(text, 0)));
  if (kind != TokenKind::String || text.empty()) return text;
  std::size_t last = text.size() - 1;
  while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0) == 0x80) --last;
  return text.substr(0, last);
}

/// Where the UTF-8 character at `at` ends.
std::size_t character_end(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return end;
}

// ---- days

struct Calendar {
  static bool leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }
  static int days_in(int year, int month) {
    constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && leap(year) ? 29 : kDays[month - 1];
  }
  static bool exists(const DateLiteral& date) {
    return date.year >= 1 && date.month >= 1 && date.month <= 12 && date.day >= 1 && date.day <= days_in(date.year, date.month);
  }
  /// Days since 1970-01-01 in the proleptic Gregorian calendar.
  static std::int64_t day_number(const DateLiteral& date) {
    const std::int64_t year = date.month <= 2 ? date.year - 1 : date.year;
    const std::int64_t month = date.month <= 2 ? date.month + 9 : date.month - 3;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date.day - 1 - 719'468;
  }
};

/// Reads digits and signs off the front of a text.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}
  std::optional<int> digits(std::size_t count) {
    if (rest_.size() < count) return std::nullopt;
    const auto value = digits_to_int(rest_.substr(0, count));
    if (!value || rest_[0] == '-') return std::nullopt;
    rest_.remove_prefix(count);
    return static_cast<int>(*value);
  }
  bool sign(char c) {
    if (rest_.empty() || rest_[0] != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool next_is_digit() const { return !rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9'; }
  bool done() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

std::optional<DateLiteral> read_date(Reader& reader) {
  const auto year = reader.digits(4);
  if (!year || !reader.sign('-')) return std::nullopt;
  const auto month = reader.digits(2);
  if (!month || !reader.sign('-')) return std::nullopt;
  const auto day = reader.digits(2);
  if (!day) return std::nullopt;
  const DateLiteral date{*year, *month, *day};
  return Calendar::exists(date) ? std::optional(date) : std::nullopt;
}

/// Milliseconds of the day. Second 60 is the next minute; what is finer than a millisecond is cut off.
std::optional<std::int64_t> read_time(Reader& reader) {
  const auto hour = reader.digits(2);
  if (!hour || *hour > 23 || !reader.sign(':')) return std::nullopt;
  const auto minute = reader.digits(2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t ms = (*hour * 60 + *minute) * 60'000;
  if (!reader.sign(':')) return ms;
  const auto second = reader.digits(2);
  if (!second || *second > 60) return std::nullopt;
  ms += *second * 1'000;
  if (!reader.sign('.')) return ms;
  if (!reader.next_is_digit()) return std::nullopt;
  for (int unit = 100; reader.next_is_digit(); unit /= 10) ms += unit * *reader.digits(1);
  return ms;
}

struct Offset {
  std::int64_t ms;
  bool bare;
};
std::optional<Offset> read_offset(Reader& reader) {
  if (reader.sign('Z')) return Offset{0, false};
  const bool west = reader.sign('-');
  if (!west && !reader.sign('+')) return std::nullopt;
  const auto hours = reader.digits(2);
  if (!hours || *hours > 14 || !reader.sign(':')) return std::nullopt;
  const auto minutes = reader.digits(2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return Offset{(west ? -1 : 1) * (*hours * 60 + *minutes) * std::int64_t{60'000}, true};
}

std::optional<InstantLiteral> read_instant(std::string_view text) {
  Reader reader(text);
  const auto date = read_date(reader);
  if (!date || !reader.sign('T')) return std::nullopt;
  const auto time = read_time(reader);
  if (!time) return std::nullopt;
  const auto offset = read_offset(reader);
  if (!offset || !reader.done()) return std::nullopt;
  return InstantLiteral{Calendar::day_number(*date) * 86'400'000 + *time - offset->ms, offset->bare};
}

std::int64_t unit_ms(std::string_view unit) {
  if (unit == "s") return 1'000;
  if (unit == "min") return 60'000;
  return unit == "h" ? 3'600'000 : 86'400'000;
}

Duration duration_of(Context& context, const Syntax& node, TokenId token) {
  constexpr std::int64_t kLongest = std::int64_t{86'400'000} * 366 * 230;  // longer than all of time, 1970 to 2199
  const std::string_view text = node.text(token);
  const std::size_t unit = text.find_first_not_of("0123456789_");
  const auto count = digits_to_int(without_underscores(text.substr(0, unit)));
  const std::int64_t ms = unit_ms(text.substr(unit));
  if (count && *count <= kLongest / ms) return {*count * ms, node.range(token)};
  tell(context, Code::number_too_large, node, token);
  return {0, node.range(token)};
}

}  // namespace

namespace {

/// `eur`, `euros`, `dollars`
std::string currency_meant(std::string_view written) {
  std::string letters(written);
  std::transform(letters.begin(), letters.end(), letters.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (letters == "EURO" || letters == "EUROS") return "EUR";
  if (letters == "DOLLAR" || letters == "DOLLARS") return "USD";
  if (letters == "POUND" || letters == "POUNDS") return "GBP";
  return letters.size() == 3 && letters.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos ? letters : "";
}

void tell_currency(Context& context, const Syntax& node, TokenId token) {
  auto& told = context.sink.report(Code::bad_currency, node.range(token), {std::string(node.text(token))});
  const std::string meant = currency_meant(node.text(token));
  if (!meant.empty()) told.with_fix(fmt::format("write `{}`", meant), {{node.range(token), meant}});
}

}  // namespace

TokenId number_token(const Syntax& node, std::size_t nth) {
  for (const cst::Child& child : node.children()) {
    if (!child.token.valid()) continue;
    const TokenKind kind = node.kind_of(child.token);
    if ((kind == TokenKind::Int || kind == TokenKind::BadNumber) && nth-- == 0) return child.token;
  }
  return must(node, TokenKind::Int, 0);
}

std::optional<TokenId> find_string(const Syntax& node, std::size_t nth) {
  for (const cst::Child& child : node.children()) {
    if (!child.token.valid()) continue;
    const TokenKind kind = node.kind_of(child.token);
    if ((kind == TokenKind::String || kind == TokenKind::BadString) && nth-- == 0) return child.token;
  }
  return std::nullopt;
}

Count count_of(Context& context, const Syntax& node, std::size_t nth) {
  const TokenId token = number_token(node, nth);
  return {int_of(context, node, token), node.range(token)};
}

Text text_of(Context& context, const Syntax& node, TokenId token) {
  std::string_view written = between_quotes(node.text(token), node.kind_of(token));
  Text text{"", node.range(token)};
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] != '\\' || i + 1 == written.size()) {
      text.text += written[i];
      continue;
    }
    const auto c = escaped(written[++i]);
    if (c) {
      text.text += *c;
    } else {
      const std::uint32_t at = text.range.begin + static_cast<std::uint32_t>(i);
      const std::size_t end = character_end(written, i);
      context.sink.report(Code::bad_escape, {text.range.file, at, at + static_cast<std::uint32_t>(end - i) + 1}, {std::string(written.substr(i, end - i))});
    }
  }
  return text;
}

std::optional<Text> find_text(Context& context, const Syntax& node, std::size_t nth) {
  const auto token = find_string(node, nth);
  return token ? std::optional(text_of(context, node, *token)) : std::nullopt;
}

Text text_in(Context& context, const Syntax& node, std::size_t nth) {
  const auto text = find_text(context, node, nth);
  WRIT_CHECK(text.has_value(), "the grammar demands a text here");
  return *text;
}

std::vector<Text> texts_in(Context& context, const Syntax& node) {
  std::vector<Text> texts;
  while (const auto text = find_text(context, node, texts.size())) texts.push_back(*text);
  return texts;
}

Duration duration_in(Context& context, const Syntax& node, std::size_t nth) {
  return duration_of(context, node, must(node, TokenKind::Duration, nth));
}

DayAt day_of(Context& context, const Syntax& day) {
  if (const auto token = day.token(TokenKind::Date)) {
    Reader reader(day.text(*token));
    const auto date = read_date(reader);
    if (date && reader.done()) return {*date, day.range()};
    tell(context, Code::bad_date, day, *token);
    return {DateLiteral{1970, 1, 1}, day.range()};
  }
  const TokenId token = must(day, TokenKind::Instant);
  if (const auto instant = read_instant(day.text(token))) return {*instant, day.range()};
  tell(context, Code::bad_instant, day, token);
  return {InstantLiteral{0, false}, day.range()};
}

DayAt day_in(Context& context, const Syntax& node, std::size_t nth) { return day_of(context, must(node, RuleKind::Day, nth)); }

Literal money_of(Context& context, const Syntax& money) {
  const auto decimal = money.token(TokenKind::Decimal);
  const TokenId currency = must(money, TokenKind::Name);
  const std::string code(money.text(currency));
  const bool capitals = code.size() == 3 && code.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos;
  if (!capitals) tell_currency(context, money, currency);
  return {MoneyLiteral{scaled_of(context, money, decimal ? *decimal : number_token(money)), code}, money.range()};
}

Literal literal_of(Context& context, const Syntax& literal) {
  const Range range = literal.range();
  if (const auto money = literal.child(RuleKind::Money)) return money_of(context, *money);
  if (const auto day = literal.child(RuleKind::Day)) {
    return std::visit([&](const auto& value) { return Literal{value, range}; }, day_of(context, *day).day);
  }
  const TokenKind kind = literal.first_token_kind();
  if (kind == TokenKind::Decimal) return {DecimalLiteral{scaled_of(context, literal, must(literal, kind))}, range};
  if (kind == TokenKind::Duration) return {DurationLiteral{duration_in(context, literal).ms}, range};
  if (const auto text = find_text(context, literal)) return {StringLiteral{text->text}, range};
  if (kind == TokenKind::KwTrue || kind == TokenKind::KwFalse) return {BoolLiteral{kind == TokenKind::KwTrue}, range};
  if (kind == TokenKind::KwNone) return {NoneLiteral{}, range};
  return {IntLiteral{count_of(context, literal).value}, range};
}

}  // namespace writ::ast::building
