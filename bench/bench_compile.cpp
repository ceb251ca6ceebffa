// Lines per second from text to tree, layout and kernel, over generated policies of 1,000 to 100,000 lines.
#include <benchmark/benchmark.h>

#include "bench/inputs/compiled.h"
#include "compiler/format/format.h"

namespace writ::bench {
namespace {

void count_lines(benchmark::State& state, const std::vector<PolicyFile>& files) {
  state.counters["lines"] = static_cast<double>(lines_of(files));
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(lines_of(files)));
}

/// Bytes → concrete trees.
void parse(benchmark::State& state) {
  const auto files = areas(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    Compiled policy(files);
    benchmark::DoNotOptimize(policy.parse());
  }
  count_lines(state, files);
}

/// All that `writ check` does, but reading files: bytes → kernel, and the tests checked.
void check(benchmark::State& state) {
  const auto files = areas(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    Compiled policy(files);
    policy.all().check_tests();
    benchmark::DoNotOptimize(policy.kernel);
  }
  count_lines(state, files);
}

/// Trees → text in the canonical layout.
void format(benchmark::State& state) {
  const auto files = areas(static_cast<std::size_t>(state.range(0)));
  Compiled policy(files);
  policy.parse();
  for (auto _ : state)
    for (const cst::Tree& tree : policy.trees) benchmark::DoNotOptimize(format::format(tree, policy.sources));
  count_lines(state, files);
}

BENCHMARK(parse)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(check)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);
BENCHMARK(format)->Arg(1'000)->Arg(10'000)->Arg(100'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace writ::bench
