#include "compiler/driver/reproducer.h"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "compiler/driver/command_line.h"

namespace writ::driver {
namespace {

namespace fs = std::filesystem;

/// FNV-1a: only a name, no security rests on it.
std::uint64_t mix(std::uint64_t hash, std::string_view text) {
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

void write(const fs::path& file, std::string_view text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary).write(text.data(), static_cast<std::streamsize>(text.size()));
}

/// A shown path never leaves the folder.
fs::path inside(std::string_view shown) {
  fs::path safe;
  for (const fs::path& part : fs::path(shown).relative_path()) if (part != ".." && part != ".") safe /= part;
  return safe;
}

}  // namespace

std::string save_reproducer(const std::vector<std::string>& arguments, const std::string& message, const source::SourceSet& sources) {
  try {
    std::uint64_t hash = mix(0xcbf29ce484222325, message);
    for (const source::FileId file : sources.files()) hash = mix(mix(hash, sources.path(file)), sources.text(file));
    const fs::path folder = fs::temp_directory_path() / fmt::format("writ-reproducer-{:016x}", hash);
    for (const source::FileId file : sources.files()) write(folder / "sources" / inside(sources.path(file)), sources.text(file));
    write(folder / "report.txt", fmt::format("writ {}\ncommand: writ {}\nfailure: {}\n", version(), fmt::join(arguments, " "), message));
    return folder.string();
  } catch (const std::exception&) {
    return "";
  }
}

}  // namespace writ::driver
