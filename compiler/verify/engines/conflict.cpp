// Promises that cannot be kept (semantics.md 12.4): overclaims, lifts and birthrights that rules defeat everywhere, values stated twice.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/verify/engines/assignment.h"
#include "compiler/verify/engines/cores.h"
#include "compiler/verify/engines/scene.h"

namespace writ::verify {

namespace {

using kernel::Restriction;
using typed_ir::CondKind;
using typed_ir::TermKind;

/// A fact and the literals that it is compared with.
struct Claimed {
  kernel::TermId term;
  std::set<std::int64_t> cuts;             ///< numbers: the cell boundaries, a cell is [cut, next cut)
  std::set<typed_ir::Value> values;        ///< enums and strings: singled-out values
  bool numeric = false;
};
using Claims = std::map<kernel::TermId, Claimed>;

bool is_fact(const kernel::Conditions& store, kernel::TermId id) { return store.term(id).kind == TermKind::Attribute; }
bool is_literal(const kernel::Conditions& store, kernel::TermId id) { return store.term(id).kind == TermKind::Literal; }

void cut(const kernel::Conditions& store, Claims& claims, kernel::TermId fact, kernel::TermId literal, std::int64_t first_of_next) {
  const typed_ir::Term& f = store.term(fact);
  Claimed& c = claims[fact];
  c.term = fact;
  switch (f.type.scalar) {
    case typed_ir::Scalar::Int:
    case typed_ir::Scalar::Decimal:
    case typed_ir::Scalar::Money:
    case typed_ir::Scalar::Time:
    case typed_ir::Scalar::Duration:
      c.numeric = true;
      c.cuts.insert(store.term(literal).value.number + first_of_next);
      return;
    case typed_ir::Scalar::Bool:
    case typed_ir::Scalar::String:
    case typed_ir::Scalar::Enum:
    case typed_ir::Scalar::Ref: c.values.insert(store.term(literal).value); return;
  }
}

void gather(const kernel::Conditions& store, kernel::CondId id, Claims& claims) {
  const typed_ir::Cond& c = store.cond(id);
  for (kernel::CondId inner : c.c) gather(store, inner, claims);
  if (c.kind == CondKind::Fact && is_fact(store, c.t[0])) {
    claims[c.t[0]].term = c.t[0];
    return;
  }
  if (c.t.size() != 2) return;
  const bool left = is_fact(store, c.t[0]) && is_literal(store, c.t[1]), right = is_literal(store, c.t[0]) && is_fact(store, c.t[1]);
  if (!left && !right) return;
  const kernel::TermId fact = left ? c.t[0] : c.t[1], literal = left ? c.t[1] : c.t[0];
  if (c.kind == CondKind::Less) cut(store, claims, fact, literal, left ? 0 : 1);
  if (c.kind == CondKind::LessEqual) cut(store, claims, fact, literal, left ? 1 : 0);
  if (c.kind == CondKind::Equal) {
    cut(store, claims, fact, literal, 0);
    if (claims[fact].numeric) cut(store, claims, fact, literal, 1);
  }
}

bool unliftable(const kernel::Kernel& kernel, kernel::RestrictionId id) {
  const Restriction& r = kernel.restrictions[id];
  return r.yields.empty() && !r.requirement && !kernel.lifts_of.contains(id);
}

/// The cells of one fact as formulas over what it denotes.
std::vector<Term> cells(Scene& scene, const Claimed& claimed, const Denoted& fact) {
  smt::Terms& t = scene.terms();
  const kernel::Kernel& kernel = scene.question.kernel();
  if (fact.type.scalar == typed_ir::Scalar::Bool) return {fact.value, t.negation(fact.value)};
  std::vector<Term> out;
  if (claimed.numeric) {
    const std::vector<std::int64_t> cuts(claimed.cuts.begin(), claimed.cuts.end());
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
      const Term low = i > 0 ? t.less_equal(t.integer(cuts[i - 1]), fact.value) : t.truth();
      const Term high = i < cuts.size() ? t.less(fact.value, t.integer(cuts[i])) : t.truth();
      out.push_back(t.conjunction(low, high));
    }
    return out;
  }
  std::vector<Term> others;
  for (const typed_ir::Value& v : claimed.values) {
    const bool closed = fact.type.scalar == typed_ir::Scalar::Enum && !kernel.schema.enums[fact.type.enumeration].open;
    const Term literal = closed ? scene.question.world().ordinal(fact.type.enumeration, static_cast<std::uint32_t>(v.number)) : scene.question.world().code(v.text);
    out.push_back(t.equal(fact.value, literal));
    others.push_back(t.negation(out.back()));
  }
  out.push_back(t.conjunction(others));
  return out;
}

constexpr std::size_t kMostCells = 2048;

}  // namespace

