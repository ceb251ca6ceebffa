// Questions about two decisions at once: a fact left out (fail-closed), a later instant (horizon), a lift that is gone (expiry).
#include <fmt/format.h>

#include "compiler/verify/engines/pairs.h"

namespace writ::verify {

bool can_be_allowed(const Settings& settings, const std::vector<kernel::ActionId>& actions) {
  Search s;
  s.pose = [](Scene& scene) { scene.question.require(scene.allowed(scene.decide())); };
  s.found = [](Scene&) { return proved(); };
  return search(settings, actions, Logic::Horizons::Off, s).kind != SearchResult::Kind::Nothing;
}

Witness pair(WitnessKind kind, std::vector<AskedRequest> requests, std::vector<StoryLine> story) {
  Witness w;
  w.kind = kind;
  w.requests = std::move(requests);
  w.story = std::move(story);
  return w;
}

std::vector<StoryLine> joined(std::vector<StoryLine> first, std::string between, std::vector<StoryLine> second) {
  first.push_back({std::move(between), {}});
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

Solved solve_fail_closed(const Settings& settings, const Obligation& obligation) {
  const kernel::ActionId action = obligation.target.action;
  // Encoded for both readings by the same scene; kept outside the lambdas so that `found` can tell the story.
  Outcome full, thinned;
  std::unique_ptr<View> view;
  Search s;
  s.pose = [&](Scene& scene) {
    smt::Terms& t = scene.terms();
    view = std::make_unique<View>(scene.question.world(), scene.question.logic(), View::Reading::Thinned);
    full = scene.decide();
    thinned = scene.decide(*view);
    std::vector<Term> wider{t.conjunction(thinned.permit, t.negation(full.permit)), t.conjunction(thinned.pending, t.disjunction(full.deny, full.indeterminate))};
    for (const auto& [id, value] : full.restrictions)
      wider.push_back(t.conjunction({full.pending, thinned.pending, scene.bites(full, id), t.negation(scene.bites(thinned, id))}));
    scene.question.require(t.disjunction(wider));
  };
  s.found = [&](Scene& scene) {
    scene.minimise();
    const AskedRequest a = scene.asked(full), b = scene.asked(*view, thinned);
    return refuted(fmt::format("{} with all facts, {} with fewer", question::to_string(a.outcome), question::to_string(b.outcome)),
                   pair(WitnessKind::DecisionPair, {a, b},
                        joined(tell_request(scene, scene.question.view(), full), "with fewer facts:", tell_request(scene, *view, thinned))));
  };
  SearchResult r = search(settings, {action}, Logic::Horizons::Off, s);
  if (r.kind == SearchResult::Kind::Nothing && !can_be_allowed(settings, {action})) return vacuous(settings, Reason::AssumptionsUnmet, "nothing is ever permitted");
  return r.solved;
}

Solved solve_horizon(const Settings& settings, const Obligation& obligation) {
  const kernel::ActionId action = obligation.target.action;
  Outcome first, second;
  std::unique_ptr<Logic> later_logic;
  std::unique_ptr<View> later;
  auto pose = [&](Scene& scene) {
    smt::Terms& t = scene.terms();
    const Term then = t.variable("later", smt::kInt);
    later_logic = std::make_unique<Logic>(t, then, t.truth(), Logic::Horizons::Off, settings.faults);
    later = std::make_unique<View>(scene.question.world(), *later_logic);
    first = scene.decide();
    second = scene.decide(*later);
    for (Term required : {t.less_equal(scene.question.now(), then), first.valid_until, t.less(then, t.integer(typed_ir::kInstantEnd))})
      scene.question.require(required);
  };
  Search s;
  s.pose = [&](Scene& scene) {
    pose(scene);
    scene.question.require(scene.terms().negation(scene.same(first, second)));
  };
  s.found = [&](Scene& scene) {
    scene.minimise();
    const AskedRequest a = scene.asked(first), b = scene.asked(*later, second);
    const std::int64_t then = scene.question.number(later_logic->now());
    Witness w = pair(WitnessKind::DecisionPair, {a, b}, joined(tell_request(scene, scene.question.view(), first), "later:", tell_request(scene, *later, second)));
    w.at = then;
    return refuted(fmt::format("{}, said to hold, yet {} at {}", question::to_string(a.outcome), question::to_string(b.outcome), question::format_instant(then)), w);
  };
  SearchResult r = search(settings, {action}, Logic::Horizons::On, s);
  if (r.kind != SearchResult::Kind::Nothing) return r.solved;
  Search some;
  some.pose = [&](Scene& scene) {
    pose(scene);
    scene.question.require(scene.terms().less(scene.question.now(), later_logic->now()));
  };
  some.found = [](Scene&) { return proved(); };
  if (search(settings, {action}, Logic::Horizons::On, some).kind == SearchResult::Kind::Nothing)
    return vacuous(settings, Reason::AssumptionsUnmet, "no decision holds for any time");
  return r.solved;
}

namespace {

/// Actions whose decisions the lift can reach: those of its restriction, else those granted by roles (through what rests on it).
std::vector<kernel::ActionId> reached_actions(const kernel::Kernel& kernel, kernel::RestrictionId restriction) {
  std::vector<kernel::ActionId> out;
  for (const auto& [action, reached] : kernel.restrictions_of_action)
    if (std::find(reached.begin(), reached.end(), restriction) != reached.end() && !paths_of(kernel, action).empty()) out.push_back(action);
  return out;
}

std::vector<kernel::ActionId> side_actions(const kernel::Restriction& r) {
  std::set<kernel::ActionId> out;
  for (const kernel::Side& s : r.sides)
    for (const kernel::SideElement& e : s.elements)
      for (const kernel::Capability& c : e.capabilities) out.insert(c.action);
  return {out.begin(), out.end()};
}

}  // namespace

Solved solve_expiry(const Settings& settings, const Obligation& obligation) {
  const kernel::LiftId id = obligation.target.lift;
  const kernel::Lift& lift = settings.kernel.lifts[id];
  const kernel::Restriction& r = settings.kernel.restrictions[lift.of];
  std::vector<kernel::ActionId> actions = reached_actions(settings.kernel, lift.of);
  const bool standing = actions.empty();
  if (standing) actions = side_actions(r);
  Outcome with, without;
  Search s;
  s.pose = [&](Scene& scene) {
    smt::Terms& t = scene.terms();
    scene.holdings.may_rest_on(id);
    with = scene.decide();
    Without gone;
    gone.lifts.insert(id);
    without = scene.decide(gone);
    const Term ended = t.less_equal(t.integer(lift.until), scene.question.now());
    std::vector<Term> all_rest;
    for (const auto& [role, slots] : scene.holdings.all())
      for (const Slot& slot : slots) all_rest.push_back(t.implies(slot.listed, slot.rests));
    const auto selects = with.selects.find(id);
    const Term unselected = selects == with.selects.end() ? t.truth() : selects->second.no;
    const Term differs = t.negation(scene.same(with, without));
    // Nothing obtained under it outlives it; it differs nowhere after its end, and before only where it selects.
    scene.question.require(t.disjunction({t.conjunction({ended, with.granted.yes, t.conjunction(all_rest)}), t.conjunction(ended, differs), t.conjunction(unselected, differs)}));
  };
  s.found = [&](Scene& scene) {
    scene.minimise();
    Witness w = pair(WitnessKind::PolicyPair, {scene.asked(with)}, joined(tell_request(scene, scene.question.view(), with), fmt::format("without {}:", lift.id), tell_request(scene, scene.question.view(), without)));
    w.removed = {lift.id};
    return refuted(fmt::format("{} with it, {} without", question::to_string(scene.outcome_of(with)), question::to_string(scene.outcome_of(without))), w);
  };
  if (lift.until == typed_ir::kForever) return refuted("it has no end", [&] { Witness w; w.kind = WitnessKind::Static; w.story = {{fmt::format("{} names no end", lift.id), lift.origin.range}}; return w; }());
  SearchResult result = search(settings, actions, Logic::Horizons::Off, s);
  if (actions.empty()) return vacuous(settings, Reason::SideUnused, fmt::format("no role grants an action that `{}` speaks of", r.rule));
  if (result.kind == SearchResult::Kind::Nothing) result.solved.assumptions.emplace_back("end records of a ledger are not part of the policy");
  return result.solved;
}

}  // namespace writ::verify
