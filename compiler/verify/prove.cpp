// Runs obligations: in parallel, each on its own, results by id.
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "compiler/verify/engines/engines.h"
#include "compiler/verify/engines/population.h"
#include "compiler/verify/replay.h"
#include "compiler/verify/run.h"

namespace writ::verify {

Solved solve(const Settings& settings, const Obligation& obligation) {
  using Q = Target::Question;
  switch (obligation.target.question) {
    case Q::RoleSod: return solve_role_sod(settings, obligation);
    case Q::Claim: return solve_claim(settings, obligation);
    case Q::Terms: return solve_terms(settings, obligation);
    case Q::FailClosed: return solve_fail_closed(settings, obligation);
    case Q::Horizon: return solve_horizon(settings, obligation);
    case Q::Expiry: return solve_expiry(settings, obligation);
    case Q::DeadGrant: return solve_dead_grant(settings, obligation);
    case Q::DeadRestriction: return solve_dead_restriction(settings, obligation);
    case Q::DeadLift: return solve_dead_lift(settings, obligation);
    case Q::DeadRole: return solve_dead_role(settings, obligation);
    case Q::Overclaim: return solve_overclaim(settings, obligation);
    case Q::BrokenLift: return solve_broken_lift(settings, obligation);
    case Q::BrokenBirthright: return solve_broken_birthright(settings, obligation);
    case Q::SingleValued: return solve_single_valued(settings, obligation);
  }
  return open({VerdictKind::Undecided, Reason::NotSupported, "an unknown question"});
}

namespace {

Result result_of(const Settings& settings, const Obligation& obligation, const std::vector<MakeReplayer>& also) {
  Solved solved = solve(settings, obligation);
  // What an interrupt stopped half way is no answer, whatever it looks like.
  if (settings.interrupt != nullptr && settings.interrupt->raised()) solved = {{VerdictKind::Undecided, Reason::Cancelled, "interrupted"}, {}, {}, solved.effort};
  Result out{obligation, std::move(solved.verdict), obligation.assumptions, std::move(solved.witness), solved.effort};
  out.assumptions.insert(out.assumptions.end(), solved.assumptions.begin(), solved.assumptions.end());
  std::sort(out.assumptions.begin(), out.assumptions.end());
  out.assumptions.erase(std::unique(out.assumptions.begin(), out.assumptions.end()), out.assumptions.end());
  // A planted bug finds what is not there; only honest runs are held to their witnesses.
  if (out.witness && settings.faults.empty()) replay(settings.kernel, obligation, *out.witness, also);
  return out;
}

/// An interrupt asks for the prompt back: what was not begun is not begun.
Result cancelled(const Obligation& obligation) {
  return {obligation, {VerdictKind::Undecided, Reason::Cancelled, "interrupted"}, obligation.assumptions, std::nullopt, 0};
}

std::string sha256(const std::string& text) {
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(text.data(), text.size(), digest, &size, EVP_sha256(), nullptr);
  std::string out = "sha256:";
  for (unsigned int i = 0; i < size; ++i) out += fmt::format("{:02x}", digest[i]);
  return out;
}

std::string hash_of(const std::vector<Result>& results) {
  std::string lines;
  for (const Result& r : results) lines += fmt::format("{}\t{}\t{}\n", r.obligation.id, to_string(r.verdict.kind), to_string(r.verdict.reason));
  return sha256(lines);
}

/// Watches the caller's wish to stop while solvers run, and passes it on until they have.
class Watchdog {
 public:
  Watchdog(const Options& options, smt::Interrupt& interrupt) {
    if (!options.cancelled) return;
    thread_ = std::thread([this, &options, &interrupt] {
      std::unique_lock lock(mutex_);
      while (!ended_.wait_for(lock, std::chrono::milliseconds(25), [this] { return done_; }))
        if (options.cancelled()) interrupt.raise();
    });
  }
  ~Watchdog() {
    {
      std::lock_guard lock(mutex_);
      done_ = true;
    }
    ended_.notify_all();
    if (thread_.joinable()) thread_.join();
  }

 private:
  std::mutex mutex_;
  std::condition_variable ended_;
  bool done_ = false;
  std::thread thread_;
};

}  // namespace

ProofRun run_obligations(const Settings& shared, const std::vector<Obligation>& obligations, const Options& options) {
  smt::Interrupt interrupt;
  std::vector<Inhabitant> population;
  if (options.population) population = read_population(shared.kernel, *options.population);
  Settings settings{shared.kernel, shared.sources, options.budget, &interrupt, shared.faults, {}};
  if (options.population) settings.population = &population;
  std::vector<std::optional<Result>> results(obligations.size());
  std::atomic<std::size_t> next{0};
  std::size_t done = 0;
  std::mutex mutex;
  std::exception_ptr failure;
  {
    Watchdog watchdog(options, interrupt);
    auto work = [&] {
      for (std::size_t i = next++; i < obligations.size(); i = next++) {
        try {
          Result r = interrupt.raised() ? cancelled(obligations[i]) : result_of(settings, obligations[i], options.also);
          std::lock_guard lock(mutex);
          results[i] = std::move(r);
          if (options.progress) options.progress({++done, obligations.size(), obligations[i].id});
        } catch (...) {
          std::lock_guard lock(mutex);
          if (!failure) failure = std::current_exception();
          next = obligations.size();
        }
      }
    };
    std::vector<std::thread> threads;
    const unsigned count = std::max(1u, std::min<unsigned>(options.threads, static_cast<unsigned>(obligations.size())));
    for (unsigned i = 1; i < count; ++i) threads.emplace_back(work);
    work();
    for (std::thread& t : threads) t.join();
  }
  if (failure) std::rethrow_exception(failure);
  ProofRun run;
  for (auto& r : results) run.results.push_back(std::move(*r));
  std::sort(run.results.begin(), run.results.end(), [](const Result& a, const Result& b) { return a.obligation.id < b.obligation.id; });
  run.verdict_hash = hash_of(run.results);
  run.solver_version = smt::solver_version();
  return run;
}

ProofRun prove(const kernel::Kernel& kernel, const source::SourceSet& sources, const Options& options) {
  const Settings settings{kernel, sources, options.budget, nullptr, {}, {}};
  return run_obligations(settings, select(collect(kernel), options.names), options);
}

}  // namespace writ::verify
