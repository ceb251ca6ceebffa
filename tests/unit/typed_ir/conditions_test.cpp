#include "compiler/typed_ir/conditions.h"

#include <gtest/gtest.h>

#include "tests/unit/typed_ir/small_program.h"

namespace writ::typed_ir {
namespace {

class Store : public ::testing::Test {
 protected:
  Small small;
  Conditions& store = small.program.conditions;
  CondId a = store.equal(small.field("period"), small.closed());
  CondId b = store.less(small.field("amount"), small.euros(500));
  CondId c = store.equal(small.field("period"), small.open());
};

TEST_F(Store, EqualConditionsHaveEqualIds) {
  const std::size_t terms = store.term_count(), conds = store.cond_count();
  EXPECT_EQ(store.equal(small.field("period"), small.closed()), a);
  EXPECT_EQ(store.less(small.field("amount"), small.euros(500)), b);
  EXPECT_EQ(store.term_count(), terms);
  EXPECT_EQ(store.cond_count(), conds);
}

TEST_F(Store, ConditionsThatDifferInOneFieldHaveDifferentIds) {
  EXPECT_NE(store.less(small.field("amount"), small.euros(501)), b);
  EXPECT_NE(store.less_equal(small.field("amount"), small.euros(500)), b);
  EXPECT_NE(store.less(small.euros(500), small.field("amount")), b);
  Value dollars = store.term(small.euros(500)).value;
  dollars.text = "USD";
  EXPECT_NE(store.literal(dollars, store.term(small.euros(500)).type), small.euros(500));
}

TEST_F(Store, OneRootPerParameterAndBinder) {
  const Type employee = small.ref(small.employee);
  EXPECT_EQ(store.root(Root::Principal, employee), store.root(Root::Principal, employee));
  EXPECT_NE(store.root(Root::Parameter, employee, 0), store.root(Root::Parameter, employee, 1));
  EXPECT_NE(store.root(Root::Parameter, employee, 0), store.root(Root::Binder, employee, 0));
}

TEST_F(Store, NegationCancelsAndTurnsConstants) {
  EXPECT_EQ(store.negation(store.negation(a)), a);
  EXPECT_EQ(store.negation(store.truth()), store.falsity());
  EXPECT_EQ(store.negation(store.falsity()), store.truth());
  EXPECT_NE(store.negation(store.unknown_cond()), store.unknown_cond());
}

TEST_F(Store, ConjunctionIsASet) {
  const CondId abc = store.conjunction({a, b, c});
  EXPECT_EQ(store.conjunction({c, a, b, a}), abc);
  EXPECT_EQ(store.conjunction({store.conjunction({c, b}), a}), abc);
  EXPECT_TRUE(std::is_sorted(store.cond(abc).c.begin(), store.cond(abc).c.end()));
}

TEST_F(Store, ConjunctionWithConstants) {
  EXPECT_EQ(store.conjunction({}), store.truth());
  EXPECT_EQ(store.conjunction({a}), a);
  EXPECT_EQ(store.conjunction({store.truth(), a}), a);
  EXPECT_EQ(store.conjunction({a, store.falsity(), b}), store.falsity());
  EXPECT_EQ(store.cond(store.conjunction({a, store.unknown_cond()})).c.size(), 2u);
}

TEST_F(Store, DisjunctionMirrorsConjunction) {
  EXPECT_EQ(store.disjunction({}), store.falsity());
  EXPECT_EQ(store.disjunction({store.falsity(), a}), a);
  EXPECT_EQ(store.disjunction({a, store.truth()}), store.truth());
  EXPECT_EQ(store.disjunction({store.disjunction({b, a}), c}), store.disjunction({c, b, a}));
  EXPECT_NE(store.disjunction({a, b}), store.conjunction({a, b}));
}

TEST_F(Store, AConditionOrItsNegationIsNotTrue) {
  const CondId middle = store.disjunction({a, store.negation(a)});
  EXPECT_EQ(store.cond(middle).kind, CondKind::Or);
}

TEST_F(Store, RollUpToItsOwnDimensionIsTheTermItself) {
  const TermId plant = small.field("plant");
  EXPECT_EQ(store.roll_up(plant, small.plant, small.program.schema), plant);
  const TermId entity = store.roll_up(plant, small.entity, small.program.schema);
  EXPECT_EQ(store.term(entity).kind, TermKind::RollUp);
  EXPECT_EQ(store.term(entity).type.enumeration, small.entity);
  EXPECT_THROW(store.roll_up(small.field("period"), small.entity, small.program.schema), support::InternalError);
}

TEST_F(Store, SubstitutionReachesEveryPlace) {
  const Type employee = small.ref(small.employee);
  const TermId principal = store.root(Root::Principal, employee), binder = store.root(Root::Binder, employee, 2);
  const AttributeId grade = *small.program.schema.find_attribute(small.employee, "grade");
  const auto about = [&](TermId person) {
    return store.conjunction({a, store.negation(store.less(store.attribute(person, grade, small.scalar(Scalar::Int)), small.number(3)))});
  };
  EXPECT_EQ(substitute(store, about(principal), {{principal, binder}}), about(binder));
}

TEST_F(Store, SubstitutionKeepsWhatItDoesNotTouch) {
  const TermId nowhere = store.root(Root::Scope, small.of(small.entity));
  const CondId both = store.conjunction({a, b});
  const std::size_t before = store.cond_count();
  EXPECT_EQ(substitute(store, both, {{nowhere, small.field("plant")}}), both);
  EXPECT_EQ(store.cond_count(), before);
}

TEST_F(Store, SubstitutionAppliesTheLaws) {
  const TermId parameter = store.root(Root::Parameter, small.of(small.plant), 0);
  const TermId rolled = store.roll_up(parameter, small.entity, small.program.schema);
  const TermId scope = store.root(Root::Scope, small.of(small.entity));
  EXPECT_EQ(substitute(store, rolled, {{parameter, scope}}), scope);
  const CondId both = store.conjunction({store.equal(parameter, scope), store.equal(scope, scope)});
  EXPECT_EQ(substitute(store, both, {{parameter, scope}}), store.equal(scope, scope));
}

TEST_F(Store, ManyConditionsAreFoundAgain) {
  std::vector<CondId> first;
  for (int i = 0; i < 20'000; ++i) first.push_back(store.less(small.field("amount"), small.euros(i)));
  const std::size_t count = store.cond_count();
  for (int i = 0; i < 20'000; ++i) ASSERT_EQ(store.less(small.field("amount"), small.euros(i)), first[static_cast<std::size_t>(i)]);
  EXPECT_EQ(store.cond_count(), count);
}

}  // namespace
}  // namespace writ::typed_ir
