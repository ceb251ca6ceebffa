#include "tests/unit/kernel/surface.h"

namespace writ::kernel {
namespace {

TEST(Elaborate, the_firm) {
  const auto e = elaborate_in_firm("");
  ASSERT_TRUE(e->kernel) << e->messages();
  EXPECT_TRUE(verify(*e->kernel).empty()) << verify(*e->kernel).front();
}

}  // namespace
}  // namespace writ::kernel
