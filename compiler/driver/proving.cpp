#include "compiler/driver/proving.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/confirm/bundle.h"
#include "compiler/driver/interrupt.h"
#include "compiler/support/nearest.h"
#include "compiler/testing/testing.h"

namespace writ::driver {
namespace {

/// `four_eyes` of `firm.four_eyes.Invoice` too: whatever an author may call it.
void add_names(std::vector<std::string>& names, const std::string& about) {
  names.push_back(about);
  for (std::size_t begin = 0; begin < about.size();) {
    const std::size_t end = std::min(about.find('.', begin), about.size());
    if (begin > 0) names.push_back(about.substr(begin));
    names.push_back(about.substr(begin, end - begin));
    begin = end + 1;
  }
}

/// A name that selects nothing is a mistake, not an empty success.
bool all_known(Session& session, const std::vector<verify::Obligation>& all, const std::vector<std::string>& names) {
  bool known = true;
  for (const std::string& name : names) {
    if (!verify::select(all, {name}).empty()) continue;
    std::vector<std::string> candidates = verify::obligation_words();
    if (std::find(candidates.begin(), candidates.end(), name) != candidates.end()) continue;   // a word that this policy gives nothing to
    std::vector<std::string> statements;
    for (const verify::Obligation& o : all) add_names(statements, o.about);
    std::copy_if(statements.begin(), statements.end(), std::back_inserter(candidates), [&](const std::string& one) { return !verify::select(all, {one}).empty(); });
    auto& d = session.sink().report(diagnostics::Code::unknown_obligation, {}, {name});
    if (const auto nearest = support::nearest_name(name, candidates)) d.with_note(fmt::format("did you mean `{}`?", *nearest));
    known = false;
  }
  return known;
}

/// What an interrupt left open is no finding; how much it is, the totals say.
verify::ProofRun without_cancelled(verify::ProofRun run) {
  std::erase_if(run.results, [](const verify::Result& r) { return r.verdict.reason == verify::Reason::Cancelled; });
  return run;
}

verify::Options options_of(Session& session, const std::vector<std::string>& names) {
  const project::Manifest& manifest = session.manifest();
  verify::Options options;
  options.names = names.empty() ? manifest.obligations : names;
  if (const auto budget = session.options().budget ? session.options().budget : manifest.budget) options.budget = *budget;
  options.threads = session.options().threads.value_or(manifest.threads);
  options.also = {confirm::shared_bundle_replayer(*session.kernel())};
  options.cancelled = [] { return interrupted(); };
  options.progress = [&session](const verify::Progress& p) { session.progress(fmt::format("proving {} of {}  {}", p.done, p.total, p.last)); };
  return options;
}

}  // namespace

std::optional<verify::ProofRun> prove(Session& session, const std::vector<std::string>& names) {
  const kernel::Kernel* kernel = session.kernel();
  if (kernel == nullptr) return std::nullopt;
  verify::Options options = options_of(session, names);
  if (!all_known(session, verify::collect(*kernel), options.names)) return std::nullopt;
  const bool asks_who = std::any_of(kernel->claims.begin(), kernel->claims.end(), [](const kernel::Claim& c) { return c.in_population; });
  if (asks_who && session.program() != nullptr) options.population = testing::population(*session.program(), *kernel);
  const ListensToInterrupt listens;
  verify::ProofRun run = verify::prove(*kernel, session.sources(), options);
  session.end_progress();
  verify::report(interrupted() ? without_cancelled(run) : run, session.sources(), session.sink());
  return run;
}

}  // namespace writ::driver
