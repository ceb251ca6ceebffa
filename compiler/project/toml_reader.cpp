#include "compiler/project/toml_reader.h"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/support/nearest.h"

namespace writ::project {

using diagnostics::Code;

namespace {

std::int32_t days(const toml::date& date) {
  const std::chrono::year_month_day day{std::chrono::year{date.year}, std::chrono::month{date.month}, std::chrono::day{date.day}};
  return static_cast<std::int32_t>(std::chrono::sys_days{day}.time_since_epoch().count());
}

std::int64_t milliseconds(const toml::date_time& at) {
  const std::int64_t minutes = std::int64_t{days(at.date)} * 1440 + at.time.hour * 60 + at.time.minute - at.offset->minutes;
  return (minutes * 60 + at.time.second) * 1000 + at.time.nanosecond / 1'000'000;
}

}  // namespace

source::Range TomlReader::range_of(const toml::source_region& region) const {
  const std::uint32_t begin = offset_of(region.begin), end = offset_of(region.end);
  return {file_, begin, std::max(begin, end)};
}

void TomlReader::bad_value(const toml::node& node, std::string_view what, std::string_view expected) {
  sink_.report(Code::manifest_bad_value, range_of(node), {std::string(what), std::string(expected)});
}

void TomlReader::unknown_key(const toml::key& key, std::string_view table, const std::vector<std::string>& known) {
  const std::string name{key.str()};
  diagnostics::Diagnostic& d = sink_.report(Code::manifest_unknown_key, range_of(key), {name, std::string(table)});
  if (const auto nearest = support::nearest_name(name, known)) {
    d.label = fmt::format("did you mean `{}`?", *nearest);
    d.with_fix(fmt::format("write `{}`", *nearest), {{range_of(key), *nearest}});
  } else {
    d.with_note(fmt::format("{} knows {}", table, fmt::join(known, ", ")));
  }
}

void TomlReader::text(const toml::node& node, std::string_view what, std::string& into) {
  if (const auto value = node.value_exact<std::string>(); value && !value->empty()) into = *value;
  else bad_value(node, what, "a text that is not empty");
}

void TomlReader::texts(const toml::node& node, std::string_view what, std::vector<std::string>& into) {
  const toml::array* array = node.as_array();
  if (array == nullptr) return bad_value(node, what, "a list of texts");
  into.clear();
  for (const toml::node& element : *array) {
    if (const auto value = element.value_exact<std::string>()) into.push_back(*value);
    else bad_value(element, what, "a list of texts");
  }
}

void TomlReader::codes(const toml::node& node, std::string_view what, std::vector<Code>& into) {
  std::vector<std::string> names;
  texts(node, what, names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (const auto code = diagnostics::find_code(names[i])) into.push_back(*code);
    else bad_value(*node.as_array()->get(i), what, "names of diagnostics such as \"not_supported_yet\" or \"WRIT2001\"");
  }
}

std::optional<std::int64_t> TomlReader::whole(const toml::node& node, std::string_view what, std::int64_t least, std::int64_t most) {
  const auto value = node.value_exact<std::int64_t>();
  if (value && *value >= least && *value <= most) return value;
  bad_value(node, what, fmt::format("a whole number from {} to {}", least, most));
  return std::nullopt;
}

std::optional<std::int64_t> TomlReader::instant(const toml::node& node, std::string_view what) {
  const auto value = node.value_exact<toml::date_time>();
  if (value && value->offset) return milliseconds(*value);
  bad_value(node, what, node.is_string() ? "an instant with its offset such as 2026-01-01T00:00:00Z, without quotes" : "an instant with its offset such as 2026-01-01T00:00:00Z");
  return std::nullopt;
}

std::optional<std::int32_t> TomlReader::date(const toml::node& node, std::string_view what) {
  if (const auto value = node.value_exact<toml::date>()) return days(*value);
  bad_value(node, what, "a date such as 2027-03-31");
  return std::nullopt;
}

void TomlReader::table(const toml::table& table, std::string_view name, const Keys& keys) {
  for (const auto& [key, value] : table) {
    if (const auto known = keys.find(key.str()); known != keys.end()) {
      known->second(value);
      continue;
    }
    std::vector<std::string> names;
    for (const auto& [known, read] : keys) names.push_back(known);
    unknown_key(key, name, names);
  }
}

/// toml++ counts columns in code points; ranges are bytes.
std::uint32_t TomlReader::offset_of(const toml::source_position& at) const {
  const std::string_view text = sources_.text(file_);
  std::size_t offset = 0;
  for (std::uint32_t line = 1; line < at.line && offset < text.size(); ++line) {
    const std::size_t end = text.find('\n', offset);
    offset = end == std::string_view::npos ? text.size() : end + 1;
  }
  for (std::uint32_t column = 1; column < at.column && offset < text.size(); ++column) {
    ++offset;
    while (offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80) ++offset;
  }
  return static_cast<std::uint32_t>(offset);
}

namespace {

std::string why_not_toml(const toml::parse_error& error) {
  std::string why{error.description()};
  if (!why.empty()) why.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(why.front())));
  return why;
}

bool begins_name(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) != 0 || byte >= 0x80 || c == '_' || c == '-' || c == '"' || c == '\'';
}

/// The first line that begins with a bracket and no name; the file's beginning if there is none.
source::Range nameless_table(std::string_view text, source::FileId file) {
  for (std::size_t line = 0; line < text.size();) {
    const std::size_t end = std::min(text.find('\n', line), text.size());
    const std::size_t bracket = text.find_first_not_of(" \t", line);
    if (bracket < end && text[bracket] == '[') {
      const std::size_t inner = bracket + 1 < end && text[bracket + 1] == '[' ? bracket + 2 : bracket + 1;
      const std::size_t name = text.find_first_not_of(" \t", inner);
      if (name >= end || !begins_name(text[name])) return {file, static_cast<std::uint32_t>(bracket), static_cast<std::uint32_t>(std::min(inner, end))};
    }
    line = end + 1;
  }
  return {file, 0, 0};
}

}  // namespace

tl::expected<toml::table, NotToml> parse_toml(const source::SourceSet& sources, source::FileId file) {
  diagnostics::Sink unused;
  try {
    return toml::parse(sources.text(file));
  } catch (const toml::parse_error& error) {
    return tl::unexpected(NotToml{why_not_toml(error), TomlReader(sources, file, unused).range_of(error.source())});
  } catch (const BrokenAssumption&) {
    return tl::unexpected(NotToml{"a table has no name", nameless_table(sources.text(file), file)});
  }
}

}  // namespace writ::project