Solved solve_overclaim(const Settings& settings, const Obligation& obligation) {
  const kernel::Kernel& kernel = settings.kernel;
  const auto [grant_id, action] = std::pair{obligation.target.grant, obligation.target.action};
  const kernel::Grant& grant = kernel.grants[grant_id];
  Claims claims;
  if (grant.access.where) gather(kernel.conditions, grant.access.where, claims);
  std::set<kernel::TermId> own;
  for (const auto& [id, c] : claims) own.insert(id);
  std::vector<kernel::RestrictionId> shadowing;
  if (auto found = kernel.restrictions_of_action.find(action); found != kernel.restrictions_of_action.end())
    for (kernel::RestrictionId id : found->second)
      if (unliftable(kernel, id) && std::find(grant.subject_to.begin(), grant.subject_to.end(), id) == grant.subject_to.end()) {
        shadowing.push_back(id);
        for (const kernel::Access& a : kernel.restrictions[id].accesses)
          if (a.where) gather(kernel.conditions, a.where, claims);
      }
  std::erase_if(claims, [&](const auto& entry) { return !own.contains(entry.first); });

  std::optional<Verdict> undecided;
  std::uint64_t effort = 0;
  bool holds_somewhere = false;
  for (Path path : paths_of(kernel, action)) {
    if (path.initiator || path.subject != kernel.roles[grant.role].type) continue;
    Scene scene(settings, action, path);
    smt::Terms& t = scene.terms();
    const Outcome o = scene.decide();
    scene.holdings.link();
    Environment env = DecisionEncoder(scene.question.view(), scene.holdings, scene.act).environment(scene.subject);
    if (const auto& slots = scene.holdings.slots(grant.role); !slots.empty()) env.parameters = slots.front().args;
    Reader reader(scene.question.view(), env);
    std::vector<std::vector<Term>> axes;
    std::size_t count = 1;
    for (const auto& [id, claimed] : claims) {
      axes.push_back(cells(scene, claimed, reader.term(id)));
      count *= axes.back().size();
    }
    if (count > kMostCells) return open({VerdictKind::Undecided, Reason::Limit, fmt::format("{} cells", count)});
    for (Term known : scene.question.world().completeness()) scene.question.require(known);
    scene.question.require(o.grants.at(grant_id).yes);
    std::vector<Term> free;
    for (kernel::RestrictionId id : shadowing)
      if (auto found = o.restrictions.find(id); found != o.restrictions.end()) free.push_back(found->second.restricts.no);
    for (std::size_t n = 0; n < count; ++n) {
      std::vector<Term> here;
      std::size_t rest = n;
      for (const auto& axis : axes) {
        here.push_back(axis[rest % axis.size()]);
        rest /= axis.size();
      }
      const Term cell = t.conjunction(here);
      std::vector<Term> both = free;
      both.push_back(cell);
      Question::Found found = scene.question.solve_with(t.conjunction(both));
      effort += scene.question.effort();
      holds_somewhere |= found != Question::Found::Nothing;
      if (found == Question::Found::Model) continue;
      if (found == Question::Found::Undecided) {
        undecided = scene.question.undecided();
        continue;
      }
      found = scene.question.solve_with(cell);
      if (found == Question::Found::Undecided) undecided = scene.question.undecided();
      if (found != Question::Found::Model) continue;
      for (Term c : here) scene.question.prefer(c);
      scene.minimise();
      Witness w;
      w.kind = WitnessKind::Decisions;
      w.requests = {scene.asked(o)};
      w.story = tell_request(scene, scene.question.view(), o);
      std::string names;
      std::set<std::string> seen;
      for (kernel::RestrictionId id : shadowing) {
        const auto value = o.restrictions.find(id);
        if (value == o.restrictions.end() || !scene.question.is_true(value->second.restricts.yes)) continue;
        w.killers.push_back({kernel.restrictions[id].rule, kernel.restrictions[id].origin.range});
        if (seen.insert(w.killers.back().name).second) names += (names.empty() ? "" : ", ") + w.killers.back().name;
      }
      const std::string_view what = claims.empty() ? "all" : "part";
      Solved out = refuted(fmt::format("{} of what it claims is refused by {} always; narrow it, or say `subject to`", what, names), w);
      out.effort = effort;
      return out;
    }
  }
  if (undecided) return open(*undecided);
  if (!holds_somewhere) return vacuous(settings, Reason::AssumptionsUnmet, "it holds for nobody");
  Solved out = proved({"the claims of a grant are the facts that it compares with literals"});
  out.effort = effort;
  return out;
}

