// One `test`: the policy with its items, its own register, and its questions.
#include <algorithm>

#include "compiler/check/names.h"
#include "compiler/check/tests_expect.h"

namespace writ::check {
namespace {

using typed_ir::Register;
using typed_ir::Scenario;

/// The register that the test starts from: the one its file uses, else the only one; an empty one if the project has none.
std::optional<Register> starting_point(Context& context, const Site& site, const ast::Test& test) {
  const auto& all = context.program.registers;
  for (const ast::Use& use : site.file->uses) {
    if (!use.facts) continue;
    for (const Register& facts : all)
      if (facts.name == use.name.text) return facts;
    std::vector<std::string> names;
    for (const Register& facts : all) names.push_back(facts.name);
    report_unknown(context, use.name, "a facts file", names);
    return std::nullopt;
  }
  if (all.empty()) {
    Register nothing;
    nothing.as_of = typed_ir::kInstantWithoutFacts;
    return nothing;
  }
  if (all.size() == 1) return all.front();
  context.report(Code::which_facts, test.name.range, {all.front().name});
  return std::nullopt;
}

std::vector<const ast::Given*> given_of(const ast::Test& test) {
  std::vector<const ast::Given*> all;
  for (const ast::Item& item : test.items)
    if (const auto* given = std::get_if<ast::Given>(&item.statement)) all.push_back(given);
  return all;
}

bool state_facts(const ast::Test& test, FactsWriter& writer, Scenario& scenario) {
  const auto given = given_of(test);
  if (!writer.declare(given)) return false;
  bool good = true;
  for (const ast::Given* one : given) good &= writer.state(*one, scenario.warrants, scenario.partial_history);
  scenario.history = scenario.facts.history;
  for (const ast::History& written : test.history) {
    if (auto event = writer.event(written)) scenario.history.push_back(std::move(*event));
    else good = false;
  }
  writer.finish();
  return good;
}

/// The error names that the policy gives with the snippet added.
std::vector<std::string> errors_with(const Input& policy, const ast::File& of, const ast::ExpectError& snippet, const Options& options) {
  diagnostics::Sink sink;
  Context context(options, sink);
  Input input = policy;
  input.test_file = &of;
  input.added.push_back(&snippet.items);
  check_policy(context, input);
  std::vector<std::string> names;
  for (const diagnostics::Diagnostic& message : sink.peek())
    if (message.effective_severity() == diagnostics::Severity::Error) names.emplace_back(diagnostics::info(message.code).name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

void judge(typed_ir::ExpectError& expected, const ast::ExpectError& written, const Input& policy, const ast::File& of, const Options& options) {
  expected.got = errors_with(policy, of, written, options);
  expected.found = std::find(expected.got.begin(), expected.got.end(), expected.error) != expected.got.end();
}

bool check_expectations(Context& context, const Site& site, const Input& policy, const ast::Test& test, FactsWriter& facts, Scenario& scenario) {
  ExpectationChecker checker(context, site, facts);
  bool good = true;
  for (const ast::Expect& written : test.expects) {
    auto expectation = checker.check(written);
    if (!expectation) {
      good = false;
      continue;
    }
    if (auto* error = std::get_if<typed_ir::ExpectError>(&expectation->what))
      judge(*error, std::get<ast::ExpectError>(written.expectation), policy, *site.file, context.options);
    scenario.expectations.push_back(std::move(*expectation));
  }
  return good;
}

bool only_states_facts(const ast::Test& test) {
  const auto states_fact = [](const ast::Item& item) { return std::holds_alternative<ast::Given>(item.statement); };
  // A claim to prove brings conditions of its own.
  const auto brings_claim = [](const ast::Expect& expect) {
    const auto* proof = std::get_if<ast::ExpectProof>(&expect.expectation);
    return proof != nullptr && proof->what == ast::ExpectProof::What::Claim;
  };
  return test.without.empty() && std::all_of(test.items.begin(), test.items.end(), states_fact) &&
         std::none_of(test.expects.begin(), test.expects.end(), brings_claim);
}

}  // namespace

/// The policy as a test meets it, with the run of the checker that made it.
struct TestChecker::Policy {
  Policy(const Options& options, diagnostics::Sink& sink, Input of) : input(std::move(of)), context(options, sink), good(check_policy(context, input)) {}

  Input input;
  Context context;
  bool good;
};

TestChecker::TestChecker(std::vector<const ast::File*> files, Options options) : files_(std::move(files)), options_(std::move(options)) {}
TestChecker::~TestChecker() = default;

std::shared_ptr<TestChecker::Policy> TestChecker::policy_of(const ast::File& of, const ast::Test& test, diagnostics::Sink& sink) {
  Input input;
  input.files = files_;
  if (!only_states_facts(test)) {
    input.test_file = &of;
    input.added = {&test.items};
    input.without = test.without;
    return std::make_shared<Policy>(options_, sink, std::move(input));
  }
  if (!shared_) shared_ = std::make_shared<Policy>(options_, sink, std::move(input));
  return shared_;
}

bool TestChecker::shares(const typed_ir::Program& program) const { return shared_ && &shared_->context.program == &program; }

std::optional<CheckedTest> TestChecker::check(const ast::File& of, const ast::Test& test, diagnostics::Sink& sink) {
  const std::shared_ptr<Policy> policy = policy_of(of, test, sink);
  if (!policy->good) return std::nullopt;
  Context& context = policy->context;
  context.sink = &sink;
  const auto module = context.module_by_name.find(of.header.name.text);
  if (module == context.module_by_name.end()) return std::nullopt;
  const Site site{&of, module->second, true};

  Scenario scenario;
  scenario.name = test.name.text;
  scenario.module = of.header.name.text;
  scenario.range = test.name.range;
  auto facts = starting_point(context, site, test);
  if (!facts) return std::nullopt;
  scenario.facts = std::move(*facts);
  scenario.now = scenario.facts.as_of;
  FactsWriter writer(context, site, FactsOf::Test, scenario.facts);
  if (!state_facts(test, writer, scenario) || !check_expectations(context, site, policy->input, test, writer, scenario)) return std::nullopt;
  warn_of_missing_time(context, scenario);
  return CheckedTest{{policy, &context.program}, std::move(scenario)};
}

std::optional<CheckedTest> check_test(const std::vector<const ast::File*>& files, const ast::File& of, const ast::Test& test,
                                      const Options& options, diagnostics::Sink& sink) {
  return TestChecker(files, options).check(of, test, sink);
}

}  // namespace writ::check
