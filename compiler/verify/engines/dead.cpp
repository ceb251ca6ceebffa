// What decides nothing (semantics.md 12.5), in three values: a restriction that is never true may still bite where facts are unknown. What is
// alive is shown by a request; what is dead, by the forms that kill it, from unsat cores.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "compiler/verify/engines/assignment.h"
#include "compiler/verify/engines/cores.h"
#include "compiler/verify/engines/scene.h"

namespace writ::verify {

namespace {

constexpr const char* kNotReached = "never reached by";

Solved dead(std::string why, std::vector<Killer> killers, const std::vector<Statement>& statements, const char* grants = "killed by") {
  Witness w;
  w.kind = WitnessKind::Killers;
  w.killers = std::move(killers);
  for (const Statement& s : statements) w.story.push_back({fmt::format("{} {}", s.part, s.name), s.range});
  for (const Killer& k : w.killers) w.story.push_back({fmt::format("{} {}", k.form == KillerForm::Grant ? grants : "killed by", k.name), k.range});
  std::string names;
  std::set<std::string> seen;
  for (const Killer& k : w.killers)
    if (seen.insert(k.name).second) names += (names.empty() ? "" : ", ") + k.name;
  return refuted(names.empty() ? why : fmt::format("{}: {}", why, names), w);
}

/// The policy without what may be lifted: what is left can shadow.
Without for_good(const kernel::Kernel& kernel, kernel::RestrictionId but = {}) {
  Without without;
  without.restrictions = liftable(kernel);
  without.restrictions.erase(but);
  return without;
}

/// Restrictions without which the grant would be T in some permit: those that the core needs.
std::vector<Killer> restriction_killers(const Settings& settings, kernel::GrantId grant, kernel::ActionId action) {
  return killers(settings, {action}, [&](Scene& scene) {
    const Outcome o = scene.decide(for_good(settings.kernel));
    scene.question.require(o.grants.at(grant).yes);
    std::vector<Suspect> out;
    for (const auto& [id, value] : o.restrictions) out.push_back(suspect(settings.kernel, id, value.relaxed.no));
    return out;
  });
}

/// Other grants that are true wherever this one is in a permit; empty: it is not redundant. `ignored` are redundant themselves.
struct Redundancy { SearchResult::Kind kind; Solved solved; };

SearchResult alone_in_a_permit(const Settings& settings, kernel::GrantId grant, kernel::ActionId action, const std::set<kernel::GrantId>& ignored) {
  Search s;
  s.pose = [&](Scene& scene) {
    const Outcome o = scene.decide(for_good(settings.kernel));
    scene.question.require(o.grants.at(grant).yes);
    scene.question.require(scene.allowed(o));
    for (const auto& [id, value] : o.grants)
      if (id != grant && !ignored.contains(id)) scene.question.require(scene.terms().negation(value.yes));
  };
  s.found = [](Scene&) { return proved(); };
  return search(settings, {action}, Logic::Horizons::Off, s);
}

std::vector<kernel::GrantId> later_grants(const kernel::Kernel& kernel, kernel::GrantId grant, kernel::ActionId action) {
  std::vector<kernel::GrantId> out;
  if (auto found = kernel.grants_of_action.find(action); found != kernel.grants_of_action.end())
    for (kernel::GrantId g : found->second)
      if (grant < g) out.push_back(g);
  return out;
}

/// Of two that make each other redundant the later by id goes, so what is later and redundant itself makes nothing redundant.
class Redundant {
 public:
  Redundant(const Settings& settings, kernel::ActionId action) : settings_(settings), action_(action) {}
  bool operator()(kernel::GrantId grant) {
    if (const auto asked = known_.find(grant); asked != known_.end()) return asked->second;
    return known_[grant] = asks(grant);
  }

