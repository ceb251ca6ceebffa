#include "runtime/core/evaluation.h"

namespace writ::core {
namespace {

std::size_t memo_bytes(const Policy& policy) { return (memos_of(*policy.view) * sizeof(Memo) + 15) / 16 * 16; }

std::span<std::byte> rest_of(std::span<std::byte> memory, std::size_t used) { return memory.size() < used ? std::span<std::byte>{} : memory.subspan(used); }

bool aligned(std::span<std::byte> memory) { return reinterpret_cast<std::uintptr_t>(memory.data()) % 16 == 0; }

}  // namespace

Evaluation::Evaluation(const Policy& policy, const Request& request, Scratch& scratch, Tell tell)
    : policy_(policy), view_(*policy.view), request_(request), scratch_(scratch), arena_(rest_of(scratch.memory_, memo_bytes(policy))),
      leaves_(arena_, tell == Tell::Everything), r_any_(leaves_), r_plus_any_(leaves_), findings_(arena_) {
  if (scratch.memory_.size() < memo_bytes(policy) || !aligned(scratch.memory_)) {
    status_ = Status::scratch_too_small;
    return;
  }
  const std::span<Memo> memos(reinterpret_cast<Memo*>(scratch.memory_.data()), memos_of(view_));
  memo_ = memos.first(view_.conds.count);
  acts_ = memos.subspan(view_.conds.count);
  // Epochs would begin anew, and what was judged four thousand million scenes ago would be believed.
  if (scratch_.epoch_ > UINT32_MAX / 2) {
    for (Memo& memo : memos) memo = {};
    scratch_.epoch_ = 0;
  }
  status_ = check();
  if (status_ != Status::ok) return;
  now_ = present();
  act_epoch_ = fresh_epoch();
}

/// Ids that are followed without another look, and the order that find() counts on.
Status Evaluation::check() const {
  const layout::Manifest& m = *view_.manifest;
  if (request_.time != kNoInstant && request_.time < m.not_before) return Status::not_yet_valid;
  if (request_.time != kNoInstant && request_.time >= m.not_after) return Status::expired;
  if (request_.refused != Refused::No) return Status::ok;
  const std::size_t n = request_.entities.size();
  if (request_.action >= view_.actions.count || request_.subject >= n || (request_.resource != kNone && request_.resource >= n)) return Status::bad_request;
  for (std::size_t i = 0; i < n; ++i) {
    const Record& r = request_.entities[i];
    if (r.type >= view_.entities.count) return Status::bad_request;
    for (const Held& held : r.held.roles)
      if (held.role >= view_.roles.count) return Status::bad_request;
    if (i == 0) continue;
    const Record& before = request_.entities[i - 1];
    if (before.type > r.type || (before.type == r.type && before.id >= r.id)) return Status::bad_request;
  }
  return Status::ok;
}

const Record* Evaluation::find(const Key& key) const {
  const std::span<const Record> all = request_.entities;
  std::size_t low = 0, high = all.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const Record& r = all[middle];
    if (r.type == key.type && r.id == key.id) return &r;
    if (r.type < key.type || (r.type == key.type && r.id < key.id)) low = middle + 1;
    else high = middle;
  }
  return nullptr;
}

bool Evaluation::human(Index type) const {
  return type < view_.entities.count && view_.entities[type].kind == static_cast<std::uint32_t>(layout::EntityKind::Human);
}

Why Evaluation::dimension_leaf(Index dimension) {
  if (dimension >= view_.enums.count) return word(Word::scope, Reason::not_supplied);
  return leaves_.of(UnknownFact{UnknownFact::Kind::Dimension, Reason::not_supplied, dimension, {}}, Reason::not_supplied);
}

Judged Evaluation::before(Instant now, Instant t) {
  if (now == kNoInstant) return unknown_word(Word::context_time, Reason::not_supplied);
  return now < t ? surely(Truth::True, t) : surely(Truth::False);
}

Scene Evaluation::present() const {
  Scene scene;
  if (request_.refused != Refused::No) return scene;
  scene.principal = &request_.entities[request_.subject];
  scene.resource = request_.resource == kNone ? nullptr : &request_.entities[request_.resource];
  scene.context = &request_.context;
  scene.input = request_.input.type == kNone ? nullptr : &request_.input;
  scene.now = scene.asked = request_.time;
  return scene;
}

Evaluated evaluate(const Policy& policy, const Request& request, Scratch& scratch, Tell tell) { return Evaluation(policy, request, scratch, tell).perform(); }

TermValue term_value(const Policy& policy, const Request& request, Scratch& scratch, Index term) {
  return Evaluation(policy, request, scratch, Tell::Outcome).value_of(term);
}

Requesters requesters(const Policy& policy, const Request& request, Scratch& scratch) {
  return Evaluation(policy, request, scratch, Tell::Outcome).who_asks();
}

}  // namespace writ::core
