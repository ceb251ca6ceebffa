#include "compiler/report/columns.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

namespace writ::report {
namespace {

constexpr char32_t kBad = 0xFFFD;

struct Point {
  char32_t value = kBad;
  std::size_t bytes = 1;
};

/// The code point at the front; one bad byte where there is none (overlong forms and surrogates included).
Point first_point(std::string_view s) {
  const auto byte = [&s](std::size_t i) { return static_cast<unsigned char>(s[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || s.size() < length) return {};
  char32_t value = lead & (0xFF >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = (value << 6) | (byte(i) & 0x3F);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return {};
  return {value, length};
}

using Span = std::pair<char32_t, char32_t>;

template <std::size_t N>
bool within(const std::array<Span, N>& spans, char32_t c) {
  return std::any_of(spans.begin(), spans.end(), [c](const Span& s) { return c >= s.first && c <= s.second; });
}

/// What would change how the rest of a line is shown.
bool is_unsafe(char32_t c) {
  static constexpr std::array<Span, 6> kSpans{{{0x00, 0x1F}, {0x7F, 0x9F}, {0x200E, 0x200F}, {0x2028, 0x202E}, {0x2066, 0x2069}, {0xFEFF, 0xFEFF}}};
  return within(kSpans, c);
}
bool is_zero_width(char32_t c) {
  static constexpr std::array<Span, 6> kSpans{{{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x200B, 0x200D}, {0x20D0, 0x20F0}, {0xFE00, 0xFE0F}}};
  return within(kSpans, c);
}
bool is_wide(char32_t c) {
  static constexpr std::array<Span, 10> kSpans{{{0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF},
                                                {0xA000, 0xA4CF}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFF00, 0xFF60}, {0x1F300, 0x1FAFF}}};
  return within(kSpans, c) || (c >= 0x20000 && c <= 0x3FFFD);
}

/// Calls `emit(text, columns)` for each character as it is shown.
template <class Emit>
void show(std::string_view text, Emit emit) {
  std::uint32_t column = 0;
  while (!text.empty()) {
    const Point p = first_point(text);
    const std::string_view bytes = text.substr(0, p.bytes);
    text.remove_prefix(p.bytes);
    std::string shown;
    std::uint32_t columns = 1;
    if (p.value == U'\t') {
      columns = kTabWidth - column % kTabWidth;
      shown.assign(columns, ' ');
    } else if (is_unsafe(p.value)) {
      shown = fmt::format("<U+{:04X}>", static_cast<std::uint32_t>(p.value));
      columns = static_cast<std::uint32_t>(shown.size());
    } else if (p.value == kBad) {
      shown = "\xEF\xBF\xBD";
    } else {
      shown = bytes;
      columns = is_zero_width(p.value) ? 0 : is_wide(p.value) ? 2 : 1;
    }
    emit(std::string_view(shown), columns);
    column += columns;
  }
}

}  // namespace

std::string visible(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  show(text, [&shown](std::string_view piece, std::uint32_t) { shown += piece; });
  return shown;
}

std::uint32_t width(std::string_view text) {
  std::uint32_t columns = 0;
  show(text, [&columns](std::string_view, std::uint32_t w) { columns += w; });
  return columns;
}

std::string cut(std::string_view text, std::uint32_t columns) {
  std::string shown;
  std::uint32_t used = 0;
  show(text, [&](std::string_view piece, std::uint32_t w) {
    used += w;
    if (used <= columns) shown += piece;
  });
  return shown;
}

std::string wrap(std::string_view text, std::uint32_t columns, std::uint32_t indent) {
  std::string lines;
  std::uint32_t used = 0;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    const std::string word = visible(text.substr(0, blank));
    const std::uint32_t takes = width(word);
    if (used > 0 && used + 1 + takes > columns) {
      lines += '\n';
      lines.append(indent, ' ');
      used = 0;
    }
    if (used > 0) {
      lines += ' ';
      ++used;
    }
    lines += word;
    used += takes;
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return lines;
}

}  // namespace writ::report
