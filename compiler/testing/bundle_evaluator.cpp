#include "compiler/testing/bundle_evaluator.h"

#include <fmt/format.h>

#include "compiler/confirm/bundle.h"
#include "runtime/authzen/sha256.h"

namespace writ::testing {
namespace {

class BundleEvaluator final : public Evaluator {
 public:
  explicit BundleEvaluator(const kernel::Kernel& kernel) : policy_(confirm::bundle_of(kernel)) {}
  std::string name() const override { return "bundle"; }
  tl::expected<std::string, std::string> decide(const json::Value& request) override {
    if (!policy_) return tl::unexpected("the loader refuses the bundle: " + policy_.error());
    auto answer = (*policy_)->decide(request);
    if (!answer) return tl::unexpected(fmt::format("{} at {}: {}", answer.error().code, answer.error().at, answer.error().what));
    answer->bundle.clear();
    answer->decision_id.clear();
    return authzen::to_json(*answer);
  }

 private:
  tl::expected<std::shared_ptr<const authzen::Policy>, std::string> policy_;
};

}  // namespace

MakeEvaluator on_the_bundle() {
  return [](const kernel::Kernel& kernel) -> std::unique_ptr<Evaluator> { return std::make_unique<BundleEvaluator>(kernel); };
}

}  // namespace writ::testing
