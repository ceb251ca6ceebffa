#include "compiler/project/manifest.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "compiler/support/nearest.h"

namespace writ::project {
namespace {

using diagnostics::Code;

/// Reads one writ.toml; every `take_…` reports what is wrong where it stands and leaves the default.
class Reader {
 public:
  Reader(const source::SourceSet& sources, source::FileId file, diagnostics::Sink& sink)
      : sources_(sources), file_(file), sink_(sink) {}

  source::Range range_of(const toml::source_region& region) const {
    const std::uint32_t begin = offset_of(region.begin), end = offset_of(region.end);
    return {file_, begin, std::max(begin, end)};
  }
  source::Range range_of(const toml::node& node) const { return range_of(node.source()); }
  source::Range range_of(const toml::key& key) const { return range_of(key.source()); }

  void bad_value(const toml::node& node, std::string_view what, std::string_view expected) {
    sink_.report(Code::manifest_bad_value, range_of(node), {std::string(what), std::string(expected)});
  }
  void unknown_key(const toml::key& key, std::string_view table, const std::vector<std::string>& known) {
    const std::string name{key.str()};
    diagnostics::Diagnostic& d = sink_.report(Code::manifest_unknown_key, range_of(key), {name, std::string(table)});
    if (const auto nearest = support::nearest_name(name, known)) {
      d.label = fmt::format("did you mean `{}`?", *nearest);
      d.with_fix(fmt::format("write `{}`", *nearest), {{range_of(key), *nearest}});
    } else {
      d.with_note(fmt::format("{} knows {}", table, fmt::join(known, ", ")));
    }
  }

  void text(const toml::node& node, std::string_view what, std::string& into) {
    if (const auto value = node.value_exact<std::string>(); value && !value->empty()) into = *value;
    else bad_value(node, what, "a text that is not empty");
  }
  void texts(const toml::node& node, std::string_view what, std::vector<std::string>& into) {
    const toml::array* array = node.as_array();
    if (array == nullptr) return bad_value(node, what, "a list of texts");
    into.clear();
    for (const toml::node& element : *array) {
      if (const auto value = element.value_exact<std::string>()) into.push_back(*value);
      else bad_value(element, what, "a list of texts");
    }
  }
  void codes(const toml::node& node, std::string_view what, std::vector<Code>& into) {
    std::vector<std::string> names;
    texts(node, what, names);
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (const auto code = diagnostics::find_code(names[i])) into.push_back(*code);
      else bad_value(*node.as_array()->get(i), what, "names of diagnostics such as \"not_supported_yet\" or \"WRIT2001\"");
    }
  }
  std::optional<std::int64_t> whole(const toml::node& node, std::string_view what, std::int64_t least, std::int64_t most) {
    const auto value = node.value_exact<std::int64_t>();
    if (value && *value >= least && *value <= most) return value;
    bad_value(node, what, fmt::format("a whole number from {} to {}", least, most));
    return std::nullopt;
  }
  std::optional<std::int64_t> instant(const toml::node& node, std::string_view what) {
    const auto value = node.value_exact<toml::date_time>();
    if (value && value->offset) return milliseconds(*value);
    bad_value(node, what, "an instant with its offset such as 2026-01-01T00:00:00Z");
    return std::nullopt;
  }

