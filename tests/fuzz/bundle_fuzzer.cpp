// Any bytes as a bundle, and any damage to a real one: refused with a code, or it decides. Input that does not begin as a bundle is damage: six bytes
// each, where (four) and what is written there (two); at most four, for more is always refused.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>

#include "runtime/authzen/policy.h"

namespace {

using namespace writ;

void demand(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string damaged(const std::uint8_t* data, std::size_t size) {
  static const std::string whole = read(WRIT_SOURCE_DIR "/tests/conformance/hello.writb");
  std::string bytes = whole;
  size = std::min<std::size_t>(size, 24);
  for (; size >= 6 && bytes.size() > 2; data += 6, size -= 6) {
    std::uint32_t at = 0;
    std::memcpy(&at, data, sizeof at);
    std::memcpy(bytes.data() + at % (bytes.size() - 1), data + 4, 2);
  }
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string request = read(WRIT_SOURCE_DIR "/tests/conformance/hello.json");
  const bool whole = size >= 8 && std::memcmp(data, "WRITBNDL", 8) == 0;
  const auto policy = authzen::Policy::load(whole ? std::string(reinterpret_cast<const char*>(data), size) : damaged(data, size));
  if (!policy) {
    demand(!policy.error().code.empty() && !policy.error().what.empty(), "a refusal without a code");
    return 0;
  }
  const auto answer = (*policy)->decide_text(request);
  if (answer) demand(json::parse(authzen::to_json(*answer)).has_value(), "a decision that is no JSON");
  else demand(!answer.error().code.empty(), "an error without a code");
  return 0;
}
