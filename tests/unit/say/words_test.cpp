#include "compiler/say/words.h"

#include <gtest/gtest.h>

namespace writ::say {
namespace {

constexpr std::int64_t kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;

TEST(Words, NamesAreReadAsWords) {
  EXPECT_EQ(spaced("LegalEntity"), "legal entity");
  EXPECT_EQ(spaced("last_day"), "last day");
  EXPECT_EQ(spaced("GL"), "GL");
  EXPECT_EQ(spaced("HTTPRequest"), "HTTP request");
  EXPECT_EQ(spaced(""), "");
}

TEST(Words, ArticlesFollowTheSound) {
  EXPECT_EQ(with_article("employee"), "an employee");
  EXPECT_EQ(with_article("run"), "a run");
  EXPECT_EQ(with_article(""), "a ");
}

TEST(Words, ListsHaveOneJoint) {
  EXPECT_EQ(listed({}, "and"), "");
  EXPECT_EQ(listed({"a"}, "and"), "a");
  EXPECT_EQ(listed({"a", "b"}, "or"), "a or b");
  EXPECT_EQ(listed({"a", "b", "c"}, "and"), "a, b and c");
}

TEST(Words, DurationsUseTheLargestUnitThatDividesThem) {
  EXPECT_EQ(duration(kDay), "1 day");
  EXPECT_EQ(duration(90 * kDay), "90 days");
  EXPECT_EQ(duration(36 * kHour), "36 hours");
  EXPECT_EQ(duration(90 * kMinute), "90 minutes");
  EXPECT_EQ(duration(1 * kSecond), "1 second");
  EXPECT_EQ(duration(1500), "1500 milliseconds");
  EXPECT_EQ(duration(10'000 * kDay), "10,000 days");
}

TEST(Words, WhatRecursIsSaidAsPeopleSayIt) {
  EXPECT_EQ(every(kDay), "every day");
  EXPECT_EQ(every(kHour), "every hour");
  EXPECT_EQ(every(10 * kDay), "every 10 days");
  EXPECT_EQ(times(1), "once");
  EXPECT_EQ(times(2), "twice");
  EXPECT_EQ(times(3), "3 times");
  EXPECT_EQ(people(1), "1 person");
  EXPECT_EQ(people(0), "0 people");
}

TEST(Words, LiteralsKeepTheirValue) {
  EXPECT_EQ(literal(ast::IntLiteral{1'234'567}), "1,234,567");
  EXPECT_EQ(literal(ast::IntLiteral{-5}), "-5");
  EXPECT_EQ(literal(ast::IntLiteral{std::numeric_limits<std::int64_t>::min()}), "-9,223,372,036,854,775,808");
  EXPECT_EQ(literal(ast::DecimalLiteral{12'345}), "1.2345");
  EXPECT_EQ(literal(ast::MoneyLiteral{100'000'000, "EUR"}), "10,000 EUR");
  EXPECT_EQ(literal(ast::StringLiteral{"a"}), "\"a\"");
  EXPECT_EQ(literal(ast::BoolLiteral{true}), "true");
  EXPECT_EQ(literal(ast::NoneLiteral{}), "none");
}

TEST(Words, InstantsShowNoMoreThanTheyHave) {
  EXPECT_EQ(literal(ast::InstantLiteral{0, false}), "1970-01-01T00:00Z");
  EXPECT_EQ(literal(ast::InstantLiteral{-1, false}), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(literal(ast::InstantLiteral{951'782'400'000, false}), "2000-02-29T00:00Z");
}

}  // namespace
}  // namespace writ::say
