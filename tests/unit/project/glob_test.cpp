#include "compiler/project/glob.h"

#include <gtest/gtest.h>

namespace writ::project {
namespace {

TEST(Glob, StarsStayWithinAPart) {
  EXPECT_TRUE(glob_matches("*.writ", "a.writ"));
  EXPECT_FALSE(glob_matches("*.writ", "a/b.writ"));
  EXPECT_TRUE(glob_matches("a/?.writ", "a/b.writ"));
  EXPECT_FALSE(glob_matches("a/?.writ", "a/bc.writ"));
  EXPECT_TRUE(glob_matches("*a*b*", "xxaxxbxx"));
  EXPECT_FALSE(glob_matches("*a*b", "xxaxxbxx"));
}

TEST(Glob, TwoStarsAreAnyNumberOfParts) {
  EXPECT_TRUE(glob_matches("**/*.writ", "a.writ"));
  EXPECT_TRUE(glob_matches("**/*.writ", "a/b/c.writ"));
  EXPECT_TRUE(glob_matches("drafts/**", "drafts/a/b.writ"));
  EXPECT_FALSE(glob_matches("drafts/**", "draft/a.writ"));
  EXPECT_TRUE(glob_matches("a/**/z.writ", "a/z.writ"));
}

}  // namespace
}  // namespace writ::project
