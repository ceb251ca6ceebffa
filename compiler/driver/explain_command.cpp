#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/embedded.h"
#include "compiler/support/nearest.h"

namespace writ::driver {
namespace {

std::string_view page_of(diagnostics::Code code) {
  const std::string file = diagnostics::code_label(code) + ".md";
  for (const auto& [path, text] : diagnostic_pages()) if (path == file) return text;
  return {};
}

/// Markdown as a terminal reads it: headings strong, fences gone, code blocks indented.
std::string for_terminal(std::string_view page, const report::Palette& palette) {
  std::string out;
  bool fenced = false;
  while (!page.empty()) {
    const std::size_t end = std::min(page.find('\n'), page.size());
    const std::string_view line = page.substr(0, end);
    page.remove_prefix(std::min(end + 1, page.size()));
    if (line.starts_with("```")) fenced = !fenced;
    else if (fenced) out += fmt::format("    {}\n", palette.paint(report::Ink::Code, line));
    else if (line.starts_with("#")) out += palette.paint(report::Ink::Strong, line.substr(line.find_first_not_of("# "))) + "\n";
    else out += std::string(line) + "\n";
  }
  return out;
}

/// As somebody types it: `writ2002` is WRIT2002.
std::string as_code(std::string asked) {
  const bool writ = asked.size() > 4 && std::equal(asked.begin(), asked.begin() + 4, "writ", [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
  if (writ && std::isdigit(static_cast<unsigned char>(asked[4])) != 0) asked.replace(0, 4, "WRIT");
  return asked;
}

/// "`{0}` is not {1}" without the places that a case fills.
std::string without_places(std::string text) {
  for (std::size_t at = 0; (at = text.find('{', at)) != text.npos; ++at)
    if (at + 2 < text.size() && std::isdigit(static_cast<unsigned char>(text[at + 1])) != 0 && text[at + 2] == '}') text.replace(at, 3, "…");
  return text;
}

nlohmann::ordered_json json(const diagnostics::CodeInfo& info, std::string_view page) {
  return {{"code", diagnostics::code_label(info.code)}, {"name", info.name}, {"format", info.format}, {"page", page}};
}

}  // namespace

ExitCode run_explain(Session& session) {
  const std::string asked = as_code(session.options().code);
  const auto code = diagnostics::find_code(asked);
  if (!code) {
    std::vector<std::string> known;
    for (const auto& info : diagnostics::all_codes()) known.emplace_back(info.name);
    auto& d = session.sink().report(diagnostics::Code::unknown_code, {}, {asked});
    if (const auto nearest = support::nearest_name(asked, known)) d.with_note(fmt::format("did you mean `{}`?", *nearest));
    return ExitCode::Good;
  }
  const diagnostics::CodeInfo& info = diagnostics::info(*code);
  std::string page = without_places(std::string(page_of(*code)));
  if (page.empty()) page = fmt::format("# {} {}\n\n{}\n", diagnostics::code_label(*code), info.name, without_places(std::string(info.format)));
  report::Section section{"explanation", json(info, page), {}};
  section.text = [page = std::move(page)](const report::Palette& palette) { return for_terminal(page, palette); };
  session.report.sections.push_back(std::move(section));
  return ExitCode::Good;
}

}  // namespace writ::driver
