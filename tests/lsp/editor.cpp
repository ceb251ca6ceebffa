#include "tests/lsp/editor.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "lsp/protocol/uri.h"

namespace writ::lsp {
namespace {

namespace fs = std::filesystem;

std::string slurp(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

fs::path fresh_folder(const std::string& project) {
  static int folders = 0;
  const fs::path folder = fs::temp_directory_path() / fmt::format("writ_lsp_{}_{}", getpid(), folders++) / "project";
  fs::create_directories(folder);
  if (!project.empty()) fs::copy(fs::path(WRIT_SOURCE_DIR) / "tests/lsp" / project, folder, fs::copy_options::recursive);
  return folder;
}

Json message(const std::string& method, Json params) { return {{"jsonrpc", "2.0"}, {"method", method}, {"params", std::move(params)}}; }

}  // namespace

Editor::Editor(const std::string& project)
    : folder_(fresh_folder(project)),
      server_({"0.0.0", "file:///pages", "file:///library"}, [this](const Json& sent) { sent_.push_back(sent); }),
      lane_([this](const ProofEvent& event) {
        if (event.kind != ProofEvent::Kind::Advanced) server_.receive(event);
      }) {
  server_.use(lane_);
}

Editor::~Editor() {
  std::error_code ignored;
  fs::remove_all(folder_.parent_path(), ignored);
}

void Editor::settle() {
  while (server_.work()) {
  }
}

void Editor::receive(const Incoming& incoming) {
  server_.receive(incoming);
  settle();
}

void Editor::start(Json initialization_options, Json capabilities) {
  ask("initialize", {{"processId", nullptr}, {"rootUri", uri_of_path(folder_)}, {"capabilities", std::move(capabilities)}, {"initializationOptions", std::move(initialization_options)}});
  tell("initialized", Json::object());
}

Json Editor::ask(const std::string& method, Json params) {
  Json request = message(method, std::move(params));
  request["id"] = ++ids_;
  server_.receive(Incoming{Incoming::Kind::Message, request, 0, {}});
  Json answer;
  for (const Json& sent : sent_)
    if (sent.contains("id") && sent["id"] == ids_ && !sent.contains("method")) answer = sent;
  settle();
  return answer.contains("result") ? answer["result"] : answer.value("error", Json());
}

void Editor::tell(const std::string& method, Json params) { receive(Incoming{Incoming::Kind::Message, message(method, std::move(params)), 0, {}}); }

void Editor::open(const std::string& file) { open(file, read(file)); }
void Editor::open(const std::string& file, const std::string& text) {
  tell("textDocument/didOpen", {{"textDocument", {{"uri", uri(file)}, {"languageId", "writ"}, {"version", versions_++}, {"text", text}}}});
}
void Editor::change(const std::string& file, const std::string& text) {
  tell("textDocument/didChange", {{"textDocument", {{"uri", uri(file)}, {"version", versions_++}}}, {"contentChanges", Json::array({{{"text", text}}})}});
}
void Editor::save(const std::string& file) { tell("textDocument/didSave", document(file)); }

void Editor::write(const std::string& file, const std::string& text) const {
  fs::create_directories((folder_ / file).parent_path());
  std::ofstream(folder_ / file, std::ios::binary) << text;
}
std::string Editor::read(const std::string& file) const { return slurp(folder_ / file); }
std::string Editor::uri(const std::string& file) const { return uri_of_path(folder_ / file); }
Json Editor::document(const std::string& file) const { return {{"textDocument", {{"uri", uri(file)}}}}; }

Json Editor::at(const std::string& file, const std::string& word, std::size_t nth, std::size_t plus) const {
  const std::string text = read(file);
  std::size_t found = text.find(word);
  for (; nth > 0 && found != std::string::npos; --nth) found = text.find(word, found + 1);
  EXPECT_NE(found, std::string::npos) << word << " in " << file;
  // Counted here by hand, apart from what is tested.
  std::size_t line = 0, units = 0;
  for (std::size_t i = 0; i < std::min(found + plus, text.size()); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '\n') ++line, units = 0;
    else if ((c & 0xC0) != 0x80) units += c >= 0xF0 ? 2 : 1;
  }
  return {{"line", line}, {"character", units}};
}

Json Editor::place(const std::string& file, const std::string& word, std::size_t nth, std::size_t plus) const {
  Json params = document(file);
  params["position"] = at(file, word, nth, plus);
  return params;
}

Json Editor::diagnostics(const std::string& file) const {
  Json last;
  for (const Json& sent : sent("textDocument/publishDiagnostics"))
    if (sent["params"]["uri"] == uri(file)) last = sent["params"]["diagnostics"];
  return last;
}

std::vector<Json> Editor::sent(const std::string& method) const {
  std::vector<Json> all;
  for (const Json& one : sent_)
    if (one.value("method", "") == method) all.push_back(one);
  return all;
}

std::string Editor::shown(const Json& json) const {
  std::string text = json.dump(2) + "\n";
  const std::string folder = uri_of_path(folder_);
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder, at)) text.replace(at, folder.size(), "file:///project");
  return text;
}

void expect_golden(const std::string& name, const std::string& text) {
  const fs::path path = fs::path(WRIT_SOURCE_DIR) / "tests/lsp/golden" / name;
  if (std::getenv("WRIT_UPDATE_GOLDENS") != nullptr) {
    std::ofstream(path, std::ios::binary) << text;
    return;
  }
  EXPECT_EQ(slurp(path), text) << "tests/lsp/golden/" << name << ": WRIT_UPDATE_GOLDENS=1 rewrites it";
}

}  // namespace writ::lsp
