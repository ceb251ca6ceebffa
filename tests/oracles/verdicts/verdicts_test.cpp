// Verdicts of the prover against a count over every request: two independent readings of the kernel must agree on every obligation.
#include <gtest/gtest.h>

#include <iostream>

#include "compiler/verify/run.h"
#include "compiler/verify/verify.h"
#include "tests/oracles/verdicts/grid.h"

namespace writ::oracles {
namespace {

constexpr std::size_t kLargestGrid = 900;
constexpr unsigned kPolicies = 30, kMostSeeds = 400;

kernel::Kernel reindexed(kernel::Kernel k) {
  k.grants_of_action.clear();
  for (kernel::GrantId g : k.grants.ids())
    for (ActionId a : k.grants[g].access.actions) k.grants_of_action[a].push_back(g);
  return k;
}

/// Only these grants; `restrictions` false: no restrictions.
kernel::Kernel with_grants(const kernel::Kernel& k, const std::set<kernel::GrantId>& keep) {
  kernel::Kernel out = k;
  out.grants = {};
  for (kernel::GrantId g : k.grants.ids())
    if (keep.contains(g)) out.grants.add(k.grants[g]);
  return reindexed(out);
}
kernel::Kernel without_restriction(const kernel::Kernel& k, kernel::RestrictionId gone) {
  kernel::Kernel out = k;
  for (auto& [action, list] : out.restrictions_of_action) std::erase(list, gone);
  return out;
}
kernel::Kernel without_lift(const kernel::Kernel& k, kernel::LiftId gone) {
  kernel::Kernel out = k;
  for (auto& [restriction, list] : out.lifts_of) std::erase(list, gone);
  return out;
}

/// What the grid says of one policy.
class Counted {
 public:
  Counted(const Policy& policy, const kernel::Kernel& kernel, const Grid& grid) : policy_(policy), kernel_(kernel), grid_(grid), all_(kernel, grid) {}

  const Answers& all() const { return all_; }

  const Answers& only(const std::set<kernel::GrantId>& grants) {
    auto found = by_grants_.find(grants);
    if (found == by_grants_.end()) found = by_grants_.emplace(grants, std::make_unique<Answers>(with_grants(kernel_, grants), grid_)).first;
    return *found->second;
  }

  bool in_some_permit(kernel::GrantId g) {
    const Answers& mine = only({g});
    return mine.any([&](std::size_t i, std::size_t p) { return mine.allowed(i, p); });
  }
  bool alone_somewhere(kernel::GrantId g, const std::set<kernel::GrantId>& ignored) {
    std::set<kernel::GrantId> others;
    for (kernel::GrantId o : policy_.grant_ids)
      if (o != g && !ignored.contains(o)) others.insert(o);
    const Answers &mine = only({g}), &theirs = only(others);
    return mine.any([&](std::size_t i, std::size_t p) { return mine.allowed(i, p) && !theirs.allowed(i, p); });
  }
  bool redundant(kernel::GrantId g) {
    if (alone_somewhere(g, {})) return false;
    std::set<kernel::GrantId> ignored;
    for (kernel::GrantId later : policy_.grant_ids)
      if (g < later && redundant(later)) ignored.insert(later);
    return ignored.empty() || !alone_somewhere(g, ignored);
  }
  bool changes(const kernel::Kernel& other) {
    const Answers gone(other, grid_);
    return all_.any([&](std::size_t i, std::size_t p) { return !same(all_.at(i, p), gone.at(i, p)); });
  }
  bool horizon_holds() const {
    return !all_.any([&](std::size_t i, std::size_t p) {
      const question::Decision& now = all_.at(i, p);
      for (std::size_t j = i + 1; j < all_.instants(); ++j) {
        const bool before_end = !now.valid_until || grid_.now[j] < *now.valid_until;
        if (before_end && !same(now, all_.at(j, p))) return true;
      }
      return false;
    });
  }
  bool fails_closed() const {
    return !all_.any([&](std::size_t i, std::size_t p) {
      for (std::size_t axis = 0; axis < grid_.axes.size(); ++axis) {
        if (!grid_.is_fact(axis)) continue;
        const auto fewer = all_.at(i, grid_.without(p, axis)).outcome, full = all_.at(i, p).outcome;
        if (fewer >= question::Outcome::Pending && fewer > full) return true;
      }
      return false;
    });
  }
  /// Cells are told apart by the facts that the grant compares with literals: bools and numbers, not whether something is absent.
  bool overclaims(kernel::GrantId g) {
    std::set<std::size_t> own;
    const std::string where = typed_ir::print(kernel_.conditions, kernel_.schema, kernel_.grants[g].access.where);
    for (std::size_t a = 0; a < grid_.axes.size(); ++a)
      if (grid_.is_fact(a) && grid_.axes[a].name != "note" && where.find("." + grid_.axes[a].name) != std::string::npos) own.insert(a);
    if (own.empty()) return false;
    kernel::Kernel free = with_grants(kernel_, {g}), shadowed = free;
    free.restrictions_of_action.clear();
    for (auto& [action, list] : shadowed.restrictions_of_action)
      std::erase_if(list, [&](kernel::RestrictionId r) {
        const kernel::Restriction& form = kernel_.restrictions[r];
        return !form.yields.empty() || form.requirement || kernel_.lifts_of.contains(r);
      });
    const Answers granted(free, grid_), kept(shadowed, grid_);
    std::map<std::vector<std::string>, bool> cells;   // can the grant hold there; is it permitted there
    std::set<std::vector<std::string>> permitted;
    granted.any([&](std::size_t i, std::size_t p) {
      if (!grid_.complete(p) || granted.at(i, p).outcome != question::Outcome::Permit) return false;
      std::vector<std::string> cell;
      for (std::size_t a : own) cell.push_back(grid_.value(p, a));   // one value per region that any literal tells apart
      cells[cell] = true;
      if (kept.at(i, p).outcome == question::Outcome::Permit) permitted.insert(cell);
      return false;
    });
    for (const auto& [cell, reached] : cells)
      if (!permitted.contains(cell)) return true;
    return false;
  }
  bool expires(kernel::LiftId lift) {
    const Answers gone(without_lift(kernel_, lift), grid_);
    return !all_.any([&](std::size_t i, std::size_t p) { return grid_.now[i] >= kernel_.lifts[lift].until && !same(all_.at(i, p), gone.at(i, p)); });
  }

