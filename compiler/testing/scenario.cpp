#include "compiler/testing/scenario.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/support/overloaded.h"

namespace writ::testing {
namespace {

using typed_ir::ExpectDecision;
using typed_ir::Expectation;
using typed_ir::ExpectFinding;

class ScenarioRun {
 public:
  ScenarioRun(const typed_ir::Program& program, const kernel::Kernel& kernel, const source::SourceSet& sources,
              const typed_ir::Scenario& scenario, const Options& options, const Evaluators& also)
      : program_(program),
        kernel_(kernel),
        sources_(sources),
        scenario_(scenario),
        options_(options),
        interpreter_(kernel),
        facts_(with_birthrights(program, kernel, interpreter_, scenario)),
        requests_(program, kernel, scenario, facts_),
        also_(also) {}

  std::vector<Failure> run() {
    std::map<std::string, std::vector<const Expectation*>> findings;
    for (const Expectation& one : scenario_.expectations)
      std::visit(support::Overloaded{
                     [&](const ExpectDecision& e) { decide(one, e); },
                     [&](const ExpectFinding& e) { findings[e.of].push_back(&one); },
                     [&](const typed_ir::ExpectOverdue& e) { overdue(one, e); },
                     [&](const typed_ir::ExpectError& e) { error(one, e); },
                     [&](const typed_ir::ExpectProof& e) { proof(one, e); },
                 },
                 one.what);
    for (const auto& [person, lines] : findings) check_findings(person, lines);
    return std::move(failures_);
  }

 private:
  void fail(const Expectation& one, std::string expected, std::string got) { failures_.push_back({one.range, std::move(expected), std::move(got), {}, ""}); }

  void decide(const Expectation& one, const ExpectDecision& expected) {
    const typed_ir::Instant now = expected.details.at.value_or(scenario_.now);
    json::Value request = requests_.decision(expected, now);
    requests_.add_approvals(request, now, [&](const json::Value& r, typed_ir::ChainId chain, const auto& over) {
      return interpreter_.request_digest(r, chain, over).value_or("");
    });
    const auto got = interpreter_.decide(request);
    if (!got) return fail(one, "a decision", fmt::format("the request is refused: {} at {}: {}", got.error().code, got.error().at, got.error().what));
    if (auto failure = compare(program_, one, expected, *got)) failures_.push_back(std::move(*failure));
    if (expected.question == ExpectDecision::Question::Perform) ask_others(one, request, question::to_json(*got));
  }

  /// The same request, and the same answer to the byte.
  void ask_others(const Expectation& one, const json::Value& request, const std::string& reference) {
    for (const auto& evaluator : also_) {
      const auto answer = evaluator->decide(request);
      const std::string got = answer ? *answer : "refused: " + answer.error();
      if (got == reference) continue;
      fail(one, reference, evaluator->name() + ": " + got);
      failures_.back().disagreement = json::canonical(request);
    }
  }

  std::optional<std::vector<question::StandingFinding>> standing(const Expectation& one, const std::string& person) {
    const auto found = interpreter_.standing(requests_.person(person, scenario_.now), {scenario_.now, typed_ir::kForever});
    if (found) return *found;
    fail(one, "a review", fmt::format("the request is refused: {} at {}: {}", found.error().code, found.error().at, found.error().what));
    return std::nullopt;
  }

  void check_findings(const std::string& person, const std::vector<const Expectation*>& lines) {
    const auto got = standing(*lines.front(), person);
    if (!got) return;
    for (Failure& failure : compare_findings(program_, lines, *got)) failures_.push_back(std::move(failure));
  }

  void overdue(const Expectation& one, const typed_ir::ExpectOverdue& expected) {
    const auto got = standing(one, expected.of);
    if (!got) return;
    if (auto failure = compare(one, expected, *got)) failures_.push_back(std::move(*failure));
  }

  void error(const Expectation& one, const typed_ir::ExpectError& expected) {
    if (!expected.found) fail(one, "error " + expected.error, expected.got.empty() ? "it compiles" : fmt::format("error {}", fmt::join(expected.got, ", ")));
  }

  void proof(const Expectation& one, const typed_ir::ExpectProof& expected) {
    kernel::Kernel with_claim;
    const kernel::Kernel* kernel = &kernel_;
    std::string statement = expected.statement;
    if (expected.claim) {
      with_claim = kernel_;
      with_claim.claims.add(*expected.claim);
      kernel = &with_claim;
      statement = expected.claim->name;
    }
    const ProofAnswer answer = options_.prover ? options_.prover(*kernel, expected.obligation, statement)
                                               : prove(*kernel, sources_, expected.obligation, statement);
    const Proof wanted = expected.proved ? Proof::Proved : Proof::Refuted;
    if (answer.proof != wanted) fail(one, expected.proved ? "proved" : "refuted", answer.detail);
  }

  const typed_ir::Program& program_;
  const kernel::Kernel& kernel_;
  const source::SourceSet& sources_;
  const typed_ir::Scenario& scenario_;
  const Options& options_;
  interpret::Interpreter interpreter_;
  typed_ir::Register facts_;
  Requests requests_;
  const Evaluators& also_;
  std::vector<Failure> failures_;
};

}  // namespace

std::vector<Failure> run_scenario(const typed_ir::Program& program, const kernel::Kernel& kernel, const source::SourceSet& sources,
                                  const typed_ir::Scenario& scenario, const Options& options, const Evaluators& also) {
  auto failures = ScenarioRun(program, kernel, sources, scenario, options, also).run();
  std::stable_sort(failures.begin(), failures.end(), [](const Failure& a, const Failure& b) { return a.range < b.range; });
  return failures;
}

}  // namespace writ::testing
