// What each statement becomes (semantics.md 1.2), read off the printed kernel.
#include <gmock/gmock.h>

#include "tests/unit/kernel/surface.h"

namespace writ::kernel {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string of(const std::string& text, const std::string& which) {
  const auto e = elaborate_in_firm(text);
  EXPECT_TRUE(e->kernel) << e->messages();
  if (!e->kernel) return "";
  const auto broken = verify(*e->kernel);
  EXPECT_TRUE(broken.empty()) << broken.front();
  return form(e->meaning(), which);
}

TEST(Elaborate, a_role_has_its_grants_and_routes) {
  EXPECT_EQ(of("", "role firm.payer"), R"(role firm.payer(e: Entity) for firm.Employee
  route request after firm.line
  grant pay.execute by firm.Employee where resource.entity == e
)");
}

TEST(Elaborate, a_child_inherits_grants_and_gates_with_arguments_and_no_route) {
  const std::string text = R"(
role clerk(p: Plant) for Employee where "GR" in principal.training { within p  may gr.post  at most 90d  on request after line }
role lead(q: Plant) extends clerk(q) for Employee where principal.grade >= 5 { may po.create  at most 180d  review every 30d }
)";
  EXPECT_EQ(of(text, "role firm.lead"), R"(role firm.lead(q: Plant) for firm.Employee
  eligible "GR" in principal.training and principal.grade >= 5
  is firm.clerk(q)
  at most 90d
  review every 30d
  grant po.create by firm.Employee
  grant gr.post by firm.Employee where resource.plant == q  of firm.clerk
)");
}

TEST(Elaborate, every_within_on_the_way_confines) {
  const std::string text = R"(
role clerk for Employee { within DE  may gr.post }
role lead(q: Plant) extends clerk for Employee { within q }
)";
  const std::string lead = of(text, "role firm.lead");
  EXPECT_THAT(lead, HasSubstr("Entity(resource.plant) == DE"));
  EXPECT_THAT(lead, HasSubstr("resource.plant == q"));
}

TEST(Elaborate, two_ways_up_to_one_ancestor_are_one_grant) {
  const std::string text = R"(
role a for Employee { may inv.enter }
role b extends a for Employee { may inv.read }
role c extends a for Employee { may inv.approve }
role d extends b, c for Employee { may gr.post }
)";
  const std::string d = of(text, "role firm.d");
  EXPECT_EQ(d.find("inv.enter"), d.rfind("inv.enter"));
  EXPECT_THAT(d, HasSubstr("is firm.a\n"));
}

TEST(Elaborate, a_birthright_needs_that_of_every_parent) {
  const std::string text = R"(
role a for Employee { birthright where principal.dept == AP  may inv.enter }
role b extends a for Employee { birthright where principal.grade > 3  may inv.approve }
)";
  EXPECT_THAT(of(text, "role firm.b"), HasSubstr("route birthright where principal.dept == AP and principal.grade > 3"));
}

TEST(Elaborate, eligibility_asked_once_and_always_do_not_mix) {
  const auto e = elaborate_in_firm(R"(
role a for Employee where principal.grade > 3 at assignment { may inv.enter }
role b extends a for Employee where principal.dept == AP { may inv.approve }
)");
  EXPECT_FALSE(e->kernel);
  EXPECT_THAT(e->messages(), HasSubstr("mixed_eligibility: `b` inherits one eligibility"));
}

TEST(Elaborate, a_scope_that_the_resource_does_not_carry_is_unknown) {
  EXPECT_THAT(of("role r(p: Plant) for Employee { within p  may bank.change }\n", "role firm.r"), HasSubstr("grant bank.change by firm.Employee where unknown"));
}

TEST(Elaborate, a_scope_of_several_values_is_membership) {
  EXPECT_THAT(of("role r for Employee { within principal.entities  may gr.post }\n", "role firm.r"),
              HasSubstr("where Entity(resource.plant) in principal.entities"));
}