 private:
  bool asks(kernel::GrantId grant) {
    if (alone_in_a_permit(settings_, grant, action_, {}).kind != SearchResult::Kind::Nothing) return false;
    std::set<kernel::GrantId> ignored;
    for (kernel::GrantId g : later_grants(settings_.kernel, grant, action_))
      if ((*this)(g)) ignored.insert(g);
    return ignored.empty() || alone_in_a_permit(settings_, grant, action_, ignored).kind == SearchResult::Kind::Nothing;
  }

  const Settings& settings_;
  kernel::ActionId action_;
  std::map<kernel::GrantId, bool> known_;   ///< each is asked once, however many come before it
};

std::vector<Killer> grant_killers(const Settings& settings, kernel::GrantId grant, kernel::ActionId action) {
  return killers(settings, {action}, [&](Scene& scene) {
    const Outcome o = scene.decide(for_good(settings.kernel));
    scene.question.require(o.grants.at(grant).yes);
    scene.question.require(scene.allowed(o));
    std::vector<Suspect> out;
    for (const auto& [id, value] : o.grants)
      if (id != grant) out.push_back(suspect(settings.kernel, id, scene.terms().negation(value.yes)));
    return out;
  });
}

std::vector<kernel::ActionId> actions_reached(const kernel::Kernel& kernel, kernel::RestrictionId restriction) {
  std::vector<kernel::ActionId> out;
  for (const auto& [action, reached] : kernel.restrictions_of_action)
    if (std::find(reached.begin(), reached.end(), restriction) != reached.end() && !paths_of(kernel, action).empty()) out.push_back(action);
  return out;
}

/// Some request is decided differently in the two policies.
SearchResult decides(const Settings& settings, const std::vector<kernel::ActionId>& actions, const Without& before, const Without& after) {
  Search s;
  s.pose = [&](Scene& scene) {
    const Outcome with = scene.decide(before), gone = scene.decide(after);
    scene.question.require(scene.terms().negation(scene.same(with, gone)));
  };
  s.found = [](Scene&) { return proved(); };
  return search(settings, actions, Logic::Horizons::Off, s);
}

/// Why a form changes nothing: what would have to be so, besides, for it to decide.
struct Blocked {
  std::vector<std::pair<kernel::RestrictionId, Term>> idle;   ///< rules that must not refuse it anyway
  std::function<Term(const Kleene&)> gives;                   ///< what some grant must give
};
using Block = std::function<std::optional<Blocked>(Scene&, const Outcome&)>;

/// Any grant whose suspicion is dropped may give it.
std::vector<Suspect> suspected_grants(Scene& scene, const Outcome& o, const Blocked& blocked) {
  smt::Terms& t = scene.terms();
  std::vector<Suspect> out;
  std::vector<Term> any;
  for (const auto& [id, value] : o.grants) {
    const Term reaches = t.boolean(fmt::format("reaches:{}", id.index));
    any.push_back(reaches);
    out.push_back(suspect(scene.question.kernel(), id, t.implies(reaches, blocked.gives(value))));
  }
  scene.question.require(t.disjunction(any));
  return out;
}

/// The rules that are needed with the grants as they are, then the grants that are needed with those rules.
std::vector<Killer> blockers(const Settings& settings, const std::vector<kernel::ActionId>& actions, const Without& before, const Block& block) {
  std::vector<Killer> named = killers(settings, actions, [&](Scene& scene) {
    const Outcome o = scene.decide(before);
    std::vector<Suspect> rules;
    const auto blocked = block(scene, o);
    if (!blocked) return rules;
    for (const Suspect& grant : suspected_grants(scene, o, *blocked)) scene.question.require(grant.idle);
    for (const auto& [id, idle] : blocked->idle) rules.push_back(suspect(settings.kernel, id, idle));
    return rules;
  });
  const auto is_named = [&](kernel::RestrictionId id) {
    return std::any_of(named.begin(), named.end(), [&](const Killer& k) { return k.name == settings.kernel.restrictions[id].rule; });
  };
  const std::vector<Killer> grants = killers(settings, actions, [&](Scene& scene) {
    const Outcome o = scene.decide(before);
    const auto blocked = block(scene, o);
    if (!blocked) return std::vector<Suspect>{};
    for (const auto& [id, idle] : blocked->idle)
      if (is_named(id)) scene.question.require(idle);
    return suspected_grants(scene, o, *blocked);
  });
  named.insert(named.end(), grants.begin(), grants.end());
  return named;
}

/// A restriction that is not false decides where some grant is true, or where it is true itself and some grant is not false.
std::vector<Killer> why_no_bite(const Settings& settings, kernel::RestrictionId restriction, const std::vector<kernel::ActionId>& actions, const Without& before) {
  return blockers(settings, actions, before, [restriction](Scene& scene, const Outcome& o) -> std::optional<Blocked> {
    const auto mine = o.restrictions.find(restriction);
    if (mine == o.restrictions.end()) return std::nullopt;
    smt::Terms& t = scene.terms();
    scene.question.require(t.negation(mine->second.restricts.no));
    Blocked out;
    // Where this one is true another must be, where it is unknown another may be as unknown.
    for (const auto& [id, value] : o.restrictions)
      if (id != restriction) out.idle.emplace_back(id, t.ite(mine->second.restricts.yes, t.negation(value.relaxed.yes), value.relaxed.no));
    out.gives = [&t, yes = mine->second.relaxed.yes](const Kleene& grant) { return t.disjunction(grant.yes, t.conjunction(t.negation(grant.no), yes)); };
    return out;
  });
}

/// A lift that is used decides where some grant is true and nothing else refuses it, its own rule in another instance included.
std::vector<Killer> why_no_use(const Settings& settings, kernel::LiftId lift, const std::vector<kernel::ActionId>& actions, const Without& before) {
  return blockers(settings, actions, before, [lift](Scene& scene, const Outcome& o) -> std::optional<Blocked> {
    const auto used = o.used.find(lift);
    if (used == o.used.end()) return std::nullopt;
    scene.question.require(used->second);
    Blocked out;
    for (const auto& [id, value] : o.restrictions) out.idle.emplace_back(id, value.relaxed.no);
    out.gives = [](const Kleene& grant) { return grant.yes; };
    return out;
  });
}

/// Why nothing changes without a form, for what concerns it: the sentence before the names of its killers.
std::string why_nothing_changes(const std::vector<Killer>& killers) {
  const auto grants = static_cast<std::size_t>(std::count_if(killers.begin(), killers.end(), [](const Killer& k) { return k.form == KillerForm::Grant; }));
  if (killers.empty()) return "without it every decision is the same";
  if (grants == 0) return "whatever it concerns is refused already";
  return grants == killers.size() ? "no grant reaches what it concerns" : "whatever it concerns is refused already or never granted";
}

/// No request of these actions makes the formula true.
template <class Formula>
bool never(const Settings& settings, const std::vector<kernel::ActionId>& actions, const Without& before, Formula formula) {
  Search s;
  s.pose = [&](Scene& scene) { scene.question.require(formula(scene, scene.decide(before))); };
  s.found = [](Scene&) { return proved(); };
  return search(settings, actions, Logic::Horizons::Off, s).kind == SearchResult::Kind::Nothing;
}

/// Restrictions on acts, and whether they are dead beside those that nothing lifts.
class Shadows {
 public:
  Shadows(const Settings& settings) : settings_(settings) {}

