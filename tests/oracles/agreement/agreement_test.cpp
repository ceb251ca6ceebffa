// The bundle answers what the interpreter answers: whole decisions and whole refusals, to the byte. Over every request of small policies, random
// policies with random requests, and the requests of every test of the semantics and the examples, bent in thousands of ways.
#include <gtest/gtest.h>

#include <iostream>

#include "compiler/confirm/bundle.h"
#include "compiler/interpret/enumerate.h"
#include "compiler/testing/testing.h"
#include "runtime/authzen/sha256.h"
#include "tests/oracles/agreement/mutate.h"
#include "tests/oracles/agreement/rich.h"
#include "tests/oracles/verdicts/generate.h"
#include "tests/unit/check/policy_text.h"

namespace writ::oracles {
namespace {

struct Tally {
  std::map<std::string, std::size_t> answers;
  std::size_t all = 0, wrong = 0;          ///< a test stops asking after a few wrong answers

  void print(const char* what) const {
    std::cout << what << ": " << all << " requests;";
    for (const auto& [a, n] : answers) std::cout << " " << a << " " << n;
    std::cout << "\n";
  }
};

/// Both engines on one policy.
class Engines {
 public:
  explicit Engines(const kernel::Kernel& kernel) : interpreter_(kernel), policy_(confirm::bundle_of(kernel)) {
    EXPECT_TRUE(policy_) << policy_.error();
  }

  void ask(const json::Value& request, Tally& tally) {
    if (!policy_ || tally.wrong > 3) return;
    ++tally.all;
    const auto expected = interpreter_.decide(request);
    auto got = (*policy_)->decide(request);
    ++tally.answers[expected ? std::string(question::to_string(expected->outcome)) : "refused"];
    const std::string theirs = expected ? question::to_json(*expected) : expected.error().code + " " + expected.error().at + " " + expected.error().what;
    std::string ours;
    if (got) {
      got->bundle.clear();
      got->decision_id.clear();
      ours = authzen::to_json(*got);
    } else {
      ours = got.error().code + " " + got.error().at + " " + got.error().what;
    }
    if (!got && got.error().code == "unsupported_question" && asks_another_question(request)) return;
    tally.wrong += ours != theirs;
    EXPECT_EQ(ours, theirs) << json::canonical(request);
  }

  /// What an approver of each chain signs for this request.
  std::vector<std::pair<std::string, std::string>> digests(const kernel::Kernel& kernel, const json::Value& request) const {
    std::vector<std::pair<std::string, std::string>> all;
    for (const kernel::ChainId id : kernel.chains.ids())
      if (const auto digest = interpreter_.request_digest(request, id)) all.emplace_back(kernel.chains[id].name, *digest);
    return all;
  }

 private:
  static bool asks_another_question(const json::Value& request) {
    const json::Value* action = request.find("action");
    const json::Value* name = action ? action->find("name") : nullptr;
    return name && (name->text == "assign" || name->text == "activate" || name->text == "approve");
  }

