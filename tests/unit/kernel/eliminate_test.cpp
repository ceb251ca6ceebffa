// `eliminate` against brute force: random conditions on a few variables and kept facts, every value of the variables, every state of the
// kept facts (known, absent, unknown; sets complete or not). The maximum over the variables must be what the result says, in three values.
#include <gtest/gtest.h>

#include "tests/unit/kernel/small_firm.h"

namespace writ::kernel {
namespace {

struct Tally { int exact = 0, refused = 0; std::map<std::string, int> why; };

void compare(Firm& f, CondId condition, Tally& tally) {
  const auto result = eliminate(f.store, f.schema, condition);
  if (!result) {
    ++tally.refused;
    ++tally.why[result.error().why];
    return;
  }
  ++tally.exact;
  World world;
  each(f.kept, 0, world, [&] {
    const Truth said = SmallWorld(f.store, f.schema, world).truth(*result);
    Truth best = Truth::False;
    World full = world;
    each(f.variables, 0, full, [&] { best = std::max(best, SmallWorld(f.store, f.schema, full).truth(condition)); });
    ASSERT_EQ(said, best) << typed_ir::print(f.store, f.schema, condition) << "\n  became " << typed_ir::print(f.store, f.schema, *result);
  });
}

/// At least `share` percent must be eliminated at all.
void run(Firm& f, unsigned seed, int rounds, int depth, int share) {
  std::mt19937 random(seed);
  Tally tally;
  for (int i = 0; i < rounds && !::testing::Test::HasFatalFailure(); ++i) compare(f, random_condition(f, random, depth), tally);
  std::string why;
  for (const auto& [text, n] : tally.why) why += "\n  " + std::to_string(n) + " " + text;
  EXPECT_GE(tally.exact * 100, rounds * share) << tally.refused << " refused" << why;
}

const std::int64_t kMost = typed_ir::kMaxInt;
const auto kRange = {-kMost, std::int64_t{-2}, std::int64_t{-1}, std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{4}, std::int64_t{5},
                     std::int64_t{6}, std::int64_t{7}, kMost};

TEST(Eliminate, numbers_against_literals) {
  Firm f;
  const TermId n = f.field(Root::Resource, "n", f.of(Scalar::Int));
  const TermId m = f.field(Root::Context, "m", f.of(Scalar::Int, true));
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::Int));
  f.variables = {{n, numbers(kRange, false, false)}, {m, numbers(kRange, true, false)}};
  f.kept = {{p, numbers({0, 2}, false, true)}};
  f.atoms = {f.store.less(n, f.number(2)), f.store.less_equal(f.number(3), n), f.store.equal(n, f.number(2)), f.store.less(f.times(n, 3), f.number(7)),
             f.atom(CondKind::Known, {m}), f.store.less(m, f.number(4)), f.store.equal(m, f.number(1)), f.store.less(p, f.number(1)),
             f.store.in(n, f.list({f.number(1), f.number(4)}, f.of(Scalar::Int, false, true)))};
  run(f, 1, 300, 3, 100);
}

TEST(Eliminate, numbers_against_kept_terms) {
  Firm f;
  const TermId n = f.field(Root::Resource, "n", f.of(Scalar::Int));
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::Int));
  const TermId q = f.field(Root::Principal, "q", f.of(Scalar::Int, true));
  f.variables = {{n, numbers(kRange, false, false)}};
  f.kept = {{p, numbers({0, 1, 3}, false, true)}, {q, numbers({0, 2, 3}, true, true)}};
  f.atoms = {f.store.less(n, p), f.store.less_equal(q, n), f.store.equal(n, p), f.store.equal(n, f.number(1)), f.store.less(n, f.number(3)),
             f.store.less(f.combine(TermKind::Add, p, f.number(1)), n), f.store.less(f.combine(TermKind::Subtract, n, p), f.number(2)), f.store.less(p, q)};
  run(f, 2, 500, 2, 95);
}