TEST(Elaborate, never_and_forbid_restrict_acts) {
  const std::string text = R"(
never hit { inv.enter where resource.amount > 900 EUR }
forbid late high "Closed" { inv.enter where resource.period == closed  waiver at most 10d, by board }
)";
  EXPECT_EQ(of(text, "restriction firm.hit"), "restriction firm.hit  act\n  inv.enter where resource.amount > 900 EUR\n");
  EXPECT_EQ(of(text, "restriction firm.late"), R"(restriction firm.late  act
  level high
  inv.enter where resource.period == closed
  yields waiver at most 10d, by firm.board
)");
}

TEST(Elaborate, everything_lists_actions_and_counts_built_in_ones) {
  const std::string text = "never left { everything where principal.grade > 100 }\nnever off { everything but reading where principal.grade > 99 }\n";
  EXPECT_THAT(of(text, "restriction firm.left"), HasSubstr("  everything by firm.Employee where principal.grade > 100"));
  const std::string off = of(text, "restriction firm.off");
  EXPECT_THAT(off, HasSubstr("built-in, bank.change"));
  EXPECT_THAT(off, Not(HasSubstr("inv.read")));
}

TEST(Elaborate, a_requirement_is_a_restriction_that_its_warrant_lifts) {
  const std::string text = "require two { approval dual before pay.execute where resource.total > 400 EUR }\n";
  EXPECT_THAT(of(text, "restriction firm.two"), HasSubstr("act required\n  pay.execute where resource.total > 400 EUR"));
  EXPECT_EQ(of(text, "lift"), "lift warrant firm.two of firm.two\n  needs approval firm.dual\n");
}

TEST(Elaborate, notify_is_an_obligation_and_restricts_nothing) {
  const std::string text = "require told { notify \"soc@firm.example\" after pay.execute }\n";
  EXPECT_EQ(of(text, "restriction firm.told"), "");
  EXPECT_THAT(of(text, "obligation firm.told"), HasSubstr("notify \"soc@firm.example\" after\n  pay.execute\n"));
}

TEST(Elaborate, each_binding_is_a_restriction) {
  const std::string text = R"(
sod twins high "Bank and pay" { separate bank.change from pay.execute  within same Entity  at assignment, use  on same Vendor over 90d in order }
)";
  const std::string printed = of(text, "restriction firm.twins");
  EXPECT_THAT(printed, HasSubstr("restriction firm.twins.Vendor  object 2  on same Vendor  over 90d  in order\n  rule firm.twins"));
  EXPECT_THAT(printed, HasSubstr("key bank.change resource\n  key pay.execute resource.vendors"));
  EXPECT_THAT(printed, HasSubstr("restriction firm.twins.assignment  standing 2  within same Entity  at assignment\n"));
  EXPECT_THAT(printed, HasSubstr("restriction firm.twins.use  standing 2  within same Entity  at use\n"));
  EXPECT_THAT(of("sod u high \"U\" { separate bank.change from pay.execute  within same Entity  at use }\n", "restriction firm.u"),
              HasSubstr("restriction firm.u.use  standing 2  within same Entity  at use\n"));
}

TEST(Elaborate, a_rule_on_objects_only_leaves_an_exposure) {
  EXPECT_THAT(of("", "restriction firm.eyes.exposure"), HasSubstr("standing 2  exposure only"));
  EXPECT_EQ(of("", "restriction firm.bp.exposure"), "");
}

TEST(Elaborate, at_most_k_and_at_least_n) {
  const std::string most = "sod m high \"M\" { at most 2 of { inv.enter, inv.approve, bank.change, pay.execute } }\n";
  EXPECT_THAT(of(most, "restriction firm.m"), HasSubstr("restriction firm.m.assignment  standing 3  at assignment"));
  const std::string two = "sod p high \"P\" { at least 2 people for { inv.enter, inv.read, inv.approve }  on same Invoice }\n";
  EXPECT_THAT(of(two, "restriction firm.p.Invoice"), HasSubstr("object 3"));
  const std::string three = "sod p high \"P\" { at least 3 people for { inv.enter, inv.read, inv.approve }  on same Invoice }\n";
  EXPECT_THAT(of(three, "restriction firm.p.Invoice"), HasSubstr("people 3"));
  EXPECT_THAT(of(three, "restriction firm.p.exposure"), HasSubstr("standing 2  exposure only"));
}

