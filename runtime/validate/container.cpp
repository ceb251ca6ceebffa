// Header, directory, strings: whether the tables lie where they say. What the records say is checked in validate.cpp.
#include "runtime/validate/container.h"

#include <cstring>

namespace writ::runtime {
namespace {

using layout::Section;

constexpr std::uint64_t aligned(std::uint64_t offset) { return (offset + 7) & ~std::uint64_t{7}; }

bool zero(const char* from, const char* to) {
  for (; from != to; ++from)
    if (*from != 0) return false;
  return true;
}

Refusal header(const char* bytes, std::size_t size) {
  layout::Header h;
  if (size < sizeof h) return Refusal::too_short;
  if (size > layout::kMaxBytes) return Refusal::too_large;
  if (reinterpret_cast<std::uintptr_t>(bytes) % 8 != 0) return Refusal::memory_not_aligned;
  std::memcpy(&h, bytes, sizeof h);
  if (std::memcmp(h.magic, layout::kMagic, sizeof h.magic) != 0) return Refusal::not_a_bundle;
  if (h.format != layout::kFormat) return Refusal::format_not_known;
  if ((h.required_features & ~layout::kKnownFeatures) != 0) return Refusal::feature_not_known;
  if (h.zero != 0) return Refusal::header_not_zero;
  for (const std::uint64_t r : h.reserved)
    if (r != 0) return Refusal::header_not_zero;
  if (h.total_size != size) return Refusal::size_differs;
  if (h.section_count > (size - sizeof h) / sizeof(layout::SectionEntry)) return Refusal::directory_outside;
  return Refusal::none;
}

/// Binds one table of the view; sections of later versions are stepped over.
Refusal bind(View& view, const char* bytes, const layout::SectionEntry& e) {
  const char* at = bytes + e.offset;
  const auto count = static_cast<std::uint32_t>(e.count);
  switch (static_cast<Section>(e.id)) {
    case Section::Manifest:
      if (e.record_size != sizeof(layout::Manifest)) return Refusal::section_record_size;
      if (count != 1) return Refusal::manifest_count;
      view.manifest = reinterpret_cast<const layout::Manifest*>(at);
      return Refusal::none;
    case Section::StringOffsets:
      if (e.record_size != 4) return Refusal::section_record_size;
      view.string_offsets = {reinterpret_cast<const std::uint32_t*>(at), count};
      return Refusal::none;
    case Section::StringBytes:
      if (e.record_size != 1) return Refusal::section_record_size;
      view.string_bytes = {at, count};
      return Refusal::none;
    case Section::Indices:
      if (e.record_size != 4) return Refusal::section_record_size;
      view.indices = {reinterpret_cast<const std::uint32_t*>(at), count};
      return Refusal::none;
#define WRIT_TABLE(Record, member, name)                                            \
  case Section::name:                                                               \
    if (e.record_size != sizeof(layout::Record)) return Refusal::section_record_size; \
    view.member = {reinterpret_cast<const layout::Record*>(at), count};             \
    return Refusal::none;
#include "runtime/validate/tables.def"
#undef WRIT_TABLE
  }
  return Refusal::none;
}

Refusal place(const layout::SectionEntry& e, std::uint64_t expected, std::size_t size) {
  if (e.offset > expected) return Refusal::section_gap;
  if (e.offset < expected) return Refusal::section_overlap;
  if (e.offset > size) return Refusal::section_outside;
  if (e.record_size == 0) return Refusal::section_record_size;
  if (e.count >= layout::kNone) return Refusal::section_too_many_records;
  if (e.count > (size - e.offset) / e.record_size) return Refusal::section_outside;
  return Refusal::none;
}

bool continuation(unsigned char c) { return (c & 0xC0) == 0x80; }

/// Length of the well-formed sequence at `p`, 0 if there is none (overlong, surrogate, past U+10FFFF, cut short).
std::size_t sequence(const unsigned char* p, std::size_t left) {
  if (p[0] < 0x80) return 1;
  if (p[0] >= 0xC2 && p[0] <= 0xDF) return left >= 2 && continuation(p[1]) ? 2 : 0;
  if (p[0] >= 0xE0 && p[0] <= 0xEF) {
    if (left < 3 || !continuation(p[1]) || !continuation(p[2])) return 0;
    const bool overlong = p[0] == 0xE0 && p[1] < 0xA0, surrogate = p[0] == 0xED && p[1] >= 0xA0;
    return overlong || surrogate ? 0 : 3;
  }
  if (p[0] < 0xF0 || p[0] > 0xF4 || left < 4 || !continuation(p[1]) || !continuation(p[2]) || !continuation(p[3])) return 0;
  const bool overlong = p[0] == 0xF0 && p[1] < 0x90, past = p[0] == 0xF4 && p[1] >= 0x90;
  return overlong || past ? 0 : 4;
}

bool utf8(std::string_view text) {
  const auto* p = reinterpret_cast<const unsigned char*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t n = sequence(p + at, text.size() - at);
    if (n == 0) return false;
    at += n;
  }
  return true;
}

Validation refuse(Refusal refusal, std::uint32_t section = 0, std::uint32_t record = 0) {
  Validation v;
  v.refusal = refusal;
  v.section = section;
  v.record = record;
  return v;
}

constexpr auto id_of(Section s) { return static_cast<std::uint32_t>(s); }

bool droppable(std::uint32_t id) { return id == id_of(Section::Sentences) || id == id_of(Section::ConditionTexts); }

/// Every section of format 1 is there, `explain` apart; `next` walks the ids in order.
Refusal complete(const View& view) {
  if (view.manifest == nullptr || view.string_offsets.data == nullptr || view.string_bytes.data == nullptr || view.indices.data == nullptr)
    return Refusal::section_missing;
#define WRIT_TABLE(Record, member, name) \
  if (view.member.data == nullptr && !droppable(id_of(Section::name))) return Refusal::section_missing;
#include "runtime/validate/tables.def"
#undef WRIT_TABLE
  return Refusal::none;
}

}  // namespace

