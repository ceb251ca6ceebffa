// A generated policy as a loader meets it: bytes, a view, an index, and memory to decide in. Knows nothing of the compiler.
#pragma once

#include <cstring>
#include <string>
#include <vector>

#include "compiler/support/check.h"
#include "runtime/core/evaluate.h"

namespace writ::bench {

class Bundled {
 public:
  explicit Bundled(const std::string& bytes) : words_(bytes.size() / 8 + 1) {
    std::memcpy(words_.data(), bytes.data(), bytes.size());
    validation_ = runtime::validate(words_.data(), bytes.size());
    WRIT_CHECK(validation_.accepted(), "a bundle of the compiler's that the validator accepts");
    index_.resize(core::policy_bytes(view()) / 8 + 1);
    loaded_ = core::load(view(), std::as_writable_bytes(std::span(index_)));
    WRIT_CHECK(loaded_.unfit == core::Unfit::none, "a bundle that the core decides with");
    memory_.resize(core::scratch_bytes(policy()) / sizeof(Word) + 1);
  }

  const runtime::View& view() const { return validation_.view; }
  const core::Policy& policy() const { return loaded_.policy; }
  std::size_t index_bytes() const { return index_.size() * 8; }
  std::span<std::byte> memory() { return std::as_writable_bytes(std::span(memory_)); }

  core::Index role(std::string_view local) const {
    for (core::Index i = 0; i < view().roles.count; ++i) if (view().text(view().roles[i].local) == local) return i;
    WRIT_CHECK(false, "a role of the generated policy");
    return 0;
  }
  core::Index action(std::string_view name) const {
    for (core::Index i = 0; i < view().actions.count; ++i) if (view().text(view().actions[i].name) == name) return i;
    WRIT_CHECK(false, "an action of the generated policy");
    return 0;
  }
  core::Index entity(std::string_view local) const {
    for (core::Index i = 0; i < view().entities.count; ++i) if (view().text(view().entities[i].local) == local) return i;
    return core::kNone;
  }
  core::Index offset(core::Index entity, std::string_view attribute) const {
    const layout::Entity& e = view().entities[entity];
    for (core::Index a = 0; a < e.attribute_count; ++a) if (view().text(view().attributes[e.first_attribute + a].name) == attribute) return a;
    WRIT_CHECK(false, "an attribute of the generated policy");
    return 0;
  }

 private:
  struct alignas(16) Word { std::uint64_t a = 0, b = 0; };

  std::vector<std::uint64_t> words_, index_;
  runtime::Validation validation_;
  core::Loaded loaded_;
  std::vector<Word> memory_;
};

/// crowd_request(roles), bound once: ada holds the middle role and enters an invoice.
class CrowdRequest {
 public:
  CrowdRequest(const Bundled& bundle, std::size_t roles) {
    const core::Index employee = bundle.entity("Employee"), invoice = bundle.entity("Invoice");
    person_.resize(bundle.view().entities[employee].attribute_count);
    object_.resize(bundle.view().entities[invoice].attribute_count);
    person_[bundle.offset(employee, "manager")].state = core::State::Absent;
    core::Fact& amount = object_[bundle.offset(invoice, "amount")];
    amount.state = core::State::Known;
    amount.value = {layout::Scalar::Money, 0, 5'000'000, "EUR"};
    held_.role = bundle.role("r" + std::to_string(roles / 2));
    held_.since_ever = held_.endless = held_.rests_on_complete = true;
    hop_.attested = true;
    hop_.who = {employee, "ada"};
    core::Record ada, bill;
    ada.type = employee;
    ada.id = "ada";
    ada.facts = person_;
    ada.held = {{&held_, 1}, {}, true, core::Reason::incomplete};
    bill.type = invoice;
    bill.id = "i-1";
    bill.facts = object_;
    records_ = employee < invoice ? std::vector{ada, bill} : std::vector{bill, ada};
    request.action = bundle.action("inv.enter");
    request.subject = employee < invoice ? 0 : 1;
    request.resource = employee < invoice ? 1 : 0;
    request.entities = records_;
    request.path = {&hop_, 1};
    request.time = 1'772'528'400'000;   // 2026-03-03T09:00:00Z
    request.history = {{}, true, true, true, core::Reason::incomplete, core::kNoInstant};
    const core::Index context = bundle.entity("context");
    request.context.type = context;
  }
  CrowdRequest(const CrowdRequest&) = delete;
  CrowdRequest& operator=(const CrowdRequest&) = delete;

  core::Request request;

 private:
  std::vector<core::Fact> person_, object_;
  core::Held held_;
  core::Hop hop_;
  std::vector<core::Record> records_;
};

}  // namespace writ::bench
