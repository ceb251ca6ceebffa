#include "compiler/cst/tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/cst/syntax.h"
#include "compiler/parse/parse.h"

namespace writ::cst {
namespace {

struct Parsed {
  explicit Parsed(std::string text) : file(sources.add("t.writ", std::move(text))), tree(parse::parse(sources, file, sink)) {}
  Syntax root() const { return Syntax::root(tree, sources); }
  source::SourceSet sources;
  diagnostics::Sink sink;
  source::FileId file;
  Tree tree;
};

TEST(Tree, PrintsTokensWithTrivia) {
  const Parsed parsed("module m // so\n");
  EXPECT_EQ(print_tokens(parsed.tree, parsed.sources),
            "KwModule 0..6 'module'\nBlank 6..7 ' '\nName 7..8 'm'\nBlank 8..9 ' '\nComment 9..14 '// so'\nBlank 14..15 '\\n'\nEndOfFile 15..15 ''\n");
}

TEST(Tree, PrintsNodes) {
  const Parsed parsed("module m\nenum E { a }\n");
  EXPECT_EQ(print_tree(parsed.tree, parsed.sources),
            "file\n"
            "  header\n    'module'\n    dotted\n      word\n        'm'\n"
            "  item\n    enum_decl\n      'enum'\n      word\n        'E'\n      '{'\n      enum_values\n        word\n          'a'\n      '}'\n"
            "  ''\n");
}

TEST(Tree, KeepsWhatWasSkippedInErrorNodes) {
  const Parsed parsed("module m\nenum E ( a )\nenum F { b }\n");
  EXPECT_EQ(verify(parsed.tree, parsed.sources), std::nullopt);
  EXPECT_EQ(print_source(parsed.tree, parsed.sources), "module m\nenum E ( a )\nenum F { b }\n");
  EXPECT_THAT(print_tree(parsed.tree, parsed.sources), testing::HasSubstr("item (broken)\n    enum_decl (broken)\n"));
  EXPECT_THAT(print_tree(parsed.tree, parsed.sources), testing::HasSubstr("error\n"));
}

TEST(Tree, VerifierSeesAGapInTheTokens) {
  source::SourceSet sources;
  const source::FileId file = sources.add("t.writ", "ab");
  support::Store<TokenId, Token> tokens;
  tokens.add({TokenKind::Name, 1, 2});
  tokens.add({TokenKind::EndOfFile, 2, 2});
  TreeBuilder builder(file, tokens);
  builder.open(RuleKind::File);
  builder.add(TokenId{0});
  builder.add(TokenId{1});
  builder.close();
  EXPECT_THAT(verify(builder.finish(), sources).value_or(""), testing::HasSubstr("does not start where"));
}

TEST(Tree, VerifierSeesALostLeaf) {
  source::SourceSet sources;
  const source::FileId file = sources.add("t.writ", "a");
  support::Store<TokenId, Token> tokens;
  tokens.add({TokenKind::Name, 0, 1});
  tokens.add({TokenKind::EndOfFile, 1, 1});
  TreeBuilder builder(file, tokens);
  builder.open(RuleKind::File);
  builder.add(TokenId{1});
  builder.close();
  EXPECT_THAT(verify(builder.finish(), sources).value_or(""), testing::HasSubstr("1 leaves for 2 tokens"));
}

TEST(Syntax, WalksByKind) {
  const Parsed parsed("module m.n\nrole r(e: E) for Employee { may a  may b }\n");
  const auto item = parsed.root().child(RuleKind::Item);
  ASSERT_TRUE(item);
  const auto role = item->child(RuleKind::RoleDecl);
  ASSERT_TRUE(role);
  EXPECT_EQ(role->child(RuleKind::Word)->text(), "r");
  EXPECT_EQ(role->all(RuleKind::RoleLine).size(), 2u);
  EXPECT_TRUE(role->has(TokenKind::Lbrace));
  EXPECT_FALSE(role->has(TokenKind::String));
  EXPECT_EQ(role->first_token_kind(), TokenKind::KwRole);
  EXPECT_EQ(parsed.root().child(RuleKind::Header)->child(RuleKind::Dotted)->text(), "m.n");
}

TEST(Syntax, DocsAreTheLinesRightAbove) {
  const Parsed parsed("/// the module\nmodule m\n\n/// not this\n\n/// one\n///two\n// plain\n/// three\nenum E { a }\n");
  EXPECT_EQ(parsed.root().child(RuleKind::Header)->doc(), "the module");
  EXPECT_EQ(parsed.root().child(RuleKind::Item)->doc(), "three");
}

TEST(Kinds, KeywordsAreSortedAndSpelled) {
  EXPECT_GT(keywords().size(), 200u);
  EXPECT_TRUE(std::is_sorted(keywords().begin(), keywords().end(), [](const Keyword& a, const Keyword& b) { return a.spelled < b.spelled; }));
  for (const Keyword& keyword : keywords()) {
    EXPECT_EQ(spelling(keyword.kind), keyword.spelled);
    EXPECT_TRUE(is_keyword(keyword.kind));
  }
  EXPECT_FALSE(is_keyword(TokenKind::Name));
}

}  // namespace
}  // namespace writ::cst
