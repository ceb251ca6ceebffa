#include "compiler/project/manifest.h"

#include <gmock/gmock.h>

namespace writ::project {
namespace {

using testing::ElementsAre;

class ManifestTest : public testing::Test {
 protected:
  std::optional<Manifest> read(std::string text) {
    return read_manifest(sources_, sources_.add("writ.toml", std::move(text)), "fallback", sink_);
  }
  std::vector<std::string> messages() const {
    std::vector<std::string> all;
    for (const auto& d : sink_.peek()) all.push_back(d.message());
    return all;
  }
  source::SourceSet sources_;
  diagnostics::Sink sink_;
};

TEST_F(ManifestTest, ATableWithoutAName) {
  EXPECT_FALSE(read("[project]\nname = \"a\"\n[[[x]]]\n"));
  ASSERT_EQ(sink_.peek().size(), 1u);
  EXPECT_EQ(sink_.peek()[0].message(), "writ.toml cannot be read: a table has no name");
  EXPECT_EQ(sources_.position(sink_.peek()[0].range.file, sink_.peek()[0].range.begin).line, 3u);
}

/// Every text of up to three of these signs, alone and where something has begun: a manifest, or an error.
TEST_F(ManifestTest, NoBytesEndTheProgram) {
  const std::string signs = "[]=.\"'a1\n{},# -\xff";
  std::size_t refused = 0, read_well = 0;
  std::vector<std::string> texts = {""};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (const char* before : {"", "[build]\nepoch = ", "[[a", "[a.", "a = {"}) {
      source::SourceSet sources;
      diagnostics::Sink sink;
      const bool good = read_manifest(sources, sources.add("writ.toml", before + texts[i]), "x", sink).has_value();
      EXPECT_EQ(good, sink.error_count() == 0) << before << texts[i];
      ++(good ? read_well : refused);
    }
    if (texts[i].size() < 3) for (const char sign : signs) texts.push_back(texts[i] + sign);
  }
  EXPECT_GT(refused, 10'000u);
  EXPECT_GT(read_well, 300u);
}

TEST_F(ManifestTest, EveryKeyIsRead) {
  const auto m = read(R"(
[project]
name = "norvik"
version = "41"
edition = "2026"
sources = ["a/*.writ"]
exclude = ["a/b.writ"]
[build]
out = "dist"
epoch = 3
not_before = 1970-01-02T00:00:00Z
not_after = 2026-01-01T00:00:00+01:00
require = ["role-sod"]
[prove]
obligations = ["dead"]
budget = 1000
threads = 2
[trust]
marks = "accept"
[diagnostics]
deny = ["WRIT6005"]
allow = ["not_supported_yet"]
baseline = "known.json"
)");
  ASSERT_TRUE(m) << testing::PrintToString(messages());
  EXPECT_EQ(m->name, "norvik");
  EXPECT_EQ(m->version, "41");
  EXPECT_THAT(m->sources, ElementsAre("a/*.writ"));
  EXPECT_THAT(m->exclude, ElementsAre("a/b.writ"));
  EXPECT_EQ(m->out, "dist");
  EXPECT_EQ(m->epoch, 3);
  EXPECT_EQ(m->not_before, 86'400'000);
  EXPECT_EQ(m->not_after, 1'767'222'000'000);
  EXPECT_THAT(m->required_obligations, ElementsAre("role-sod"));
  EXPECT_THAT(m->obligations, ElementsAre("dead"));
  EXPECT_EQ(m->budget, 1000u);
  EXPECT_EQ(m->threads, 2u);
  EXPECT_EQ(m->marks, Marks::Accept);
  EXPECT_THAT(m->deny, ElementsAre(diagnostics::Code::no_policy_files));
  EXPECT_THAT(m->allow, ElementsAre(diagnostics::Code::not_supported_yet));
  EXPECT_EQ(m->baseline, "known.json");
}

TEST_F(ManifestTest, DefaultsAreTheSafeOnes) {
  const auto m = read("");
  ASSERT_TRUE(m);
  EXPECT_EQ(m->name, "fallback");
  EXPECT_THAT(m->sources, ElementsAre("**/*.writ"));
  EXPECT_EQ(m->marks, Marks::Require);
}

TEST_F(ManifestTest, UnknownKeyNamesTheNearest) {
  EXPECT_FALSE(read("[build]\nrequier = [\"role-sod\"]\n"));
  ASSERT_EQ(sink_.size(), 1u);
  const auto& d = sink_.peek().front();
  EXPECT_EQ(d.message(), "`requier` is no key of [build]");
  EXPECT_EQ(d.label, "did you mean `require`?");
  EXPECT_EQ(sources_.text(d.range), "requier");
}

TEST_F(ManifestTest, UnknownTableAndWrongShapesAreErrors) {
  EXPECT_FALSE(read("trust = 1\n[projects]\n"));
  EXPECT_THAT(messages(), testing::UnorderedElementsAre("`trust` must be a table: [trust]", "`projects` is no key of writ.toml"));
}

TEST_F(ManifestTest, WrongValuesAreMarkedWhereTheyStand) {
  EXPECT_FALSE(read("[project]\nname = \"é\"\nversion = 41\n"));
  EXPECT_EQ(sources_.text(sink_.peek().front().range), "41");
  EXPECT_FALSE(read("[build]\nnot_after = 2026-01-01\n"));
  EXPECT_FALSE(read("[trust]\nmarks = \"maybe\"\n"));
  EXPECT_FALSE(read("[project]\nedition = \"1999\"\n"));
}

TEST_F(ManifestTest, BrokenTomlIsOneError) {
  EXPECT_FALSE(read("[project\nname = 3"));
  EXPECT_THAT(messages(), ElementsAre(testing::StartsWith("writ.toml cannot be read: ")));
}

}  // namespace
}  // namespace writ::project
