#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/testing/testing.h"

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

}  // namespace

ExitCode run_test(Session& session) {
  if (session.project(session.options().path) == nullptr || session.program() == nullptr) return ExitCode::Good;
  testing::Options options;
  options.check = session.check_options();
  const auto results = testing::run(session.file_pointers(), session.sources(), options, session.sink());
  if (results.empty()) session.sink().report(diagnostics::Code::no_tests, {});
  testing::report(results, session.sink());
  session.report.sections.push_back(section(results, session.sources()));
  return ExitCode::Good;
}

}  // namespace writ::driver
