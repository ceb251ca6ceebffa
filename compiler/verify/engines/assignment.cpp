#include "compiler/verify/engines/assignment.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/verify/engines/cores.h"
#include "compiler/verify/engines/scene.h"

namespace writ::verify {

namespace {

using kernel::Restriction;

std::set<kernel::RoleId> giving(const kernel::Kernel& kernel, const kernel::Side& side) {
  std::set<kernel::RoleId> out;
  for (const kernel::SideElement& e : side.elements) {
    for (const kernel::Capability& c : e.capabilities) out.insert(c.role);
    for (const kernel::RoleUse& wanted : e.roles)
      for (kernel::RoleId r : kernel.roles.ids())
        for (const kernel::RoleUse& a : kernel.roles[r].ancestors)
          if (a.role == wanted.role) out.insert(r);
  }
  return out;
}

/// A person of one type who holds what gives the sides, himself or by workloads that he owns, each of which holds one role: as many holdings of a
/// template as the sides ask for.
struct Holder {
  Question question;
  Entity person;
  std::vector<LiveRole> roles;

  Holder(const Settings& settings, kernel::EntityId type, const Restriction& rule) : question(settings, Logic::Horizons::Off), person(question.world().entity("principal", type, 0)) {
    std::set<kernel::RoleId> candidates;
    std::uint32_t most = 0;
    for (const kernel::Side& side : rule.sides) {
      most += std::max<std::uint32_t>(1, side.need);
      candidates.merge(giving(settings.kernel, side));
    }
    for (kernel::RoleId r : candidates) {
      const kernel::Role& form = settings.kernel.roles[r];
      const bool own = form.type == type;
      if (!own && (!form.type || !may_own(settings.kernel, type, form.type))) continue;
      for (std::uint32_t n = 0; n < (own && form.parameters.empty() ? 1 : most); ++n) hold(r, n, !own);
    }
  }

