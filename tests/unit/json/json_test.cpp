#include "runtime/json/json.h"

#include <gtest/gtest.h>

namespace writ::json {
namespace {

std::string round(std::string_view text) {
  const auto value = parse(text);
  return value ? canonical(*value) : "error: " + value.error().what;
}
bool refused(std::string_view text, Limits limits = {}) { return !parse(text, limits).has_value(); }

TEST(Json, KeepsTheOrderOfMembersAndTheTextOfNumbers) {
  const auto value = parse(R"({"b": 1.50, "a": [true, null, "x"]})");
  ASSERT_TRUE(value);
  ASSERT_EQ(value->members.size(), 2u);
  EXPECT_EQ(value->members[0].name, "b");
  EXPECT_EQ(value->members[0].value.text, "1.50");
  EXPECT_EQ(value->find("a")->items.size(), 3u);
  EXPECT_EQ(value->find("c"), nullptr);
}

TEST(Json, KeepsDigitsThatADoubleWouldLose) {
  EXPECT_EQ(parse("99999999999999.9999")->text, "99999999999999.9999");
  EXPECT_EQ(round("99999999999999.9999"), "99999999999999.9999");
  EXPECT_EQ(round("18446744073709551617"), "18446744073709551617");
}

TEST(Json, RefusesWhatIsNotIJson) {
  for (const char* bad : {"", " ", "{", "[1,]", "{\"a\":1,\"a\":2}", "NaN", "Infinity", "01", "1 2", "{} x", "\"\\ud800\"", "\"\\ud800\\ud800\"",
                          "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "'a'", "\"\x01\"", "// c\n1", "\xEF\xBB\xBF{}", "\xFF\xFE", "1e999", "tru", "{1:2}"})
    EXPECT_TRUE(refused(bad)) << bad;
  EXPECT_TRUE(refused(std::string_view("1\0", 2)));
}

TEST(Json, NamesADuplicate) {
  const auto value = parse(R"({"held": 1, "x": {"held": 2}, "held": 3})");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().what, "duplicate name \"held\"");
  EXPECT_GT(value.error().offset, 25u);
}

TEST(Json, RefusesTheSameNameSpelledWithAnEscape) { EXPECT_TRUE(refused(R"({"a": 1, "\u0061": 2})")); }

TEST(Json, EnforcesItsLimits) {
  EXPECT_FALSE(refused("[[[]]]", {.bytes = 100, .depth = 3}));
  EXPECT_TRUE(refused("[[[[]]]]", {.bytes = 100, .depth = 3}));
  EXPECT_TRUE(refused("[1,2,3]", {.bytes = 6, .depth = 3}));
  EXPECT_TRUE(refused(std::string(100'000, '[')));
  EXPECT_TRUE(refused("\"" + std::string(std::size_t{1} << 20, 'a') + "\""));
}

TEST(Json, CanonicalSortsNamesByUtf16) {
  EXPECT_EQ(round(R"({"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6,"\u00f6":7})"),
            "{\"\\r\":2,\"1\":4,\"\xC2\x80\":6,\"\xC3\xB6\":7,\"\xE2\x82\xAC\":1,\"\xF0\x9F\x98\x80\":5,\"\xEF\xAC\xB3\":3}");
}

TEST(Json, CanonicalNumbers) {
  EXPECT_EQ(round("-0"), "0");
  EXPECT_EQ(round("-0.0"), "0");
  EXPECT_EQ(round("1E30"), "1e+30");
  EXPECT_EQ(round("4.50"), "4.5");
  EXPECT_EQ(round("2e-3"), "0.002");
  EXPECT_EQ(round("0.0000001"), "1e-7");
  EXPECT_EQ(round("1e20"), "100000000000000000000");
  EXPECT_EQ(round("1e21"), "1e+21");
  EXPECT_EQ(round("333333333.33333329"), "333333333.33333329");
  EXPECT_EQ(round("1e-9999999999999"), "1e-999999999");
}

TEST(Json, CanonicalStrings) { EXPECT_EQ(round("\"\\u000a\\u0007\\/\\\"\""), "\"\\n\\u0007/\\\"\""); }

TEST(Json, BuildersReplaceAMemberOfTheSameName) {
  Value v = object({{"a", number(1)}});
  set(v, "a", string("x"));
  set(v, "b", boolean(true));
  EXPECT_EQ(canonical(v), R"({"a":"x","b":true})");
}

}  // namespace
}  // namespace writ::json
