// UTF-8 to code points, with the way back to bytes. What is not UTF-8 becomes U+FFFD, one for each byte, and is listed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace writ::parse {

struct BadBytes {
  std::uint32_t begin;
  std::uint32_t end;
};

struct DecodedText {
  std::u32string points;
  std::vector<std::uint32_t> offsets;  ///< byte offset of each point and of the end; empty when every point is one byte
  std::vector<BadBytes> bad;           ///< runs of bytes that are not UTF-8

  std::uint32_t offset(std::size_t point) const {
    return offsets.empty() ? static_cast<std::uint32_t>(point) : offsets[point];
  }
};

DecodedText decode(std::string_view bytes);

}  // namespace writ::parse