TEST(Eliminate, nothing_lies_beyond_the_ends_of_a_type) {
  Firm f;
  const TermId n = f.field(Root::Resource, "n", f.of(Scalar::Int));
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::Int));
  f.variables = {{n, numbers({-kMost, 1 - kMost, 2 - kMost, 0, kMost - 2, kMost - 1, kMost}, false, false)}};
  f.kept = {{p, numbers({-kMost, 1 - kMost, 0, kMost - 1, kMost}, false, true)}};
  f.atoms = {f.store.less(n, p), f.store.less(p, n), f.store.less_equal(n, p), f.store.equal(n, p), f.store.less(n, f.number(1 - kMost)), f.store.less(p, f.number(0))};
  run(f, 10, 800, 2, 100);
}

TEST(Eliminate, amounts_whose_currency_is_part_of_them) {
  Firm f;
  Type money = f.of(Scalar::Money), euro = money;
  euro.currency = "EUR";
  const TermId m = f.field(Root::Resource, "m", money);
  const TermId p = f.field(Root::Principal, "p", euro);
  const auto amount = [](std::int64_t n, const char* currency) { return Fact{Fact::State::Known, {n, currency}, {}, true}; };
  const auto literal = [&](std::int64_t n, const char* currency) {
    Type t = money;
    t.currency = currency;
    return f.store.literal({Scalar::Money, n, currency, 0}, t);
  };
  std::vector<Fact> amounts;
  const std::int64_t most = typed_ir::kMaxScaled - 1;
  for (const char* currency : {"EUR", "USD", "SGD"})
    for (const std::int64_t n : {-most, std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{4}, std::int64_t{5}, most}) amounts.push_back(amount(n, currency));
  f.variables = {{m, amounts}};
  f.kept = {{p, {amount(1, "EUR"), amount(3, "EUR"), Fact{}}}};
  typed_ir::Threshold big;
  big.name = "firm.big";
  big.amounts = {{Scalar::Money, 2, "EUR", 0}, {Scalar::Money, 4, "USD", 0}};
  Cond above = {};
  above.kind = CondKind::ThresholdLessEqual;
  above.t = {m};
  above.threshold = f.store.add(big);
  f.atoms = {f.store.add(above), f.store.less(m, literal(2, "EUR")), f.store.less_equal(literal(3, "USD"), m), f.store.equal(m, literal(3, "USD")), f.store.less(m, p), f.store.equal(p, literal(1, "EUR"))};
  run(f, 12, 800, 3, 95);
}

/// An absent value is no member of an empty set for certain, and of any other perhaps.
TEST(Eliminate, optional_members_of_kept_sets) {
  Firm f;
  const TermId x = f.field(Root::Resource, "x", f.of(Scalar::String, true));
  const TermId k = f.field(Root::Principal, "k", f.of(Scalar::String, false, true));
  auto values = texts({"a", "b", "c", "d"}, false);
  values.push_back(Fact::absent());
  f.variables = {{x, values}};
  f.kept = {{k, sets({{0, "a"}, {0, "b"}}, true)}};
  f.atoms = {f.store.in(x, k), f.atom(CondKind::Known, {x}), f.store.equal(x, f.text("c"))};
  run(f, 11, 800, 2, 75);
}

TEST(Eliminate, two_numbers_of_one_request) {
  Firm f;
  const TermId n = f.field(Root::Resource, "n", f.of(Scalar::Int));
  const TermId m = f.field(Root::Input, "m", f.of(Scalar::Int));
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::Int));
  f.variables = {{n, numbers(kRange, false, false)}, {m, numbers(kRange, false, false)}};
  f.kept = {{p, numbers({0, 1, 3}, false, true)}};
  f.atoms = {f.store.less(n, m), f.store.less_equal(f.combine(TermKind::Add, n, f.number(2)), m), f.store.less(m, p), f.store.less(n, f.number(3)),
             f.store.equal(m, f.number(2)), f.store.less_equal(p, n), f.store.equal(n, m)};
  run(f, 3, 400, 2, 95);
}

