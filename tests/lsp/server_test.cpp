// The server's life: order of messages, texts over the disk, projects that come and go, verdicts, settings, hostile input.
#include "lsp/server/server.h"

#include <chrono>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "lsp/server/inbox.h"
#include "lsp/server/serve.h"
#include "tests/lsp/editor.h"

namespace writ::lsp {
namespace {

std::size_t count_from(const Json& diagnostics, const std::string& source) {
  return static_cast<std::size_t>(std::count_if(diagnostics.begin(), diagnostics.end(), [&](const Json& d) { return d["source"] == source; }));
}

// ---- order of messages

TEST(Life, NothingIsAnsweredBeforeInitializeAndAfterShutdown) {
  Editor editor;
  EXPECT_EQ(editor.ask("textDocument/hover", editor.place("roles.writ", "clerk"))["code"], kServerNotInitialized);
  editor.open("roles.writ");
  EXPECT_TRUE(editor.sent("textDocument/publishDiagnostics").empty()) << "notifications are dropped";
  editor.start();
  EXPECT_EQ(editor.ask("initialize", {{"capabilities", Json::object()}})["code"], kInvalidRequest);
  EXPECT_EQ(editor.ask("no/such/method", Json::object())["code"], kMethodNotFound);
  EXPECT_EQ(editor.ask("shutdown", nullptr), nullptr);
  EXPECT_EQ(editor.ask("textDocument/hover", editor.place("roles.writ", "clerk"))["code"], kInvalidRequest);
  EXPECT_FALSE(editor.server().exit_code());
  editor.tell("exit", nullptr);
  EXPECT_EQ(editor.server().exit_code(), 0);
}

TEST(Life, ExitWithoutShutdownIsAFailure) {
  Editor one, other;
  one.start();
  one.tell("exit", nullptr);
  EXPECT_EQ(one.server().exit_code(), 1);
  other.receive(Incoming{});
  EXPECT_EQ(other.server().exit_code(), 1) << "the input ended";
}

// ---- texts

TEST(Texts, ChangesLieOverTheDisk) {
  Editor editor;
  editor.start();
  editor.open("roles.writ");
  EXPECT_EQ(editor.diagnostics("roles.writ"), Json::array());
  editor.change("roles.writ", "module shop.roles\n");
  EXPECT_GE(editor.diagnostics("words.writ").size(), 1u) << "`head` owns the module and is gone";
  editor.tell("textDocument/didClose", editor.document("roles.writ"));
  EXPECT_EQ(editor.diagnostics("words.writ"), Json::array()) << "the disk counts again";
}

TEST(Texts, IncrementalChangesInUtf16) {
  Editor editor;
  editor.start();
  editor.open("roles.writ");
  const auto edit = [&](Json start, Json end, const std::string& text) {
    const Json change = {{"range", {{"start", std::move(start)}, {"end", std::move(end)}}}, {"text", text}};
    editor.tell("textDocument/didChange", {{"textDocument", {{"uri", editor.uri("roles.writ")}, {"version", 9}}}, {"contentChanges", Json::array({change})}});
  };
  edit(editor.at("roles.writ", " für Kasse"), editor.at("roles.writ", "\" and resource"), "");
  EXPECT_EQ(editor.diagnostics("roles.writ"), Json::array());
  const Json hover = editor.ask("textDocument/hover", {{"textDocument", {{"uri", editor.uri("roles.writ")}}}, {"position", editor.at("roles.writ", "🧾 für", 0, 4)}});
  EXPECT_EQ(hover, nullptr) << "inside the text in quotes";
  // Past every end: clamped, and the text stays whole.
  edit({{"line", 999'999}, {"character", 7}}, {{"line", 999'999}, {"character", 2'000'000'000}}, "// end\n");
  EXPECT_EQ(editor.diagnostics("roles.writ"), Json::array());
  EXPECT_EQ(editor.sent("textDocument/publishDiagnostics").back()["params"]["version"], 9);
}

TEST(Texts, AnUnsavedFileBelongsToItsProject) {
  Editor editor;
  editor.start();
  editor.open("more.writ", "module shop.more\nrole extra for Employee { may inv.enter  on request after chief }\n");
  EXPECT_EQ(editor.diagnostics("more.writ"), Json::array());
  EXPECT_EQ(editor.ask("textDocument/definition", {{"textDocument", {{"uri", editor.uri("more.writ")}}}, {"position", {{"line", 1}, {"character", 32}}}}).size(), 1u);
}

TEST(Texts, AFileOutsideAnyProjectStandsAlone) {
  Editor editor("");
  editor.start();
  editor.open("alone.writ", "module alone  owner \"x\"  zone \"UTC\"\nprincipal P is human { name: string }\nrole r for P { may nothing.here }\n");
  ASSERT_EQ(editor.diagnostics("alone.writ").size(), 1u) << editor.diagnostics("alone.writ");
  EXPECT_EQ(editor.diagnostics("alone.writ")[0]["range"]["start"]["line"], 2);
}

TEST(Texts, AManifestComesAndGoes) {
  Editor editor("");
  editor.start();
  editor.open("a.writ", "module a  owner \"x\"  zone \"UTC\"\nprincipal P is human { name: string }\nresource R { name: string }\n");
  editor.open("b.writ", "module b\naction r.do on R\nrole r for P { may r.do }\n");
  EXPECT_GE(editor.diagnostics("b.writ").size(), 1u) << "alone it knows no R";
  editor.write("writ.toml", "[project]\nname = \"both\"\nversion = \"1\"\nedition = \"2026\"\n");
  const auto changed = [&] { editor.tell("workspace/didChangeWatchedFiles", {{"changes", Json::array({{{"uri", editor.uri("writ.toml")}, {"type", 1}}})}}); };
  changed();
  EXPECT_EQ(count_from(editor.diagnostics("b.writ"), "writ"), 0u) << editor.diagnostics("b.writ");
  editor.write("writ.toml", "[project]\nnam = \"both\"\n");
  changed();
  ASSERT_EQ(editor.diagnostics("writ.toml").size(), 1u) << editor.diagnostics("writ.toml");
  EXPECT_EQ(editor.diagnostics("writ.toml")[0]["code"].get<std::string>().substr(0, 5), "WRIT6");
  EXPECT_EQ(editor.ask("textDocument/hover", {{"textDocument", {{"uri", editor.uri("a.writ")}}}, {"position", {{"line", 0}, {"character", 1}}}})["code"], -32803);
  std::filesystem::remove(editor.folder() / "writ.toml");
  changed();
  EXPECT_EQ(editor.diagnostics("writ.toml"), Json::array());
  EXPECT_GE(editor.diagnostics("b.writ").size(), 1u);
}

TEST(Texts, PackagesAreShownAndNotEdited) {
  Editor editor("");
  editor.start();
  const std::string text = "module shop  owner role head  zone \"UTC\"\nimport std.p2p\nprincipal Employee is human { name: string, manager: Employee? }\nrole head for Employee { may po.release  on request after chief }\napproval chief = principal.manager due 2d\n";
  editor.write("shop.writ", text);
  editor.open("shop.writ");
  EXPECT_EQ(count_from(editor.diagnostics("shop.writ"), "writ"), 0u) << editor.diagnostics("shop.writ");
  const Json found = editor.ask("textDocument/definition", editor.place("shop.writ", "po.release", 0, 1));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0]["uri"], "file:///library/std/p2p.writ");
  EXPECT_NE(editor.ask("textDocument/hover", editor.place("shop.writ", "po.release", 0, 1)), nullptr);
  Json params = editor.place("shop.writ", "po.release", 0, 1);
  EXPECT_EQ(editor.ask("textDocument/prepareRename", params), nullptr);
  params = editor.place("shop.writ", "role head", 1, 6);
  params["newName"] = "leader";
  EXPECT_TRUE(editor.ask("textDocument/rename", params).contains("changes")) << "a project that imports can rename its own";
}

TEST(Texts, TheEditorsSpellingOfAUriIsKept) {
  Editor editor;
  editor.start();
  std::string uri = editor.uri("roles.writ");
  uri.replace(uri.find("roles"), 5, "r%6Fles");
  editor.tell("textDocument/didOpen", {{"textDocument", {{"uri", uri}, {"languageId", "writ"}, {"version", 1}, {"text", editor.read("roles.writ")}}}});
  EXPECT_EQ(editor.sent("textDocument/publishDiagnostics").back()["params"]["uri"], uri);
}

TEST(Texts, ClosingTheLastDocumentClearsTheProject) {
  Editor editor;
  editor.start();
  editor.open("roles.writ", "module shop.roles\n");
  EXPECT_GE(editor.diagnostics("words.writ").size(), 1u);
  editor.tell("textDocument/didClose", editor.document("roles.writ"));
  EXPECT_EQ(editor.diagnostics("words.writ"), Json::array());
}

// ---- proofs

TEST(Proofs, VerdictsAreDiagnosticsWithRelatedPlaces) {
  Editor editor;
  editor.start(Json::object(), {{"window", {{"workDoneProgress", true}}}});
  editor.open("rules.writ");
  EXPECT_EQ(count_from(editor.diagnostics("rules.writ"), "writ"), 0u);
  editor.open("roles.writ", editor.read("roles.writ") + "role unused for Employee { may inv.enter where resource.amount < 1 EUR and resource.amount > 2 EUR  on request after chief }\n");
  const Json all = editor.diagnostics("roles.writ");
  ASSERT_EQ(count_from(all, "writ prove"), 2u) << all;
  expect_golden("proof_diagnostics.json", editor.shown(all));
  EXPECT_FALSE(editor.sent("$/progress").empty());
  EXPECT_EQ(editor.sent("$/progress").front()["params"]["value"]["kind"], "begin");
  EXPECT_EQ(editor.sent("$/progress").back()["params"]["value"]["kind"], "end");
}

TEST(Proofs, HoverTellsTheVerdict) {
  Editor editor;
  editor.start();
  editor.open("roles.writ");
  expect_golden("hover_verdict.json", editor.shown(editor.ask("textDocument/hover", editor.place("roles.writ", "role clerk", 0, 5))));
}

TEST(Proofs, AVerdictNeverOutlivesItsText) {
  Editor editor;
  editor.start();
  const std::string dead = editor.read("roles.writ") + "role unused for Employee { may inv.enter where resource.amount < 1 EUR and resource.amount > 2 EUR  on request after chief }\n";
  editor.open("roles.writ", dead);
  ASSERT_EQ(count_from(editor.diagnostics("roles.writ"), "writ prove"), 2u);
  editor.change("roles.writ", "// moved down\n" + dead);
  EXPECT_EQ(count_from(editor.diagnostics("roles.writ"), "writ prove"), 0u) << "not judged yet, and said of another text";
  editor.save("roles.writ");
  EXPECT_EQ(count_from(editor.diagnostics("roles.writ"), "writ prove"), 2u);
}

TEST(Proofs, SettingsSayWhenTheyRun) {
  Editor editor;
  editor.start({{"writ", {{"proofs", {{"run", "off"}}}}}});
  const std::string dead = editor.read("roles.writ") + "role unused for Employee { may inv.enter where resource.amount < 1 EUR and resource.amount > 2 EUR  on request after chief }\n";
  editor.open("roles.writ", dead);
  editor.save("roles.writ");
  EXPECT_EQ(count_from(editor.diagnostics("roles.writ"), "writ prove"), 0u);
  editor.tell("workspace/didChangeConfiguration", {{"settings", {{"writ", {{"proofs", {{"run", "onType"}}}}}}}});
  EXPECT_EQ(count_from(editor.diagnostics("roles.writ"), "writ prove"), 2u);
  editor.change("roles.writ", "// one more\n" + dead);
  EXPECT_EQ(count_from(editor.diagnostics("roles.writ"), "writ prove"), 2u);
  editor.tell("workspace/didChangeConfiguration", {{"settings", {{"writ", {{"proofs", {{"run", "sometimes"}, {"threads", 0}}}}}}}});
  EXPECT_EQ(editor.sent("window/logMessage").size(), 2u);
}

TEST(Proofs, AcceptedFindingsAreNotShown) {
  Editor editor;
  const std::string dead = editor.read("roles.writ") + "role unused for Employee { may inv.enter where resource.amount < 1 EUR and resource.amount > 2 EUR  on request after chief }\n";
  const auto in_a_month = std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) + std::chrono::days(30));
  const std::string through = fmt::format("{:04}-{:02}-{:02}", static_cast<int>(in_a_month.year()), static_cast<unsigned>(in_a_month.month()), static_cast<unsigned>(in_a_month.day()));
  editor.write("writ.toml", editor.read("writ.toml") + "\n[diagnostics]\nbaseline = \"accepted.toml\"\n");
  editor.write("accepted.toml", "[[accepted]]\ncode = \"WRIT4003\"\nwhat = \"dead/shop.roles.unused/may.inv.enter\"\nthrough = " + through + "\nbecause = \"it goes next week\"\n"
               "[[accepted]]\ncode = \"WRIT4021\"\nwhat = \"conflict/shop.roles.unused/may.inv.enter\"\nthrough = " + through + "\nbecause = \"it goes next week\"\n");
  editor.start();
  editor.open("roles.writ", dead);
  EXPECT_EQ(editor.diagnostics("roles.writ"), Json::array());
  editor.write("accepted.toml", "");
  editor.tell("workspace/didChangeWatchedFiles", {{"changes", Json::array({{{"uri", editor.uri("writ.toml")}, {"type", 2}}})}});
  EXPECT_EQ(count_from(editor.diagnostics("roles.writ"), "writ prove"), 2u) << editor.diagnostics("roles.writ");
}

TEST(Proofs, APolicyWithErrorsIsNotProved) {
  Editor editor;
  editor.start(Json::object(), {{"window", {{"workDoneProgress", true}}}});
  editor.open("roles.writ", editor.read("roles.writ") + "role broken for Nobody { }\n");
  EXPECT_TRUE(editor.sent("$/progress").empty());
}

// ---- a whole session, as bytes

std::string framed(const std::string& content) { return fmt::format("Content-Length: {}\r\n\r\n{}", content.size(), content); }

/// What is said in both directions, without threads: the same input gives the same output.
TEST(Session, ATranscript) {
  Editor editor;   // its folder only
  const std::string text = editor.read("roles.writ");
  const Json document = {{"uri", editor.uri("roles.writ")}, {"version", 2}};
  const std::vector<Json> said = {
      {{"id", 1}, {"method", "initialize"}, {"params", {{"capabilities", {{"window", {{"workDoneProgress", true}}}, {"workspace", {{"didChangeWatchedFiles", {{"dynamicRegistration", true}}}}}}}}}},
      {{"method", "initialized"}, {"params", Json::object()}},
      {{"method", "textDocument/didOpen"}, {"params", {{"textDocument", {{"uri", editor.uri("roles.writ")}, {"languageId", "writ"}, {"version", 1}, {"text", text}}}}}},
      {{"method", "textDocument/didChange"}, {"params", {{"textDocument", document}, {"contentChanges", Json::array({{{"range", {{"start", editor.at("roles.writ", "after chief")}, {"end", editor.at("roles.writ", "after chief", 0, 5)}}}, {"text", "aftr"}}})}}}},
      {{"id", 2}, {"method", "textDocument/hover"}, {"params", editor.place("roles.writ", "clerk")}},
      {{"method", "$/cancelRequest"}, {"params", {{"id", 2}}}},
      {{"id", 3}, {"method", "shutdown"}},
      {{"method", "exit"}}};
  std::string input, transcript;
  for (const Json& message : said) input += framed(message.dump());
  std::istringstream in(input);
  std::ostringstream out;
  EXPECT_EQ(serve_in_order(in, out, {"0.0.0", "file:///pages", ""}), 0);
  std::istringstream answers(out.str());
  for (Incoming answer = read_message(answers); answer.kind == Incoming::Kind::Message; answer = read_message(answers)) transcript += editor.shown(answer.message);
  expect_golden("transcript.txt", transcript);
}

// ---- the inbox

Incoming message(Json json) { return {Incoming::Kind::Message, std::move(json), 0, {}}; }

TEST(Waiting, ACancelledRequestIsAnsweredAsSuch) {
  Inbox inbox;
  inbox.post(message({{"jsonrpc", "2.0"}, {"id", 1}, {"method", "textDocument/hover"}}));
  inbox.post(message({{"jsonrpc", "2.0"}, {"id", "1"}, {"method", "textDocument/hover"}}));
  inbox.post(message({{"jsonrpc", "2.0"}, {"method", "$/cancelRequest"}, {"params", {{"id", 1}}}}));
  inbox.post(message({{"jsonrpc", "2.0"}, {"method", "$/cancelRequest"}, {"params", {{"id", 77}}}}));
  const auto first = inbox.try_take();
  ASSERT_TRUE(std::holds_alternative<CancelledRequest>(*first));
  Editor editor;
  editor.server().cancelled(std::get<CancelledRequest>(*first).request);
  EXPECT_EQ(editor.all().back()["error"]["code"], -32800);
  EXPECT_TRUE(std::holds_alternative<Incoming>(*inbox.try_take())) << "the id 1 is not the id \"1\"";
  EXPECT_FALSE(inbox.try_take());
}

TEST(Waiting, AChangeIsSeenBeforeItIsTaken) {
  Inbox inbox;
  inbox.post(message({{"jsonrpc", "2.0"}, {"id", 1}, {"method", "textDocument/hover"}}));
  EXPECT_FALSE(inbox.change_waits());
  inbox.post(message({{"jsonrpc", "2.0"}, {"method", "textDocument/didChange"}}));
  EXPECT_TRUE(inbox.change_waits());
  inbox.try_take();
  inbox.try_take();
  EXPECT_FALSE(inbox.change_waits());
}

TEST(Waiting, WorkThatAChangeOvertakesIsGivenUp) {
  Editor editor;
  editor.start();
  bool newer = false;
  editor.server().ask_before_working([&] { return newer; });
  editor.open("roles.writ");
  const std::size_t before = editor.sent("textDocument/publishDiagnostics").size();
  newer = true;
  editor.change("roles.writ", "module shop.roles\n");
  EXPECT_EQ(editor.sent("textDocument/publishDiagnostics").size(), before);
  EXPECT_EQ(editor.ask("textDocument/hover", editor.place("roles.writ", "clerk"))["code"], -32801) << "the answer would be about a text that is gone";
  newer = false;
  editor.change("roles.writ", editor.read("roles.writ"));
  EXPECT_EQ(editor.diagnostics("roles.writ"), Json::array());
}

// ---- hostile input

TEST(Hostile, WrongShapesAreAnsweredOrIgnored) {
  Editor editor;
  editor.start();
  editor.open("roles.writ");
  const std::vector<Json> odd = {nullptr, 7, "x", Json::array(), Json::object(), {{"textDocument", 1}}, {{"textDocument", {{"uri", 5}}}},
                                 {{"textDocument", {{"uri", "untitled:x"}}}, {"position", {{"line", 0}, {"character", 0}}}},
                                 {{"textDocument", {{"uri", "file://%zz"}}}, {"position", {{"line", 0}, {"character", 0}}}},
                                 {{"textDocument", {{"uri", editor.uri("roles.writ")}}}, {"position", {{"line", -1}, {"character", 0}}}},
                                 {{"textDocument", {{"uri", editor.uri("roles.writ")}}}, {"position", {{"line", 1.5}, {"character", 0}}}},
                                 {{"textDocument", {{"uri", editor.uri("roles.writ")}}}, {"position", "here"}}};
  for (const char* method : {"textDocument/hover", "textDocument/definition", "textDocument/references", "textDocument/completion", "textDocument/rename"})
    for (const Json& params : odd) EXPECT_EQ(editor.ask(method, params).value("code", 0), kInvalidParams) << method << " " << params;
  for (const char* method : {"textDocument/didOpen", "textDocument/didChange", "textDocument/didSave", "textDocument/didClose", "workspace/didChangeWatchedFiles"})
    for (const Json& params : odd) editor.tell(method, params);
  editor.tell("workspace/didChangeConfiguration", {{"settings", {{"writ", 3}}}});
  const std::size_t before = editor.all().size();
  editor.receive(message({{"jsonrpc", "2.0"}, {"id", Json::array({1})}, {"method", "shutdown"}}));
  editor.receive(message({{"jsonrpc", "2.0"}}));
  EXPECT_EQ(editor.all().size(), before + 2);
  for (std::size_t i = before; i < editor.all().size(); ++i) EXPECT_EQ(editor.all()[i]["error"]["code"], kInvalidRequest);
  editor.open("roles.writ");
  EXPECT_EQ(editor.diagnostics("roles.writ"), Json::array()) << "it still works";
}

TEST(Hostile, BrokenFramesGetACodedErrorAndTheServerEnds) {
  for (const std::string& bytes : {std::string("garbage"), std::string("Content-Length: 99999999999\r\n\r\n{}"), std::string("Content-Length: -4\r\n\r\n{}"), std::string(9000, 'x'), framed("{\"a\":").substr(0, 20)}) {
    std::istringstream in(bytes);
    std::ostringstream out;
    EXPECT_EQ(serve_in_order(in, out, {}), 1);
    EXPECT_NE(out.str().find("\"code\":-327"), std::string::npos) << bytes.substr(0, 40);
  }
}

TEST(Hostile, ABadMessageDoesNotEndTheServer) {
  std::istringstream in(framed("{]") + framed("[]") + framed(std::string(100'000, '[')) + framed("{\"id\":" + std::string(400, '[') + std::string(400, ']') + "}") + framed("\"\xff\xfe\"") +
                        framed(R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}})") + framed(R"({"jsonrpc":"2.0","id":2,"method":"shutdown"})") + framed(R"({"jsonrpc":"2.0","method":"exit"})"));
  std::ostringstream out;
  EXPECT_EQ(serve_in_order(in, out, {}), 0);
  std::istringstream answers(out.str());
  std::size_t errors = 0, results = 0;
  for (Incoming answer = read_message(answers); answer.kind == Incoming::Kind::Message; answer = read_message(answers)) {
    errors += answer.message.contains("error");
    results += answer.message.contains("result");
  }
  EXPECT_EQ(errors, 5u);
  EXPECT_EQ(results, 2u);
}

/// Messages of the right kind with parts replaced, removed or swapped: 3,000 of them, from a fixed seed.
TEST(Hostile, MutatedMessagesNeverCrash) {
  Editor editor;
  editor.start({{"writ", {{"proofs", {{"run", "off"}}}}}});
  editor.open("roles.writ");
  std::mt19937 random(20261124);
  const auto below = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const std::vector<Json> values = {nullptr, true, -1, 0, 3, 4'294'967'295u, 1e300, "", "file:///", "file:///%00", "\n", Json::array(), Json::object(), Json::array({nullptr}), editor.uri("roles.writ"), editor.uri("words.writ")};
  const std::vector<std::string> methods = {"textDocument/hover", "textDocument/definition", "textDocument/references", "textDocument/documentSymbol", "textDocument/formatting", "textDocument/completion", "textDocument/codeAction", "textDocument/rename", "textDocument/didChange", "textDocument/didSave", "workspace/symbol", "textDocument/foldingRange", "workspace/didChangeWatchedFiles"};
  const Json whole = {{"textDocument", {{"uri", editor.uri("roles.writ")}, {"version", 3}, {"text", "module shop.roles\n"}}},
                      {"position", {{"line", 5}, {"character", 20}}},
                      {"range", {{"start", {{"line", 2}, {"character", 0}}}, {"end", {{"line", 3}, {"character", 9}}}}},
                      {"contentChanges", Json::array({{{"range", {{"start", {{"line", 1}, {"character", 2}}}, {"end", {{"line", 1}, {"character", 3}}}}}, {"text", "x"}}})},
                      {"context", {{"includeDeclaration", true}, {"diagnostics", Json::array()}}},
                      {"changes", Json::array({{{"uri", editor.uri("words.writ")}, {"type", 2}}})},
                      {"query", "a"},
                      {"newName", "other"}};
  std::size_t answered = 0;
  for (int round = 0; round < 3000; ++round) {
    Json params = whole;
    for (std::size_t edits = below(3); edits > 0; --edits) {
      const Json flat = params.flatten();
      auto at = flat.begin();
      std::advance(at, static_cast<std::ptrdiff_t>(below(flat.size())));
      try {
        Json::json_pointer pointer(at.key());
        if (below(3) == 0) pointer.pop_back();
        params[pointer] = values[below(values.size())];
      } catch (const Json::exception&) {
      }
    }
    const std::string& method = methods[below(methods.size())];
    if (method.find("did") != std::string::npos) editor.tell(method, params);
    else answered += !editor.ask(method, params).is_null() ? 1 : 0;
    if (round % 50 == 49) editor.open("roles.writ");
  }
  EXPECT_GT(answered, 500u);
  for (const Json& sent : editor.all()) {
    const bool internal = sent.contains("error") && sent["error"]["code"] == kInternalError;
    EXPECT_FALSE(internal) << sent;
  }
  editor.open("roles.writ");
  EXPECT_EQ(editor.diagnostics("roles.writ"), Json::array());
}

}  // namespace
}  // namespace writ::lsp
