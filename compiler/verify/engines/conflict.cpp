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
  std::set<typed_ir::Value> values;        ///< enums and strings: singled-out values, of the fact's own dimension or of one that it rolls up to
  std::set<std::pair<kernel::TermId, typed_ir::Value>> members;   ///< sets: what is asked of the fact, or of what it rolls up to
  std::set<std::pair<std::string, bool>> affixes;   ///< strings: how they are asked to begin (true) or end
  std::set<std::string> currencies;        ///< money against a threshold: cells are of one currency
  bool numeric = false;
};
using Claims = std::map<kernel::TermId, Claimed>;

bool is_fact(const kernel::Conditions& store, kernel::TermId id) { return store.term(id).kind == TermKind::Attribute; }
bool is_literal(const kernel::Conditions& store, kernel::TermId id) { return store.term(id).kind == TermKind::Literal; }

bool numeric(const typed_ir::Type& type) {
  switch (type.scalar) {
    case typed_ir::Scalar::Int:
    case typed_ir::Scalar::Decimal:
    case typed_ir::Scalar::Money:
    case typed_ir::Scalar::Time:
    case typed_ir::Scalar::Duration: return true;
    case typed_ir::Scalar::Bool:
    case typed_ir::Scalar::String:
    case typed_ir::Scalar::Enum:
    case typed_ir::Scalar::Ref: return false;
  }
  return false;
}

/// (fact * times + plus) / over, in the units in which values are stored.
struct Linear {
  kernel::TermId fact;
  __int128 times = 1, plus = 0, over = 1;
};
std::optional<Linear> linear(const kernel::Conditions& store, kernel::TermId id) {
  const typed_ir::Term& t = store.term(id);
  switch (t.kind) {
    case TermKind::Attribute: return Linear{id};
    case TermKind::Otherwise: return linear(store, t.a[0]);   // where it is there
    case TermKind::Scale: {
      auto inner = linear(store, t.a[0]);
      if (!inner) return inner;
      inner->times *= t.value.number;
      inner->plus *= t.value.number;
      if (t.value.scalar == typed_ir::Scalar::Decimal) inner->over *= typed_ir::kScale;
      return inner;
    }
    case TermKind::Add:
    case TermKind::Subtract: {
      const bool right = is_literal(store, t.a[1]), minus = t.kind == TermKind::Subtract;
      if (!right && !is_literal(store, t.a[0])) return std::nullopt;
      auto inner = linear(store, t.a[right ? 0 : 1]);
      if (!inner) return inner;
      const __int128 literal = store.term(t.a[right ? 1 : 0]).value.number * inner->over;
      if (minus && !right) {
        inner->times = -inner->times;
        inner->plus = -inner->plus;
      }
      inner->plus += minus && right ? -literal : literal;
      return inner;
    }
    case TermKind::Literal:
    case TermKind::SetLiteral:
    case TermKind::Root:
    case TermKind::Now:
    case TermKind::RollUp:
    case TermKind::Unknown: return std::nullopt;
  }
  return std::nullopt;
}

__int128 floor_of(__int128 n, __int128 d) {
  const __int128 q = n / d;
  return n % d != 0 && (n < 0) != (d < 0) ? q - 1 : q;
}

/// Cuts where `side` reaches the number; `after`: where it passes it.
void cut(Claims& claims, const Linear& side, std::int64_t number, bool after) {
  if (side.times == 0) return;
  Claimed& c = claims[side.fact];
  c.term = side.fact;
  c.numeric = true;
  const __int128 reached = static_cast<__int128>(number) * side.over - side.plus;
  const bool past = after == (side.times > 0);
  const __int128 first = past ? floor_of(reached, side.times) + 1 : -floor_of(-reached, side.times);
  constexpr __int128 kFar = typed_ir::kMaxScaled;
  c.cuts.insert(static_cast<std::int64_t>(std::clamp<__int128>(first, -kFar, kFar)));
}

/// Who asks, or what is acted on: an id is compared with a literal like any fact.
bool is_somebody(const kernel::Conditions& store, kernel::TermId id) {
  return store.term(id).kind == TermKind::Root && store.term(id).type.scalar == typed_ir::Scalar::Ref;
}

/// The fact that is read, perhaps rolled up to a coarser dimension, perhaps with something in its place where it is absent.
std::optional<kernel::TermId> fact_behind(const kernel::Conditions& store, kernel::TermId id) {
  while (store.term(id).kind == TermKind::RollUp || store.term(id).kind == TermKind::Otherwise) id = store.term(id).a[0];
  return is_fact(store, id) || is_somebody(store, id) ? std::optional(id) : std::nullopt;
}

