// The JSON way in, where the agreement with the interpreter proves nothing: refusals of its own, suggestions, limits, digests, dropped sections.
#include <chrono>

#include <gtest/gtest.h>

#include "compiler/emit/emit.h"
#include "compiler/interpret/interpret.h"
#include "compiler/lower/lower.h"
#include "runtime/authzen/policy.h"
#include "runtime/authzen/sha256.h"
#include "tests/unit/kernel/surface.h"

namespace writ::authzen {
namespace {

constexpr const char* kDual = "require twice { approval dual before pay.execute }\n";

class Json : public ::testing::Test {
 protected:
  void policy(const std::string& statements) {
    elaborated_ = kernel::elaborate_in_firm(statements);
    ASSERT_TRUE(elaborated_->kernel) << elaborated_->messages();
    tables_ = lower::lower(*elaborated_->kernel, {});
    load(emit::to_bytes(tables_));
  }
  void load(const std::string& bytes) {
    auto loaded = Policy::load(bytes);
    ASSERT_TRUE(loaded) << loaded.error().code;
    policy_ = *loaded;
  }
  std::string refusal(const std::string& request) {
    const auto answer = policy_->decide_text(request);
    return answer ? to_json(*answer) : answer.error().code + " at " + answer.error().at;
  }
  static std::string act(const std::string& name, const std::string& properties = "{}", const std::string& context = "{}") {
    return R"({"subject": {"type": "Employee", "id": "ada"}, "action": {"name": ")" + name + R"("}, "resource": {"type": "Run", "id": "r1", "properties": )" + properties +
           R"(}, "context": )" + context + "}";
  }
  std::unique_ptr<kernel::Elaborated> elaborated_;
  decision_ir::Tables tables_;
  std::shared_ptr<const Policy> policy_;
};

TEST_F(Json, OtherQuestionsAreNotDecided) {
  policy("");
  for (const char* question : {"assign", "activate", "approve", "provision", "review"}) EXPECT_EQ(refusal(act(question)), "unsupported_question at action.name");
}

TEST_F(Json, TextIsReadStrictly) {
  policy("");
  EXPECT_EQ(refusal(""), "not_json at byte 1");
  EXPECT_EQ(refusal("{\"subject\": {}, \"subject\": {}}").substr(0, 8), "not_json");
  EXPECT_EQ(refusal(std::string(std::size_t{1} << 20, ' ') + "{}").substr(0, 9), "too_large");
  EXPECT_EQ(refusal(std::string(65, '[') + std::string(65, ']')).substr(0, 8), "not_json");
  EXPECT_EQ(refusal("[]"), "bad_request at ");
}

/// Suggestions are a courtesy: a request that misspells everything gets an answer in bounded time.
TEST_F(Json, MisspeltNamesCostLittle) {
  policy("");
  std::string properties = "{";
  for (int i = 0; i < 20'000; ++i) properties += (i == 0 ? "\"" : ", \"") + std::string("amuont_of_something_") + std::to_string(i) + "\": 1";
  const auto start = std::chrono::steady_clock::now();
  const auto answer = policy_->decide_text(act("pay.execute", properties + "}"));
  ASSERT_TRUE(answer) << answer.error().code;
  EXPECT_EQ(answer->ignored.size(), 20'000u);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST_F(Json, WhatAnApproverSignsIsTheSameInBothEngines) {
  policy(kDual);
  const std::string request = act("pay.execute", R"({"entity": "DE", "vendors": ["v1"], "total": {"value": "12.5", "currency": "EUR"}, "hit": false})", R"({"time": "2026-06-01T12:00:00Z"})");
  const auto json = json::parse(request);
  kernel::ChainId chain;
  for (const kernel::ChainId id : elaborated_->kernel->chains.ids())
    if (elaborated_->kernel->chains[id].name == "firm.dual") chain = id;
  const auto theirs = interpret::Interpreter(*elaborated_->kernel).request_digest(*json, chain);
  const auto ours = policy_->approval_digest(*json, "firm.dual");
  ASSERT_TRUE(theirs && ours);
  EXPECT_EQ(*ours, *theirs);
  EXPECT_EQ(ours->substr(0, 7), "sha256:");
  EXPECT_EQ(policy_->approval_digest(*json, "firm.none").error().code, "bad_request");
}

TEST_F(Json, ABundleWithoutSentencesDecidesTheSame) {
  policy("");
  const std::string request = act("pay.execute", R"({"entity": "DE"})", R"({"time": "2026-06-01T12:00:00Z"})");
  const auto whole = policy_->decide_text(request);
  std::string bytes = emit::to_bytes(tables_);
  auto* header = reinterpret_cast<layout::Header*>(bytes.data());
  auto* directory = reinterpret_cast<layout::SectionEntry*>(bytes.data() + sizeof(layout::Header));
  const std::uint32_t left = header->section_count - 2;
  const std::uint64_t end = directory[left].offset, moved = 2 * sizeof(layout::SectionEntry);
  ASSERT_EQ(directory[left].id, static_cast<std::uint32_t>(layout::Section::Sentences));
  for (std::uint32_t i = 0; i < left; ++i) directory[i].offset -= moved;
  header->section_count = left;
  header->total_size = end - moved;
  bytes.resize(end);
  bytes.erase(sizeof(layout::Header) + left * sizeof(layout::SectionEntry), moved);
  load(bytes);
  const auto bare = policy_->decide_text(request);
  ASSERT_TRUE(whole && bare);
  EXPECT_EQ(bare->decision.outcome, whole->decision.outcome);
  EXPECT_EQ(bare->decision.nearest_misses.size(), whole->decision.nearest_misses.size());
  for (const auto& miss : bare->decision.nearest_misses)
    for (const std::string& text : miss.unknown) EXPECT_EQ(text, "");
}

TEST_F(Json, TheDecisionsIdIsOfBundleAndRequest) {
  policy("");
  const auto a = policy_->decide_text(act("pay.execute")), b = policy_->decide_text("  " + act("pay.execute")), c = policy_->decide_text(act("pay.execute", R"({"hit": true})"));
  ASSERT_TRUE(a && b);
  EXPECT_EQ(a->decision_id, b->decision_id) << "spaces mean nothing";
  EXPECT_EQ(a->decision_id, sha256(policy_->digest() + json::canonical(*json::parse(act("pay.execute")))).substr(7));
  ASSERT_TRUE(c);
  EXPECT_NE(a->decision_id, c->decision_id);
}

}  // namespace
}  // namespace writ::authzen
