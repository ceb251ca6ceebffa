#include <cstring>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/emit/emit.h"
#include "runtime/validate/validate.h"

namespace writ::driver {
namespace {

/// What a loader would say; "" if it accepts.
std::string refusal_of(const std::string& bytes) {
  std::vector<std::uint64_t> aligned((bytes.size() + 7) / 8);
  std::memcpy(aligned.data(), bytes.data(), bytes.size());
  const runtime::Validation judged = runtime::validate(aligned.data(), bytes.size());
  if (judged.accepted()) return "";
  return fmt::format("{}: {} (section {}, record {})", runtime::to_string(judged.refusal), runtime::sentence(judged.refusal), judged.section, judged.record);
}

}  // namespace

ExitCode run_bundle_inspect(Session& session) {
  const std::string path = session.options().bundle.value_or("");
  const auto [bytes, unread] = project::read_file(path, layout::kMaxBytes);
  if (!unread.empty()) {
    session.sink().report(diagnostics::Code::cannot_read, {}, {path, unread});
    return ExitCode::Usage;
  }
  const std::string refusal = refusal_of(bytes);
  const auto tables = emit::from_bytes(bytes);
  if (!refusal.empty() || !tables) {
    session.sink().report(diagnostics::Code::bundle_refused, {}, {path, refusal.empty() ? tables.error() : refusal});
    return ExitCode::Integrity;
  }
  session.report.sections.push_back(report::plain("bundle", fmt::format("digest {}\n", emit::digest(bytes)) + decision_ir::print(*tables)));
  return ExitCode::Good;
}

}  // namespace writ::driver
