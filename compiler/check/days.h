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

/// `4h`, `14d`: the largest unit that says it exactly.
std::string duration_text(std::int64_t ms);

}  // namespace writ::check
