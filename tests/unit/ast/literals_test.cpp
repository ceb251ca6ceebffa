#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "built.h"

namespace writ::ast {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

BuiltText condition(const std::string& written) { return BuiltText("module m\nnever n { everything where x == " + written + " }\n"); }

template <class L>
L literal(const std::string& written) {
  const BuiltText built = condition(written);
  EXPECT_THAT(built.told(), IsEmpty()) << written;
  const Expr& equal = built.expr(built.item<Never>().accesses.where);
  return std::get<L>(built.expr(equal.operands.at(1)).literal->value);
}

std::vector<std::string> complaint(const std::string& written) { return condition(written).told(); }

TEST(Literals, Numbers) {
  EXPECT_EQ(literal<IntLiteral>("10_000").value, 10'000);
  EXPECT_EQ(literal<IntLiteral>("9007199254740991").value, 9007199254740991);
  EXPECT_EQ(literal<DecimalLiteral>("1.5").scaled, 15'000);
  EXPECT_EQ(literal<DecimalLiteral>("0.0001").scaled, 1);
  EXPECT_EQ(literal<MoneyLiteral>("142.8571 EUR").scaled, 1'428'571);
  EXPECT_EQ(literal<MoneyLiteral>("10_000 SGD").currency, "SGD");
  EXPECT_THAT(complaint("9007199254740992"), ElementsAre(HasSubstr("is too large")));
  EXPECT_THAT(complaint("99999999999999999999"), ElementsAre(HasSubstr("is too large")));
  EXPECT_THAT(complaint("100_000_000_000_000 EUR"), ElementsAre(HasSubstr("is too large")));
  EXPECT_THAT(complaint("1.00001"), ElementsAre(HasSubstr("more than four decimal places")));
  EXPECT_THAT(complaint("5 Euro"), ElementsAre(HasSubstr("`Euro` is no currency")));
  EXPECT_THAT(complaint("5x"), ElementsAre(HasSubstr("`5x` is no number and no duration")));
}

TEST(Literals, Durations) {
  EXPECT_EQ(literal<DurationLiteral>("30s").ms, 30'000);
  EXPECT_EQ(literal<DurationLiteral>("15min").ms, 900'000);
  EXPECT_EQ(literal<DurationLiteral>("4h").ms, 14'400'000);
  EXPECT_EQ(literal<DurationLiteral>("90d").ms, 7'776'000'000);
  EXPECT_THAT(complaint("99999999d"), ElementsAre(HasSubstr("is too large")));
}

TEST(Literals, Days) {
  EXPECT_EQ(literal<DateLiteral>("2024-02-29").day, 29);
  EXPECT_EQ(literal<DateLiteral>("9999-12-31").year, 9999);
  for (const std::string wrong : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-1-1", "26-01-01", "2026-01-32", "2026-01-011"}) {
    EXPECT_THAT(complaint(wrong), ElementsAre(HasSubstr("is no day of the calendar"))) << wrong;
  }
}

TEST(Literals, Instants) {
  EXPECT_EQ(literal<InstantLiteral>("1970-01-01T00:00Z").ms, 0);
  EXPECT_EQ(literal<InstantLiteral>("2026-03-01T00:00+01:00").ms, 1772319600000);
  EXPECT_TRUE(literal<InstantLiteral>("2026-03-01T00:00+01:00").bare_offset);
  EXPECT_FALSE(literal<InstantLiteral>("2026-03-01T00:00:00Z").bare_offset);
  EXPECT_EQ(literal<InstantLiteral>("2026-06-07T21:59:60Z").ms, literal<InstantLiteral>("2026-06-07T22:00Z").ms);
  EXPECT_EQ(literal<InstantLiteral>("1970-01-01T00:00:00.1239Z").ms, 123);
  EXPECT_EQ(literal<InstantLiteral>("1969-12-31T23:00-01:30").ms, 1'800'000);
  for (const std::string wrong : {"2026-03-01T09:00", "2026-03-01T24:00Z", "2026-03-01T09:60Z", "2026-02-30T09:00Z", "2026-03-01T9:00Z", "2026-03-01T09:00+2:00", "2026-03-01T", "2026-03-01T09:00:00.Z"}) {
    EXPECT_THAT(complaint(wrong), ElementsAre(HasSubstr("is no instant"))) << wrong;
  }
}

TEST(Literals, Text) {
  EXPECT_EQ(literal<StringLiteral>(R"("a \"b\" \\ c\n")").value, "a \"b\" \\ c\n");
  EXPECT_EQ(literal<StringLiteral>("\"caf\xC3\xA9\"").value, "caf\xC3\xA9");
  EXPECT_THAT(complaint(R"("NV\petit")"), ElementsAre(HasSubstr(R"(2:36 `\p` stands for nothing)")));
}

TEST(Literals, ChainedComparisonsNestToTheLeft) {
  const BuiltText built("module m\nnever n { everything where a < b < c }\n");
  const Expr& outer = built.expr(built.item<Never>().accesses.where);
  EXPECT_EQ(built.expr(outer.operands.at(0)).kind, ExprKind::Less);
  EXPECT_FALSE(built.expr(outer.operands.at(0)).parenthesised);
}

}  // namespace
}  // namespace writ::ast
