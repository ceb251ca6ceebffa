#include "compiler/interpret/warrants.h"

#include <algorithm>

#include "compiler/interpret/approvals.h"

namespace writ::interpret {
namespace {

/// Every resource and input fact read by a condition (7.3).
void collect(const Kernel& kernel, TermId id, std::vector<TermId>& into) {
  const typed_ir::Term& term = kernel.conditions.term(id);
  if (term.kind == typed_ir::TermKind::Attribute) {
    TermId base = id;
    while (kernel.conditions.term(base).kind == typed_ir::TermKind::Attribute) base = kernel.conditions.term(base).a[0];
    const typed_ir::Term& root = kernel.conditions.term(base);
    const bool covered = root.kind == typed_ir::TermKind::Root && (root.root == typed_ir::Root::Resource || root.root == typed_ir::Root::Input);
    if (covered) into.push_back(id);
    return;
  }
  for (const TermId inner : term.a) collect(kernel, inner, into);
}
void collect(const Kernel& kernel, CondId id, std::vector<TermId>& into) {
  const typed_ir::Cond& cond = kernel.conditions.cond(id);
  for (const TermId t : cond.t) collect(kernel, t, into);
  for (const CondId c : cond.c) collect(kernel, c, into);
}

std::vector<TermId> covered_terms(const Kernel& kernel, kernel::ChainId chain) {
  if (!kernel.chains[chain].over.empty()) return kernel.chains[chain].over;
  std::vector<TermId> terms;
  for (const kernel::Lift& lift : kernel.lifts) {
    const bool names_it = lift.kind == kernel::Lift::Kind::Warrant && lift.warrant.kind == kernel::Warrant::Kind::Approval && lift.warrant.chain == chain;
    if (!names_it) continue;
    for (const kernel::Access& a : kernel.restrictions[lift.of].accesses)
      if (a.where) collect(kernel, a.where, terms);
  }
  return terms;
}

WarrantVerdict judge_mfa(const World& world, const kernel::Warrant& warrant, const Scene& scene) {
  const auto& mfa = world.request().warrants.mfa;
  WarrantVerdict v{surely(Truth::False), surely(Truth::True), {{"", "", 0, "mfa", std::nullopt}}};
  if (!mfa) return v;
  if (warrant.fresh_within == 0) v.met = surely(Truth::True);
  else if (!mfa->time) v.met = unknown("mfa", "not_supplied");
  else v.met = conjunction({not_before(scene.asked, *mfa->time - world.kernel().skew), before(scene.asked, *mfa->time + warrant.fresh_within)});
  return v;
}

WarrantVerdict judge_evidence(const World& world, const kernel::Warrant& warrant) {
  const auto& kinds = world.request().warrants.evidence;
  const bool presented = std::count(kinds.begin(), kinds.end(), warrant.evidence) > 0;
  return {surely(presented ? Truth::True : Truth::False), surely(Truth::True), {{"", "", 0, "evidence " + warrant.evidence, std::nullopt}}};
}

}  // namespace

std::string digest_text(const Schema& schema, const Evaluated& e) {
  if (e.state == Fact::State::Absent) return "none";
  if (e.values.empty() && !e.complete) return typed_ir::print(schema, e.value);
  std::string out = "{";
  for (const Value& v : e.values) out += (out.size() > 1 ? ", " : " ") + typed_ir::print(schema, v);
  return out + " }";
}

std::map<std::string, std::optional<std::string>> covered(const World& world, kernel::ChainId chain, const Scene& scene) {
  std::map<std::string, std::optional<std::string>> values;
  const Kernel& kernel = world.kernel();
  for (const TermId term : covered_terms(kernel, chain)) {
    const Evaluated e = world.value(term, scene);
    const bool unknown = e.state == Fact::State::Unknown || (kernel.conditions.term(term).type.set && !e.complete);
    values[typed_ir::print(kernel.conditions, kernel.schema, term)] = unknown ? std::nullopt : std::optional(digest_text(kernel.schema, e));
  }
  return values;
}

Instant covered_until(const World& world, kernel::ChainId chain, const Scene& scene) {
  Instant until = kForever;
  for (const TermId term : covered_terms(world.kernel(), chain)) until = std::min(until, world.value(term, scene).horizon);
  return until;
}

std::string digest_of(const World& world, kernel::ChainId chain, const Scene& scene, const std::map<std::string, std::string>& replaced) {
  const Request& r = world.request();
  const auto name = [&](const Key& key) { return world.schema().entities[key.first].local + "/" + key.second; };
  std::vector<std::string> names;
  for (const Key& key : requesters(world, scene)) names.push_back(name(key));
  std::sort(names.begin(), names.end());
  json::Value persons = json::array();
  for (const std::string& n : names) persons.items.push_back(json::string(n));

  json::Value over = json::object();
  for (const auto& [path, text] : covered(world, chain, scene)) {
    const auto it = replaced.find(path);
    if (it == replaced.end() && !text) return "";
    json::set(over, path, json::string(it == replaced.end() ? *text : it->second));
  }
  json::Value args = json::object();
  if (r.assign) {
    const kernel::Role& role = world.kernel().roles[r.assignment.role];
    for (std::size_t i = 0; i < r.assignment.args.size(); ++i) {
      if (!r.assignment.args[i]) return "";
      json::set(args, role.parameter_names[i], json::string(typed_ir::print(world.schema(), *r.assignment.args[i])));
    }
  }
  const auto instant = [](const std::optional<Instant>& t) { return t ? json::string(question::format_instant(*t)) : json::null(); };
  const json::Value all = json::object({
      {"question", json::string(r.assign ? "assign" : "perform")},
      {"persons", persons},
      {"action", json::string(r.action_name)},
      {"resource", r.has_resource ? json::string(name(r.resource)) : json::null()},
      {"role", r.assign ? json::string(world.kernel().roles[r.assignment.role].name) : json::null()},
      {"args", args},
      {"from", r.assign ? instant(r.assignment.from) : json::null()},
      {"until", r.assign ? instant(r.assignment.until) : json::null()},
      {"over", over},
  });
  return sha256(json::canonical(all));
}

WarrantVerdict judge_warrant(const World& world, const kernel::Warrant& warrant, const Scene& scene) {
  switch (warrant.kind) {
    case kernel::Warrant::Kind::Mfa: return judge_mfa(world, warrant, scene);
    case kernel::Warrant::Kind::Evidence: return judge_evidence(world, warrant);
    case kernel::Warrant::Kind::Approval: return judge_chain(world, warrant.chain, scene);
  }
  return {surely(Truth::False), surely(Truth::False), {}};
}

}  // namespace writ::interpret
