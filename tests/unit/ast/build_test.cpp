#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "built.h"
#include "compiler/cst/syntax.h"
#include "tests/support/corpus.h"

namespace writ::ast {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string text_at(const BuiltText& built, const Range& range) { return std::string(built.sources.text(range)); }

TEST(Build, CorrectFilesBuildInSilence) {
  for (const corpus::PolicyText& policy : corpus::policy_files(WRIT_SOURCE_DIR, corpus::Which::Correct)) {
    EXPECT_THAT(BuiltText(policy.text).told(), IsEmpty()) << policy.path;
  }
}

TEST(Build, EveryStatementOfEveryPhraseIsThere) {
  const auto files = corpus::policy_files(std::string(WRIT_SOURCE_DIR), corpus::Which::Correct);
  const auto every = std::find_if(files.begin(), files.end(), [](const auto& policy) { return policy.path == "tests/corpus/every_phrase.writ"; });
  ASSERT_NE(every, files.end());
  const BuiltText built(every->text);
  std::set<std::string> words;
  for (const Item& item : built.file.items) words.emplace(words_of(item));
  EXPECT_EQ(words.size(), 34u) << "31 kinds of statement, of which sod, lift and duty have two words each";
  EXPECT_THAT(built.file.history, SizeIs(1));
  const ast::Test& test = std::get<ast::Test>(built.file.items.back().statement);
  EXPECT_EQ(test.expects.size(), 29u);
  EXPECT_THAT(test.items, SizeIs(1));
  EXPECT_THAT(test.history, SizeIs(1));
}

TEST(Build, Header) {
  const BuiltText built("/// About it.\nmodule a.b overlay n owner role boss(EU) zone \"Europe/Paris\" sessions required\nuse facts p.q\nimport x.y as z\n");
  const Header& header = built.file.header;
  EXPECT_EQ(header.name.text, "a.b");
  EXPECT_EQ(header.overlay->text, "n");
  EXPECT_EQ(header.owner->role->name.text, "boss");
  EXPECT_THAT(header.owner->role->args, SizeIs(1));
  EXPECT_EQ(header.zone->text, "Europe/Paris");
  EXPECT_TRUE(header.sessions_required);
  EXPECT_EQ(header.doc, "About it.");
  ASSERT_THAT(built.file.uses, SizeIs(2));
  EXPECT_TRUE(built.file.uses[0].facts);
  EXPECT_EQ(built.file.uses[1].alias->text, "z");
  const BuiltText facts("facts p.q as of 2026-03-01T06:00Z complete within DE, FR\n");
  EXPECT_TRUE(facts.file.header.facts);
  EXPECT_EQ(std::get<InstantLiteral>(facts.file.header.as_of->day).ms, 1772344800000);
  EXPECT_THAT(facts.file.header.complete_within, SizeIs(2));
}

TEST(Build, RangesAndDocs) {
  const BuiltText built("module m\n\n/// First.\n/// Second.\nrole clerk for Employee { may a }\n");
  const Item& item = built.file.items.at(0);
  EXPECT_EQ(text_at(built, item.range), "role clerk for Employee { may a }");
  EXPECT_EQ(text_at(built, item.head), "role clerk");
  EXPECT_EQ(item.doc, "First.\nSecond.");
}

TEST(Build, Role) {
  const BuiltText built(
      "module m\nrole c(e: E) for Employee where \"S\" in principal.t at assignment {\n within e\n may a.b, c where x <= 5 EUR subject to cap\n"
      " may assign d, e(FR) to Employee\n birthright where p == q\n on request after line then role r within same E due 72h\n at most 10d\n review every 90d by role q\n"
      " delegable to Employee where y, at most 14d, once\n native s4 \"A\", cs \"B\"\n}\n");
  ASSERT_THAT(built.told(), IsEmpty());
  const Role& role = built.item<Role>();
  EXPECT_EQ(role.params.at(0).type.name.text, "E");
  EXPECT_TRUE(role.at_assignment);
  EXPECT_EQ(built.expr(role.subject->where).kind, ExprKind::In);
  EXPECT_EQ(role.within.at(0).text, "e");
  ASSERT_THAT(role.may, SizeIs(2));
  EXPECT_THAT(role.may[0].accesses.what, SizeIs(2));
  EXPECT_EQ(role.may[0].subject_to.at(0).text, "cap");
  EXPECT_EQ(role.may[1].accesses.what.at(0).kind, WhatKind::Assign);
  EXPECT_THAT(role.may[1].accesses.what.at(0).roles, SizeIs(2));
  EXPECT_EQ(role.may[1].accesses.what.at(0).to.at(0).type->text, "Employee");
  EXPECT_EQ(role.on_request->steps.size(), 2u);
  EXPECT_EQ(role.on_request->steps[1].parties[0].within_same->text, "E");
  EXPECT_EQ(role.on_request->steps[1].due->ms, 72 * 3'600'000);
  EXPECT_EQ(role.review_by->role->name.text, "q");
  EXPECT_THAT(role.delegable.at(0).caps, SizeIs(2));
  EXPECT_THAT(role.natives, SizeIs(2));
}

TEST(Build, Segregation) {
  const BuiltText built(
      "module m\nsod s critical \"T\" {\n separate a, b within DE from all of { c, d }\n within same E, F\n at use, assignment\n"
      " on same V { p.e by resource.vs } over 90d in order\n terms t\n owner \"eve\"\n because \"why\"\n enforced from 2026-10-01\n report only\n}\n"
      "sod k { at most 2 of { a, b, c } }\nsod n { at least 2 people for { a, b } }\nsensitive c { nobody holds everything }\n");
  ASSERT_THAT(built.told(), IsEmpty());
  const Sod& sod = built.item<Sod>();
  EXPECT_EQ(sod.head.level->level, Level::Critical);
  ASSERT_THAT(sod.sides, SizeIs(2));
  EXPECT_THAT(sod.sides[0].accesses.at(0).what, SizeIs(2));
  EXPECT_EQ(sod.sides[0].within.at(0).text, "DE");
  EXPECT_EQ(sod.sides[1].kind, Side::Kind::AllOf);
  EXPECT_THAT(sod.sides[1].accesses, SizeIs(2));
  EXPECT_EQ(sod.points.at(1).point, Point::Assignment);
  EXPECT_EQ(sod.objects.at(0).keys.at(0).path.at(1).text, "vs");
  EXPECT_TRUE(sod.objects.at(0).in_order);
  EXPECT_EQ(sod.lines.owner->person->text, "eve");
  EXPECT_TRUE(sod.lines.report_only);
  EXPECT_THAT(built.item<Sod>(1).sides, SizeIs(3));
  EXPECT_EQ(built.item<Sod>(2).form, Sod::Form::AtLeastPeople);
  EXPECT_TRUE(built.item<Sod>(3).sensitive);
}

TEST(Build, Lift) {
  const BuiltText built(
      "module m\nexception e waives a, b {\n for Employee where x\n within FR\n from 2026-03-02 through 2026-03-22 on end remove v(FR)\n while y\n at use\n on same I\n"
      " on I \"1\", \"2\"\n on J where z\n owner role c(FR)\n approved by \"p\" on 2026-02-26, \"m\" on 2026-02-27\n reason \"r\" ticket \"T\"\n with CTL\n}\n");
  ASSERT_THAT(built.told(), IsEmpty());
  const Lift& lift = built.item<Lift>();
  EXPECT_FALSE(lift.mitigation);
  EXPECT_THAT(lift.rules, SizeIs(2));
  EXPECT_EQ(std::get<DateLiteral>(lift.period->through->day).day, 22);
  EXPECT_EQ(lift.on_end_remove.at(0).name.text, "v");
  EXPECT_EQ(lift.same.at(0).text, "I");
  EXPECT_THAT(lift.objects, SizeIs(2));
  EXPECT_THAT(lift.approved_by, SizeIs(2));
  EXPECT_EQ(lift.ticket->text, "T");
}

TEST(Build, Conditions) {
  const BuiltText built(
      "module m\nnever n { everything where not a == 1 and (b or c) and 2 * d + e - 3d otherwise f <= now and same person(x, y) and e can p.q on r in c at t }\n");
  ASSERT_THAT(built.told(), IsEmpty());
  const Expr& top = built.expr(built.item<Never>().accesses.where);
  ASSERT_EQ(top.kind, ExprKind::And);
  ASSERT_THAT(top.operands, SizeIs(5));
  const Expr& negated = built.expr(top.operands[0]);
  EXPECT_EQ(negated.kind, ExprKind::Not);
  EXPECT_EQ(built.expr(negated.operands[0]).kind, ExprKind::Equal);
  EXPECT_TRUE(built.expr(top.operands[1]).parenthesised);
  const Expr& less = built.expr(top.operands[2]);
  ASSERT_EQ(less.kind, ExprKind::LessEqual);
  EXPECT_EQ(built.expr(less.operands[1]).kind, ExprKind::Now);
  const Expr& difference = built.expr(less.operands[0]);
  ASSERT_EQ(difference.kind, ExprKind::Subtract);
  EXPECT_EQ(built.expr(difference.operands[1]).kind, ExprKind::Otherwise);
  const Expr& sum = built.expr(difference.operands[0]);
  ASSERT_EQ(sum.kind, ExprKind::Add);
  EXPECT_EQ(built.expr(sum.operands[0]).kind, ExprKind::Multiply);
  EXPECT_EQ(text_at(built, sum.range), "2 * d + e");
  EXPECT_EQ(built.expr(top.operands[3]).path.at(0).text, "same person");
  const Expr& can = built.expr(top.operands[4]);
  EXPECT_EQ(can.path.at(0).text, "p.q");
  EXPECT_THAT(can.operands, SizeIs(2));
  EXPECT_EQ(can.at_instant->text, "t");
}

TEST(Build, Given) {
  const BuiltText built(
      "module m\ngiven ada, \"b-1\": Employee \"id\" { dept: AP } holds r(DE) from 2026-01-01 through 2026-02-01, s until 2026-03-01T00:00Z resting on x\n"
      "given ada has a within P1, b within any P, c within unknown P, d\ngiven context { urgent: true }\ngiven CTL tested 2026-01-15 ineffective\ngiven n 4\n"
      "given partial held of ada\ngiven s4 role \"Z\" grants tcode \"A\", \"B\"\n");
  ASSERT_THAT(built.told(), IsEmpty());
  const auto& entity = std::get<GivenEntity>(built.item<Given>(0).fact);
  EXPECT_TRUE(entity.names.at(1).quoted);
  EXPECT_EQ(entity.type->id->text, "id");
  ASSERT_THAT(entity.holds, SizeIs(2));
  EXPECT_THAT(entity.holds[0].resting_on, IsEmpty());
  EXPECT_THAT(entity.holds[1].resting_on, SizeIs(1));
  const auto& has = std::get<GivenEntity>(built.item<Given>(1).fact).has;
  ASSERT_THAT(has, SizeIs(4));
  EXPECT_EQ(has[2].scope, HasAccess::Scope::Unknown);
  EXPECT_EQ(has[3].scope, HasAccess::Scope::None);
  EXPECT_TRUE(std::holds_alternative<GivenContext>(built.item<Given>(2).fact));
  EXPECT_FALSE(std::get<GivenControl>(built.item<Given>(3).fact).effective);
  EXPECT_EQ(std::get<GivenNumber>(built.item<Given>(4).fact).value.value, 4);
  EXPECT_TRUE(std::holds_alternative<GivenPartialHeld>(built.item<Given>(5).fact));
  const auto& native = std::get<GivenNative>(built.item<Given>(6).fact);
  EXPECT_EQ(native.role.text, "Z");
  EXPECT_EQ(native.kind.text, "tcode");
  EXPECT_THAT(native.codes, SizeIs(2));
}

TEST(Build, Expectations) {
  const BuiltText built(
      "module m\ntest \"t\" without w {\n expect permit ben for ada a.b on i at 2026-06-01T00:00Z by x, y until never resting on e through 2026-02-01\n"
      " expect deny ada request s(DE) from 2026-06-02 through 2026-06-30 by bp possible from 2026-06-11\n expect no violation of ada\n"
      " expect mitigated exposure r of d365 role \"AP\"\n expect refuted \"role-sod\" of x in 3 steps\n expect proved p completes in FR with 1 absent\n"
      " expect error e { role r for E { } }\n expect nothing for ada at 2026-03-01\n expect gap s4 tcode \"Z\" in role \"Y\"\n}\n");
  ASSERT_THAT(built.told(), IsEmpty());
  const ast::Test& test = built.item<ast::Test>();
  ASSERT_THAT(test.expects, SizeIs(9));
  const auto& permit = std::get<ExpectDecision>(test.expects[0].expectation);
  EXPECT_EQ(permit.for_person->text, "ada");
  EXPECT_TRUE(permit.details.until_never);
  EXPECT_THAT(*permit.details.by, SizeIs(2));
  EXPECT_TRUE(permit.details.resting->through);
  const auto& deny = std::get<ExpectDecision>(test.expects[1].expectation);
  EXPECT_EQ(deny.question, ExpectDecision::Question::Request);
  EXPECT_TRUE(deny.details.from && deny.details.through && deny.details.possible_from);
  EXPECT_EQ(std::get<ExpectFinding>(test.expects[2].expectation).qualifier, ExpectFinding::Qualifier::No);
  EXPECT_EQ(std::get<ExpectFinding>(test.expects[3].expectation).of_native->role.text, "AP");
  const auto& refuted = std::get<ExpectProof>(test.expects[4].expectation);
  EXPECT_EQ(refuted.obligation, "role-sod");
  EXPECT_EQ(refuted.in_steps->value, 3);
  EXPECT_EQ(std::get<ExpectProof>(test.expects[5].expectation).claim->count->value, 1);
  EXPECT_THAT(std::get<ExpectError>(test.expects[6].expectation).items, SizeIs(1));
  EXPECT_EQ(std::get<ExpectProvision>(test.expects[7].expectation).change, ExpectProvision::Change::Nothing);
  EXPECT_EQ(std::get<ExpectGap>(test.expects[8].expectation).code.text, "Z");
}

TEST(Build, BrokenPartsAreLeftOutAndTheRestStays) {
  const BuiltText built("module m\nrole a for E {\n may x\n within\n at most 5d\n}\nrole for\nenum F { b }\n");
  EXPECT_THAT(built.told(), SizeIs(2));
  ASSERT_THAT(built.file.items, SizeIs(2));
  EXPECT_THAT(built.item<Role>().may, SizeIs(1));
  EXPECT_TRUE(built.item<Role>().at_most);
  EXPECT_EQ(built.item<EnumDecl>(1).name.text, "F");
}

TEST(Build, ABrokenHeaderLeavesTheFile) {
  const BuiltText built("module m zone\nimport x.y\nenum F { b }\n");
  EXPECT_THAT(built.told(), SizeIs(1));
  EXPECT_THAT(built.file.uses, SizeIs(1));
  EXPECT_THAT(built.file.items, SizeIs(1));
}

TEST(Build, LinesThatStandTwice) {
  const BuiltText built("module m\nrole a for E {\n within x\n at most 5d\n within y\n}\nnever n { everything because \"a\" because \"b\" }\n");
  EXPECT_THAT(built.told(), ElementsAre("5:2 `within` stands twice", "7:34 `because` stands twice"));
  EXPECT_EQ(built.item<Role>().within.at(0).text, "x");
}

TEST(Build, LongRowsStayShallow) {
  std::string nots, sum, chain;
  for (int i = 0; i < 1000; ++i) {
    nots += "not ";
    sum += "a + ";
    chain += "a < ";
  }
  for (const std::string& row : {nots, sum}) {
    EXPECT_THAT(BuiltText("module m\nnever n { everything where " + row + "a }\n").told(), ElementsAre(HasSubstr("more than 200 signs")));
  }
  EXPECT_LT(BuiltText("module m\nnever n { everything where " + chain + "a }\n").file.exprs.size(), 10u);
}

TEST(Build, ARuleWithoutSides) {
  const BuiltText built("module m\nsod s high \"t\" { within same E }\n");
  EXPECT_THAT(built.told(), ElementsAre("2:5 `s` separates nothing: expected `separate`, `at most` or `at least`"));
  EXPECT_THAT(built.file.items, IsEmpty());
}

// Every token left out, doubled or replaced in turn: the builder never meets a tree that it cannot walk.
TEST(Build, SurvivesEveryBrokenTree) {
  const auto files = corpus::policy_files(std::string(WRIT_SOURCE_DIR), corpus::Which::Correct);
  const auto every = std::find_if(files.begin(), files.end(), [](const auto& policy) { return policy.path == "tests/corpus/every_phrase.writ"; });
  ASSERT_NE(every, files.end());
  source::SourceSet sources;
  const source::FileId id = sources.add("e.writ", every->text);
  // One statement at a time, so that the test stays short.
  const cst::Tree tree = parse::parse(sources, id, *std::make_unique<diagnostics::Sink>());
  for (const cst::Syntax& item : cst::Syntax::root(tree, sources).all(cst::RuleKind::Item)) {
    const std::string text(item.text());
    const source::FileId part = sources.add("part.writ", text);
    for (const cst::Token& token : parse::lex(sources, part)) {
      if (token.kind == cst::TokenKind::Blank) continue;
      const std::string before = text.substr(0, token.begin);
      const std::string after = text.substr(token.end);
      ASSERT_NO_THROW(BuiltText(before + after)) << before << "<>" << after;
      ASSERT_NO_THROW(BuiltText(before + " } " + after)) << before << "<}>" << after;
      ASSERT_NO_THROW(BuiltText(before + "\n" + text.substr(token.begin, token.end - token.begin) + " 5 " + after)) << before << "<5>" << after;
    }
  }
}

}  // namespace
}  // namespace writ::ast
