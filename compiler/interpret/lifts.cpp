#include "compiler/interpret/lifts.h"

#include <algorithm>

#include "compiler/interpret/warrants.h"

namespace writ::interpret {
namespace {

using kernel::Lift;

Judged violated(const Instance& instance, Judged LiftVerdict::*read) {
  std::vector<Judged> lifts;
  Instant horizon = instance.rho.horizon();
  for (const LiftVerdict& l : instance.lifts) {
    lifts.push_back(l.*read);
    horizon = std::min({horizon, l.met.horizon(), l.obtainable.horizon()});
  }
  Judged result = conjunction({instance.rho, negate(disjunction(lifts))});
  result.timed.horizon = instance.rho.is(Truth::False) ? instance.rho.horizon() : horizon;
  return result;
}

Truth truth_of(bool holds) { return holds ? Truth::True : Truth::False; }

Judged selects_person(const World& world, const Lift& lift, const Key& person, const Scene& scene) {
  std::vector<Judged> any;
  for (const std::string& id : lift.persons) {
    const Record* record = world.find(person);
    const bool shared = record && record->shared;
    any.push_back(shared ? unknown("person", "shared") : surely(truth_of(person.second == id && (!lift.type || lift.type == person.first))));
  }
  if (lift.persons.empty()) {
    if (lift.type && lift.type != person.first) return surely(Truth::False);
    if (!lift.who) return surely(Truth::True);
    Scene own = scene;
    own.principal = world.find(person);
    any.push_back(world.judge(lift.who, own));
  }
  return disjunction(any);
}

/// 6.9: everybody whom the instance is about. A rule about people together is about all who are on the path.
Judged selects_persons(const World& world, const Lift& lift, const Instance& instance, const Scene& scene) {
  if (instance.person) return selects_person(world, lift, *instance.person, scene);
  if (world.kernel().restrictions[instance.of].kind != kernel::Restriction::Kind::People) return unknown("path", "not_supplied");
  const Persons persons = world.present_persons(scene);
  std::vector<Judged> all;
  for (const Key& key : persons.effective) all.push_back(selects_person(world, lift, key, scene));
  all.push_back(persons.complete ? surely(Truth::True, persons.horizon) : unknown(persons.why, persons.horizon));
  return conjunction(all);
}

Judged lies_within(const World& world, const Lift& lift, EnumId dimension, const Value& value) {
  std::vector<Judged> any;
  for (const std::uint32_t ordinal : lift.within) {
    Value in;
    in.scalar = typed_ir::Scalar::Enum;
    in.number = ordinal;
    in.type = lift.within_dimension.index;
    any.push_back(lies_in(world.schema(), dimension, value, lift.within_dimension, in));
  }
  return disjunction(any);
}

Judged resource_within(const World& world, const Lift& lift, const Scene& scene) {
  if (!scene.resource) return unknown(world.schema().enums[lift.within_dimension].local, "not_supplied");
  const auto field = world.schema().scope_attribute(scene.resource->type, lift.within_dimension);
  if (!field) return unknown(world.schema().enums[lift.within_dimension].local, "not_supplied");
  const typed_ir::Attribute& declared = world.schema().attributes[*field];
  const Evaluated scope = world.attribute(*scene.resource, *field, "resource." + declared.name, scene);
  if (!scope.known()) return unknown(scope.leaves, scope.horizon);
  return capped(lies_within(world, lift, declared.type.enumeration, scope.value), scope.horizon);
}

Judged selects_place(const World& world, const Lift& lift, const Instance& instance, const Scene& scene, const Outside& outside) {
  if (lift.within.empty()) return surely(Truth::True);
  if (world.kernel().restrictions[instance.of].kind != kernel::Restriction::Kind::Standing) return resource_within(world, lift, scene);
  if (instance.place.values.empty()) return outside ? negate(outside(lift)) : unknown("scope", "not_supplied");
  const auto inside = [&](const Place& place) {
    std::vector<Judged> any;
    for (const auto& [dimension, value] : place.values)
      if (world.schema().rolls_up(dimension, lift.within_dimension)) any.push_back(lies_within(world, lift, dimension, value));
    return disjunction(any);
  };
  std::vector<Judged> all{inside(instance.place)};
  if (instance.other) all.push_back(inside(*instance.other));
  return conjunction(all);
}

Judged selects_object(const World& world, const Lift& lift, const Instance& instance, const Scene& scene) {
  if (!lift.object_type) return surely(Truth::True);
  const kernel::Restriction& r = world.kernel().restrictions[instance.of];
  const bool by_key = r.key == lift.object_type;
  std::optional<std::string> id = by_key ? instance.key : std::nullopt;
  if (!by_key && scene.resource && scene.resource->type == lift.object_type) id = scene.resource->id;
  if (!by_key && scene.resource && scene.resource->type != lift.object_type) return surely(Truth::False);
  std::vector<Judged> all;
  if (!lift.object_ids.empty()) {
    if (!id) all.push_back(unknown("resource", "not_supplied"));
    else all.push_back(surely(truth_of(std::count(lift.object_ids.begin(), lift.object_ids.end(), *id) > 0)));
  }
  if (lift.object_where) {
    Scene own = scene;
    own.resource = id ? world.find({lift.object_type, *id}) : nullptr;
    all.push_back(world.judge(lift.object_where, own));
  }
  return conjunction(all);
}

}  // namespace

Judged contribution(const Instance& instance) { return violated(instance, &LiftVerdict::met); }
Judged contribution_if_obtained(const Instance& instance) { return violated(instance, &LiftVerdict::obtainable); }

std::vector<LiftId> lifts_named(const Kernel& kernel, std::string_view id) {
  std::vector<LiftId> exact, local;
  std::set<std::string> names;
  for (const LiftId lift : kernel.lifts.ids()) {
    const std::string& name = kernel.lifts[lift].id;
    if (kernel.lifts[lift].kind == Lift::Kind::Warrant) continue;
    if (name == id) exact.push_back(lift);
    const auto dot = name.rfind('.');
    if (dot == name.npos || std::string_view(name).substr(dot + 1) != id) continue;
    local.push_back(lift);
    names.insert(name);
  }
  if (!exact.empty()) return exact;
  return names.size() == 1 ? local : std::vector<LiftId>{};
}

Judged control_in_force(const World& world, kernel::ControlId id, const std::optional<Key>& person, const Scene& scene) {
  const kernel::Control& control = world.kernel().controls[id];
  if (control.by_requirement) return surely(Truth::True);   // required of every act, nothing is tested
  const auto& states = world.request().controls;
  auto it = states.find(control.name);
  if (it == states.end()) {
    const auto dot = control.name.rfind('.');
    if (dot != control.name.npos) it = states.find(control.name.substr(dot + 1));
  }
  if (it == states.end()) return unknown(control.name, "not_supplied");
  const ControlState& state = it->second;
  std::vector<Judged> all;
  all.push_back(state.effective ? surely(truth_of(*state.effective)) : unknown(control.name, "not_supplied"));
  if (!state.tested) all.push_back(unknown(control.name, "not_supplied"));
  else {
    all.push_back(not_before(scene.now, *state.tested));
    all.push_back(before(scene.now, *state.tested + control.tested_every));
  }
  std::vector<Judged> monitors;
  for (const MonitorState& m : state.monitors) {
    if (!m.active || m.id.empty()) { monitors.push_back(surely(Truth::False)); continue; }
    if (!person) { monitors.push_back(unknown("path", "not_supplied")); continue; }
    const Truth itself = world.same_person(*person, {person->first, m.id});
    const bool clear = std::count(m.not_below.begin(), m.not_below.end(), person->second) > 0;
    monitors.push_back(itself == Truth::True ? surely(Truth::False) : clear && itself == Truth::False ? surely(Truth::True) : unknown(control.name, "not_supplied"));
  }
  all.push_back(disjunction(monitors));
  return conjunction(all);
}

Judged in_force(const World& world, const Lift& lift, const std::optional<Key>& person, const Scene& scene) {
  if (!lift.approved) return surely(Truth::False);
  std::vector<Judged> all;
  if (lift.from != typed_ir::kInstantMin) all.push_back(not_before(scene.now, lift.from));
  if (lift.until != kForever) all.push_back(before(scene.now, lift.until));
  for (const kernel::ControlId control : lift.controls) all.push_back(control_in_force(world, control, person, scene));
  return conjunction(all);
}

Judged selects(const World& world, const Lift& lift, const Instance& instance, const Scene& scene, const Outside& outside) {
  std::vector<Judged> all{selects_persons(world, lift, instance, scene), selects_place(world, lift, instance, scene, outside),
                          selects_object(world, lift, instance, scene)};
  if (lift.while_condition) {
    Scene own = scene;
    if (instance.person) own.principal = world.find(*instance.person);
    all.push_back(world.judge(lift.while_condition, own));
  }
  return conjunction(all);
}

void judge_lifts(const World& world, Instance& instance, const Scene& scene, const Outside& outside) {
  const auto it = world.kernel().lifts_of.find(instance.of);
  if (it == world.kernel().lifts_of.end()) return;
  for (const LiftId id : it->second) {
    const Lift& lift = world.kernel().lifts[id];
    if (lift.kind == Lift::Kind::Warrant) {
      const WarrantVerdict w = judge_warrant(world, lift.warrant, scene);
      instance.lifts.push_back({id, w.met, disjunction({w.met, w.obtainable})});
      continue;
    }
    const Judged judged = conjunction({selects(world, lift, instance, scene, outside), in_force(world, lift, instance.person, scene)});
    instance.lifts.push_back({id, judged, judged});
  }
}

}  // namespace writ::interpret
