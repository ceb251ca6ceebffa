#include <fmt/format.h>

#include "compiler/report/columns.h"
#include "compiler/report/diagnostics_report.h"
#include "compiler/report/snippet.h"

namespace writ::report {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Severity;

Ink ink_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return Ink::Error;
    case Severity::Warning: return Ink::Warning;
    case Severity::Note: return Ink::Note;
  }
  return Ink::Plain;
}

std::string_view word_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Note: return "note";
  }
  return "";
}

std::uint32_t gutter_of(const Diagnostic& d, const source::SourceSet& sources) {
  std::uint32_t last = 1;
  const auto see = [&](const source::Range& r) {
    if (r.valid()) last = std::max(last, sources.position(r.file, r.begin).line);
  };
  see(d.range);
  for (const diagnostics::Label& label : d.labels) see(label.range);
  return static_cast<std::uint32_t>(std::to_string(last).size());
}

std::string remark(std::string_view word, std::string_view text, std::uint32_t gutter, const Palette& palette) {
  std::string lines;
  std::size_t begin = 0;
  for (bool first = true; begin <= text.size(); first = false) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string head = first ? fmt::format("{} {}: ", palette.paint(Ink::Place, "="), palette.paint(Ink::Strong, word))
                                   : std::string(word.size() + 4, ' ');
    lines += fmt::format("{:{}} {}{}\n", "", gutter, head, visible(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return lines;
}

std::string fix_text(const diagnostics::Fix& fix) {
  if (fix.edits.size() != 1 || !fix.title.empty()) return fix.title;
  return fmt::format("write `{}`", fix.edits.front().replacement);
}

}  // namespace

std::string text(const Diagnostic& d, const Places& places, const Palette& palette) {
  const Severity severity = d.effective_severity();
  const Ink ink = ink_of(severity);
  std::string out = fmt::format("{}{} {}\n", palette.paint(ink, fmt::format("{}[{}]", word_of(severity), diagnostics::code_label(d.code))),
                                palette.paint(Ink::Strong, ":"), palette.paint(Ink::Strong, visible(d.message())));
  std::vector<Mark> marks;
  if (d.range.valid()) marks.push_back({d.range, d.label, true});
  for (const diagnostics::Label& label : d.labels) marks.push_back({label.range, label.text, false});
  out += snippets(places, marks, ink, palette);
  const std::uint32_t gutter = gutter_of(d, places.sources());
  for (const std::string& note : d.notes) out += remark("note", note, gutter, palette);
  for (const diagnostics::Fix& fix : d.fixes) out += remark("help", fix_text(fix), gutter, palette);
  return out;
}

std::string text(const std::vector<Diagnostic>& all, const Places& places, const Palette& palette) {
  std::string out;
  for (const Diagnostic& d : all) out += text(d, places, palette) + "\n";
  return out;
}

std::string count_line(const std::vector<Diagnostic>& all) {
  std::size_t errors = 0, warnings = 0;
  for (const Diagnostic& d : all) {
    errors += d.effective_severity() == Severity::Error;
    warnings += d.effective_severity() == Severity::Warning;
  }
  std::vector<std::string> parts;
  if (errors > 0) parts.push_back(fmt::format("{} {}", errors, errors == 1 ? "error" : "errors"));
  if (warnings > 0) parts.push_back(fmt::format("{} {}", warnings, warnings == 1 ? "warning" : "warnings"));
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace writ::report
