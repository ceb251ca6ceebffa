// Every message of check's own about the vocabulary and the rules, each by a statement that is wrong in just that way. Statements are
// added to the firm of policy.cpp; `marked` is the text that the message points at.
#include "tests/unit/check/policy.h"

namespace writ::check {
namespace {

struct Refused {
  const char* error;
  const char* text;
  const char* marked;
};

std::string title(const testing::TestParamInfo<Refused>& info) { return std::string(info.param.error) + "_" + std::to_string(info.index); }

class InFirm : public testing::TestWithParam<Refused> {};

TEST_P(InFirm, is_refused) {
  const Checked checked = check_in_firm(GetParam().text);
  ASSERT_EQ(checked.messages.size(), 1u) << checked.rendered();
  EXPECT_EQ(checked.names().front(), GetParam().error) << checked.rendered();
  EXPECT_EQ(checked.marked(0), GetParam().marked) << checked.rendered();
  const bool is_error = checked.messages[0].effective_severity() == diagnostics::Severity::Error;
  EXPECT_EQ(checked.program.has_value(), !is_error);
}

const Refused kNames[] = {
    {"unknown_name", "role x for Employee { may inv.entr }", "inv.entr"},
    {"unknown_name", "role x for Employe { may inv.enter }", "Employe"},
    {"unknown_name", "never x { inv.enter where resource.amuont > 5 EUR }", "amuont"},
    {"unknown_name", "never x { inv.enter where resource.period == clsoed }", "clsoed"},
    {"unknown_name", "never x { inv.enter where reosurce.amount > 5 EUR }", "reosurce"},
    {"unknown_name", "sod x high \"X\" { separate inv.enter from pay.execute  within same Entiti }", "Entiti"},
    {"unknown_name", "role x for Employee { within DEE  may inv.enter }", "DEE"},
    {"unknown_name", "resource X { a: Vendr }", "Vendr"},
    {"unknown_name", "system x \"X\" kind erp precision role enforced complete for hold", "hold"},
    {"unknown_name", "never x { invoice.* }", "invoice"},
    {"wrong_kind", "role x for Employee { may boss }", "boss"},
    {"wrong_kind", "role x for Invoice { may inv.enter }", "Invoice"},
    {"wrong_kind", "sod x high \"X\" { separate inv.enter from pay.execute  within same Dept }", "Dept"},
    {"defined_twice", "role payer for Employee { may inv.enter }", "payer"},
    {"defined_twice", "resource X { a: int, a: bool }", "a"},
    {"defined_twice", "enum X { p, q, p }", "p"},
    {"defined_twice", "context { urgent: bool }", "urgent"},
    {"defined_twice", "predicate p(a: int, a: int) = true", "a"},
    {"circular", "dimension X in X { P: s4 A \"1\" }", "X"},
    {"circular", "role x extends x for Employee { may inv.enter }", "x"},
    {"circular", "duty d = { d, inv.enter }", "d"},
    {"circular", "approval c = c then role boss due 2d", "c"},
    {"circular", "predicate p(a: int) = a > 3 and p(a)", "p"},
    {"shadowed_word", "role x(principal: Entity) for Employee { may inv.enter }", "principal"},
    {"shadowed_name", "role x(AP: Dept) for Employee { may inv.enter where principal.dept == AP }", "AP"},
    {"wrong_argument_count", "predicate p(a: int) = a > 3  never x { inv.enter where p(1, 2) }", "p(1, 2)"},
    {"wrong_argument_count", "role x extends payer(DE, FR) for Employee { may inv.enter }", "payer(DE, FR)"},
};
INSTANTIATE_TEST_SUITE_P(Names, InFirm, testing::ValuesIn(kNames), title);

const Refused kSchema[] = {
    {"empty_enum", "dimension X { }", "X"},
    {"value_without_parent", "dimension X { P of DE: s4 A \"1\" }", "DE"},
    {"acyclic_needs_own_type", "resource X { v: Vendor acyclic }", "v"},
    {"tenure_needs_time", "principal X is human tenure from a until b { a: int, b: time }", "a"},
    {"humans_are_not_operated", "principal X is human operated by a { a: Employee }", "a"},
    {"operator_is_no_human", "principal X is agent operated by a { a: Vendor }", "a"},
    {"nobody_answers", "principal X is workload { a: int }", "X"},
    {"action_without_dot", "action x on Invoice", "x"},
    {"writes_needs_attribute", "action x.y on Invoice writes dept", "dept"},
    {"reads_and_writes", "action x.y on Invoice reads writes Employee.dept", "Employee"},
    {"no_currency", "resource X { a: money<Euro> }", "Euro"},
    {"type_takes_no_argument", "resource X { a: int<EUR> }", "EUR"},
    {"set_needs_element", "resource X { a: set }", "set"},
};
INSTANTIATE_TEST_SUITE_P(Schema, InFirm, testing::ValuesIn(kSchema), title);

const Refused kConditions[] = {
    {"literal_does_not_fit", "never x { inv.enter where resource.entity == \"DE\" }", "\"DE\""},
    {"literal_does_not_fit", "never x { pay.execute where resource.hit == 3 }", "3"},
    {"literal_does_not_fit", "never x { inv.enter where principal.grade > 3.5 }", "3.5"},
    {"number_out_of_range", "never x { pay.execute where resource.score > 200_000_000_000_000 }", "200_000_000_000_000"},
    {"money_needs_currency", "never x { inv.enter where resource.amount > 500 }", "500"},
    {"money_needs_currency", "never x { inv.enter where resource.amount > 500.5 }", "500.5"},
    {"other_currency", "never x { pay.execute where resource.total > 5 USD }", "5 USD"},
    {"none_is_no_value", "never x { inv.enter where principal.manager < none }", "principal.manager < none"},
    {"constant_expected", "never x { inv.enter where principal.last_day otherwise principal.hired > 2020-01-01T00:00Z }", "principal.hired"},
    {"set_expected", "never x { inv.enter where resource.entity in resource.entity }", "resource.entity"},
    {"set_expected", "never x { inv.enter where resource.entity is empty }", "resource.entity"},
    {"condition_expected", "never x { inv.enter where resource.amount }", "resource.amount"},
    {"condition_expected", "never x { inv.enter where 3 + 4 }", "3 + 4"},
    {"value_expected", "never x { inv.enter where (resource.period == open) == true }", "resource.period == open"},
    {"type_mismatch", "never x { inv.enter where resource.period == principal.dept }", "resource.period == principal.dept"},
    {"type_mismatch", "never x { po.create where resource.plant in principal.entities }", "resource.plant in principal.entities"},
    {"type_mismatch", "never x { pay.execute where principal.grade == resource.score }", "principal.grade == resource.score"},
    {"wrong_type", "never x { inv.enter where principal.hired starts with \"a\" }", "principal.hired"},
    {"no_order", "never x { inv.enter where resource.period < open }", "resource.period < open"},
    {"no_order", "never x { inv.enter where \"a\" < \"b\" }", "\"a\" < \"b\""},
    {"no_arithmetic", "never x { inv.enter where principal.grade + 3d > 5 }", "principal.grade + 3d"},
    {"no_arithmetic", "never x { inv.enter where 1.5 * principal.grade > 5 }", "1.5 * principal.grade"},
    {"factor_is_constant", "never x { inv.enter where principal.grade * principal.grade > 5 }", "principal.grade * principal.grade"},
    {"arithmetic_too_wide",
     "never x { pay.execute where 9000000000000000 * (9000000000000000 * resource.score) > 1.0 }",
     "9000000000000000 * (9000000000000000 * resource.score) > 1.0"},
    {"optional_without_guard", "never x { inv.enter where resource.order.plant == P1 }", "resource.order"},
    {"optional_without_guard", "never x { inv.enter where principal.last_day > now }", "principal.last_day"},
    {"optional_without_guard", "never x { inv.enter where principal.manager == none and principal.manager == principal }", "principal.manager"},
    {"never_absent", "never x { inv.enter where resource.vendor != none }", "resource.vendor"},
    {"never_absent", "never x { inv.enter where principal.grade otherwise 3 > 2 }", "principal.grade"},
    {"mixed_and_or", "never x { inv.enter where principal.grade > 3 and context.urgent or principal.grade > 7 }",
     "principal.grade > 3 and context.urgent"},
    {"no_attributes", "never x { inv.enter where resource.amount.currency == \"EUR\" }", "currency"},
    {"path_too_long",
     "never x { job.schedule where resource.runs_as.owner.manager.manager.manager.manager.manager.manager.manager == none }",
     "resource.runs_as.owner.manager.manager.manager.manager.manager.manager.manager"},
    {"word_not_in_scope", "never x { everything where resource.entity == DE }", "resource"},
    {"word_not_in_scope", "never x { inv.enter where subject == principal }", "subject"},
    {"word_not_in_scope", "never x { inv.enter where input.reason == \"x\" }", "input"},
    {"enumerator_without_type", "never x { inv.enter where open == closed }", "open"},
    {"no_hierarchy", "never x { inv.enter where resource.period under open }", "resource.period under open"},
    {"principal_expected", "never x { inv.enter where resource.vendor holds boss }", "resource.vendor"},
    {"can_outside_claim", "never x { inv.enter where principal can inv.approve on resource }", "principal can inv.approve on resource"},
    {"threshold_without_currency", "threshold t = { 5 USD }  never x { pay.execute where resource.total > t }", "resource.total > t"},
    {"threshold_is_a_bound", "threshold t = { 5 EUR }  never x { pay.execute where resource.total == t }", "resource.total == t"},
    {"empty_set_without_type", "never x { inv.enter where {} is empty }", "{}"},
    {"subset_of_maybe_empty", "role x for Employee { may pay.execute where resource.vendors subset of { \"a\" } }", "resource.vendors"},
};
INSTANTIATE_TEST_SUITE_P(Conditions, InFirm, testing::ValuesIn(kConditions), title);

const Refused kTime[] = {
    {"until_needs_instant", "never x { inv.enter where now <= 2026-03-01 }", "2026-03-01"},
    {"until_needs_instant", "never x { inv.enter where 2026-03-01 < principal.hired }", "2026-03-01"},
    {"instant_out_of_range", "never x { inv.enter where now < 1969-03-01 }", "1969-03-01"},
    {"empty_period", "never x { inv.enter where now during 2026-03-02 through 2026-03-01 }", "2026-03-01"},
    {"bare_offset", "never x { inv.enter where now < 2026-03-01T00:00+02:00 }", "2026-03-01T00:00+02:00"},
    {"difference_of_times", "never x { inv.enter where now - principal.hired > 90d }", "now - principal.hired"},
    {"now_needs_order", "never x { inv.enter where now == principal.hired }", "now == principal.hired"},
    {"now_on_both_sides", "never x { inv.enter where now < now + 3d }", "now < now + 3d"},
};
INSTANTIATE_TEST_SUITE_P(Time, InFirm, testing::ValuesIn(kTime), title);

const Refused kRoles[] = {
    {"grant_names_actions", "role x for Employee { may everything }", "everything"},
    {"grant_names_actions", "role x for Employee { may inv.* }", "inv.*"},
    {"role_is_no_action", "never x { role boss }", "role boss"},
    {"role_is_no_action", "duty d = { role boss }  never x { d }", "d"},
    {"by_nobody", "duty d = { inv.enter by Bot }  never x { d by Employee }", "d"},
    {"role_side_is_whole", "sod x high \"X\" { separate role boss where context.urgent from pay.execute }", "role boss"},
    {"extended_duty_is_granted", "duty d = { inv.enter }  extend duty d { inv.approve }  role x for Employee { may d }", "extend duty d"},
    {"extended_duty_is_granted",
     "duty d = { inv.enter }  duty e = { d }  extend duty d { inv.approve }  role x for Employee { may e }", "extend duty d"},
    {"unknown_name", "resource T { a: Vendr }  action t.do on T  never x { t.do where resource.a == \"v\" }", "Vendr"},
    {"not_a_parameter_type", "role x(p: set<Entity>) for Employee { may inv.enter }", "set<Entity>"},
    {"role_needs_type", "role x for role boss { may inv.enter }", "role boss"},
    {"role_needs_arguments", "role x extends payer for Employee { may inv.enter }", "payer"},
    {"extends_other_type", "role x extends boss for Bot { may inv.enter }", "boss"},
    {"birthright_for_every_value", "role x(p: Entity) for Employee { within p  may pay.execute  birthright where principal.grade > 3 }",
     "birthright where principal.grade > 3"},
    {"birthright_for_every_value",
     "role x(p: Entity) for Employee { within p  may pay.execute  birthright where p in principal.entities or principal.grade > 3 }",
     "birthright where p in principal.entities or principal.grade > 3"},
    {"birthright_without_parent", "role x extends ap for Employee { birthright where principal.grade > 3 }",
     "birthright where principal.grade > 3"},
    {"not_a_dimension", "role x for Employee { within principal.dept  may inv.enter }", "principal.dept"},
    {"requester_approves", "approval c = principal due 2d", "principal"},
    {"role_has_no_scope", "approval c = role boss within same Entity due 2d", "role boss within same Entity"},
    {"over_needs_fact", "approval c = role boss due 2d over context.urgent", "context.urgent"},
    {"action_without_resource", "assert a: never e: Employee, i: Invoice where e can sign.in on i", "i"},
    {"no_due", "approval c = role boss", "role boss"},
    {"line_not_stricter", "limits { role at most 90d }  role x for Employee { may inv.enter  at most 180d }", "180d"},
};
INSTANTIATE_TEST_SUITE_P(Roles, InFirm, testing::ValuesIn(kRoles), title);

const Refused kRules[] = {
    {"forbid_without_yield", "forbid x high \"X\" { inv.enter }", "x"},
    {"enforced_and_report_only",
     "sod x high \"X\" { separate inv.enter from pay.execute  enforced from 2026-10-01  report only }", "report only"},
    {"sensitive_is_one_sided", "sensitive x high \"X\" { separate inv.enter from pay.execute }", "x"},
    {"sensitive_has_no_object", "sensitive x high \"X\" { nobody holds inv.enter  on same Invoice }", "on same Invoice"},
    {"empty_side", "sod x high \"X\" { separate all of { } from pay.execute }", "all of { }"},
    {"zero_of", "sod x high \"X\" { separate 0 of { inv.enter } from pay.execute }", "0"},
    {"zero_of", "sod x high \"X\" { at most 0 of { inv.enter, pay.execute } }", "0"},
    {"count_out_of_reach", "sod x high \"X\" { at most 2 of { inv.enter, pay.execute } }", "2"},
    {"count_out_of_reach", "sod x high \"X\" { separate 3 of { inv.enter, inv.approve } from pay.execute }", "3"},
    {"count_out_of_reach", "sod x high \"X\" { at least 3 people for { inv.enter, pay.execute } }", "3"},
    {"count_needs_actions", "sod x high \"X\" { separate everything from inv.approve  on same Invoice }", "Invoice"},
    {"one_person_is_no_rule", "sod x high \"X\" { at least 1 people for { inv.enter, pay.execute } }", "1"},
    {"role_and_ancestor", "role child extends ap for Employee { may po.create }  sod x high \"X\" { separate role child from role ap }", "x"},
    {"across_two_sides", "sod x high \"X\" { at most 1 of { inv.enter, pay.execute, bank.change }  across Entity }", "Entity"},
    {"role_side_on_object", "sod x high \"X\" { separate role boss from inv.approve  on same Invoice }", "Invoice"},
    {"ambiguous_key", "resource T { a: Vendor, b: Vendor }  action t.do on T  sod x high \"X\" { separate t.do from bank.change  on same Vendor }",
     "Vendor"},
    {"key_of_other_action", "sod x high \"X\" { separate bank.change from pay.execute  on same Vendor { inv.enter by resource.vendor } }",
     "inv.enter"},
    {"side_without_key", "sod x high \"X\" { separate job.schedule from bank.change  on same Vendor }", "Vendor"},
    {"two_scopes",
     "resource T { a: Entity, b: Entity }  action t.do on T  sod x high \"X\" { separate t.do from bank.change  within same Entity }", "Entity"},
    {"no_dimension", "sod x high \"X\" { separate job.schedule from bank.change  within same Entity }", "Entity"},
    {"no_dimension", "role x for Employee { within DE  may job.schedule }", "job.schedule"},
    {"fact_may_be_stale", "principal Guest is human { badge: bool }  never x { inv.enter by Guest where principal.badge }", "badge"},
    {"line_not_stricter", "terms t { waiver at most 10d, by board }  forbid x high \"X\" { pay.execute  terms t  waiver at most 20d }",
     "at most 20d"},
    {"line_not_stricter", "limits { mitigation cooling 20d }  sod x high \"X\" { separate inv.enter from pay.execute  mitigation cooling 3d }",
     "cooling 3d"},
    {"line_not_stricter", "limits { mitigation renew 1 }  sod x high \"X\" { separate inv.enter from pay.execute  mitigation renew 3 }",
     "renew 3"},
    {"obligation_yields", "require x { log after inv.enter  waiver at most 3d, by board }", "x"},
    {"said_twice", "sod x high \"X\" { separate inv.enter from inv.approve  on same Invoice  on same Invoice over 3d }", "Invoice"},
    {"cap_not_here", "terms t { waiver at most 10d, tested every 30d }", "tested every 30d"},
    {"cap_not_here", "limits { role renew 3 }", "renew 3"},
};
INSTANTIATE_TEST_SUITE_P(Rules, InFirm, testing::ValuesIn(kRules), title);

const Refused kNotYet[] = {
    {"not_supported_yet", "never x { assign any role }", "never x"},
    {"not_supported_yet", "role x for Employee { may assign ap to Employee }", "role x"},
    {"not_supported_yet", "role x for Employee { may inv.enter  delegable to Employee, at most 14d }", "role x"},
    {"not_supported_yet", "action a.b on Invoice implies inv.enter", "action a.b"},
    {"not_supported_yet", "process p on Invoice { step a inv.enter }", "process p"},
    {"not_supported_yet", "map s4 { inv.enter tcode \"A\" }", "map s4"},
    {"not_supported_yet", "overlay de within DE { owner role boss }", "overlay de"},
    {"not_supported_yet", "flow f { inv.enter leads to pay.execute by \"b\" }", "flow f"},
    {"not_supported_yet", "staffing s: at least 2 role boss", "staffing s"},
    {"not_supported_yet", "calendar c from 2026-01-01 through 2026-12-31 { 2026-06-28 through 2026-07-05 }", "calendar c"},
    {"not_supported_yet", "adopt std.erp.o2c", "adopt std.erp.o2c"},
    {"not_supported_yet", "sod x high \"X\" { separate inv.enter from pay.execute  at activation }", "sod x"},
    {"not_supported_yet", "limits { ledger age 1d }", "ledger age 1d"},
    {"not_supported_yet", "emergency close \"Close\" for role ap { may inv.enter  at most 4h }", "emergency close"},
    {"not_supported_yet", "never x { revoke any role }", "never x"},
    {"not_supported_yet", "never x { define any role }", "never x"},
    {"not_supported_yet", "never x { delegate any role }", "never x"},
    {"not_supported_yet", "never x { approve any waiver }", "never x"},
    {"not_supported_yet", "never x { deploy policy }", "never x"},
    {"not_supported_yet", "assert n: never eventually e: Employee where e holds ap", "assert n"},
    {"not_supported_yet", "assert n: never e: Employee by role ap where e holds ap", "assert n"},
};
INSTANTIATE_TEST_SUITE_P(NotYet, InFirm, testing::ValuesIn(kNotYet), title);

}  // namespace
}  // namespace writ::check
