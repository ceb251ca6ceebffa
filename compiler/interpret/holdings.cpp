// Roles as held, live and effective (5.1–5.3).
#include <algorithm>

#include "compiler/interpret/lifts.h"
#include "compiler/interpret/world.h"

namespace writ::interpret {
namespace {

using kernel::Role;

bool has_other_route_than_birthright(const Kernel& kernel, RoleId role) {
  return std::any_of(kernel.routes.begin(), kernel.routes.end(),
                     [&](const kernel::Route& r) { return r.role == role && r.kind != kernel::Route::Kind::Birthright; });
}
bool has_birthright(const Kernel& kernel, RoleId role) {
  return std::any_of(kernel.routes.begin(), kernel.routes.end(),
                     [&](const kernel::Route& r) { return r.role == role && r.kind == kernel::Route::Kind::Birthright; });
}

bool names_a_chain(const Kernel& kernel, const std::string& id) {
  std::size_t exact = 0, local = 0;
  for (const kernel::Chain& chain : kernel.chains) {
    exact += chain.name == id;
    local += chain.name.ends_with("." + id);
  }
  return exact > 0 || local == 1;
}

}  // namespace

Leaves World::held_leaves(const Record* person) const {
  return {{"held", person ? person->held.reason : "not_supplied"}};
}

Judged World::tenure(const Record& person, const std::optional<Instant>& start, const Scene& scene) const {
  const typed_ir::Entity& type = schema().entities[person.type];
  std::vector<Judged> all;
  const auto bound = [&](AttributeId id, bool first) {
    const Evaluated e = attribute(person, id, "principal." + schema().attributes[id].name, scene);
    if (e.state == Fact::State::Absent && !first) { all.push_back(surely(Truth::True, e.horizon)); return; }
    if (!e.known()) { all.push_back(unknown(e.leaves, e.horizon)); return; }
    const Instant at = e.value.number;
    all.push_back(capped(first ? not_before(scene.now, at) : before(scene.now, at), e.horizon));
    if (start) all.push_back(surely((first ? *start >= at : *start < at) ? Truth::True : Truth::False, e.horizon));
  };
  if (type.tenure_from) bound(type.tenure_from, true);
  if (type.tenure_until) bound(type.tenure_until, false);
  return conjunction(all);
}

/// from + the role's present `at most` (5.2); nothing to add for a birthright.
Judged World::cap(const Held& held, const Scene& scene) const {
  const Role& role = kernel_.roles[held.role];
  if (role.cap == 0 || held.since_ever || held.attested_now || held.by == Held::By::Birthright) return surely(Truth::True);
  const bool birthright_possible = has_birthright(kernel_, held.role);
  if (held.by == Held::By::Unsaid && birthright_possible && !has_other_route_than_birthright(kernel_, held.role)) return surely(Truth::True);
  if (!held.from) return unknown("held.from", "not_supplied");
  Judged within = before(scene.now, *held.from + role.cap);
  const bool maybe_birthright = held.by == Held::By::Unsaid && birthright_possible;
  if (within.is(Truth::False) && maybe_birthright) return unknown("held.route", "not_supplied");
  return within;
}

Judged World::rests(const Record& person, const Held& held, const Scene& scene) const {
  std::vector<Judged> all;
  for (const std::string& id : held.rests_on) {
    const auto lifts = lifts_named(kernel_, id);
    if (lifts.empty() && names_a_chain(kernel_, id)) continue;   // an approval's `good for` limits its use, not what it produced (8.8)
    if (lifts.empty()) { all.push_back(unknown("held.rests_on", "not_supplied")); continue; }
    std::vector<Judged> any;
    for (const kernel::LiftId lift : lifts) any.push_back(in_force(*this, kernel_.lifts[lift], Key{person.type, person.id}, scene));
    all.push_back(disjunction(any));
  }
  if (!held.rests_on_complete) all.push_back(unknown("held.rests_on", "not_supplied"));
  return conjunction(all);
}

std::vector<HoldingPart> World::live_parts(const Record& person, const Held& held, const Scene& scene) const {
  if (held.attested_now) return {{"held.from", surely(Truth::True, scene.now.value_or(0))}, {"held.tenure", tenure(person, std::nullopt, scene)}};
  std::vector<HoldingPart> all;
  if (!held.since_ever) all.push_back({"held.from", held.from ? not_before(scene.now, *held.from) : unknown("held.from", "not_supplied")});
  if (!held.endless) all.push_back({"held.until", held.until ? before(scene.now, *held.until) : unknown("held.until", "not_supplied")});
  all.push_back({"held.at_most", cap(held, scene)});
  all.push_back({"held.tenure", tenure(person, held.from, scene)});
  all.push_back({"held.rests_on", rests(person, held, scene)});
  return all;
}

std::vector<HoldingPart> World::effective_parts(const Record& person, const Held& held, const Scene& scene) const {
  const Role& role = kernel_.roles[held.role];
  if ((role.type && role.type != person.type) || (!role.only_id.empty() && role.only_id != person.id)) return {{"held.eligible", surely(Truth::False)}};
  std::vector<HoldingPart> all = live_parts(person, held, scene);
  if (role.continuous) all.push_back({"held.eligible", type_and_gate(person, held.role, held.args, scene)});
  if (held.delegated) all.push_back({"held.delegator", unknown("delegation", "not_supported")});   // 4.4 is not in this edition: never wider
  return all;
}

namespace {

Judged all_of(const std::vector<HoldingPart>& parts) {
  std::vector<Judged> all;
  for (const HoldingPart& part : parts) all.push_back(part.judged);
  return conjunction(all);
}

}  // namespace

Judged World::live(const Record& person, const Held& held, const Scene& scene) const { return all_of(live_parts(person, held, scene)); }
Judged World::effective(const Record& person, const Held& held, const Scene& scene) const { return all_of(effective_parts(person, held, scene)); }

Judged World::type_and_gate(const Record& person, RoleId id, const std::vector<std::optional<Value>>& args, const Scene& scene) const {
  const Role& role = kernel_.roles[id];
  if (role.type && role.type != person.type) return surely(Truth::False);
  if (!role.only_id.empty() && role.only_id != person.id) return surely(Truth::False);
  if (!role.eligible) return surely(Truth::True);
  Scene own = scene;
  own.principal = &person;
  own.parameters = &args;
  return judge(role.eligible, own);
}

Judged World::holds(const Record* person, RoleId wanted, const std::vector<Evaluated>& args, const Scene& scene) const {
  if (!person) return unknown(held_leaves(nullptr));
  std::vector<Judged> any;
  for (const Held& held : person->held.roles) {
    for (const typed_ir::RoleUse& ancestor : kernel_.roles[held.role].ancestors) {
      if (ancestor.role != wanted) continue;
      Scene own = scene;
      own.principal = person;
      own.parameters = &held.args;
      std::vector<Judged> all{live(*person, held, scene)};
      for (std::size_t i = 0; i < args.size() && i < ancestor.args.size(); ++i) all.push_back(equal(value(ancestor.args[i], own), args[i], scene));
      any.push_back(conjunction(all));
    }
  }
  if (!person->held.complete) any.push_back(unknown(held_leaves(person)));
  return disjunction(any);
}

}  // namespace writ::interpret
