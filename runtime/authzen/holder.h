// One bundle at a time, swapped while others decide: a decision in flight keeps the policy that it began with, a bundle that is refused changes
// nothing. Any number of threads.
#pragma once

#include <atomic>
#include <optional>

#include "runtime/authzen/policy.h"

namespace writ::authzen {

class Holder {
 public:
  /// `now` in milliseconds UTC; core::kNoInstant: the caller has no clock, and the window is held against the requests alone.
  tl::expected<void, LoadError> load_unsigned(std::string_view bytes, Instant now);

  /// nullptr before the first load.
  std::shared_ptr<const Policy> current() const { return policy_.load(std::memory_order_acquire); }

 private:
  std::atomic<std::shared_ptr<const Policy>> policy_;
};

/// Why the bundle does not hold at `now` (not_yet_valid, expired); nullopt if it does, or without a clock.
std::optional<LoadError> outside_window(const Policy& policy, Instant now);

}  // namespace writ::authzen
