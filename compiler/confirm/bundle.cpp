#include "compiler/confirm/bundle.h"

#include <mutex>

#include <fmt/format.h>

#include "compiler/emit/emit.h"
#include "compiler/support/check.h"

namespace writ::confirm {
namespace {

question::Outcome outcome_of(core::Outcome outcome) {
  switch (outcome) {
    case core::Outcome::Deny: return question::Outcome::Deny;
    case core::Outcome::Indeterminate: return question::Outcome::Indeterminate;
    case core::Outcome::Pending: return question::Outcome::Pending;
    case core::Outcome::Permit: return question::Outcome::Permit;
  }
  return question::Outcome::Deny;
}

class BundleReplayer final : public verify::Replayer {
 public:
  explicit BundleReplayer(std::shared_ptr<const authzen::Policy> policy) : policy_(std::move(policy)) {}
  std::string_view name() const override { return "bundle"; }
  tl::expected<question::Decision, std::string> decide(std::string_view request) override {
    const auto answer = policy_->decide_text(request);
    if (!answer) return tl::unexpected(fmt::format("{} at {}: {}", answer.error().code, answer.error().at, answer.error().what));
    return decision_of(*answer);
  }
  bool answers(std::string_view request) const override {
    const auto answer = policy_->decide_text(request);
    return answer || answer.error().code != "unsupported_question";
  }

 private:
  std::shared_ptr<const authzen::Policy> policy_;
};

}  // namespace

tl::expected<std::shared_ptr<const authzen::Policy>, std::string> bundle_of(const kernel::Kernel& kernel, const lower::Options& options) {
  auto policy = authzen::Policy::load(emit::to_bytes(lower::lower(kernel, options)));
  if (policy) return std::move(*policy);
  const authzen::LoadError& e = policy.error();
  return tl::unexpected(fmt::format("{}: {} (section {}, record {})", e.code, e.what, e.section, e.record));
}

question::Decision decision_of(const authzen::Answer& a) {
  const explain::Decision& told = a.decision;
  question::Decision d;
  d.outcome = outcome_of(told.outcome);
  d.reason = told.reason;
  d.valid_until = told.valid_until;
  for (const auto& c : told.decided_by) d.decided_by.push_back({c.id, c.at, c.sentence});
  for (const auto& l : told.lifts) d.lifts.push_back({l.id, l.kind, l.owner, l.until, l.approval, l.control});
  for (const auto& o : told.obligations) d.obligations.push_back({o.id, o.kind, o.whom});
  for (const auto& m : told.missing) d.missing.push_back({m.requirement, m.chain, m.step, m.who, m.by});
  for (const auto& u : told.unknown) d.unknown.push_back({u.fact, u.reason});
  for (const auto& n : told.nearest_misses) d.nearest_misses.push_back({n.grant, n.at, n.held, n.failed, n.unknown});
  for (const auto& f : told.findings) d.findings.push_back({f.rule, f.person, f.within, f.state, f.from, f.until});
  for (const auto& i : a.ignored) d.ignored.push_back({i.name, i.nearest, i.path, i.why});
  d.holds_for_version = a.holds_for_version;
  d.bundle = a.bundle;
  d.policy_version = a.policy_version;
  d.decision_id = a.decision_id;
  return d;
}

std::unique_ptr<verify::Replayer> bundle_replayer(const kernel::Kernel& kernel) {
  auto policy = bundle_of(kernel);
  WRIT_CHECK(policy.has_value(), "the loader refuses the policy's own bundle: " + policy.error());
  return std::make_unique<BundleReplayer>(std::move(*policy));
}

verify::MakeReplayer shared_bundle_replayer(const kernel::Kernel& kernel) {
  struct Shared {
    std::once_flag once;
    std::unique_ptr<verify::Replayer> first;
  };
  return [&kernel, shared = std::make_shared<Shared>()](const kernel::Kernel& k) -> std::unique_ptr<verify::Replayer> {
    if (&k != &kernel) return bundle_replayer(k);
    std::call_once(shared->once, [&] { shared->first = bundle_replayer(k); });
    return std::make_unique<BundleReplayer>(static_cast<const BundleReplayer&>(*shared->first));
  };
}

}  // namespace writ::confirm
