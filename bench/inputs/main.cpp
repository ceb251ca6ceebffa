// Writes a generated policy into a folder, for measuring the command itself: bench_inputs areas|crowd SIZE DIR
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "bench/inputs/policies.h"

namespace {

void write(const std::filesystem::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

}  // namespace

int main(int argc, char** argv) {
  const std::string shape = argc == 4 ? argv[1] : "";
  if (shape != "areas" && shape != "crowd") {
    fmt::print(stderr, "usage: bench_inputs areas LINES DIR | bench_inputs crowd ROLES DIR\n");
    return 2;
  }
  const std::size_t size = std::strtoull(argv[2], nullptr, 10);
  const std::filesystem::path folder = argv[3];
  const auto files = shape == "areas" ? writ::bench::areas(size) : writ::bench::crowd(size);
  std::filesystem::create_directories(folder);
  for (const auto& file : files) write(folder / file.name, file.text);
  write(folder / "writ.toml", "[project]\nname = \"bench\"\nversion = \"1\"\n[trust]\nmarks = \"accept\"\n");
  if (shape == "crowd") write(folder / "request.json", writ::bench::crowd_request(size));
  fmt::print("{} lines in {} files\n", writ::bench::lines_of(files), files.size());
}
