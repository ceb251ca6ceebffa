#include "compiler/project/baseline.h"

#include <gmock/gmock.h>

namespace writ::project {
namespace {

using diagnostics::Code;
using diagnostics::Diagnostic;

constexpr Day kToday = 20'454;   // 2026-01-01

class BaselineTest : public testing::Test {
 protected:
  std::optional<Baseline> read(std::string text) { return read_baseline(sources_, sources_.add("accepted.toml", std::move(text)), kToday, sink_); }
  Diagnostic warning(const std::string& of, source::Range range = {}) {
    Diagnostic d;
    d.code = Code::fact_may_be_stale;
    d.range = range;
    d.args = {of, "rule"};
    return d;
  }
  Diagnostic verdict(const std::string& obligation) {
    Diagnostic d;
    d.code = Code::role_sod_refuted;
    d.args = {"role", "whatever the solver found"};
    d.subject = obligation;
    return d;
  }
  Acceptance entry(const Diagnostic& d, Day through) {
    Acceptance a = acceptance_of(d, sources_);
    a.through = through;
    a.because = "because";
    return a;
  }
  source::SourceSet sources_;
  diagnostics::Sink sink_;
};

TEST_F(BaselineTest, WhatIsPrintedIsRead) {
  const auto file = sources_.add("a b.writ", "x");
  Baseline written;
  written.entries = {entry(verdict("role-sod/r/P1.assignment"), kToday + 90), entry(warning("it is \"quoted\" \\ \n", {file, 0, 1}), kToday)};
  const auto read_back = read(print(written));
  ASSERT_TRUE(read_back);
  ASSERT_EQ(read_back->entries.size(), 2u);
  const Acceptance& first = read_back->entries[0];   // sorted by code
  EXPECT_EQ(first.code, Code::fact_may_be_stale);
  EXPECT_EQ(first.file, "a b.writ");
  EXPECT_EQ(first.what, written.entries[1].what);
  EXPECT_EQ(first.through, kToday);
  EXPECT_EQ(read_back->entries[1].what, "role-sod/r/P1.assignment");
  EXPECT_EQ(read_back->entries[1].file, "");
  EXPECT_EQ(print(*read_back), print(written));
}

TEST_F(BaselineTest, AnEntryAcceptsOneFindingThroughItsLastDay) {
  const Baseline baseline{{entry(verdict("o"), kToday)}};
  Sorted on_the_day = sort_out({verdict("o"), verdict("o"), verdict("p")}, baseline, kToday, sources_);
  EXPECT_EQ(on_the_day.accepted.size(), 1u);
  EXPECT_EQ(on_the_day.open.size(), 2u);
  EXPECT_TRUE(on_the_day.unused.empty());
  Sorted a_day_later = sort_out({verdict("o")}, baseline, kToday + 1, sources_);
  EXPECT_TRUE(a_day_later.accepted.empty());
  ASSERT_EQ(a_day_later.open.size(), 1u);
  EXPECT_THAT(a_day_later.open[0].notes, testing::ElementsAre(testing::HasSubstr("accepted through 2026-01-01, which is over")));
}

TEST_F(BaselineTest, ALongerAcceptanceTakesOverFromOneThatEnded) {
  const Baseline baseline{{entry(verdict("o"), kToday - 10), entry(verdict("o"), kToday + 10)}};
  EXPECT_EQ(sort_out({verdict("o")}, baseline, kToday, sources_).accepted.size(), 1u);
}

TEST_F(BaselineTest, LinesMayMoveAndFilesMayNot) {
  const auto file = sources_.add("a.writ", "xxxx"), other = sources_.add("b.writ", "xxxx");
  const Baseline baseline{{entry(warning("w", {file, 0, 1}), kToday)}};
  EXPECT_EQ(sort_out({warning("w", {file, 2, 3})}, baseline, kToday, sources_).accepted.size(), 1u);
  EXPECT_EQ(sort_out({warning("w", {other, 0, 1})}, baseline, kToday, sources_).accepted.size(), 0u);
}

TEST_F(BaselineTest, WhatAcceptsNothingIsNamedUntilItEnds) {
  const Baseline baseline{{entry(verdict("gone"), kToday), entry(verdict("ended"), kToday - 1)}};
  const Sorted sorted = sort_out({}, baseline, kToday, sources_);
  ASSERT_EQ(sorted.unused.size(), 1u);
  EXPECT_EQ(sorted.unused[0].what, "gone");
}

TEST_F(BaselineTest, OnlyWarningsAndVerdictsCanBeAccepted) {
  EXPECT_TRUE(can_be_accepted(Code::fact_may_be_stale));
  EXPECT_TRUE(can_be_accepted(Code::proof_undecided));
  EXPECT_FALSE(can_be_accepted(Code::unknown_name));
  EXPECT_FALSE(can_be_accepted(Code::expectation_failed));
  EXPECT_FALSE(can_be_accepted(Code::required_not_proved));
}

struct Refused {
  const char* what;
  const char* text;
  Code code;
};
class RefusedBaseline : public BaselineTest, public testing::WithParamInterface<Refused> {};

TEST_P(RefusedBaseline, IsToldWhereItStands) {
  EXPECT_FALSE(read(GetParam().text));
  ASSERT_GE(sink_.size(), 1u);
  EXPECT_EQ(sink_.peek().front().code, GetParam().code);
  EXPECT_TRUE(sink_.peek().front().range.valid());
}

#define WRIT_ENTRY(code, through) "[[accepted]]\ncode = \"" code "\"\nwhat = \"w\"\nbecause = \"b\"\nthrough = " through "\n"
INSTANTIATE_TEST_SUITE_P(Baselines, RefusedBaseline,
                         testing::Values(Refused{"not_toml", "[[accepted", Code::baseline_unusable},
                                         Refused{"no_list", "accepted = 1", Code::manifest_bad_value},
                                         Refused{"no_table", "accepted = [1]", Code::manifest_bad_value},
                                         Refused{"unknown_table", "acepted = []", Code::manifest_unknown_key},
                                         Refused{"unknown_key", "[[accepted]]\ncode = \"WRIT4008\"\nwhat = \"w\"\nbecause = \"b\"\nthrough = 2026-01-01\nuntil = 2026-01-01\n",
                                                 Code::manifest_unknown_key},
                                         Refused{"no_reason", "[[accepted]]\ncode = \"WRIT4008\"\nwhat = \"w\"\nthrough = 2026-01-01\n", Code::baseline_unusable},
                                         Refused{"no_end", "[[accepted]]\ncode = \"WRIT4008\"\nwhat = \"w\"\nbecause = \"b\"\n", Code::baseline_unusable},
                                         Refused{"syntax_error", WRIT_ENTRY("WRIT1001", "2026-01-01"), Code::manifest_bad_value},
                                         Refused{"no_code", WRIT_ENTRY("WRIT0", "2026-01-01"), Code::manifest_bad_value},
                                         Refused{"no_date", WRIT_ENTRY("WRIT4008", "\"2026-01-01\""), Code::manifest_bad_value},
                                         Refused{"sentinel", WRIT_ENTRY("WRIT4008", "9999-12-31"), Code::manifest_bad_value},
                                         Refused{"a_year_and_two_days", WRIT_ENTRY("WRIT4008", "2027-01-03"), Code::manifest_bad_value}),
                         [](const auto& refused) { return std::string(refused.param.what); });

TEST(Dates, AreReadStrictly) {
  EXPECT_EQ(read_date("2026-01-01"), kToday);
  EXPECT_EQ(date_text(kToday), "2026-01-01");
  EXPECT_EQ(read_date("2024-02-29"), 19'782);
  for (const char* wrong : {"", "2026-1-1", "2026-02-29", "2026-13-01", "2026/01/01", "2026-01-01T", "-026-01-01"}) EXPECT_FALSE(read_date(wrong)) << wrong;
}

}  // namespace
}  // namespace writ::project
