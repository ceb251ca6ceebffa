#include "compiler/testing/testing.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/kernel/elaborate.h"
#include "compiler/testing/scenario.h"

namespace writ::testing {
namespace {

bool chosen(const ast::Test& test, const std::vector<std::string>& names) {
  if (names.empty()) return true;
  return std::any_of(names.begin(), names.end(), [&](const std::string& name) { return test.name.text.find(name) != std::string::npos; });
}

/// A policy made ready for questions. Stays where it is: evaluators may keep a pointer to the kernel.
struct Ready {
  Ready(std::shared_ptr<const typed_ir::Program> of, const Options& options, diagnostics::Sink& sink) : program(std::move(of)), kernel(kernel::elaborate(*program, sink)) {
    if (!kernel) return;
    for (const MakeEvaluator& make : options.also)
      if (auto evaluator = make(*kernel)) also.push_back(std::move(evaluator));
  }
  Ready(const Ready&) = delete;
  Ready& operator=(const Ready&) = delete;

  std::shared_ptr<const typed_ir::Program> program;
  std::optional<kernel::Kernel> kernel;
  Evaluators also;
};

class Runner {
 public:
  Runner(const std::vector<const ast::File*>& files, const source::SourceSet& sources, const Options& options, diagnostics::Sink& sink)
      : sources_(sources), options_(options), sink_(sink), checker_(files, in_tests(options.check)) {}

  TestResult run(const ast::File& file, const ast::Test& test) {
    TestResult result;
    result.name = test.name.text;
    result.module = file.header.name.text;
    result.range = test.name.range;
    result.expectations = test.expects.size();
    const auto checked = checker_.check(file, test, sink_);
    if (!checked) return result;
    const std::shared_ptr<const Ready> ready = make_ready(checked->program);
    if (!ready->kernel) return result;
    result.checked = true;
    result.failures = run_scenario(*ready->program, *ready->kernel, sources_, checked->scenario, options_, ready->also);
    return result;
  }

 private:
  static check::Options in_tests(check::Options options) {
    options.accept_marks = true;   // in a test, marks in source count as signed (14.2)
    return options;
  }

  /// Most tests have the same policy; what a test with its own leaves behind is not kept.
  std::shared_ptr<const Ready> make_ready(const std::shared_ptr<const typed_ir::Program>& program) {
    if (shared_ && shared_->program == program) return shared_;
    auto ready = std::make_shared<const Ready>(program, options_, sink_);
    if (checker_.shares(*program)) shared_ = ready;
    return ready;
  }

  const source::SourceSet& sources_;
  const Options& options_;
  diagnostics::Sink& sink_;
  check::TestChecker checker_;
  std::shared_ptr<const Ready> shared_;
};

}  // namespace

namespace {

struct Chosen {
  const ast::File* file;
  const ast::Test* test;
};

std::vector<Chosen> chosen_of(const std::vector<const ast::File*>& files, const std::vector<std::string>& names) {
  std::vector<Chosen> all;
  for (const ast::File* file : files)
    for (const ast::Item& item : file->items)
      if (const auto* test = std::get_if<ast::Test>(&item.statement); test && chosen(*test, names)) all.push_back({file, test});
  return all;
}

}  // namespace

std::vector<TestResult> run(const std::vector<const ast::File*>& files, const source::SourceSet& sources, const Options& options,
                            diagnostics::Sink& sink) {
  Runner runner(files, sources, options, sink);
  const std::vector<Chosen> all = chosen_of(files, options.names);
  std::vector<TestResult> results;
  for (const auto& [file, test] : all) {
    if (options.progress) options.progress(results.size(), all.size(), test->name.text);
    results.push_back(runner.run(*file, *test));
  }
  return results;
}

void report(const std::vector<TestResult>& results, diagnostics::Sink& sink) {
  for (const TestResult& result : results)
    for (const Failure& failure : result.failures) {
      auto& message = sink.report(diagnostics::Code::expectation_failed, failure.range, {failure.expected, failure.got});
      message.with_note(fmt::format("in the test \"{}\"", result.name));
      if (!failure.unknown.empty()) message.with_note(fmt::format("unknown: {}", fmt::join(failure.unknown, ", ")));
    }
}

}  // namespace writ::testing
