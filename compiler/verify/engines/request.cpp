#include "compiler/verify/engines/request.h"

#include <fmt/format.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "compiler/interpret/interpret.h"
#include "runtime/json/json.h"

namespace writ::verify {

using nlohmann::json;
using typed_ir::Scalar;

namespace {

std::string scaled_text(std::int64_t n) {
  const bool negative = n < 0;
  const std::uint64_t m = negative ? static_cast<std::uint64_t>(-n) : static_cast<std::uint64_t>(n);
  std::string text = fmt::format("{}{}", negative ? "-" : "", m / typed_ir::kScale);
  if (m % typed_ir::kScale == 0) return text;
  std::string places = fmt::format("{:04}", m % typed_ir::kScale);
  while (places.back() == '0') places.pop_back();
  return text + "." + places;
}

std::string type_name(const kernel::Kernel& kernel, kernel::EntityId type) {
  const typed_ir::Entity& e = kernel.schema.entities[type];
  const auto found = kernel.schema.find_entity(e.local);
  return found && *found == type ? e.local : e.name;
}

/// A word that has the affixes the model gives the string.
std::string affixed(Question& q, Term value, std::string stem) {
  std::string front, back;
  smt::Terms& t = q.terms();
  for (const World::Affix& a : q.world().affixes()) {
    if (!q.is_true(t.apply(a.holds, {value}))) continue;
    std::string& side = a.at_start ? front : back;
    if (a.pattern.size() > side.size()) side = a.pattern;
  }
  return front.empty() && back.empty() ? stem : front + "~" + stem + "~" + back;
}

std::string string_text(Question& q, Term value, const std::string& stem = "other") {
  const std::int64_t code = q.number(value);
  const auto& literals = q.world().strings().literals();
  if (code >= 0 && code < static_cast<std::int64_t>(literals.size())) return literals[static_cast<std::size_t>(code)];
  return affixed(q, value, q.world().strings().text(code, stem));
}

/// "payment-run" of `PaymentRun`: what an invented one is called.
std::string stem_of(const std::string& type) {
  std::string stem;
  for (const char c : type) {
    const bool capital = c >= 'A' && c <= 'Z';
    if (capital && !stem.empty()) stem += '-';
    stem += capital ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return stem;
}
std::string ref_text(Question& q, kernel::EntityId type, Term value) { return string_text(q, value, stem_of(q.kernel().schema.entities[type].local)); }

/// A currency is three letters, invented ones too.
std::string currency_text(Question& q, Term currency) {
  const std::int64_t code = q.number(currency);
  const auto& literals = q.world().strings().literals();
  if (code >= 0 && code < static_cast<std::int64_t>(literals.size())) return literals[static_cast<std::size_t>(code)];
  for (std::uint64_t n = static_cast<std::uint64_t>(code);; ++n) {
    const std::string text{'X', static_cast<char>('A' + n / 26 % 26), static_cast<char>('A' + n % 26)};
    if (std::find(literals.begin(), literals.end(), text) == literals.end()) return text;
  }
}

json value_json(Question& q, const typed_ir::Type& type, Term value, Term currency) {
  switch (type.scalar) {
    case Scalar::Bool: return q.is_true(value);
    case Scalar::Int: return q.number(value);
    case Scalar::Decimal: return scaled_text(q.number(value));
    case Scalar::Money: return json{{"value", scaled_text(q.number(value))}, {"currency", type.currency.empty() ? currency_text(q, currency) : type.currency}};
    case Scalar::Time: return question::format_instant(q.number(value));
    case Scalar::Duration: return fmt::format("{}s", q.number(value) / 1000);
    case Scalar::String: return string_text(q, value);
    case Scalar::Ref: return ref_text(q, type.entity, value);
    case Scalar::Enum: {
      const typed_ir::Enum& e = q.kernel().schema.enums[type.enumeration];
      if (e.open) return string_text(q, value, stem_of(e.local));
      return e.values.at(static_cast<std::size_t>(q.number(value))).name;
    }
  }
  return nullptr;
}

json set_json(Question& q, const typed_ir::Type& type, const Elements& set) {
  json list = json::array();
  const auto& schema = q.kernel().schema;
  for (std::uint32_t i = 0; i < set.ordinals.size(); ++i)
    if (q.is_true(set.ordinals[i])) list.push_back(schema.enums[type.enumeration].values[i].name);
  if (set.member) {
    std::set<std::string> texts;
    for (Term u : q.world().universe())
      if (q.is_true(q.terms().apply(*set.member, {u}))) texts.insert(value_json(q, type.element(), u, {}).dump());
    for (const std::string& t : texts) list.push_back(json::parse(t));
  }
  return q.is_true(set.complete) ? list : json{{"some", list}};
}

/// The facts of one entity that the view keeps.
void facts_of(Question& q, View& view, const std::string& path, json& properties, json& as_of, const std::string& spoken) {
  for (const auto& [name, fact] : q.world().facts()) {
    if (fact.owner.path != path || !view.sees(fact) || !q.is_true(view.keeps(name))) continue;
    const typed_ir::Attribute& a = q.kernel().schema.attributes[fact.attribute];
    if (q.is_true(fact.none)) {
      properties[a.name] = nullptr;
    } else if (q.is_true(fact.has)) {
      properties[a.name] = fact.set ? set_json(q, a.type, *fact.set) : value_json(q, a.type, fact.value, fact.currency);
    } else {
      continue;
    }
    if (fact.fresh) as_of[spoken + "." + a.name] = question::format_instant(q.number(view.as_of(fact)));
  }
}

json args_json(Question& q, const kernel::Role& role, const std::vector<Denoted>& args) {
  json out = json::object();
  for (std::size_t i = 0; i < args.size(); ++i) out[role.parameter_names[i]] = value_json(q, role.parameters[i], args[i].value, args[i].currency);
  return out;
}

json held_json(Question& q, Holdings& holdings, View& view) {
  json roles = json::array();
  for (const auto& [role, slots] : holdings.all()) {
    for (const Slot& s : slots) {
      if (!q.is_true(s.listed)) continue;
      const kernel::Role& form = q.kernel().roles[role];
      json e{{"role", form.name}, {"args", args_json(q, form, s.args)}, {"rests_on", json::array()}, {"decision", nullptr}, {"delegator", nullptr}};
      if (q.is_true(s.from.has)) e["from"] = question::format_instant(q.number(s.from.value));
      if (q.is_true(s.until.none)) {
        e["until"] = nullptr;
      } else if (q.is_true(s.until.has)) {
        e["until"] = question::format_instant(q.number(s.until.value));
      }
      if (q.is_true(s.route_known)) e["route"] = q.is_true(s.by_birthright) ? "birthright" : "request";
      if (holdings.rests_on() && q.is_true(s.rests)) e["rests_on"].push_back(q.kernel().lifts[holdings.rests_on()].id);
      roles.push_back(e);
    }
  }
  return {{"roles", roles}, {"complete", q.is_true(holdings.complete_in(view))}, {"source", "iga"}};
}

/// What the holdings say about a person: what he holds, and what he owns where that was asked.
void holdings_of(Question& q, Holdings& holdings, View& view, json& properties) {
  properties["held"] = held_json(q, holdings, view);
  if (!holdings.owned_complete().valid() || !q.is_true(holdings.keeps_owned(view))) return;
  json ids = json::array();
  for (const auto& [type, robot] : holdings.robots())
    if (q.is_true(robot.present)) ids.push_back(id_text(q, robot));
  properties["owned"] = {{"ids", ids}, {"complete", q.is_true(holdings.owned_complete())}};
}

json member_json(Question& q, const Entity& e) { return {{"type", type_name(q.kernel(), e.type)}, {"id", id_text(q, e)}}; }

std::string key_id(Question& q, const Act& act, const std::string& key) {
  if (act.resource && q.kernel().schema.entities[act.resource->type].name == key) return id_text(q, *act.resource);
  for (const auto& [name, fact] : q.world().facts()) {
    if (!act.resource || fact.otherwise || !name.starts_with(act.resource->path + ".")) continue;
    const typed_ir::Type& type = q.kernel().schema.attributes[fact.attribute].type;
    if (type.scalar != Scalar::Ref || q.kernel().schema.entities[type.entity].name != key || !q.is_true(fact.has)) continue;
    if (!fact.set) return ref_text(q, type.entity, fact.value);
    const json members = set_json(q, type, *fact.set);
    const json& list = members.is_array() ? members : members["some"];
    if (!list.empty()) return list.front().get<std::string>();
  }
  return "some-" + key;
}

json history_json(Question& q, const Act& act, View& view) {
  json events = json::array();
  for (const World::Note& n : q.world().notes()) {
    const bool event = n.kind == World::Note::Kind::Event, unresolved = n.kind == World::Note::Kind::Unresolved;
    if ((!event && !unresolved) || n.act != act.name || !q.is_true(n.present)) continue;
    const std::string key = type_name(q.kernel(), *q.kernel().schema.find_entity(n.key));
    json e{{"action", n.of}, {"keys", {{key, json::array({key_id(q, act, n.key)})}}}, {"emergency", nullptr}};
    e["path"] = json::array({unresolved ? json{{"account", "SHARED"}, {"system", "local"}} : member_json(q, *n.person)});
    if (event && q.is_true(n.dated)) e["time"] = question::format_instant(q.number(n.time));
    events.push_back(e);
  }
  json complete_for = json::array();
  const Term complete = q.terms().conjunction(q.terms().boolean(act.name + ".history!complete"), view.keeps(act.name + ".history"));
  if (q.is_true(complete)) {
    for (const auto& s : q.kernel().schema.systems) complete_for.push_back(s.name);
    complete_for.push_back("local");
  }
  return {{"events", events}, {"complete_for", complete_for}, {"since", nullptr}, {"version", "1"}};
}

/// What an approver signs. A record is signed once, for all that is known of the request.
json approval_json(Question& q, const ApprovalRecord& r, const std::string& digest) {
  const kernel::Kernel& k = q.kernel();
  const std::string given = question::format_instant(q.number(r.given));
  json out{{"approval", k.chains[r.chain].name}, {"step", r.step + 1}, {"digest", digest}, {"requested", given}, {"given", given}, {"verdict", "approved"},
           {"approver", json::array({member_json(q, r.approver)})}};
  return out;
}

/// The digest that the interpreter computes for the chain.
std::string digest_of(Question& q, const json& request, kernel::ChainId chain) {
  const auto parsed = writ::json::parse(request.dump());
  const auto digest = parsed ? interpret::Interpreter(q.kernel()).request_digest(*parsed, chain) : tl::unexpected(interpret::RequestError{});
  return digest.value_or("");
}

json warrants_json(Question& q, const Act& act) {
  json out{{"approvals", json::array()}, {"evidence", json::array()}, {"mfa", nullptr}};
  for (const World::Note& n : q.world().notes()) {
    if (n.act != act.name || !q.is_true(n.present)) continue;
    if (n.kind == World::Note::Kind::Mfa) out["mfa"] = {{"level", 2}, {"time", question::format_instant(q.number(n.time))}};
    if (n.kind == World::Note::Kind::Evidence)
      out["evidence"].push_back({{"kind", n.of}, {"id", "E-1"}, {"time", question::format_instant(q.number(q.now()))}});
  }
  return out;
}

std::vector<const ApprovalRecord*> presented(Question& q, const Act& act) {
  std::vector<const ApprovalRecord*> out;
  for (const auto& [path, r] : q.world().records())
    if (r.act == act.name && q.is_true(r.present)) out.push_back(&r);
  return out;
}

/// The approvers, who are below nobody; what they signed is not in it yet.
void add_approvers(Question& q, const Act& act, json& entities) {
  for (const ApprovalRecord* r : presented(q, act)) entities[type_name(q.kernel(), r->approver.type)][id_text(q, r->approver)]["managers"] = {{"ids", json::array()}, {"complete", true}};
}

/// `whole` is the request in which all is known that ever is; else what `request` itself says is signed.
void add_approvals(Question& q, const Act& act, json& request, const json& whole) {
  json& warrants = request["context"]["warrants"];
  std::map<kernel::ChainId, std::string> digests;
  const auto digest = [&](kernel::ChainId chain) {
    auto [it, first] = digests.emplace(chain, "");
    if (first) it->second = digest_of(q, whole, chain);
    if (first && it->second.empty()) it->second = digest_of(q, request, chain);
    return it->second;
  };
  json list = json::array();
  for (const ApprovalRecord* r : presented(q, act)) list.push_back(approval_json(q, *r, digest(r->chain)));
  warrants["approvals"] = list;
}

json controls_json(Question& q, const Act& act, View& view) {
  json out = json::object();
  for (const World::Note& n : q.world().notes()) {
    if (n.kind != World::Note::Kind::Control || !q.is_true(n.present) || !q.is_true(view.keeps(n.path))) continue;
    out[n.of] = {{"tested", question::format_instant(q.number(n.time))}, {"effective", q.is_true(n.effective)},
                 {"monitors", json::array({{{"id", "monitor-of-controls"}, {"active", q.is_true(n.monitored)}, {"not_below", json::array({id_text(q, act.subject)})}}})}};
  }
  return out;
}

/// Facts of entities that are only referred to, by type and id; `own`: paths whose facts stand elsewhere in the request.
json entities_json(Question& q, const std::string& act, const std::set<std::string>& own, View& view, json& as_of) {
  json out = json::object();
  std::map<std::string, Entity> owners;
  for (const auto& [name, fact] : q.world().facts()) owners.emplace(fact.owner.path, fact.owner);
  for (const auto& [path, owner] : owners) {
    if (own.contains(path) || !owner.type || (owner.group != 0 && !path.starts_with(act + ".")) || !q.is_true(owner.present)) continue;
    json properties = json::object();
    facts_of(q, view, path, properties, as_of, type_name(q.kernel(), owner.type) + "." + id_text(q, owner));
    if (!properties.empty()) out[type_name(q.kernel(), owner.type)][id_text(q, owner)].update(properties);
  }
  return out;
}

}  // namespace

std::string id_text(Question& question, const Entity& entity) { return ref_text(question, entity.type, entity.id); }

std::string value_text(Question& q, const typed_ir::Type& type, Term value, Term currency) {
  const json j = value_json(q, type, value, currency);
  if (type.scalar == Scalar::Money) return j["value"].get<std::string>() + " " + j["currency"].get<std::string>();
  if (type.scalar == Scalar::String || type.scalar == Scalar::Ref) return j.dump();
  return j.is_string() ? j.get<std::string>() : j.dump();
}

namespace {

json unsigned_json(Question& q, Holdings& holdings, const Act& act, View& view) {
  json as_of = json::object(), subject = json::object(), resource = json::object(), context = json::object(), input = json::object();
  facts_of(q, view, act.subject.path, subject, as_of, "principal");
  holdings_of(q, holdings, view, subject);
  if (act.resource) facts_of(q, view, act.resource->path, resource, as_of, "resource");
  facts_of(q, view, act.context.path, context, as_of, "context");
  if (act.input) facts_of(q, view, act.input->path, input, as_of, "input");
  if (q.is_true(view.logic().time_known())) context["time"] = question::format_instant(q.number(view.logic().now()));
  json path = json::array();
  if (act.initiator) path.push_back(member_json(q, *act.initiator));
  json actor = member_json(q, act.subject);
  if (act.initiator) actor["how"] = "runs_as";
  actor["attested"] = true;
  path.push_back(actor);
  context["path"] = path;
  context["history"] = history_json(q, act, view);
  context["warrants"] = warrants_json(q, act);
  context["controls"] = controls_json(q, act, view);
  std::set<std::string> own{act.subject.path, act.context.path};
  for (const auto& part : {act.resource, act.input})
    if (part) own.insert(part->path);
  context["entities"] = entities_json(q, act.name, own, view, as_of);
  for (const auto& [path, other] : holdings.others())
    if (q.is_true(other->person().present)) holdings_of(q, *other, view, context["entities"][type_name(q.kernel(), other->person().type)][id_text(q, other->person())]);
  add_approvers(q, act, context["entities"]);
  context["as_of"] = as_of;
  json request{{"subject", member_json(q, act.subject)}, {"action", {{"name", q.kernel().schema.actions[act.action].name}, {"properties", input}}}, {"context", context}};
  request["subject"]["properties"] = subject;
  if (act.resource) {
    request["resource"] = member_json(q, *act.resource);
    request["resource"]["properties"] = resource;
  }
  return request;
}

}  // namespace

std::string request_json(Question& q, Holdings& holdings, const Act& act, View& view) {
  json request = unsigned_json(q, holdings, act, view);
  add_approvals(q, act, request, &view == &q.view() ? request : unsigned_json(q, holdings, act, q.view()));
  return request.dump();
}

std::string standing_json(Question& q, const Entity& person, const std::vector<HeldRole>& roles) {
  json as_of = json::object(), properties = json::object();
  facts_of(q, q.view(), person.path, properties, as_of, "principal");
  json held = json::array();
  for (const HeldRole& r : roles) {
    const kernel::Role& form = q.kernel().roles[r.role];
    held.push_back({{"role", form.name}, {"args", args_json(q, form, r.args)}, {"from", nullptr}, {"until", nullptr}, {"rests_on", json::array()}});
  }
  properties["held"] = {{"roles", held}, {"complete", true}, {"source", "iga"}};
  json subject = member_json(q, person);
  subject["properties"] = properties;
  const json entities = entities_json(q, "", {person.path}, q.view(), as_of);
  return json{{"subject", subject}, {"context", {{"time", question::format_instant(q.number(q.now()))}, {"as_of", as_of}, {"entities", entities}}}}.dump();
}

std::string fact_text(Question& q, const std::string& name, const Fact& fact) {
  const typed_ir::Attribute& a = q.kernel().schema.attributes[fact.attribute];
  if (q.is_true(fact.none)) return name + " is absent";
  if (!q.is_true(fact.has)) return name + " is not known";
  return name + " = " + (fact.set ? set_json(q, a.type, *fact.set).dump() : value_text(q, a.type, fact.value, fact.currency));
}

std::vector<std::string> known_facts(Question& q, View& view, const std::string& act_name) {
  std::vector<std::string> out;
  for (const auto& [path, fact] : q.world().facts()) {
    const bool shared = fact.owner.group == 0;
    const bool told = view.sees(fact) && q.is_true(view.keeps(path)) && (q.is_true(fact.none) || q.is_true(fact.has));
    if (!told || (!shared && !path.starts_with(act_name + ".")) || !q.is_true(fact.owner.present)) continue;
    std::string name = shared ? path : path.substr(act_name.size() + 1);
    std::erase(name, kOtherwise);
    out.push_back(fact_text(q, name, fact));
  }
  return out;
}

}  // namespace writ::verify
