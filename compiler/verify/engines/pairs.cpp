// Questions about two decisions at once: a fact left out (fail-closed), a later instant (horizon), a fact that is
// otherwise (`does not depend on`), a lift that is gone (expiry).
#include <fmt/format.h>

#include "compiler/verify/engines/population.h"
#include "compiler/verify/engines/scene.h"

namespace writ::verify {

namespace {

/// Some request that the action permits or leaves pending: without one the proof says nothing.
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

}  // namespace

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

/// Which member of the path `principal` is: a rule speaks of each.
enum class Member : std::uint8_t { Subject, Initiator };

/// People of a register who ask; none: anybody.
struct Askers {
  const Inhabitant* subject = nullptr;
  const Inhabitant* initiator = nullptr;
};

class Independence {
 public:
  Independence(const Settings& settings, const kernel::Claim& claim, Askers askers) : settings_(settings), claim_(claim), askers_(askers) {}

  /// Nothing: no pair of requests differs in the fact and in the decision.
  SearchResult search_pair(kernel::TermId fact, Member member) {
    Search s;
    s.pose = [&](Scene& scene) { pose(scene, fact, member); };
    s.found = [&](Scene& scene) { return told(scene, fact); };
    SearchResult r = search(settings_, {claim_.action}, Logic::Horizons::Off, s);
    if (unclear_.empty()) return r;
    return {SearchResult::Kind::Undecided, open({VerdictKind::Undecided, Reason::NotSupported, "in the register: " + unclear_})};
  }
  /// Whether anybody who has such a fact can be asked about.
  bool posed() const { return posed_; }

 private:
  const typed_ir::Term& term(kernel::TermId id) const { return settings_.kernel.conditions.term(id); }

  kernel::EntityId root_type(kernel::TermId fact) const {
    while (term(fact).kind == typed_ir::TermKind::Attribute) fact = term(fact).a[0];
    return term(fact).root == typed_ir::Root::Principal ? term(fact).type.entity : kernel::EntityId{};
  }

  bool asks(const Scene& scene) const {
    const auto fits = [](const Inhabitant* him, const Entity& person) { return him->subject.first == person.type; };
    if (!askers_.subject) return true;
    return fits(askers_.subject, scene.subject) && (scene.act.initiator ? askers_.initiator && fits(askers_.initiator, *scene.act.initiator) : !askers_.initiator);
  }

  void pose(Scene& scene, kernel::TermId fact, Member member) {
    Question& q = scene.question;
    const kernel::EntityId principal = root_type(fact);
    const std::optional<Entity> who = member == Member::Subject ? std::optional(scene.subject) : scene.act.initiator;
    if (!who || !asks(scene) || (principal && principal != who->type)) return q.require(scene.terms().falsity());
    posed_ = true;
    const Environment env = DecisionEncoder(q.view(), scene.holdings, scene.act).environment(*who);
    const Entity owner = referenced(Reader(q.view(), env).term(term(fact).a[0]));
    q.world().vary(owner, term(fact).attribute);
    view_ = std::make_unique<View>(q.world(), q.logic(), View::Reading::Otherwise);
    varied_ = &q.world().fact(owner, term(fact).attribute);
    first_ = scene.decide();
    second_ = scene.decide(*view_);
    q.require(owner.present);
    q.require(scene.terms().negation(scene.same(first_, second_)));
    confine_askers(scene);
  }

  void confine_askers(Scene& scene) {
    if (!askers_.subject) return;
    auto done = confine(scene.question, scene.subject, scene.holdings, *askers_.subject);
    if (done && scene.act.initiator) done = confine(scene.question, *scene.act.initiator, scene.holdings.of(*scene.act.initiator), *askers_.initiator);
    if (!done) unclear_ = done.error();
  }

  Solved told(Scene& scene, kernel::TermId fact) {
    Question& q = scene.question;
    const Fact& other = q.world().otherwise(*varied_);
    q.prefer(scene.terms().conjunction({varied_->has, other.has}));   // two values tell more than one that is missing
    q.prefer(scene.allowed(first_));
    scene.minimise();
    const std::string name = typed_ir::print(q.kernel().conditions, q.kernel().schema, fact, {});
    const AskedRequest a = scene.asked(first_), b = scene.asked(*view_, second_);
    return refuted(fmt::format("{} where {}, {} where {}", question::to_string(a.outcome), fact_text(q, name, *varied_), question::to_string(b.outcome), fact_text(q, name, other)),
                   pair(WitnessKind::DecisionPair, {a, b},
                        joined(tell_request(scene, q.view(), first_), fmt::format("and where {}:", fact_text(q, name, other)), tell_request(scene, *view_, second_))));
  }

  const Settings& settings_;
  const kernel::Claim& claim_;
  Askers askers_;
  Outcome first_, second_;
  std::unique_ptr<View> view_;
  const Fact* varied_ = nullptr;
  bool posed_ = false;
  std::string unclear_;
};

/// Nobody in particular, or everybody in the register, each alone and with everybody who may run him.
std::vector<Askers> askers(const Settings& settings, const kernel::Claim& claim) {
  if (!claim.in_population) return {Askers{}};
  std::vector<Askers> out;
  for (const Inhabitant& subject : *settings.population) {
    out.push_back({&subject, nullptr});
    if (settings.kernel.schema.entities[subject.subject.first].kind == typed_ir::EntityKind::Human) continue;
    for (const Inhabitant& initiator : *settings.population)
      if (settings.kernel.schema.entities[initiator.subject.first].kind == typed_ir::EntityKind::Human) out.push_back({&subject, &initiator});
  }
  return out;
}

}  // namespace

Solved solve_independence(const Settings& settings, const kernel::Claim& claim) {
  if (claim.in_population && !settings.population) return open({VerdictKind::Undecided, Reason::NotSupported, "`in population`: no register of facts is part of the run"});
  Solved out = proved();
  std::optional<Solved> undecided;
  bool posed = false;
  for (const Askers& who : askers(settings, claim)) {
    for (kernel::TermId fact : claim.facts) {
      for (Member member : {Member::Subject, Member::Initiator}) {
        Independence pairs(settings, claim, who);
        SearchResult r = pairs.search_pair(fact, member);
        posed |= pairs.posed();
        r.solved.effort += out.effort;
        if (r.kind == SearchResult::Kind::Found) return std::move(r.solved);
        if (r.kind == SearchResult::Kind::Undecided && !undecided) undecided = r.solved;
        out.effort = r.solved.effort;
        if (pairs.posed()) out.assumptions.insert(out.assumptions.end(), r.solved.assumptions.begin(), r.solved.assumptions.end());
      }
    }
  }
  if (undecided) return std::move(*undecided);
  if (!posed) return vacuous(settings, Reason::AssumptionsUnmet, "nobody who has that fact is granted the action");
  if (!can_be_allowed(settings, {claim.action})) return vacuous(settings, Reason::AssumptionsUnmet, "nothing is ever permitted");
  if (claim.in_population) out.assumptions.emplace_back("people, facts and holdings are those of the registers");
  return out;
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
