// The four parts of a request, and what follows from all of them.
#include <algorithm>
#include <array>
#include <tuple>

#include "runtime/authzen/binder.h"

namespace writ::authzen {

std::optional<std::string_view> text_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  if (!value || !value->is(json::Kind::String)) return std::nullopt;
  return value->text;
}
Instant instant_in(const json::Value& json) { return json.is(json::Kind::String) ? read_instant(json.text) : core::kNoInstant; }
Instant instant_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value ? instant_in(*value) : core::kNoInstant;
}
bool is_true(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value && value->is(json::Kind::Boolean) && value->boolean;
}
bool given(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  return value && !value->is(json::Kind::Null);
}
std::span<const json::Value> items_of(const json::Value& object, std::string_view name) {
  const json::Value* value = object.find(name);
  if (!value) return {};
  return value->items;
}
tl::unexpected<Error> invalid(std::string code, std::string at, std::string what) {
  return tl::unexpected(Error{std::move(code), std::move(at), std::move(what)});
}

Binder::Binder(const Schema& schema) : schema_(schema), bound_(std::make_unique<Bound>()), request_(bound_->request), memory_(bound_->memory) {}

Done Binder::subject(const json::Value& json) {
  const auto type = text_of(json, "type"), id = text_of(json, "id");
  if (!type || !id || id->empty()) return invalid("no_subject", "subject", "the subject needs a type and an id");
  const Index entity = names().entities.find(*type);
  if (entity == kNone || !names().principal(view(), entity))
    return invalid("unknown_principal_type", "subject.type", no_principal(*type));
  subject_ = {entity, *id};
  Draft& self = record(entity, *id);
  if (const json::Value* p = json.find("properties")) principal(self, *p);
  return {};
}

namespace {

/// Questions of the language that this runtime does not answer; a policy's own action of that name is one.
bool other_question(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kQuestions = {"activate", "approve", "assign", "provision", "review"};
  return std::find(kQuestions.begin(), kQuestions.end(), name) != kQuestions.end();
}

}  // namespace

Done Binder::action(const json::Value& json) {
  const auto name = text_of(json, "name");
  if (!name || name->empty()) return invalid("no_action", "action.name", "the action needs a name");
  bound_->action_name = *name;
  request_.action = names().actions.first(*name);
  if (other_question(*name) && (request_.action == kNone || *name == "assign"))
    return invalid("unsupported_question", "action.name", "`" + std::string(*name) + "` is a question that a bundle does not answer yet: it decides acts");
  if (request_.action == kNone) {
    request_.refused = core::Refused::unknown_action;
    ignore(*name, [&] { return action_names(); });
    return {};
  }
  const Index input = view().actions[request_.action].input;
  input_.type = input;
  const json::Value* p = json.find("properties");
  if (p && input != kNone) properties(input_, *p, {});
  if (p && input == kNone)
    for (const json::Member& m : p->members) ignore(m.name, [] { return std::vector<std::string_view>{}; });
  return {};
}

Done Binder::resource(const json::Value& json) {
  const Index wanted = request_.action == kNone ? kNone : view().actions[request_.action].resource;
  const auto type = text_of(json, "type"), id = text_of(json, "id");
  if (!type || !id || id->empty()) {
    if (wanted != kNone) return invalid("no_resource", "resource", "the resource needs a type and an id");
    return {};
  }
  const Index entity = names().entities.find(*type);
  if (entity == kNone) {
    if (request_.refused == core::Refused::No) request_.refused = core::Refused::unknown_action;
    ignore(*type, [&] { return entity_types(); });
    return {};
  }
  if (wanted == kNone) return {};
  if (entity != wanted && request_.refused == core::Refused::No) request_.refused = core::Refused::wrong_type;
  resource_ = {entity, *id};
  has_resource_ = true;
  Draft& target = record(entity, *id);
  const json::Value* p = json.find("properties");
  if (!p) return {};
  system_ = text_of(*p, "system");
  static constexpr std::array<std::string_view, 1> kReserved = {"system"};
  if (names().principal(view(), entity)) principal(target, *p);
  else properties(target, *p, kReserved);
  return {};
}

