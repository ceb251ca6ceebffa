#include "lsp/server/documents.h"

#include <fmt/format.h>

#include "lsp/protocol/uri.h"

namespace writ::lsp {
namespace {

constexpr std::size_t kLargestText = project::FileLimits{}.bytes_of_one;

std::filesystem::path home_for(const std::filesystem::path& path, const project::Texts& texts) {
  return path.filename() == "writ.toml" ? path.parent_path() : project::home_of(path, texts);
}

void apply(const Json& change, std::string& text) {
  std::string replacement = text_member(change, "text");
  if (find_member(change, {"range"}) == nullptr) {
    text = std::move(replacement);
    return;
  }
  const Json& range = member(change, "range");
  const EditorPosition start = position_member(range, "start"), end = position_member(range, "end");
  source::SourceSet before;
  const source::FileId file = before.add("", text);
  const std::uint32_t from = before.offset_of_utf16(file, start.line, start.character);
  const std::uint32_t to = before.offset_of_utf16(file, end.line, end.character);
  if (to < from) throw BadParams("a range that ends before it starts");
  if (text.size() - (to - from) + replacement.size() > kLargestText) throw BadParams(fmt::format("a text of more than {} bytes", kLargestText));
  text.replace(from, to - from, replacement);
}

}  // namespace

std::filesystem::path path_of(const std::string& uri) {
  const auto path = path_of_uri(uri);
  if (!path || path->empty() || !path->has_filename()) throw BadParams(fmt::format("`{}` names no file", uri.substr(0, 200)));
  return *path;
}

void Documents::open(const std::string& uri, std::int64_t version, std::string text) {
  const std::filesystem::path path = path_of(uri);
  texts_[path] = std::move(text);
  documents_[path] = {uri, version, {}};
  find_homes();
}

void Documents::change(const std::string& uri, std::int64_t version, const Json& changes) {
  const auto found = documents_.find(path_of(uri));
  if (found == documents_.end()) throw BadParams("a change of a document that is not open");
  if (!changes.is_array()) throw BadParams("`contentChanges` is no list");
  std::string text = texts_.at(found->first);
  for (const Json& change : changes) apply(change, text);
  texts_[found->first] = std::move(text);
  found->second.version = version;
  if (found->first.filename() == "writ.toml") find_homes();
}

void Documents::close(const std::string& uri) {
  const std::filesystem::path path = path_of(uri);
  documents_.erase(path);
  texts_.erase(path);
  find_homes();
}

const Document* Documents::find(const std::filesystem::path& path) const {
  const auto found = documents_.find(path);
  return found == documents_.end() ? nullptr : &found->second;
}

bool Documents::is_saved(const std::filesystem::path& path) const {
  const project::FileText on_disk = project::read_file(path, kLargestText);
  return on_disk.error.empty() && on_disk.text == texts_.at(path);
}

std::map<std::filesystem::path, std::string> Documents::uris() const {
  std::map<std::filesystem::path, std::string> all;
  for (const auto& [path, document] : documents_) all[path] = document.uri;
  return all;
}

void Documents::find_homes() {
  for (auto& [path, document] : documents_) document.home = home_for(path, texts_);
}

}  // namespace writ::lsp