 private:
  const Policy& policy_;
  const kernel::Kernel& kernel_;
  const Grid& grid_;
  Answers all_;
  std::map<std::set<kernel::GrantId>, std::unique_ptr<Answers>> by_grants_;
};

struct Tally {
  std::map<std::string, unsigned> verdicts;
  std::map<std::string, unsigned> outcomes;
  std::map<std::string, unsigned> policies_with;   ///< in which that outcome occurs
  unsigned policies = 0, obligations = 0;
  std::size_t requests = 0;
};

void judge(unsigned seed, Tally& tally) {
  Policy policy(seed);
  const kernel::Kernel kernel = policy.finish();
  const Grid grid(policy);
  if (grid.size() > kLargestGrid) return;
  Counted counted(policy, kernel, grid);
  const verify::ProofRun run = verify::prove(kernel, {}, {});
  ++tally.policies;
  tally.requests += grid.size();
  std::set<std::string> here;
  counted.all().any([&](std::size_t i, std::size_t p) {
    const std::string outcome(question::to_string(counted.all().at(i, p).outcome));
    ++tally.outcomes[outcome];
    here.insert(outcome);
    return false;
  });
  for (const std::string& o : here) ++tally.policies_with[o];
  for (const verify::Result& r : run.results) {
    const verify::Target& t = r.obligation.target;
    using Q = verify::Target::Question;
    std::optional<bool> holds;
    switch (t.question) {
      case Q::DeadGrant: holds = counted.in_some_permit(t.grant) && !counted.redundant(t.grant); break;
      case Q::DeadRestriction: holds = counted.changes(without_restriction(kernel, t.restriction)); break;
      case Q::DeadLift: holds = counted.changes(without_lift(kernel, t.lift)); break;
      case Q::Horizon: holds = counted.horizon_holds(); break;
      case Q::FailClosed: holds = counted.fails_closed(); break;
      case Q::Expiry: holds = counted.expires(t.lift); break;
      case Q::RoleSod:
      case Q::Claim:
      case Q::Terms:
      case Q::DeadRole: break;
      case Q::Overclaim: holds = !counted.overclaims(t.grant); break;
      case Q::BrokenLift:
      case Q::BrokenBirthright:
      case Q::SingleValued: break;
    }
    if (!holds) continue;
    ++tally.obligations;
    ++tally.verdicts[*holds ? "proved" : "refuted"];
    const bool vacuous = r.verdict.kind == verify::VerdictKind::Vacuous;
    EXPECT_TRUE(vacuous || r.verdict.success() == *holds)
        << "seed " << seed << ": " << r.obligation.id << " is " << verify::to_string(r.verdict.kind) << " (" << r.verdict.detail << "), the count says "
        << (*holds ? "proved" : "refuted") << "\n" << typed_ir::print(kernel.conditions, kernel.schema, kernel.grants[kernel::GrantId{0}].access.where);
  }
}

TEST(Verdicts, AgreeWithACountOverEveryRequest) {
  Tally tally;
  for (unsigned seed = 1; seed <= kMostSeeds && tally.policies < kPolicies; ++seed) judge(seed, tally);
  std::cout << tally.policies << " policies, " << tally.obligations << " obligations, " << tally.requests << " requests;";
  for (const auto& [v, n] : tally.verdicts) std::cout << " " << v << " " << n;
  for (const auto& [o, n] : tally.outcomes) std::cout << " " << o << " " << n;
  std::cout << "\n";
  EXPECT_EQ(tally.policies, kPolicies);
  for (const auto& [v, n] : tally.verdicts) EXPECT_GE(n * 100, tally.obligations * 15) << v << " is too rare to test anything";
  for (const auto& [o, n] : tally.policies_with) EXPECT_GE(n * 100, tally.policies * 15) << o << " occurs in too few policies";
}

}  // namespace
}  // namespace writ::oracles
