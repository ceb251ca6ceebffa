#include "compiler/verify/engines/scene.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "compiler/verify/engines/cores.h"

namespace writ::verify {

std::vector<Path> paths_of(const kernel::Kernel& kernel, kernel::ActionId action) {
  std::set<kernel::EntityId> subjects;
  if (auto found = kernel.grants_of_action.find(action); found != kernel.grants_of_action.end())
    for (kernel::GrantId g : found->second) subjects.insert(kernel.roles[kernel.grants[g].role].type);
  std::vector<Path> out;
  for (kernel::EntityId s : subjects) {
    out.push_back({s, {}});
    if (kernel.schema.entities[s].kind == typed_ir::EntityKind::Human) continue;
    for (kernel::EntityId h : kernel.schema.entities.ids())
      if (kernel.schema.entities[h].kind == typed_ir::EntityKind::Human) out.push_back({s, h});
  }
  return out;
}

namespace {

std::optional<Entity> initiator_of(World& world, Path path) {
  if (!path.initiator) return std::nullopt;
  return world.entity("initiator", path.initiator, 0);
}

}  // namespace

Scene::Scene(const Settings& settings, kernel::ActionId action, Path path, Logic::Horizons horizons)
    : question(settings, horizons),
      subject(question.world().entity("principal", path.subject, 0)),
      holdings(question.world(), subject),
      act(make_act(question.world(), "1", action, subject, initiator_of(question.world(), path))) {
  // A person is not his own robot, and a resource is a thing of its own.
  if (act.initiator) question.world().assume(terms().negation(terms().equal(act.initiator->id, subject.id)));
}

Term Scene::bites(const Outcome& o, kernel::RestrictionId id) {
  const auto found = o.restrictions.find(id);
  return found == o.restrictions.end() ? terms().falsity() : terms().negation(found->second.restricts.no);
}

Term Scene::same(const Outcome& a, const Outcome& b) {
  smt::Terms& t = terms();
  std::vector<Term> all{t.equal(a.permit, b.permit), t.equal(a.pending, b.pending), t.equal(a.deny, b.deny)};
  std::vector<Term> details, missing;
  std::set<kernel::LiftId> lifts;
  for (const auto& [id, used] : a.used) lifts.insert(id);
  for (const auto& [id, used] : b.used) lifts.insert(id);
  auto used = [&](const Outcome& o, kernel::LiftId id) {
    const auto found = o.used.find(id);
    return found == o.used.end() ? t.falsity() : found->second;
  };
  for (kernel::LiftId id : lifts) details.push_back(t.equal(used(a, id), used(b, id)));
  for (const auto& [id, value] : a.obligations)
    if (auto other = b.obligations.find(id); other != b.obligations.end()) details.push_back(t.equal(value.no, other->second.no));
  for (const auto& [id, value] : a.restrictions) missing.push_back(t.equal(bites(a, id), bites(b, id)));
  for (const auto& [id, value] : b.restrictions)
    if (!a.restrictions.contains(id)) missing.push_back(t.negation(bites(b, id)));
  all.push_back(t.implies(allowed(a), t.conjunction(details)));
  all.push_back(t.implies(a.pending, t.conjunction(missing)));
  return t.conjunction(all);
}

void prefer_little(Question& question, Holdings& holdings, const Act& act) {
  smt::Terms& t = question.terms();
  const auto little = [&](Holdings& of) {
    for (const auto& [type, robot] : of.robots()) question.prefer(t.negation(robot.present));
    for (const auto& [role, slots] : of.all())
      for (const Slot& s : slots) question.prefer(t.negation(s.listed));
    if (of.owned_complete().valid()) question.prefer(of.owned_complete());
    question.prefer(of.complete());
  };
  for (const auto& [path, other] : holdings.others()) little(*other);
  little(holdings);
  question.prefer(t.boolean(act.name + ".history!complete"));
  for (const auto& [role, slots] : holdings.all())
    for (const Slot& s : slots) {
      question.prefer(t.conjunction(s.from.has, t.equal(s.from.value, t.integer(0))));
      question.prefer(s.until.none);
      question.prefer(s.route_known);
    }
}

void Scene::minimise() {
  prefer_little(question, holdings, act);
  question.minimise();
}

question::Outcome Scene::outcome_of(const Outcome& o) {
  if (question.is_true(o.permit)) return question::Outcome::Permit;
  if (question.is_true(o.pending)) return question::Outcome::Pending;
  return question.is_true(o.deny) ? question::Outcome::Deny : question::Outcome::Indeterminate;
}

AskedRequest Scene::asked(View& view, const Outcome& outcome) {
  return {request_json(question, holdings, act, view), outcome_of(outcome)};
}

std::vector<StoryLine> tell_request(Scene& scene, View& view, const Outcome& outcome) {
  Question& q = scene.question;
  const kernel::Kernel& k = q.kernel();
  std::vector<StoryLine> out;
  std::string what = fmt::format("{} \"{}\" asks for {}", k.schema.entities[scene.subject.type].local, id_text(q, scene.subject), k.schema.actions[scene.act.action].name);
  if (scene.act.resource) what += fmt::format(" on {} \"{}\"", k.schema.entities[scene.act.resource->type].local, id_text(q, *scene.act.resource));
  if (scene.act.initiator) what += fmt::format(", run by \"{}\"", id_text(q, *scene.act.initiator));
  what += fmt::format(", at {}: {}", question::format_instant(q.number(view.logic().now())), question::to_string(scene.outcome_of(outcome)));
  out.push_back({what, {}});
  for (const auto& [role, slots] : scene.holdings.all())
    for (const Slot& s : slots) {
      if (!q.is_true(s.listed)) continue;
      std::string args;
      for (std::size_t i = 0; i < s.args.size(); ++i) args += (args.empty() ? "" : ", ") + value_text(q, s.args[i].type, s.args[i].value, s.args[i].currency);
      out.push_back({fmt::format("holds {}{}", k.roles[role].name, args.empty() ? "" : "(" + args + ")"), k.roles[role].origin.range});
    }
  for (const auto& [path, r] : q.world().records())
    if (r.act == scene.act.name && q.is_true(r.present))
      out.push_back({fmt::format("with step {} of {} approved by \"{}\" at {}", r.step + 1, k.chains[r.chain].name, id_text(q, r.approver), question::format_instant(q.number(r.given))), k.chains[r.chain].origin.range});
  std::string facts;
  for (const std::string& f : known_facts(q, view, scene.act.name)) facts += (facts.empty() ? "" : "; ") + f;
  if (!facts.empty()) out.push_back({"where " + facts, {}});
  for (const auto& [id, value] : outcome.grants)
    if (q.is_true(value.yes)) out.push_back({fmt::format("granted by {}", k.grants[id].id), k.grants[id].origin.range});
  for (const auto& [id, value] : outcome.restrictions) {
    if (q.is_true(value.restricts.no)) continue;
    const std::string_view how = q.is_true(value.restricts.yes) ? "restricted by" : "perhaps restricted by";
    out.push_back({fmt::format("{} {}", how, k.restrictions[id].rule), k.restrictions[id].origin.range});
  }
  for (const auto& [id, used] : outcome.used)
    if (q.is_true(used)) out.push_back({fmt::format("lifted by {}", k.lifts[id].id), k.lifts[id].origin.range});
  return out;
}

std::set<std::string> holding_assumptions(const Holdings& holdings) {
  std::set<std::string> out;
  const auto note = [&](const Holdings& of) {
    if (!of.robots().empty()) out.insert("a person owns at most one workload of a type besides those that act");
    for (const auto& [role, slots] : of.all())
      if (!slots.empty() && !slots.front().args.empty()) out.insert(fmt::format("at most {} holdings of one template role are listed", of.templates()));
  };
  note(holdings);
  for (const auto& [path, other] : holdings.others()) note(*other);
  return out;
}

std::vector<std::string> request_assumptions(Scene& scene) {
  std::set<std::string> out{"a path of one hop, or a person who runs the workload", "the facts supplied are true"};
  for (const std::string& a : holding_assumptions(scene.holdings)) out.insert(a);
  for (const World::Note& n : scene.question.world().notes()) {
    if (n.kind == World::Note::Kind::Event) out.insert("a history is the list of completed acts up to now");
    if (n.kind == World::Note::Kind::Control) out.insert("control tests and monitors are supplied facts");
  }
  for (const World::Abstraction& a : scene.question.world().abstractions()) out.insert("any value of: " + a.what);
  return {out.begin(), out.end()};
}

SearchResult search(const Settings& settings, const std::vector<kernel::ActionId>& actions, Logic::Horizons horizons, const Search& how) {
  SearchResult result;
  std::set<std::string> assumptions;
  std::optional<Verdict> undecided;
  std::uint64_t effort = 0;
  for (kernel::ActionId action : actions) {
    for (Path path : paths_of(settings.kernel, action)) {
      Scene scene(settings, action, path, horizons);
      how.pose(scene);
      scene.holdings.link();
      const Question::Found found = scene.question.solve();
      effort += scene.question.effort();
      if (found == Question::Found::Model) {
        result.kind = SearchResult::Kind::Found;
        result.solved = how.found(scene);
        result.solved.effort = effort;
        return result;
      }
      if (found == Question::Found::Undecided && !undecided) undecided = scene.question.undecided();
      for (std::string& a : request_assumptions(scene)) assumptions.insert(std::move(a));
    }
  }
  if (undecided) {
    result.kind = SearchResult::Kind::Undecided;
    result.solved = open(*undecided);
  } else {
    result.solved = proved({assumptions.begin(), assumptions.end()});
  }
  result.solved.effort = effort;
  return result;
}

std::set<kernel::RestrictionId> liftable(const kernel::Kernel& kernel) {
  std::set<kernel::RestrictionId> out;
  for (kernel::RestrictionId id : kernel.restrictions.ids())
    if (!kernel.restrictions[id].yields.empty()) out.insert(id);
  for (const kernel::Lift& l : kernel.lifts)
    if (l.kind != kernel::Lift::Kind::Warrant) out.insert(l.of);
  return out;
}

Suspect suspect(const kernel::Kernel& kernel, kernel::RestrictionId id, Term idle) {
  const kernel::Restriction& r = kernel.restrictions[id];
  return {id.index, {r.rule, r.origin.range, KillerForm::Rule}, idle};
}
Suspect suspect(const kernel::Kernel& kernel, kernel::GrantId id, Term idle) {
  const kernel::Grant& g = kernel.grants[id];
  return {id.index, {g.id, g.origin.range, KillerForm::Grant}, idle};
}

std::vector<Killer> killers(const Settings& settings, const std::vector<kernel::ActionId>& actions,
                            const std::function<std::vector<Suspect>(Scene&)>& pose) {
  std::map<std::pair<KillerForm, std::uint32_t>, Killer> named;
  for (kernel::ActionId action : actions) {
    for (Path path : paths_of(settings.kernel, action)) {
      Scene scene(settings, action, path);
      const std::vector<Suspect> suspects = pose(scene);
      scene.holdings.link();
      smt::Solver solver(scene.terms(), settings.budget, settings.interrupt);
      for (Term t : scene.question.assertions()) solver.add(t);
      std::vector<Term> idle;
      for (const Suspect& s : suspects) idle.push_back(s.idle);
      for (std::size_t i : minimal_core(solver, idle)) named.emplace(std::pair(suspects[i].killer.form, suspects[i].id), suspects[i].killer);
    }
  }
  std::vector<Killer> out;
  for (auto& [id, killer] : named) out.push_back(std::move(killer));
  return out;
}

}  // namespace writ::verify
