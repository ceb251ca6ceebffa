// Hostile bytes: bounded time and memory, a coded diagnostic with a place, never a crash.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "parsed.h"

namespace writ::parse {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string repeat(std::string_view text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

void expect_whole(const ParsedText& parsed) {
  EXPECT_EQ(cst::verify(parsed.tree, parsed.sources), std::nullopt);
  EXPECT_EQ(cst::print_source(parsed.tree, parsed.sources), parsed.sources.text(parsed.file));
}

/// Generous: the measured disasters take seconds or for ever.
template <class F>
void expect_fast(F run) {
  const auto start = std::chrono::steady_clock::now();
  run();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

TEST(Limits, TenThousandParenthesesAreOneDiagnostic) {
  const ParsedText parsed(repeat("(", 10'000));
  EXPECT_THAT(parsed.told(), ElementsAre("1:65 WRIT1006 brackets are open in each other more than 64 deep here"));
  expect_whole(parsed);
}

TEST(Limits, TwentyEightKilobytesOfBracesAreFast) {
  expect_fast([] { EXPECT_THAT(ParsedText(repeat("{", 28'000)).told(), ElementsAre(HasSubstr("WRIT1006"))); });
  expect_fast([] { ParsedText(repeat("test \"t\" { ", 63)); });
  expect_fast([] { ParsedText(repeat("{", 64)); });
}

TEST(Limits, NestingUpToTheLimitParses) {
  const std::string text = "module m\nnever n { everything where " + repeat("(", 63) + "a" + repeat(")", 63) + " }\n";
  EXPECT_THAT(ParsedText(text).told(), IsEmpty());
}

TEST(Limits, BytesThatAreNoTextHaveAPlace) {
  const ParsedText parsed("\xFF\xFE");
  EXPECT_THAT(parsed.told(), ElementsAre("1:1 WRIT1001 this is not text: a policy file is UTF-8"));
  expect_whole(parsed);
}

TEST(Limits, RunsOfBadBytesAreToldOnceEach) {
  const ParsedText parsed("module m // \xC3\xA9 is fine, \xC0\xAF \xED\xA0\x80 are not\n");
  EXPECT_THAT(parsed.told(), ElementsAre(HasSubstr("1:25 WRIT1001"), HasSubstr("1:28 WRIT1001")));
  expect_whole(parsed);
}

TEST(Limits, ByteOrderMarkAndNonAsciiTextKeepTheirPlaces) {
  const ParsedText parsed("\xEF\xBB\xBFmodule m\nnever n { everything because \"caf\xC3\xA9 \xF0\x9F\x94\x92\" wrong }\n");
  EXPECT_THAT(parsed.told(), ElementsAre(HasSubstr("2:43 WRIT1010 `wrong`")));
  expect_whole(parsed);
}

TEST(Limits, FileSize) {
  ParseLimits limits;
  limits.bytes = 10;
  const ParsedText parsed("module long.name\n", limits);
  EXPECT_THAT(parsed.told(), ElementsAre("1:1 WRIT1004 the file has 17 bytes: it is not read past 10"));
  expect_whole(parsed);
}

TEST(Limits, Tokens) {
  ParseLimits limits;
  limits.tokens = 5;
  const ParsedText parsed("a b c d e f", limits);
  EXPECT_THAT(parsed.told(), ElementsAre(HasSubstr("WRIT1005")));
  expect_whole(parsed);
}

TEST(Limits, DiagnosticsAndRecoveries) {
  ParseLimits limits;
  limits.recoveries = 5;
  const ParsedText few("module m\n" + repeat("role r for Employee { may }\n", 100), limits);
  EXPECT_EQ(few.diagnostics.size(), 6u);
  EXPECT_EQ(few.diagnostics.back().code, diagnostics::Code::too_many_errors);
  expect_whole(few);
  const ParsedText many("module m\n" + repeat("role r for Employee { may }\n", 1'000));
  EXPECT_EQ(many.diagnostics.size(), ParseLimits{}.diagnostics);
  EXPECT_EQ(many.diagnostics.back().code, diagnostics::Code::too_many_errors);
}

TEST(Limits, LongListsAreLinear) {
  const std::string list = repeat("a, ", 20'000) + "a";
  for (const std::string& text : {"given " + list + " holds b", "test \"t\" { expect violation " + list + " of b }",
                                  "test \"t\" { expect violation " + list, "never n { " + list + " }", "never n { " + list,
                                  "role r for E { may assign " + list + " }", "forbid f { a waiver with " + list + " }",
                                  "given b holds " + list, "map s { " + list + " tcode \"x\" }", "duty d = { " + list + " }"}) {
    expect_fast([&] { expect_whole(ParsedText("module m\n" + text + "\n")); });
  }
}

TEST(Limits, LongConditionsAreLinearAndDoNotRecurse) {
  for (const std::string_view part : {"a and ", "a or ", "not ", "a < ", "a + "}) {
    const std::string text = "module m\nnever n { everything where " + repeat(part, 50'000) + "a }\n";
    expect_fast([&] { EXPECT_THAT(ParsedText(text).told(), IsEmpty()) << part; });
  }
}

TEST(Limits, EmptyAndBlankFiles) {
  for (const std::string_view text : {"", "\n", " \t\r\n// only a comment", "///"}) {
    const ParsedText parsed{std::string(text)};
    EXPECT_THAT(parsed.told(), IsEmpty());
    expect_whole(parsed);
  }
}

TEST(Limits, EveryByteAloneIsAnswered) {
  for (int byte = 0; byte < 256; ++byte) expect_whole(ParsedText(std::string(3, static_cast<char>(byte))));
}

TEST(Threads, SeveralParseAtOnce) {
  const std::string text = "module m\n" + repeat("role r for Employee { may a.b where c == d  at foo }\n", 50);
  const std::vector<std::string> alone = ParsedText(text).told();
  std::vector<std::vector<std::string>> together(4);
  std::vector<std::thread> threads;
  for (auto& result : together) threads.emplace_back([&result, &text] { result = ParsedText(text).told(); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& result : together) EXPECT_EQ(result, alone);
}

}  // namespace
}  // namespace writ::parse
