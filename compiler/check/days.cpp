#include "compiler/check/days.h"

#include <chrono>

#include <fmt/format.h>

#include "compiler/check/zones.h"
#include "compiler/support/overloaded.h"

namespace writ::check {
namespace {

constexpr std::int64_t kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr int kSentinelYear = 2199;

/// The zone of the place's module; reported once per module where there is none.
const std::string* zone_of(Context& context, const Site& site, Range range) {
  Module& module = context.modules[site.module];
  if (!module.zone.empty()) return &module.zone;
  if (!module.zone_reported) context.report(Code::no_zone, range, {module.name});
  module.zone_reported = true;
  return nullptr;
}

bool in_range(Instant instant) { return instant >= typed_ir::kInstantMin && instant < typed_ir::kInstantEnd; }

using DayStart = std::optional<Instant> (*)(std::string_view, int, int, int);
std::optional<Instant> resolve_day(Context& context, const Site& site, const ast::DateLiteral& date, Range range, DayStart bound) {
  // Days that the calendar does not have are refused when the text becomes a date; none gets here.
  if (date.year < 1970 || date.year > 2199 || !day_exists(date.year, date.month, date.day)) {
    context.report(Code::instant_out_of_range, range, {date_text(date)});
    return std::nullopt;
  }
  const std::string* zone = zone_of(context, site, range);
  if (!zone) return std::nullopt;
  auto start = bound(*zone, date.year, date.month, date.day);
  // Near 1970 east of Greenwich the day starts before the first instant there is; it is that instant.
  if (start) start = std::max(*start, typed_ir::kInstantMin);
  return start;
}

bool is_sentinel(const ast::Day& day) {
  return std::visit(support::Overloaded{[](const ast::DateLiteral& d) { return d.year >= kSentinelYear; },
                                        [](const ast::InstantLiteral& i) { return i.ms >= typed_ir::kInstantEnd - 365 * kDay; }},
                    day);
}

bool reject_sentinel(Context& context, const ast::DayAt& day) {
  if (!is_sentinel(day.day)) return false;
  context.report(Code::sentinel_date, day.range).with_note("write the day on which it really ends, and renew it if it must last longer");
  return true;
}

struct End {
  std::optional<Instant> at;
  Range range;
  bool failed = false;
};

End until_of(Context& context, const Site& site, const ast::Period& period) {
  const ast::DayAt& until = *period.until;
  if (const auto* date = std::get_if<ast::DateLiteral>(&until.day)) {
    auto& message = context.report(Code::until_needs_instant, until.range, {"until"});
    message.with_note(fmt::format("`through {}` includes the day", date_text(*date)));
    if (!period.from) return {std::nullopt, until.range, true};
    for (const auto& [day, is_in] : {std::pair{*date, "in"}, std::pair{day_beside(*date, -1), "out"}}) {
      const std::string through = "through " + date_text(day);
      const Range end = {until.range.file, period.from->range.end, until.range.end};
      message.with_fix(fmt::format("write `{}`: {} is {}", through, date_text(*date), is_in), {{end, " " + through}});
    }
    return {std::nullopt, until.range, true};
  }
  if (reject_sentinel(context, until)) return {std::nullopt, until.range, true};
  const auto at = start_of(context, site, until);
  return {at, until.range, !at};
}

End end_of_period(Context& context, const Site& site, const ast::Period& period, std::optional<Instant> from) {
  if (period.through) {
    if (reject_sentinel(context, *period.through)) return {std::nullopt, period.through->range, true};
    const auto at = end_of(context, site, *period.through);
    return {at, period.through->range, !at};
  }
  if (period.until) return until_of(context, site, period);
  if (period.for_duration) {
    if (!from) return {std::nullopt, period.for_duration->range, true};
    return {*from + period.for_duration->ms, period.for_duration->range, false};
  }
  return {};
}

}  // namespace

std::optional<Instant> start_of_day(Context& context, const Site& site, const ast::DateLiteral& date, Range range) {
  return resolve_day(context, site, date, range, start_of_local_day);
}

std::optional<Instant> start_of_next_day(Context& context, const Site& site, const ast::DateLiteral& date, Range range) {
  return resolve_day(context, site, date, range, end_of_local_day);
}

std::optional<Instant> instant_of(Context& context, const Site& site, const ast::InstantLiteral& instant, Range range) {
  if (!in_range(instant.ms)) {
    context.report(Code::instant_out_of_range, range, {"this instant"});
    return std::nullopt;
  }
  if (instant.bare_offset && !site.in_test) context.report(Code::bare_offset, range);
  return instant.ms;
}

std::optional<Instant> start_of(Context& context, const Site& site, const ast::DayAt& day) {
  return std::visit(
      support::Overloaded{[&](const ast::DateLiteral& d) { return start_of_day(context, site, d, day.range); },
                          [&](const ast::InstantLiteral& i) { return instant_of(context, site, i, day.range); }},
      day.day);
}

std::optional<Instant> end_of(Context& context, const Site& site, const ast::DayAt& day) {
  return std::visit(
      support::Overloaded{[&](const ast::DateLiteral& d) { return start_of_next_day(context, site, d, day.range); },
                          [&](const ast::InstantLiteral& i) { return instant_of(context, site, i, day.range); }},
      day.day);
}

std::optional<Interval> resolve_period(Context& context, const Site& site, const ast::Period& period, Ends ends) {
  std::optional<Instant> from;
  if (period.from) from = start_of(context, site, *period.from);
  const End end = end_of_period(context, site, period, from);
  if (end.failed || (period.from && !from)) return std::nullopt;
  if (!end.at && ends == Ends::Required) {
    context.report(Code::no_end, period.range);
    return std::nullopt;
  }
  Interval interval{from.value_or(typed_ir::kInstantMin), end.at.value_or(typed_ir::kForever)};
  if (interval.until > interval.from) return interval;
  auto& message = context.report(Code::empty_period, end.range);
  if (period.from) message.with_label(period.from->range, "starts here");
  return std::nullopt;
}

ast::DateLiteral day_beside(const ast::DateLiteral& date, int days) {
  using namespace std::chrono;
  const year_month_day found = sys_days(year(date.year) / month(static_cast<unsigned>(date.month)) / day(static_cast<unsigned>(date.day))) + std::chrono::days(days);
  return {static_cast<int>(found.year()), static_cast<int>(static_cast<unsigned>(found.month())), static_cast<int>(static_cast<unsigned>(found.day()))};
}

std::string date_text(const ast::DateLiteral& date) { return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day); }

std::string length_text(std::int64_t ms, std::int64_t longest) {
  const std::int64_t days = (ms + kDay / 2) / kDay;
  const std::int64_t off = ms - days * kDay;
  const bool clock_changed = off != 0 && off >= -kHour && off <= kHour && days * kDay > longest;
  return clock_changed ? fmt::format("{}d", days) : duration_text(ms);
}

std::string duration_text(std::int64_t ms) {
  if (ms % kDay == 0) return fmt::format("{}d", ms / kDay);
  if (ms % kHour == 0) return fmt::format("{}h", ms / kHour);
  if (ms % kMinute == 0) return fmt::format("{}min", ms / kMinute);
  if (ms % kSecond == 0) return fmt::format("{}s", ms / kSecond);
  return fmt::format("{}ms", ms);
}

}  // namespace writ::check
