// Requests about documents: from parameters to a feature and back.
#include <fmt/format.h>

#include "lsp/features/completion.h"
#include "lsp/features/hover.h"
#include "lsp/features/layout.h"
#include "lsp/features/navigation.h"
#include "lsp/features/outline.h"
#include "lsp/features/problems.h"
#include "lsp/server/failures.h"
#include "lsp/server/server.h"

namespace writ::lsp {

Server::Asked Server::asked(const Json& params) {
  const std::filesystem::path path = path_of(text_member(member(params, "textDocument"), "uri"));
  const Document* document = documents_.find(path);
  if (document == nullptr) throw BadParams("the document is not open");
  Home& home = homes_[document->home];
  if (home.stale && !check(document->home, home)) throw Refusal(kContentModified, "the text has changed");
  const auto file = home.snapshot->find(path);
  if (!file) throw Refusal(kRequestFailed, "the document belongs to a project that cannot be read");
  return {home, path, *file};
}

Spot Server::spot(const Asked& asked, const Json& params) const {
  const EditorPosition at = position_member(params, "position");
  return {asked.file, asked.home.snapshot->sources.offset_of_utf16(asked.file, at.line, at.character)};
}

View Server::view(const Home& home, const std::map<std::filesystem::path, std::string>& uris) const {
  return {*home.snapshot, home.verdicts.get(), uris, options_.pages, options_.library};
}

template <class F>
Json Server::at_spot(const Json& params, F answer) {
  const Asked at = asked(params);
  const auto uris = documents_.uris();
  return answer(view(at.home, uris), spot(at, params));
}

Json Server::hover(const Json& params) { return at_spot(params, lsp::hover); }
Json Server::definition(const Json& params) { return at_spot(params, lsp::definition); }
Json Server::highlights(const Json& params) { return at_spot(params, lsp::highlights); }

Json Server::references(const Json& params) {
  const Json* all = find_member(params, {"context", "includeDeclaration"});
  const bool included = all != nullptr && all->is_boolean() && all->get<bool>();
  return at_spot(params, [&](const View& view, const Spot& spot) {
    return lsp::references(view, spot, included ? Declaration::Included : Declaration::Left);
  });
}

Json Server::completion(const Json& params) {
  return at_spot(params, [](const View& view, const Spot& spot) { return lsp::completion(view.snapshot, spot); });
}

Json Server::document_symbols(const Json& params) {
  const Asked at = asked(params);
  const auto index = at.home.snapshot->index(at.file);
  return index ? lsp::document_symbols(*at.home.snapshot, *index) : Json::array();
}

Json Server::folding_ranges(const Json& params) {
  const Asked at = asked(params);
  const auto index = at.home.snapshot->index(at.file);
  return index ? lsp::folding_ranges(*at.home.snapshot, *index) : Json::array();
}

Json Server::workspace_symbols(const Json& params) {
  const std::string query = text_member(params, "query");
  const auto uris = documents_.uris();
  Json all = Json::array();
  for (auto& [path, home] : homes_) {
    if (home.stale && !check(path, home)) throw Refusal(kContentModified, "the text has changed");
    for (Json& one : lsp::workspace_symbols(view(home, uris), query)) all.push_back(std::move(one));
  }
  return all;
}

Json Server::formatting(const Json& params) {
  const std::filesystem::path path = path_of(text_member(member(params, "textDocument"), "uri"));
  const auto text = documents_.texts().find(path);
  if (text == documents_.texts().end()) throw BadParams("the document is not open");
  if (path.filename() == "writ.toml") return Json::array();
  return lsp::formatting(path.filename().generic_string(), text->second);
}

Json Server::code_actions(const Json& params) {
  const Asked at = asked(params);
  const Json& range = member(params, "range");
  const EditorPosition start = position_member(range, "start"), end = position_member(range, "end");
  const source::SourceSet& sources = at.home.snapshot->sources;
  const auto uris = documents_.uris();
  return lsp::code_actions(view(at.home, uris), {at.file, sources.offset_of_utf16(at.file, start.line, start.character), sources.offset_of_utf16(at.file, end.line, end.character)});
}

Json Server::prepare_rename(const Json& params) {
  const Asked at = asked(params);
  const auto range = renameable(*at.home.snapshot, spot(at, params));
  return range ? range_json(at.home.snapshot->sources, *range) : Json(nullptr);
}

Json Server::rename(const Json& params) {
  const Asked at = asked(params);
  const auto edits = lsp::rename(*at.home.snapshot, spot(at, params), text_member(params, "newName"));
  if (!edits) throw Refusal(kRequestFailed, edits.error());
  const auto uris = documents_.uris();
  return {{"changes", changes_json(view(at.home, uris), *edits)}};
}

}  // namespace writ::lsp
