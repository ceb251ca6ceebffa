// Owns the bytes of every file of a run and is the only one who counts lines and columns. A `Range` is a half-open span of byte
// offsets in one file. Files are added once and never change; a changed text is a new file (the language server makes a new
// SourceSet per snapshot). Reading from several threads is safe once all files are added.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/support/ids.h"

namespace writ::source {

using FileId = support::Id<struct FileTag>;

/// Bytes [begin, end) of one file. A default Range belongs to no file ("nowhere": configuration, command line).
struct Range {
  FileId file;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool valid() const { return file.valid(); }
  friend auto operator<=>(const Range&, const Range&) = default;
};

/// The smallest range that covers both (same file).
Range join(const Range& a, const Range& b);

/// Line and column, both from 1; `column` counts bytes, `utf16` counts UTF-16 code units from 0 as editors do.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  std::uint32_t utf16 = 0;
};

class SourceSet {
 public:
  /// `path` is what messages show: relative to the project, with '/' separators.
  FileId add(std::string path, std::string text);

  std::string_view path(FileId file) const;
  std::string_view text(FileId file) const;
  std::string_view text(const Range& range) const;
  /// The line (from 1) without its line end.
  std::string_view line_text(FileId file, std::uint32_t line) const;
  std::uint32_t line_count(FileId file) const;
  Position position(FileId file, std::uint32_t offset) const;
  /// Byte offset of an editor's position (line from 0, UTF-16 column from 0), clamped to the file.
  std::uint32_t offset_of_utf16(FileId file, std::uint32_t line, std::uint32_t utf16) const;
  std::vector<FileId> files() const { return files_.ids(); }

  /// "risks.writ:61", or "" for a range nowhere.
  std::string place(const Range& range) const;

 private:
  struct File {
    std::string path;
    std::string text;
    std::vector<std::uint32_t> line_starts;
  };
  support::Store<FileId, File> files_;
};

}  // namespace writ::source
