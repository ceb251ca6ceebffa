// What the fuzz targets share: to demand, to read a seed, and to damage one, so that input which is no bundle and no request still tries what lies behind
// their first checks. A broken demand ends the program, as libFuzzer expects.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

namespace writ::fuzz {

inline void demand(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

inline std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  demand(!text.empty(), path);
  return text;
}

inline std::string text_of(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

/// `whole` with at most four pieces of damage, each one of `Place` (where, modulo the size) and then the bytes that are written there.
template <class Place, std::size_t Bytes>
std::string damaged(std::string whole, const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kPiece = sizeof(Place) + Bytes;
  for (size = std::min(size, 4 * kPiece); size >= kPiece; data += kPiece, size -= kPiece) {
    Place at = 0;
    std::memcpy(&at, data, sizeof at);
    std::memcpy(whole.data() + at % (whole.size() - Bytes + 1), data + sizeof at, Bytes);
  }
  return whole;
}

}  // namespace writ::fuzz
