#include "runtime/authzen/holder.h"

namespace writ::authzen {

bool in_window(const Policy& policy, Instant now) { return now == core::kNoInstant || (now >= policy.not_before() && now < policy.not_after()); }

tl::expected<void, LoadError> Holder::load_unsigned(std::string_view bytes, Instant now) {
  auto policy = Policy::load(bytes);
  if (!policy) return tl::unexpected(std::move(policy.error()));
  if (!in_window(**policy, now)) return tl::unexpected(LoadError{"outside_window", "the bundle does not hold at this time"});
  policy_.store(std::move(*policy), std::memory_order_release);
  return {};
}

}  // namespace writ::authzen
