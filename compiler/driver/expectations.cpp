#include "compiler/driver/expectations.h"

#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace writ::driver {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Severity;

struct Expectation {
  source::Range range;                    ///< of the comment
  source::FileId file;
  std::uint32_t line = 0;
  Severity severity = Severity::Error;
  std::string_view text;
  std::string_view code;
};

std::optional<Severity> take_severity(std::string_view& rest) {
  for (const auto& [word, severity] : {std::pair{"error", Severity::Error}, {"warning", Severity::Warning}, {"note", Severity::Note}}) {
    if (rest.starts_with(word)) {
      rest.remove_prefix(std::string_view(word).size());
      return severity;
    }
  }
  return std::nullopt;
}

/// "@+1" → 1, "@-2" → -2, nothing → 0
int take_offset(std::string_view& rest) {
  if (!rest.starts_with("@")) return 0;
  rest.remove_prefix(1);
  const bool negative = rest.starts_with("-");
  if (negative || rest.starts_with("+")) rest.remove_prefix(1);
  int value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return negative ? -value : value;
}

std::optional<std::string_view> take_between(std::string_view& rest, std::string_view open, std::string_view close) {
  while (rest.starts_with(" ")) rest.remove_prefix(1);
  if (!rest.starts_with(open)) return std::nullopt;
  const std::size_t end = rest.find(close, open.size());
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view inner = rest.substr(open.size(), end - open.size());
  rest.remove_prefix(end + close.size());
  return inner;
}

std::optional<Expectation> read_line(std::string_view line, source::FileId file, std::uint32_t number, std::uint32_t line_start) {
  const std::size_t at = line.find("// expected-");
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view rest = line.substr(at + std::string_view("// expected-").size());
  Expectation e;
  e.file = file;
  e.range = {file, line_start + static_cast<std::uint32_t>(at), line_start + static_cast<std::uint32_t>(line.size())};
  const auto severity = take_severity(rest);
  if (!severity) return std::nullopt;
  e.severity = *severity;
  e.line = number + static_cast<std::uint32_t>(take_offset(rest));
  e.text = take_between(rest, "{{", "}}").value_or("");
  e.code = take_between(rest, "[", "]").value_or("");
  return e;
}

std::vector<Expectation> read(const source::SourceSet& sources) {
  std::vector<Expectation> all;
  for (const source::FileId file : sources.files()) {
    const std::string_view text = sources.text(file);
    for (std::uint32_t number = 1; number <= sources.line_count(file); ++number) {
      const std::string_view line = sources.line_text(file, number);
      if (const auto e = read_line(line, file, number, static_cast<std::uint32_t>(line.data() - text.data()))) all.push_back(*e);
    }
  }
  return all;
}

bool meets(const Diagnostic& d, const Expectation& e, const source::SourceSet& sources) {
  return d.range.valid() && d.range.file == e.file && sources.position(d.range.file, d.range.begin).line == e.line &&
         d.effective_severity() == e.severity && d.message().find(e.text) != std::string::npos &&
         (e.code.empty() || e.code == diagnostics::code_label(d.code));
}

}  // namespace

std::vector<Diagnostic> unmet_expectations(const std::vector<Diagnostic>& reported, const source::SourceSet& sources) {
  std::vector<Diagnostic> unmet;
  std::vector<Expectation> expected = read(sources);
  for (const Diagnostic& d : reported) {
    const auto met = std::find_if(expected.begin(), expected.end(), [&](const Expectation& e) { return meets(d, e, sources); });
    if (met != expected.end()) {
      expected.erase(met);
      continue;
    }
    Diagnostic stray = d;
    stray.code = diagnostics::Code::expectation_unmet;
    stray.severity = std::nullopt;
    stray.args = {fmt::format("{} [{}]", d.message(), diagnostics::code_label(d.code))};
    unmet.push_back(std::move(stray));
  }
  for (const Expectation& e : expected) {
    Diagnostic missed;
    missed.code = diagnostics::Code::expectation_missed;
    missed.range = e.range;
    missed.args = {std::string(e.text.empty() ? e.code : e.text)};
    unmet.push_back(std::move(missed));
  }
  return unmet;
}

}  // namespace writ::driver
