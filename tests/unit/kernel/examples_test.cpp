// Every policy that the repository shows elaborates, and its kernel is sound.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/unit/kernel/surface.h"

namespace writ::kernel {
namespace {

std::vector<std::string> texts_in(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".writ") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> texts;
  for (const auto& path : paths) {
    std::stringstream text;
    text << std::ifstream(path).rdbuf();
    texts.push_back(text.str());
  }
  return texts;
}

class Example : public ::testing::TestWithParam<const char*> {};

TEST_P(Example, elaborates_into_a_sound_kernel) {
  const auto e = elaborate_texts(texts_in(std::filesystem::path(WRIT_SOURCE_DIR) / GetParam()));
  ASSERT_TRUE(e->kernel) << e->messages();
  const auto broken = verify(*e->kernel);
  EXPECT_TRUE(broken.empty()) << broken.front();
  if (std::getenv("SHOW")) std::cerr << e->messages() << e->text();
}

INSTANTIATE_TEST_SUITE_P(Policies, Example, ::testing::Values("examples/hello", "examples/norvik", "tests/semantics"));

}  // namespace
}  // namespace writ::kernel
