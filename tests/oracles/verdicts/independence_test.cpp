// `decision on A does not depend on F` against the enumerator: over every request of a small policy, does any value of F, unknown and absent
// included, change a decision?
#include "compiler/kernel/elaborate.h"
#include "compiler/verify/run.h"
#include "tests/oracles/verdicts/generate.h"
#include "tests/oracles/verdicts/requests.h"

namespace writ::oracles {
namespace {

constexpr unsigned kPolicies = 40, kMostSeeds = 700;
constexpr std::size_t kMostRequests = 1'500;

std::string counted(const Requests& requests, const std::string& fact) {
  const auto& axes = requests.axes();
  const auto axis = static_cast<std::size_t>(std::find_if(axes.begin(), axes.end(), [&](const auto& a) { return a.name == fact; }) - axes.begin());
  bool some = false;
  for (std::size_t p = 0; p < requests.size(); ++p) {
    some |= requests.decision(p).outcome >= question::Outcome::Pending;
    if (axis == axes.size()) continue;   // nothing reads it
    for (const std::string& value : axes[axis].values)
      if (!same(requests.decision(p), requests.decision(*requests.with(p, axis, value)))) return "refuted";
  }
  return some ? "proved" : "vacuous";
}

TEST(Verdicts, IndependenceIsWhatTheEnumeratorCounts) {
  Tally tally;
  unsigned policies = 0;
  for (unsigned seed = 1; seed <= kMostSeeds && policies < kPolicies; ++seed) {
    Policy policy(seed, seed % 3 == 0 ? Focus::Lifts : Focus::Mixed);
    const std::vector<std::pair<std::string, TermId>> facts{{"principal.grade", policy.principal(policy.grade)}, {"resource.amount", policy.resource(policy.amount)},
                                                            {"resource.closed", policy.resource(policy.closed)}, {"resource.note", policy.resource(policy.note)},
                                                            {"context.urgent", policy.ctx(policy.urgent)}};
    for (std::size_t i = 0; i < facts.size(); ++i) {
      kernel::Claim claim;
      claim.name = fmt::format("firm.f{}", i);
      claim.kind = kernel::Claim::Kind::Independent;
      claim.action = policy.act;
      claim.facts = {facts[i].second};
      policy.k.claims.add(claim);
    }
    const kernel::Kernel kernel = policy.finish();
    const auto requests = Requests::all(kernel, policy.act, kMostRequests);
    if (!requests) continue;
    ++policies;
    verify::Options options;
    options.names = {"assert"};
    const verify::ProofRun run = verify::prove(kernel, {}, options);
    ASSERT_EQ(run.results.size(), facts.size());
    for (std::size_t i = 0; i < facts.size(); ++i)
      tally.compare("independent", run.results[i], counted(*requests, facts[i].first), fmt::format("seed {}", seed));
  }
  tally.print();
  EXPECT_EQ(policies, kPolicies);
  tally.expect("independent", {"proved", "refuted"}, 40);
}

}  // namespace
}  // namespace writ::oracles
