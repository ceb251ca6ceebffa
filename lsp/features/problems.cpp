#include "lsp/features/problems.h"

#include <fmt/format.h>

#include "lsp/protocol/uri.h"

namespace writ::lsp {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Severity;

constexpr const char* kChecker = "writ";
constexpr const char* kProver = "writ prove";

int severity_number(Severity severity) {
  switch (severity) {
    case Severity::Error: return 1;
    case Severity::Warning: return 2;
    case Severity::Note: return 3;
  }
  return 1;
}

std::string text_of(const Diagnostic& d) {
  std::string text = d.message();
  if (!d.label.empty()) text += fmt::format(" ({})", d.label);
  for (const std::string& note : d.notes) text += "\n" + note;
  return text;
}

Json related(const View& view, const Diagnostic& d) {
  Json all = Json::array();
  for (const diagnostics::Label& label : d.labels)
    if (label.range.valid())
      if (Json at = location_json(view, label.range); !at.is_null()) all.push_back({{"location", std::move(at)}, {"message", label.text}});
  return all;
}

Json problem(const View& view, const Diagnostic& d, const char* source) {
  Json j;
  const Json top = {{"line", 0}, {"character", 0}};
  j["range"] = d.range.valid() && !view.snapshot.is_package(d.range.file) ? range_json(view.snapshot.sources, d.range) : Json{{"start", top}, {"end", top}};
  j["severity"] = severity_number(d.effective_severity());
  j["code"] = diagnostics::code_label(d.code);
  if (!view.pages.empty()) j["codeDescription"]["href"] = fmt::format("{}/{}.md", view.pages, diagnostics::code_label(d.code));
  j["source"] = source;
  j["message"] = text_of(d);
  if (!d.labels.empty()) j["relatedInformation"] = related(view, d);
  return j;
}

std::string home_uri(const View& view, const Diagnostic& d, const std::filesystem::path& fallback) {
  if (d.range.valid() && !view.snapshot.is_package(d.range.file)) return view.uri(d.range.file);
  if (const auto manifest = view.snapshot.find(view.snapshot.root / "writ.toml")) return view.uri(*manifest);
  const auto open = view.uris.find(fallback);
  return open == view.uris.end() ? uri_of_path(fallback) : open->second;
}

}  // namespace

std::map<std::string, Json> problems(const View& view, const std::filesystem::path& fallback) {
  std::map<std::string, Json> all;
  for (const source::FileId file : view.snapshot.sources.files()) if (!view.snapshot.is_package(file)) all[view.uri(file)] = Json::array();
  for (const Diagnostic& d : view.snapshot.diagnostics) all[home_uri(view, d, fallback)].push_back(problem(view, d, kChecker));
  if (view.verdicts != nullptr)
    for (const Diagnostic& d : view.verdicts->diagnostics) all[home_uri(view, d, fallback)].push_back(problem(view, d, kProver));
  for (auto& [uri, list] : all) if (list.is_null()) list = Json::array();
  return all;
}

Json code_actions(const View& view, const source::Range& range) {
  Json actions = Json::array();
  for (const Diagnostic& d : view.snapshot.diagnostics) {
    const bool near = d.range.file == range.file && d.range.begin <= range.end && range.begin <= d.range.end;
    if (!d.range.valid() || !near) continue;
    for (const diagnostics::Fix& fix : d.fixes) {
      if (fix.edits.empty()) continue;
      actions.push_back({{"title", fix.title},
                         {"kind", "quickfix"},
                         {"isPreferred", d.fixes.size() == 1},
                         {"diagnostics", Json::array({problem(view, d, kChecker)})},
                         {"edit", {{"changes", changes_json(view, fix.edits)}}}});
    }
  }
  return actions;
}

}  // namespace writ::lsp
