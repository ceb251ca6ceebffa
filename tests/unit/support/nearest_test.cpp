#include "compiler/support/nearest.h"

#include <gtest/gtest.h>

namespace writ::support {
namespace {

TEST(NearestName, FindsAMisspelling) { EXPECT_EQ(nearest_name("amuont", {"amount", "account"}), "amount"); }

TEST(NearestName, SaysNothingWhenNothingIsNear) { EXPECT_EQ(nearest_name("vendor", {"amount", "plant"}), std::nullopt); }

TEST(NearestName, TiesDoNotDependOnTheOrder) {
  EXPECT_EQ(nearest_name("role_x", {"role_b", "role_a"}), "role_a");
  EXPECT_EQ(nearest_name("role_x", {"role_a", "role_b"}), "role_a");
}

TEST(NearestName, ToleratesAnEmptyName) { EXPECT_EQ(nearest_name("", {"amount"}), std::nullopt); }

}  // namespace
}  // namespace writ::support
