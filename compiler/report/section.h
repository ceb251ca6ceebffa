// One result of a command as data with its two faces: a JSON value under a key, and text. Commands collect sections and diagnostics into
// a Report; `render` turns it into what a format asks for. SARIF carries the diagnostics only.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/project/baseline.h"
#include "compiler/report/diagnostics_report.h"

namespace writ::report {

struct Section {
  std::string key;                                          ///< of the JSON object
  nlohmann::ordered_json json;
  std::function<std::string(const Palette&)> text;          ///< with its own line ends
};

/// How the JSON of a report is wrapped: under the schema's envelope, or one section's value alone (a decision, which has a standard shape).
enum class Envelope : std::uint8_t { Report, Bare };

struct Report {
  std::string command;
  std::string project;
  std::vector<diagnostics::Diagnostic> diagnostics;
  std::vector<project::Sorted::Accepted> accepted;          ///< findings that the baseline takes out of `diagnostics`
  std::vector<Section> sections;
  Envelope envelope = Envelope::Report;
  int exit = 0;
};

inline constexpr const char* kSchema = "writ.report/1";

std::string render_json(const Report& report, const Places& places);
std::string render_sarif(const Report& report, const Places& places, const std::string& version);
/// Sections only; diagnostics go where errors go (`text(diagnostics, …)`).
std::string render_text(const Report& report, const Palette& palette);

/// What the baseline accepts, so that nobody takes an accepted finding for none.
Section accepted_section(const std::vector<project::Sorted::Accepted>& accepted, const Places& places);

/// Text that is its own result (an emitted step, a script): shown as it is.
Section plain(std::string key, std::string text);

}  // namespace writ::report
