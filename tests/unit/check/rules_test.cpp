// What rules, roles and chains become.
#include "tests/unit/check/policy.h"

namespace writ::check {
namespace {

constexpr std::int64_t kHour = 3'600'000, kDay = 24 * kHour;

template <class Rule>
const Rule& rule(const Checked& checked, const std::string& local) {
  for (const auto& r : checked.program.value().rules)
    if (typed_ir::info(r).local == local) return std::get<Rule>(r);
  throw std::runtime_error("no rule " + local);
}
const typed_ir::Role& role(const Checked& checked, const std::string& local) {
  for (const auto& r : checked.program.value().roles)
    if (r.local == local) return r;
  throw std::runtime_error("no role " + local);
}
const typed_ir::Chain& chain(const Checked& checked, const std::string& name) {
  for (const auto& c : checked.program.value().chains)
    if (c.name == name) return c;
  throw std::runtime_error("no chain " + name);
}
using typed_ir::Prohibition;
using typed_ir::Segregation;
using typed_ir::YieldKind;

TEST(Accesses, are_split_by_resource_type) {
  const Checked checked = check_in_firm("never x { inv.enter, inv.approve, pay.execute, bank.change where resource.entity == DE }");
  ASSERT_TRUE(checked.program) << checked.rendered();
  const auto& accesses = rule<Prohibition>(checked, "x").accesses;
  ASSERT_EQ(accesses.size(), 3u);
  EXPECT_EQ(accesses[0].actions.size(), 2u);
  EXPECT_NE(accesses[0].where, accesses[1].where);
}

TEST(Accesses, are_split_by_the_principal_types_that_a_condition_fits) {
  const Checked checked = check_in_firm(
      "principal Robot is workload { owner: Employee, dept: Dept }  never x { inv.enter where principal.dept == AP }\n"
      "never y { inv.enter where principal.grade > 3 }  never z { inv.enter by \"svc\" where principal.dept == AP }");
  ASSERT_TRUE(checked.program) << checked.rendered();
  EXPECT_EQ(rule<Prohibition>(checked, "x").accesses.size(), 2u);
  EXPECT_EQ(rule<Prohibition>(checked, "y").accesses.size(), 1u);
  ASSERT_EQ(rule<Prohibition>(checked, "z").accesses.size(), 2u);
  EXPECT_EQ(rule<Prohibition>(checked, "z").accesses[0].principal_id, "svc");
}

TEST(Accesses, everything_stays_symbolic) {
  const Checked checked = check_in_firm("never x { everything but reading by Bot }");
  ASSERT_TRUE(checked.program) << checked.rendered();
  const auto& access = rule<Prohibition>(checked, "x").accesses.at(0);
  EXPECT_TRUE(access.everything && access.but_reading && access.actions.empty());
  EXPECT_TRUE(access.principal.valid());
}

TEST(Rules, yields_are_merged_with_terms_and_limits) {
  const Checked checked = check_in_firm(
      "limits { waiver at most 60d in a row, cooling 14d, renew 2 }  terms t { waiver at most 30d, renew 1, by board, with control }\n"
      "forbid x high \"X\" { pay.execute  terms t }  forbid y high \"Y\" { pay.execute  terms t  waiver at most 10d, renew 0 }");
  ASSERT_TRUE(checked.program) << checked.rendered();
  const auto& x = rule<Prohibition>(checked, "x").info.yields.at(YieldKind::Waiver);
  EXPECT_EQ(x.at_most, 30 * kDay);
  EXPECT_EQ(x.in_a_row, 60 * kDay);
  EXPECT_EQ(x.cooling, 14 * kDay);
  EXPECT_EQ(x.renew, 1u);
  EXPECT_TRUE(x.with_control && x.by.valid());
  const auto& y = rule<Prohibition>(checked, "y").info.yields.at(YieldKind::Waiver);
  EXPECT_EQ(y.at_most, 10 * kDay);
  EXPECT_EQ(y.renew, 0u);
  EXPECT_TRUE(y.with_control);
}

TEST(Rules, limits_of_some_rules_bound_only_those_and_may_deny_a_kind) {
  const Checked checked = check_in_firm("limits { waiver of x at most 10d  no waiver of bp  raise x to critical }\n"
                                        "forbid x high \"X\" { pay.execute  waiver by board }  forbid y high \"Y\" { pay.execute  waiver by board }");
  ASSERT_TRUE(checked.program) << checked.rendered();
  EXPECT_EQ(rule<Prohibition>(checked, "x").info.yields.at(YieldKind::Waiver).at_most, 10 * kDay);
  EXPECT_EQ(rule<Prohibition>(checked, "x").info.level, typed_ir::Level::Critical);
  EXPECT_EQ(rule<Prohibition>(checked, "y").info.yields.at(YieldKind::Waiver).at_most, 0);
  EXPECT_TRUE(rule<Segregation>(checked, "bp").info.yields.empty());
}

TEST(Rules, start_on_a_date_or_only_report) {
  const Checked checked = check_in_firm("sod x high \"X\" { separate inv.enter from pay.execute  enforced from 2026-10-01 }\n"
                                        "sod y high \"Y\" { separate inv.enter from pay.execute  report only }");
  ASSERT_TRUE(checked.program) << checked.rendered();
  EXPECT_EQ(rule<Segregation>(checked, "x").info.enforced_from, 1'790'805'600'000);   // 2026-09-30T22:00Z
  EXPECT_EQ(rule<Segregation>(checked, "y").info.enforced_from, typed_ir::kForever);
}

TEST(Sod, binds_at_assignment_unless_it_says_otherwise) {
  const Checked checked = check_in_firm("sod x high \"X\" { separate bank.change from pay.execute  at use  on same Vendor over 90d in order }");
  ASSERT_TRUE(checked.program) << checked.rendered();
  EXPECT_TRUE(rule<Segregation>(checked, "bp").at_assignment);
  EXPECT_FALSE(rule<Segregation>(checked, "eyes").at_assignment);
  const auto& x = rule<Segregation>(checked, "x");
  EXPECT_TRUE(x.at_use && !x.at_assignment);
  ASSERT_EQ(x.objects.size(), 1u);
  EXPECT_EQ(x.objects[0].paths.size(), 2u);      // the vendor itself, and the vendors of a run
  EXPECT_EQ(x.objects[0].over, 90 * kDay);
  EXPECT_TRUE(x.objects[0].in_order);
}

TEST(Sod, an_action_without_key_is_not_bound) {
  const Checked checked = check_in_firm("sod x high \"X\" { separate bank.change, job.schedule from pay.execute  on same Vendor }");
  ASSERT_TRUE(checked.program) << checked.rendered();
  EXPECT_EQ(rule<Segregation>(checked, "x").objects.at(0).paths.size(), 2u);
}

TEST(Sod, a_written_key_path_decides_between_two) {
  const Checked checked = check_in_firm("resource T { a: Vendor, b: Vendor }  action t.do on T\n"
                                        "sod x high \"X\" { separate t.do from bank.change  on same Vendor { t.do by resource.b } }");
  ASSERT_TRUE(checked.program) << checked.rendered();
}

TEST(Sod, counts_sides_people_and_distinct_actions) {
  const Checked checked = check_in_firm("duty d = { inv.enter, inv.approve }\n"
                                        "sod x high \"X\" { at most 1 of { d, pay.execute, role boss } }\n"
                                        "sod y high \"Y\" { separate 2 of { d, po.create } from pay.execute }\n"
                                        "sod z high \"Z\" { at least 3 people for { inv.enter, inv.approve, pay.execute } }\n"
                                        "sensitive w high \"W\" { nobody holds everything }\n"
                                        "sod v high \"V\" { separate d within DE from all of { pay.execute, bank.change }  across Entity }");
  ASSERT_TRUE(checked.program) << checked.rendered();
  const auto& x = rule<Segregation>(checked, "x");
  EXPECT_EQ(x.count, 2u);
  EXPECT_EQ(x.sides.size(), 3u);
  EXPECT_TRUE(x.sides[2].elements.at(0).roles.at(0).role.valid());
  EXPECT_EQ(rule<Segregation>(checked, "y").sides.at(0).elements.size(), 3u);
  EXPECT_EQ(rule<Segregation>(checked, "z").form, Segregation::Form::People);
  EXPECT_EQ(rule<Segregation>(checked, "w").count, 1u);
  const auto& v = rule<Segregation>(checked, "v");
  EXPECT_TRUE(v.across.valid());
  EXPECT_EQ(v.sides.at(0).within.size(), 1u);
  EXPECT_EQ(v.sides.at(1).elements.size(), 2u);
}

TEST(Roles, take_their_clocks_from_the_limits) {
  const Checked checked = check_in_firm("limits { role at most 365d, review every 180d  workload at most 30d }\n"
                                        "role x for Employee { may inv.enter  at most 90d }  role y for Bot { may inv.enter }");
  ASSERT_TRUE(checked.program) << checked.rendered();
  EXPECT_EQ(role(checked, "x").at_most, 90 * kDay);
  EXPECT_EQ(role(checked, "x").review_every, 180 * kDay);
  EXPECT_EQ(role(checked, "y").at_most, 30 * kDay);
  EXPECT_EQ(role(checked, "y").review_every, 0);
}

TEST(Roles, lie_within_a_parameter_a_value_or_a_fact) {
  const Checked checked = check_in_firm("role x for Employee { within principal.entities  may inv.enter }\n"
                                        "role y for Employee { within DE  may inv.enter }  role z for Employee { within Entity.FR  may inv.enter }");
  ASSERT_TRUE(checked.program) << checked.rendered();
  const auto& conditions = checked.program->conditions;
  EXPECT_EQ(conditions.term(role(checked, "payer").scope).kind, typed_ir::TermKind::Root);
  EXPECT_TRUE(conditions.term(role(checked, "x").scope).type.set);
  EXPECT_EQ(conditions.term(role(checked, "y").scope).kind, typed_ir::TermKind::Literal);
  EXPECT_EQ(role(checked, "y").scope_dimension, role(checked, "z").scope_dimension);
}

TEST(Chains, last_as_long_as_their_steps) {
  const Checked checked = check_in_firm(
      "limits { approval due 1d }\n"
      "approval c = line then role boss then (role boss or 2 of role chief) due 2h\n"
      "approval d = principal.manager otherwise role boss due 3h good for 1h over resource.amount may repeat\n"
      "approval e = role payer within same Entity and \"ada\" due 1h");
  ASSERT_TRUE(checked.program) << checked.rendered();
  const auto& c = chain(checked, "firm.c");
  ASSERT_EQ(c.steps.size(), 3u);
  EXPECT_EQ(c.steps[0].due, 3 * kDay);
  EXPECT_EQ(c.steps[1].due, kDay);
  EXPECT_EQ(c.steps[2].due, 2 * kHour);
  EXPECT_EQ(c.good_for, 4 * kDay + 2 * kHour);
  EXPECT_EQ(c.steps[2].parties.at(0).kind, typed_ir::Party::Kind::Chain);
  const auto& d = chain(checked, "firm.d");
  EXPECT_EQ(d.good_for, kHour);
  EXPECT_TRUE(d.may_repeat);
  EXPECT_EQ(d.over.size(), 1u);
  EXPECT_EQ(d.steps.at(0).parties.at(0).inner.size(), 1u);
  EXPECT_EQ(d.steps[0].parties[0].text, "principal.manager otherwise role boss");
  EXPECT_TRUE(chain(checked, "firm.e").steps.at(0).parties.at(0).within_same.valid());
}

TEST(Predicates, are_checked_even_when_nobody_uses_them) {
  EXPECT_EQ(check_in_firm("predicate p(a: int) = a > true").errors(), std::vector<std::string>{"literal_does_not_fit"});
  EXPECT_EQ(check_in_firm("predicate p = principal.grad > 3").errors(), std::vector<std::string>{"unknown_name"});
  EXPECT_EQ(check_in_firm("predicate p = principal.grade > 3 and resource.amount > 3").errors(), std::vector<std::string>{"money_needs_currency"});
  EXPECT_EQ(check_in_firm("predicate p = principal.grade > 3 and p").errors(), std::vector<std::string>{"circular"});
  EXPECT_EQ(check_in_firm("predicate p = principal.dept == AP and resource.total > 3 EUR").rendered(), "");
}

}  // namespace
}  // namespace writ::check