TEST(Eliminate, enums_and_their_sets) {
  Firm f;
  const TermId c = f.field(Root::Resource, "c", f.in(f.colour()));
  const TermId s = f.field(Root::Resource, "s", f.in(f.colour(), false, true));
  const TermId p = f.field(Root::Principal, "p", f.in(f.colour()));
  const TermId k = f.field(Root::Principal, "k", f.in(f.colour(), false, true));
  const std::vector<Atom> colours{{0, ""}, {1, ""}, {2, ""}};
  f.variables = {{c, numbers({0, 1, 2}, false, false)}, {s, sets(colours, false)}};
  f.kept = {{p, numbers({0, 1, 2}, false, true)}, {k, sets(colours, true)}};
  f.atoms = {f.store.equal(c, p), f.store.equal(c, f.value(f.colour(), 0)), f.store.in(c, k), f.store.in(c, s), f.store.in(p, s),
             f.store.in(f.value(f.colour(), 1), s), f.atom(CondKind::IsEmpty, {s}), f.store.equal(f.value(f.colour(), 2), p)};
  run(f, 4, 200, 2, 80);
}

TEST(Eliminate, dimensions_that_roll_up) {
  Firm f;
  const TermId c = f.field(Root::Resource, "c", f.in(f.place(), true));
  const TermId p = f.field(Root::Principal, "p", f.in(f.region()));
  const TermId k = f.field(Root::Principal, "k", f.in(f.region(), false, true));
  const TermId up = f.store.roll_up(c, f.region(), f.schema);
  f.variables = {{c, numbers({0, 1, 2}, true, false)}};
  f.kept = {{p, numbers({0, 1}, false, true)}, {k, sets({{0, ""}, {1, ""}}, true)}};
  f.atoms = {f.store.equal(up, p), f.store.in(up, k), f.store.equal(up, f.value(f.region(), 0)), f.store.equal(c, f.value(f.place(), 2)), f.atom(CondKind::Known, {c})};
  run(f, 5, 500, 3, 100);
}

TEST(Eliminate, texts) {
  Firm f;
  const TermId x = f.field(Root::Resource, "x", f.of(Scalar::String));
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::String));
  const TermId q = f.field(Root::Principal, "q", f.of(Scalar::String));
  f.variables = {{x, texts({"", "a", "b", "ab", "ba", "aa", "bb", "aba", "abb", "bab", "a-b", "ab-b", "a-", "-b", "-", "b-a", "ab-a", "--", "ab-", "b-", "-a", "a-a", "b-b"}, false)}};
  f.kept = {{p, texts({"a", "ab", "b"}, true)}, {q, texts({"a", "b"}, true)}};
  f.atoms = {f.store.equal(x, p), f.store.equal(x, q), f.store.equal(x, f.text("a")), f.atom(CondKind::StartsWith, {x, f.text("a")}),
             f.atom(CondKind::StartsWith, {x, f.text("ab")}), f.atom(CondKind::EndsWith, {x, f.text("b")}), f.store.equal(p, q)};
  run(f, 6, 1000, 2, 95);
}

TEST(Eliminate, members_of_kept_sets) {
  Firm f;
  const TermId x = f.field(Root::Resource, "x", f.of(Scalar::String));
  const TermId k = f.field(Root::Principal, "k", f.of(Scalar::String, false, true));
  const TermId l = f.field(Root::Principal, "l", f.of(Scalar::String, false, true));
  f.variables = {{x, texts({"a", "b", "c", "d"}, false)}};
  const std::vector<Atom> two{{0, "a"}, {0, "b"}};
  f.kept = {{k, sets(two, true)}, {l, sets(two, true)}};
  f.atoms = {f.store.in(x, k), f.store.in(x, l), f.store.equal(x, f.text("a")), f.store.equal(x, f.text("c")), f.atom(CondKind::Overlaps, {k, l})};
  run(f, 7, 1000, 2, 75);
}

