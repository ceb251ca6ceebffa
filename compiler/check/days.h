// Dates and instants of the author → instants in UTC, by the zone of the module they stand in.
#pragma once

#include "compiler/check/context.h"

namespace writ::check {

/// Half-open.
struct Interval {
  Instant from = typed_ir::kInstantMin;
  Instant until = typed_ir::kForever;
};

/// A date is the start of its day. nullopt after an error (no zone, no such day, outside 1970 to 2199).
std::optional<Instant> start_of(Context& context, const Site& site, const ast::DayAt& day);
/// `through`: the start of the next day.
std::optional<Instant> end_of(Context& context, const Site& site, const ast::DayAt& day);

enum class Ends : std::uint8_t { MayBeOpen, Required };
/// `from … through | until | for`. `until DATE` is an error (until_needs_instant), a sentinel end too (sentinel_date), and an end that
/// is not after the start (empty_period). Ends::Required: no end is an error (no_end).
std::optional<Interval> resolve_period(Context& context, const Site& site, const ast::Period& period, Ends ends);

std::optional<Instant> start_of_day(Context& context, const Site& site, const ast::DateLiteral& date, Range range);
std::optional<Instant> start_of_next_day(Context& context, const Site& site, const ast::DateLiteral& date, Range range);
/// Range check, and the warning about a bare offset.
std::optional<Instant> instant_of(Context& context, const Site& site, const ast::InstantLiteral& instant, Range range);

/// One day later or earlier in the calendar.
ast::DateLiteral day_beside(const ast::DateLiteral& date, int days);
/// `2026-03-31`
std::string date_text(const ast::DateLiteral& date);

/// `113d` of the time between two instants, although a clock was changed in between; exactly where that would hide that it is more
/// than `longest`.
std::string length_text(std::int64_t ms, std::int64_t longest);
/// `4h`, `14d`: the largest unit that says it exactly.
std::string duration_text(std::int64_t ms);

}  // namespace writ::check
