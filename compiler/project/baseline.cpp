#include "compiler/project/baseline.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <tuple>

#include <fmt/format.h>

#include "compiler/project/toml_reader.h"

namespace writ::project {
namespace {

using diagnostics::Code;
using diagnostics::Diagnostic;

bool accepts(const Acceptance& entry, const Acceptance& finding) {
  return std::tie(entry.code, entry.file, entry.what) == std::tie(finding.code, finding.file, finding.what);
}

void read_code(TomlReader& read, const toml::node& node, Acceptance& entry) {
  std::string name;
  read.text(node, "code", name);
  const auto code = diagnostics::find_code(name);
  if (code && can_be_accepted(*code)) entry.code = *code;
  else read.bad_value(node, "code", "a warning or a verdict of the prover, such as \"WRIT4008\"; errors of other kinds cannot be accepted");
}

void read_through(TomlReader& read, const toml::node& node, Day today, Acceptance& entry) {
  const auto day = read.date(node, "through");
  if (!day) return;
  entry.through = *day;
  if (*day > today + kLongestAcceptance) read.bad_value(node, "through", fmt::format("at most {} days from now, by {}", kLongestAcceptance, date_text(today + kLongestAcceptance)));
}

Acceptance read_entry(TomlReader& read, const toml::node& node, Day today, diagnostics::Sink& sink) {
  Acceptance entry;
  entry.range = read.range_of(node);
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    read.bad_value(node, "accepted", "a list of tables: [[accepted]]");
    return entry;
  }
  for (const std::string_view needed : {"code", "what", "through", "because"}) {
    if (!table->contains(needed)) sink.report(Code::baseline_unusable, entry.range, {fmt::format("an acceptance says `{}`", needed)});
  }
  read.table(*table, "[[accepted]]",
             {{"code", [&](const toml::node& n) { read_code(read, n, entry); }},
              {"file", [&](const toml::node& n) { read.text(n, "file", entry.file); }},
              {"what", [&](const toml::node& n) { read.text(n, "what", entry.what); }},
              {"through", [&](const toml::node& n) { read_through(read, n, today, entry); }},
              {"because", [&](const toml::node& n) { read.text(n, "because", entry.because); }}});
  return entry;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += fmt::format("\\{}", c);
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) out += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
    else out += c;
  }
  return out + "\"";
}

std::string print(const Acceptance& entry) {
  std::string out = fmt::format("\n[[accepted]]\ncode    = {}\n", quoted(diagnostics::code_label(entry.code)));
  if (!entry.file.empty()) out += fmt::format("file    = {}\n", quoted(entry.file));
  return out + fmt::format("what    = {}\nthrough = {}\nbecause = {}\n", quoted(entry.what), date_text(entry.through), quoted(entry.because));
}

void tell_ended(Diagnostic& finding, const Acceptance& entry) {
  finding.with_note(fmt::format("accepted through {}, which is over: \"{}\"", date_text(entry.through), entry.because));
}

}  // namespace

bool can_be_accepted(Code code) {
  const int number = static_cast<int>(code);
  return diagnostics::info(code).severity == diagnostics::Severity::Warning || (number >= 4000 && number < 5000);
}

Acceptance acceptance_of(const Diagnostic& finding, const source::SourceSet& sources) {
  Acceptance entry;
  entry.code = finding.code;
  // An obligation has one name wherever its statement moves to; a message is told apart by its file.
  if (finding.subject.empty() && finding.range.valid()) entry.file = sources.path(finding.range.file);
  entry.what = finding.subject.empty() ? finding.message() : finding.subject;
  return entry;
}

std::optional<Baseline> read_baseline(const source::SourceSet& sources, source::FileId file, Day today, diagnostics::Sink& sink) {
  const std::size_t before = sink.error_count();
  TomlReader read(sources, file, sink);
  Baseline baseline;
  const auto entries = [&](const toml::node& node) {
    const toml::array* array = node.as_array();
    if (array == nullptr) return read.bad_value(node, "accepted", "a list of tables: [[accepted]]");
    for (const toml::node& element : *array) baseline.entries.push_back(read_entry(read, element, today, sink));
  };
  if (const auto root = parse_toml(sources, file)) read.table(*root, "the baseline", {{"accepted", entries}});
  else sink.report(Code::baseline_unusable, root.error().range, {root.error().why});
  if (sink.error_count() > before) return std::nullopt;
  return baseline;
}

std::string print(const Baseline& baseline) {
  std::vector<Acceptance> sorted = baseline.entries;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Acceptance& a, const Acceptance& b) {
    return std::tie(a.code, a.file, a.what, a.through) < std::tie(b.code, b.file, b.what, b.through);
  });
  std::string out = "# Findings that this project accepts for a while: each entry accepts one, through the day it names.\n";
  for (const Acceptance& entry : sorted) out += print(entry);
  return out;
}

std::string date_text(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::optional<Day> read_date(std::string_view text) {
  int year = 0;
  unsigned month = 0, day = 0;
  const auto number = [&](std::size_t begin, std::size_t length, auto& into) {
    if (text.size() != 10 || text[begin] == '-') return false;
    const auto [end, error] = std::from_chars(text.data() + begin, text.data() + begin + length, into);
    return error == std::errc() && end == text.data() + begin + length;
  };
  if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day) || text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  if (!date.ok()) return std::nullopt;
  return static_cast<Day>(std::chrono::sys_days{date}.time_since_epoch().count());
}

Sorted sort_out(std::vector<Diagnostic> findings, const Baseline& baseline, Day today, const source::SourceSet& sources) {
  Sorted sorted;
  std::vector<Acceptance> left = baseline.entries;
  // Of several for the same finding the longest first.
  std::stable_sort(left.begin(), left.end(), [](const Acceptance& a, const Acceptance& b) { return a.through > b.through; });
  for (Diagnostic& finding : findings) {
    const Acceptance as = acceptance_of(finding, sources);
    const auto by = std::find_if(left.begin(), left.end(), [&](const Acceptance& entry) { return accepts(entry, as); });
    if (by == left.end()) {
      sorted.open.push_back(std::move(finding));
      continue;
    }
    if (by->through >= today) sorted.accepted.push_back({std::move(finding), *by});
    else tell_ended(sorted.open.emplace_back(std::move(finding)), *by);
    left.erase(by);
  }
  for (Acceptance& entry : left) if (entry.through >= today) sorted.unused.push_back(std::move(entry));
  return sorted;
}

}  // namespace writ::project