  /// Found: some request is decided differently without it. Of two that kill each other the later by id goes, so what is later and dead kills nothing.
  SearchResult alive(kernel::RestrictionId id) {
    SearchResult beside = without(id, {});
    if (beside.kind != SearchResult::Kind::Nothing || liftable_.contains(id)) return beside;
    const std::set<kernel::RestrictionId> ignored = later_and_dead(id);
    if (undecided_) return *undecided_;
    return ignored.empty() ? beside : without(id, ignored);
  }

  /// The policy beside which it is judged.
  Without beside(kernel::RestrictionId id) {
    Without before = for_good(settings_.kernel, id);
    if (!liftable_.contains(id)) before.restrictions.merge(later_and_dead(id));
    return before;
  }

 private:
  SearchResult without(kernel::RestrictionId id, const std::set<kernel::RestrictionId>& ignored) {
    Without before = for_good(settings_.kernel, id);
    before.restrictions.insert(ignored.begin(), ignored.end());
    Without after = before;
    after.restrictions.insert(id);
    return decides(settings_, actions_reached(settings_.kernel, id), before, after);
  }
  std::set<kernel::RestrictionId> later_and_dead(kernel::RestrictionId id) {
    std::set<kernel::RestrictionId> reached, out;
    for (kernel::ActionId action : actions_reached(settings_.kernel, id))
      for (kernel::RestrictionId r : settings_.kernel.restrictions_of_action.at(action))
        if (id < r && !liftable_.contains(r) && !settings_.kernel.restrictions[r].at_assignment) reached.insert(r);
    for (kernel::RestrictionId r : reached) {
      auto known = dead_.find(r);
      if (known == dead_.end()) {
        SearchResult result = alive(r);
        if (result.kind == SearchResult::Kind::Undecided) undecided_ = result;
        known = dead_.emplace(r, result.kind == SearchResult::Kind::Nothing).first;
      }
      if (known->second) out.insert(r);
    }
    return out;
  }