TEST(Eliminate, sets_against_kept_terms) {
  Firm f;
  const TermId s = f.field(Root::Resource, "s", f.of(Scalar::String, false, true));
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::String));
  const TermId k = f.field(Root::Principal, "k", f.of(Scalar::String, false, true));
  f.variables = {{s, sets({{0, "a"}, {0, "b"}, {0, "c"}}, false)}};
  f.kept = {{p, texts({"a", "b"}, true)}, {k, sets({{0, "a"}, {0, "b"}}, true)}};
  f.atoms = {f.store.in(p, s), f.store.in(f.text("a"), s), f.atom(CondKind::Overlaps, {s, k}), f.atom(CondKind::SubsetOf, {s, k}), f.atom(CondKind::SubsetOf, {k, s}),
             f.store.equal(s, k), f.atom(CondKind::IsEmpty, {s}), f.store.in(p, k)};
  run(f, 8, 1000, 1, 90);
}

/// What a set is compared with on both sides: kept by every element, or shown by one.
TEST(Eliminate, sets_against_two_kept_sets) {
  Firm f;
  const TermId s = f.field(Root::Resource, "s", f.of(Scalar::String, false, true));
  const TermId k = f.field(Root::Principal, "k", f.of(Scalar::String, false, true));
  const TermId l = f.field(Root::Principal, "l", f.of(Scalar::String, false, true));
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::String));
  const std::vector<Atom> two{{0, "a"}, {0, "b"}};
  f.variables = {{s, sets({{0, "a"}, {0, "b"}, {0, "c"}}, false)}};
  f.kept = {{k, sets(two, true)}, {l, sets(two, true)}, {p, texts({"a", "b"}, true)}};
  f.atoms = {f.atom(CondKind::SubsetOf, {s, k}), f.atom(CondKind::Overlaps, {s, l}), f.atom(CondKind::Overlaps, {l, s}), f.atom(CondKind::IsEmpty, {s}),
             f.atom(CondKind::SubsetOf, {l, s}), f.store.in(p, s), f.store.in(f.text("a"), s)};
  run(f, 13, 600, 1, 90);
}

TEST(Eliminate, enum_sets_against_kept_sets) {
  Firm f;
  const TermId s = f.field(Root::Resource, "s", f.in(f.region(), false, true));
  const TermId k = f.field(Root::Principal, "k", f.in(f.region(), false, true));
  const TermId l = f.field(Root::Principal, "l", f.in(f.region(), false, true));
  const TermId p = f.field(Root::Principal, "p", f.in(f.region()));
  const std::vector<Atom> two{{0, ""}, {1, ""}};
  f.variables = {{s, sets(two, false)}};
  f.kept = {{k, sets(two, true)}, {l, sets(two, true)}, {p, numbers({0, 1}, false, true)}};
  f.atoms = {f.atom(CondKind::SubsetOf, {s, k}), f.atom(CondKind::Overlaps, {s, l}), f.atom(CondKind::IsEmpty, {s}), f.store.in(p, s),
             f.store.in(f.value(f.region(), 0), s), f.atom(CondKind::SubsetOf, {k, s})};
  run(f, 14, 600, 2, 100);
}

TEST(Eliminate, multiples_against_kept_terms) {
  Firm f;
  const TermId n = f.field(Root::Resource, "n", f.of(Scalar::Int));
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::Int));
  const TermId q = f.field(Root::Principal, "q", f.of(Scalar::Int));
  f.variables = {{n, numbers(kRange, false, false)}};
  f.kept = {{p, numbers({-1, 0, 1, 2, 3}, false, true)}, {q, numbers({0, 1, 3}, false, true)}};
  f.atoms = {f.store.less(f.times(n, 2), p), f.store.less_equal(f.times(n, 3), q), f.store.less_equal(p, n), f.store.less(n, f.number(2)), f.store.less(f.number(0), n)};
  run(f, 15, 600, 2, 70);
}

