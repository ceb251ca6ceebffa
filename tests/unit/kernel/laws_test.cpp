// The only rewritings that happen to a condition are identities of strong Kleene logic that keep horizons (semantics.md 3.1, 3.4). Here every
// law of the store's builders is compared with the definition, over T, F, U and horizons, exhaustively on small trees and at random.
#include <functional>
#include <random>

#include <gtest/gtest.h>

#include "compiler/kernel/kleene.h"
#include "compiler/typed_ir/program.h"

namespace writ::kernel {
namespace {

using typed_ir::CondId;
using typed_ir::CondKind;
using typed_ir::Conditions;
using typed_ir::kForever;

/// A tree as an author writes it, evaluated by the definition and built by the store.
struct Tree {
  enum class Kind { Leaf, True, False, Not, And, Or } kind = Kind::Leaf;
  std::size_t leaf = 0;
  std::vector<Tree> of;
};

Timed define(const Tree& t, const std::vector<Timed>& leaves) {
  std::vector<Timed> operands;
  for (const Tree& o : t.of) operands.push_back(define(o, leaves));
  switch (t.kind) {
    case Tree::Kind::Leaf: return leaves[t.leaf];
    case Tree::Kind::True: return {Truth::True, kForever};
    case Tree::Kind::False: return {Truth::False, kForever};
    case Tree::Kind::Not: return negate(operands[0]);
    case Tree::Kind::And: return conjunction(operands);
    case Tree::Kind::Or: return disjunction(operands);
  }
  return {};
}

class Built {
 public:
  Built() {
    typed_ir::Type flag;
    for (std::uint32_t i = 0; i < 3; ++i) {
      typed_ir::Cond c;
      c.kind = CondKind::Fact;
      c.t = {store_.root(typed_ir::Root::Parameter, flag, i)};
      leaves_.push_back(store_.add(std::move(c)));
    }
  }
  CondId build(const Tree& t) {
    std::vector<CondId> operands;
    for (const Tree& o : t.of) operands.push_back(build(o));
    switch (t.kind) {
      case Tree::Kind::Leaf: return leaves_[t.leaf];
      case Tree::Kind::True: return store_.truth();
      case Tree::Kind::False: return store_.falsity();
      case Tree::Kind::Not: return store_.negation(operands[0]);
      case Tree::Kind::And: return store_.conjunction(operands);
      case Tree::Kind::Or: return store_.disjunction(operands);
    }
    return {};
  }
  Timed evaluate(CondId id, const std::vector<Timed>& leaves) const {
    const typed_ir::Cond& c = store_.cond(id);
    std::vector<Timed> operands;
    for (const CondId inner : c.c) operands.push_back(evaluate(inner, leaves));
    switch (c.kind) {
      case CondKind::True: return {Truth::True, kForever};
      case CondKind::False: return {Truth::False, kForever};
      case CondKind::Not: return negate(operands[0]);
      case CondKind::And: return conjunction(operands);
      case CondKind::Or: return disjunction(operands);
      default: return leaves[store_.term(c.t[0]).index];
    }
  }
  const Conditions& store() const { return store_; }

