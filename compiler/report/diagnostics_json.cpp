#include <map>

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

ordered_json edit_json(const diagnostics::Edit& edit, const Places& places) {
  ordered_json j;
  j["at"] = json(edit.range, places);
  j["replacement"] = edit.replacement;
  return j;
}

ordered_json sarif_region(const source::Range& range, const Places& places) {
  const source::Position begin = places.sources().position(range.file, range.begin), end = places.sources().position(range.file, range.end);
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
  return out.starts_with('/') ? "file://" + out : out;
}

/// The same for the same finding after lines have moved; told apart by its file, and by which of several alike it is there.
class Fingerprints {
 public:
  explicit Fingerprints(const source::SourceSet& sources) : sources_(sources) {}
  std::string of(const Diagnostic& d) {
    std::string text = fmt::format("{} {}", diagnostics::code_label(d.code), d.subject.empty() ? d.message() : d.subject);
    if (d.subject.empty() && d.range.valid()) text = fmt::format("{} {}", sources_.path(d.range.file), text);
    const unsigned before = seen_[text]++;
    return before == 0 ? text : fmt::format("{} #{}", text, before + 1);
  }

 private:
  const source::SourceSet& sources_;
  std::map<std::string, unsigned> seen_;
};

ordered_json sarif_location(const source::Range& range, const Places& places) {
  ordered_json j;
  j["physicalLocation"]["artifactLocation"]["uri"] = uri(places.path(range.file));
  j["physicalLocation"]["region"] = sarif_region(range, places);
  return j;
}

ordered_json sarif_fix(const diagnostics::Fix& fix, const Places& places) {
  ordered_json j;
  j["description"]["text"] = fix.title;
  for (const diagnostics::Edit& edit : fix.edits) {
    ordered_json change;
    change["artifactLocation"]["uri"] = uri(places.path(edit.range.file));
    change["replacements"].push_back({{"deletedRegion", sarif_region(edit.range, places)}, {"insertedContent", {{"text", edit.replacement}}}});
    j["artifactChanges"].push_back(std::move(change));
  }
  return j;
}

ordered_json sarif_result(const Diagnostic& d, const Places& places, Fingerprints& fingerprints) {
  ordered_json j;
  j["ruleId"] = diagnostics::code_label(d.code);
  j["level"] = word_of(d.effective_severity());
  std::string message = d.message();
  for (const std::string& note : d.notes) message += "\n" + note;
  j["message"]["text"] = message;
  j["partialFingerprints"]["writ/v2"] = fingerprints.of(d);
  if (d.range.valid()) j["locations"].push_back(sarif_location(d.range, places));
  for (std::size_t i = 0; i < d.labels.size(); ++i) {
    if (!d.labels[i].range.valid()) continue;
    ordered_json related = sarif_location(d.labels[i].range, places);
    related["id"] = i + 1;
    related["message"]["text"] = d.labels[i].text;
    j["relatedLocations"].push_back(std::move(related));
  }
  for (const diagnostics::Fix& fix : d.fixes) {
    if (!fix.edits.empty()) j["fixes"].push_back(sarif_fix(fix, places));
  }
  return j;
}

/// "`{0}` does not hold: {1}" as a rule says it: "`…` does not hold: …".
std::string without_places(std::string_view format) {
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] == '{' && i + 2 < format.size() && format[i + 2] == '}') {
      out += "…";
      i += 2;
    } else {
      out += format[i];
      if ((format[i] == '{' || format[i] == '}') && i + 1 < format.size() && format[i + 1] == format[i]) ++i;
    }
  }
  return out;
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
    rule["shortDescription"]["text"] = without_places(diagnostics::info(code).format);
    rule["help"]["text"] = fmt::format("writ explain {}", diagnostics::code_label(code));
    rule["defaultConfiguration"]["level"] = word_of(diagnostics::info(code).severity);
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace

ordered_json json(const source::Range& range, const Places& places) {
  if (!range.valid()) return nullptr;
  const source::Position begin = places.sources().position(range.file, range.begin), end = places.sources().position(range.file, range.end);
  ordered_json j;
  j["file"] = places.path(range.file);
  j["line"] = begin.line;
  j["column"] = begin.column;
  j["end_line"] = end.line;
  j["end_column"] = end.column;
  return j;
}

ordered_json json(const Diagnostic& d, const Places& places) {
  ordered_json j;
  j["code"] = diagnostics::code_label(d.code);
  j["name"] = diagnostics::info(d.code).name;
  j["severity"] = word_of(d.effective_severity());
  j["message"] = d.message();
  j["at"] = json(d.range, places);
  j["label"] = d.label;
  j["related"] = ordered_json::array();
  for (const diagnostics::Label& label : d.labels) j["related"].push_back({{"at", json(label.range, places)}, {"text", label.text}});
  j["notes"] = d.notes;
  j["fixes"] = ordered_json::array();
  for (const diagnostics::Fix& fix : d.fixes) {
    ordered_json edits = ordered_json::array();
    for (const diagnostics::Edit& edit : fix.edits) edits.push_back(edit_json(edit, places));
    j["fixes"].push_back({{"title", fix.title}, {"edits", std::move(edits)}});
  }
  return j;
}

std::string sarif(const std::vector<Diagnostic>& all, const std::vector<project::Sorted::Accepted>& accepted, const Places& places,
                  const Run& ran) {
  ordered_json log;
  log["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json";
  log["version"] = "2.1.0";
  ordered_json run;
  run["tool"]["driver"]["name"] = "writ";
  run["tool"]["driver"]["version"] = ran.version;
  std::vector<Diagnostic> told = all;
  for (const auto& [finding, by] : accepted) told.push_back(finding);
  run["tool"]["driver"]["rules"] = sarif_rules(told);
  run["invocations"].push_back({{"executionSuccessful", true}, {"exitCode", ran.exit}});
  run["automationDetails"]["id"] = fmt::format("writ-{}/", ran.command);   // the slash ends a category: one for each command
  run["columnKind"] = "utf16CodeUnits";
  run["results"] = ordered_json::array();
  Fingerprints fingerprints(places.sources());
  for (const Diagnostic& d : all) run["results"].push_back(sarif_result(d, places, fingerprints));
  for (const auto& [finding, by] : accepted) {
    ordered_json result = sarif_result(finding, places, fingerprints);
    result["suppressions"].push_back({{"kind", "external"}, {"status", "accepted"}, {"justification", fmt::format("{} (through {})", by.because, project::date_text(by.through))}});
    run["results"].push_back(std::move(result));
  }
  log["runs"].push_back(std::move(run));
  return log.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace writ::report
