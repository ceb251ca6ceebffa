// The memory of one evaluation at a time; grows where a question needs more than the policy's ordinary ones. Internal to the room.
#pragma once

#include <memory>
#include <new>

#include "runtime/core/evaluate.h"

namespace writ::authzen {

struct Workspace {
  Workspace(const core::Policy& policy, std::size_t bytes)
      : size(bytes), memory(new (std::align_val_t{16}) std::byte[bytes]), scratch(policy, {memory.get(), bytes}) {}

  struct Free {
    void operator()(std::byte* p) const { ::operator delete[](p, std::align_val_t{16}); }
  };
  std::size_t size;
  std::unique_ptr<std::byte[], Free> memory;
  core::Scratch scratch;
};

/// Asks a question that answers with a status, again with twice the memory for as long as memory is what it lacks.
template <class Ask>
auto ask_with(const core::Policy& policy, std::unique_ptr<Workspace>& workspace, Ask question) {
  static constexpr std::size_t kLargest = std::size_t{1} << 28;
  auto answer = question(workspace->scratch);
  while (answer.status == core::Status::scratch_too_small && workspace->size <= kLargest) {
    workspace = std::make_unique<Workspace>(policy, 2 * workspace->size);
    answer = question(workspace->scratch);
  }
  return answer;
}

}  // namespace writ::authzen
