#include "runtime/authzen/holder.h"

namespace writ::authzen {

std::optional<LoadError> outside_window(const Policy& policy, Instant now) {
  if (now == core::kNoInstant) return std::nullopt;
  if (now < policy.not_before()) return LoadError{"not_yet_valid", "the bundle does not hold before " + explain::instant(policy.not_before())};
  if (now >= policy.not_after()) return LoadError{"expired", "the bundle holds no longer since " + explain::instant(policy.not_after())};
  return std::nullopt;
}

tl::expected<void, LoadError> Holder::load_unsigned(std::string_view bytes, Instant now) {
  auto policy = Policy::load(bytes);
  if (!policy) return tl::unexpected(std::move(policy.error()));
  if (auto outside = outside_window(**policy, now)) return tl::unexpected(std::move(*outside));
  policy_.store(std::move(*policy), std::memory_order_release);
  return {};
}

}  // namespace writ::authzen