namespace {

/// What refuses whatever the lift is used for.
std::vector<Killer> defeaters(const Settings& settings, kernel::LiftId lift, const std::vector<kernel::ActionId>& actions) {
  return killers(settings, actions, [&](Scene& scene) {
    const Outcome o = scene.decide();
    std::vector<Suspect> out;
    const auto used = o.used.find(lift);
    if (used == o.used.end()) return out;
    scene.question.require(used->second);
    scene.question.require(o.granted.yes);
    for (const auto& [id, value] : o.restrictions) out.push_back(suspect(settings.kernel, id, value.relaxed.no));
    return out;
  });
}

}  // namespace

Solved solve_broken_lift(const Settings& settings, const Obligation& obligation) {
  const kernel::Kernel& kernel = settings.kernel;
  const kernel::LiftId id = obligation.target.lift;
  const kernel::Lift& lift = kernel.lifts[id];
  const Restriction& r = kernel.restrictions[lift.of];
  if (r.kind == Restriction::Kind::Standing && r.at_assignment) {
    Solved alive = solve_standing_alive(settings, lift.of, id);
    if (alive.verdict.kind == VerdictKind::Refuted && alive.witness && alive.witness->killers.empty())
      return vacuous(settings, Reason::AssumptionsUnmet, "it selects nothing that can be broken");
    return alive;
  }
  std::vector<kernel::ActionId> actions;
  for (const auto& [action, reached] : kernel.restrictions_of_action)
    if (std::find(reached.begin(), reached.end(), lift.of) != reached.end() && !paths_of(kernel, action).empty()) actions.push_back(action);
  auto used_and = [&](bool permitted) {
    Search s;
    s.pose = [&, permitted](Scene& scene) {
      const Outcome o = scene.decide();
      const auto used = o.used.find(id);
      scene.question.require(used == o.used.end() ? scene.terms().falsity() : used->second);
      scene.question.require(o.granted.yes);
      if (permitted) scene.question.require(scene.allowed(o));
    };
    s.found = [](Scene&) { return proved(); };
    return search(settings, actions, Logic::Horizons::Off, s);
  };
  SearchResult kept = used_and(true);
  if (kept.kind == SearchResult::Kind::Undecided) return kept.solved;
  if (kept.kind == SearchResult::Kind::Found) return proved();
  SearchResult used = used_and(false);
  if (used.kind == SearchResult::Kind::Undecided) return used.solved;
  if (used.kind == SearchResult::Kind::Nothing) return vacuous(settings, Reason::AssumptionsUnmet, "no request uses it");
  Witness w;
  w.kind = WitnessKind::Killers;
  w.story = {{fmt::format("{} lifts {}", lift.id, r.rule), lift.origin.range}};
  w.killers = defeaters(settings, id, actions);
  for (const Killer& k : w.killers) w.story.push_back({fmt::format("refused by {}", k.name), k.range});
  return refuted("whatever it lifts is refused by other rules", w);
}

