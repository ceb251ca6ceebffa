// Diagnostics as text with source snippets, as JSON and as SARIF 2.1.0.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/project/baseline.h"
#include "compiler/report/palette.h"
#include "compiler/report/places.h"

namespace writ::report {

std::string text(const diagnostics::Diagnostic& diagnostic, const Places& places, const Palette& palette);

/// All of them, a blank line between two; empty for none.
std::string text(const std::vector<diagnostics::Diagnostic>& all, const Places& places, const Palette& palette);

/// "2 errors, 1 warning", or "" for none.
std::string count_line(const std::vector<diagnostics::Diagnostic>& all);

nlohmann::ordered_json json(const diagnostics::Diagnostic& diagnostic, const Places& places);
nlohmann::ordered_json json(const source::Range& range, const Places& places);

/// What ran: the tool's version, the command and what it answers.
struct Run {
  std::string version, command;
  int exit = 0;
};

/// A whole SARIF log with one run; what is accepted is in it as a suppressed result.
std::string sarif(const std::vector<diagnostics::Diagnostic>& all, const std::vector<project::Sorted::Accepted>& accepted,
                  const Places& places, const Run& run);

}  // namespace writ::report
