#include "compiler/project/project.h"

#include <fstream>

#include <gmock/gmock.h>

namespace writ::project {
namespace {

namespace fs = std::filesystem;

class ProjectTest : public testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(testing::TempDir()) / ("writ_project_" + std::string(testing::UnitTest::GetInstance()->current_test_info()->name()));
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }
  void write(const std::string& path, const std::string& text = "") {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  std::vector<std::string> paths(const std::optional<Project>& project) {
    std::vector<std::string> all;
    if (project) for (const auto file : project->files) all.emplace_back(sources_.path(file));
    return all;
  }
  std::vector<std::string> codes() const {
    std::vector<std::string> all;
    for (const auto& d : sink_.peek()) all.emplace_back(diagnostics::info(d.code).name);
    return all;
  }
  fs::path root_;
  source::SourceSet sources_;
  diagnostics::Sink sink_;
};

using testing::ElementsAre;

TEST_F(ProjectTest, NearestManifestAboveDecidesAndFilesComeByPath) {
  write("writ.toml", "[project]\nexclude = [\"drafts/**\"]\n");
  write("z.writ");
  write("a/b.writ");
  write("drafts/c.writ");
  write(".hidden/d.writ");
  write("build/e.writ");
  write("nested/writ.toml");
  write("nested/f.writ");
  EXPECT_THAT(paths(open({root_ / "a"}, sources_, sink_)), ElementsAre("a/b.writ", "z.writ"));
  EXPECT_THAT(paths(open({root_ / "a/b.writ"}, sources_, sink_)), ElementsAre("a/b.writ", "z.writ"));
  EXPECT_THAT(paths(open({root_ / "drafts/c.writ"}, sources_, sink_)), ElementsAre("c.writ"));
  EXPECT_THAT(paths(open({".", root_ / "nested"}, sources_, sink_)), ElementsAre("f.writ"));
}

TEST_F(ProjectTest, APolicyFileThatCannotBeReadIsNeverLeftOut) {
  write("writ.toml");
  write("a.writ");
  fs::create_symlink("nowhere", root_ / "rules.writ");
  fs::create_symlink("loop.writ", root_ / "loop.writ");
  fs::create_symlink("nowhere", root_ / ".#a.writ");   // how some editors mark an open file
  EXPECT_FALSE(open({root_}, sources_, sink_));
  EXPECT_THAT(codes(), ElementsAre("cannot_read", "cannot_read"));
}

TEST_F(ProjectTest, AFolderThatCannotBeListedIsNeverLeftOut) {
  write("writ.toml", "[project]\nexclude = [\"mine/**\"]\n");
  write("a.writ");
  write("theirs/b.writ");
  write("mine/c.writ");
  fs::permissions(root_ / "theirs", fs::perms::none);
  fs::permissions(root_ / "mine", fs::perms::none);
  std::error_code closed;
  const fs::directory_iterator probe(root_ / "theirs", closed);
  const auto project = open({root_}, sources_, sink_);
  fs::permissions(root_ / "theirs", fs::perms::owner_all);
  fs::permissions(root_ / "mine", fs::perms::owner_all);
  if (!closed) GTEST_SKIP() << "nothing is closed to this user";
  EXPECT_FALSE(project);
  EXPECT_THAT(codes(), ElementsAre("cannot_read"));
}

TEST_F(ProjectTest, AFileReadInPartIsNotRead) {
  EXPECT_NE(read_file("/proc/self/mem", 1 << 20).error, "") << "its first page cannot be read";
  EXPECT_NE(read_file(root_, 1 << 20).error, "");
  write("large", std::string(100, 'x'));
  EXPECT_EQ(read_file(root_ / "large", 100).text.size(), 100u);
  EXPECT_NE(read_file(root_ / "large", 99).error, "");
  EXPECT_NE(read_file("/dev/zero", 1 << 16).error, "");
}

TEST_F(ProjectTest, WithoutManifestAFileIsAProject) {
  write("one.writ");
  write("two.writ");
  const auto project = open({root_ / "one.writ"}, sources_, sink_);
  EXPECT_THAT(paths(project), ElementsAre("one.writ"));
  EXPECT_EQ(project->manifest.name, "one");
  EXPECT_THAT(paths(open({root_}, sources_, sink_)), ElementsAre("one.writ", "two.writ"));
}

TEST_F(ProjectTest, WhatCannotBeOpenedSaysWhy) {
  EXPECT_FALSE(open({root_ / "none"}, sources_, sink_));
  EXPECT_FALSE(open({root_}, sources_, sink_));
  write("many/a.writ");
  write("many/b.writ");
  EXPECT_FALSE(open({root_ / "many"}, sources_, sink_, {.bytes_of_one = 10, .files = 1}));
  write("big/a.writ", "0123456789abc");
  EXPECT_FALSE(open({root_ / "big"}, sources_, sink_, {.bytes_of_one = 10, .files = 5}));
  EXPECT_THAT(codes(), ElementsAre("cannot_read", "no_policy_files", "too_many_files", "cannot_read"));
}

}  // namespace
}  // namespace writ::project
