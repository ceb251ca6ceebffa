#include "compiler/format/format.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/ast/build.h"
#include "compiler/parse/parse.h"
#include "tests/support/corpus.h"

namespace writ::format {
namespace {

using corpus::policy_files;
using corpus::PolicyText;
using corpus::Which;

struct Text {
  explicit Text(std::string text) : file(sources.add("t.writ", std::move(text))), tree(parse::parse(sources, file, sink)) {}
  std::optional<std::string> formatted() const { return format(tree, sources); }
  std::string statements() { return ast::print(ast::build(tree, sources, sink)); }
  /// The tokens that are no blanks, comments included.
  std::vector<std::string> words() const {
    std::vector<std::string> found;
    for (const cst::Token& token : tree.tokens()) {
      std::string text(sources.text({file, token.begin, token.end}));
      while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.pop_back();
      if (token.kind != cst::TokenKind::Blank) found.push_back(std::move(text));
    }
    return found;
  }
  source::SourceSet sources;
  diagnostics::Sink sink;
  source::FileId file;
  cst::Tree tree;
};

std::string formatted(const std::string& text) { return Text(text).formatted().value_or("(not formatted)"); }

/// Every file of the repository, also with all blanks squeezed, and with wild ones.
std::vector<PolicyText> variants() {
  std::vector<PolicyText> all;
  for (const PolicyText& policy : policy_files(WRIT_SOURCE_DIR, Which::All)) {
    Text text(policy.text);
    if (!text.formatted()) continue;
    std::string squeezed;
    std::string wild;
    std::size_t count = 0;
    for (const cst::Token& token : text.tree.tokens()) {
      const std::string word(text.sources.text({text.file, token.begin, token.end}));
      const bool newline = word.find('\n') != std::string::npos;
      const bool blank = token.kind == cst::TokenKind::Blank;
      squeezed += blank ? (newline ? "\n" : " ") : word;
      wild += blank ? (newline ? "\n\n\n   \t" : ++count % 5 == 0 ? "\n  " : "     ") : word;
    }
    all.push_back(policy);
    all.push_back({policy.path + " (squeezed)", squeezed});
    all.push_back({policy.path + " (wild)", wild});
  }
  return all;
}

TEST(Format, Twice) {
  for (const PolicyText& policy : variants()) {
    const std::string once = formatted(policy.text);
    EXPECT_EQ(formatted(once), once) << policy.path;
  }
}

TEST(Format, KeepsWordsAndComments) {
  for (const PolicyText& policy : variants()) {
    Text before(policy.text);
    EXPECT_EQ(Text(*before.formatted()).words(), before.words()) << policy.path;
  }
}

TEST(Format, KeepsStatements) {
  for (const PolicyText& policy : variants()) {
    Text before(policy.text);
    EXPECT_EQ(Text(*before.formatted()).statements(), before.statements()) << policy.path;
  }
}

TEST(Format, LeavesNoBlanksAtLineEndsAndOneLineEndAtTheEnd) {
  for (const PolicyText& policy : variants()) {
    const std::string text = formatted(policy.text);
    EXPECT_EQ(text.find(" \n"), std::string::npos) << policy.path;
    EXPECT_EQ(text.find("\n\n\n"), std::string::npos) << policy.path;
    EXPECT_EQ(text.find('\t'), std::string::npos) << policy.path;
    EXPECT_TRUE(text.empty() || (text.back() == '\n' && !text.ends_with("\n\n"))) << policy.path;
  }
}

TEST(Format, TheCorpusIsCanonical) {
  for (const PolicyText& policy : policy_files(WRIT_SOURCE_DIR, Which::Correct)) {
    const bool ours = policy.path.starts_with("tests/corpus/") || policy.path.starts_with("stdlib/") || policy.path.starts_with("examples/");
    if (!ours) continue;
    EXPECT_EQ(formatted(policy.text), policy.text) << policy.path;
  }
}

TEST(Format, LinesShareTheColumnOfTheirStatement) {
  EXPECT_EQ(formatted("role r for Employee{\nwithin e\n  may a.b,c   where x<=5 EUR\non request   after line\n}"),
            "role r for Employee {\n  within      e\n  may         a.b, c where x <= 5 EUR\n  on request  after line\n}\n");
  EXPECT_EQ(formatted("sod s high \"t\" {\n separate a\n from b\n within same E\n}\n"),
            "sod s high \"t\" {\n  separate    a\n  from        b\n  within same E\n}\n");
}

TEST(Format, OneRowStaysOneRow) {
  EXPECT_EQ(formatted("sod s high \"t\" {separate a  from b within same E}"), "sod s high \"t\" { separate a from b  within same E }\n");
  EXPECT_EQ(formatted("never n{everything}"), "never n { everything }\n");
  EXPECT_EQ(formatted("enum E{a,b}enum  F{ }"), "enum E { a, b }\nenum F { }\n");
}

TEST(Format, NeighboursShareColumns) {
  EXPECT_EQ(formatted("action a.b on R\naction c.d, e.f on S\n\naction g.h on T\n"), "action a.b      on R\naction c.d, e.f on S\n\naction g.h on T\n");
}

TEST(Format, ARowFarLongerThanTheOthersSticksOut) {
  const std::string long_name(60, 'x');
  EXPECT_EQ(formatted("duty a = { b }\nduty " + long_name + " = { b }\nduty ccc = { b }\n"),
            "duty a   = { b }\nduty " + long_name + " = { b }\nduty ccc = { b }\n");
}

TEST(Format, RowsInsideAConditionKeepTheirOperandsInLine) {
  EXPECT_EQ(formatted("never n {\n everything where a == b\n or (c == d\n and e == f)\n}\n"),
            "never n {\n  everything where a == b\n                or (c == d\n                and e == f)\n}\n");
}

TEST(Format, CommentsStayWhereTheyAre) {
  EXPECT_EQ(formatted("// top\n\n\n\n///doc\nrole r for E { // why\n\n  may a // one\n  at most 5d   // two\n  // last\n}\n// end"),
            "// top\n\n///doc\nrole r for E {  // why\n  may         a   // one\n  at most     5d  // two\n  // last\n}\n// end\n");
}

TEST(Format, JoinsRowsWhereTheLanguageHasNoJoint) { EXPECT_EQ(formatted("role\n r\n for\n E { }\n"), "role r\n    for E { }\n"); }

TEST(Format, ABrokenFileIsLeftAlone) {
  EXPECT_EQ(Text("role r for { }").formatted(), std::nullopt);
  EXPECT_EQ(Text("enum E { a; }").formatted(), std::nullopt);
  EXPECT_EQ(Text("never n { everything because \"x }").formatted(), std::nullopt);
}

}  // namespace
}  // namespace writ::format