  const Settings& settings_;
  std::set<kernel::RestrictionId> liftable_ = liftable(settings_.kernel);
  std::map<kernel::RestrictionId, bool> dead_;
  std::optional<SearchResult> undecided_;
};

}  // namespace

Solved solve_dead_grant(const Settings& settings, const Obligation& obligation) {
  const auto [grant, action] = std::pair{obligation.target.grant, obligation.target.action};
  Search s;
  s.pose = [&](Scene& scene) {
    const Outcome o = scene.decide(for_good(settings.kernel));
    scene.question.require(o.grants.at(grant).yes);
    scene.question.require(scene.allowed(o));
  };
  s.found = [](Scene&) { return proved(); };
  SearchResult alive = search(settings, {action}, Logic::Horizons::Off, s);
  if (alive.kind == SearchResult::Kind::Undecided) return alive.solved;
  if (alive.kind == SearchResult::Kind::Nothing) {
    std::vector<Killer> killers = restriction_killers(settings, grant, action);
    const char* why = killers.empty() ? "its own condition is never true for an eligible holder" : "refused wherever it is true";
    return dead(why, killers, obligation.statements);
  }
  const SearchResult alone = alone_in_a_permit(settings, grant, action, {});
  if (alone.kind == SearchResult::Kind::Undecided) return alone.solved;
  if (alone.kind == SearchResult::Kind::Nothing && Redundant(settings, action)(grant))
    return dead("redundant, another grant is true in every such permit", grant_killers(settings, grant, action), obligation.statements);
  Solved out = proved();
  out.effort = alive.solved.effort + alone.solved.effort;
  return out;
}

Solved solve_dead_restriction(const Settings& settings, const Obligation& obligation) {
  const kernel::RestrictionId id = obligation.target.restriction;
  const kernel::Restriction& r = settings.kernel.restrictions[id];
  if (r.at_assignment) return solve_standing_alive(settings, id, {});
  const std::vector<kernel::ActionId> actions = actions_reached(settings.kernel, id);
  if (actions.empty()) return dead("no grant reaches what it speaks of", {}, obligation.statements);
  Shadows shadows(settings);
  SearchResult alive = shadows.alive(id);
  if (alive.kind == SearchResult::Kind::Undecided) return alive.solved;
  if (alive.kind == SearchResult::Kind::Found) return proved();
  const Without beside = shadows.beside(id);
  const std::vector<Killer> killers = why_no_bite(settings, id, actions, beside);
  const auto applies = [&](Scene& scene, const Outcome& o) { return scene.bites(o, id); };
  const bool idle = killers.empty() && never(settings, actions, beside, applies);
  return dead(idle ? "its own condition is never true" : why_nothing_changes(killers), killers, obligation.statements, kNotReached);
}

Solved solve_dead_lift(const Settings& settings, const Obligation& obligation) {
  const kernel::LiftId id = obligation.target.lift;
  const kernel::Lift& lift = settings.kernel.lifts[id];
  const kernel::Restriction& r = settings.kernel.restrictions[lift.of];
  if (!lift.approved) return dead("no approval record, so it lifts nothing", {}, obligation.statements);
  if (r.kind == kernel::Restriction::Kind::Standing && r.at_assignment) return solve_standing_alive(settings, lift.of, id);
  const std::vector<kernel::ActionId> actions = actions_reached(settings.kernel, lift.of);
  if (actions.empty()) return dead("no grant reaches what its rule speaks of", {}, obligation.statements);
  const Without before = for_good(settings.kernel, lift.of);
  Without without = before;
  without.lifts.insert(id);
  SearchResult alive = decides(settings, actions, before, without);
  if (alive.kind == SearchResult::Kind::Undecided) return alive.solved;
  if (alive.kind == SearchResult::Kind::Found) return proved();
  const std::vector<Killer> killers = why_no_use(settings, id, actions, before);
  const auto lifts = [&](Scene& scene, const Outcome& o) {
    const auto used = o.used.find(id);
    return used == o.used.end() ? scene.terms().falsity() : used->second;
  };
  const std::string why = killers.empty() && never(settings, actions, before, lifts) ? "its rule never applies to what it selects" : why_nothing_changes(killers);
  return dead(why, killers, obligation.statements, kNotReached);
}

Solved solve_dead_role(const Settings& settings, const Obligation& obligation) {
  const kernel::RoleId id = obligation.target.role;
  const kernel::Role& role = settings.kernel.roles[id];
  Question q(settings, Logic::Horizons::Off);
  Environment env;
  env.principal = q.world().entity("principal", role.type, 0);
  for (std::size_t i = 0; i < role.parameters.size(); ++i) env.parameters.push_back(q.world().free_value("argument:" + role.parameter_names[i], role.parameters[i]));
  Reader reader(q.view(), env);
  std::vector<Term> ways;
  bool routed = false;
  for (const kernel::Route& route : settings.kernel.routes) {
    if (route.role != id) continue;
    routed = true;
    ways.push_back(route.kind == kernel::Route::Kind::Birthright ? reader.optional_condition(route.when).yes : obtainable(q, env, route));
  }
  q.require(reader.optional_condition(role.eligible).yes);
  if (routed) q.require(q.terms().disjunction(ways));
  const Refusals refused = routed ? refusals(q, env, id) : Refusals{};
  switch (q.solve()) {
    case Question::Found::Nothing: return dead("nobody can ever come to hold it", {}, obligation.statements);
    case Question::Found::Undecided: return open(q.undecided());
    case Question::Found::Model: break;
  }
  switch (q.solve_with(q.terms().conjunction(refused.free))) {
    case Question::Found::Nothing: {
      smt::Solver solver(q.terms(), settings.budget, settings.interrupt);
      for (Term a : q.assertions()) solver.add(a);
      std::vector<Killer> killers;
      for (std::size_t i : minimal_core(solver, refused.free)) killers.push_back(suspect(settings.kernel, refused.ids[i], refused.free[i]).killer);
      return dead("whoever it is for may not be given it", killers, obligation.statements);
    }
    case Question::Found::Undecided: return open(q.undecided());
    case Question::Found::Model: break;
  }
  Solved out = routed ? proved() : proved({"the role is handed out outside the policy, it has no route"});
  out.effort = q.effort();
  return out;
}

}  // namespace writ::verify
