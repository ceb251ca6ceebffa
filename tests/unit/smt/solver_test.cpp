#include "compiler/smt/solver.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdio>
#include <thread>

namespace writ::smt {
namespace {

constexpr std::uint64_t kBudget = 10'000'000;

TEST(Terms, EqualTermsHaveEqualIds) {
  Terms t;
  const Term a = t.boolean("a"), b = t.boolean("b");
  EXPECT_EQ(t.conjunction(a, b), t.conjunction(b, a));
  EXPECT_EQ(t.disjunction(a, t.disjunction(b, a)), t.disjunction(a, b));
  EXPECT_EQ(t.negation(t.negation(a)), a);
  EXPECT_EQ(t.conjunction(a, t.negation(a)), t.falsity());
  EXPECT_EQ(t.implies(a, a), t.truth());
}

TEST(Terms, ConstantsFold) {
  Terms t;
  EXPECT_EQ(t.less(t.integer(3), t.integer(4)), t.truth());
  EXPECT_EQ(t.less_equal(t.integer(4), t.integer(3)), t.falsity());
  EXPECT_EQ(t.add(t.integer(3), t.integer(4)), t.integer(7));
  EXPECT_EQ(t.scale(t.integer(-3), 5), t.integer(-15));
  EXPECT_EQ(t.equal(t.bits(1, 4), t.bits(2, 4)), t.falsity());
}

TEST(Terms, AtLeastCounts) {
  Terms t;
  std::vector<Term> vars;
  for (int i = 0; i < 5; ++i) vars.push_back(t.boolean("v" + std::to_string(i)));
  for (unsigned set = 0; set < 32; ++set) {
    Solver s(t, kBudget, nullptr);
    for (unsigned i = 0; i < 5; ++i) s.add((set >> i & 1) != 0 ? vars[i] : t.negation(vars[i]));
    s.add(t.at_least(3, vars));
    EXPECT_EQ(s.check(), __builtin_popcount(set) >= 3 ? Answer::Sat : Answer::Unsat) << set;
  }
}

TEST(Solver, FindsAModel) {
  Terms t;
  const Term x = t.variable("x", kInt), y = t.variable("y", bits_sort(5));
  Solver s(t, kBudget, nullptr);
  s.add(t.less(t.integer(41), x));
  s.add(t.less(x, t.integer(43)));
  s.add(t.equal(y, t.bits(19, 5)));
  ASSERT_EQ(s.check(), Answer::Sat);
  EXPECT_EQ(s.number(x), 42);
  EXPECT_EQ(s.number(y), 19);
  EXPECT_TRUE(s.boolean(t.less(x, t.integer(100))));
}

TEST(Solver, NegativeAndLargeNumbersSurvive) {
  Terms t;
  const Term x = t.variable("x", kInt);
  const __int128 large = static_cast<__int128>(1'000'000'000'000'000'000) * 1'000'000;
  Solver s(t, kBudget, nullptr);
  s.add(t.equal(x, t.integer(-large)));
  ASSERT_EQ(s.check(), Answer::Sat);
  EXPECT_EQ(to_string(s.number(x)), "-1000000000000000000000000");
}

TEST(Solver, CoreNamesWhatWasNeeded) {
  Terms t;
  const Term x = t.variable("x", kInt);
  Solver s(t, kBudget, nullptr);
  s.add(t.less(x, t.integer(10)));
  const Answer answer = s.check({t.less(x, t.integer(100)), t.less(t.integer(20), x), t.boolean("other")});
  ASSERT_EQ(answer, Answer::Unsat);
  EXPECT_EQ(s.core(), std::vector<std::size_t>{1});
}

TEST(Solver, FunctionsRespectEquality) {
  Terms t;
  const Function f = t.declare("member", {kInt}, kBool);
  const Term x = t.variable("x", kInt), y = t.variable("y", kInt);
  Solver s(t, kBudget, nullptr);
  s.add(t.apply(f, {x}));
  s.add(t.negation(t.apply(f, {y})));
  EXPECT_EQ(s.check(), Answer::Sat);
  s.add(t.equal(x, y));
  EXPECT_EQ(s.check(), Answer::Unsat);
}

/// n + 1 pigeons in n holes: hard for any clause learner.
std::vector<Term> pigeons(Terms& t, int holes) {
  std::vector<Term> all;
  std::vector<std::vector<Term>> in(holes + 1);
  for (int p = 0; p <= holes; ++p)
    for (int h = 0; h < holes; ++h) in[p].push_back(t.boolean("p" + std::to_string(p) + "in" + std::to_string(h)));
  for (auto& row : in) all.push_back(t.disjunction(row));
  for (int h = 0; h < holes; ++h)
    for (int p = 0; p <= holes; ++p)
      for (int q = 0; q < p; ++q) all.push_back(t.negation(t.conjunction(in[p][h], in[q][h])));
  return all;
}

TEST(Solver, ABudgetEndsTheSearchAlikeEachTime) {
  std::vector<std::uint64_t> efforts;
  for (int run = 0; run < 2; ++run) {
    Terms t;
    Solver s(t, 200'000, nullptr);
    for (Term a : pigeons(t, 11)) s.add(a);
    EXPECT_EQ(s.check(), Answer::Limit);
    efforts.push_back(s.effort());
  }
  EXPECT_EQ(efforts[0], efforts[1]);
}

TEST(Solver, AnInterruptStopsWithin200Milliseconds) {
  Terms t;
  Interrupt interrupt;
  Solver s(t, 0xFFFF'FFFF, &interrupt);
  for (Term a : pigeons(t, 13)) s.add(a);
  std::chrono::steady_clock::time_point raised;
  std::thread other([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    raised = std::chrono::steady_clock::now();
    interrupt.raise();
  });
  EXPECT_EQ(s.check(), Answer::Interrupted);
  other.join();
  EXPECT_LT(std::chrono::steady_clock::now() - raised, std::chrono::milliseconds(200));
  EXPECT_EQ(s.check(), Answer::Interrupted) << "an interrupt stays raised";
}

std::string run(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  char buffer[256];
  while (fgets(buffer, sizeof buffer, pipe) != nullptr) out += buffer;
  pclose(pipe);
  return out;
}

TEST(Smtlib, TextAndInterfaceAgree) {
  if (run("command -v z3").empty()) GTEST_SKIP() << "no z3 binary";
  for (bool contradictory : {false, true}) {
    Terms t;
    const Term x = t.variable("amount of it", kInt), y = t.variable("y", bits_sort(4));
    const Function f = t.declare("in set", {kInt}, kBool);
    std::vector<Term> all{t.less(t.scale(x, -3), t.integer(-7)), t.unsigned_less(y, t.bits(9, 4)),
                          t.disjunction(t.apply(f, {x}), t.equal(y, t.bits(3, 4))),
                          t.equal(t.ite(t.boolean("b"), x, t.integer(5)), t.add(x, t.integer(0)))};
    if (contradictory) all.push_back(t.less(x, t.integer(3)));
    Solver s(t, kBudget, nullptr);
    for (Term a : all) s.add(a);
    const std::string file = testing::TempDir() + "writ_query.smt2";
    FILE* out = fopen(file.c_str(), "w");
    fputs(print_smtlib(t, all).c_str(), out);
    fclose(out);
    EXPECT_EQ(s.check(), contradictory ? Answer::Unsat : Answer::Sat);
    EXPECT_EQ(run("z3 -smt2 " + file), contradictory ? "unsat\n" : "sat\n");
  }
}

}  // namespace
}  // namespace writ::smt
