// Every feature, asked as an editor asks, answers kept as golden files under tests/lsp/golden.
#include <gtest/gtest.h>

#include "tests/lsp/editor.h"

namespace writ::lsp {
namespace {

struct Features : testing::Test {
  Editor editor;
  void SetUp() override {
    editor.start({{"writ", {{"proofs", {{"run", "off"}}}}}});
    editor.open("roles.writ");
    editor.open("rules.writ");
  }
  std::string asked(const std::string& method, const Json& params) { return editor.shown(editor.ask(method, params)); }
};

TEST_F(Features, WhatTheServerCanDo) {
  Editor other;
  expect_golden("initialize.json", other.shown(other.ask("initialize", {{"capabilities", Json::object()}})));
}

TEST_F(Features, AGoodProjectHasNoDiagnostics) {
  EXPECT_EQ(editor.diagnostics("roles.writ"), Json::array());
  EXPECT_EQ(editor.diagnostics("rules.writ"), Json::array());
  EXPECT_EQ(editor.diagnostics("words.writ"), nullptr) << "a closed file without findings is not spoken of";
}

TEST_F(Features, HoverSaysTheSentenceOfAStatement) {
  expect_golden("hover_role.json", asked("textDocument/hover", editor.place("roles.writ", "clerk")));
  expect_golden("hover_action_elsewhere.json", asked("textDocument/hover", editor.place("rules.writ", "inv.enter")));
}

TEST_F(Features, HoverSaysTypes) {
  expect_golden("hover_field.json", asked("textDocument/hover", editor.place("roles.writ", "resource.amount", 0, 10)));
  expect_golden("hover_root.json", asked("textDocument/hover", editor.place("roles.writ", "resource.amount", 0, 2)));
  expect_golden("hover_parameter.json", asked("textDocument/hover", editor.place("roles.writ", "== desk", 0, 4)));
  EXPECT_EQ(editor.ask("textDocument/hover", editor.place("roles.writ", "  may")), nullptr);
}

TEST_F(Features, PositionsCountInUtf16) {
  // The receipt before it is one character, two units, four bytes.
  expect_golden("hover_after_astral.json", asked("textDocument/hover", editor.place("roles.writ", "resource.amount", 1, 9)));
  const Json found = editor.ask("textDocument/definition", editor.place("roles.writ", "resource.amount", 1, 9));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0]["range"]["start"], editor.at("words.writ", "amount"));
}

TEST_F(Features, DefinitionGoesToAnotherFile) {
  expect_golden("definition_threshold.json", asked("textDocument/definition", editor.place("roles.writ", "small", 0, 1)));
  const Json rule = editor.ask("textDocument/definition", editor.place("rules.writ", "by four_eyes", 0, 4));
  ASSERT_EQ(rule.size(), 1u);
  EXPECT_EQ(rule[0]["range"]["start"], editor.at("rules.writ", "four_eyes"));
  const Json person = editor.ask("textDocument/definition", editor.place("rules.writ", "history ada", 0, 9));
  ASSERT_EQ(person.size(), 1u);
  EXPECT_EQ(person[0]["range"]["start"], editor.at("rules.writ", "ada"));
  const Json removed = editor.ask("textDocument/definition", editor.place("rules.writ", "without four_eyes", 0, 9));
  ASSERT_EQ(removed.size(), 1u);
  EXPECT_EQ(editor.ask("textDocument/definition", editor.place("rules.writ", "separate")), nullptr);
}

TEST_F(Features, ReferencesAreInAllFiles) {
  Json params = editor.place("rules.writ", "inv.enter");
  params["context"] = {{"includeDeclaration", true}};
  expect_golden("references_action.json", asked("textDocument/references", params));
  const std::size_t with = editor.ask("textDocument/references", params).size();
  params["context"]["includeDeclaration"] = false;
  EXPECT_EQ(editor.ask("textDocument/references", params).size(), with - 1);
}

TEST_F(Features, HighlightsStayInTheFile) { expect_golden("highlights.json", asked("textDocument/documentHighlight", editor.place("rules.writ", "four_eyes"))); }

TEST_F(Features, SymbolsAreATree) {
  editor.open("words.writ");
  expect_golden("symbols_words.json", asked("textDocument/documentSymbol", editor.document("words.writ")));
  expect_golden("symbols_roles.json", asked("textDocument/documentSymbol", editor.document("roles.writ")));
  expect_golden("symbols_of_project.json", asked("workspace/symbol", {{"query", "EMPLOYEE"}}));
}

TEST_F(Features, Folding) { expect_golden("folding.json", asked("textDocument/foldingRange", editor.document("rules.writ"))); }

