#include "compiler/interpret/enumerate.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/interpret/atoms.h"

namespace writ::interpret {
namespace {

using json::Value;
using typed_ir::kForever;

/// A coordinate with what each of its values does to the request.
struct Coordinate {
  Axis axis;
  std::vector<std::function<void(Value& request)>> apply;
  bool atom = true;

  void add(std::string name, std::function<void(Value&)> set) {
    axis.values.push_back(std::move(name));
    apply.push_back(std::move(set));
  }
};

Value& member(Value& object, std::string_view name) {
  for (json::Member& m : object.members)
    if (m.name == name) return m.value;
  object.members.push_back({std::string(name), json::object()});
  return object.members.back().value;
}
Value& properties(Value& request, typed_ir::Root root) {
  switch (root) {
    case typed_ir::Root::Resource: return member(member(request, "resource"), "properties");
    case typed_ir::Root::Context: return member(request, "context");
    case typed_ir::Root::Input: return member(member(request, "action"), "properties");
    case typed_ir::Root::Principal:
    case typed_ir::Root::Subject:
    case typed_ir::Root::Parameter:
    case typed_ir::Root::Binder:
    case typed_ir::Root::Scope: break;
  }
  return member(member(request, "subject"), "properties");
}

Coordinate of_fact(const kernel::Kernel& kernel, const FactAtom& atom) {
  const typed_ir::Attribute& a = kernel.schema.attributes[atom.attribute];
  Coordinate c;
  c.axis.name = atom.path;
  c.add("unknown", [](Value&) {});
  const auto set_to = [&](const std::string& name, Value value) {
    c.add(name, [root = atom.root, member_name = a.name, value = std::move(value)](Value& request) { json::set(properties(request, root), member_name, value); });
  };
  if (a.type.optional) set_to("absent", json::null());
  for (const auto& [name, value] : atom.values) set_to(name, value);
  return c;
}

Coordinate of_role(const kernel::Kernel& kernel, kernel::RoleId role) {
  Coordinate c;
  c.axis.name = "held " + kernel.roles[role].name;
  const auto hold = [name = kernel.roles[role].name](Value& request, const char* until) {
    const Value held = json::object({{"role", json::string(name)}, {"args", json::object()}, {"from", json::null()}, {"until", until ? json::string(until) : json::null()}, {"rests_on", json::array()}});
    member(member(properties(request, typed_ir::Root::Principal), "held"), "roles").items.push_back(held);
  };
  c.add("no", [](Value&) {});
  c.add("yes", [hold](Value& request) { hold(request, nullptr); });
  c.add("unknown", [](Value& request) { json::set(member(properties(request, typed_ir::Root::Principal), "held"), "complete", json::boolean(false)); });
  return c;
}

Coordinate of_event(const kernel::Kernel& kernel, const EventAtom& atom) {
  Coordinate c;
  c.axis.name = "history " + kernel.schema.actions[atom.action].name;
  c.add("nobody", [](Value&) {});
  c.add("unknown", [](Value& request) { json::set(member(member(request, "context"), "history"), "complete_for", json::array()); });
  const std::string action = kernel.schema.actions[atom.action].name, key = kernel.schema.entities[atom.key].name;
  for (const bool himself : {true, false})
    c.add(himself ? "himself" : "another", [=](Value& request) {
      const Value& subject = member(request, "subject");
      const std::string who = himself ? subject.find("id")->text : "somebody else";
      const Value hop = json::object({{"type", *subject.find("type")}, {"id", json::string(who)}});
      const Value event = json::object({{"action", json::string(action)}, {"path", json::array({hop})}, {"keys", json::object({{key, json::array({json::string("o")})}})},
                                        {"time", json::string(question::format_instant(kEventTime))}});
      member(member(member(request, "context"), "history"), "events").items.push_back(event);
    });
  return c;
}

Coordinate of_warrant(const kernel::Warrant& warrant) {
  Coordinate c;
  const bool mfa = warrant.kind == kernel::Warrant::Kind::Mfa;
  c.axis.name = mfa ? "mfa" : "evidence " + warrant.evidence;
  c.add("none", [](Value&) {});
  c.add("presented", [mfa, kind = warrant.evidence](Value& request) {
    Value& warrants = member(member(request, "context"), "warrants");
    if (mfa) json::set(warrants, "mfa", json::object({{"level", json::number(2)}, {"time", json::string(question::format_instant(kEventTime))}}));
    else {
      Value& list = member(warrants, "evidence");
      list.kind = json::Kind::Array;
      list.items.push_back(json::object({{"kind", json::string(kind)}}));
    }
  });
  return c;
}

std::vector<Coordinate> coordinates(const kernel::Kernel& kernel, const Atoms& atoms) {
  std::vector<Coordinate> all;
  for (const FactAtom& f : atoms.facts) all.push_back(of_fact(kernel, f));
  for (const kernel::RoleId r : atoms.roles) all.push_back(of_role(kernel, r));
  for (const EventAtom& e : atoms.events) all.push_back(of_event(kernel, e));
  for (const kernel::Warrant& w : atoms.warrants) all.push_back(of_warrant(w));
  Coordinate who, now;
  who.atom = now.atom = false;
  who.axis.name = "subject";
  for (const std::string& id : atoms.persons) who.add(id, [id](Value& request) { json::set(member(request, "subject"), "id", json::string(id)); });
  now.axis.name = "now";
  for (const Instant t : atoms.instants) now.add(question::format_instant(t), [t](Value& request) { json::set(member(request, "context"), "time", json::string(question::format_instant(t))); });
  all.push_back(std::move(now));
  all.insert(all.begin(), std::move(who));   // first: an event may be by the subject
  return all;
}

/// A request with nothing known, to which the coordinates add.
Value blank(const kernel::Kernel& kernel, kernel::ActionId action, const Atoms& atoms) {
  const typed_ir::Action& a = kernel.schema.actions[action];
  Value request = json::object({
      {"subject", json::object({{"type", json::string(kernel.schema.entities[atoms.subject].name)}, {"id", json::string("anyone")},
                                {"properties", json::object({{"held", json::object({{"roles", json::array()}, {"complete", json::boolean(true)}})},
                                                             {"owned", json::object({{"ids", json::array()}, {"complete", json::boolean(true)}})}})}})},
      {"action", json::object({{"name", json::string(a.name)}, {"properties", json::object()}})}});
  if (a.resource) json::set(request, "resource", json::object({{"type", json::string(kernel.schema.entities[a.resource].name)}, {"id", json::string("o")}, {"properties", json::object()}}));
  const Value history = json::object({{"events", json::array()}, {"complete_for", json::array({json::string("local")})}, {"since", json::null()}});
  json::set(request, "context", json::object({{"history", history}, {"warrants", json::object()}}));
  return request;
}

tl::expected<Enumeration, TooLarge> sizes(const std::vector<Coordinate>& all, EnumerationLimits limits) {
  Enumeration e;
  e.requests = 1;
  for (const Coordinate& c : all) {
    e.axes.push_back(c.axis);
    e.atoms += c.atom;
    e.requests = e.requests > limits.requests ? e.requests : e.requests * c.axis.values.size();
  }
  if (e.atoms > limits.atoms) return tl::unexpected(TooLarge{fmt::format("{} atoms, at most {} are enumerated", e.atoms, limits.atoms)});
  if (e.requests > limits.requests) return tl::unexpected(TooLarge{fmt::format("more than {} requests", limits.requests)});
  return e;
}

}  // namespace

tl::expected<Enumeration, TooLarge> measure(const kernel::Kernel& kernel, kernel::ActionId action, EnumerationLimits limits) {
  const auto atoms = atoms_of(kernel, action);
  if (!atoms) return tl::unexpected(atoms.error());
  return sizes(coordinates(kernel, *atoms), limits);
}

tl::expected<Enumeration, TooLarge> enumerate(const kernel::Kernel& kernel, kernel::ActionId action, const OnDecision& on_decision, EnumerationLimits limits) {
  const auto atoms = atoms_of(kernel, action);
  if (!atoms) return tl::unexpected(atoms.error());
  const std::vector<Coordinate> all = coordinates(kernel, *atoms);
  const auto sized = sizes(all, limits);
  if (!sized) return sized;
  const Interpreter interpreter(kernel);
  const Value empty = blank(kernel, action, *atoms);
  for (std::size_t point = 0; point < sized->requests; ++point) {
    Value request = empty;
    std::size_t rest = point;
    for (const Coordinate& c : all) {
      c.apply[rest % c.apply.size()](request);
      rest /= c.apply.size();
    }
    const auto decision = interpreter.decide(request);
    WRIT_CHECK(decision, "the enumerator writes valid requests: " + json::canonical(request));
    on_decision(request, *decision);
  }
  return sized;
}

}  // namespace writ::interpret
