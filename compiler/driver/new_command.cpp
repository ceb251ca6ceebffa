#include <filesystem>

#include <fmt/format.h>

#include "compiler/driver/commands.h"
#include "compiler/driver/embedded.h"
#include "compiler/driver/files.h"

namespace writ::driver {
namespace {

namespace fs = std::filesystem;

/// The starter says NAME where the project's name belongs; a module's name is a word.
std::string named(std::string_view text, const std::string& name) {
  std::string out(text);
  for (std::size_t at = 0; (at = out.find("PROJECT_NAME", at)) != std::string::npos; at += name.size()) out.replace(at, 12, name);
  return out;
}

std::string module_name(const fs::path& folder) {
  std::string name;
  for (const char c : folder.filename().string()) {
    const bool fits = std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 0x80;
    name += fits ? static_cast<char>(std::tolower(static_cast<unsigned char>(c))) : '_';
  }
  if (name.empty() || std::isdigit(static_cast<unsigned char>(name.front())) != 0) name = "p_" + name;
  return name;
}

bool is_empty_or_absent(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) return true;
  return fs::is_directory(folder, error) && fs::is_empty(folder, error) && !error;
}

/// The first file that could not be written, with the reason.
std::optional<std::pair<std::string, std::string>> write_all(const fs::path& folder, const std::string& name, std::vector<std::string>& written) {
  for (const auto& [path, text] : starter_project()) {
    std::string shown(path);
    if (shown.starts_with("dot_")) shown = "." + shown.substr(4);
    const fs::path file = folder / shown;
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) return std::pair(shown, error.message());
    if (std::string why = write_file(file, named(text, name)); !why.empty()) return std::pair(shown, std::move(why));
    written.push_back(shown);
  }
  return std::nullopt;
}

/// The topmost folder that is not there yet.
std::optional<fs::path> absent_above(const fs::path& folder) {
  std::error_code error;
  std::optional<fs::path> absent;
  for (fs::path at = folder; !fs::exists(at, error) && at.has_relative_path(); at = at.parent_path()) absent = at;
  return absent;
}

/// Half a project would be taken for one: what was absent is so again, what was empty too.
void take_back(const fs::path& folder, const std::optional<fs::path>& made) {
  std::error_code error;
  if (made) fs::remove_all(*made, error);
  else for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) fs::remove_all(entry.path(), error);
}

report::Section section(const std::string& folder, const std::vector<std::string>& written) {
  report::Section section{"new", {{"folder", folder}, {"files", written}}, {}};
  section.text = [=](const report::Palette& palette) {
    std::string out = fmt::format("{} {}\n", palette.paint(report::Ink::Good, "started"), folder);
    for (const std::string& file : written) out += fmt::format("  {}\n", file);
    return out + fmt::format("next: cd {} && writ check && writ prove && writ test && writ build\n", folder);
  };
  return section;
}

}  // namespace

ExitCode run_new(Session& session) {
  const std::string& asked = session.options().folder;
  std::error_code error;
  const fs::path absolute = fs::absolute(asked, error).lexically_normal();
  const fs::path folder = absolute.has_filename() ? absolute : absolute.parent_path();
  if (!is_empty_or_absent(folder)) {
    session.sink().report(diagnostics::Code::folder_not_empty, {}, {asked});
    return ExitCode::Good;
  }
  std::vector<std::string> written;
  const auto made = absent_above(folder);
  if (const auto failed = write_all(folder, module_name(folder), written)) {
    take_back(folder, made);
    session.sink().report(diagnostics::Code::cannot_write, {}, {failed->first, failed->second});
    return ExitCode::Good;
  }
  session.report.sections.push_back(section(asked, written));
  return ExitCode::Good;
}

}  // namespace writ::driver
