// What a bound request points into: lists are copied here and stay where they are until the object goes. One thread.
#pragma once

#include <cstring>
#include <memory_resource>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace writ::authzen {

class Memory {
 public:
  template <class T>
  std::span<T> keep(const std::vector<T>& list) {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);
    if (list.empty()) return {};
    T* at = static_cast<T*>(resource_.allocate(list.size() * sizeof(T), alignof(T)));
    std::memcpy(static_cast<void*>(at), list.data(), list.size() * sizeof(T));
    return {at, list.size()};
  }

 private:
  std::pmr::monotonic_buffer_resource resource_;
};

}  // namespace writ::authzen
