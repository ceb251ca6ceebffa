#include "compiler/verify/encode/decision.h"

#include <fmt/format.h>

#include <algorithm>

namespace writ::verify {

using kernel::Restriction;

Act make_act(World& world, const std::string& name, kernel::ActionId action, const Entity& subject, std::optional<Entity> initiator) {
  const auto& schema = world.kernel().schema;
  const typed_ir::Action& form = schema.actions[action];
  const int group = name.empty() ? 1 : std::stoi(name);
  Act act{name, action, subject, std::move(initiator), {}, {}, {}};
  if (form.resource) act.resource = world.entity(name + ".resource", form.resource, group);
  if (form.input) act.input = world.entity(name + ".input", form.input, group);
  world.known_if_complete(world.terms().boolean(name + ".history!complete"));
  act.context = world.entity(world.faulty(Fault::SharedContext) ? "context" : name + ".context", schema.context, group);
  return act;
}

Environment DecisionEncoder::environment(const Entity& principal) {
  Environment env;
  env.principal = principal;
  env.resource = act_.resource;
  env.context = act_.context;
  env.input = act_.input;
  env.holds = [this](const Denoted& person, kernel::RoleId role, const std::vector<Denoted>& args) {
    const Kleene held = holdings_.of(referenced(person)).holds(view_, role, args);
    return logic().capped({terms().conjunction(person.has, held.yes), terms().conjunction(person.has, held.no), held.until}, person.fresh_until);
  };
  return env;
}

std::vector<Entity> DecisionEncoder::members() const {
  std::vector<Entity> out;
  if (act_.initiator) out.push_back(*act_.initiator);
  out.push_back(act_.subject);
  return out;
}

/// The humans on the path, the owners of every workload on it, and each non-human itself (4.3).
DecisionEncoder::Persons DecisionEncoder::effective_persons() {
  Persons out{{}, terms().falsity(), logic().forever()};
  for (const Entity& member : members()) {
    out.all.push_back(member);
    const typed_ir::Entity& type = kernel().schema.entities[member.type];
    if (type.kind == typed_ir::EntityKind::Human) continue;
    std::vector<kernel::AttributeId> owners = type.operated_by;
    if (owners.empty() && type.owner) owners.push_back(type.owner);
    if (owners.empty()) out.incomplete = terms().truth();
    for (kernel::AttributeId a : owners) {
      const Denoted owner = view_.read(member, a);
      if (owner.set) {
        out.open = true;
        continue;
      }
      out.incomplete = terms().disjunction(out.incomplete, terms().negation(terms().disjunction(owner.has, owner.none)));
      out.until = logic().earliest({out.until, owner.fresh_until});
      out.all.push_back(referenced(owner));
    }
  }
  return out;
}

Kleene DecisionEncoder::matches(const kernel::Access& access, const Entity& member) {
  const bool listed = access.everything || std::find(access.actions.begin(), access.actions.end(), act_.action) != access.actions.end();
  if (!listed || (access.principal && access.principal != member.type)) return logic().falsity();
  const Environment env = environment(member);
  Kleene holds = Reader(view_, env).optional_condition(access.where);
  if (access.principal_id.empty()) return holds;
  const Term same = terms().equal(member.id, view_.world().code(access.principal_id));
  return logic().conjunction({logic().of(same), holds});
}

Kleene DecisionEncoder::matches_any(const std::vector<kernel::Access>& accesses, const Entity& member) {
  std::vector<Kleene> any;
  for (const kernel::Access& a : accesses) any.push_back(matches(a, member));
  return logic().disjunction(any);
}

Kleene DecisionEncoder::grant(kernel::GrantId id) {
  const kernel::Grant& g = kernel().grants[id];
  const kernel::Role& role = kernel().roles[g.role];
  if (role.type != act_.subject.type) return logic().falsity();
  const bool listed = g.access.everything || std::find(g.access.actions.begin(), g.access.actions.end(), act_.action) != g.access.actions.end();
  if (!listed) return logic().falsity();
  auto covers = [&](const std::vector<Denoted>& args) {
    Environment env = environment(act_.subject);
    env.parameters = args;
    return Reader(view_, env).optional_condition(g.access.where);
  };
  std::vector<Kleene> any;
  for (const Slot& slot : holdings_.slots(g.role)) any.push_back(logic().conjunction({holdings_.effective(view_, slot), covers(slot.args)}));
  // What an incomplete list may have left out: the role with whatever arguments.
  std::vector<Denoted> whatever;
  for (const typed_ir::Type& type : role.parameters) {
    const std::string name = fmt::format("!any:{}:{}:{}", static_cast<int>(type.scalar), type.enumeration.index, type.entity.index);   // one sort a name
    whatever.push_back(view_.world().free_value(name, type));
    whatever.back().has = terms().falsity();
  }
  any.push_back(logic().conjunction({logic().state(terms().falsity(), holdings_.complete_in(view_)), covers(whatever)}));
  Kleene holder = logic().disjunction(any);
  if (!role.only_id.empty()) holder = logic().conjunction({logic().of(terms().equal(act_.subject.id, view_.world().code(role.only_id))), holder});
  return holder;
}

std::optional<Denoted> DecisionEncoder::scope_in(kernel::EnumId dimension) {
  if (!act_.resource) return std::nullopt;
  const auto attribute = kernel().schema.scope_attribute(act_.resource->type, dimension);
  if (!attribute) return std::nullopt;
  return view_.read(*act_.resource, *attribute);
}

Kleene DecisionEncoder::scope_lies_in(kernel::EnumId dimension, const std::vector<std::uint32_t>& values) {
  const auto scope = scope_in(dimension);
  if (!scope) return logic().unknown();
  const Environment nothing;
  Reader reader(view_, nothing);
  std::vector<Kleene> any;
  for (std::uint32_t v : values) {
    Denoted value = *scope;
    value.type = scope->type.element();
    value.type.enumeration = dimension;
    value.has = terms().truth();
    value.none = terms().falsity();
    value.value = view_.world().ordinal(dimension, v);
    value.fresh_until = logic().forever();
    value.set.reset();
    any.push_back(reader.lies_in(*scope, value));
  }
  return logic().disjunction(any);
}

Kleene DecisionEncoder::selects(const kernel::Lift& l, const Entity& person) {
  if (l.type && l.type != person.type) return logic().falsity();
  if (l.persons.empty()) {
    const Environment env = environment(person);
    return Reader(view_, env).optional_condition(l.who);
  }
  std::vector<Term> named;
  for (const std::string& p : l.persons) named.push_back(terms().equal(person.id, view_.world().code(p)));
  return logic().known(person.present, terms().disjunction(named));
}

/// 6.9. Whom a lift is for is not known of somebody whom nobody knows; a rule about people together is about all of them.
Kleene DecisionEncoder::selected(const kernel::Lift& l, const Instance& instance) {
  std::vector<Kleene> all;
  const Environment env = environment(instance.person);
  Reader reader(view_, env);
  if (instance.nobody) all.push_back(logic().unknown());
  for (const Entity& person : instance.together) {
    const Kleene absent = logic().of(terms().negation(person.present));
    all.push_back(logic().disjunction({absent, selects(l, person)}));
  }
  if (!instance.together.empty()) all.push_back(logic().negation(somebody_else(effective_persons())));
  if (!instance.nobody && instance.together.empty()) all.push_back(selects(l, instance.person));
  if (!l.within.empty()) all.push_back(instance.within ? instance.within(l) : scope_lies_in(l.within_dimension, l.within));
  if (l.object_type && act_.resource) {
    if (l.object_type != act_.resource->type) {
      if (kernel().restrictions[l.of].key != l.object_type) return logic().falsity();
      return view_.world().anything("a lift for a key that is not the resource");
    }
    if (!l.object_ids.empty()) {
      std::vector<Term> named;
      for (const std::string& o : l.object_ids) named.push_back(terms().equal(act_.resource->id, view_.world().code(o)));
      all.push_back(logic().of(terms().disjunction(named)));
    }
  }
  all.push_back(reader.optional_condition(l.object_where));
  return logic().conjunction(all);
}

Kleene DecisionEncoder::lift(const kernel::Lift& l, const Instance& instance) {
  if (!l.approved) return logic().falsity();
  const Environment env = environment(instance.person);
  std::vector<Kleene> all{selected(l, instance), Reader(view_, env).optional_condition(l.while_condition)};
  if (l.from != typed_ir::kInstantMin) all.push_back(logic().from(terms().integer(l.from), terms().truth()));
  if (l.until != typed_ir::kForever) all.push_back(logic().before(terms().integer(l.until), terms().truth()));
  for (kernel::ControlId c : l.controls) all.push_back(control_in_force(view_, c));
  return logic().conjunction(all);
}

ChainValue DecisionEncoder::approval(kernel::ChainId id) {
  if (const auto known = approvals_.find(id); known != approvals_.end()) return known->second;
  const Persons requesters = effective_persons();
  if (requesters.open) {
    const std::string what = "several operators of a workload";
    return {view_.world().anything(what), view_.world().anything(what)};
  }
  const Asked asked{act_.name, environment(act_.subject), requesters.all, terms().negation(requesters.incomplete), requesters.until};
  return approvals_.emplace(id, Chains(view_, asked).value(id)).first->second;
}

ChainValue DecisionEncoder::warrant(const kernel::Lift& l) {
  typed_ir::Type time;
  time.scalar = typed_ir::Scalar::Time;
  World& w = view_.world();
  switch (l.warrant.kind) {
    case kernel::Warrant::Kind::Mfa: {
      const Term presented = terms().boolean(act_.name + ".mfa!presented");
      const Term given = w.free_value(act_.name + ".mfa!time", time).value;
      w.note({.kind = World::Note::Kind::Mfa, .path = act_.name + ".mfa", .present = presented, .of = {}, .act = act_.name, .time = given});
      std::vector<Kleene> all{logic().of(presented)};
      if (l.warrant.fresh_within > 0) {
        all.push_back(logic().from(terms().add(given, terms().integer(-kernel().skew)), terms().truth()));
        all.push_back(logic().before(terms().add(given, terms().integer(l.warrant.fresh_within)), terms().truth()));
      }
      return {logic().conjunction(all), logic().truth()};
    }
    case kernel::Warrant::Kind::Evidence: {
      const std::string path = fmt::format("{}.evidence:{}", act_.name, l.warrant.evidence);
      const Term presented = terms().boolean(path + "!presented");
      w.note({.kind = World::Note::Kind::Evidence, .path = path, .present = presented, .of = l.warrant.evidence, .act = act_.name});
      return {logic().of(presented), logic().truth()};
    }
    case kernel::Warrant::Kind::Approval: return approval(l.warrant.chain);
  }
  return {logic().falsity(), logic().truth()};
}

RestrictionValue DecisionEncoder::restriction(kernel::RestrictionId id, Outcome& out) {
  const Restriction& r = kernel().restrictions[id];
  std::vector<Kleene> pattern, restricts, relaxed;
  for (const Instance& instance : instances(r)) {
    std::vector<Kleene> lifts, lifts_relaxed;
    Kleene rho = instance.pattern;
    if (r.from != typed_ir::kInstantMin) rho = logic().conjunction({logic().from(terms().integer(r.from), terms().truth()), rho});
    std::vector<Term> ends{rho.until};
    const auto of = kernel().lifts_of.find(id);
    for (kernel::LiftId l : of == kernel().lifts_of.end() ? std::vector<kernel::LiftId>{} : of->second) {
      if (without_.lifts.contains(l)) continue;
      const kernel::Lift& form = kernel().lifts[l];
      if (form.kind == kernel::Lift::Kind::Warrant) {
        const ChainValue value = warrant(form);
        lifts.push_back(value.met);
        lifts_relaxed.push_back(logic().disjunction({value.met, value.obtainable}));
        ends.push_back(value.met.until);
        ends.push_back(value.obtainable.until);
        continue;
      }
      Kleene value = lift(form, instance);
      if (logic().faulty(Fault::UnknownLiftLifts)) value = logic().of(logic().not_false(value));
      lifts.push_back(value);
      lifts_relaxed.push_back(value);
      ends.push_back(value.until);
      auto [it, first] = out.used.emplace(l, terms().falsity());
      it->second = terms().disjunction(it->second, terms().conjunction(terms().negation(rho.no), value.yes));
      auto [sel, fresh] = out.selects.emplace(l, logic().falsity());
      sel->second = logic().disjunction({sel->second, selected(form, instance)});
    }
    // 3.4: F rests on the pattern alone; anything else ends with the pattern or with any of its lifts.
    auto unlifted = [&](const std::vector<Kleene>& by) {
      Kleene value = logic().conjunction({rho, logic().negation(logic().disjunction(by))});
      value.until = terms().ite(rho.no, rho.until, logic().earliest(ends));
      return value;
    };
    pattern.push_back(rho);
    restricts.push_back(unlifted(lifts));
    relaxed.push_back(unlifted(lifts_relaxed));
  }
  return {logic().disjunction(pattern), logic().disjunction(restricts), logic().disjunction(relaxed)};
}

void DecisionEncoder::finish(Outcome& out) {
  smt::Terms& t = terms();
  auto bites = [&](const Kleene& r) { return logic().faulty(Fault::UnknownDoesNotBite) ? r.yes : t.negation(r.no); };
  out.permit = t.conjunction(out.granted.yes, t.negation(bites(out.restricted)));
  out.pending = t.conjunction({out.granted.yes, t.negation(bites(out.relaxed)), t.negation(out.permit)});
  out.deny = t.disjunction(out.granted.no, out.relaxed.yes);
  out.indeterminate = t.conjunction({t.negation(out.permit), t.negation(out.pending), t.negation(out.deny)});
  const Term refused = t.disjunction(t.conjunction(out.granted.no, out.granted.until), t.conjunction(out.relaxed.yes, out.relaxed.until));
  std::vector<Term> permit_ends{out.granted.until, out.restricted.until}, pending_ends{out.granted.until, out.relaxed.until};
  for (const auto& [id, k] : out.obligations) {
    permit_ends.push_back(k.until);
    pending_ends.push_back(k.until);
  }
  const Term indeterminate_end = logic().earliest({out.granted.until, out.relaxed.until});
  out.valid_until = t.ite(out.deny, refused, t.ite(out.permit, logic().earliest(permit_ends), t.ite(out.pending, logic().earliest(pending_ends), indeterminate_end)));
}

Outcome DecisionEncoder::encode() {
  Outcome out;
  std::vector<Kleene> grants, restricts, relaxed;
  if (auto found = kernel().grants_of_action.find(act_.action); found != kernel().grants_of_action.end()) {
    for (kernel::GrantId id : found->second) {
      if (without_.grants.contains(id)) continue;
      const Kleene value = grant(id);
      out.grants.emplace(id, value);
      grants.push_back(value);
    }
  }
  if (auto found = kernel().restrictions_of_action.find(act_.action); found != kernel().restrictions_of_action.end()) {
    for (kernel::RestrictionId id : found->second) {
      if (without_.restrictions.contains(id)) continue;
      const Restriction& form = kernel().restrictions[id];
      if (form.from == typed_ir::kForever || (form.kind == Restriction::Kind::Standing && !form.at_use)) continue;
      const RestrictionValue value = restriction(id, out);
      out.restrictions.emplace(id, value);
      restricts.push_back(value.restricts);
      relaxed.push_back(value.relaxed);
    }
  }
  for (std::uint32_t i = 0; i < kernel().obligations.size(); ++i) {
    const kernel::ObligationId id{i};
    const kernel::Obligation& form = kernel().obligations[id];
    if (form.on_deny) continue;
    std::vector<Kleene> any;
    for (const Entity& member : members()) any.push_back(matches_any(form.after, member));
    out.obligations.emplace(id, logic().disjunction(any));
  }
  out.granted = logic().disjunction(grants);
  out.restricted = logic().disjunction(restricts);
  out.relaxed = logic().disjunction(relaxed);
  finish(out);
  return out;
}

}  // namespace writ::verify
