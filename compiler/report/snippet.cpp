#include "compiler/report/snippet.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "compiler/report/columns.h"

namespace writ::report {
namespace {

constexpr std::uint32_t kLineWindow = 140;   ///< columns of a source line that are shown
constexpr std::uint32_t kLead = 60;          ///< columns kept before the first mark of a long line

/// A mark on one line, in columns as shown.
struct Underline {
  std::uint32_t begin = 0;
  std::uint32_t end = 1;
  const Mark* mark = nullptr;
};

struct Line {
  std::string text;
  std::vector<Underline> underlines;
};

/// A window of a long line around its first mark; cut places are shown as `…`. Works on shown text, one code point at a time.
std::string window(const std::string& shown, std::uint32_t skip) {
  std::string cut = skip > 0 ? "…" : "";
  std::uint32_t column = 0, taken = skip > 0 ? 1 : 0;
  for (std::size_t i = 0; i < shown.size();) {
    std::size_t next = i + 1;
    while (next < shown.size() && (static_cast<unsigned char>(shown[next]) & 0xC0) == 0x80) ++next;
    const std::string_view piece(shown.data() + i, next - i);
    const std::uint32_t takes = width(piece);
    if (column >= skip + (skip > 0 ? 1 : 0)) {
      if (taken + takes > kLineWindow) return cut + "…";
      cut += piece;
      taken += takes;
    }
    column += takes;
    i = next;
  }
  return cut;
}

void shorten(Line& line) {
  std::uint32_t first = line.underlines.empty() ? 0 : line.underlines.front().begin;
  for (const Underline& u : line.underlines) first = std::min(first, u.begin);
  if (width(line.text) <= kLineWindow) return;
  const std::uint32_t skip = first > kLead ? first - kLead : 0;
  line.text = window(line.text, skip);
  const std::uint32_t most = width(line.text);
  for (Underline& u : line.underlines) {
    u.begin = std::min(u.begin - std::min(skip, u.begin), most);
    u.end = std::clamp(u.end - std::min(skip, u.end), u.begin + 1, most + 1);
  }
}

Underline underline_of(const Mark& mark, std::string_view line, std::uint32_t column, std::uint32_t line_start) {
  const std::size_t begin = std::min<std::size_t>(column - 1, line.size());
  const std::size_t end = std::min<std::size_t>(mark.range.end - line_start, line.size());
  Underline u;
  u.begin = width(line.substr(0, begin));
  u.end = std::max(width(line.substr(0, std::max(begin, end))), u.begin + 1);
  u.mark = &mark;
  return u;
}

std::map<std::uint32_t, Line> lines_of(const source::SourceSet& sources, source::FileId file, const std::vector<const Mark*>& marks) {
  std::map<std::uint32_t, Line> lines;
  for (const Mark* mark : marks) {
    const source::Position at = sources.position(file, mark->range.begin);
    const std::string_view text = sources.line_text(file, at.line);
    Line& line = lines[at.line];
    line.text = visible(text);
    line.underlines.push_back(underline_of(*mark, text, at.column, mark->range.begin - (at.column - 1)));
  }
  for (auto& [number, line] : lines) {
    shorten(line);
    std::stable_sort(line.underlines.begin(), line.underlines.end(),
                     [](const Underline& a, const Underline& b) { return a.begin > b.begin; });
  }
  return lines;
}

class Drawer {
 public:
  Drawer(std::uint32_t gutter, Ink primary, const Palette& palette) : gutter_(gutter), primary_(primary), palette_(palette) {}

  std::string bar(std::string_view rest = "") const {
    return fmt::format("{:{}} {}{}{}\n", "", gutter_, palette_.paint(Ink::Place, "|"), rest.empty() ? "" : " ", rest);
  }
  std::string source_line(std::uint32_t number, const std::string& text) const {
    return fmt::format("{} {}{}{}\n", palette_.paint(Ink::Place, fmt::format("{:>{}}", number, gutter_)), palette_.paint(Ink::Place, "|"),
                       text.empty() ? "" : " ", text);
  }
  /// Marks from right to left: the last on the line carries its text beside it, the others below, each on its own line.
  std::string underlines(const std::vector<Underline>& marks) const {
    std::string drawn = bar(carets(marks));
    for (std::size_t i = 1; i < marks.size(); ++i) {
      if (!marks[i].mark->text.empty()) drawn += bar(std::string(marks[i].begin, ' ') + painted(marks[i], visible(marks[i].mark->text)));
    }
    return drawn;
  }

 private:
  std::string painted(const Underline& u, std::string_view text) const {
    return palette_.paint(u.mark->primary ? primary_ : Ink::Place, text);
  }
  std::string carets(const std::vector<Underline>& marks) const {
    std::string line;
    std::uint32_t column = 0;
    for (auto u = marks.rbegin(); u != marks.rend(); ++u) {
      if (u->end <= column) continue;
      const std::uint32_t begin = std::max(u->begin, column);
      line.append(begin - column, ' ');
      line += painted(*u, std::string(u->end - begin, u->mark->primary ? '^' : '-'));
      column = u->end;
    }
    if (!marks.front().mark->text.empty()) line += " " + painted(marks.front(), visible(marks.front().mark->text));
    return line;
  }

  std::uint32_t gutter_;
  Ink primary_;
  const Palette& palette_;
};

std::string draw_file(const source::SourceSet& sources, source::FileId file, const std::vector<const Mark*>& marks, const Drawer& drawer) {
  std::string drawn;
  std::uint32_t previous = 0;
  for (const auto& [number, line] : lines_of(sources, file, marks)) {
    if (previous != 0 && number > previous + 1) drawn += number == previous + 2
        ? drawer.source_line(number - 1, visible(sources.line_text(file, number - 1))) : drawer.bar("…");
    drawn += drawer.source_line(number, line.text) + drawer.underlines(line.underlines);
    previous = number;
  }
  return drawn;
}

std::string place_line(const Places& places, const Mark& mark, std::string_view arrow, std::uint32_t gutter,
                       const Palette& palette) {
  const source::SourceSet& sources = places.sources();
  const source::Position at = sources.position(mark.range.file, mark.range.begin);
  const std::string_view before = sources.line_text(mark.range.file, at.line).substr(0, at.column - 1);
  return fmt::format("{:{}}{} {}:{}:{}\n", "", gutter, palette.paint(Ink::Place, arrow), visible(places.path(mark.range.file)), at.line,
                     width(before) + 1);
}

}  // namespace

std::string snippets(const Places& places, const std::vector<Mark>& marks, Ink primary, const Palette& palette) {
  const source::SourceSet& sources = places.sources();
  std::vector<source::FileId> files;
  std::map<source::FileId, std::vector<const Mark*>> by_file;
  std::uint32_t last_line = 1;
  for (const Mark& mark : marks) {
    if (!mark.range.valid()) continue;
    if (!by_file.contains(mark.range.file)) files.push_back(mark.range.file);
    by_file[mark.range.file].push_back(&mark);
    last_line = std::max(last_line, sources.position(mark.range.file, mark.range.begin).line);
  }
  const auto gutter = static_cast<std::uint32_t>(std::to_string(last_line).size());
  const Drawer drawer(gutter, primary, palette);
  std::string drawn;
  for (std::size_t i = 0; i < files.size(); ++i) {
    drawn += place_line(places, *by_file[files[i]].front(), i == 0 ? "-->" : ":::", gutter, palette);
    drawn += drawer.bar() + draw_file(sources, files[i], by_file[files[i]], drawer);
  }
  return drawn;
}

}  // namespace writ::report
