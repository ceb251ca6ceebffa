#include <filesystem>

#include <fmt/format.h>

#include "compiler/confirm/bundle.h"
#include "compiler/driver/asked.h"
#include "compiler/driver/commands.h"
#include "compiler/interpret/request.h"

namespace writ::driver {
namespace {

/// The project whose policy decides: `--project`, else the one around the request, else the one here.
std::string place_of_request(const std::string& file) {
  if (file == "-") return ".";
  const std::filesystem::path folder = std::filesystem::path(file).parent_path();
  std::error_code error;
  for (std::filesystem::path at = std::filesystem::absolute(folder, error); at.has_relative_path(); at = at.parent_path()) {
    if (std::filesystem::is_regular_file(at / "writ.toml", error)) return at.string();
  }
  return ".";
}

void tell_not_yet_valid(Session& session, const std::string& what, question::Instant begins) {
  session.sink().report(diagnostics::Code::bundle_not_yet_valid, {}, {what, question::format_instant(begins)});
}
void tell_expired(Session& session, const std::string& what, question::Instant ended) {
  session.sink().report(diagnostics::Code::bundle_expired, {}, {what, question::format_instant(ended)});
}

/// 11.10: outside its window a policy decides nothing, whether asked as sources or as a bundle. The request is a sound one.
bool holds_at(Session& session, const std::string& request) {
  const project::Manifest& manifest = session.manifest();
  const auto json = json::parse(request);
  const json::Value* context = json ? json->find("context") : nullptr;
  const json::Value* time = context ? context->find("time") : nullptr;
  const auto now = time ? interpret::read_instant(time->text) : std::nullopt;
  if (now && manifest.not_before && *now < *manifest.not_before) return tell_not_yet_valid(session, manifest.name, *manifest.not_before), false;
  if (now && manifest.not_after && *now >= *manifest.not_after) return tell_expired(session, manifest.name, *manifest.not_after), false;
  return true;
}

std::optional<question::Decision> decide(Session& session, const std::string& request) {
  if (session.project(place_of_request(session.options().request)) == nullptr) return std::nullopt;
  const kernel::Kernel* kernel = session.kernel();
  if (kernel == nullptr) return std::nullopt;
  const interpret::Interpreter interpreter(*kernel, interpreter_options(session));
  auto decision = interpreter.decide_text(request);
  if (decision && !holds_at(session, request)) return std::nullopt;
  if (decision) return std::move(*decision);
  tell(session, request, decision.error());
  return std::nullopt;
}

std::string counted(std::size_t number) { return fmt::format("{} obligation{}", number, number == 1 ? "" : "s"); }

/// `build --unproved` writes such a bundle, and so does a build that found something beside what `[build] require` names. It decides like any other.
void warn_if_unproved(Session& session, const std::string& file, const authzen::Policy& policy) {
  const runtime::View& view = policy.view();
  if (view.manifest->unproved == 0) return;
  constexpr std::size_t kNamed = 3;
  std::vector<std::string> open;
  for (std::uint32_t i = 0; i < view.proof_records.count; ++i) {
    const layout::ProofRecord& record = view.proof_records[i];
    if (view.text(record.verdict) != "proved") open.push_back(fmt::format("`{}` is {}", view.text(record.obligation), view.text(record.verdict)));
  }
  const std::string what = open.empty() ? "nothing was proved of it" : fmt::format("{} of {} {} not proved", open.size(), counted(view.proof_records.count), open.size() == 1 ? "is" : "are");
  auto& d = session.sink().report(diagnostics::Code::bundle_unproved, {}, {file, what});
  for (std::size_t i = 0; i < std::min(kNamed, open.size()); ++i) d.with_note(open[i]);
  if (open.size() > kNamed) d.with_note(fmt::format("and {} more: `writ bundle inspect` lists them", open.size() - kNamed));
}

void tell_bundle_error(Session& session, const std::string& file, const std::string& request, const authzen::Policy& policy, const authzen::Error& e) {
  if (e.code == "not_yet_valid") tell_not_yet_valid(session, file, policy.not_before());
  else if (e.code == "expired") tell_expired(session, file, policy.not_after());
  else tell(session, request, {e.code, e.at, e.what});
}

/// The bundle's own answer; the sources are not looked at. Exit 5 for what is wrong with the bundle, 2 for what is wrong with the request.
std::optional<question::Decision> decide_with_bundle(Session& session, const std::string& file, const std::string& request) {
  const project::FileText bytes = project::read_file(file, layout::kMaxBytes);
  if (!bytes.error.empty()) {
    session.sink().report(diagnostics::Code::cannot_read, {}, {file, bytes.error});
    return std::nullopt;
  }
  const auto policy = authzen::Policy::load(bytes.text);
  if (!policy) {
    const authzen::LoadError& e = policy.error();
    session.sink().report(diagnostics::Code::bundle_refused, {}, {file, fmt::format("{}: {} (section {}, record {})", e.code, e.what, e.section, e.record)});
    return std::nullopt;
  }
  const auto answer = (*policy)->decide_text(request);
  warn_if_unproved(session, file, **policy);
  if (answer) return confirm::decision_of(*answer);
  tell_bundle_error(session, file, request, **policy, answer.error());
  return std::nullopt;
}

std::optional<question::Decision> decide_with_sources(Session& session, const std::string& request) {
  auto decision = decide(session, request);
  // A decision was asked for; what `check` has to say about the policy it says itself.
  if (decision) session.forget_warnings();
  return decision;
}

}  // namespace

ExitCode run_eval(Session& session) {
  const auto request = read_request(session, session.options().request);
  if (!request) return ExitCode::Good;
  const auto& bundle = session.options().bundle;
  const auto decision = bundle ? decide_with_bundle(session, *bundle, *request) : decide_with_sources(session, *request);
  if (!decision) return ExitCode::Good;
  const auto detail = session.options().explain ? report::Detail::Full : report::Detail::Brief;
  session.report.sections.push_back(report::section(*decision, asked_of(*request), detail));
  session.report.envelope = report::Envelope::Bare;
  const bool refused = decision->outcome != question::Outcome::Permit;
  return session.options().fail_on == FailOn::Deny && refused ? ExitCode::Findings : ExitCode::Good;
}

}  // namespace writ::driver
