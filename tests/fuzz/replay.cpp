// Drives a fuzz target without libFuzzer: every seed file as it is, then a fixed number of mutations from a fixed seed, so that a run
// is the same everywhere. usage: fuzz_NAME [--mutations=N] FILE_OR_FOLDER...
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> seeds_at(const fs::path& path) {
  std::vector<fs::path> paths;
  if (fs::is_regular_file(path)) paths.push_back(path);
  if (fs::is_directory(path)) {
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(path)) {
      if (entry.is_regular_file()) paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const fs::path& seed : paths) seeds.push_back(read(seed));
  return seeds;
}

void run(const std::string& text) { LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()); }

class Mutations {
 public:
  explicit Mutations(const std::vector<std::string>& seeds) : seeds_(seeds) {}

  /// A piece of a seed with a few cuts, copies and bytes in it.
  std::string next() {
    std::string text = piece(2'000);
    for (std::size_t i = 1 + below(4); i > 0; --i) change(text);
    return text;
  }

 private:
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

  std::string piece(std::size_t longest) {
    const std::string& seed = seeds_[below(seeds_.size())];
    const std::size_t begin = below(seed.size());
    return seed.substr(begin, 1 + below(longest));
  }

  void change(std::string& text) {
    const std::size_t at = below(text.size() + 1);
    switch (below(4)) {
      case 0: text.insert(at, 1, static_cast<char>(below(256))); break;
      case 1: text.erase(at, below(20)); break;
      case 2: text.insert(at, piece(60)); break;
      case 3: text.insert(at, below(2) == 0 ? "{" : "}"); break;
    }
  }

  const std::vector<std::string>& seeds_;
  std::mt19937 random_{20'260'301};
};

}  // namespace

int main(int argc, char** argv) {
  std::size_t mutations = 0;
  std::vector<std::string> seeds;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument.starts_with("--mutations=")) {
      mutations = std::stoul(argument.substr(12));
      continue;
    }
    for (std::string& seed : seeds_at(argument)) seeds.push_back(std::move(seed));
  }
  for (const std::string& seed : seeds) run(seed);
  Mutations mutated(seeds);
  for (std::size_t i = 0; i < mutations && !seeds.empty(); ++i) run(mutated.next());
  std::printf("%zu seeds, %zu mutations\n", seeds.size(), seeds.empty() ? 0 : mutations);
  return seeds.empty() ? 1 : 0;
}
