#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/report/columns.h"
#include "compiler/say/say.h"
#include "compiler/support/nearest.h"

namespace writ::driver {
namespace {

constexpr std::uint32_t kColumns = 110;

bool is_vocabulary(std::string_view kind) {
  static constexpr std::string_view kKinds[] = {"system", "enum", "dimension", "principal", "context", "resource", "action", "threshold", "calendar", "map", "duty", "predicate"};
  return std::find(std::begin(kKinds), std::end(kKinds), kind) != std::end(kKinds);
}

bool is_called(const say::Sentence& s, const std::string& name) { return s.name == name || s.local == name; }

std::vector<say::Sentence> named(Session& session, const std::vector<say::Sentence>& all, const std::vector<std::string>& names) {
  std::vector<say::Sentence> chosen;
  for (const std::string& name : names) {
    const std::size_t before = chosen.size();
    for (const say::Sentence& s : all) if (is_called(s, name)) chosen.push_back(s);
    if (chosen.size() > before) continue;
    std::vector<std::string> known;
    for (const say::Sentence& s : all) if (!s.local.empty()) known.push_back(s.local);
    auto& d = session.sink().report(diagnostics::Code::unknown_statement, {}, {name});
    if (const auto nearest = support::nearest_name(name, known)) d.with_note(fmt::format("did you mean `{}`?", *nearest));
  }
  return chosen;
}

nlohmann::ordered_json json(const say::Sentence& s, const source::SourceSet& sources) {
  return {{"name", s.name}, {"kind", s.kind}, {"at", sources.place(s.range)}, {"sentence", s.text}};
}

report::Section section(std::vector<say::Sentence> chosen, const source::SourceSet& sources) {
  report::Section section{"sentences", nlohmann::ordered_json::array(), {}};
  std::vector<std::pair<std::string, std::string>> lines;
  for (const say::Sentence& s : chosen) {
    section.json.push_back(json(s, sources));
    lines.emplace_back(s.text, sources.place(s.range));
  }
  section.text = [lines = std::move(lines)](const report::Palette& palette) {
    std::string out;
    for (const auto& [sentence, place] : lines) {
      const std::string wrapped = report::wrap(sentence, kColumns, 2);
      const std::size_t colon = wrapped.find(": ");
      const std::string head = colon < 80 ? wrapped.substr(0, colon + 1) : "";
      out += fmt::format("{}{}  {}\n", palette.paint(report::Ink::Strong, head), wrapped.substr(head.size()), palette.paint(report::Ink::Faint, place));
    }
    return out;
  };
  return section;
}

}  // namespace

ExitCode run_say(Session& session) {
  std::vector<std::string> names = session.options().names;
  std::string path = ".";
  if (!names.empty() && (names.front().find('/') != std::string::npos || names.front().ends_with(".writ") || names.front() == "." || names.front() == "..")) {
    path = names.front();
    names.erase(names.begin());
  }
  if (session.project(path) == nullptr) return ExitCode::Good;
  session.parse();
  std::vector<say::Sentence> all = say::sentences(session.file_pointers(), session.options().all ? say::Scope::Everything : say::Scope::Policy);
  std::vector<say::Sentence> chosen = names.empty() ? all : named(session, all, names);
  if (names.empty() && !session.options().all) std::erase_if(chosen, [](const say::Sentence& s) { return is_vocabulary(s.kind); });
  session.report.sections.push_back(section(std::move(chosen), session.sources()));
  session.forget_warnings();
  return ExitCode::Good;
}

}  // namespace writ::driver
