// Runs the vectors of this folder through writ/runtime.h, as a runtime in another language would.
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>

#include <gtest/gtest.h>

#include <writ/runtime.h>

#include "runtime/json/json.h"

namespace {

using namespace writ;

const std::string kFolder = WRIT_SOURCE_DIR "/tests/conformance/";

std::string read(const std::string& name) {
  std::ifstream in(kFolder + name, std::ios::binary);
  EXPECT_TRUE(in) << name;
  return {std::istreambuf_iterator<char>(in), {}};
}
std::vector<json::Value> lines(const std::string& name) {
  std::vector<json::Value> all;
  std::ifstream in(kFolder + name);
  for (std::string line; std::getline(in, line);) {
    auto value = json::parse(line);
    EXPECT_TRUE(value) << name << " line " << all.size() + 1 << ": " << value.error().what;
    if (value) all.push_back(std::move(*value));
  }
  return all;
}
std::string text(const json::Value& vector, std::string_view name) {
  const json::Value* value = vector.find(name);
  return value == nullptr ? "" : value->text;
}

/// With the order of members.
bool same(const json::Value& a, const json::Value& b) {
  if (a.kind != b.kind || a.boolean != b.boolean || a.text != b.text || a.items.size() != b.items.size() || a.members.size() != b.members.size()) return false;
  for (std::size_t i = 0; i < a.items.size(); ++i)
    if (!same(a.items[i], b.items[i])) return false;
  for (std::size_t i = 0; i < a.members.size(); ++i)
    if (a.members[i].name != b.members[i].name || !same(a.members[i].value, b.members[i].value)) return false;
  return true;
}

using Runtime = std::unique_ptr<writ_runtime, void (*)(writ_runtime*)>;
Runtime runtime_of(const std::string& bundle) {
  Runtime runtime(writ_runtime_new(), writ_runtime_free);
  const std::string bytes = read(bundle);
  EXPECT_EQ(writ_load_unsigned(runtime.get(), bytes.data(), bytes.size(), WRIT_NO_CLOCK), WRIT_OK) << bundle << ": " << writ_error_text();
  return runtime;
}

void ask(const writ_runtime* runtime, const json::Value& vector) {
  const std::string request = text(vector, "request"), error = text(vector, "error");
  const writ_answer answer = writ_decide_json(runtime, request.data(), request.size(), WRIT_NO_CLOCK);
  if (!error.empty()) {
    EXPECT_EQ(answer.status, WRIT_REQUEST_REFUSED);
    EXPECT_EQ(answer.outcome, WRIT_DENY);
    EXPECT_EQ(writ_error_code(), error);
    EXPECT_EQ(answer.decision.data, nullptr);
    return;
  }
  ASSERT_EQ(answer.status, WRIT_OK) << writ_error_text();
  const auto got = json::parse({answer.decision.data, answer.decision.size});
  const json::Value* expected = vector.find("decision");
  ASSERT_TRUE(got && expected);
  EXPECT_TRUE(same(*got, *expected)) << "expected " << json::canonical(*expected) << "\n     got " << json::canonical(*got);
  writ_text_free(answer.decision);
}

TEST(Conformance, EveryVectorIsAnswered) {
  std::map<std::string, Runtime> runtimes;
  std::map<std::string, unsigned> outcomes;
  const auto vectors = lines("vectors.jsonl");
  for (const json::Value& vector : vectors) {
    SCOPED_TRACE(text(vector, "name"));
    const std::string bundle = text(vector, "bundle");
    const auto runtime = runtimes.try_emplace(bundle, runtime_of(bundle)).first;
    ask(runtime->second.get(), vector);
    const json::Value* decision = vector.find("decision");
    ++outcomes[decision ? decision->find("context")->find("outcome")->text : "refused"];
  }
  EXPECT_GT(vectors.size(), 50u);
  for (const char* outcome : {"permit", "pending", "deny", "indeterminate", "refused"}) EXPECT_GE(outcomes[outcome], 3u) << outcome;
}

/// A malformed bundle is the golden one with one run of bytes replaced.
TEST(Conformance, EveryMalformedBundleIsRefused) {
  const std::string golden = read("golden.writb");
  const auto vectors = lines("malformed.jsonl");
  const Runtime runtime = runtime_of("hello.writb");
  for (const json::Value& vector : vectors) {
    SCOPED_TRACE(text(vector, "name"));
    const std::string hex = text(vector, "insert");
    std::string bytes = golden.substr(0, std::stoul(text(vector, "front")));
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    bytes += golden.substr(golden.size() - std::stoul(text(vector, "back")));
    EXPECT_EQ(writ_load_unsigned(runtime.get(), bytes.data(), bytes.size(), WRIT_NO_CLOCK), WRIT_BUNDLE_REFUSED);
    EXPECT_EQ(writ_error_code(), text(vector, "refusal"));
  }
  EXPECT_GT(vectors.size(), 140u);
  const std::string request = read("hello.json");
  const writ_answer answer = writ_decide_json(runtime.get(), request.data(), request.size(), WRIT_NO_CLOCK);
  EXPECT_EQ(answer.outcome, WRIT_PERMIT) << "after every refusal the runtime decides as before";
  writ_text_free(answer.decision);
}

}  // namespace
