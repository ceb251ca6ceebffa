#include "lsp/server/inbox.h"

#include <algorithm>

#include "lsp/server/params.h"

namespace writ::lsp {
namespace {

std::string method_of(const Incoming& incoming) {
  const Json* method = incoming.kind == Incoming::Kind::Message ? find_member(incoming.message, {"method"}) : nullptr;
  return method != nullptr && method->is_string() ? method->get<std::string>() : "";
}

}  // namespace

bool is_change(const Incoming& incoming) {
  const std::string method = method_of(incoming);
  return method == "textDocument/didOpen" || method == "textDocument/didChange" || method == "textDocument/didClose" || method == "workspace/didChangeWatchedFiles";
}

void Inbox::post(Incoming incoming) {
  const std::lock_guard lock(mutex_);
  if (method_of(incoming) == "$/cancelRequest") {
    const Json* id = find_member(incoming.message, {"params", "id"});
    for (Mail& waiting : mail_) {
      auto* request = std::get_if<Incoming>(&waiting);
      const Json* own = request == nullptr ? nullptr : find_member(request->message, {"id"});
      if (id == nullptr || own == nullptr || *own != *id || method_of(*request).empty()) continue;
      waiting = CancelledRequest{std::move(request->message)};
      break;
    }
    return;
  }
  mail_.emplace_back(std::move(incoming));
  filled_.notify_one();
}

void Inbox::post(ProofEvent event) {
  const std::lock_guard lock(mutex_);
  mail_.emplace_back(std::move(event));
  filled_.notify_one();
}

std::optional<Mail> Inbox::take_locked() {
  if (mail_.empty()) return std::nullopt;
  Mail first = std::move(mail_.front());
  mail_.pop_front();
  return first;
}

std::optional<Mail> Inbox::try_take() {
  const std::lock_guard lock(mutex_);
  return take_locked();
}

Mail Inbox::wait_and_take() {
  std::unique_lock lock(mutex_);
  filled_.wait(lock, [this] { return !mail_.empty(); });
  return *take_locked();
}

bool Inbox::change_waits() const {
  const std::lock_guard lock(mutex_);
  return std::any_of(mail_.begin(), mail_.end(), [](const Mail& mail) {
    const auto* incoming = std::get_if<Incoming>(&mail);
    return incoming != nullptr && is_change(*incoming);
  });
}

}  // namespace writ::lsp
