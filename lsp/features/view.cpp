#include "lsp/features/view.h"

#include <fmt/format.h>

#include "lsp/protocol/uri.h"

namespace writ::lsp {

std::string View::uri(source::FileId file) const {
  if (snapshot.is_package(file)) return library.empty() ? "" : fmt::format("{}/{}", library, snapshot.sources.path(file));
  const std::filesystem::path path = snapshot.path(file);
  const auto open = uris.find(path);
  return open == uris.end() ? uri_of_path(path) : open->second;
}

Json position_json(const source::SourceSet& sources, source::FileId file, std::uint32_t offset) {
  const source::Position p = sources.position(file, offset);
  return {{"line", p.line - 1}, {"character", p.utf16}};
}

Json range_json(const source::SourceSet& sources, const source::Range& range) {
  return {{"start", position_json(sources, range.file, range.begin)}, {"end", position_json(sources, range.file, range.end)}};
}

Json location_json(const View& view, const source::Range& range) {
  const std::string uri = view.uri(range.file);
  return uri.empty() ? Json(nullptr) : Json{{"uri", uri}, {"range", range_json(view.snapshot.sources, range)}};
}

Json locations_json(const View& view, const std::vector<source::Range>& ranges) {
  Json all = Json::array();
  for (const source::Range& range : ranges)
    if (Json one = location_json(view, range); !one.is_null()) all.push_back(std::move(one));
  return all;
}

Json changes_json(const View& view, const std::vector<diagnostics::Edit>& edits) {
  Json changes = Json::object();
  for (const diagnostics::Edit& edit : edits)
    changes[view.uri(edit.range.file)].push_back({{"range", range_json(view.snapshot.sources, edit.range)}, {"newText", edit.replacement}});
  return changes;
}

}  // namespace writ::lsp