Solved solve_broken_birthright(const Settings& settings, const Obligation& obligation) {
  const kernel::Kernel& kernel = settings.kernel;
  const kernel::RoleId id = obligation.target.role;
  const kernel::Role& role = kernel.roles[id];
  Question q(settings, Logic::Horizons::Off);
  smt::Terms& t = q.terms();
  Environment env;
  env.principal = q.world().entity("principal", role.type, 0);
  for (std::size_t i = 0; i < role.parameters.size(); ++i) env.parameters.push_back(q.world().free_value("argument:" + role.parameter_names[i], role.parameters[i]));
  Reader reader(q.view(), env);
  std::vector<Term> ways;
  for (const kernel::Route& route : kernel.routes)
    if (route.role == id && route.kind == kernel::Route::Kind::Birthright) ways.push_back(reader.optional_condition(route.when).yes);
  q.require(t.disjunction(ways));
  q.require(reader.optional_condition(role.eligible).yes);
  const auto [free, ids] = refusals(q, env, id);
  const Question::Found possible = q.solve();
  if (possible == Question::Found::Undecided) return open(q.undecided());
  if (possible == Question::Found::Nothing) return vacuous(settings, Reason::AssumptionsUnmet, "nobody fulfils its condition");
  const Question::Found kept = q.solve_with(t.conjunction(free));
  if (kept == Question::Found::Undecided) return open(q.undecided());
  if (kept == Question::Found::Model) return proved();
  Witness w;
  w.kind = WitnessKind::Killers;
  smt::Solver solver(t, settings.budget, settings.interrupt);
  for (Term a : q.assertions()) solver.add(a);
  std::string names;
  for (std::size_t i : minimal_core(solver, free)) {
    w.killers.push_back({kernel.restrictions[ids[i]].rule, kernel.restrictions[ids[i]].origin.range});
    names += (names.empty() ? "" : ", ") + w.killers.back().name;
  }
  w.story = {{fmt::format("birthright of {}", role.name), role.origin.range}};
  for (const Killer& k : w.killers) w.story.push_back({fmt::format("refused by {}", k.name), k.range});
  return refuted(fmt::format("whoever it is for is refused by {}", names), w);
}

Solved solve_single_valued(const Settings& settings, const Obligation&) {
  const kernel::Kernel& kernel = settings.kernel;
  Witness w;
  w.kind = WitnessKind::Static;
  std::set<std::pair<kernel::RoleId, kernel::Route::Kind>> routes;
  for (const kernel::Route& r : kernel.routes)
    if (!routes.emplace(r.role, r.kind).second) w.story.push_back({fmt::format("{} has one route twice", kernel.roles[r.role].name), r.origin.range});
  std::set<std::string> rules;
  for (const Restriction& r : kernel.restrictions)
    if (!rules.insert(r.name).second) w.story.push_back({fmt::format("{} is stated twice", r.name), r.origin.range});
  std::set<std::pair<std::string, kernel::RestrictionId>> lifts;
  for (const kernel::Lift& l : kernel.lifts)
    if (l.kind != kernel::Lift::Kind::Warrant && !lifts.emplace(l.id, l.of).second) w.story.push_back({fmt::format("{} lifts one rule twice", l.id), l.origin.range});
  if (w.story.empty()) return proved();
  const std::string first = w.story.front().text;
  return refuted(first, w);
}

}  // namespace writ::verify
