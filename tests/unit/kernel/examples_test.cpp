// Every policy that the repository shows elaborates into a sound kernel, and so does the policy of every `test` in it.
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

class Example : public ::testing::TestWithParam<const char*> {
 protected:
  std::unique_ptr<Elaborated> policy_ = elaborate_texts(texts_in(std::filesystem::path(WRIT_SOURCE_DIR) / GetParam()));
};

TEST_P(Example, elaborates_into_a_sound_kernel) {
  ASSERT_TRUE(policy_->kernel) << policy_->messages();
  const auto broken = verify(*policy_->kernel);
  EXPECT_TRUE(broken.empty()) << broken.front();
  EXPECT_FALSE(policy_->text().empty());
}

TEST_P(Example, and_so_does_every_test_in_it) {
  std::vector<const ast::File*> files;
  for (const ast::File& file : policy_->files) files.push_back(&file);
  for (const ast::File* file : files)
    for (const ast::Item& item : file->items) {
      const auto* test = std::get_if<ast::Test>(&item.statement);
      if (!test) continue;
      diagnostics::Sink sink;
      const auto checked = check::check_test(files, *file, *test, check::Options{"firm", "1", true}, sink);
      if (!checked) continue;   // the checker's own tests say why
      const auto kernel = elaborate(*checked->program, sink);
      ASSERT_TRUE(kernel) << test->name.text << ": " << sink.peek().back().message();
      const auto broken = verify(*kernel);
      EXPECT_TRUE(broken.empty()) << test->name.text << ": " << broken.front();
    }
}

INSTANTIATE_TEST_SUITE_P(Policies, Example, ::testing::Values("examples/hello", "examples/norvik", "tests/semantics"));

}  // namespace
}  // namespace writ::kernel
