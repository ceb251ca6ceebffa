// Any bytes as a bundle, and any damage to a real one: refused with a code, or it decides. Input that does not begin as a bundle is damage: six bytes
// each, where (four) and what is written there (two); at most four, for more is always refused.
#include "runtime/authzen/policy.h"
#include "tests/fuzz/fuzz.h"

using namespace writ;
using fuzz::demand;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::string request = fuzz::read(WRIT_SOURCE_DIR "/tests/conformance/hello.json");
  static const std::string sound = fuzz::read(WRIT_SOURCE_DIR "/tests/conformance/hello.writb");
  const bool whole = size >= 8 && std::memcmp(data, "WRITBNDL", 8) == 0;
  const auto policy = authzen::Policy::load(whole ? fuzz::text_of(data, size) : fuzz::damaged<std::uint32_t, 2>(sound, data, size));
  if (!policy) {
    demand(!policy.error().code.empty() && !policy.error().what.empty(), "a refusal without a code");
    return 0;
  }
  const auto answer = (*policy)->decide_text(request);
  if (answer) demand(json::parse(authzen::to_json(*answer)).has_value(), "a decision that is no JSON");
  else demand(!answer.error().code.empty(), "an error without a code");
  return 0;
}