TEST(Eliminate, an_amount_within_a_limit_of_any_currency) {
  Firm f;
  Type money = f.of(Scalar::Money);
  const TermId m = f.field(Root::Resource, "m", money), n = f.field(Root::Resource, "n", f.of(Scalar::Int));
  const TermId limit = f.field(Root::Principal, "limit", money), level = f.field(Root::Principal, "level", f.of(Scalar::Int));
  std::vector<Fact> amounts, limits{Fact{}};
  for (const char* currency : {"EUR", "USD"})
    for (const std::int64_t x : {0, 1, 2, 3, 4}) amounts.push_back(Fact{Fact::State::Known, {x, currency}, {}, true});
  for (const char* currency : {"EUR", "USD"})
    for (const std::int64_t x : {1, 3}) limits.push_back(Fact{Fact::State::Known, {x, currency}, {}, true});
  f.variables = {{m, amounts}, {n, numbers({0, 1, 2}, false, false)}};
  f.kept = {{limit, limits}, {level, numbers({0, 1}, false, true)}};
  f.atoms = {f.store.less_equal(m, limit), f.store.equal(m, limit), f.store.less(n, f.number(1)), f.store.equal(level, f.number(1)), f.store.equal(n, level)};
  run(f, 17, 500, 2, 50);
}

/// Whatever the currency of the limit: it is one that the bounds name, or not.
TEST(Eliminate, an_amount_between_a_bound_and_a_limit_of_any_currency) {
  Firm f;
  Type money = f.of(Scalar::Money);
  const TermId m = f.field(Root::Resource, "m", money);
  const TermId limit = f.field(Root::Principal, "limit", money), least = f.field(Root::Principal, "least", money);
  const auto amount = [](std::int64_t n, const char* currency) { return Fact{Fact::State::Known, {n, currency}, {}, true}; };
  const auto literal = [&](std::int64_t n, const char* currency) {
    Type t = money;
    t.currency = currency;
    return f.store.literal({Scalar::Money, n, currency, 0}, t);
  };
  std::vector<Fact> amounts, limits{Fact{}};
  const std::int64_t most = typed_ir::kMaxScaled - 1;
  for (const char* currency : {"EUR", "USD", "SGD", "JPY"})
    for (const std::int64_t n : {-most, std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{4}, most}) amounts.push_back(amount(n, currency));
  for (const char* currency : {"EUR", "USD", "SGD"})
    for (const std::int64_t n : {std::int64_t{1}, std::int64_t{3}}) limits.push_back(amount(n, currency));
  f.variables = {{m, amounts}};
  f.kept = {{limit, limits}, {least, limits}};
  f.atoms = {f.store.less_equal(m, limit), f.store.less_equal(least, m), f.store.equal(m, limit), f.store.less(m, literal(2, "EUR")), f.store.less(literal(2, "USD"), m)};
  run(f, 25, 400, 1, 50);   // what is strict is refused
}

TEST(Eliminate, sums_of_amounts_of_any_currency) {
  Firm f;
  Type money = f.of(Scalar::Money);
  const TermId m = f.field(Root::Resource, "m", money), n = f.field(Root::Resource, "n", money);
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::Int));
  const auto literal = [&](std::int64_t x, const char* currency) {
    Type t = money;
    t.currency = currency;
    return f.store.literal({Scalar::Money, x, currency, 0}, t);
  };
  std::vector<Fact> amounts;
  for (const char* currency : {"EUR", "SGD"})
    for (const std::int64_t x : {-3, -1, 0, 1, 2, 4}) amounts.push_back(Fact{Fact::State::Known, {x, currency}, {}, true});
  f.variables = {{m, amounts}, {n, amounts}};
  f.kept = {{p, numbers({0, 1}, false, true)}};
  f.atoms = {f.store.less_equal(f.combine(TermKind::Add, m, n), literal(2, "EUR")), f.store.less(literal(0, "EUR"), m), f.store.less_equal(literal(0, "EUR"), f.combine(TermKind::Subtract, n, m)),
             f.store.less(p, f.number(1))};
  run(f, 26, 200, 1, 100);
}

