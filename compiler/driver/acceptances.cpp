#include "compiler/driver/acceptances.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <tuple>

#include <fmt/format.h>

#include "compiler/driver/files.h"

namespace writ::driver {
namespace {

using diagnostics::Code;
using diagnostics::Diagnostic;
using project::Acceptance;

constexpr std::size_t kLargestBaseline = std::size_t{16} << 20;

/// The day in UTC; that of SOURCE_DATE_EPOCH where it is set, for builds that must come out the same tomorrow.
project::Day today() {
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch != nullptr && *epoch != '\0') return static_cast<project::Day>(std::strtoll(epoch, nullptr, 10) / 86'400);
  return static_cast<project::Day>(std::time(nullptr) / 86'400);
}

bool is_verdict(Code code) { return static_cast<int>(code) / 1000 == 4; }

bool is_judged(Code code, Judged judged) {
  switch (judged) {
    case Judged::Nothing: return false;
    case Judged::Policy: return !is_verdict(code);
    case Judged::Proofs: return is_verdict(code);
  }
  return false;
}

bool same(const Acceptance& a, const Acceptance& b) { return std::tie(a.code, a.file, a.what, a.through) == std::tie(b.code, b.file, b.what, b.through); }

Diagnostic outdated(const Acceptance& entry) {
  Diagnostic d;
  d.code = Code::baseline_outdated;
  d.range = entry.range;
  d.args = {fmt::format("{} {}", diagnostics::code_label(entry.code), entry.what)};
  d.with_note("take the entry out: it would accept the finding if it came back");
  return d;
}

}  // namespace

std::optional<Acceptances> Acceptances::open(const project::Project& project, Missing missing, source::SourceSet& sources, diagnostics::Sink& sink) {
  Acceptances all;
  all.shown_ = *project.manifest.baseline;
  all.file_ = project.root / all.shown_;
  all.today_ = today();
  std::error_code ignored;
  if (missing == Missing::IsEmpty && !std::filesystem::exists(all.file_, ignored)) return all;
  project::FileText read = project::read_file(all.file_, kLargestBaseline);
  if (!read.error.empty()) {
    sink.report(Code::cannot_read, {}, {all.shown_, read.error}).with_note("`[diagnostics] baseline` names it; `--accept-through` writes it");
    return std::nullopt;
  }
  auto baseline = project::read_baseline(sources, sources.add(all.shown_, std::move(read.text)), all.today_, sink);
  if (!baseline) return std::nullopt;
  all.baseline_ = std::move(*baseline);
  return all;
}

std::vector<Diagnostic> Acceptances::apply(std::vector<Diagnostic> found, Judged judged, const source::SourceSet& sources) {
  project::Sorted sorted = project::sort_out(std::move(found), baseline_, today_, sources);
  accepted_ = std::move(sorted.accepted);
  for (const Acceptance& entry : sorted.unused) {
    if (!is_judged(entry.code, judged)) continue;
    outdated_.push_back(entry);
    sorted.open.push_back(outdated(entry));
  }
  return std::move(sorted.open);
}

std::string Acceptances::why_not(const std::string& through) const {
  const auto day = project::read_date(through);
  if (!day) return fmt::format("`--accept-through {}` is no date such as {}", through, project::date_text(today_ + 90));
  if (*day < today_) return fmt::format("`--accept-through {}` is over", through);
  if (*day <= today_ + project::kLongestAcceptance) return "";
  return fmt::format("`--accept-through {}` is more than {} days from now", through, project::kLongestAcceptance);
}

std::string Acceptances::accept(const std::vector<Diagnostic>& found, project::Day through, const std::string& because, const source::SourceSet& sources) {
  for (const Acceptance& entry : outdated_) {
    const auto at = std::find_if(baseline_.entries.begin(), baseline_.entries.end(), [&](const Acceptance& other) { return same(entry, other); });
    if (at != baseline_.entries.end()) baseline_.entries.erase(at);
  }
  std::erase_if(baseline_.entries, [this](const Acceptance& entry) { return entry.through < today_; });
  for (const Diagnostic& finding : found) {
    Acceptance entry = project::acceptance_of(finding, sources);
    entry.through = through;
    entry.because = because;
    accepted_.push_back({finding, entry});
    baseline_.entries.push_back(std::move(entry));
  }
  return write_file(file_, project::print(baseline_));
}

}  // namespace writ::driver
