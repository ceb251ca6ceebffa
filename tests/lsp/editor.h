// A scripted editor for tests: talks to a Server in this thread, with proofs inline, and keeps everything said in both directions.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "lsp/server/server.h"

namespace writ::lsp {

class Editor {
 public:
  /// `project` is a folder of tests/lsp; its files are copied to a fresh folder.
  explicit Editor(const std::string& project = "project");
  ~Editor();
  Editor(const Editor&) = delete;
  Editor& operator=(const Editor&) = delete;

  void start(Json initialization_options = Json::object(), Json capabilities = Json::object());
  /// The answer, result or error.
  Json ask(const std::string& method, Json params);
  void tell(const std::string& method, Json params);
  void receive(const Incoming& incoming);

  void open(const std::string& file);
  void open(const std::string& file, const std::string& text);
  void change(const std::string& file, const std::string& text);
  void save(const std::string& file);
  void write(const std::string& file, const std::string& text) const;
  std::string read(const std::string& file) const;

  std::string uri(const std::string& file) const;
  Json document(const std::string& file) const;
  /// The position of `word` in the file as it is on the disk: the n-th time that it occurs, plus bytes.
  Json at(const std::string& file, const std::string& word, std::size_t nth = 0, std::size_t plus = 0) const;
  Json place(const std::string& file, const std::string& word, std::size_t nth = 0, std::size_t plus = 0) const;

  /// The last diagnostics published for the file; null: none ever.
  Json diagnostics(const std::string& file) const;
  std::vector<Json> sent(const std::string& method) const;
  const std::vector<Json>& all() const { return sent_; }
  const std::filesystem::path& folder() const { return folder_; }
  Server& server() { return server_; }

  /// Text for a golden file: pretty, with the fresh folder called /project.
  std::string shown(const Json& json) const;

 private:
  void settle();

  std::filesystem::path folder_;
  Server server_;
  InlineLane lane_;
  std::vector<Json> sent_;
  int ids_ = 0;
  std::int64_t versions_ = 1;
};

/// Compares with tests/lsp/golden/NAME, or rewrites it when WRIT_UPDATE_GOLDENS is set.
void expect_golden(const std::string& name, const std::string& text);

}  // namespace writ::lsp
