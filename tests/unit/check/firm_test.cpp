#include "tests/unit/check/policy.h"

namespace writ::check {
namespace {

TEST(Firm, checks_without_a_message) {
  const Checked checked = check_texts({kFirm});
  EXPECT_EQ(checked.rendered(), "");
  ASSERT_TRUE(checked.program);
  EXPECT_EQ(checked.program->roles.size(), 5u);
  EXPECT_EQ(checked.program->rules.size(), 2u);
  EXPECT_EQ(checked.program->root_module, "firm");
}

}  // namespace
}  // namespace writ::check
