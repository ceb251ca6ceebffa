// What an author reads. Several errors a file, each in words, each once.
#include <algorithm>

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
  EXPECT_THAT(told("enum E { a; b }\n"), ElementsAre("2:11 WRIT1002 `;` means nothing here"));
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
  EXPECT_THAT(notes("role r for E { may a.b where c = 5 }\n"), testing::Contains("did you mean `==`?"));
  EXPECT_THAT(notes("role r for E { can a.b }\n"), testing::Contains("did you mean `may`?"));
  EXPECT_THAT(notes("test \"t\" { expect allow a b.c on d }\n"), ElementsAre("did you mean `permit`?"));
  EXPECT_THAT(notes("exception e waives p { for \"x\" from 2026-01-01 to 2026-02-01 }\n"), ElementsAre("did you mean `through`?"));
}

TEST(Messages, WhatTheLineBeforeCouldHaveGoneOnWith) {
  EXPECT_THAT(told("role r for E { may a.b when c }\n"), ElementsAre("2:24 WRIT1010 `when` cannot stand here: expected `where`, `in` or `by`"));
  EXPECT_THAT(told("sod p severe \"t\" { separate a from b }\n"),
              ElementsAre("2:7 WRIT1010 `severe` cannot stand here: expected a level: `critical`, `high`, `medium` or `low`"));
}

/// The file after the first fix of every message.
std::string mended(const std::string& text) {
  const ParsedText parsed("module m\n" + text);
  std::vector<diagnostics::Edit> edits;
  for (const diagnostics::Diagnostic& d : parsed.diagnostics)
    if (!d.fixes.empty()) edits.insert(edits.end(), d.fixes[0].edits.begin(), d.fixes[0].edits.end());
  std::stable_sort(edits.begin(), edits.end(), [](const auto& a, const auto& b) { return a.range.begin > b.range.begin; });
  std::string result = "module m\n" + text;
  for (const diagnostics::Edit& edit : edits) result.replace(edit.range.begin, edit.range.end - edit.range.begin, edit.replacement);
  return result.substr(std::string("module m\n").size());
}

TEST(Messages, SignsOfOtherLanguagesAreToldOnceAndMended) {
  struct Case {
    std::string written;
    std::string told;
    std::string mended;
  };
  const Case kCases[] = {
      {"may a where b == 1 && c == 2", "`&&` means nothing here", "may a where b == 1 and c == 2"},
      {"may a where b == 1||c == 2", "`||` means nothing here", "may a where b == 1 or c == 2"},
      {"may a where !(b == 1)", "`!` means nothing here", "may a where not (b == 1)"},
      {"may a where b === 1", "`===` means nothing here", "may a where b == 1"},
      {"may a where b <> 1", "`<>` means nothing here", "may a where b != 1"},
      {"may a where b => 1", "`=>` means nothing here", "may a where b >= 1"},
      {"may a where b == 'x y'", "`'x y'` means nothing here", "may a where b == \"x y\""},
      {"may a where b == “x”", "`“x”` means nothing here", "may a where b == \"x\""},
      {"may a  # why", "`#` means nothing here", "may a  //"},
      {"may a  -- why", "`--` means nothing here", "may a  //"},
      {"may a  /* why */", "`/*` means nothing here", "may a  // why"},
      {"may a where b in [\"x\", \"y\"]", "`[` means nothing here", "may a where b in {\"x\", \"y\"}"},
      {"may a where c[\"x\"] == 1", "`[\"x\"]` means nothing here", "may a where c.x == 1"},
      {"may a;", "`;` means nothing here", "may a"},
      {"may a where b < $10,000", "`$10,000` means nothing here", "may a where b < 10_000 USD"},
      {"may a where b < 500 €", "`500 €` means nothing here", "may a where b < 500 EUR"},
      {"may a where b < EUR 500", "`EUR 500` means nothing here", "may a where b < 500 EUR"},
      {"may a where b < 10,000 EUR", "`10,000` means nothing here", "may a where b < 10_000 EUR"},
      {"may a where b < 10k", "`10k` is no number and no duration: durations end in s, min, h or d", "may a where b < 10_000"},
      {"may a where now < 31/12/2026", "`31/12/2026` is no day of the calendar: a date is written as 2026-03-31", "may a where now < 2026-12-31"},
      {"may a where now < 2026/12/31", "`2026/12/31` is no day of the calendar: a date is written as 2026-03-31", "may a where now < 2026-12-31"},
      {"may a where now < 31.12.2026", "`31.12.2026` is no day of the calendar: a date is written as 2026-03-31", "may a where now < 2026-12-31"},
      {"at most 20 days", "`20 days` is no number and no duration: durations end in s, min, h or d", "at most 20d"},
      {"at most 6 months", "`6 months` is no number and no duration: durations end in s, min, h or d", "at most 180d"},
      {"at most 2w", "`2w` is no number and no duration: durations end in s, min, h or d", "at most 14d"},
      {"may a where b == User::\"ada\"", "`User::\"ada\"` means nothing here", "may a where b == \"ada\""},
      {"may a where b == Dept::AP", "`Dept::AP` means nothing here", "may a where b == Dept.AP"},
  };
  for (const Case& one : kCases) {
    const std::string text = "role r for E {\n  " + one.written + "\n}\n";
    const ParsedText parsed("module m\n" + text);
    ASSERT_EQ(parsed.diagnostics.size(), 1u) << one.written << "\n" << testing::PrintToString(parsed.told());
    EXPECT_EQ(parsed.diagnostics[0].message(), one.told);
    const std::string after = mended(text);
    EXPECT_THAT(after, testing::HasSubstr("\n  " + one.mended)) << one.written;
    EXPECT_THAT(ParsedText("module m\n" + after).told(), testing::IsEmpty()) << after;
  }
}

