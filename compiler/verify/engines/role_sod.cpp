// One role alone (semantics.md 12.6): whether its holder, for some arguments and facts, can do all sides of a standing rule in one scope.
#include <fmt/format.h>

#include <set>

#include "compiler/verify/engines/scene.h"

namespace writ::verify {

namespace {

bool gives(const kernel::Kernel& kernel, const kernel::Side& side, kernel::RoleId role) {
  for (const kernel::SideElement& e : side.elements) {
    for (const kernel::Capability& c : e.capabilities)
      if (c.role == role) return true;
    for (const kernel::RoleUse& wanted : e.roles)
      for (const kernel::RoleUse& a : kernel.roles[role].ancestors)
        if (a.role == wanted.role) return true;
  }
  return false;
}

/// How many sides one person must be able to do.
std::size_t sides_needed(const kernel::Restriction& r) { return r.kind == kernel::Restriction::Kind::People ? r.sides.size() : r.count; }

std::optional<std::string> unused_side(const kernel::Kernel& kernel, const kernel::Restriction& r) {
  for (const kernel::Side& side : r.sides) {
    bool given = false;
    for (kernel::RoleId role : kernel.roles.ids()) given = given || gives(kernel, side, role);
    if (!given) return side.text.empty() ? std::string("a side") : side.text;
  }
  return std::nullopt;
}

/// " within DE, P1", " from DE to FR across Entity".
std::string place_text(Question& q, const kernel::Restriction& rule, const StandingInstance& i) {
  std::string text;
  const auto name = [&](const Joined& j) { return value_text(q, j.value.type, j.value.value, {}); };
  for (std::size_t n = 0; n < rule.same.size(); ++n) text += (n == 0 ? " within " : ", ") + name(i.at[n]);
  if (i.other) text += fmt::format(" from {} to {} across {}", name(i.at.back()), name(i.other->back()), q.kernel().schema.enums[rule.across].local);
  return text;
}

/// A holding is live only inside the holder's tenure (5.2).
void require_employed(Question& q, const Entity& person) {
  const typed_ir::Entity& type = q.kernel().schema.entities[person.type];
  smt::Terms& t = q.terms();
  if (type.tenure_from) {
    const Denoted from = q.view().read(person, type.tenure_from);
    q.require(t.conjunction(from.has, t.less_equal(from.value, q.now())));
  }
  if (type.tenure_until) {
    const Denoted until = q.view().read(person, type.tenure_until);
    q.require(t.disjunction(until.none, t.conjunction(until.has, t.less(q.now(), until.value))));
  }
}

}  // namespace

Solved solve_role_sod(const Settings& settings, const Obligation& obligation) {
  const kernel::Kernel& kernel = settings.kernel;
  const kernel::RoleId role = obligation.target.role;
  kernel::Restriction rule = kernel.restrictions[obligation.target.restriction];
  if (rule.kind == kernel::Restriction::Kind::People) rule.count = static_cast<std::uint32_t>(rule.sides.size());
  if (const auto unused = unused_side(kernel, rule)) return vacuous(settings, Reason::SideUnused, fmt::format("no role gives `{}` at all", *unused));
  std::size_t possible_sides = 0;
  for (const kernel::Side& side : rule.sides) possible_sides += gives(kernel, side, role);
  const std::size_t needed = settings.faults.contains(Fault::FirstSideOnly) ? 1 : sides_needed(rule);
  if (possible_sides < needed) return proved({"a role does what its own and inherited grants say"});

  Question q(settings, Logic::Horizons::Off);
  const kernel::Role& form = kernel.roles[role];
  const Entity person = q.world().entity("principal", form.type, 0);
  HeldRole held{role, {}};
  for (std::size_t i = 0; i < form.parameters.size(); ++i) held.args.push_back(q.world().free_value("argument:" + form.parameter_names[i], form.parameters[i]));
  Standing standing(q.view(), person, {{role, held.args, q.logic().truth()}});
  std::vector<StandingInstance> instances = standing.instances(rule);
  std::vector<Term> must, possible;
  for (const StandingInstance& i : instances) {
    must.push_back(i.broken.yes);
    possible.push_back(q.terms().negation(i.broken.no));
  }
  if (!form.only_id.empty()) q.require(q.terms().equal(person.id, q.world().code(form.only_id)));
  require_employed(q, person);
  // A missing fact of the person is no scope unknown: everything that was read is supplied.
  for (Term t : q.world().completeness()) q.require(t);
  for (Term t : q.world().freshness(q.now())) q.require(t);
  Question::Found found = q.solve_with(q.terms().disjunction(must));
  bool certain = true;
  if (found == Question::Found::Nothing) {
    certain = false;
    found = q.solve_with(q.terms().disjunction(possible));
  }
  Solved solved;
  if (found == Question::Found::Undecided) {
    solved = open(q.undecided());
  } else if (found == Question::Found::Nothing) {
    solved = proved({"a role does what its own and inherited grants say"});
  } else {
    q.minimise();
    Witness w;
    w.kind = WitnessKind::Standing;
    w.rule = rule.name;
    w.possible = !certain;
    w.at = q.number(q.now());
    w.requests.push_back({standing_json(q, person, {held}), question::Outcome::Deny});
    std::string args, where;
    for (std::size_t i = 0; i < held.args.size(); ++i) args += (args.empty() ? "" : ", ") + value_text(q, held.args[i].type, held.args[i].value, held.args[i].currency);
    for (const StandingInstance& i : instances) {
      const bool broken = certain ? q.is_true(i.broken.yes) : !q.is_true(i.broken.no);
      if (!broken || !where.empty()) continue;
      where = place_text(q, rule, i);
    }
    w.story.push_back({fmt::format("whoever holds {}{} can{} do all sides of {}{}", form.name, args.empty() ? "" : "(" + args + ")", certain ? "" : " perhaps", rule.rule, where), form.origin.range});
    for (const std::string& f : known_facts(q, q.view(), "1")) w.story.push_back({"where " + f, {}});
    for (const kernel::Side& side : rule.sides)
      for (const kernel::SideElement& e : side.elements)
        for (const kernel::Capability& c : e.capabilities)
          if (c.role == role) w.story.push_back({fmt::format("{} by {}", kernel.schema.actions[c.action].name, kernel.grants[c.grant].id), kernel.grants[c.grant].origin.range});
    w.story.push_back({fmt::format("rule {}", rule.rule), rule.origin.range});
    solved = refuted(fmt::format("{}{}", rule.rule, where), w);
    if (!certain) solved.verdict = {VerdictKind::Possible, Reason::UnknownScope, "only where a scope is unknown"};
  }
  solved.effort = q.effort();
  return solved;
}

}  // namespace writ::verify
