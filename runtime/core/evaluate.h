// The decision core: a validated bundle and a bound request in, a decision out. No heap, no exceptions, no clock, no English; whatever it
// does not know is unknown and never widens. Bounded: conditions and terms are judged once per scene, depth is limited at load, lists are
// walked once per rule that the action reaches.
//
// Cost of one decision: held roles × the action's grants of those roles (found by hash, however many roles there are), plus the rules that
// the action reaches. An incomplete `held` and the nearest misses of a refusal look at all grants of the action.
//
// A Policy may be read from any number of threads; a Scratch belongs to one thread at a time and to the policy that it was made for.
#pragma once

#include <cstddef>
#include <span>

#include "runtime/core/decision.h"
#include "runtime/core/request.h"
#include "runtime/validate/validate.h"

namespace writ::core {

using runtime::View;

/// Why a bundle that is sound is not one that this core decides with.
enum class Unfit : std::uint8_t {
  none,
  memory_too_small,
  nesting_too_deep,                        ///< a term or condition nested deeper than kMaxDepth
  too_many_sides,                          ///< a rule about people with more steps than kMaxPeopleSides
  chain_empty,                             ///< a chain that nobody need fill, or nobody can
  chain_too_wide                           ///< a chain that can be filled in more ways than kMaxWays, or by more than kMaxPeopleOfChain
};
inline constexpr std::uint32_t kMaxDepth = 192;
inline constexpr std::uint32_t kMaxPeopleSides = 16;
inline constexpr std::uint32_t kMaxWays = 256;
inline constexpr std::uint32_t kMaxPeopleOfChain = 32;
inline constexpr std::uint64_t kMaxWork = 50'000'000;

/// Which grants of an action belong to one role: [first, first + count) of the action's list.
struct RoleGrants {
  Index action = kNone;
  Index role = kNone;
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

/// In how many ways parties can be filled, by how many people at most, and how deep they nest.
struct Filling {
  std::uint32_t ways = 0, people = 0, depth = 0;
};

/// A bundle with its index. View and memory must outlive it.
struct Policy {
  const View* view = nullptr;
  std::span<const RoleGrants> table;       ///< open addressing, a power of two
  std::span<const Filling> parties, chains;
};
struct Loaded {
  Unfit unfit = Unfit::none;
  Policy policy;
};
/// How much memory load() needs (aligned to 8).
std::size_t policy_bytes(const View& view);
Loaded load(const View& view, std::span<std::byte> memory);

/// Memory of one evaluation at a time: what was judged, and what the decision points into.
class Scratch {
 public:
  /// `memory` is aligned to 16 and at least scratch_bytes() long, or evaluate answers scratch_too_small.
  Scratch(const Policy& policy, std::span<std::byte> memory);

 private:
  friend class Evaluation;
  std::span<std::byte> memory_;
  std::uint32_t epoch_ = 0;
};
/// Enough for every prepared request with some hundred facts and events; a larger one may answer scratch_too_small: double and ask again.
std::size_t scratch_bytes(const Policy& policy);

enum class Tell : std::uint8_t { Outcome, Everything };

enum class Status : std::uint8_t {
  ok,
  scratch_too_small,                       ///< no decision
  too_costly,                              ///< no decision: more than kMaxWork steps
  bad_request,                             ///< no decision: ids outside the bundle, entities not sorted
  not_yet_valid,                           ///< no decision: context.time lies before the bundle's not_before
  expired                                  ///< no decision: context.time is the bundle's not_after, or later
};
struct Evaluated {
  Status status = Status::bad_request;
  Decision decision;                       ///< meaningful only if ok
};
/// `perform` (semantics.md 11.3).
Evaluated evaluate(const Policy& policy, const Request& request, Scratch& scratch, Tell tell = Tell::Everything);

}  // namespace writ::core
