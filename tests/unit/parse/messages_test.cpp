// What an author reads. Several errors a file, each in words, each once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsed.h"

namespace writ::parse {
namespace {

using testing::ElementsAre;

std::vector<std::string> told(const std::string& text) { return ParsedText("module m\n" + text).told(); }

TEST(Messages, AMisspeltStatement) {
  const ParsedText parsed("module m\nrol clerk for Employee { may a }\nrole r for Employee { may b }\n");
  EXPECT_THAT(parsed.told(), ElementsAre("2:1 WRIT1013 `rol` starts no statement: expected a statement such as `role`, `sod` or `exception`"));
  EXPECT_THAT(parsed.diagnostics[0].notes, ElementsAre("did you mean `role`?"));
  ASSERT_EQ(parsed.diagnostics[0].fixes.size(), 1u);
  EXPECT_EQ(parsed.diagnostics[0].fixes[0].edits[0].replacement, "role");
}

TEST(Messages, AMisspeltLine) {
  const ParsedText parsed("module m\nrole r for Employee {\n  may a\n  birthrigt where b == c\n  at most 90\n}\n");
  EXPECT_THAT(parsed.told(),
              ElementsAre("4:3 WRIT1014 `birthrigt` starts no line of a role: expected a role line such as `may`, `within` or `birthright`",
                          "5:11 WRIT1010 `90` cannot stand here: expected a duration such as `90d`"));
  EXPECT_THAT(parsed.diagnostics[0].notes, ElementsAre("did you mean `birthright`?"));
}

TEST(Messages, ALineThatEndsTooEarlyIsMarkedWhereItEnds) {
  EXPECT_THAT(told("sod p high \"t\" {\n  separate a from\n  within same E\n}\n"),
              ElementsAre("3:14 WRIT1011 the line ends after `from`: expected an action or duty"));
  EXPECT_THAT(told("role r for Employee {\n  within\n  at most 9d\n}\n"), ElementsAre("3:3 WRIT1011 the line ends after `within`: expected a name"));
  EXPECT_THAT(told("never n { everything where"), ElementsAre("2:22 WRIT1012 the file ends after `where`: expected a condition"));
}

TEST(Messages, AForgottenBraceIsShownWhereItOpens) {
  const ParsedText parsed("module m\nrole a for Employee {\n  may x\nrole b for Employee {\n  may y\n}\n");
  EXPECT_THAT(parsed.told(), ElementsAre("2:21 WRIT1015 this `{` is not closed"));
  ASSERT_EQ(parsed.diagnostics[0].labels.size(), 1u);
  EXPECT_EQ(parsed.sources.place(parsed.diagnostics[0].labels[0].range), "test.writ:4");
  EXPECT_THAT(told("role a for Employee {\n  may x\n"), ElementsAre("2:21 WRIT1015 this `{` is not closed"));
}

TEST(Messages, ABraceTooMany) { EXPECT_THAT(told("role a for Employee { may x }\n}\nrole b for E { }\n"), ElementsAre("3:1 WRIT1016 this `}` closes nothing")); }

TEST(Messages, AHeaderInTheMiddle) {
  EXPECT_THAT(told("enum E { a }\nimport std.erp\n"),
              ElementsAre("3:1 WRIT1017 `import` stands after a statement: the header and the imports come first in a file"));
}

TEST(Messages, TextWithoutItsEnd) {
  EXPECT_THAT(told("never n {\n  everything\n  because \"it never ends\n}\nenum E { a }\n"),
              ElementsAre("4:11 WRIT1003 the text that starts here is not closed on its line"));
}

TEST(Messages, CharactersOfNoMeaning) {
  EXPECT_THAT(told("enum E { a; b }\n"), ElementsAre("2:11 WRIT1002 `;` means nothing here", "2:13 WRIT1010 `b` cannot stand here: expected `,` or `}`"));
}

TEST(Messages, OneBadFieldLeavesTheOthers) {
  const ParsedText parsed("module m\nresource R {\n  a: ,\n  b: int,\n  c int,\n  d: set<X\n}\nenum E { a }\n");
  EXPECT_THAT(parsed.told(), ElementsAre("3:6 WRIT1010 `,` cannot stand here: expected a type such as `string` or `set<LegalEntity>`",
                                         "5:5 WRIT1010 `int` cannot stand here: expected `:`",
                                         "6:10 WRIT1011 the line ends after `X`: expected `>`"));
}

TEST(Messages, AStatementWordReadAsAName) {
  const ParsedText parsed("module m\ntest \"t\" {\n  given a holds\n  expect permit a b.c on d\n}\n");
  ASSERT_EQ(parsed.diagnostics.size(), 1u);
  EXPECT_THAT(parsed.diagnostics[0].notes, ElementsAre("`expect` was read as a name of the line before it, which may not be complete"));
}

TEST(Messages, EveryStatementOfAFileIsHeard) {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "never n" + std::to_string(i) + " { everything where }\n";
  EXPECT_EQ(told(text).size(), 20u);
}

TEST(Messages, SpellingsOfOtherLanguages) {
  const auto notes = [](const std::string& text) { return ParsedText("module m\n" + text).diagnostics.at(0).notes; };
  EXPECT_THAT(notes("role r for E { may a.b when c }\n"), ElementsAre("did you mean `where`?"));
  EXPECT_THAT(notes("role r for E { may a.b where c = 5 }\n"), ElementsAre("did you mean `==`?"));
  EXPECT_THAT(notes("role r for E { can a.b }\n"), testing::Contains("did you mean `may`?"));
  EXPECT_THAT(notes("test \"t\" { expect allow a b.c on d }\n"), ElementsAre("did you mean `permit`?"));
  EXPECT_THAT(notes("exception e waives p { for \"x\" from 2026-01-01 to 2026-02-01 }\n"), ElementsAre("did you mean `through`?"));
}

TEST(Messages, WhatTheLineBeforeCouldHaveGoneOnWith) {
  EXPECT_THAT(told("role r for E { may a.b when c }\n"), ElementsAre("2:24 WRIT1010 `when` cannot stand here: expected `in`, `by` or `where`"));
  EXPECT_THAT(told("sod p severe \"t\" { separate a from b }\n"),
              ElementsAre("2:7 WRIT1010 `severe` cannot stand here: expected a level such as `high`, `{` or text in quotes"));
}

TEST(Messages, NeverMoreThanThreeExpectations) {
  const std::string text = "role r for Employee { may a }\nsod s high \"t\" { separate a from b }\nexception e waives s { for \"x\"  from 2026-01-01 through 2026-01-02 }\n";
  for (std::size_t cut = 0; cut < text.size(); ++cut) {
    for (const std::string& line : told(text.substr(0, cut) + " ? " + text.substr(cut))) {
      const std::string expected = line.substr(line.find("expected") + 1);
      EXPECT_LE(std::count(expected.begin(), expected.end(), ','), 3) << line;
    }
  }
}

}  // namespace
}  // namespace writ::parse
