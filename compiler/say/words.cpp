#include "compiler/say/words.h"

#include <array>
#include <cctype>

#include <fmt/format.h>

#include "compiler/support/overloaded.h"

namespace writ::say {
namespace {

bool is_upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

/// 1234567 → "1,234,567"
std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (int at = static_cast<int>(digits.size()) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

std::string scaled(std::int64_t value) {
  const bool negative = value < 0;
  const std::uint64_t magnitude = negative ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
  std::string text = (negative ? "-" : "") + grouped(magnitude / 10'000);
  std::string places = fmt::format("{:04}", magnitude % 10'000);
  while (!places.empty() && places.back() == '0') places.pop_back();
  return places.empty() ? text : text + "." + places;
}

struct CivilTime { std::int64_t year; unsigned month, day, hour, minute, second, ms; };
CivilTime civil(std::int64_t instant) {
  const std::int64_t days = (instant >= 0 ? instant : instant - 86'399'999) / 86'400'000;
  const auto rest = static_cast<std::uint64_t>(instant - days * 86'400'000);
  const std::int64_t z = days + 719'468, era = (z >= 0 ? z : z - 146'096) / 146'097;
  const auto doe = static_cast<unsigned>(z - era * 146'097);
  const unsigned yoe = (doe - doe / 1460 + doe / 36'524 - doe / 146'096) / 365, doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
  const unsigned month = mp < 10 ? mp + 3 : mp - 9;
  return {static_cast<std::int64_t>(yoe) + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1, static_cast<unsigned>(rest / 3'600'000),
          static_cast<unsigned>(rest / 60'000 % 60), static_cast<unsigned>(rest / 1000 % 60), static_cast<unsigned>(rest % 1000)};
}

std::string instant(std::int64_t ms) {
  const CivilTime t = civil(ms);
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}", t.year, t.month, t.day, t.hour, t.minute);
  if (t.second != 0 || t.ms != 0) text += fmt::format(":{:02}", t.second);
  if (t.ms != 0) text += fmt::format(".{:03}", t.ms);
  return text + "Z";
}

}  // namespace

std::string spaced(std::string_view name) {
  std::string words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool starts_word = is_upper(c) && i > 0 && (!is_upper(name[i - 1]) || (i + 1 < name.size() && !is_upper(name[i + 1]) && name[i + 1] != '_'));
    if (c == '_' || starts_word) words += ' ';
    const bool acronym = is_upper(c) && ((i + 1 < name.size() && is_upper(name[i + 1])) || (i > 0 && is_upper(name[i - 1]) && i + 1 == name.size()));
    if (c != '_') words += acronym ? c : lower(c);
  }
  return words;
}

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeiouAEIOU").find(noun.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", noun);
}

std::string listed(const std::vector<std::string>& items, std::string_view joint) {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += i + 1 == items.size() ? fmt::format(" {} ", joint) : ", ";
    text += items[i];
  }
  return text;
}

std::string duration(std::int64_t ms) {
  struct Unit { std::int64_t ms; const char* one; };
  static constexpr std::array<Unit, 4> kUnits{{{86'400'000, "day"}, {3'600'000, "hour"}, {60'000, "minute"}, {1000, "second"}}};
  for (const Unit& unit : kUnits) {
    if (ms % unit.ms != 0) continue;
    const std::int64_t count = ms / unit.ms;
    return fmt::format("{} {}{}", grouped(static_cast<std::uint64_t>(count)), unit.one, count == 1 ? "" : "s");
  }
  return fmt::format("{} milliseconds", ms);
}

std::string every(std::int64_t ms) {
  const std::string time = duration(ms);
  return "every " + (time.starts_with("1 ") ? time.substr(2) : time);
}

std::string people(std::int64_t count) { return fmt::format("{} {}", count, count == 1 ? "person" : "people"); }

std::string day(const ast::Day& day) {
  return std::visit(support::Overloaded{[](const ast::DateLiteral& d) { return fmt::format("{:04}-{:02}-{:02}", d.year, d.month, d.day); },
                                        [](const ast::InstantLiteral& i) { return instant(i.ms); }},
                    day);
}
std::string day(const ast::DayAt& at) { return day(at.day); }

std::string quoted(std::string_view text) { return fmt::format("\"{}\"", text); }

std::string literal(const ast::LiteralValue& value) {
  return std::visit(
      support::Overloaded{[](const ast::IntLiteral& v) { return (v.value < 0 ? "-" : "") + grouped(v.value < 0 ? 0 - static_cast<std::uint64_t>(v.value) : static_cast<std::uint64_t>(v.value)); },
                          [](const ast::DecimalLiteral& v) { return scaled(v.scaled); },
                          [](const ast::MoneyLiteral& v) { return fmt::format("{} {}", scaled(v.scaled), v.currency); },
                          [](const ast::StringLiteral& v) { return quoted(v.value); },
                          [](const ast::BoolLiteral& v) { return std::string(v.value ? "true" : "false"); },
                          [](const ast::NoneLiteral&) { return std::string("none"); },
                          [](const ast::DurationLiteral& v) { return duration(v.ms); },
                          [](const ast::DateLiteral& v) { return day(ast::Day(v)); },
                          [](const ast::InstantLiteral& v) { return instant(v.ms); }},
      value);
}

std::string period(const ast::Period& period) {
  std::vector<std::string> parts;
  if (period.from) parts.push_back("from " + day(*period.from));
  if (period.through) parts.push_back("through " + day(*period.through));
  if (period.until) parts.push_back("until " + day(*period.until));
  if (period.for_duration) parts.push_back("for " + duration(period.for_duration->ms));
  return fmt::format("{}", fmt::join(parts, " "));
}

std::string times(std::int64_t count) {
  if (count == 1) return "once";
  return count == 2 ? "twice" : fmt::format("{} times", count);
}

std::string capital(std::string text) {
  if (!text.empty()) text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
  return text;
}

std::vector<std::string> texts(const std::vector<ast::Name>& names) {
  std::vector<std::string> all;
  for (const ast::Name& name : names) all.push_back(name.text);
  return all;
}

}  // namespace writ::say
