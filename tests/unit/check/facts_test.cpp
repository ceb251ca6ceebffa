// Facts files, tests and claims that do not compile, and what a register holds once they do.
#include <gtest/gtest.h>

#include "compiler/typed_ir/print_facts.h"
#include "tests/unit/check/policy_text.h"

namespace writ::check {
namespace {

class Facts : public ::testing::Test {
 protected:
  using Names = std::set<std::string>;
  void SetUp() override { policy.add_folder(std::filesystem::path(WRIT_SOURCE_DIR) / "tests/semantics"); }

  Names errors_of_file(const std::string& lines) {
    policy.add("other.writ", "facts firm.other  as of 2026-06-01T12:00Z\n" + lines);
    policy.check();
    return policy.errors();
  }
  Names errors_of_test(const std::string& lines) {
    policy.add("t.writ", "module firm.t\nuse facts firm.people\ntest \"T\" {\n" + lines + "\n}\n");
    const auto test = policy.test("T");
    EXPECT_EQ(test.has_value(), policy.errors().empty());
    if (test) checked = *test;
    return policy.errors();
  }
  const typed_ir::EntityFacts& person(const std::string& id) { return checked.scenario.facts.entities.at(id); }

  PolicyText policy;
  CheckedTest checked;
};

TEST_F(Facts, ARegisterIsClosedWhereItSaysSo) {
  const auto program = policy.check();
  ASSERT_TRUE(program) << policy.messages();
  ASSERT_EQ(program->registers.size(), 1u);
  const std::string text = typed_ir::print_register(*program, program->registers.front());
  EXPECT_NE(text.find("given \"eve\": firm.Employee\n    dept: TR\n    entities: { DE }\n    grade: 9\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("last_day: none"), std::string::npos) << text;   // omitted where complete: absent
  EXPECT_EQ(text.find("held incomplete"), std::string::npos) << text;
}
TEST_F(Facts, APersonOutsideIsOpen) {
  policy.add("other.writ", R"(facts firm.other  as of 2026-06-01T12:00Z  complete within FR
given kim: Employee { dept: AP, entities: { DE, FR } })");
  const auto program = policy.check();
  ASSERT_TRUE(program) << policy.messages();
  const auto& kim = program->registers.at(0).entities.at("kim");
  EXPECT_FALSE(kim.held_complete);
  EXPECT_EQ(kim.attributes.size(), 2u);
}
TEST_F(Facts, AnIdIsNotItsWord) {
  EXPECT_EQ(errors_of_file(R"(given n1: Bot "svc-1" { owner: "ada" }
given j: Job { runs_as: n1 })"),
            Names{})
      << policy.messages();
  const auto program = policy.check();
  EXPECT_EQ(program->registers.at(0).name, "firm.other");
  const auto& job = program->registers.at(0).entities.at("j");
  EXPECT_EQ(job.attributes.begin()->second.values.front().text, "svc-1");
}
TEST_F(Facts, AttributesHaveTheirType) { EXPECT_EQ(errors_of_file("given kim: Employee { grade: \"high\" }").size(), 1u); }
TEST_F(Facts, AMisspeltAttributeIsFound) {
  EXPECT_EQ(errors_of_file("given kim: Employee { graed: 3 }"), Names{"unknown_name"});
}
TEST_F(Facts, WhatIsNotOptionalIsNeverAbsent) { EXPECT_EQ(errors_of_file("given kim: Employee { grade: none }"), Names{"not_optional"}); }
TEST_F(Facts, ABareWordIsGivenSomewhere) { EXPECT_EQ(errors_of_file("given k: Invoice { vendor: nobody }"), Names{"unknown_name"}); }
TEST_F(Facts, AQuotedIdMayBeUnknown) { EXPECT_EQ(errors_of_file("given k: Invoice { vendor: \"V99\" }"), Names{}) << policy.messages(); }
TEST_F(Facts, OneValueTwiceIsFine) { EXPECT_EQ(errors_of_file("given kim: Employee { grade: 3 }\ngiven kim: Employee { grade: 3 }"), Names{}); }
TEST_F(Facts, TwoValuesContradict) { EXPECT_EQ(errors_of_file("given kim: Employee { grade: 3 }\ngiven kim: Employee { grade: 4 }"), Names{"given_twice"}); }
TEST_F(Facts, ATypeForEverybody) { EXPECT_EQ(errors_of_file("given kim: Employee { grade: 3 }\ngiven kim: Bot { owner: \"ada\" }"), Names{"given_other_type"}); }
TEST_F(Facts, ThingsHoldNoRoles) { EXPECT_EQ(errors_of_file("given k: Invoice { } holds ap"), Names{"holder_is_no_principal"}); }
TEST_F(Facts, RolesAreForAType) { EXPECT_EQ(errors_of_file("given k: Bot { } holds ap"), Names{"role_of_other_type"}); }
TEST_F(Facts, AWarrantIsForTests) { EXPECT_EQ(errors_of_file("given approval board by \"eve\""), Names{"only_in_tests"}); }
TEST_F(Facts, NoPolicyAmongFacts) { EXPECT_EQ(errors_of_file("role x for Employee { may inv.enter }").count("only_facts_here"), 1u); }

TEST_F(Facts, ATestReplacesByAttributeAndByRole) {
  EXPECT_EQ(errors_of_test("given eve { grade: 2 }\ngiven fay holds payer(DE), payer(FR)\ngiven ada holds ap"), Names{}) << policy.messages();
  EXPECT_EQ(person("eve").attributes.size(), 7u);
  EXPECT_EQ(person("fay").holds.size(), 3u);
  EXPECT_FALSE(person("eve").closed);
}
TEST_F(Facts, ANewPersonIsClosed) {
  EXPECT_EQ(errors_of_test("given gus: Employee { dept: AP }"), Names{});
  EXPECT_TRUE(person("gus").closed);
  EXPECT_TRUE(person("gus").held_complete);
  EXPECT_EQ(person("gus").attributes.size(), 1u);
}
TEST_F(Facts, PartialHeldReopens) {
  EXPECT_EQ(errors_of_test("given gus: Employee { dept: AP } holds ap\ngiven partial held of gus"), Names{}) << policy.messages();
  EXPECT_FALSE(person("gus").held_complete);
}
TEST_F(Facts, AHoldingKeepsItsDates) {
  EXPECT_EQ(errors_of_test("given gus: Employee { } holds ap from 2026-01-01 through 2026-01-31\ngiven ada holds ap"), Names{});
  EXPECT_EQ(typed_ir::print_instant(person("gus").holds.at(0).from), "2025-12-31T23:00Z");
  EXPECT_EQ(typed_ir::print_instant(person("gus").holds.at(0).until), "2026-01-31T23:00Z");
  EXPECT_FALSE(person("ada").holds.at(0).from_known);
}
TEST_F(Facts, AnAccountIsNobody) {
  EXPECT_EQ(errors_of_test("history \"S4/T1\" did inv.enter on i\nhistory ada did inv.enter on i at 2026-05-01T08:00Z"), Names{});
  EXPECT_FALSE(checked.scenario.history.at(0).resolved);
  EXPECT_TRUE(checked.scenario.history.at(1).resolved);
}
TEST_F(Facts, ANameThatNobodyHas) { EXPECT_EQ(errors_of_test("expect permit adda inv.enter on i"), Names{"unknown_name"}); }
TEST_F(Facts, AnActionHasItsKindOfObject) { EXPECT_EQ(errors_of_test("expect permit ada inv.enter on v"), Names{"wrong_resource"}); }
TEST_F(Facts, ExpectationsCiteQualifiedNames) {
  EXPECT_EQ(errors_of_test("expect deny ada inv.enter on i by eyes, bp missing dual resting on nothing_known"), Names{"unknown_name"});
}
TEST_F(Facts, ExpectationsCiteSortedNames) {
  EXPECT_EQ(errors_of_test("never hit { inv.enter }\nexpect deny ada inv.enter on i by hit, eyes until never"), Names{}) << policy.messages();
  const auto& decision = std::get<typed_ir::ExpectDecision>(checked.scenario.expectations.at(0).what);
  EXPECT_EQ(*decision.details.by, (std::vector<std::string>{"firm.eyes", "firm.t.hit"}));
  EXPECT_EQ(decision.details.until, typed_ir::kForever);
}
TEST_F(Facts, AnExpectedErrorIsJudged) {
  EXPECT_EQ(errors_of_test("expect error unknown_name { never x { inv.entre } }\nexpect error sentinel_date { never y { inv.enter } }"), Names{});
  EXPECT_TRUE(std::get<typed_ir::ExpectError>(checked.scenario.expectations.at(0).what).found);
  EXPECT_FALSE(std::get<typed_ir::ExpectError>(checked.scenario.expectations.at(1).what).found);
}
TEST_F(Facts, AnExpectedErrorHasAName) { EXPECT_EQ(errors_of_test("expect error sentinel_dat { never y { inv.enter } }"), Names{"unknown_error_name"}); }
TEST_F(Facts, WhatIsNotSupportedSaysSo) {
  EXPECT_EQ(errors_of_test("expect add ap to ada at 2026-06-02"), Names{"not_supported_yet"});
}
TEST_F(Facts, DelegationIsNotSupported) {
  EXPECT_EQ(errors_of_test("given ada delegates ap to ben from 2026-06-01 through 2026-06-10"), Names{"not_supported_yet"});
}
TEST_F(Facts, WithoutTakesStatementsAway) {
  policy.add("t.writ", "module firm.t\nuse facts firm.people\ntest \"T\" without eyes { expect error unknown_name { control c { for eyes  owner \"fay\"  monitor \"fay\"  every 7d } } }\n");
  const auto test = policy.test("T");
  ASSERT_TRUE(test) << policy.messages();
  EXPECT_TRUE(std::get<typed_ir::ExpectError>(test->scenario.expectations.at(0).what).found);
}

class Claims : public Facts {
 protected:
  Names errors_of(const std::string& claim) {
    policy.add("c.writ", "module firm.c\n" + claim + "\n");
    program = policy.check();
    return policy.errors();
  }
  std::optional<typed_ir::Program> program;
};

TEST_F(Claims, BindersAreTerms) {
  EXPECT_EQ(errors_of("assert n: never e: Employee, q: Invoice where e holds ap and e can inv.enter on q"), Names{}) << policy.messages();
  EXPECT_NE(typed_ir::print(*program).find("assert firm.c.n: never e: firm.Employee, q: firm.Invoice where "), std::string::npos);
  EXPECT_NE(typed_ir::print(*program).find("e can inv.enter on q"), std::string::npos);
}
TEST_F(Claims, ANegatedCanNamesItsContext) {
  EXPECT_EQ(errors_of("assert n: never e: Employee, q: Invoice where e holds ap and not (e can inv.enter on q)"), Names{"unquantified_context"});
}
TEST_F(Claims, ANegatedCanInNamedContext) {
  EXPECT_EQ(errors_of("assert n: never e: Employee, q: Invoice, c: context, t: time where e holds ap and not (e can inv.enter on q in c at t)"), Names{})
      << policy.messages();
}
TEST_F(Claims, WhatAlwaysFollowsIsDenied) {
  EXPECT_EQ(errors_of("assert n: always e: Employee, q: Invoice where e holds ap: e can inv.enter on q"), Names{"unquantified_context"});
}
TEST_F(Claims, ABinderIsBoundOnce) {
  EXPECT_EQ(errors_of("assert n: never e: Employee, e: Invoice where e holds ap"), Names{"duplicate_binder"});
}
TEST_F(Claims, StepsAreNotSupported) {
  EXPECT_EQ(errors_of("assert n: never eventually e: Employee where e holds ap"), Names{"not_supported_yet"});
}

}  // namespace
}  // namespace writ::check