std::vector<std::string_view> Binder::action_names() const {
  std::vector<std::string_view> all;
  for (const layout::Action& a : view().actions) all.push_back(view().text(a.name));
  return all;
}

std::vector<std::string_view> Binder::entity_types() const {
  std::vector<std::string_view> all;
  for (const layout::Entity& e : view().entities) all.push_back(view().text(e.local));
  return all;
}

/// Full names for a name with a dot, last parts for one without.
std::vector<std::string_view> Binder::role_names(std::string_view like) const {
  const bool full = like.find('.') != like.npos;
  std::vector<std::string_view> all;
  for (const layout::Role& r : view().roles) all.push_back(view().text(full ? r.name : r.local));
  return all;
}

std::string Binder::no_principal(std::string_view type) {
  std::vector<std::string_view> principals;
  for (Index e = 0; e < view().entities.count; ++e)
    if (names().principal(view(), e)) principals.push_back(view().text(view().entities[e].local));
  const std::string nearest = suggestions_.exhausted() ? "" : suggestions_.nearest(type, principals);
  return "`" + std::string(type) + "` is no principal type" + (nearest.empty() ? "" : "; did you mean `" + nearest + "`?");
}

void Binder::members(const json::Value& json) {
  static constexpr std::array<std::string_view, 4> kParts = {"subject", "action", "resource", "context"};
  for (const json::Member& m : json.members)
    if (std::find(kParts.begin(), kParts.end(), m.name) == kParts.end()) ignore(m.name, [] { return std::vector<std::string_view>(kParts.begin(), kParts.end()); });
}

std::unique_ptr<Bound> Binder::finish() {
  if (!request_.path_supplied && human(subject_.first)) {
    core::Hop self;
    self.who = {subject_.first, subject_.second};
    self.attested = true;
    request_.path = memory_.keep(std::vector{self});
  }
  cover_history();
  std::vector<core::Record> records;
  for (const auto& [key, draft] : entities_) {
    if (key == subject_) request_.subject = static_cast<std::uint32_t>(records.size());
    if (has_resource_ && key == resource_) request_.resource = static_cast<std::uint32_t>(records.size());
    records.push_back(placed(draft));
  }
  request_.entities = memory_.keep(records);
  request_.context = placed(context_);
  request_.input = placed(input_);
  std::stable_sort(bound_->ignored.begin(), bound_->ignored.end(), [](const Ignored& a, const Ignored& b) { return std::tie(a.name, a.path) < std::tie(b.name, b.path); });
  return std::move(bound_);
}

tl::expected<std::unique_ptr<Bound>, Error> bind(const Schema& schema, const json::Value& json) {
  if (!json.is(json::Kind::Object)) return invalid("bad_request", "", "a request is an object");
  static const json::Value nothing = json::object();
  const auto part = [&](std::string_view name) -> const json::Value& {
    const json::Value* value = json.find(name);
    return value ? *value : nothing;
  };
  if (json.find("evaluations")) return invalid("bad_request", "evaluations", "a batch: each of its requests is asked for itself");
  Binder binder(schema);
  binder.members(json);
  for (const auto& [name, read] : std::initializer_list<std::pair<std::string_view, Done (Binder::*)(const json::Value&)>>{
           {"subject", &Binder::subject}, {"action", &Binder::action}, {"resource", &Binder::resource}, {"context", &Binder::context}}) {
    if (auto done = (binder.*read)(part(name)); !done) return tl::unexpected(std::move(done.error()));
    if (binder.too_much()) return invalid("too_large", std::string(name), "more than a reader looks at");
  }
  return binder.finish();
}

}  // namespace writ::authzen
