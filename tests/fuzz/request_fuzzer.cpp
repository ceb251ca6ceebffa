// Any bytes as a request to a real bundle, and any damage to a real request: a decision that is JSON again, or an error with a code; the same twice. Input
// that does not begin as an object is damage: three bytes each, where (two) and what stands there instead; at most four.
#include "runtime/authzen/policy.h"
#include "tests/fuzz/fuzz.h"

namespace {

using namespace writ;
using fuzz::demand;

const authzen::Policy& policy() {
  static const auto loaded = [] {
    auto made = authzen::Policy::load(fuzz::read(WRIT_SOURCE_DIR "/tests/conformance/norvik.writb"));
    demand(made.has_value(), "the loader refuses the bundle of the reference company");
    return std::move(*made);
  }();
  return *loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string sound = fuzz::read(WRIT_SOURCE_DIR "/examples/norvik/requests/pending.json");
  const bool whole = size > 0 && data[0] == '{';
  const std::string text = whole ? fuzz::text_of(data, size) : fuzz::damaged<std::uint16_t, 1>(sound, data, size);
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
