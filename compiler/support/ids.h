// Typed ids into value stores. An id is a 32-bit index that only its own store can resolve, so that symbols, terms, kernel forms and
// IR nodes are copied, compared and hashed as plain numbers and never dangle. `Store<Id, T>` hands ids out in order and never
// removes; iteration order is creation order, hence deterministic. Not thread-safe for writing; any number of readers.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "compiler/support/check.h"

namespace writ::support {

template <class Tag>
struct Id {
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  std::uint32_t index = kNone;

  constexpr bool valid() const { return index != kNone; }
  constexpr explicit operator bool() const { return valid(); }
  friend constexpr auto operator<=>(Id, Id) = default;
};

template <class IdType, class T>
class Store {
 public:
  IdType add(T value) {
    items_.push_back(std::move(value));
    return IdType{static_cast<std::uint32_t>(items_.size() - 1)};
  }
  const T& operator[](IdType id) const {
    WRIT_CHECK(id.index < items_.size(), "id outside its store");
    return items_[id.index];
  }
  T& operator[](IdType id) {
    WRIT_CHECK(id.index < items_.size(), "id outside its store");
    return items_[id.index];
  }
  std::size_t size() const { return items_.size(); }
  bool empty() const { return items_.empty(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  auto begin() { return items_.begin(); }
  auto end() { return items_.end(); }
  std::vector<IdType> ids() const {
    std::vector<IdType> all;
    all.reserve(items_.size());
    for (std::uint32_t i = 0; i < items_.size(); ++i) all.push_back(IdType{i});
    return all;
  }

 private:
  std::vector<T> items_;
};

}  // namespace writ::support

template <class Tag>
struct std::hash<writ::support::Id<Tag>> {
  std::size_t operator()(writ::support::Id<Tag> id) const noexcept { return id.index; }
};
