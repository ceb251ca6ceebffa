#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/pipeline.h"

namespace writ::driver {
namespace {

report::Section steps_section() {
  report::Section section{"steps", nlohmann::ordered_json::array(), {}};
  for (const Step& step : pipeline()) section.json.push_back({{"step", step.name}, {"makes", step.makes}, {"emit", step.emits}});
  section.text = [](const report::Palette& palette) {
    std::string out;
    for (const Step& step : pipeline()) {
      const std::string emit = step.emits.empty() ? "" : fmt::format("  --emit={}", step.emits);
      out += fmt::format("{} {}{}\n", palette.paint(report::Ink::Strong, fmt::format("{:<10}", step.name)), step.makes, palette.paint(report::Ink::Faint, emit));
    }
    return out;
  };
  return section;
}

}  // namespace

ExitCode run_build(Session& session) {
  if (session.options().steps) {
    session.report.sections.push_back(steps_section());
    return ExitCode::Good;
  }
  if (session.options().emit) {
    if (auto text = emit_step(session, *session.options().emit)) session.report.sections.push_back(report::plain("emitted", std::move(*text)));
    return ExitCode::Good;
  }
  session.sink().report(diagnostics::Code::not_in_this_build, {}, {"`writ build`"});
  return ExitCode::Good;
}

}  // namespace writ::driver
