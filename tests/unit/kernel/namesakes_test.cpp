// Who a reference may be, against brute force: the holder and a friend with their facts, and strangers whose facts are free.
#include <gtest/gtest.h>

#include "tests/unit/kernel/small_firm.h"

namespace writ::kernel {
namespace {

/// A reference with a fact of whom it refers to. Who is the holder, or a friend who is read as well, has their facts; of anybody else they are
/// free. (Facts of the kept are known here: two that contradict one another are F of a
/// stranger, and of somebody whose facts are unknown U.)
struct Persons {
  Firm f;
  typed_ir::AttributeId grade = f.attribute_of_persons("grade", f.of(Scalar::Int));
  TermId x = f.field(Root::Resource, "owner", f.person());
  TermId team = f.field(Root::Principal, "team", f.person(false, true));
  TermId friend_ = f.field(Root::Principal, "friend", f.person(true));
  TermId grade_of(TermId who) { return f.of_person(who, grade); }

  Truth of(CondId condition, World world, const Fact& who, TermId kept) {
    world[x] = who;
    world[grade_of(x)] = world[grade_of(kept)];
    return std::min(same(world, kept), SmallWorld(f.store, f.schema, world).truth(condition));
  }
  Truth same(const World& world, TermId kept) {
    const Fact k = world.at(kept);
    if (k.state == Fact::State::Absent) return Truth::False;
    return SmallWorld(f.store, f.schema, world).truth(f.store.equal(x, kept));
  }
  Truth best(CondId condition, World world, const std::vector<TermId>& kept) {
    Truth best = Truth::False;
    for (const char* who : {"h", "a", "b", "z"}) {
      for (const TermId k : kept) best = std::max(best, of(condition, world, Fact::text(who), k));
      world[x] = Fact::text(who);
      for (const std::int64_t n : {0, 1, 2, 3}) {
        world[grade_of(x)] = Fact::number(n);
        Truth here = SmallWorld(f.store, f.schema, world).truth(condition);
        for (const TermId k : kept) here = std::min(here, negate(same(world, k)));
        best = std::max(best, here);
      }
    }
    return best;
  }

