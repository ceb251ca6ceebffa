// One sentence for each kind of statement, each read aloud once by a person: a spelling whose read-back needs explaining is wrong.
#include <gmock/gmock.h>

#include "tests/unit/say/spoken.h"

namespace writ::say {
namespace {

constexpr const char* kVocabulary = R"(module m
enum Department { AP, GL }
principal Employee is human { department: Department, manager: Employee?, training: set<string> }
system s "S"
dimension LegalEntity { DE: s C "1" }
resource Invoice { entity: LegalEntity, amount: money<EUR> }
/// Enter an invoice.
action inv.enter on Invoice
action inv.approve, inv.pay on Invoice
)";

std::string said(const std::string& statement) { return Spoken(kVocabulary + statement + "\n").last(); }

struct Case {
  const char* statement;
  const char* sentence;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.statement; }

class Statement : public testing::TestWithParam<Case> {};
TEST_P(Statement, IsOneSentence) { EXPECT_EQ(said(GetParam().statement), GetParam().sentence); }

INSTANTIATE_TEST_SUITE_P(
    Roles, Statement,
    testing::Values(Case{"role r for Employee { may inv.pay }", "r: an employee may do 'inv.pay'."},
                    Case{"role r for Employee where \"S\" in principal.training { may inv.enter where resource.amount <= 5 EUR  birthright where principal.department == AP }",
                         "r: an employee where \"S\" is among the employee's training may do 'enter an invoice' where the invoice's amount is at most 5 EUR. "
                         "It is held by right where the employee's department is AP."},
                    Case{"role r(e: LegalEntity) for Employee { within e  may inv.pay  on request after line  at most 1d  review every 1d }",
                         "r(e): an employee may do 'inv.pay', within e. It is held on request, approved by line. At most 1 day at a time and reviewed every day."}));

INSTANTIATE_TEST_SUITE_P(
    Rules, Statement,
    testing::Values(Case{"sod s high \"Two\" { separate inv.enter from inv.approve  on same Invoice }",
                         "s (high) \"Two\": no one may do both 'enter an invoice' and 'inv.approve' for the same invoice. Nothing lifts it."},
                    Case{"sod s { at most 1 of { inv.enter, inv.approve, inv.pay } }",
                         "s: no one may hold more than 1 of 'enter an invoice', 'inv.approve' and 'inv.pay'. Nothing lifts it."},
                    Case{"sod s { at least 1 people for { inv.enter, inv.pay }  on same Invoice }",
                         "s: 'enter an invoice' and 'inv.pay' take at least 1 person for the same invoice. Nothing lifts it."},
                    Case{"never n { inv.pay where resource.amount > 5 EUR }", "n: no one may ever do 'inv.pay' where the invoice's amount is above 5 EUR. Nothing lifts it."},
                    Case{"forbid f { inv.pay  waiver at most 1d, renew 0, tested every 1d }",
                         "f: no one may do 'inv.pay'. It may be waived for at most 1 day, never renewed, its control tested every day."},
                    Case{"require q { mfa fresh within 5min before inv.pay }", "q: before 'inv.pay', the person shows a second factor not older than 5 minutes."},
                    Case{"require q { log after inv.pay }", "q: 'inv.pay' is written to the log."},
                    Case{"sensitive c { nobody holds inv.pay }", "c: no one may hold 'inv.pay'. Nothing lifts it."}));

INSTANTIATE_TEST_SUITE_P(
    Lifts, Statement,
    testing::Values(Case{"exception e waives s { for \"ada\"  from 2026-01-01 through 2026-01-31  reason \"ill\" }",
                         "e: s is waived for \"ada\", from 2026-01-01 through 2026-01-31. Reason: \"ill\"."},
                    Case{"approval line = principal.manager due 3d", "line: given by the person's manager, within 3 days. Nobody approves for himself."},
                    Case{"control c \"Weekly\" { for s  owner role r  every 7d }", "c \"Weekly\": a compensating control for s, watched by nobody every 7 days."}));

INSTANTIATE_TEST_SUITE_P(
    Facts, Statement,
    testing::Values(Case{"given ada: Employee { department: AP } holds r", "ada is an employee with department AP and holds r."},
                    Case{"given c tested 2026-01-01 effective", "the control c was tested on 2026-01-01 and found effective."},
                    Case{"given c tested 2026-01-01 ineffective", "the control c was tested on 2026-01-01 and found ineffective."},
                    Case{"given headcount 4", "a request tells headcount 4."}, Case{"given mfa of ada", "ada has shown a second factor."},
                    Case{"given evidence \"call\"", "there is evidence of \"call\"."}, Case{"given approval line by ben", "the approval line is given by ben."},
                    Case{"given partial history", "more may have happened than is told."}, Case{"given partial held of ada", "ada may hold more than is told."}));

TEST(Sentences, WordsOfAnActionStandInEverySentenceThatUsesIt) {
  const Spoken spoken(std::string(kVocabulary) + "role r for Employee { may inv.enter }\nnever n { inv.enter }\n");
  EXPECT_THAT(spoken.of("r"), testing::HasSubstr("'enter an invoice'"));
  EXPECT_THAT(spoken.of("n"), testing::HasSubstr("'enter an invoice'"));
}

TEST(Sentences, WhatDoesNotParseIsSpokenAsFarAsItGoes) {
  for (const char* text : {"module m\nrole", "module m\nsod s {", "module m\nrole r for Employee { may }", "module m\nexception", "sod s { separate from }", "\xFF\xFE", ""}) {
    const Spoken spoken(text);
    for (const Sentence& s : spoken.all) EXPECT_FALSE(s.text.empty()) << text;
  }
}

TEST(Sentences, EndWithAFullStopAndHaveNoHoles) {
  const Spoken spoken(std::string(kVocabulary) + "enum Empty { }\ndimension None { }\n");
  for (const Sentence& s : spoken.all) {
    EXPECT_THAT(s.text, testing::EndsWith("."));
    EXPECT_THAT(s.text, testing::Not(testing::AnyOf(testing::HasSubstr("  "), testing::HasSubstr(" ."), testing::HasSubstr(" ,"), testing::HasSubstr("1 people")))) << s.text;
  }
}

TEST(Sentences, AreFoundByTheirQualifiedName) {
  const Spoken spoken(std::string(kVocabulary) + "never n { inv.pay }\n");
  const auto all = sentences_by_name({&spoken.file});
  EXPECT_EQ(all.at("m.n"), spoken.of("n"));
}

}  // namespace
}  // namespace writ::say
