// Binding in progress: shared by the files that do it. Internal to the room; lives for one call of bind().
#pragma once

#include <array>
#include <map>

#include "runtime/authzen/bound.h"

namespace writ::authzen {

using Done = tl::expected<void, Error>;

/// A collection as sent: complete by its own word or by its system's declaration (semantics.md 2.3).
struct Sent {
  std::span<const json::Value> items;
  bool complete = false;
  Reason reason = Reason::not_supplied;
};

/// A record before it has its place.
struct Draft {
  Index type = kNone;
  std::string_view id;
  std::vector<core::Fact> facts;           ///< by attribute of the type, as far as the request speaks of them
  std::vector<char> sent;                  ///< which of them it does
  core::Holdings held;
  core::Ids managers, owned, ancestors;
  bool shared = false;

  enum List : std::uint8_t { Held, Managers, Owned, Ancestors };
  static constexpr std::size_t kLists = 4;
  std::array<const json::Value*, kLists> lists{};   ///< where each was said first
  std::array<bool, kLists> disputed{};              ///< and again, differently
};
using DraftKey = std::pair<Index, std::string_view>;

class Binder {
 public:
  explicit Binder(const Schema& schema);

  bool too_much() const { return work_ > kMostWork; }
  Done subject(const json::Value& json);
  Done action(const json::Value& json);
  Done resource(const json::Value& json);
  Done context(const json::Value& json);
  /// What the request has beside its four parts.
  void members(const json::Value& json);
  std::unique_ptr<Bound> finish();

 private:
  // Entities (bind_entities.cpp).
  Draft& record(Index type, std::string_view id);
  void attribute(Draft& into, Index at, Index type, const json::Value& json);
  void properties(Draft& into, const json::Value& json, std::span<const std::string_view> reserved);
  void nested(Index type, const json::Value& json);
  void principal(Draft& into, const json::Value& json);
  bool says_anew(Draft& into, Draft::List which, const json::Value& json);
  const std::string& spelling(Draft::List which, const json::Value& json);
  core::Ids ids(const json::Value& json, std::string_view collection);
  void entities(const json::Value& json);
  void freshness(const json::Value& json);
  void stamp(Draft& into, std::string_view name, const json::Value& value);
  core::Record placed(const Draft& draft);

  // Holdings (bind_holdings.cpp).
  core::Holdings held(const json::Value& json);
  std::optional<core::Held> holding(const json::Value& json);
  std::optional<core::Held> bare_holding(std::string_view name);
  Index role(std::string_view name);
  std::span<const Index> lifts_named(std::string_view name);
  void rests_on(core::Held& into, const json::Value& json);
  std::optional<core::Anonymous> access(const json::Value& json);
  void access_scope(core::Anonymous& into, const json::Value& scope);
  std::span<const core::Argument> arguments(Index role, const json::Value* args);
  Sent sent(const json::Value& json, std::string_view items, std::string_view collection);
  bool declared_complete(std::string_view source, std::string_view collection);

  // Context (bind_context.cpp).
  Done time(const json::Value& json);
  Done path(const json::Value& json);
  tl::expected<core::Hop, Error> hop(const json::Value& json, const std::string& at);
  std::span<const core::Hop> loose_path(const json::Value* json);
  void history(const json::Value& json);
  void system(std::string_view name);
  std::optional<core::Event> event(const json::Value& json);
  void cover_history();

  // Warrants and controls (bind_warrants.cpp).
  Done warrants(const json::Value& json);
  Done approvals(const json::Value& json);
  core::Approval approval(const json::Value& json);
  void controls(const json::Value& json);
  core::ControlState control(const json::Value& json);

  std::vector<std::string_view> action_names() const;
  std::vector<std::string_view> entity_types() const;
  std::vector<std::string_view> role_names(std::string_view like) const;
  /// Why a type is refused where a principal stands.
  std::string no_principal(std::string_view type);
  /// `candidates` is asked for the names that could have been meant.
  template <class Candidates>
  void ignore(std::string_view name, Candidates candidates) {
    bound_->ignored.push_back({std::string(name), suggestions_.exhausted() ? "" : suggestions_.nearest(name, candidates()), std::nullopt, ""});
  }
  /// Whether so much more may be looked at: a hostile bundle and a hostile request multiply.
  bool afford(std::size_t work) {
    work_ += work;
    return work_ <= kMostWork;
  }
  const View& view() const { return schema_.view; }
  const Names& names() const { return schema_.names; }
  bool human(Index type) const { return view().entities[type].kind == static_cast<std::uint32_t>(layout::EntityKind::Human); }

  static constexpr std::uint64_t kMostWork = 4'000'000;

  const Schema& schema_;
  std::uint64_t work_ = 0;
  std::unique_ptr<Bound> bound_;
  core::Request& request_;
  Memory& memory_;
  Suggestions suggestions_;
  std::map<DraftKey, Draft> entities_;
  std::map<const json::Value*, std::string> spellings_;   ///< of lists that were said twice
  Draft context_, input_;
  DraftKey subject_{kNone, {}}, resource_{kNone, {}};
  bool has_resource_ = false;
  std::optional<std::string_view> system_;
  std::optional<std::vector<std::string_view>> complete_for_;
};

// Members of an object that is perhaps none.
std::optional<std::string_view> text_of(const json::Value& object, std::string_view name);
Instant instant_of(const json::Value& object, std::string_view name);
/// Of a text; else kNoInstant.
Instant instant_in(const json::Value& json);
bool is_true(const json::Value& object, std::string_view name);
/// There and not null.
bool given(const json::Value& object, std::string_view name);
/// The items of a list member; none if there is no list.
std::span<const json::Value> items_of(const json::Value& object, std::string_view name);
tl::unexpected<Error> invalid(std::string code, std::string at, std::string what);

}  // namespace writ::authzen