 private:
  void hold(kernel::RoleId r, std::uint32_t n, bool by_workload) {
    World& w = question.world();
    const kernel::Role& form = question.kernel().roles[r];
    const std::string name = fmt::format("{}#{}", form.name, n);
    LiveRole held{r, {}, question.logic().of(question.terms().boolean("holds:" + name))};
    for (std::size_t i = 0; i < form.parameters.size(); ++i) held.args.push_back(w.free_value(fmt::format("{}:{}", name, form.parameter_names[i]), form.parameters[i]));
    if (by_workload) held.by = w.entity("principal.owned:" + name, form.type, 0);
    roles.push_back(std::move(held));
  }
};

bool shadows(const kernel::Kernel& kernel, kernel::RestrictionId id) {
  const Restriction& r = kernel.restrictions[id];
  return r.kind == Restriction::Kind::Standing && r.at_assignment && r.from != typed_ir::kForever && r.yields.empty() && !kernel.lifts_of.contains(id);
}

/// Other rules at assignment that nothing lifts, not true of the holder.
std::vector<Term> not_refused_otherwise(Holder& h, kernel::RestrictionId rule, const std::set<kernel::RestrictionId>& ignored, std::vector<kernel::RestrictionId>& ids) {
  const kernel::Kernel& kernel = h.question.kernel();
  std::vector<Term> out;
  for (kernel::RestrictionId id : kernel.restrictions.ids()) {
    const Restriction& r = kernel.restrictions[id];
    if (id == rule || ignored.contains(id) || !shadows(kernel, id)) continue;
    std::size_t given = 0;
    for (const kernel::Side& side : r.sides) {
      const auto roles = giving(kernel, side);
      given += std::any_of(h.roles.begin(), h.roles.end(), [&](const LiveRole& held) { return roles.contains(held.role); });
    }
    if (given < r.count) continue;   // these roles cannot break it
    Standing standing(h.question.view(), h.person, h.roles);
    const Kleene broken = h.question.logic().conjunction({h.question.logic().from(h.question.terms().integer(r.from), h.question.terms().truth()), standing.broken(r)});
    out.push_back(h.question.terms().negation(broken.yes));
    ids.push_back(id);
  }
  return out;
}

Term selected(Holder& h, Standing& standing, const kernel::Lift& lift, const Restriction& rule, const StandingInstance& i) {
  smt::Terms& t = h.question.terms();
  std::vector<Term> all;
  if (lift.type && lift.type != h.person.type) return t.falsity();
  if (!lift.persons.empty()) {
    std::vector<Term> named;
    for (const std::string& p : lift.persons) named.push_back(t.equal(h.person.id, h.question.world().code(p)));
    all.push_back(t.disjunction(named));
  }
  Environment env;
  env.principal = h.person;
  Reader reader(h.question.view(), env);
  all.push_back(reader.optional_condition(lift.who).yes);
  all.push_back(t.less_equal(t.integer(lift.from), h.question.now()));
  if (lift.until != typed_ir::kForever) all.push_back(t.less(h.question.now(), t.integer(lift.until)));
  if (!lift.within.empty()) all.push_back((i.at.empty() ? standing.only_inside(rule, lift) : standing.within(i, lift)).yes);
  return t.conjunction(all);
}

}  // namespace

namespace {

/// 11.4: what `assign` asks of rules on `everything`: those that read only the person and now.
bool only_person(const kernel::Conditions& store, kernel::TermId id) {
  const typed_ir::Term& t = store.term(id);
  if (t.kind == typed_ir::TermKind::Root) return t.root == typed_ir::Root::Principal;
  return std::all_of(t.a.begin(), t.a.end(), [&](kernel::TermId a) { return only_person(store, a); });
}
bool only_person(const kernel::Conditions& store, kernel::CondId id) {
  if (!id) return true;
  const typed_ir::Cond& c = store.cond(id);
  return std::all_of(c.t.begin(), c.t.end(), [&](kernel::TermId t) { return only_person(store, t); }) &&
         std::all_of(c.c.begin(), c.c.end(), [&](kernel::CondId i) { return only_person(store, i); });
}

}  // namespace

Refusals refusals(Question& q, const Environment& env, kernel::RoleId id) {
  const kernel::Kernel& kernel = q.kernel();
  smt::Terms& t = q.terms();
  Reader reader(q.view(), env);
  Refusals out;
  const auto add = [&](kernel::RestrictionId r, Term free) {
    out.free.push_back(free);
    out.ids.push_back(r);
  };
  for (kernel::RestrictionId r : kernel.restrictions.ids()) {
    const Restriction& rule = kernel.restrictions[r];
    const bool unliftable = rule.yields.empty() && !rule.requirement && !kernel.lifts_of.contains(r);
    if (!unliftable || rule.from != typed_ir::kInstantMin) continue;
    if (rule.kind == Restriction::Kind::Standing && rule.at_assignment)
      add(r, Standing(q.view(), *env.principal, {{id, env.parameters, q.logic().truth()}}).broken(rule).no);
    if (rule.kind != Restriction::Kind::Act) continue;
    for (const kernel::Access& a : rule.accesses) {
      if (!a.everything || (a.principal && a.principal != env.principal->type) || !only_person(kernel.conditions, a.where)) continue;
      const Kleene all_acts = reader.optional_condition(a.where);
      add(r, a.principal_id.empty() ? all_acts.no : t.disjunction(all_acts.no, t.negation(t.equal(env.principal->id, q.world().code(a.principal_id)))));
    }
  }
  return out;
}

namespace {

Term can_be_given(Question& q, const Environment& env, kernel::ChainId id);

/// 7.5: nobody approves his own request, and an approver that is absent is nobody.
Term can_be_given(Question& q, const Environment& env, const kernel::Party& party) {
  smt::Terms& t = q.terms();
  const auto another = [&](Term id) { return t.negation(t.equal(id, env.principal->id)); };
  switch (party.kind) {
    case kernel::Party::Kind::Role: return t.truth();
    case kernel::Party::Kind::Person: return another(q.world().code(party.person));
    case kernel::Party::Kind::Several: return party.inner.empty() ? t.truth() : can_be_given(q, env, party.inner.front());
    case kernel::Party::Kind::Chain: return can_be_given(q, env, party.chain);
    case kernel::Party::Kind::Path: {
      const Denoted path = Reader(q.view(), env).term(party.path);
      const Term otherwise = party.inner.empty() ? t.falsity() : can_be_given(q, env, party.inner.front());
      return t.disjunction(t.conjunction(path.has, another(path.value)), t.conjunction(path.none, otherwise));
    }
  }
  return t.truth();
}

Term can_be_given(Question& q, const Environment& env, kernel::ChainId id) {
  std::vector<Term> steps;
  for (const auto& step : q.kernel().chains[id].steps) {
    std::vector<Term> parties;
    for (const kernel::Party& p : step.parties) parties.push_back(can_be_given(q, env, p));
    steps.push_back(step.either ? q.terms().disjunction(parties) : q.terms().conjunction(parties));
  }
  return q.terms().conjunction(steps);
}

}  // namespace

Term obtainable(Question& q, const Environment& env, const kernel::Route& route) {
  std::vector<Term> gates;
  for (kernel::ChainId gate : route.gates) gates.push_back(can_be_given(q, env, gate));
  return q.terms().conjunction(gates);
}

namespace {

/// Beside the rules that are not ignored.
Solved alive_beside(const Settings& settings, kernel::RestrictionId id, kernel::LiftId lift_id, const std::set<kernel::RestrictionId>& ignored) {
  const Restriction& rule = settings.kernel.restrictions[id];
  std::set<kernel::EntityId> types;
  std::vector<std::size_t> ungiven;
  for (std::size_t s = 0; s < rule.sides.size(); ++s) {
    const auto roles = giving(settings.kernel, rule.sides[s]);
    for (kernel::RoleId r : roles) types.insert(settings.kernel.roles[r].type);
    for (kernel::EntityId person : settings.kernel.schema.entities.ids())
      if (std::any_of(roles.begin(), roles.end(), [&](kernel::RoleId r) { return settings.kernel.roles[r].type && may_own(settings.kernel, person, settings.kernel.roles[r].type); })) types.insert(person);
    if (roles.empty()) ungiven.push_back(s);
  }
  std::vector<Killer> killers;
  std::optional<Verdict> undecided;
  std::uint64_t effort = 0;
  for (kernel::EntityId type : types) {
    Holder h(settings, type, rule);
    smt::Terms& t = h.question.terms();
    Standing standing(h.question.view(), h.person, h.roles);
    std::vector<Term> broken;
    for (const StandingInstance& i : standing.instances(rule)) {
      const Term bites = t.negation(i.broken.no);
      broken.push_back(lift_id ? t.conjunction(bites, selected(h, standing, settings.kernel.lifts[lift_id], rule, i)) : bites);
    }
    h.question.require(t.disjunction(broken));
    if (rule.from != typed_ir::kInstantMin) h.question.require(t.less_equal(t.integer(rule.from), h.question.now()));
    for (Term known : h.question.world().completeness()) h.question.require(known);
    std::vector<kernel::RestrictionId> others;
    const std::vector<Term> free = not_refused_otherwise(h, id, ignored, others);
    const Question::Found found = h.question.solve_with(t.conjunction(free));
    effort += h.question.effort();
    if (found == Question::Found::Model) {
      Solved out = proved();
      out.effort = effort;
      return out;
    }
    if (found == Question::Found::Undecided) {
      undecided = h.question.undecided();
      continue;
    }
    smt::Solver solver(t, settings.budget, settings.interrupt);
    for (Term a : h.question.assertions()) solver.add(a);
    for (std::size_t i : minimal_core(solver, free)) killers.push_back({settings.kernel.restrictions[others[i]].rule, settings.kernel.restrictions[others[i]].origin.range});
  }
  if (undecided) return open(*undecided);
  Witness w;
  w.kind = WitnessKind::Killers;
  w.killers = killers;
  std::string why = "no holdings break it";
  if (!ungiven.empty()) why = fmt::format("no role gives `{}`", rule.sides[ungiven.front()].text);
  if (lift_id) why = "no instance that it selects can be broken while it is in force";
  if (!killers.empty()) {
    why = "whatever it concerns is refused already: ";
    for (std::size_t i = 0; i < killers.size(); ++i) why += (i == 0 ? "" : ", ") + killers[i].name;
  }
  w.story.push_back({fmt::format("rule {}", rule.rule), rule.origin.range});
  for (const Killer& k : killers) w.story.push_back({fmt::format("killed by {}", k.name), k.range});
  Solved out = refuted(why, w);
  out.effort = effort;
  return out;
}

}  // namespace

Solved solve_standing_alive(const Settings& settings, kernel::RestrictionId id, kernel::LiftId lift) {
  Solved beside = alive_beside(settings, id, lift, {});
  if (lift || beside.verdict.kind != VerdictKind::Refuted || !shadows(settings.kernel, id)) return beside;
  // Of two that kill each other the later by id goes, so what is later and dead itself kills nothing.
  std::set<kernel::RestrictionId> ignored;
  for (kernel::RestrictionId later : settings.kernel.restrictions.ids()) {
    if (!(id < later) || !shadows(settings.kernel, later) || settings.kernel.restrictions[later].at_use) continue;
    const Solved its = solve_standing_alive(settings, later, {});
    if (its.verdict.kind == VerdictKind::Undecided) return its;
    if (its.verdict.kind == VerdictKind::Refuted) ignored.insert(later);
  }
  return ignored.empty() ? beside : alive_beside(settings, id, {}, ignored);
}

}  // namespace writ::verify