Validation open_container(const char* bytes, std::size_t size) {
  if (const Refusal r = header(bytes, size); r != Refusal::none) return refuse(r);
  const auto* h = reinterpret_cast<const layout::Header*>(bytes);
  const auto* directory = reinterpret_cast<const layout::SectionEntry*>(bytes + sizeof *h);
  std::uint64_t end = sizeof *h + h->section_count * sizeof(layout::SectionEntry);
  std::uint32_t previous = 0;
  Validation v;
  for (std::uint32_t i = 0; i < h->section_count; ++i) {
    const layout::SectionEntry& e = directory[i];
    if (e.id <= previous) return refuse(Refusal::sections_not_ascending, e.id);
    previous = e.id;
    if (const Refusal r = place(e, aligned(end), size); r != Refusal::none) return refuse(r, e.id);
    if (!zero(bytes + end, bytes + e.offset)) return refuse(Refusal::padding_not_zero, e.id);
    if (const Refusal r = bind(v.view, bytes, e); r != Refusal::none) return refuse(r, e.id);
    end = e.offset + e.count * e.record_size;
  }
  if (aligned(end) != size) return refuse(Refusal::bytes_after_last_section);
  if (!zero(bytes + end, bytes + size)) return refuse(Refusal::padding_not_zero);
  if (const Refusal r = complete(v.view); r != Refusal::none) return refuse(r);
  return v;
}

Validation check_strings(const View& view) {
  const auto offsets = id_of(Section::StringOffsets), pool = id_of(Section::StringBytes);
  const Table<std::uint32_t>& o = view.string_offsets;
  if (o.count < 2) return refuse(Refusal::strings_empty, offsets);
  if (o[0] != 0) return refuse(Refusal::strings_start, offsets);
  for (std::uint32_t i = 1; i < o.count; ++i)
    if (o[i] < o[i - 1]) return refuse(Refusal::strings_descend, offsets, i);
  if (o[o.count - 1] != view.string_bytes.count) return refuse(Refusal::strings_end, offsets);
  if (o[1] != 0) return refuse(Refusal::strings_first_not_empty, offsets);
  for (std::uint32_t i = 0; i < view.string_count(); ++i) {
    if (!utf8(view.text(i))) return refuse(Refusal::string_not_utf8, pool, i);
    if (i > 0 && !(view.text(i - 1) < view.text(i))) return refuse(Refusal::strings_not_sorted, pool, i);
  }
  return {};
}

std::string_view to_string(Refusal refusal) {
  switch (refusal) {
    case Refusal::none: return "none";
#define WRIT_REFUSAL(name, text) \
  case Refusal::name: return #name;
#include "runtime/validate/refusals.def"
#undef WRIT_REFUSAL
  }
  return "none";
}

}  // namespace writ::runtime
