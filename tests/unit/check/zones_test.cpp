#include "compiler/check/zones.h"

#include "compiler/check/check.h"
#include "compiler/check/days.h"
#include "compiler/check/names.h"
#include "tests/unit/check/policy.h"

namespace writ::check {
namespace {

constexpr std::int64_t kHour = 3'600'000;

TEST(Zones, are_known_by_their_names) {
  EXPECT_TRUE(zone_exists("Europe/Amsterdam"));
  EXPECT_FALSE(zone_exists("Europe/Amsterdan"));
  EXPECT_THAT(zone_names(), testing::Contains("Asia/Singapore"));
  EXPECT_NE(time_zone_table_version(), "none");
  EXPECT_NE(time_zone_table_version(), "unknown");
}

TEST(Zones, a_day_starts_at_local_midnight) {
  EXPECT_EQ(start_of_local_day("UTC", 1970, 1, 2), 24 * kHour);
  EXPECT_EQ(start_of_local_day("Asia/Singapore", 1970, 1, 2).value(), 24 * kHour - 27'000'000);
  EXPECT_EQ(start_of_local_day("Nowhere", 2026, 1, 1), std::nullopt);
  EXPECT_EQ(start_of_local_day("UTC", 2026, 2, 30), std::nullopt);
}

TEST(Zones, a_day_with_a_changed_clock_is_23_or_25_hours_long) {
  const auto length = [](int month, int day) {
    return *end_of_local_day("Europe/Amsterdam", 2026, month, day) - *start_of_local_day("Europe/Amsterdam", 2026, month, day);
  };
  EXPECT_EQ(length(3, 28), 24 * kHour);
  EXPECT_EQ(length(3, 29), 23 * kHour);
  EXPECT_EQ(length(10, 25), 25 * kHour);
}

TEST(Zones, a_midnight_that_is_jumped_over_is_the_jump) {
  // 2018-11-04 in Sao Paulo: 00:00 became 01:00, at 03:00Z.
  const auto start = start_of_local_day("America/Sao_Paulo", 2018, 11, 4);
  EXPECT_EQ(start, end_of_local_day("America/Sao_Paulo", 2018, 11, 3));
  EXPECT_EQ(*end_of_local_day("America/Sao_Paulo", 2018, 11, 4) - *start, 23 * kHour);
}

TEST(Zones, of_two_midnights_the_first_counts) {
  // 2018-02-18 in Sao Paulo: at 00:00 the clock went back to 23:00 of the 17th; 17 February has 25 hours.
  EXPECT_EQ(*end_of_local_day("America/Sao_Paulo", 2018, 2, 17) - *start_of_local_day("America/Sao_Paulo", 2018, 2, 17), 25 * kHour);
  // 2012-11-04 in Havana: 00:00 comes twice; the day is 25 hours long.
  EXPECT_EQ(*end_of_local_day("America/Havana", 2012, 11, 4) - *start_of_local_day("America/Havana", 2012, 11, 4), 25 * kHour);
}

TEST(Periods, whose_end_is_required_have_one) {
  const auto policy = parse_policy({kFirm});
  const Options options{"test", "1", true};
  diagnostics::Sink sink;
  Context context(options, sink);
  Input input;
  input.files = policy->pointers();
  declare(context, input);
  const Site site{input.files[0], ModuleId{0}, false};
  ast::Period period;
  period.from = ast::DayAt{ast::DateLiteral{2026, 1, 1}, {}};
  EXPECT_EQ(resolve_period(context, site, period, Ends::MayBeOpen)->until, typed_ir::kForever);
  EXPECT_FALSE(resolve_period(context, site, period, Ends::Required));
  ASSERT_EQ(sink.size(), 1u);
  EXPECT_EQ(sink.peek()[0].code, diagnostics::Code::no_end);
  period.for_duration = ast::Duration{3 * 86'400'000, {}};
  const auto bounded = resolve_period(context, site, period, Ends::Required);
  ASSERT_TRUE(bounded);
  EXPECT_EQ(bounded->until - bounded->from, 3 * 86'400'000);
}

}  // namespace
}  // namespace writ::check
