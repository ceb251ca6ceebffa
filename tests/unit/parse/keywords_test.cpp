// Keywords are contextual: `name` ones may be what an author calls things, the reserved ones only where nothing but a name can stand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "parsed.h"

namespace writ::parse {
namespace {

using cst::Keyword;
using cst::KeywordUse;

std::vector<std::string> told(const std::string& text) { return ParsedText(text).told(); }

TEST(Keywords, NamesNameRolesActionsFieldsAndRules) {
  for (const Keyword& keyword : cst::keywords()) {
    if (keyword.use != KeywordUse::Name) continue;
    const std::string text = fmt::format(
        "module {0}\n"
        "enum {0} {{ {0}, other }}\n"
        "resource {0} {{ {0}: {0}, b: set<{0}> }}\n"
        "action {0}.{0}, x.{0} on {0}\n"
        "role {0}({0}: {0}) for {0} {{\n  within {0}\n  may {0}.{0}, {0}\n  on request after {0}\n  at most 5d\n}}\n"
        "sod {0}_1 high \"t\" {{ separate {0}.{0} from {0}  within same {0} }}\n"
        "never {0} {{ {0}.{0} where resource.{0} == {0} and {0}({0}) }}\n"
        "exception {0} waives {0} {{ for \"a\"  within {0}  with {0} }}\n"
        "given {0} holds {0}({0})\n",
        keyword.spelled);
    EXPECT_THAT(told(text), testing::IsEmpty()) << text;
  }
}

TEST(Keywords, EveryOneNamesAFieldAndAnActionSegment) {
  for (const Keyword& keyword : cst::keywords()) {
    const std::string text = fmt::format(
        "module m.{0}\n"
        "resource R {{ {0}: int }}\n"
        "action pay.{0} on R\n"
        "role r for Employee {{ may pay.{0} where resource.{0} == 5 }}\n"
        "given x: R {{ {0}: 5 }}\n",
        keyword.spelled);
    EXPECT_THAT(told(text), testing::IsEmpty()) << text;
  }
}

TEST(Keywords, ReservedOnesNameNothingElseAndTheMessageSaysSo) {
  for (const Keyword& keyword : cst::keywords()) {
    if (keyword.use != KeywordUse::Reserved) continue;
    const ParsedText parsed(fmt::format("module m\nrole {} for Employee {{ }}\n", keyword.spelled));
    ASSERT_THAT(parsed.told(), testing::ElementsAre(testing::HasSubstr("expected a name"))) << keyword.spelled;
    EXPECT_THAT(parsed.diagnostics[0].notes, testing::ElementsAre(testing::HasSubstr("is a word of the language"))) << keyword.spelled;
  }
}

TEST(Keywords, WordsOfTheBusinessStayFree) {
  for (const std::string_view word : {"pay", "release", "map", "owner", "period", "order", "batch", "status", "review", "approve", "test"}) {
    for (const Keyword& keyword : cst::keywords()) {
      EXPECT_FALSE(keyword.spelled == word && keyword.use == KeywordUse::Reserved) << word;
    }
  }
}

}  // namespace
}  // namespace writ::parse
