// A request whose names are resolved once: its values change in place and it is asked again, without heap and without JSON. Keeps its policy. One
// thread at a time.
#pragma once

#include "runtime/authzen/policy.h"

namespace writ::authzen {

struct Workspace;

class Prepared {
 public:
  static tl::expected<std::unique_ptr<Prepared>, Error> make(std::shared_ptr<const Policy> policy, std::string_view request);
  ~Prepared();

  const Policy& policy() const { return *policy_; }

  using Slot = std::int32_t;
  static constexpr Slot kNoSlot = -1;
  /// "principal.status", "resource.amount", "context.urgent", "input.x"; kNoSlot for a set, or if there is no such fact.
  Slot slot(std::string_view name) const;

  enum class Fits : std::uint8_t { Yes, No };
  Fits set_number(Slot slot, std::int64_t number);
  Fits set_text(Slot slot, std::string_view text);
  Fits set_absent(Slot slot);
  Fits set_unknown(Slot slot);
  Fits set_time(Instant time);

  /// The outcome and how long it holds; explanations are for requests in JSON.
  core::Evaluated decide();

 private:
  struct Place {
    std::uint32_t record = 0;
    Index attribute = kNone;
  };
  Prepared() = default;
  void open(std::uint32_t record, core::Record& in);
  core::Fact* fact(Slot slot);
  const layout::Type& type(Slot slot) const;
  Fits put(Slot slot, const core::Value& value);
  /// Approvals were given for the values as they were.
  void changed();

  std::shared_ptr<const Policy> policy_;
  json::Value json_;
  std::unique_ptr<Bound> bound_;
  core::Request request_;
  std::vector<core::Record> records_;
  std::vector<std::vector<core::Fact>> facts_;   ///< principal, resource, context, input
  std::vector<Place> places_;
  std::vector<std::string> texts_;               ///< one per place
  std::unique_ptr<Workspace> workspace_;
};

}  // namespace writ::authzen
