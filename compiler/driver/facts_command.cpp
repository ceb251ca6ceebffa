#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/facts_needed.h"
#include "compiler/report/columns.h"
#include "compiler/support/nearest.h"

namespace writ::driver {
namespace {

using nlohmann::ordered_json;

constexpr std::uint32_t kColumns = 100;

ordered_json json(const FactSheet& sheet) {
  ordered_json j;
  j["action"] = sheet.action;
  j["principals"] = sheet.principals;
  j["resource"] = sheet.resource;
  j["facts"] = ordered_json::array();
  for (const FactNeeded& fact : sheet.facts) {
    j["facts"].push_back({{"path", fact.path}, {"type", fact.type}, {"where", fact.where}, {"freshness", fact.freshness}, {"read_by", fact.read_by}});
  }
  j["warrants"] = sheet.warrants;
  j["request"] = sheet.request;
  return j;
}

std::string text(const FactSheet& sheet, const report::Palette& palette) {
  std::string out = fmt::format("{}{}\n  asked for {}\n\nto send, or the answer may be indeterminate\n", palette.paint(report::Ink::Strong, sheet.action),
                                sheet.resource.empty() ? "" : " on " + sheet.resource,
                                sheet.principals.empty() ? "nobody: no role grants it" : fmt::format("{}", fmt::join(sheet.principals, ", ")));
  for (const FactNeeded& fact : sheet.facts) {
    out += fmt::format("  {:<38} {}{}\n", fact.where, fact.type, fact.freshness.empty() ? "" : ", " + fact.freshness);
    // Said by the language's name where the request spells it otherwise.
    const std::string name = fact.where == fact.path ? "" : fact.path + " ";
    out += palette.paint(report::Ink::Faint, "      " + report::wrap(fmt::format("{}for {}", name, fmt::join(fact.read_by, ", ")), kColumns, 6)) + "\n";
  }
  if (!sheet.warrants.empty()) out += "\nto present under context.warrants, or the answer may be pending\n";
  for (const std::string& warrant : sheet.warrants) out += fmt::format("  {}\n", warrant);
  return out + fmt::format("\na request to fill in\n{}\n", sheet.request.dump(2));
}

std::optional<kernel::ActionId> find(Session& session, const kernel::Kernel& kernel) {
  const std::string& asked = session.options().action;
  if (const auto action = kernel.schema.find_action(asked)) return action;
  std::vector<std::string> known;
  for (const typed_ir::Action& action : kernel.schema.actions) known.push_back(action.name);
  auto& d = session.sink().report(diagnostics::Code::unknown_statement, {}, {asked});
  if (const auto nearest = support::nearest_name(asked, known)) d.with_note(fmt::format("did you mean `{}`?", *nearest));
  return std::nullopt;
}

}  // namespace

ExitCode run_facts(Session& session) {
  if (session.project(".") == nullptr) return ExitCode::Good;
  const kernel::Kernel* kernel = session.kernel();
  if (kernel == nullptr) return ExitCode::Good;
  const auto action = find(session, *kernel);
  if (!action) return ExitCode::Good;
  const FactSheet sheet = facts_needed(*kernel, *action);
  report::Section section{"facts", json(sheet), {}};
  section.text = [sheet](const report::Palette& palette) { return text(sheet, palette); };
  session.report.sections.push_back(std::move(section));
  session.forget_warnings();
  return ExitCode::Good;
}

}  // namespace writ::driver
