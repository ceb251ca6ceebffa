// The time-zone table. Its library is seen by zones.cpp alone, and its exceptions die there.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/typed_ir/values.h"

namespace writ::check {

bool zone_exists(std::string_view zone);
std::vector<std::string> zone_names();
bool day_exists(int year, int month, int day);
/// The first instant whose local date is that day. Midnight may not exist (the clocks jump over it: then it is the jump) or come twice
/// (then it is the first). nullopt: no such zone or day.
std::optional<typed_ir::Instant> start_of_local_day(std::string_view zone, int year, int month, int day);
/// The start of the day after.
std::optional<typed_ir::Instant> end_of_local_day(std::string_view zone, int year, int month, int day);

}  // namespace writ::check