TEST(Elaborate, a_lift_without_binding_lines_lifts_the_standing_binding_only) {
  const std::string rule = R"(
sod twins high "Bank and pay" { separate bank.change from pay.execute  within same Entity  at assignment  on same Vendor  waiver at most 30d, by board }
)";
  const std::string period = "from 2026-06-01 through 2026-06-20  approved by \"eve\" on 2026-05-30  owner role boss  reason \"move\" }\n";
  EXPECT_THAT(of(rule + "exception x waives twins { for \"ada\"  within DE  " + period, "lift"), HasSubstr("lift exception firm.x of firm.twins.assignment\n"));
  const std::string both = of(rule + "exception x waives twins { for \"ada\"  at assignment  on same Vendor  " + period, "lift");
  EXPECT_THAT(both, HasSubstr("of firm.twins.assignment"));
  EXPECT_THAT(both, HasSubstr("of firm.twins.Vendor"));
}

TEST(Elaborate, marks_that_are_not_accepted_leave_the_approval_open) {
  const std::string text = std::string(kFirm) + R"(
exception x waives bp { for "ada"  within DE  from 2026-06-01 through 2026-06-20  approved by "eve" on 2026-05-30  owner role boss  reason "move" }
)";
  auto e = elaborate_texts({text});
  ASSERT_TRUE(e->kernel) << e->messages();
  EXPECT_THAT(e->text(), HasSubstr("approval claimed"));
  e->program->accept_marks = false;
  e->kernel = elaborate(*e->program, e->sink);
  EXPECT_THAT(e->text(), HasSubstr("approval missing"));
}

TEST(Capability, the_facts_of_the_request_are_gone) {
  const std::string text = R"(
role a for Employee { may inv.enter where resource.amount <= 100 EUR and context.urgent }
role b for Employee { may inv.enter where resource.period == open and resource.period == closed }
role c for Employee { may pay.execute where resource.total <= principal.limit }
sod s high "S" { separate inv.enter from pay.execute }
)";
  const std::string s = of(text, "restriction firm.s");
  EXPECT_THAT(s, HasSubstr("firm.a can inv.enter\n"));
  EXPECT_THAT(s, Not(HasSubstr("firm.b can")));
  EXPECT_THAT(s, HasSubstr("firm.c can pay.execute where principal.limit >= -99999999999999.9999 EUR\n"));
}

TEST(Capability, what_is_asked_of_the_person_stays) {
  const std::string text = R"(
role y for Employee { may bank.change where principal.grade < 5 and now < 2027-01-01  may pay.execute where principal.grade >= 5 }
)";
  const std::string bp = of(text, "restriction firm.bp");
  EXPECT_THAT(bp, HasSubstr("firm.y can bank.change in Entity where now < 2026-12-31T23:00Z and principal.grade < 5"));
  EXPECT_THAT(bp, HasSubstr("firm.y can pay.execute in Entity where principal.grade >= 5"));
}

TEST(Capability, the_condition_of_the_side_is_asked_of_the_same_request) {
  const std::string text = R"(
role a for Employee { may pay.execute where resource.total <= 100 EUR }
sod s high "S" { separate pay.execute where resource.total > 100 EUR from inv.enter }
sod t high "T" { separate pay.execute where resource.total > 99 EUR from inv.enter }
)";
  EXPECT_THAT(of(text, "restriction firm.s"), Not(HasSubstr("firm.a can")));
  EXPECT_THAT(of(text, "restriction firm.t"), HasSubstr("firm.a can pay.execute\n"));
}

