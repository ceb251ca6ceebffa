// The same in C++, prepared as well: both ways of asking must come to the same outcome.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>

#include <writ/runtime.h>

namespace {

std::string read(const char* path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string bundle = read(argv[1]), request = read(argv[2]);
  const std::unique_ptr<writ_runtime, void (*)(writ_runtime*)> runtime(writ_runtime_new(), writ_runtime_free);
  if (writ_load_unsigned(runtime.get(), bundle.data(), bundle.size(), WRIT_NO_CLOCK) != WRIT_OK) return 1;
  const writ_answer answer = writ_decide_json(runtime.get(), request.data(), request.size(), WRIT_NO_CLOCK);
  const std::unique_ptr<writ_prepared, void (*)(writ_prepared*)> prepared(writ_prepare_json(runtime.get(), request.data(), request.size()), writ_prepared_free);
  const writ_verdict verdict = writ_decide_prepared(prepared.get());
  if (answer.status != WRIT_OK || verdict.status != WRIT_OK || verdict.outcome != answer.outcome) {
    std::cerr << writ_error_code() << ": " << writ_error_text() << "\n";
    return 1;
  }
  std::cout << answer.decision.data << "\n";
  writ_text_free(answer.decision);
}