TEST(Eliminate, two_amounts_of_any_currency) {
  Firm f;
  Type money = f.of(Scalar::Money);
  const TermId m = f.field(Root::Resource, "m", money), n = f.field(Root::Resource, "n", money);
  const auto literal = [&](std::int64_t x, const char* currency) {
    Type t = money;
    t.currency = currency;
    return f.store.literal({Scalar::Money, x, currency, 0}, t);
  };
  std::vector<Fact> amounts;
  for (const char* currency : {"EUR", "SGD", "USD"})
    for (const std::int64_t x : {0, 1, 2, 3, 4}) amounts.push_back(Fact{Fact::State::Known, {x, currency}, {}, true});
  f.variables = {{m, amounts}, {n, amounts}};
  f.atoms = {f.store.less(m, n), f.store.less_equal(n, m), f.store.equal(m, n), f.store.less(m, literal(2, "EUR")), f.store.less(literal(1, "EUR"), n)};
  run(f, 16, 400, 2, 100);
}

TEST(Eliminate, optional_facts_with_a_default) {
  Firm f;
  const TermId m = f.field(Root::Resource, "m", f.of(Scalar::Int, true));
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::Int));
  const TermId or_two = f.combine(TermKind::Otherwise, m, f.number(2));
  f.variables = {{m, numbers(kRange, true, false)}};
  f.kept = {{p, numbers({0, 2, 3}, false, true)}};
  f.atoms = {f.store.less(or_two, p), f.store.equal(or_two, f.number(2)), f.atom(CondKind::Known, {m}), f.store.less(m, f.number(3)), f.store.equal(m, p)};
  run(f, 9, 800, 3, 90);
}

/// What all coefficients have in common goes: such multiples meet facts on both sides.
TEST(Eliminate, multiples_on_both_sides_that_reduce) {
  Firm f;
  const TermId n = f.field(Root::Resource, "n", f.of(Scalar::Int));
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::Int));
  const TermId q = f.field(Root::Principal, "q", f.of(Scalar::Int));
  f.variables = {{n, numbers(kRange, false, false)}};
  f.kept = {{p, numbers({-1, 0, 1, 2}, false, true)}, {q, numbers({0, 1, 3}, false, true)}};
  f.atoms = {f.store.less_equal(f.times(n, 2), f.combine(TermKind::Add, f.times(p, 2), f.number(1))), f.store.less(f.times(q, 3), f.times(n, 3)),
             f.store.less(f.times(p, 2), f.times(n, 2)), f.store.less(n, f.number(2)), f.store.equal(f.times(n, 2), f.times(q, 2))};
  run(f, 24, 500, 2, 100);
}

TEST(Eliminate, refuses_what_it_cannot_do_exactly) {
  Firm f;
  const TermId n = f.field(Root::Resource, "n", f.of(Scalar::Int));
  const TermId p = f.field(Root::Principal, "p", f.of(Scalar::Int));
  const TermId q = f.field(Root::Principal, "q", f.of(Scalar::Int));
  const CondId twice = f.store.conjunction({f.store.less(f.times(n, 2), p), f.store.less(q, f.times(n, 2))});
  const auto result = eliminate(f.store, f.schema, twice);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().why, "multiples of `resource.n` are compared with facts on both sides that are not known beforehand");
}

}  // namespace
}  // namespace writ::kernel