/// A fact against one literal that it equals or not.
void single_out(const kernel::Conditions& store, Claims& claims, kernel::TermId term, kernel::TermId literal) {
  if (!is_literal(store, literal)) return;
  const auto side = linear(store, term);
  if (const auto fact = side ? std::nullopt : fact_behind(store, term)) {
    claims[*fact].term = *fact;
    claims[*fact].values.insert(store.term(literal).value);
  }
  if (!side) return;
  if (numeric(store.term(literal).type)) {
    cut(claims, *side, store.term(literal).value.number, false);
    cut(claims, *side, store.term(literal).value.number, true);
    return;
  }
  claims[side->fact].term = side->fact;
  claims[side->fact].values.insert(store.term(literal).value);
}

/// A set that is a fact, of which a literal is a member or not.
void ask_for_member(const kernel::Conditions& store, Claims& claims, kernel::TermId set, kernel::TermId literal) {
  const auto fact = fact_behind(store, set);
  if (!fact || !store.term(*fact).type.set || !is_literal(store, literal)) return;
  claims[*fact].term = *fact;
  claims[*fact].members.emplace(set, store.term(literal).value);
}
void ask_for_members(const kernel::Conditions& store, Claims& claims, kernel::TermId set, kernel::TermId literals) {
  if (store.term(literals).kind != TermKind::SetLiteral) return;
  for (kernel::TermId literal : store.term(literals).a) ask_for_member(store, claims, set, literal);
}

void gather(const kernel::Conditions& store, kernel::CondId id, Claims& claims) {
  const typed_ir::Cond& c = store.cond(id);
  for (kernel::CondId inner : c.c) gather(store, inner, claims);
  if (c.kind == CondKind::Fact && is_fact(store, c.t[0])) {
    claims[c.t[0]].term = c.t[0];
    return;
  }
  if (c.kind == CondKind::ThresholdLess || c.kind == CondKind::ThresholdLessEqual) {
    const auto side = linear(store, c.t[0]);
    for (const typed_ir::Value& amount : store.threshold(c.threshold).amounts) {
      if (!side) continue;
      cut(claims, *side, amount.number, c.kind == CondKind::ThresholdLessEqual);
      claims[side->fact].currencies.insert(amount.text);
    }
    return;
  }
  if (c.t.size() != 2) return;
  if (c.kind == CondKind::StartsWith || c.kind == CondKind::EndsWith) {
    const auto fact = fact_behind(store, c.t[0]);
    if (!fact || !is_literal(store, c.t[1])) return;
    claims[*fact].term = *fact;
    claims[*fact].affixes.emplace(store.term(c.t[1]).value.text, c.kind == CondKind::StartsWith);
    return;
  }
  if (c.kind == CondKind::In && store.term(c.t[1]).kind == TermKind::SetLiteral) {
    for (kernel::TermId literal : store.term(c.t[1]).a) single_out(store, claims, c.t[0], literal);
    return;
  }
  if (c.kind == CondKind::In) return ask_for_member(store, claims, c.t[1], c.t[0]);
  if (store.term(c.t[0]).type.set && store.term(c.t[1]).type.set) {
    ask_for_members(store, claims, c.t[0], c.t[1]);
    ask_for_members(store, claims, c.t[1], c.t[0]);
    return;
  }
  const bool left = is_literal(store, c.t[1]);
  if (!left && !is_literal(store, c.t[0])) return;
  const kernel::TermId other = left ? c.t[0] : c.t[1], literal = left ? c.t[1] : c.t[0];
  if (c.kind == CondKind::Equal) return single_out(store, claims, other, literal);
  const auto side = linear(store, other);
  if (!side || !numeric(store.term(literal).type)) return;
  if (c.kind == CondKind::Less) cut(claims, *side, store.term(literal).value.number, !left);
  if (c.kind == CondKind::LessEqual) cut(claims, *side, store.term(literal).value.number, left);
}

bool unliftable(const kernel::Kernel& kernel, kernel::RestrictionId id) {
  const Restriction& r = kernel.restrictions[id];
  return r.yields.empty() && !r.requirement && !kernel.lifts_of.contains(id);
}

/// Values of a closed enum that the literals do not tell apart, each by itself or by what it rolls up to.
std::vector<Term> cells_of_enum(Scene& scene, const Claimed& claimed, const Denoted& fact) {
  const typed_ir::Schema& schema = scene.question.kernel().schema;
  const kernel::EnumId own = fact.type.enumeration;
  const auto lies_in = [&](std::uint32_t ordinal, const typed_ir::Value& v) -> std::optional<bool> {
    const auto image = schema.roll_up(own, ordinal, kernel::EnumId{v.type});
    return image ? std::optional(*image == static_cast<std::uint32_t>(v.number)) : std::nullopt;
  };
  std::map<std::vector<std::optional<bool>>, std::vector<Term>> alike;
  for (std::uint32_t i = 0; i < schema.enums[own].values.size(); ++i) {
    std::vector<std::optional<bool>> signature;
    for (const typed_ir::Value& v : claimed.values) signature.push_back(lies_in(i, v));
    alike[signature].push_back(scene.terms().equal(fact.value, scene.question.world().ordinal(own, i)));
  }
  std::vector<Term> out;
  for (const auto& [signature, values] : alike) out.push_back(scene.terms().disjunction(values));
  return out;
}

