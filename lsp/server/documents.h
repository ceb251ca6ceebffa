// The editor's open texts, by path, kept true through incremental changes in UTF-16 positions.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "compiler/project/project.h"
#include "lsp/server/params.h"

namespace writ::lsp {

struct Document {
  std::string uri;
  std::int64_t version = 0;
  std::filesystem::path home;                    ///< of the project that it belongs to
};

class Documents {
 public:
  void open(const std::string& uri, std::int64_t version, std::string text);
  /// Applies `contentChanges` in order.
  void change(const std::string& uri, std::int64_t version, const Json& changes);
  void close(const std::string& uri);
  /// Is the open text what stands on the disk?
  bool is_saved(const std::filesystem::path& path) const;

  bool empty() const { return documents_.empty(); }
  const std::map<std::filesystem::path, Document>& all() const { return documents_; }
  const Document* find(const std::filesystem::path& path) const;
  const project::Texts& texts() const { return texts_; }
  std::map<std::filesystem::path, std::string> uris() const;
  /// Finds every document's project anew: a manifest may have come or gone.
  void find_homes();

 private:
  std::map<std::filesystem::path, Document> documents_;
  project::Texts texts_;
};

/// The path of a text document's URI; BadParams if it names no file.
std::filesystem::path path_of(const std::string& uri);

}  // namespace writ::lsp