 private:
  Conditions store_;
  std::vector<CondId> leaves_;
};

const std::vector<Timed>& timed_values() {
  static const std::vector<Timed> all = [] {
    std::vector<Timed> values;
    for (const Truth t : {Truth::False, Truth::Unknown, Truth::True})
      for (const typed_ir::Instant h : {typed_ir::Instant{1}, typed_ir::Instant{2}, kForever}) values.push_back({t, h});
    return values;
  }();
  return all;
}

void for_all_leaves(const std::function<void(const std::vector<Timed>&)>& visit) {
  for (const Timed a : timed_values())
    for (const Timed b : timed_values())
      for (const Timed c : timed_values()) visit({a, b, c});
}

void expect_law(const Tree& tree) {
  Built built;
  const CondId id = built.build(tree);
  for_all_leaves([&](const std::vector<Timed>& leaves) { ASSERT_EQ(built.evaluate(id, leaves), define(tree, leaves)); });
}

Tree leaf(std::size_t i) { return {Tree::Kind::Leaf, i, {}}; }
Tree node(Tree::Kind kind, std::vector<Tree> of) { return {kind, 0, std::move(of)}; }
const Tree a = leaf(0), b = leaf(1), c = leaf(2), t = node(Tree::Kind::True, {}), f = node(Tree::Kind::False, {});
Tree no(Tree x) { return node(Tree::Kind::Not, {std::move(x)}); }
Tree all(std::vector<Tree> of) { return node(Tree::Kind::And, std::move(of)); }
Tree any(std::vector<Tree> of) { return node(Tree::Kind::Or, std::move(of)); }

TEST(Laws, of_the_builders) {
  for (const Tree& law : {no(no(a)), no(t), no(f), all({a, t}), all({a, f}), all({a, a}), all({b, a}), all({a, all({b, c})}), all({}), any({a, f}), any({a, t}),
                          any({a, a}), any({c, a}), any({a, any({b, c})}), any({}), all({a, all({b, a}), t}), any({any({a, f}), b, a})})
    expect_law(law);
}

Tree random_tree(std::mt19937& random, int depth) {
  const auto pick = [&](int n) { return std::uniform_int_distribution<int>(0, n - 1)(random); };
  if (depth == 0 || pick(6) == 0) return pick(8) == 0 ? t : pick(8) == 0 ? f : leaf(static_cast<std::size_t>(pick(3)));
  if (pick(3) == 0) return no(random_tree(random, depth - 1));
  std::vector<Tree> of;
  for (int i = 0, n = pick(4); i < n; ++i) of.push_back(random_tree(random, depth - 1));
  return pick(2) ? all(std::move(of)) : any(std::move(of));
}

TEST(Laws, hold_on_random_trees) {
  std::mt19937 random(7);
  for (int i = 0; i < 300 && !HasFatalFailure(); ++i) expect_law(random_tree(random, 4));
}

TEST(Laws, of_de_morgan_keep_horizons) {
  for_all_leaves([&](const std::vector<Timed>& leaves) {
    EXPECT_EQ(define(no(all({a, b})), leaves), define(any({no(a), no(b)}), leaves));
    EXPECT_EQ(define(no(any({a, b})), leaves), define(all({no(a), no(b)}), leaves));
  });
}

TEST(Laws, at_least_is_and_for_all_and_or_for_one) {
  for_all_leaves([&](const std::vector<Timed>& leaves) {
    EXPECT_EQ(at_least(3, leaves), conjunction(leaves));
    EXPECT_EQ(at_least(1, leaves), disjunction(leaves));
  });
}

/// The value of `at least 2 of 3` is that of its pairs; its horizon is its own, so only conditions about to lose their facts are spread.
TEST(Laws, at_least_has_the_value_of_its_choices) {
  for_all_leaves([&](const std::vector<Timed>& leaves) {
    EXPECT_EQ(at_least(2, leaves).truth, define(any({all({a, b}), all({a, c}), all({b, c})}), leaves).truth);
    const std::vector<Timed> failed{negate(leaves[0]), negate(leaves[1]), negate(leaves[2])};
    EXPECT_EQ(negate(at_least(2, leaves).truth), at_least(2, failed).truth);
  });
}

TEST(Laws, the_excluded_middle_is_none) {
  Built built;
  EXPECT_NE(built.build(any({a, no(a)})), built.build(t));
  EXPECT_NE(built.build(all({a, no(a)})), built.build(f));
}

TEST(Laws, absorption_is_none_because_it_moves_a_horizon) {
  const std::vector<Timed> leaves{{Truth::Unknown, kForever}, {Truth::False, 1}, {}};
  EXPECT_EQ(define(any({a, all({a, b})}), leaves).truth, define(a, leaves).truth);
  EXPECT_NE(define(any({a, all({a, b})}), leaves).horizon, define(a, leaves).horizon);
  Built built;
  EXPECT_NE(built.build(any({a, all({a, b})})), built.build(a));
}

}  // namespace
}  // namespace writ::kernel
