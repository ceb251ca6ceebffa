#include <cstring>
#include <vector>

#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/emit/emit.h"
#include "compiler/question/decision.h"
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

/// An instant as text; null for none.
nlohmann::ordered_json when(std::int64_t at, std::int64_t none) { return at == none ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(question::format_instant(at)); }

nlohmann::ordered_json manifest_json(const decision_ir::Tables& tables) {
  const layout::Manifest& m = tables.manifest;
  nlohmann::ordered_json j;
  j["name"] = tables.text(m.name);
  j["policy_version"] = tables.text(m.policy_version);
  j["edition"] = tables.text(m.edition);
  j["root_module"] = tables.text(m.root_module);
  j["compiler"] = tables.text(m.compiler);
  j["time_zones"] = tables.text(m.tzdb_version);
  j["epoch"] = m.epoch;
  j["not_before"] = when(m.not_before, std::int64_t{0});
  j["not_after"] = when(m.not_after, layout::kForever);
  j["earliest_exception_end"] = when(m.earliest_exception_end, layout::kForever);
  j["marks"] = m.accept_marks != 0 ? "accept" : "require";
  j["unproved"] = m.unproved != 0;
  j["previous_digest"] = tables.text(m.previous_digest);
  j["verdict_hash"] = tables.text(m.verdict_hash);
  return j;
}

nlohmann::ordered_json bundle_json(const std::string& path, const std::string& bytes, const decision_ir::Tables& tables, const std::string& text) {
  nlohmann::ordered_json j;
  j["file"] = path;
  j["bytes"] = bytes.size();
  j["digest"] = emit::digest(bytes);
  j["manifest"] = manifest_json(tables);
  const auto digests = tables.list(tables.manifest.source_digests);
  j["sources"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i + 1 < digests.size(); i += 2) j["sources"].push_back({{"path", tables.text(digests[i])}, {"digest", tables.text(digests[i + 1])}});
  j["proofs"] = nlohmann::ordered_json::array();
  for (const layout::ProofRecord& r : tables.proof_records) j["proofs"].push_back({{"obligation", tables.text(r.obligation)}, {"verdict", tables.text(r.verdict)}});
  j["statements"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < tables.sources.size(); ++i) {
    const layout::Source& s = tables.sources[i];
    const std::string_view sentence = i < tables.sentences.size() ? tables.text(tables.sentences[i].sentence) : "";   // dropped: none
    j["statements"].push_back({{"name", tables.text(s.statement)}, {"at", tables.text(s.at)}, {"sentence", sentence}});
  }
  j["text"] = text;
  return j;
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
  const std::string text = decision_ir::print(*tables);
  report::Section section{"bundle", bundle_json(path, bytes, *tables, text), {}};
  section.text = [shown = fmt::format("digest {}\n", emit::digest(bytes)) + text](const report::Palette&) { return shown; };
  session.report.sections.push_back(std::move(section));
  return ExitCode::Good;
}

}  // namespace writ::driver
