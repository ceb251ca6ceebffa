// The question `perform` (11.1–11.3).
#include <algorithm>

#include "compiler/interpret/computation.h"
#include "compiler/interpret/objects.h"
#include "compiler/interpret/sides.h"

namespace writ::interpret {
namespace {

using kernel::Restriction;

bool covers(const kernel::Grant& grant, const Record& person, const Kernel& kernel) {
  const kernel::Role& role = kernel.roles[grant.role];
  if (role.type && role.type != person.type) return false;
  if (!role.only_id.empty() && role.only_id != person.id) return false;
  if (grant.access.principal && grant.access.principal != person.type) return false;
  return grant.access.principal_id.empty() || grant.access.principal_id == person.id;
}

/// Whose rights (4.2): on behalf needs the earlier one's as well; what is not attested, delegated or unsaid is never T.
Judged rights_of_path(const World& world, const Scene& scene) {
  const Request& r = world.request();
  if (r.path.empty()) return unknown("path", "not_supplied");
  std::vector<Judged> attested, rights;
  if (world.has_unattested_hop()) attested.push_back(unknown("path", "not_attested"));
  for (std::size_t i = 1; i < r.path.size(); ++i) {
    switch (r.path[i].how) {
      case Hop::How::RunsAs: rights.clear(); break;   // the later one's rights, whatever came before
      case Hop::How::Delegated: rights.push_back(unknown("delegation", "not_supported")); break;
      case Hop::How::Unsaid: rights.push_back(unknown("path", "not_supplied")); break;
      case Hop::How::OnBehalf: {
        const Hop& earlier = r.path[i - 1];
        const Record* person = earlier.resolved ? world.find(earlier.who) : nullptr;
        std::vector<Judged> any;
        for (const GrantVerdict& g : judge_grants(world, person, scene)) any.push_back(g.judged);
        rights.push_back(earlier.resolved ? disjunction(any) : unknown("path", "ill_typed"));
        break;
      }
    }
  }
  rights.insert(rights.end(), attested.begin(), attested.end());
  return conjunction(rights);
}

std::vector<Instance> act_instances(const World& world, RestrictionId id, const Persons& persons, const Scene& scene) {
  const Restriction& rule = world.kernel().restrictions[id];
  std::vector<Instance> all;
  const auto add = [&](const std::optional<Key>& member, Judged present) {
    std::vector<Judged> any;
    for (const kernel::Access& access : rule.accesses)
      if (member || access.principal) any.push_back(act_in(world, access, member, scene));
    Instance i;
    i.of = id;
    i.person = member;
    i.rho = conjunction({in_force_since(rule, scene), std::move(present), disjunction(any)});
    all.push_back(std::move(i));
  };
  for (const Key& member : persons.members) add(member, surely(Truth::True));
  if (const Judged other = another_member(persons); other.is(Truth::True)) add(std::nullopt, other);
  return all;
}

/// The value of the act's scope in a dimension, or why nobody knows.
Evaluated act_scope(const World& world, EnumId dimension, const Scene& scene, EnumId& of) {
  const auto field = scene.resource ? world.schema().scope_attribute(scene.resource->type, dimension) : std::nullopt;
  if (!field) {
    Evaluated none;
    none.leaves = {{world.schema().enums[dimension].local, "not_supplied"}};
    return none;
  }
  of = world.schema().attributes[*field].type.enumeration;
  return world.attribute(*scene.resource, *field, "resource." + world.schema().attributes[*field].name, scene);
}

/// The act lies at the spot: in every joined value (in either, for `across`).
Judged act_at(const World& world, const Spot& spot, const Scene& scene) {
  const auto at = [&](const Place& place) {
    std::vector<Judged> all;
    for (const auto& [dimension, value] : place.values) {
      EnumId of;
      const Evaluated scope = act_scope(world, dimension, scene, of);
      all.push_back(scope.known() ? capped(lies_in(world.schema(), of, scope.value, dimension, value), scope.horizon) : unknown(scope.leaves, scope.horizon));
    }
    return conjunction(all);
  };
  if (!spot.other) return at(spot.place);
  return disjunction({at(spot.place), at(*spot.other)});
}

/// The act is in a side: in one of its accesses, or something that the side's role grants.
Judged in_side(const World& world, const kernel::Side& side, const Persons& persons, const Scene& scene) {
  std::vector<Judged> any;
  for (const kernel::SideElement& e : side.elements) {
    for (const kernel::Access& a : e.accesses) any.push_back(act_in(world, a, persons, scene));
    if (e.roles.empty() || !world.request().action) continue;
    const auto grants = world.kernel().grants_of_action.find(*world.request().action);
    if (grants == world.kernel().grants_of_action.end()) continue;
    any.push_back(surely(std::any_of(grants->second.begin(), grants->second.end(), [&](GrantId g) {
      return std::any_of(e.roles.begin(), e.roles.end(), [&](const typed_ir::RoleUse& use) { return use.role == world.kernel().grants[g].role; });
    }) ? Truth::True : Truth::False));
  }
  return disjunction(any);
}

/// 6.5, at use: every act of every side, where the person's live holdings give all sides in the act's scope.
std::vector<Instance> use_instances(const World& world, RestrictionId id, const Persons& persons, const Scene& scene) {
  const Restriction& rule = world.kernel().restrictions[id];
  std::vector<Judged> inside;
  for (const kernel::Side& side : rule.sides) inside.push_back(in_side(world, side, persons, scene));
  const Judged reached = disjunction(inside);
  std::vector<Instance> all;
  if (reached.is(Truth::False) && reached.horizon() == kForever) return all;
  for (const Key& h : persons.effective) {
    const Holder who = holder(world, h, scene);
    for (const Spot& spot : spots(world, rule, who)) {
      Instance i;
      i.of = id;
      i.person = h;
      i.place = spot.place;
      i.other = spot.other;
      i.rho = conjunction({in_force_since(rule, scene), surely(Truth::True, persons.horizon), reached, act_at(world, spot, scene), standing_rho(world, who, rule, spot, scene)});
      judge_lifts(world, i, scene, [&](const kernel::Lift& lift) { return can_outside(world, who, rule, lift, scene); });
      all.push_back(std::move(i));
    }
  }
  if (const Judged other = somebody_else(persons); other.is(Truth::True) || other.horizon() != kForever) {
    Instance i;
    i.of = id;
    i.rho = conjunction({in_force_since(rule, scene), reached, other, other.is(Truth::True) ? unknown(persons.why) : surely(Truth::False)});
    all.push_back(std::move(i));
  }
  return all;
}

std::vector<Instance> instances_of(const World& world, RestrictionId id, const Persons& persons, const Scene& scene) {
  const Restriction& rule = world.kernel().restrictions[id];
  std::vector<Instance> all;
  switch (rule.kind) {
    case Restriction::Kind::Act: all = act_instances(world, id, persons, scene); break;
    case Restriction::Kind::Object: all = object_instances(world, id, persons, scene); break;
    case Restriction::Kind::People: all = people_instances(world, id, persons, scene); break;
    case Restriction::Kind::Standing: return rule.at_use ? use_instances(world, id, persons, scene) : all;
  }
  for (Instance& i : all) judge_lifts(world, i, scene);
  return all;
}

}  // namespace

std::vector<GrantVerdict> judge_grants(const World& world, const Record* person, const Scene& scene) {
  std::vector<GrantVerdict> all;
  const Kernel& kernel = world.kernel();
  const auto it = world.request().action ? kernel.grants_of_action.find(*world.request().action) : kernel.grants_of_action.end();
  if (it == kernel.grants_of_action.end()) return all;
  for (const GrantId id : it->second) {
    const kernel::Grant& grant = kernel.grants[id];
    GrantVerdict verdict{id, surely(Truth::False), false};
    if (!person) { verdict.judged = unknown(world.held_leaves(nullptr)); all.push_back(verdict); continue; }
    if (!covers(grant, *person, kernel)) { all.push_back(verdict); continue; }
    std::vector<Judged> any;
    const auto with = [&](Judged holding, const std::vector<std::optional<Value>>& args) {
      Scene own = scene;
      own.principal = person;
      own.parameters = &args;
      any.push_back(conjunction({std::move(holding), grant.access.where ? world.judge(grant.access.where, own) : surely(Truth::True)}));
    };
    for (const Held& held : person->held.roles) {
      if (held.role != grant.role) continue;
      const Judged effective = world.effective(*person, held, scene);
      verdict.held |= effective.is(Truth::True);
      with(effective, held.args);
    }
    // 2.3: a grant missing from an incomplete `held` is unknown, for whatever arguments.
    if (!person->held.complete) with(unknown(world.held_leaves(person)), std::vector<std::optional<Value>>(kernel.roles[grant.role].parameters.size()));
    verdict.judged = disjunction(any);
    all.push_back(std::move(verdict));
  }
  return all;
}

void sum_up(Computation& c) {
  std::vector<Judged> r, r_plus;
  for (const Instance& i : c.instances) {
    r.push_back(contribution(i));
    r_plus.push_back(contribution_if_obtained(i));
  }
  c.r = disjunction(r);
  c.r_plus = disjunction(r_plus);
}

Outcome outcome_of(const Computation& c) {
  if (c.g.is(Truth::True) && c.r.is(Truth::False)) return Outcome::Permit;
  if (c.g.is(Truth::True) && c.r_plus.is(Truth::False)) return Outcome::Pending;
  if (c.g.is(Truth::False) || c.r_plus.is(Truth::True)) return Outcome::Deny;
  return Outcome::Indeterminate;
}

Instant valid_until(const Computation& c, Outcome outcome) {
  switch (outcome) {
    case Outcome::Deny: {
      Instant latest = 0;
      if (c.g.is(Truth::False)) latest = std::max(latest, c.g.horizon());
      if (c.r_plus.is(Truth::True)) latest = std::max(latest, c.r_plus.horizon());
      return latest;
    }
    case Outcome::Permit: return std::min(c.g.horizon(), c.r.horizon());
    case Outcome::Pending:
    case Outcome::Indeterminate: return std::min(c.g.horizon(), c.r_plus.horizon());
  }
  return 0;
}

std::vector<question::Finding> not_enforced(const World& world) {
  Scene scene = world.scene(world.find(world.request().subject));
  const Persons persons = world.present_persons(scene);
  std::vector<question::Finding> all;
  const auto it = world.kernel().restrictions_of_action.find(*world.request().action);
  if (it == world.kernel().restrictions_of_action.end()) return all;
  for (const RestrictionId id : it->second) {
    const Restriction& rule = world.kernel().restrictions[id];
    if (!in_force_since(rule, scene).is(Truth::False)) continue;
    Scene assumed = scene;
    assumed.enforcement = Enforcement::Assumed;
    const std::optional<Instant> from = rule.from == kForever ? std::nullopt : std::optional(rule.from);
    for (const Instance& i : instances_of(world, id, persons, assumed)) {
      const Judged restricts = contribution(i);
      if (restricts.is(Truth::False)) continue;
      all.push_back({rule.rule, i.person ? i.person->second : "", text_of(world, Spot{i.place, i.other}),
                     restricts.is(Truth::True) ? "not_enforced" : "not_enforced_possible", from, std::nullopt});
    }
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

Computation perform(const World& world) {
  const Request& r = world.request();
  const Record* subject = world.find(r.subject);
  const Scene scene = world.scene(subject);
  const Persons persons = world.present_persons(scene);
  Computation c;
  c.grants = judge_grants(world, subject, scene);
  const Judged rights = rights_of_path(world, scene);
  std::vector<Judged> g;
  for (GrantVerdict& verdict : c.grants) {
    verdict.judged = conjunction({rights, verdict.judged});
    g.push_back(verdict.judged);
  }
  c.g = disjunction(g);
  const auto it = world.kernel().restrictions_of_action.find(*r.action);
  if (it != world.kernel().restrictions_of_action.end())
    for (const RestrictionId id : it->second)
      for (Instance& i : instances_of(world, id, persons, scene)) c.instances.push_back(std::move(i));
  sum_up(c);
  return c;
}

}  // namespace writ::interpret
