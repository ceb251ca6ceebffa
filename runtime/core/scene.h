// What the names of a condition stand for and when, the value of a term, and what one evaluation keeps of what it has judged. Internal.
#pragma once

#include "runtime/core/truth.h"

namespace writ::core {

/// A missing record is an unknown entity; `asked` is the instant at which freshness is judged. Never changed once something was judged in it.
struct Scene {
  const Record* principal = nullptr;
  const Record* resource = nullptr;
  const Record* context = nullptr;
  const Record* input = nullptr;
  std::span<const Argument> parameters;
  std::span<const Value* const> scopes;    ///< per joined dimension; of those that one field serves, the first
  Instant now = kNoInstant;
  Instant asked = kNoInstant;
  mutable std::uint32_t epoch = 0;         ///< of what was judged here; 0: nothing yet

  Scene of(const Record* somebody, std::span<const Argument> arguments = {}) const {
    Scene other = *this;
    other.principal = somebody;
    other.parameters = arguments;
    other.epoch = 0;
    return other;
  }
  Scene at(std::span<const Value* const> values) const {
    Scene other = *this;
    other.scopes = values;
    other.epoch = 0;
    return other;
  }
};

inline constexpr std::int64_t kScale = 10'000;
/// Numbers are n / 10,000^scale + now × (the instant); sets have `values`.
struct Result {
  State state = State::Unknown;
  bool complete = false;
  Why why = 0;
  Instant horizon = kForever;
  Value value;
  std::span<const Value> values;
  __int128 n = 0;
  std::int64_t now = 0;
  std::int32_t scale = 0;

  bool known() const { return state == State::Known; }
};
inline Instant earlier(const Result& a, const Result& b) { return std::min(a.horizon, b.horizon); }

/// Somebody on a path.
struct Person {
  Key key;
  const Record* record = nullptr;
};
/// 4.3: who answers for a path. `members` are its resolved principals; `effective` the humans, owners and the non-humans themselves.
struct Persons {
  std::span<const Person> members;
  std::span<const Person> effective;
  bool members_known = true;               ///< no hop is an account that nobody resolved
  bool complete = true;
  Why why = 0;
  Instant horizon = kForever;              ///< when a fact that names them goes stale, or becomes fresh

  /// There is somebody whom nobody knows.
  Judged somebody_else() const { return surely(truth_of(!complete), horizon); }
  /// There is a member whom nobody knows; an owner is none.
  Judged another_member() const { return surely(truth_of(!members_known)); }
};

struct LiftVerdict {
  Index lift = 0;
  Judged met, obtainable;                  ///< an ordinary lift: the same
};

/// One instance of one restriction (6.1).
struct Instance {
  Index of = 0;
  bool has_person = false, has_other = false, has_key = false;
  bool nobody_known = false;               ///< standing, somebody on the path whom nobody knows: no lift can select him
  Person person;
  Place place, other;                      ///< standing; across: the second side's
  std::string_view key;                    ///< object, people
  Judged rho;
  std::span<LiftVerdict> lifts;
  Judged open;                             ///< what it adds to R⁺
  Instance* next = nullptr;
};

/// What a condition came to in one scene, or an access for the present act.
struct Memo {
  std::uint32_t epoch = 0;
  Truth truth = Truth::Unknown;
  Why why = 0;
  Instant horizon = 0;
};
/// How many a scratch begins with.
inline std::size_t memos_of(const View& view) { return std::size_t{view.conds.count} + view.accesses.count; }

/// What somebody holds, or what he owns holds, judged live once (6.2).
struct Entry {
  const Held* held = nullptr;
  const Record* by = nullptr;
  Judged live;
};
struct Holder {
  Person person;
  std::span<const Entry> entries;
  bool owned_complete = true;
};
/// The values of a dimension that matter to somebody.
struct Values {
  Index dimension = kNone;
  bool open = false;
  std::uint32_t count = 0;
  std::span<const Value> named;            ///< open
  Value operator[](std::uint32_t i) const;
};

/// One grant of the act that is not false.
struct Verdict {
  Index grant = 0;
  Truth truth = Truth::Unknown;
  Verdict* next = nullptr;
};

/// Past acts on one key.
struct Past {
  const Event* event = nullptr;
  const Persons* persons = nullptr;
  Judged counts;
};

}  // namespace writ::core