TEST(Messages, MoreThanOneReadingIsOfferedAsSuch) {
  const auto titles = [](const std::string& line) {
    std::vector<std::string> all;
    const ParsedText parsed("module m\nrole r for E {\n  " + line + "\n}\n");
    for (const diagnostics::Fix& fix : parsed.diagnostics.at(0).fixes) all.push_back(fix.title);
    return all;
  };
  EXPECT_THAT(titles("may a where now < 3/2/2026"), ElementsAre("write `2026-02-03`", "write `2026-03-02`"));
  EXPECT_THAT(titles("at most 6m"), ElementsAre("write `6min`", "write `180d`"));
}

TEST(Messages, WordsOfOtherLanguagesAreToldOnceAndMended) {
  struct Case {
    std::string written;
    std::string mended;
  };
  const Case kCases[] = {
      {"may a where b = 1", "may a where b == 1"},       {"may a WHERE b == 1", "may a where b == 1"},
      {"may a where b == 1 AND c == 2", "may a where b == 1 and c == 2"},
      {"may a where b is null", "may a where b == none"}, {"may a where b is not null", "may a where b != none"},
      {"may a where b.c not in { d, e }", "may a where not b.c in { d, e }"},
      {"may a where b in (\"d\", \"e\")", "may a where b in { \"d\", \"e\" }"},
      {"may a where b like \"x\"", "may a where b starts with \"x\""},
      {"may a where b contains c", "may a where b includes c"},
      {"may a where b < 10,000", "may a where b < 10_000"},
  };
  for (const Case& one : kCases) {
    const std::string text = "role r for E {\n  " + one.written + "\n}\n";
    EXPECT_EQ(told(text).size(), 1u) << one.written << testing::PrintToString(told(text));
    const std::string after = mended(text);
    EXPECT_THAT(after, testing::HasSubstr("\n  " + one.mended + "\n"));
    EXPECT_THAT(told(after), testing::IsEmpty()) << after;
  }
}

TEST(Messages, AHeadThatWentWrongIsShownRight) {
  const auto notes = [](const std::string& text) { return ParsedText("module m\n" + text).diagnostics.at(0).notes; };
  EXPECT_THAT(notes("require mfa before inv.approve\n"), ElementsAre(testing::HasSubstr("require fresh_login { mfa before inv.approve }")));
  EXPECT_THAT(notes("role vendor-clerk for E { may a }\n"), testing::Contains("did you mean `vendor_clerk`?"));
  EXPECT_THAT(notes("role vendor clerk for E { may a }\n"), testing::Contains("did you mean `vendor_clerk`?"));
  EXPECT_THAT(notes("role \"Vendor clerk\" for E { may a }\n"), testing::Contains("did you mean `vendor_clerk \"Vendor clerk\"`?"));
  EXPECT_THAT(notes("approval line: principal.manager\n"), testing::Contains(testing::HasSubstr("approval NAME = principal.manager due 3d")));
  EXPECT_THAT(notes("deny inv.approve\n"), ElementsAre(testing::HasSubstr("never NAME { ACTION where … }")));
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
