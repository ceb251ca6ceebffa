#include <fmt/format.h>

#include "compiler/report/diagnostics_report.h"

namespace writ::report {
namespace {

using diagnostics::Diagnostic;
using diagnostics::Severity;
using nlohmann::ordered_json;

std::string_view word_of(Severity severity) {
  switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Note: return "note";
  }
  return "";
}

ordered_json edit_json(const diagnostics::Edit& edit, const source::SourceSet& sources) {
  ordered_json j;
  j["at"] = json(edit.range, sources);
  j["replacement"] = edit.replacement;
  return j;
}

// SARIF counts columns in UTF-16 code units from 1 unless told otherwise; we tell nothing.
ordered_json sarif_region(const source::Range& range, const source::SourceSet& sources) {
  const source::Position begin = sources.position(range.file, range.begin), end = sources.position(range.file, range.end);
  ordered_json j;
  j["startLine"] = begin.line;
  j["startColumn"] = begin.utf16 + 1;
  j["endLine"] = end.line;
  j["endColumn"] = end.utf16 + 1;
  return j;
}

/// RFC 3986: what a path may not carry as it is.
std::string uri(std::string_view path) {
  std::string out;
  for (const char c : path) {
    const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos;
    if (plain) out += c;
    else out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

ordered_json sarif_location(const source::Range& range, const source::SourceSet& sources) {
  ordered_json j;
  j["physicalLocation"]["artifactLocation"]["uri"] = uri(sources.path(range.file));
  j["physicalLocation"]["region"] = sarif_region(range, sources);
  return j;
}

ordered_json sarif_fix(const diagnostics::Fix& fix, const source::SourceSet& sources) {
  ordered_json j;
  j["description"]["text"] = fix.title;
  for (const diagnostics::Edit& edit : fix.edits) {
    ordered_json change;
    change["artifactLocation"]["uri"] = uri(sources.path(edit.range.file));
    change["replacements"].push_back({{"deletedRegion", sarif_region(edit.range, sources)}, {"insertedContent", {{"text", edit.replacement}}}});
    j["artifactChanges"].push_back(std::move(change));
  }
  return j;
}

ordered_json sarif_result(const Diagnostic& d, const source::SourceSet& sources) {
  ordered_json j;
  j["ruleId"] = diagnostics::code_label(d.code);
  j["level"] = word_of(d.effective_severity());
  std::string message = d.message();
  for (const std::string& note : d.notes) message += "\n" + note;
  j["message"]["text"] = message;
  if (d.range.valid()) j["locations"].push_back(sarif_location(d.range, sources));
  for (std::size_t i = 0; i < d.labels.size(); ++i) {
    if (!d.labels[i].range.valid()) continue;
    ordered_json related = sarif_location(d.labels[i].range, sources);
    related["id"] = i + 1;
    related["message"]["text"] = d.labels[i].text;
    j["relatedLocations"].push_back(std::move(related));
  }
  for (const diagnostics::Fix& fix : d.fixes) {
    if (!fix.edits.empty()) j["fixes"].push_back(sarif_fix(fix, sources));
  }
  return j;
}

ordered_json sarif_rules(const std::vector<Diagnostic>& all) {
  ordered_json rules = ordered_json::array();
  std::vector<diagnostics::Code> seen;
  for (const Diagnostic& d : all) seen.push_back(d.code);
  std::sort(seen.begin(), seen.end());
  seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
  for (const diagnostics::Code code : seen) {
    ordered_json rule;
    rule["id"] = diagnostics::code_label(code);
    rule["name"] = diagnostics::info(code).name;
    rule["shortDescription"]["text"] = diagnostics::info(code).format;
    rule["defaultConfiguration"]["level"] = word_of(diagnostics::info(code).severity);
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace

ordered_json json(const source::Range& range, const source::SourceSet& sources) {
  if (!range.valid()) return nullptr;
  const source::Position begin = sources.position(range.file, range.begin), end = sources.position(range.file, range.end);
  ordered_json j;
  j["file"] = sources.path(range.file);
  j["line"] = begin.line;
  j["column"] = begin.column;
  j["end_line"] = end.line;
  j["end_column"] = end.column;
  return j;
}

ordered_json json(const Diagnostic& d, const source::SourceSet& sources) {
  ordered_json j;
  j["code"] = diagnostics::code_label(d.code);
  j["name"] = diagnostics::info(d.code).name;
  j["severity"] = word_of(d.effective_severity());
  j["message"] = d.message();
  j["at"] = json(d.range, sources);
  j["label"] = d.label;
  j["related"] = ordered_json::array();
  for (const diagnostics::Label& label : d.labels) j["related"].push_back({{"at", json(label.range, sources)}, {"text", label.text}});
  j["notes"] = d.notes;
  j["fixes"] = ordered_json::array();
  for (const diagnostics::Fix& fix : d.fixes) {
    ordered_json edits = ordered_json::array();
    for (const diagnostics::Edit& edit : fix.edits) edits.push_back(edit_json(edit, sources));
    j["fixes"].push_back({{"title", fix.title}, {"edits", std::move(edits)}});
  }
  return j;
}

std::string sarif(const std::vector<Diagnostic>& all, const source::SourceSet& sources, const std::string& version) {
  ordered_json log;
  log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  log["version"] = "2.1.0";
  ordered_json run;
  run["tool"]["driver"]["name"] = "writ";
  run["tool"]["driver"]["version"] = version;
  run["tool"]["driver"]["rules"] = sarif_rules(all);
  run["results"] = ordered_json::array();
  for (const Diagnostic& d : all) run["results"].push_back(sarif_result(d, sources));
  log["runs"].push_back(std::move(run));
  return log.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace writ::report