 private:
  /// toml++ counts columns in code points; ranges are bytes.
  std::uint32_t offset_of(const toml::source_position& at) const {
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
  static std::int64_t milliseconds(const toml::date_time& at) {
    const int y = at.date.year - (at.date.month <= 2);
    const int era = (y >= 0 ? y : y - 399) / 400, year_of_era = y - era * 400;
    const int month = at.date.month + (at.date.month > 2 ? -3 : 9);
    const int day_of_year = (153 * month + 2) / 5 + at.date.day - 1;
    const std::int64_t days = std::int64_t{era} * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719468;
    const std::int64_t minutes = days * 1440 + at.time.hour * 60 + at.time.minute - at.offset->minutes;
    return (minutes * 60 + at.time.second) * 1000 + at.time.nanosecond / 1'000'000;
  }

  const source::SourceSet& sources_;
  source::FileId file_;
  diagnostics::Sink& sink_;
};

using ReadKey = std::function<void(const toml::node&)>;
using Table = std::map<std::string, ReadKey, std::less<>>;

std::vector<std::string> keys_of(const auto& map) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

std::map<std::string, Table, std::less<>> tables(Reader& read, Manifest& m) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const auto text = [&read](std::string_view what, std::string& into) {
    return [&read, what, &into](const toml::node& n) { read.text(n, what, into); };
  };
  const auto texts = [&read](std::string_view what, std::vector<std::string>& into) {
    return [&read, what, &into](const toml::node& n) { read.texts(n, what, into); };
  };
  return {
      {"project",
       {{"name", text("name", m.name)},
        {"version", text("version", m.version)},
        {"edition",
         [&](const toml::node& n) {
           read.text(n, "edition", m.edition);
           if (m.edition != "2026") read.bad_value(n, "edition", "\"2026\", the only edition so far");
         }},
        {"sources", texts("sources", m.sources)},
        {"exclude", texts("exclude", m.exclude)}}},
      {"build",
       {{"out", text("out", m.out)},
        {"epoch", [&](const toml::node& n) { m.epoch = read.whole(n, "epoch", 0, kMost).value_or(0); }},
        {"not_before", [&](const toml::node& n) { m.not_before = read.instant(n, "not_before"); }},
        {"not_after", [&](const toml::node& n) { m.not_after = read.instant(n, "not_after"); }},
        {"require", texts("require", m.required_obligations)}}},
      {"prove",
       {{"obligations", texts("obligations", m.obligations)},
        {"budget", [&](const toml::node& n) { if (auto v = read.whole(n, "budget", 1, kMost)) m.budget = static_cast<std::uint64_t>(*v); }},
        {"threads", [&](const toml::node& n) { m.threads = static_cast<std::uint32_t>(read.whole(n, "threads", 1, 256).value_or(1)); }}}},
      {"trust",
       {{"marks",
         [&](const toml::node& n) {
           const auto value = n.value_exact<std::string>();
           if (value == "accept") m.marks = Marks::Accept;
           else if (value != "require") read.bad_value(n, "marks", "\"accept\" or \"require\"");
         }}}},
      {"diagnostics",
       {{"deny", [&](const toml::node& n) { read.codes(n, "deny", m.deny); }},
        {"allow", [&](const toml::node& n) { read.codes(n, "allow", m.allow); }},
        {"baseline", [&](const toml::node& n) { std::string file; read.text(n, "baseline", file); m.baseline = file; }}}},
  };
}

void read_tables(const toml::table& root, Reader& read, Manifest& manifest) {
  const auto known = tables(read, manifest);
  for (const auto& [key, node] : root) {
    const auto table = known.find(key.str());
    if (table == known.end()) {
      read.unknown_key(key, "writ.toml", keys_of(known));
    } else if (!node.is_table()) {
      read.bad_value(node, key.str(), fmt::format("a table: [{}]", key.str()));
    } else {
      for (const auto& [inner, value] : *node.as_table()) {
        const auto reader = table->second.find(inner.str());
        if (reader == table->second.end()) read.unknown_key(inner, fmt::format("[{}]", key.str()), keys_of(table->second));
        else reader->second(value);
      }
    }
  }
}

}  // namespace

std::optional<Manifest> read_manifest(const source::SourceSet& sources, source::FileId file, std::string fallback_name,
                                      diagnostics::Sink& sink) {
  const std::size_t before = sink.error_count();
  Reader read(sources, file, sink);
  Manifest manifest;
  manifest.name = std::move(fallback_name);
  try {
    read_tables(toml::parse(sources.text(file)), read, manifest);
  } catch (const toml::parse_error& error) {
    std::string why{error.description()};
    if (!why.empty()) why.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(why.front())));
    sink.report(Code::manifest_not_toml, read.range_of(error.source()), {why});
  }
  if (sink.error_count() > before) return std::nullopt;
  return manifest;
}

}  // namespace writ::project
