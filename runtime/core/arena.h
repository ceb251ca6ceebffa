// The memory of one evaluation: data grows up and is given back at marks, facts to blame grow down and stay. It never throws and never
// crashes: once it is full, `full()` says so and the evaluation answers nothing. Internal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <span>
#include <type_traits>

namespace writ::core {

class Arena {
 public:
  explicit Arena(std::span<std::byte> memory) : begin_(memory.data()), end_(memory.data() + memory.size() / 16 * 16), top_(end_) {}

  bool full() const { return full_; }

  /// Room for n values; empty if there is none.
  template <class T>
  std::span<T> room(std::size_t n) {
    static_assert(std::is_trivially_destructible_v<T> && alignof(T) <= 16);
    std::byte* at = aligned(begin_);
    if (n > static_cast<std::size_t>(top_ - begin_) / sizeof(T) || at + n * sizeof(T) > top_) {
      full_ = true;
      return {};
    }
    begin_ = at + n * sizeof(T);
    return {reinterpret_cast<T*>(at), n};
  }
  /// n values.
  template <class T>
  std::span<T> take(std::size_t n) {
    const std::span<T> values = room<T>(n);
    for (T& value : values) new (&value) T();
    return values;
  }
  template <class T>
  T* one() {
    const std::span<T> taken = take<T>(1);
    return taken.empty() ? nullptr : taken.data();
  }

  std::byte* mark() const { return begin_; }
  void release(std::byte* mark) { begin_ = mark; }

  /// The first node below which nodes that grow down are counted.
  template <class T>
  T* top() const { return reinterpret_cast<T*>(end_); }
  bool grow_down(std::size_t bytes) {
    if (static_cast<std::size_t>(top_ - begin_) < bytes + 16) {
      full_ = true;
      return false;
    }
    top_ -= bytes;
    return true;
  }

 private:
  static std::byte* aligned(std::byte* p) {
    const auto address = reinterpret_cast<std::uintptr_t>(p);
    return p + ((16 - address % 16) % 16);
  }

  std::byte* begin_;
  std::byte* end_;
  std::byte* top_;
  bool full_ = false;
};

/// A list that grows at the arena's end; if something else has been taken since, it moves there.
template <class T>
class List {
 public:
  explicit List(Arena& arena) : arena_(arena) {}
  void push(const T& value) {
    if (count_ == room_) grow();
    if (count_ < room_) new (data_ + count_++) T(value);
  }
  void pop() { --count_; }
  std::span<T> get() const { return {data_, count_}; }
  std::size_t size() const { return count_; }

 private:
  void grow() {
    const std::span<T> more = arena_.template room<T>(room_ == 0 ? 4 : 2 * room_);
    if (more.empty()) return;
    for (std::size_t i = 0; i < count_; ++i) new (&more[i]) T(data_[i]);
    data_ = more.data();
    room_ = more.size();
  }

  Arena& arena_;
  T* data_ = nullptr;
  std::size_t count_ = 0, room_ = 0;
};

}  // namespace writ::core
