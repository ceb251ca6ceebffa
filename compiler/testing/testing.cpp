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

TestResult run_test(const std::vector<const ast::File*>& files, const ast::File& file, const ast::Test& test, const source::SourceSet& sources,
                    const Options& options, diagnostics::Sink& sink) {
  TestResult result;
  result.name = test.name.text;
  result.module = file.header.name.text;
  result.range = test.name.range;
  result.expectations = test.expects.size();
  check::Options in_test = options.check;
  in_test.accept_marks = true;   // in a test, marks in source count as signed (14.2)
  const auto checked = check::check_test(files, file, test, in_test, sink);
  if (!checked) return result;
  const auto kernel = kernel::elaborate(checked->program, sink);
  if (!kernel) return result;
  result.checked = true;
  result.failures = run_scenario(checked->program, *kernel, sources, checked->scenario, options);
  return result;
}

}  // namespace

std::vector<TestResult> run(const std::vector<const ast::File*>& files, const source::SourceSet& sources, const Options& options,
                            diagnostics::Sink& sink) {
  std::vector<TestResult> results;
  for (const ast::File* file : files)
    for (const ast::Item& item : file->items)
      if (const auto* test = std::get_if<ast::Test>(&item.statement); test && chosen(*test, options.names))
        results.push_back(run_test(files, *file, *test, sources, options, sink));
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
