// What a decision costs, prepared, with 10, 1,000 and 10,000 roles that grant the same action; what loading a bundle costs and how large it is.
#include <benchmark/benchmark.h>

#include "bench/inputs/bundled.h"
#include "bench/inputs/lowered.h"
#include "runtime/authzen/policy.h"

namespace writ::bench {
namespace {

/// Names resolved once, facts in arrays: the tightest loop.
void prepared(benchmark::State& state) {
  const auto roles = static_cast<std::size_t>(state.range(0));
  Bundled bundle(bytes_of(crowd(roles)));
  CrowdRequest asked(bundle, roles);
  core::Scratch scratch(bundle.policy(), bundle.memory());
  const core::Tell tell = state.range(1) == 0 ? core::Tell::Outcome : core::Tell::Everything;
  WRIT_CHECK(core::evaluate(bundle.policy(), asked.request, scratch, tell).decision.outcome == core::Outcome::Permit, "a holder who may");
  for (auto _ : state) benchmark::DoNotOptimize(core::evaluate(bundle.policy(), asked.request, scratch, tell));
}

/// A request as text in, the decision as text out; sentences and digests included.
void json(benchmark::State& state) {
  const auto roles = static_cast<std::size_t>(state.range(0));
  const auto policy = authzen::Policy::load(bytes_of(crowd(roles)));
  WRIT_CHECK(policy.has_value(), "a bundle of the compiler's that loads");
  const std::string request = crowd_request(roles);
  const auto once = (*policy)->decide_text(request);
  WRIT_CHECK(once && authzen::to_json(*once).find("\"permit\"") != std::string::npos, "a holder who may");
  for (auto _ : state) benchmark::DoNotOptimize(authzen::to_json(*(*policy)->decide_text(request)));
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(request.size()));
}

/// The same with the JSON read beforehand, and the answer not written.
void bind_and_decide(benchmark::State& state) {
  const auto roles = static_cast<std::size_t>(state.range(0));
  const auto policy = authzen::Policy::load(bytes_of(crowd(roles)));
  const auto request = authzen::read_request(crowd_request(roles));
  for (auto _ : state) benchmark::DoNotOptimize((*policy)->decide(*request));
}

void lower_and_emit(benchmark::State& state) {
  Compiled policy(crowd(static_cast<std::size_t>(state.range(0))));
  policy.all();
  for (auto _ : state) benchmark::DoNotOptimize(emit::to_bytes(lower::lower(*policy.kernel, {})));
}

/// Validation and indexing of bytes in memory, as an enforcement point that explains nothing does it; `bytes_per_grant` is of the whole file.
void load(benchmark::State& state) {
  const std::string bytes = bytes_of(crowd(static_cast<std::size_t>(state.range(0))));
  std::size_t grants = 0, index = 0;
  for (auto _ : state) {
    const Bundled bundle(bytes);
    grants = bundle.view().grants.count;
    index = bundle.index_bytes();
  }
  WRIT_CHECK(grants > 0, "a policy that grants something");
  state.counters["bytes"] = static_cast<double>(bytes.size());
  state.counters["bytes_per_grant"] = static_cast<double>(bytes.size()) / static_cast<double>(grants);
  state.counters["index_bytes_per_grant"] = static_cast<double>(index) / static_cast<double>(grants);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

BENCHMARK(prepared)->ArgNames({"roles", "everything"})->ArgsProduct({{10, 1'000, 10'000}, {0, 1}});
BENCHMARK(json)->ArgName("roles")->Arg(10)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(bind_and_decide)->ArgName("roles")->Arg(10)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMicrosecond);
BENCHMARK(lower_and_emit)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);
BENCHMARK(load)->Arg(10)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace writ::bench
