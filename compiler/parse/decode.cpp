#include "compiler/parse/decode.h"

#include <algorithm>

namespace writ::parse {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Sequence {
  char32_t point = kReplacement;
  std::uint32_t length = 1;
  bool good = false;
};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

/// The sequence at the front of `bytes`: shortest form only, no surrogates, nothing past U+10FFFF.
Sequence next_sequence(std::string_view bytes) {
  const auto lead = static_cast<unsigned char>(bytes[0]);
  if (lead < 0x80) return {lead, 1, true};
  const std::uint32_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length) return {};
  char32_t point = lead & (0xFF >> (length + 1));
  for (std::uint32_t i = 1; i < length; ++i) {
    if (!is_continuation(bytes[i])) return {};
    point = (point << 6) | (static_cast<unsigned char>(bytes[i]) & 0x3F);
  }
  constexpr char32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
  if (point < kSmallest[length] || point > 0x10FFFF || surrogate) return {};
  return {point, length, true};
}

void note_bad(DecodedText& text, std::uint32_t at) {
  if (!text.bad.empty() && text.bad.back().end == at) {
    ++text.bad.back().end;
  } else {
    text.bad.push_back({at, at + 1});
  }
}

}  // namespace

DecodedText decode(std::string_view bytes) {
  DecodedText text;
  if (std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; })) {
    text.points.assign(bytes.begin(), bytes.end());
    return text;
  }
  for (std::uint32_t at = 0; at < bytes.size();) {
    const Sequence sequence = next_sequence(bytes.substr(at));
    if (!sequence.good) note_bad(text, at);
    text.points.push_back(sequence.point);
    text.offsets.push_back(at);
    at += sequence.length;
  }
  text.offsets.push_back(static_cast<std::uint32_t>(bytes.size()));
  return text;
}

}  // namespace writ::parse
