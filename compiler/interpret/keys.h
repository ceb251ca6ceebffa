// The keys of an act (6.6) and the count of people behind a set of steps (6.8).
#pragma once

#include "compiler/interpret/lifts.h"

namespace writ::interpret {

struct Keys {
  std::vector<std::string> ids;
  bool complete = true;                    ///< false: there may be others
  Leaves leaves;
  Instant horizon = kForever;              ///< when what names them goes stale, or becomes fresh
};
/// Empty and complete where the rule does not bind the present act.
Keys keys_of_act(const World& world, const kernel::Restriction& rule, const Scene& scene);

/// c + m < n in three values: c, the fewest people who between them did every step done; m, the steps not yet done.
class PeopleCount {
 public:
  explicit PeopleCount(std::size_t steps) : steps_(steps) {}

  /// An act of step `step`; not `certain`: it may not count, or somebody unknown may have done it.
  void did(std::size_t step, const std::vector<Key>& persons, bool certain);
  static bool shared(const World& world, const std::vector<Key>& persons);

  enum class Whole : std::uint8_t { No, Yes };
  Truth fewer_than(std::uint32_t n, Whole history) const;

 private:
  struct Act { std::size_t step; std::vector<Key> persons; bool certain; };
  std::size_t fewest(const std::vector<Act>& acts, std::size_t& undone) const;

  std::size_t steps_;
  std::vector<Act> acts_;
};

}  // namespace writ::interpret