TEST_F(Features, FormattingIsOneSmallEdit) {
  EXPECT_EQ(editor.ask("textDocument/formatting", editor.document("words.writ"))["code"], kInvalidParams) << "not open";
  editor.change("roles.writ", "module shop.roles\nrole   head for Employee { on request after chief }\napproval chief = principal.manager due 2d\n");
  expect_golden("formatting.json", asked("textDocument/formatting", editor.document("roles.writ")));
  editor.change("roles.writ", "module shop.roles\nrole head for {");
  EXPECT_EQ(editor.ask("textDocument/formatting", editor.document("roles.writ")), nullptr);
}

TEST_F(Features, FormattingLeavesTheLaidOutAlone) {
  const Json edits = editor.ask("textDocument/formatting", editor.document("rules.writ"));
  EXPECT_EQ(edits, Json::array());
}

TEST_F(Features, CompletionOffersFieldsAfterADot) {
  expect_golden("completion_fields.json", asked("textDocument/completion", editor.place("roles.writ", "principal.badge", 0, 10)));
}

TEST_F(Features, CompletionOffersNamesAndKeywords) {
  const Json items = editor.ask("textDocument/completion", editor.place("roles.writ", "inv.enter", 0, 5));
  ASSERT_FALSE(items.empty());
  for (const Json& item : items) EXPECT_TRUE(item["label"].get<std::string>().starts_with("inv.e")) << item;
  const Json all = editor.ask("textDocument/completion", editor.place("roles.writ", "approval chief", 0, 2));
  const auto has = [&](const std::string& label) { return std::any_of(all.begin(), all.end(), [&](const Json& i) { return i["label"] == label; }); };
  EXPECT_TRUE(has("approval"));
  EXPECT_FALSE(has("role")) << "begins with other letters";
  EXPECT_EQ(editor.ask("textDocument/completion", editor.place("roles.writ", "Works at the desk", 0, 3)), Json::array()) << "nothing inside a comment";
  EXPECT_EQ(editor.ask("textDocument/completion", editor.place("roles.writ", "für Kasse", 0, 3)), Json::array()) << "nor inside a text";
}

TEST_F(Features, DiagnosticsNameTheOtherPlaceAndThePage) {
  editor.change("roles.writ", editor.read("roles.writ") + "role clerk for Employee { on request after chif }\n");
  expect_golden("diagnostics.json", editor.shown(editor.diagnostics("roles.writ")));
}

TEST_F(Features, AFixIsACodeAction) {
  editor.change("roles.writ", editor.read("roles.writ") + "role extra for Employee { on request after chif }\n");
  const Json where = editor.diagnostics("roles.writ").at(0)["range"];
  expect_golden("code_action.json", asked("textDocument/codeAction", {{"textDocument", {{"uri", editor.uri("roles.writ")}}}, {"range", where}, {"context", {{"diagnostics", Json::array()}}}}));
}

TEST_F(Features, ASyntaxErrorLeavesNamesKnown) {
  const std::string text = editor.read("rules.writ");
  editor.change("rules.writ", text + "\nrole {");
  ASSERT_EQ(editor.diagnostics("rules.writ").size(), 1u) << editor.diagnostics("rules.writ");
  EXPECT_EQ(editor.ask("textDocument/definition", editor.place("rules.writ", "inv.approve", 0, 1)).size(), 1u);
  editor.change("rules.writ", text);
  EXPECT_EQ(editor.diagnostics("rules.writ"), Json::array());
}

TEST_F(Features, RenameReachesEveryUse) {
  Json params = editor.place("rules.writ", "inv.enter", 0, 1);
  expect_golden("prepare_rename.json", asked("textDocument/prepareRename", params));
  params["newName"] = "inv.post";
  expect_golden("rename_action.json", asked("textDocument/rename", params));
}

TEST_F(Features, RenameRefusesWhatChangesTheMeaning) {
  Json params = editor.place("roles.writ", "role clerk", 0, 6);
  params["newName"] = "cashier";
  EXPECT_EQ(editor.ask("textDocument/rename", params)["code"], -32803) << "a name that is taken";
  params["newName"] = "two words";
  EXPECT_EQ(editor.ask("textDocument/rename", params)["code"], -32803);
  params["newName"] = "";
  EXPECT_EQ(editor.ask("textDocument/rename", params)["code"], -32803);
  params["newName"] = "desk_clerk";
  EXPECT_TRUE(editor.ask("textDocument/rename", params).contains("changes"));
}

}  // namespace
}  // namespace writ::lsp
