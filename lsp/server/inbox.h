// What waits for the server: messages in the order they came, events of the proof lane. A `$/cancelRequest` takes effect here, on a request that
// still waits; the server asks whether a change waits, to give up work that it would overtake. Any number of threads may post, one takes.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <variant>

#include "lsp/server/proof_lane.h"

namespace writ::lsp {

/// A request whose client wants no answer any more.
struct CancelledRequest {
  Json request;
};
using Mail = std::variant<Incoming, CancelledRequest, ProofEvent>;

class Inbox {
 public:
  void post(Incoming incoming);
  void post(ProofEvent event);

  std::optional<Mail> try_take();
  Mail wait_and_take();
  /// Whether a message waits that changes a text or a file.
  bool change_waits() const;

 private:
  std::optional<Mail> take_locked();

  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<Mail> mail_;
};

/// Does the message change what the policy is?
bool is_change(const Incoming& incoming);

}  // namespace writ::lsp