  interpret::Interpreter interpreter_;
  tl::expected<std::shared_ptr<const authzen::Policy>, std::string> policy_;
};

TEST(Agreement, OnEveryRequestOfSmallPolicies) {
  constexpr std::size_t kMostRequests = 1'500;
  constexpr unsigned kPolicies = 25;
  Tally tally;
  unsigned policies = 0;
  for (unsigned seed = 1; seed <= 600 && policies < kPolicies; ++seed) {
    Policy policy(seed);
    const kernel::Kernel kernel = policy.finish();
    const interpret::EnumerationLimits limits{8, kMostRequests};
    if (!interpret::measure(kernel, policy.act, limits)) continue;
    Engines engines(kernel);
    if (interpret::enumerate(kernel, policy.act, [&](const json::Value& request, const question::Decision&) { engines.ask(request, tally); }, limits)) ++policies;
  }
  tally.print("enumerated");
  EXPECT_EQ(policies, kPolicies);
  EXPECT_GT(tally.all, 5'000u);
}

TEST(Agreement, OnRandomPolicies) {
  Tally tally;
  Mutator mutator(7);
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Dice dice(seed);
    const auto e = kernel::elaborate_in_firm(generate_policy(dice).text());
    if (!e->kernel) continue;
    Engines engines(*e->kernel);
    for (int i = 0; i < 60; ++i) {
      json::Value request = generate_request(dice);
      mutator.learn(request);
      engines.ask(request, tally);
      engines.ask(mutator.mutant(request), tally);
      for (std::size_t n = dice.upto(4); n > 0; --n) forget(dice, request);
      engines.ask(request, tally);
    }
  }
  tally.print("random");
  EXPECT_GT(tally.all, 8'000u);
  for (const char* outcome : {"permit", "pending", "deny", "indeterminate"}) EXPECT_GT(tally.answers[outcome] * 100, tally.all * 5) << outcome << " is too rare to test anything";
}

TEST(Agreement, OnRichPolicies) {
  constexpr int kRequests = 100;
  Tally tally;
  Mutator mutator(13);
  const auto ask_all = [&](const kernel::Elaborated& policy, bool stale, std::uint64_t seed) {
    ASSERT_TRUE(policy.kernel) << policy.messages();
    Engines engines(*policy.kernel);
    Dice dice(seed);
    RichRequests requests(dice);
    for (int i = 0; i < kRequests; ++i) {
      json::Value request = requests.request(stale);
      requests.approve(request, engines.digests(*policy.kernel, request));
      mutator.learn(request);
      engines.ask(request, tally);
      engines.ask(mutator.mutant(request), tally);
    }
  };
  for (std::size_t i = 0; i < rich_policies().size(); ++i) ask_all(*kernel::elaborate_in_firm(rich_policies()[i]), false, i + 1);
  ask_all(*kernel::elaborate_texts({kStale}), true, 99);
  tally.print("rich");
  EXPECT_GT(tally.all, 1'800u);
}

/// Takes part in the tests of a policy and asks both engines whatever resembles their requests.
class Bender final : public testing::Evaluator {
 public:
  Bender(const kernel::Kernel& kernel, Mutator& mutator, Tally& tally, unsigned mutants)
      : engines_(kernel), interpreter_(kernel), mutator_(mutator), tally_(tally), mutants_(mutants) {}
  std::string name() const override { return "bender"; }
  tl::expected<std::string, std::string> decide(const json::Value& request) override {
    mutator_.learn(request);
    engines_.ask(request, tally_);
    for (unsigned i = 0; i < mutants_; ++i) engines_.ask(mutator_.mutant(request), tally_);
    return question::to_json(*interpreter_.decide(request));
  }

 private:
  Engines engines_;
  interpret::Interpreter interpreter_;
  Mutator& mutator_;
  Tally& tally_;
  unsigned mutants_;
};

class Bent : public ::testing::TestWithParam<std::pair<const char*, unsigned>> {};

TEST_P(Bent, RequestsOfEveryTest) {
  const auto [folder, mutants] = GetParam();
  check::PolicyText policy;
  policy.add_folder(std::filesystem::path(WRIT_SOURCE_DIR) / folder);
  Tally tally;
  Mutator mutator(11);
  testing::Options options;
  options.check = policy.options;
  options.prover = [](const auto&, const auto&, const auto&) { return testing::ProofAnswer{}; };
  options.also = {[&tally, &mutator, mutants = mutants](const kernel::Kernel& kernel) { return std::make_unique<Bender>(kernel, mutator, tally, mutants); }};
  diagnostics::Sink sink;
  testing::run(policy.files(), policy.sources, options, sink);
  tally.print(folder);
  EXPECT_GT(tally.all, 100u);
}

INSTANTIATE_TEST_SUITE_P(Agreement, Bent, ::testing::Values(std::pair("tests/semantics", 60U), std::pair("examples/norvik", 60U), std::pair("examples/hello", 60U)));

}  // namespace
}  // namespace writ::oracles
