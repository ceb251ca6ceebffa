// Diagnostics as text with source snippets, as JSON and as SARIF 2.1.0.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/project/baseline.h"
#include "compiler/report/palette.h"

namespace writ::report {

std::string text(const diagnostics::Diagnostic& diagnostic, const source::SourceSet& sources, const Palette& palette);

/// All of them, a blank line between two; empty for none.
std::string text(const std::vector<diagnostics::Diagnostic>& all, const source::SourceSet& sources, const Palette& palette);

/// "2 errors, 1 warning", or "" for none.
std::string count_line(const std::vector<diagnostics::Diagnostic>& all);

nlohmann::ordered_json json(const diagnostics::Diagnostic& diagnostic, const source::SourceSet& sources);
nlohmann::ordered_json json(const source::Range& range, const source::SourceSet& sources);

/// A whole SARIF log with one run; what is accepted is in it as a suppressed result. `version` is the tool's, `exit` what it answers.
std::string sarif(const std::vector<diagnostics::Diagnostic>& all, const std::vector<project::Sorted::Accepted>& accepted,
                  const source::SourceSet& sources, const std::string& version, int exit);

}  // namespace writ::report
