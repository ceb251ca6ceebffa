#include "tests/support/corpus.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace writ::corpus {
namespace {

namespace fs = std::filesystem;

bool may_be_wrong(const std::string& path) {
  constexpr std::array kWrong = {"tests/lit/", "/inputs/", "/broken/", "-broken/", "tests/fuzz/"};
  return std::any_of(kWrong.begin(), kWrong.end(), [&](const char* part) { return path.find(part) != std::string::npos; });
}

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

std::vector<PolicyText> policy_files(const std::string& root, Which which) {
  std::vector<PolicyText> found;
  for (const char* folder : {"docs", "examples", "stdlib", "tests"}) {
    const fs::path top = fs::path(root) / folder;
    if (!fs::exists(top)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(top)) {
      if (!entry.is_regular_file() || entry.path().extension() != ".writ") continue;
      const std::string path = fs::relative(entry.path(), root).generic_string();
      if (which == Which::Correct && may_be_wrong(path)) continue;
      found.push_back({path, read(entry.path())});
    }
  }
  std::sort(found.begin(), found.end(), [](const PolicyText& a, const PolicyText& b) { return a.path < b.path; });
  return found;
}

}  // namespace writ::corpus
