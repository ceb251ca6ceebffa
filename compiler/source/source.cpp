#include "compiler/source/source.h"

#include <algorithm>

#include <fmt/format.h>

namespace writ::source {
namespace {

/// Length in bytes of the UTF-8 sequence that starts with `lead`; malformed bytes count as one.
std::uint32_t sequence_length(unsigned char lead) {
  if (lead >= 0xF0 && lead < 0xF8) return 4;
  if (lead >= 0xE0 && lead < 0xF0) return 3;
  if (lead >= 0xC0 && lead < 0xE0) return 2;
  return 1;
}

std::uint32_t utf16_units(unsigned char lead) { return sequence_length(lead) == 4 ? 2 : 1; }

}  // namespace

Range join(const Range& a, const Range& b) {
  if (!a.valid()) return b;
  if (!b.valid()) return a;
  WRIT_CHECK(a.file == b.file, "joined ranges lie in one file");
  return Range{a.file, std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

FileId SourceSet::add(std::string path, std::string text) {
  File file{std::move(path), std::move(text), {0}};
  for (std::uint32_t i = 0; i < file.text.size(); ++i) {
    if (file.text[i] == '\n') file.line_starts.push_back(i + 1);
  }
  return files_.add(std::move(file));
}

std::string_view SourceSet::path(FileId file) const { return files_[file].path; }
std::string_view SourceSet::text(FileId file) const { return files_[file].text; }

std::string_view SourceSet::text(const Range& range) const {
  const std::string_view all = files_[range.file].text;
  const std::size_t begin = std::min<std::size_t>(range.begin, all.size());
  return all.substr(begin, range.end > range.begin ? range.end - range.begin : 0);
}

std::uint32_t SourceSet::line_count(FileId file) const {
  return static_cast<std::uint32_t>(files_[file].line_starts.size());
}

std::string_view SourceSet::line_text(FileId id, std::uint32_t line) const {
  const File& file = files_[id];
  if (line == 0 || line > file.line_starts.size()) return {};
  const std::size_t begin = file.line_starts[line - 1];
  std::size_t end = line < file.line_starts.size() ? file.line_starts[line] : file.text.size();
  while (end > begin && (file.text[end - 1] == '\n' || file.text[end - 1] == '\r')) --end;
  return std::string_view(file.text).substr(begin, end - begin);
}

Position SourceSet::position(FileId id, std::uint32_t offset) const {
  const File& file = files_[id];
  offset = std::min<std::uint32_t>(offset, static_cast<std::uint32_t>(file.text.size()));
  const auto next = std::upper_bound(file.line_starts.begin(), file.line_starts.end(), offset);
  const auto line = static_cast<std::uint32_t>(next - file.line_starts.begin());
  const std::uint32_t start = file.line_starts[line - 1];
  Position position{line, offset - start + 1, 0};
  for (std::uint32_t i = start; i < offset;) {
    const auto lead = static_cast<unsigned char>(file.text[i]);
    position.utf16 += utf16_units(lead);
    i += sequence_length(lead);
  }
  return position;
}

std::uint32_t SourceSet::offset_of_utf16(FileId id, std::uint32_t line, std::uint32_t utf16) const {
  const File& file = files_[id];
  if (line >= file.line_starts.size()) return static_cast<std::uint32_t>(file.text.size());
  std::uint32_t offset = file.line_starts[line];
  const auto limit = offset + static_cast<std::uint32_t>(line_text(id, line + 1).size());
  for (std::uint32_t units = 0; offset < limit && units < utf16;) {
    const auto lead = static_cast<unsigned char>(file.text[offset]);
    units += utf16_units(lead);
    offset = std::min(limit, offset + sequence_length(lead));
  }
  return offset;
}

std::string SourceSet::place(const Range& range) const {
  if (!range.valid()) return "";
  return fmt::format("{}:{}", path(range.file), position(range.file, range.begin).line);
}

}  // namespace writ::source
