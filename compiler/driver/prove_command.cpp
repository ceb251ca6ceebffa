#include <filesystem>

#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/proving.h"
#include "compiler/report/proof_report.h"

namespace writ::driver {
namespace {

/// Names have no such beginning and no such end, though obligations have slashes within.
bool can_only_be_a_path(std::string_view word) {
  return word.starts_with('/') || word.starts_with("./") || word.starts_with("../") || word.ends_with('/') || word.ends_with(".writ");
}

/// A path first, if the first word is one: `writ prove examples/norvik role-sod`.
std::string take_path(std::vector<std::string>& words) {
  std::error_code error;
  if (words.empty() || !(can_only_be_a_path(words.front()) || std::filesystem::exists(words.front(), error))) return ".";
  std::string path = words.front();
  words.erase(words.begin());
  return path;
}

}  // namespace

ExitCode run_prove(Session& session) {
  std::vector<std::string> names = session.options().names;
  const std::string path = take_path(names);
  if (session.project(path) == nullptr) return ExitCode::Good;
  const auto run = prove(session, names);
  if (!run) return ExitCode::Good;
  const auto each = names.empty() ? report::Each::Counted : report::Each::Listed;
  session.report.sections.push_back(report::section(*run, session.sources(), each));
  session.forget_warnings();
  if (names.empty() && session.manifest().obligations.empty()) session.judged(Judged::Proofs);
  return ExitCode::Good;
}

}  // namespace writ::driver
