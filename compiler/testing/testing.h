// Runs the `test` statements of a policy: each is checked as policy + items, elaborated, and its questions are asked of the reference
// interpreter, and of every further evaluator with the same JSON request, whose answers must be the same. Results are data; `report`
// renders them. One call belongs to one thread; the files and sources must outlive it.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "compiler/check/check.h"
#include "compiler/kernel/forms.h"
#include "compiler/question/decision.h"
#include "runtime/json/json.h"

namespace writ::testing {

/// Who else answers a request. An answer is the decision's JSON (interfaces.md), an error the reason for refusing the request.
class Evaluator {
 public:
  virtual ~Evaluator() = default;
  virtual std::string name() const = 0;
  virtual tl::expected<std::string, std::string> decide(const json::Value& request) = 0;
};
using Evaluators = std::vector<std::unique_ptr<Evaluator>>;
/// Made once for every policy that tests have: one for all tests that only state facts, one for each that adds or takes away statements.
/// nullptr: this policy cannot be evaluated so (it says why itself).
using MakeEvaluator = std::function<std::unique_ptr<Evaluator>(const kernel::Kernel& kernel)>;

enum class Proof : std::uint8_t { Proved, Refuted, Open, NotFound };   ///< Open: possible, vacuous or undecided
struct ProofAnswer {
  Proof proof = Proof::NotFound;
  std::string detail;                      ///< "vacuous: …", the obligations asked
};
/// `expect proved / refuted`: `names` are obligation words with a statement, or a statement's name, as in `writ prove`.
using Prover = std::function<ProofAnswer(const kernel::Kernel& kernel, const std::string& obligation, const std::string& statement)>;
/// The prover of this house.
ProofAnswer prove(const kernel::Kernel& kernel, const source::SourceSet& sources, const std::string& obligation, const std::string& statement);

struct Options {
  check::Options check;
  std::vector<std::string> names;          ///< only tests whose title contains one of these; empty: all
  std::vector<MakeEvaluator> also;
  Prover prover;                           ///< none: `prove`
  std::function<std::string(const source::Range&)> place_of;   ///< for citations; none: ""
  std::function<void(std::size_t done, std::size_t total, const std::string& next)> progress;   ///< before each test; none: nobody waits
};

struct Failure {
  source::Range range;                     ///< of the expectation
  std::string expected;
  std::string got;
  std::vector<std::string> unknown;        ///< "resource.amount (not_supplied)"
  std::string disagreement = {};           ///< not the author's fault: the request on which two evaluators disagree
};
struct TestResult {
  std::string name;
  std::string module;
  source::Range range;                     ///< of the title
  std::size_t expectations = 0;
  bool checked = false;                    ///< false: it does not compile; the sink says why
  std::vector<Failure> failures;

  bool passed() const { return checked && failures.empty(); }
};

/// All tests, in order of files and statements.
std::vector<TestResult> run(const std::vector<const ast::File*>& files, const source::SourceSet& sources, const Options& options,
                            diagnostics::Sink& sink);

/// verify::Options::population: principals of all registers, by register and id, what they hold by birthright included.
std::vector<std::string> population(const typed_ir::Program& program, const kernel::Kernel& kernel);

/// One error per expectation that fails, at its place, with the facts that were unknown.
void report(const std::vector<TestResult>& results, diagnostics::Sink& sink);

}  // namespace writ::testing
