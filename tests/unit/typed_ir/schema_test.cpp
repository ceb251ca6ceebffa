#include <gtest/gtest.h>

#include "tests/unit/typed_ir/small_program.h"

namespace writ::typed_ir {
namespace {

TEST(Schema, FindsByQualifiedNameAndByUniqueLocalName) {
  Small small;
  Schema& s = small.program.schema;
  EXPECT_EQ(s.find_entity("firm.Invoice"), small.invoice);
  EXPECT_EQ(s.find_entity("Invoice"), small.invoice);
  EXPECT_EQ(s.find_entity("Invoce"), std::nullopt);
  Entity other;
  other.name = "group.Invoice";
  other.local = "Invoice";
  s.entities.add(other);
  EXPECT_EQ(s.find_entity("Invoice"), std::nullopt);
  EXPECT_EQ(s.find_entity("firm.Invoice"), small.invoice);
}

TEST(Schema, AValueRollsUpToItsParentUnlessItsImageIsMissing) {
  Small small;
  const Schema& s = small.program.schema;
  EXPECT_EQ(s.roll_up(small.plant, 1, small.entity), 1u);
  EXPECT_EQ(s.roll_up(small.plant, 2, small.entity), std::nullopt);
  EXPECT_EQ(s.roll_up(small.plant, 2, small.plant), 2u);
  EXPECT_EQ(s.roll_up(small.entity, 0, small.plant), std::nullopt);
  EXPECT_TRUE(s.rolls_up(small.plant, small.entity));
  EXPECT_FALSE(s.rolls_up(small.entity, small.plant));
}

TEST(Schema, TheScopeOfAResourceIsItsNearestField) {
  Small small;
  const Schema& s = small.program.schema;
  EXPECT_EQ(s.scope_attribute(small.invoice, small.entity), s.find_attribute(small.invoice, "plant"));
  const AttributeId own = small.add_field(small.invoice, "entity", small.of(small.entity));
  EXPECT_EQ(s.scope_attribute(small.invoice, small.entity), own);
  EXPECT_EQ(s.scope_attribute(small.invoice, small.period), s.find_attribute(small.invoice, "period"));
  EXPECT_EQ(s.scope_attribute(small.employee, small.entity), std::nullopt);
}

TEST(Schema, TwoFieldsOfEqualRankAreAmbiguous) {
  Small small;
  small.add_field(small.invoice, "ship_to", small.of(small.plant));
  EXPECT_EQ(small.program.schema.scope_attribute(small.invoice, small.entity), std::nullopt);
  EXPECT_EQ(small.program.schema.scope_candidates(small.invoice, small.entity).size(), 2u);
}

}  // namespace
}  // namespace writ::typed_ir
