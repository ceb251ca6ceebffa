// Any bytes as a request to a real bundle, and any damage to a real request: a decision that is JSON again, or an error with a code; the same twice. Input
// that does not begin as an object is damage: three bytes each, where (two) and what stands there instead; at most four.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
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

const authzen::Policy& policy() {
  static const auto loaded = [] {
    std::ifstream in(WRIT_SOURCE_DIR "/tests/conformance/norvik.writb", std::ios::binary);
    auto made = authzen::Policy::load(std::string{std::istreambuf_iterator<char>(in), {}});
    demand(made.has_value(), "the loader refuses the bundle of the reference company");
    return std::move(*made);
  }();
  return *loaded;
}

std::string damaged(const std::uint8_t* data, std::size_t size) {
  static const std::string whole = [] {
    std::ifstream in(WRIT_SOURCE_DIR "/examples/norvik/requests/pending.json");
    return std::string{std::istreambuf_iterator<char>(in), {}};
  }();
  std::string text = whole;
  for (size = std::min<std::size_t>(size, 12); size >= 3 && !text.empty(); data += 3, size -= 3)
    text[(data[0] | static_cast<std::size_t>(data[1]) << 8) % text.size()] = static_cast<char>(data[2]);
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const bool whole = size > 0 && data[0] == '{';
  const std::string text = whole ? std::string(reinterpret_cast<const char*>(data), size) : damaged(data, size);
  const auto first = policy().decide_text(text), second = policy().decide_text(text);
  demand(first.has_value() == second.has_value(), "two answers to one request");
  if (!first) {
    demand(!first.error().code.empty() && first.error().code == second.error().code, "an error without a code");
    return 0;
  }
  const std::string answer = authzen::to_json(*first);
  demand(answer == authzen::to_json(*second), "two answers to one request");
  demand(json::parse(answer, {answer.size(), 64}).has_value(), "a decision that is no JSON");
  return 0;
}