  void run(unsigned seed, int rounds, int share) {
    std::mt19937 random(seed);
    int exact = 0;
    for (int i = 0; i < rounds && !::testing::Test::HasFatalFailure(); ++i) {
      const CondId condition = random_condition(f, random, 2);
      const auto result = eliminate(f.store, f.schema, condition, f.person().entity);
      if (!result) continue;
      ++exact;
      std::vector<TermId> kept{f.holder()};
      if (typed_ir::print(f.store, f.schema, condition).find("principal.friend") != std::string::npos) kept.push_back(friend_);
      const std::vector<Fact> sets_of = sets({{0, "h"}, {0, "a"}, {0, "b"}}, true);
      for (const Fact& members : sets_of)
        for (const Fact& buddy : {Fact::text("a"), Fact::text("h"), Fact::absent()})
          for (const Fact& mine : {Fact::number(1), Fact::number(3)})
            for (const Fact& his : {Fact::number(1), Fact::number(3)}) {
              World world{{f.holder(), Fact::text("h")}, {team, members}, {friend_, buddy}, {grade_of(f.holder()), mine}, {grade_of(friend_), his}};
              if (buddy.state == Fact::State::Absent) world[grade_of(friend_)] = Fact{};
              if (buddy.value.second == "h") world[grade_of(friend_)] = mine;
              ASSERT_EQ(SmallWorld(f.store, f.schema, world).truth(*result), best(condition, world, kept))
                  << typed_ir::print(f.store, f.schema, condition) << "\n  became " << typed_ir::print(f.store, f.schema, *result);
            }
    }
    EXPECT_GE(exact * 100, rounds * share);
  }
};

TEST(Namesakes, facts_of_a_named_person) {
  Persons p;
  p.f.atoms = {p.f.store.equal(p.x, p.f.named("a")), p.f.store.equal(p.x, p.f.named("h")), p.f.store.less(p.f.number(2), p.grade_of(p.x)),
               p.f.store.less(p.grade_of(p.x), p.f.number(2)), p.f.store.less(p.f.number(2), p.grade_of(p.f.holder()))};
  p.run(21, 50, 95);
}

TEST(Namesakes, facts_of_a_member_of_a_kept_set) {
  Persons p;
  p.f.atoms = {p.f.store.in(p.x, p.team), p.f.store.less(p.f.number(2), p.grade_of(p.x)), p.f.store.less(p.grade_of(p.x), p.f.number(2)),
               p.f.store.equal(p.x, p.f.holder()), p.f.store.equal(p.x, p.f.named("b"))};
  p.run(22, 50, 85);
}

TEST(Namesakes, facts_of_somebody_who_may_be_a_kept_friend) {
  Persons p;
  p.f.atoms = {p.f.store.in(p.x, p.team), p.f.store.less(p.f.number(2), p.grade_of(p.x)),
               p.f.store.conjunction({p.f.atom(CondKind::Known, {p.friend_}), p.f.store.less(p.grade_of(p.friend_), p.f.number(2))}),
               p.f.store.equal(p.x, p.f.named("a"))};
  p.run(23, 60, 70);
}

/// Somebody in the team whose grade is high: the holder, if he is one and his is; or another one, whose grade may be anything.
TEST(Namesakes, what_is_unknown_of_a_kept_person_stays_unknown) {
  Persons p;
  const CondId high = p.f.store.less(p.f.number(2), p.grade_of(p.x));
  const CondId member = *eliminate(p.f.store, p.f.schema, p.f.store.conjunction({p.f.store.in(p.x, p.team), high}), p.f.person().entity);
  const CondId stranger = p.f.store.less(p.grade_of(p.friend_), p.f.number(2));
  const CondId friendly = p.f.store.conjunction({p.f.store.equal(p.x, p.f.named("a")), high, p.f.atom(CondKind::Known, {p.friend_}), stranger});
  const CondId named = *eliminate(p.f.store, p.f.schema, friendly, p.f.person().entity);
  const auto ask = [&](CondId condition, std::set<Atom> team, bool complete, Fact mine, Fact buddy, Fact his) {
    const World world{{p.f.holder(), Fact::text("h")}, {p.team, Fact::set(std::move(team), complete)}, {p.grade_of(p.f.holder()), mine}, {p.friend_, buddy},
                      {p.grade_of(p.friend_), his}};
    return SmallWorld(p.f.store, p.f.schema, world).truth(condition);
  };
  EXPECT_EQ(ask(member, {{0, "h"}}, true, Fact{}, Fact::absent(), Fact{}), Truth::Unknown);
  EXPECT_EQ(ask(member, {{0, "h"}}, true, Fact::number(1), Fact::absent(), Fact{}), Truth::False);
  EXPECT_EQ(ask(member, {{0, "h"}}, false, Fact::number(1), Fact::absent(), Fact{}), Truth::Unknown);
  EXPECT_EQ(ask(member, {{0, "h"}, {0, "a"}}, true, Fact{}, Fact::absent(), Fact{}), Truth::True);
  EXPECT_EQ(ask(member, {}, true, Fact::number(3), Fact::absent(), Fact{}), Truth::False);
  EXPECT_EQ(ask(named, {}, true, Fact::number(1), Fact::text("b"), Fact::number(1)), Truth::True);
  EXPECT_EQ(ask(named, {}, true, Fact::number(1), Fact::text("a"), Fact::number(1)), Truth::False);
  EXPECT_EQ(ask(named, {}, true, Fact::number(1), Fact{}, Fact::number(1)), Truth::Unknown) << "he may be her";
  EXPECT_EQ(ask(named, {}, true, Fact::number(1), Fact::absent(), Fact{}), Truth::False);
}

}  // namespace
}  // namespace writ::kernel
