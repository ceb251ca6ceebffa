#include "lsp/server/proof_lane.h"

#include <fmt/format.h>

#include "compiler/confirm/bundle.h"

namespace writ::lsp {
namespace {

verify::Options options_of(const ProofJob& job, const std::function<bool()>& stopped, const TellProof& tell) {
  const project::Manifest& manifest = job.snapshot->project->manifest;
  verify::Options options;
  options.names = manifest.obligations;
  if (const auto budget = job.budget ? job.budget : manifest.budget) options.budget = *budget;
  options.threads = job.threads;
  options.cancelled = stopped;
  options.also = {confirm::bundle_replayer};
  options.progress = [&tell, ticket = job.ticket](const verify::Progress& p) {
    ProofEvent event;
    event.kind = ProofEvent::Kind::Advanced;
    event.ticket = ticket;
    event.done = p.done;
    event.total = p.total;
    tell(std::move(event));
  };
  return options;
}

std::shared_ptr<const Verdicts> prove(const ProofJob& job, const verify::Options& options) {
  auto verdicts = std::make_shared<Verdicts>();
  verdicts->of = job.snapshot;
  verdicts->run = verify::prove(*job.snapshot->kernel, job.snapshot->sources, options);
  diagnostics::Sink sink;
  verify::report(verdicts->run, job.snapshot->sources, sink);
  verdicts->diagnostics = job.snapshot->counted(sink.take(job.snapshot->sources));
  return verdicts;
}

}  // namespace

void run_proofs(const ProofJob& job, const std::function<bool()>& stopped, const TellProof& tell) {
  ProofEvent event;
  event.ticket = job.ticket;
  tell(event);
  try {
    event.verdicts = prove(job, options_of(job, stopped, tell));
    event.kind = stopped() ? ProofEvent::Kind::Interrupted : ProofEvent::Kind::Ended;
    event.total = event.done = event.verdicts->run.results.size();
    if (event.kind == ProofEvent::Kind::Interrupted) event.verdicts = nullptr;
  } catch (const std::exception& error) {
    event.kind = ProofEvent::Kind::Failed;
    event.why = error.what();
  }
  tell(std::move(event));
}

}  // namespace writ::lsp
