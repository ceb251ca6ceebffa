// What holds for every policy file of the repository, and that together they use the whole grammar.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "compiler/parse/antlr/engine.h"
#include "parsed.h"
#include "tests/support/corpus.h"

namespace writ::parse {
namespace {

using corpus::policy_files;
using corpus::PolicyText;
using corpus::Which;

TEST(Corpus, CorrectFilesParseInSilence) {
  const std::vector<PolicyText> files = policy_files(WRIT_SOURCE_DIR, Which::Correct);
  EXPECT_GE(files.size(), 14u);
  for (const PolicyText& policy : files) {
    EXPECT_THAT(ParsedText(policy.text).told(), testing::IsEmpty()) << policy.path;
  }
}

TEST(Corpus, EveryTreePrintsItsFileByteForByte) {
  for (const PolicyText& policy : policy_files(WRIT_SOURCE_DIR, Which::All)) {
    const ParsedText parsed(policy.text);
    EXPECT_EQ(cst::verify(parsed.tree, parsed.sources), std::nullopt) << policy.path;
    EXPECT_EQ(cst::print_source(parsed.tree, parsed.sources), policy.text) << policy.path;
  }
}

TEST(Corpus, EveryRuleOfTheGrammarIsUsed) {
  std::set<cst::RuleKind> used;
  for (const PolicyText& policy : policy_files(WRIT_SOURCE_DIR, Which::Correct)) {
    const ParsedText parsed(policy.text);
    for (std::uint32_t i = 0; i < parsed.tree.node_count(); ++i) used.insert(parsed.tree.node(cst::NodeId{i}).kind);
  }
  for (int rule = 0; rule < static_cast<int>(cst::RuleKind::Error); ++rule) {
    const auto kind = static_cast<cst::RuleKind>(rule);
    EXPECT_TRUE(used.count(kind)) << cst::to_string(kind) << " is in no policy file";
  }
}

TEST(Corpus, NothingHasTwoReadings) {
  for (const PolicyText& policy : policy_files(WRIT_SOURCE_DIR, Which::Correct)) {
    source::SourceSet sources;
    const source::FileId file = sources.add(policy.path, policy.text);
    for (const antlr::Ambiguity& two : antlr::find_ambiguities(shapes_of(lex(sources, file), policy.text))) {
      ADD_FAILURE() << policy.path << ": " << cst::to_string(two.rule) << " at token " << two.begin;
    }
  }
}

// Every token left out in turn: whatever is missing, the tree stays whole and somebody hears of it in words.
TEST(Corpus, ATokenLessIsStillATreeAndNeverRawParserText) {
  const std::string text = "module m\nrole r(e: E) for Employee {\n  within e\n  may a.b where resource.x <= 5 EUR\n  at most 9d\n}\n"
                           "sod s high \"t\" {\n  separate a from b\n  within same E\n}\ntest \"t\" {\n  expect deny x a.b on y by s\n}\n";
  source::SourceSet sources;
  const source::FileId file = sources.add("m.writ", text);
  for (const cst::Token& token : lex(sources, file)) {
    const ParsedText parsed(text.substr(0, token.begin) + text.substr(token.end));
    EXPECT_EQ(cst::verify(parsed.tree, parsed.sources), std::nullopt);
    for (const std::string& line : parsed.told()) {
      EXPECT_THAT(line, testing::Not(testing::ContainsRegex("KW_|<EOF>|extraneous|mismatched|viable")));
      EXPECT_THAT(line, testing::ContainsRegex("WRIT1[0-9]{3} "));
    }
  }
}

}  // namespace
}  // namespace writ::parse
