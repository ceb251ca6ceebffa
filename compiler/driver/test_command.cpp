#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/testing/bundle_evaluator.h"

namespace writ::driver {
namespace {

std::string verdict(const testing::TestResult& result) { return !result.checked ? "does not compile" : result.passed() ? "passed" : "failed"; }

report::Section section(const std::vector<testing::TestResult>& results, const source::SourceSet& sources) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  std::size_t passed = 0, expectations = 0;
  for (const testing::TestResult& result : results) {
    passed += result.passed() ? 1 : 0;
    expectations += result.expectations;
    all.push_back({{"test", result.name}, {"module", result.module}, {"at", sources.place(result.range)}, {"verdict", verdict(result)}, {"expectations", result.expectations}});
  }
  report::Section section{"tests", {{"passed", passed}, {"failed", results.size() - passed}, {"expectations", expectations}, {"results", all}}, {}};
  section.text = [results, passed, expectations](const report::Palette& palette) {
    std::string text;
    for (const testing::TestResult& result : results)
      if (!result.passed()) text += fmt::format("{} {}\n", palette.paint(report::Ink::Error, verdict(result)), result.name);
    return text + fmt::format("{} of {} tests passed, {} expectations\n", passed, results.size(), expectations);
  };
  return section;
}

/// The interpreter and the bundle decided differently: a bug of ours, not a test that fails.
void engines_agree(const std::vector<testing::TestResult>& results) {
  for (const testing::TestResult& result : results)
    for (const testing::Failure& f : result.failures)
      WRIT_CHECK(f.disagreement.empty(), fmt::format("in the test \"{}\" the interpreter says\n{}\n{}\n{}", result.name, f.expected, f.got, f.disagreement));
}

}  // namespace

ExitCode run_test(Session& session) {
  if (session.project(session.options().path) == nullptr || session.program() == nullptr) return ExitCode::Good;
  session.forget_warnings();   // `check` tells those of the policy; those of the tests are found as they run
  testing::Options options;
  options.check = session.check_options();
  options.also = {testing::on_the_bundle()};
  options.progress = [&session](std::size_t done, std::size_t total, const std::string& next) {
    session.progress(fmt::format("test {} of {}  {}", done + 1, total, next));
  };
  const auto results = testing::run(session.file_pointers(), session.sources(), options, session.sink());
  session.end_progress();
  engines_agree(results);
  if (results.empty()) session.sink().report(diagnostics::Code::no_tests, {});
  testing::report(results, session.sink());
  session.report.sections.push_back(section(results, session.sources()));
  return ExitCode::Good;
}

}  // namespace writ::driver
