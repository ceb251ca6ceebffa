#include "compiler/check/zones.h"

#include <chrono>
#include <fstream>
#include <map>
#include <mutex>

// How Debian builds the library; without it the header lays out the table differently.
#define USE_OS_TZDB 1
#include <date/tz.h>

#include "compiler/check/check.h"

namespace writ::check {
namespace {

/// nullptr: unknown, or no table on this machine. The library loads and caches zones; looking one up by name is what costs.
const date::time_zone* locate(std::string_view zone) {
  static std::mutex mutex;
  static std::map<std::string, const date::time_zone*, std::less<>> found;
  const std::lock_guard lock(mutex);
  if (const auto known = found.find(zone); known != found.end()) return known->second;
  const date::time_zone* located = nullptr;
  try {
    located = date::locate_zone(std::string(zone));
  } catch (const std::exception&) {
    located = nullptr;
  }
  found.emplace(std::string(zone), located);
  return located;
}

std::optional<typed_ir::Instant> start_of(const date::time_zone& zone, date::local_days day) {
  try {
    // The first of two midnights; of a midnight that is jumped over, the jump.
    const auto start = zone.to_sys(day, date::choose::earliest);
    return std::chrono::duration_cast<std::chrono::milliseconds>(start.time_since_epoch()).count();
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::optional<date::local_days> local_day(int year, int month, int day) {
  if (!day_exists(year, month, day)) return std::nullopt;
  return date::local_days{date::year{year} / date::month{static_cast<unsigned>(month)} / date::day{static_cast<unsigned>(day)}};
}

}  // namespace

bool zone_exists(std::string_view zone) { return locate(zone) != nullptr; }

std::vector<std::string> zone_names() {
  std::vector<std::string> names;
  try {
    for (const date::time_zone& zone : date::get_tzdb().zones) names.push_back(zone.name());
  } catch (const std::exception&) {
    names.clear();
  }
  return names;
}

bool day_exists(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || day < 1) return false;
  return (date::year{year} / date::month{static_cast<unsigned>(month)} / date::day{static_cast<unsigned>(day)}).ok();
}

std::optional<typed_ir::Instant> start_of_local_day(std::string_view zone, int year, int month, int day) {
  const date::time_zone* located = locate(zone);
  const auto local = local_day(year, month, day);
  if (!located || !local) return std::nullopt;
  return start_of(*located, *local);
}

std::optional<typed_ir::Instant> end_of_local_day(std::string_view zone, int year, int month, int day) {
  const date::time_zone* located = locate(zone);
  const auto local = local_day(year, month, day);
  if (!located || !local) return std::nullopt;
  return start_of(*located, *local + date::days{1});
}

/// The library knows its version only where a file `+VERSION` says it; Debian's table carries it in the first line of tzdata.zi.
std::string time_zone_table_version() {
  static const std::string version = [] {
    std::ifstream table("/usr/share/zoneinfo/tzdata.zi");
    std::string hash, word, number;
    if (table >> hash >> word >> number && word == "version") return number;
    try {
      return date::get_tzdb().version;
    } catch (const std::exception&) {
      return std::string("none");
    }
  }();
  return version;
}

}  // namespace writ::check
