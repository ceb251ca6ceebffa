// One linear pass over hostile bytes: a bundle that it accepts is sound and finite, and readers of its View need no checks of their own. No
// recursion, no allocation, no exceptions, no English: a refusal is a number with a name. Every list of the index pool belongs to one
// record and is walked once, every table of parts is tiled by its owners, every operand lies before its node; so the pass is linear in the
// size of the file and so is whatever follows references. The View points into the bytes, which must outlive it and stay as they are;
// any number of threads may read it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "runtime/layout/layout.h"

namespace writ::runtime {

enum class Refusal : std::uint32_t {
  none = 0,
#define WRIT_REFUSAL(name, text) name,
#include "runtime/validate/refusals.def"
#undef WRIT_REFUSAL
};
std::string_view to_string(Refusal refusal);
/// What is wrong, for people: "the file is shorter than a header".
std::string_view sentence(Refusal refusal);

template <class T>
struct Table {
  const T* data = nullptr;
  std::uint32_t count = 0;

  const T& operator[](std::uint32_t i) const { return data[i]; }
  const T* begin() const { return data; }
  const T* end() const { return data + count; }
};

struct View {
  const layout::Manifest* manifest = nullptr;
  Table<std::uint32_t> string_offsets;         ///< one more than strings
  Table<char> string_bytes;
  Table<std::uint32_t> indices;
#define WRIT_TABLE(Record, member, id) Table<layout::Record> member;
#include "runtime/validate/tables.def"
#undef WRIT_TABLE

  std::uint32_t string_count() const { return string_offsets.count - 1; }
  std::string_view text(layout::Str s) const {
    return {string_bytes.data + string_offsets[s], string_offsets[s + 1] - string_offsets[s]};
  }
  Table<std::uint32_t> list(layout::Span s) const { return {indices.data + s.begin, s.count}; }
};

struct Validation {
  Refusal refusal = Refusal::none;
  std::uint32_t section = 0;                   ///< where: section id, 0 for header and directory
  std::uint32_t record = 0;
  View view;                                   ///< meaningful only if accepted

  bool accepted() const { return refusal == Refusal::none; }
};

/// `bytes` must be aligned to 8.
Validation validate(const void* bytes, std::size_t size);

}  // namespace writ::runtime