/// An amount in another currency leaves both comparisons unknown, so the side stays possible (13.6).
TEST(Capability, an_amount_of_any_currency_is_never_safe) {
  const std::string text = R"(
role a for Employee { may inv.enter where resource.amount <= 100 EUR }
sod s high "S" { separate inv.enter where resource.amount > 100 EUR from pay.execute }
)";
  EXPECT_THAT(of(text, "restriction firm.s"), HasSubstr("firm.a can inv.enter where unknown\n"));
}

TEST(Capability, the_scope_is_the_nearest_field) {
  const std::string text = "role r(p: Plant) for Employee { within p  may po.create, gr.post }\nsod og high \"O\" { separate po.create from gr.post  within same Entity }\n";
  EXPECT_THAT(of(text, "restriction firm.og"), HasSubstr("firm.r can po.create in Plant where scope == p"));
}

TEST(Capability, a_cut_side_is_cut) {
  const std::string text = "sod og high \"O\" { separate bank.change within FR from pay.execute  within same Entity }\n";
  const std::string og = of(text, "restriction firm.og");
  EXPECT_THAT(og, HasSubstr("side 1 of 1 within FR"));
  EXPECT_THAT(og, HasSubstr("firm.steward can bank.change in Entity where scope == FR and scope == e"));
}

TEST(Elaborate, a_cut_side_of_acts_is_a_condition_of_each) {
  const std::string cut = of("sod s high \"S\" { separate bank.change, inv.enter within FR from pay.execute  on same Vendor }\n", "restriction firm.s.Vendor");
  EXPECT_THAT(cut, Not(HasSubstr("within")));
  EXPECT_THAT(cut, HasSubstr("bank.change where resource.entity == FR"));
  EXPECT_THAT(cut, HasSubstr("inv.enter where resource.entity == FR"));
}

TEST(Elaborate, a_role_is_native_in_the_systems_that_it_names) {
  EXPECT_THAT(of("role r for Employee { may inv.enter  native s4 \"A\", s4 \"B\" }", "role firm.r"), HasSubstr("  native in s4\n"));
}

TEST(Capability, a_side_by_type_asks_only_its_roles) {
  const std::string text = "role robot for Bot { may pay.execute }\nsod s high \"S\" { separate bank.change from pay.execute by Employee }\n";
  EXPECT_THAT(of(text, "restriction firm.s"), Not(HasSubstr("firm.robot can")));
}

TEST(Capability, a_multiple_is_compared_with_what_is_known_of_the_person) {
  const std::string text = "role a for Employee { may pay.execute where 2 * resource.total <= principal.limit }\n";
  EXPECT_THAT(of(text, "restriction firm.bp"), HasSubstr("firm.a can pay.execute in Entity where "));
}

TEST(Capability, whoever_is_the_holder_has_the_holders_facts) {
  const std::string text = R"(
role scheduler for Employee { may job.schedule where resource.runs_as.owner == principal and (resource.runs_as.owner.dept == AP or context.urgent) }
role other for Employee { may job.schedule where resource.runs_as.owner != principal and resource.runs_as.owner.dept == AP }
sod s high "S" { separate job.schedule from bank.change }
)";
  EXPECT_THAT(of(text, "restriction firm.s"), AllOf(HasSubstr("firm.scheduler can job.schedule where principal == principal\n"), HasSubstr("firm.other can job.schedule where principal == principal\n")));
  const std::string strict = R"(
role scheduler for Employee { may job.schedule where resource.runs_as.owner == principal and resource.runs_as.owner.dept == AP }
sod s high "S" { separate job.schedule from bank.change }
)";
  EXPECT_THAT(of(strict, "restriction firm.s"), HasSubstr("principal.dept == AP"));
}

TEST(Capability, the_resource_that_is_the_holder_lies_where_he_does) {
  const std::string text = R"(
principal Clerk is human { home: Entity }
action clerk.change, clerk.check on Clerk
role own for Clerk { may clerk.change where resource == principal }
role others for Clerk { may clerk.check where resource != principal }
sod s high "S" { separate clerk.change from clerk.check  within same Entity }
)";
  EXPECT_THAT(of(text, "restriction firm.s"), AllOf(HasSubstr("scope == principal.home"), HasSubstr("firm.others can clerk.check in Entity where principal == principal\n")));
}

