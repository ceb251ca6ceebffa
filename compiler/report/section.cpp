#include "compiler/report/section.h"

#include <algorithm>

#include <fmt/format.h>

namespace writ::report {

using nlohmann::ordered_json;

namespace {

std::string dump(const ordered_json& j) { return j.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string render_json(const Report& report, const Places& places) {
  if (report.envelope == Envelope::Bare && report.sections.size() == 1) return dump(report.sections.front().json);
  ordered_json j;
  j["schema"] = kSchema;
  j["command"] = report.command;
  j["project"] = report.project.empty() ? ordered_json(nullptr) : ordered_json(report.project);
  j["exit"] = report.exit;
  j["diagnostics"] = ordered_json::array();
  for (const diagnostics::Diagnostic& d : report.diagnostics) j["diagnostics"].push_back(json(d, places));
  for (const Section& section : report.sections) j[section.key] = section.json;
  return dump(j);
}

std::string render_sarif(const Report& report, const Places& places, const std::string& version) {
  return sarif(report.diagnostics, report.accepted, places, {version, report.command, report.exit});
}

std::string render_text(const Report& report, const Palette& palette) {
  std::string out;
  for (const Section& section : report.sections) out += section.text(palette);
  return out;
}

Section accepted_section(const std::vector<project::Sorted::Accepted>& accepted, const Places& places) {
  Section section{"accepted", ordered_json::array(), {}};
  project::Day first = accepted.front().by.through;
  for (const auto& [finding, by] : accepted) {
    ordered_json j = json(finding, places);
    j["through"] = project::date_text(by.through);
    j["because"] = by.because;
    section.json.push_back(std::move(j));
    first = std::min(first, by.through);
  }
  section.text = [count = accepted.size(), first](const Palette& palette) {
    return palette.paint(Ink::Faint, fmt::format("{} finding{} accepted by the baseline, {}through {}", count, count == 1 ? "" : "s",
                                                 count == 1 ? "" : "the first ", project::date_text(first))) + "\n";
  };
  return section;
}

Section plain(std::string key, std::string text) {
  Section section{std::move(key), text, {}};
  section.text = [text = std::move(text)](const Palette&) { return text; };
  return section;
}

}  // namespace writ::report