Term literal_of(Scene& scene, const typed_ir::Type& type, const typed_ir::Value& v) {
  World& w = scene.question.world();
  const bool closed = type.scalar == typed_ir::Scalar::Enum && !scene.question.kernel().schema.enums[type.enumeration].open;
  if (closed) return w.ordinal(kernel::EnumId{v.type}, static_cast<std::uint32_t>(v.number));
  return type.scalar == typed_ir::Scalar::Int ? scene.terms().integer(v.number) : w.code(v.text);
}

/// Each cell in two: where the formula holds, and where not.
std::vector<Term> halved(smt::Terms& t, const std::vector<Term>& cells, Term formula) {
  std::vector<Term> out;
  for (const Term cell : cells)
    for (const Term half : {formula, t.negation(formula)}) out.push_back(t.conjunction(cell, half));
  return out;
}

/// Every choice of which literals are members.
std::vector<Term> cells_of_set(Scene& scene, const Claimed& claimed, Reader& reader) {
  std::vector<Term> out{scene.terms().truth()};
  for (const auto& [set, literal] : claimed.members) {
    const Denoted asked = reader.term(set);
    out = halved(scene.terms(), out, scene.question.world().contains(*asked.set, literal_of(scene, asked.type.element(), literal)));
  }
  return out;
}

constexpr std::size_t kMostCells = 2048, kMostHalved = 11;

/// The cells of what a fact says, where it is there.
std::vector<Term> cells_of_value(Scene& scene, const Claimed& claimed, const Denoted& fact) {
  smt::Terms& t = scene.terms();
  const kernel::Kernel& kernel = scene.question.kernel();
  if (fact.type.scalar == typed_ir::Scalar::Bool) return {fact.value, t.negation(fact.value)};
  std::vector<Term> out;
  if (claimed.numeric) {
    const std::vector<std::int64_t> cuts(claimed.cuts.begin(), claimed.cuts.end());
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
      const Term low = i > 0 ? t.less_equal(t.integer(cuts[i - 1]), fact.value) : t.truth();
      const Term high = i < cuts.size() ? t.less(fact.value, t.integer(cuts[i])) : t.truth();
      const Term here = t.conjunction(low, high);
      std::vector<Term> other{here};
      for (const std::string& currency : claimed.currencies) {
        const Term in = t.equal(fact.currency, scene.question.world().code(currency));
        out.push_back(t.conjunction(here, in));
        other.push_back(t.negation(in));
      }
      out.push_back(t.conjunction(other));
    }
    return out;
  }
  if (fact.type.scalar == typed_ir::Scalar::Enum && !kernel.schema.enums[fact.type.enumeration].open) return cells_of_enum(scene, claimed, fact);
  std::vector<Term> others;
  for (const typed_ir::Value& v : claimed.values) {
    out.push_back(t.equal(fact.value, literal_of(scene, fact.type, v)));
    others.push_back(t.negation(out.back()));
  }
  out.push_back(t.conjunction(others));
  for (const auto& [pattern, at_start] : claimed.affixes) out = halved(t, out, scene.question.world().has_affix(fact.value, pattern, at_start));
  return out;
}

/// The cells of one fact: what it says, and that it is absent.
std::vector<Term> cells(Scene& scene, const Claimed& claimed, Reader& reader) {
  smt::Terms& t = scene.terms();
  const Denoted fact = reader.term(claimed.term);
  std::vector<Term> out;
  for (const Term cell : claimed.members.empty() ? cells_of_value(scene, claimed, fact) : cells_of_set(scene, claimed, reader)) out.push_back(t.conjunction(fact.has, cell));
  if (fact.has != t.truth()) out.push_back(t.negation(fact.has));
  return out;
}

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
      const std::size_t halves = claimed.members.size() + claimed.affixes.size();
      if (halves > kMostHalved) return open({VerdictKind::Undecided, Reason::Limit, fmt::format("{} literals asked of one fact", halves)});
      axes.push_back(cells(scene, claimed, reader));
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
        if (value == o.restrictions.end() || scene.question.is_true(value->second.restricts.no)) continue;
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