TEST(Capability, what_has_no_exact_elimination_is_an_error_that_names_both) {
  const auto e = elaborate_in_firm(R"(
role a for Employee { may pay.execute where 2 * resource.total <= principal.limit and 3 * resource.total >= principal.limit }
)");
  EXPECT_FALSE(e->kernel);
  EXPECT_THAT(e->messages(), HasSubstr("cannot_eliminate: what a holder of `firm.a` can do about `firm.bp`"));
}

// ---- metamorphic: other words for the same policy

TEST(Metamorphic, a_duty_and_its_list) {
  const auto duty = elaborate_in_firm("duty posting = { inv.enter, inv.approve }\nrole r for Employee { may posting }\nsod s high \"S\" { separate posting from pay.execute }\n");
  const auto list = elaborate_in_firm("role r for Employee { may inv.enter, inv.approve }\nsod s high \"S\" { separate inv.enter, inv.approve from pay.execute }\n");
  ASSERT_TRUE(duty->kernel && list->kernel) << duty->messages() << list->messages();
  EXPECT_EQ(form(duty->meaning(), "role firm.r"), form(list->meaning(), "role firm.r"));
}

TEST(Metamorphic, terms_and_their_lines) {
  const auto terms = elaborate_in_firm("terms usual { waiver at most 30d, by board  mitigation at most 90d, by board }\nsod s high \"S\" { separate inv.enter from pay.execute  terms usual }\n");
  const auto lines = elaborate_in_firm("sod s high \"S\" { separate inv.enter from pay.execute  waiver at most 30d, by board  mitigation at most 90d, by board }\n");
  ASSERT_TRUE(terms->kernel && lines->kernel) << terms->messages() << lines->messages();
  EXPECT_EQ(terms->meaning(), lines->meaning());
}

TEST(Metamorphic, a_predicate_and_its_text) {
  const auto named = elaborate_in_firm("predicate small(i: Invoice) = i.amount < 100 EUR\nrole r for Employee { may inv.enter where small(resource) }\n");
  const auto text = elaborate_in_firm("role r for Employee { may inv.enter where resource.amount < 100 EUR }\n");
  ASSERT_TRUE(named->kernel && text->kernel) << named->messages() << text->messages();
  EXPECT_EQ(named->meaning(), text->meaning());
}

TEST(Metamorphic, the_order_of_statements) {
  const std::string a = "role r for Employee { may inv.enter where resource.amount < 100 EUR and context.urgent }\n";
  const std::string b = "never n { inv.enter where context.urgent and resource.period == closed }\n";
  const std::string c = "sod s high \"S\" { separate inv.enter from pay.execute  within same Entity }\n";
  const auto forward = elaborate_in_firm(a + b + c);
  const auto backward = elaborate_in_firm(c + b + a);
  ASSERT_TRUE(forward->kernel && backward->kernel);
  EXPECT_EQ(forward->meaning(), backward->meaning());
}

TEST(Metamorphic, a_module_split_in_two) {
  const std::string head = "module firm.more  owner role boss  zone \"Europe/Amsterdam\"\n";
  const std::string a = "role r for Employee { may inv.enter where resource.amount < 100 EUR }\n";
  const std::string b = "sod s high \"S\" { separate inv.enter from pay.execute  within same Entity }\n";
  const auto together = elaborate_texts({kFirm, head + a + b});
  const auto apart = elaborate_texts({kFirm, head + a, "module firm.rest  owner role boss  zone \"Europe/Amsterdam\"\n" + b});
  ASSERT_TRUE(together->kernel && apart->kernel) << together->messages() << apart->messages();
  std::string renamed = apart->meaning();
  for (auto at = renamed.find("firm.rest."); at != std::string::npos; at = renamed.find("firm.rest.")) renamed.replace(at, 10, "firm.more.");
  EXPECT_EQ(together->meaning(), renamed);
}

}  // namespace
}  // namespace writ::kernel
