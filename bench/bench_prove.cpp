// Obligations per second, one thread, over generated policies.
#include <benchmark/benchmark.h>

#include "bench/inputs/compiled.h"
#include "compiler/verify/verify.h"

namespace writ::bench {
namespace {

void prove(benchmark::State& state) {
  Compiled policy(areas(static_cast<std::size_t>(state.range(0))));
  policy.all();
  std::size_t obligations = 0, proved = 0;
  for (auto _ : state) {
    const verify::ProofRun run = verify::prove(*policy.kernel, policy.sources, {});
    obligations = run.results.size();
    proved = static_cast<std::size_t>(std::count_if(run.results.begin(), run.results.end(), [](const verify::Result& r) { return r.verdict.success(); }));
  }
  state.counters["obligations"] = static_cast<double>(obligations);
  state.counters["proved"] = static_cast<double>(proved);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(obligations));
}

/// Only what must hold is written down, nothing is asked of the solver.
void collect(benchmark::State& state) {
  Compiled policy(areas(static_cast<std::size_t>(state.range(0))));
  policy.all();
  std::size_t obligations = 0;
  for (auto _ : state) obligations = verify::collect(*policy.kernel).size();
  state.counters["obligations"] = static_cast<double>(obligations);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(obligations));
}

BENCHMARK(prove)->Arg(300)->Arg(1'000)->Unit(benchmark::kMillisecond);
BENCHMARK(collect)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace writ::bench
