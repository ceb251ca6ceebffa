// Growth, not speed: four times the policy takes about four times the work, and a decision as long with 10,000 roles as with 10. A square
// would be 16 and 1,000 times; the bounds lie between, wide enough for a busy machine.
#include <ctime>

#include <gtest/gtest.h>

#include "bench/inputs/bundled.h"
#include "bench/inputs/lowered.h"
#include "compiler/format/format.h"
#include "compiler/testing/testing.h"

namespace writ::bench {
namespace {

constexpr std::size_t kSmall = 2'000, kLarge = 4 * kSmall;
constexpr double kNearlyLinear = 8;

/// Processor time of this process, the best of `runs`: others on the machine do not count.
template <class Run>
double cost(int runs, Run run) {
  double best = 1e30;
  for (int i = 0; i < runs; ++i) {
    const std::clock_t begin = std::clock();
    run();
    best = std::min(best, static_cast<double>(std::clock() - begin) + 1);
  }
  return best;
}

template <class Work>
double growth(Work work) {
  const auto small = areas(kSmall), large = areas(kLarge);
  return cost(3, [&] { work(large); }) / cost(3, [&] { work(small); });
}

TEST(Growth, ParsingIsNearlyLinear) {
  EXPECT_LT(growth([](const auto& files) { Compiled(files).parse(); }), kNearlyLinear);
}

TEST(Growth, CheckingIsNearlyLinearTestsIncluded) {
  EXPECT_LT(growth([](const auto& files) { Compiled(files).all().check_tests(); }), kNearlyLinear);
}

TEST(Growth, FormattingIsNearlyLinear) {
  EXPECT_LT(growth([](const auto& files) {
              Compiled policy(files);
              for (const cst::Tree& tree : policy.parse()) EXPECT_TRUE(format::format(tree, policy.sources));
            }),
            kNearlyLinear);
}

TEST(Growth, RunningTestsIsNearlyLinear) {
  EXPECT_LT(growth([](const auto& files) {
              Compiled policy(files);
              policy.parse();
              policy.build();
              for (const testing::TestResult& result : testing::run(policy.pointers, policy.sources, {}, policy.sink)) EXPECT_TRUE(result.passed()) << result.name;
            }),
            kNearlyLinear);
}

/// Work on the kernel of crowd(roles), for four times the roles.
template <class Work>
double growth_of_roles(Work work) {
  static Compiled small(crowd(2'500)), large(crowd(10'000));
  if (!small.kernel) small.all();
  if (!large.kernel) large.all();
  return cost(3, [&] { work(large); }) / cost(3, [&] { work(small); });
}

TEST(Growth, LoweringAndWritingABundleIsNearlyLinear) {
  EXPECT_LT(growth_of_roles([](const Compiled& policy) { emit::to_bytes(lower::lower(*policy.kernel, {})); }), kNearlyLinear);
}

TEST(Growth, PrintingTheKernelIsNearlyLinear) {
  EXPECT_LT(growth_of_roles([](const Compiled& policy) { EXPECT_FALSE(kernel::print(*policy.kernel, policy.sources).empty()); }), kNearlyLinear);
}

TEST(Growth, LoadingABundleIsNearlyLinear) {
  const std::string small = bytes_of(crowd(500)), large = bytes_of(crowd(2'000));
  const double ratio = cost(3, [&] { for (int i = 0; i < 20; ++i) Bundled bundle(large); }) / cost(3, [&] { for (int i = 0; i < 20; ++i) Bundled bundle(small); });
  EXPECT_LT(ratio, kNearlyLinear);
  EXPECT_NEAR(static_cast<double>(large.size()) / static_cast<double>(small.size()), 4, 0.5);   // and so is its size
}

/// The price of one prepared decision among `roles` roles.
double decision(std::size_t roles) {
  Bundled bundle(bytes_of(crowd(roles)));
  CrowdRequest asked(bundle, roles);
  core::Scratch scratch(bundle.policy(), bundle.memory());
  const auto once = core::evaluate(bundle.policy(), asked.request, scratch, core::Tell::Everything);
  EXPECT_EQ(once.status, core::Status::ok);
  EXPECT_EQ(once.decision.outcome, core::Outcome::Permit);
  return cost(5, [&] {
    for (int i = 0; i < 4'000; ++i) core::evaluate(bundle.policy(), asked.request, scratch, core::Tell::Everything);
  });
}

TEST(Growth, APreparedDecisionCostsTheSameAmongTenThousandRolesAsAmongTen) {
  double few = 1, many = 1;
  for (int attempt = 0; attempt < 3; ++attempt) {   // a cache that others emptied is no growth
    few = decision(10);
    many = decision(10'000);
    if (many <= 2 * few) break;
  }
  EXPECT_LE(many, 2 * few);
}

TEST(Inputs, AreTheSameEveryTimeAndOfTheStatedSize) {
  for (const std::size_t lines : {std::size_t{1'000}, std::size_t{10'000}}) {
    const auto files = areas(lines), again = areas(lines);
    EXPECT_GE(lines_of(files), lines);
    EXPECT_LT(lines_of(files), lines + 100);
    ASSERT_EQ(files.size(), again.size());
    for (std::size_t i = 0; i < files.size(); ++i) EXPECT_EQ(files[i].text, again[i].text);
  }
}

}  // namespace
}  // namespace writ::bench
