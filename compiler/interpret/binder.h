// Shared by the files that bind a request: looks names up in the kernel and collects what was ignored. Lives for one call of bind().
#pragma once

#include <map>
#include <set>
#include <tuple>

#include "compiler/interpret/request.h"

namespace writ::interpret {

/// A collection as sent: its elements, and whether it is complete by its own word or by its system's declaration (2.3).
struct Sent {
  std::vector<const json::Value*> items;
  bool supplied = false;
  bool complete = false;
  std::string reason = "not_supplied";
};

/// A collection of somebody, said before or not.
enum class Said : std::uint8_t { First, Again, Differently };

class Binder {
 public:
  explicit Binder(const kernel::Kernel& kernel) : kernel_(kernel), schema_(kernel.schema) {}

  Request request;

  tl::expected<void, RequestError> subject(const json::Value& json);
  tl::expected<void, RequestError> action(const json::Value& json);
  tl::expected<void, RequestError> resource(const json::Value& json);
  tl::expected<void, RequestError> context(const json::Value& json);
  /// What the request has beside its four parts.
  void members(const json::Value& json);
  tl::expected<void, RequestError> finish();

 private:
  // Entities (bind_entities.cpp).
  Record& record(const Key& key);
  void properties(Record& into, const json::Value& json, const std::vector<std::string>& reserved);
  void attribute(Record& into, AttributeId id, const json::Value& json);
  void nested(const Type& type, const json::Value& json);
  void reserved_of_principal(Record& into, const json::Value& json);
  void held(Record& into, const json::Value& json);
  Said says(const Record& of, const std::string& name, const json::Value& json);
  std::optional<Held> holding(const json::Value& json);
  std::optional<Anonymous> access(const json::Value& json);
  void entities(const json::Value& json);
  void freshness(const json::Value& json);

  // Context (bind_context.cpp).
  tl::expected<void, RequestError> path(const json::Value& json);
  tl::expected<Hop, RequestError> hop(const json::Value& json, const std::string& at);
  void history(const json::Value& json);
  void system(const std::string& name);
  std::optional<Event> event(const json::Value& json);
  std::vector<Hop> loose_path(const json::Value* json);
  void warrants(const json::Value& json);
  Approval approval(const json::Value& json);
  void controls(const json::Value& json);

  // Assign (bind.cpp).
  tl::expected<void, RequestError> assignment(const json::Value& json);

  Sent sent(const json::Value& json, std::string_view items_key, std::string_view collection) const;
  Ids ids(const json::Value& json, std::string_view collection) const;
  std::vector<std::string> entity_types() const;
  std::vector<std::string> action_names() const;
  std::vector<std::string> principal_types() const;
  std::vector<std::string> role_names(std::string_view like) const;
  static std::string meant(const std::string& name, const std::vector<std::string>& known);
  void ignore(const std::string& name, const std::vector<std::string>& known);
  std::optional<RoleId> role(std::string_view name) const;
  std::vector<std::optional<Value>> arguments(RoleId role, const json::Value* args) const;

  const kernel::Kernel& kernel_;
  const Schema& schema_;
  std::map<std::pair<Key, std::string>, std::set<std::tuple<bool, std::string, std::multiset<std::string>>>> collections_;
};

/// The text of a string member, or nullopt.
std::optional<std::string> text_of(const json::Value& object, std::string_view name);
std::optional<Instant> instant_of(const json::Value& object, std::string_view name);
bool is_true(const json::Value& object, std::string_view name);
tl::unexpected<RequestError> invalid(std::string code, std::string at, std::string what);

}  // namespace writ::interpret
