// The instances of a restriction that one act touches (semantics.md 6.1, 6.5 to 6.8).
#include <fmt/format.h>

#include <algorithm>

#include "compiler/verify/encode/decision.h"

namespace writ::verify {

using kernel::Restriction;

std::vector<DecisionEncoder::Instance> DecisionEncoder::instances(const Restriction& r) {
  switch (r.kind) {
    case Restriction::Kind::Act: return act_instances(r);
    case Restriction::Kind::Standing: return use_instances(r);
    case Restriction::Kind::Object: return object_instances(r);
    case Restriction::Kind::People: return people_instances(r);
  }
  return {};
}

std::vector<DecisionEncoder::Instance> DecisionEncoder::act_instances(const Restriction& r) {
  std::vector<Instance> out;
  for (const Entity& member : members()) out.push_back({member, matches_any(r.accesses, member)});
  return out;
}

/// Whether the role grants the act, to whomever: one of a side that is the role (6.5).
bool DecisionEncoder::granted_by(const kernel::RoleUse& role) const {
  const auto grants = kernel().grants_of_action.find(act_.action);
  return grants != kernel().grants_of_action.end() &&
         std::any_of(grants->second.begin(), grants->second.end(), [&](kernel::GrantId g) { return kernel().grants[g].role == role.role; });
}

/// Whether the act is one of the side's, done by any member of the path. Where a standing side is cut says what its holder can do, not which acts
/// are asked about.
Kleene DecisionEncoder::present_act(const kernel::Side& side) {
  std::vector<Kleene> any;
  for (const kernel::SideElement& e : side.elements) {
    for (const kernel::RoleUse& role : e.roles) any.push_back(granted_by(role) ? logic().truth() : logic().falsity());
    for (const Entity& member : members()) any.push_back(matches_any(e.accesses, member));
  }
  return logic().disjunction(any);
}

DecisionEncoder::Key DecisionEncoder::key_of_act(const Restriction& r) {
  const auto path = r.key_paths.find(act_.action);
  if (path == r.key_paths.end()) return {logic().falsity(), terms().falsity(), logic().forever()};
  const Environment env = environment(act_.subject);
  const Denoted key = Reader(view_, env).term(path->second);
  const bool otherwise = reads_otherwise(path->second);
  // There is an instance for every key that is known, and one for those that may be missing.
  if (key.set) {
    const Term empty = view_.world().is_empty(*key.set);
    const Term whole = terms().disjunction(key.set->complete, key.none);
    const Kleene some = logic().capped(logic().of(terms().negation(terms().conjunction(whole, empty))), key.fresh_until);
    return {some, terms().conjunction(terms().negation(whole), empty), key.fresh_until, true, otherwise};
  }
  const Term unknown = terms().negation(terms().disjunction(key.has, key.none));
  return {logic().capped(logic().of(terms().negation(key.none)), key.fresh_until), unknown, key.fresh_until, false, otherwise};
}

/// Whether what varies between the two requests lies on the path.
bool DecisionEncoder::reads_otherwise(kernel::TermId path) const {
  const typed_ir::Term& step = kernel().conditions.term(path);
  return step.kind == typed_ir::TermKind::Attribute && (view_.rereads(step.attribute) || reads_otherwise(step.a[0]));
}

/// An earlier act of that action by the person on the same object: as listed, and what the list may have left out.
DecisionEncoder::Past DecisionEncoder::event(const Restriction& r, kernel::ActionId action, const Entity& person, Term key_unknown) {
  World& w = view_.world();
  smt::Terms& t = terms();
  typed_ir::Type time;
  time.scalar = typed_ir::Scalar::Time;
  const std::string path = fmt::format("{}.event:{}:{}:{}", act_.name, kernel().schema.actions[action].name, kernel().schema.entities[r.key].name, person.path);
  const std::string shared = fmt::format("{}.event:{}:{}", act_.name, kernel().schema.actions[action].name, kernel().schema.entities[r.key].name);
  const Term kept = view_.keeps(act_.name + ".history");
  const Term complete = t.conjunction(kept, t.boolean(act_.name + ".history!complete"));
  const Term happened = t.conjunction({kept, person.present, t.boolean(path + "!happened")});
  const Term unresolved = t.conjunction(kept, t.boolean(shared + "!unresolved"));
  const Term dated = t.boolean(path + "!dated");
  const Denoted at = w.free_value(path + "!time", time);
  w.assume(t.less_equal(at.value, logic().now()));
  const std::string &action_name = kernel().schema.actions[action].name, &key_name = kernel().schema.entities[r.key].name;
  w.note({.kind = World::Note::Kind::Event, .path = path, .present = happened, .of = action_name, .act = act_.name, .key = key_name,
          .person = person, .dated = dated, .time = at.value});
  w.note({.kind = World::Note::Kind::Unresolved, .path = shared, .present = unresolved, .of = action_name, .act = act_.name, .key = key_name});
  // What the list may have left out: an unresolved person's act, or anything while it is not complete.
  const Kleene unseen = logic().state(t.falsity(), t.conjunction(complete, t.negation(unresolved)));
  std::vector<Kleene> seen{logic().of(happened)};
  if (r.over > 0) seen.push_back(logic().before(t.add(at.value, t.integer(r.over)), dated));
  if (r.in_order) {
    const Kleene over = logic().from(t.add(at.value, t.integer(1)), dated);   // not dated before now: its place in the order is unknown
    seen.push_back({over.yes, t.falsity(), over.until});
  }
  seen.push_back(logic().state(t.negation(key_unknown), t.falsity()));   // of an object that nobody knows, any act may be meant
  return {logic().conjunction(seen), unseen, dated, at.value};
}

/// By the person before now; a condition of the side is not recorded with an event.
Kleene DecisionEncoder::earlier(const Restriction& r, const kernel::SideElement& e, const Entity& person, Term key_unknown) {
  std::vector<Kleene> any;
  for (const kernel::Access& a : e.accesses) {
    for (kernel::ActionId action : a.actions) {
      if (a.principal && a.principal != person.type) continue;
      const Past past = event(r, action, person, key_unknown);
      std::vector<Kleene> all{logic().disjunction({past.seen, past.unseen})};
      if (a.where && kernel().conditions.cond(a.where).kind != typed_ir::CondKind::True) all.push_back(logic().unknown());
      any.push_back(logic().conjunction(all));
    }
  }
  const Term complete = terms().conjunction(view_.keeps(act_.name + ".history"), terms().boolean(act_.name + ".history!complete"));
  any.push_back(logic().state(terms().falsity(), complete));
  return logic().disjunction(any);
}

Kleene DecisionEncoder::side_done(const Restriction& r, const kernel::Side& side, const Entity& person, Term key_unknown, Now now) {
  std::vector<Kleene> elements;
  for (const kernel::SideElement& e : side.elements) {
    std::vector<Kleene> any{earlier(r, e, person, key_unknown)};
    for (const Entity& member : members())
      if (now == Now::Included) any.push_back(matches_any(e.accesses, member));
    elements.push_back(logic().disjunction(any));
  }
  return logic().at_least(side.need, elements);
}

/// What is listed of a side of single acts, act by act.
std::vector<DecisionEncoder::Past> DecisionEncoder::listed(const Restriction& r, const kernel::Side& side, const Entity& person, Term key_unknown) {
  std::vector<Past> out;
  for (const kernel::SideElement& e : side.elements)
    for (const kernel::Access& a : e.accesses)
      for (kernel::ActionId action : a.actions) {
        if (a.principal && a.principal != person.type) continue;
        Past past = event(r, action, person, key_unknown);
        if (a.where && kernel().conditions.cond(a.where).kind != typed_ir::CondKind::True) past.seen = logic().conjunction({past.seen, logic().unknown()});
        out.push_back(past);
      }
  return out;
}

/// Sides before `end`, `length` of them, each listed earlier than the next; `later` is the act that they precede, if one of them.
Kleene DecisionEncoder::chain(const std::vector<std::vector<Past>>& sides, std::size_t length, std::size_t end, const Past* later) {
  if (length == 0) return logic().truth();
  std::vector<Kleene> any;
  for (std::size_t s = 0; s < end; ++s)
    for (const Past& past : sides[s]) {
      std::vector<Kleene> all{past.seen, chain(sides, length - 1, s, &past)};
      if (later) {
        const Term apart = terms().negation(terms().equal(past.time, later->time));   // of one millisecond: nobody knows
        all.push_back(logic().known(terms().conjunction({past.dated, later->dated, apart}), terms().less(past.time, later->time)));
      }
      any.push_back(logic().conjunction(all));
    }
  return logic().disjunction(any);
}

/// `in order`: the act is of some side, and enough of the sides before it are done, each before the next; what the list has left out may be
/// in any order.
Kleene DecisionEncoder::ordered(const Restriction& r, const Entity& person, Term key_unknown) {
  std::vector<std::vector<Past>> sides;
  std::vector<Kleene> done, left_out;
  for (const kernel::Side& side : r.sides) {
    sides.push_back(listed(r, side, person, key_unknown));
    done.push_back(side_done(r, side, person, key_unknown, Now::Left));
    for (const Past& past : sides.back()) left_out.push_back(past.unseen);
  }
  const Kleene incomplete = logic().disjunction(left_out);
  const bool single = std::all_of(r.sides.begin(), r.sides.end(), [](const kernel::Side& s) { return s.need == 1; });
  std::vector<Kleene> any;
  for (std::size_t j = 0; j < r.sides.size(); ++j) {
    const Kleene enough = logic().at_least(r.count - 1, {done.begin(), done.begin() + static_cast<std::ptrdiff_t>(j)});
    const Kleene before = r.count <= 2 ? enough
                          : !single    ? logic().conjunction({enough, view_.world().anything(fmt::format("{}: the order of sides of several acts", r.name))})
                                       : logic().disjunction({chain(sides, r.count - 1, j, nullptr), logic().conjunction({enough, incomplete})});
    any.push_back(logic().conjunction({present_act(r.sides[j]), before}));
  }
  return logic().disjunction(any);
}

Kleene DecisionEncoder::present(const Persons& persons, const Entity& person) const { return logic().capped(logic().of(person.present), persons.until); }
/// U while somebody whom nobody knows answers for the path, else F.
Kleene DecisionEncoder::somebody_else(const Persons& persons) const {
  if (persons.open) return view_.world().anything("several operators of a workload");
  return logic().capped(logic().state(terms().falsity(), terms().negation(persons.incomplete)), persons.until);
}

/// Two objects, two histories; one is encoded.
Kleene DecisionEncoder::another_history(const Restriction& r) {
  return view_.world().anything(fmt::format("{}: the history of another object", r.name));
}

std::vector<DecisionEncoder::Instance> DecisionEncoder::object_instances(const Restriction& r) {
  std::vector<Instance> out;
  const Persons persons = effective_persons();
  const Key key = key_of_act(r);
  std::vector<Kleene> in_some_side;
  for (const kernel::Side& side : r.sides) in_some_side.push_back(present_act(side));
  const Kleene reached = logic().disjunction(in_some_side);
  for (const Entity& person : persons.all) {
    std::vector<Kleene> sides;
    for (const kernel::Side& side : r.sides) sides.push_back(side_done(r, side, person, key.unknown, Now::Included));
    const std::size_t needed = logic().faulty(Fault::FirstSideOnly) ? 1 : r.count;
    const Kleene broken = key.otherwise              ? another_history(r)
                          : r.count > 2 && key.several ? view_.world().anything(fmt::format("{}: several keys of one act", r.name))
                          : r.in_order               ? ordered(r, person, key.unknown)
                                                     : logic().at_least(needed, sides);
    const Kleene known = logic().capped(broken, key.until);   // which acts are meant is known as long as the key is
    out.push_back({person, logic().conjunction({present(persons, person), key.bound, reached, known})});
  }
  out.push_back({act_.subject, logic().conjunction({key.bound, reached, somebody_else(persons)}), {}, true});
  return out;
}

/// 6.8: only what an empty, complete history settles is exact; any other history is left open.
std::vector<DecisionEncoder::Instance> DecisionEncoder::people_instances(const Restriction& r) {
  const Persons persons = effective_persons();
  const Key key = key_of_act(r);
  std::vector<Kleene> in_some_side;
  for (const kernel::Side& s : r.sides) in_some_side.push_back(present_act(s));
  World& w = view_.world();
  const std::string name = fmt::format("{}.people:{}", act_.name, r.name);
  const Term open = terms().boolean(name + "!open"), yes = terms().boolean(name + "!yes"), no = terms().boolean(name + "!no");
  w.assume(terms().negation(terms().conjunction(yes, no)));
  w.abstract("histories of rules that count people", terms().conjunction(terms().negation(open), terms().boolean(act_.name + ".history!complete")));
  // Nothing done yet: one person now, the other steps can still be given to others.
  const bool enough_steps = r.sides.size() >= r.count;
  const Kleene fresh_start = enough_steps ? logic().falsity() : logic().truth();
  Kleene broken{terms().ite(open, yes, fresh_start.yes), terms().ite(open, no, fresh_start.no), logic().forever()};
  const Term history_kept = view_.keeps(act_.name + ".history");
  if (key.otherwise) broken = another_history(r);
  broken.no = terms().conjunction({broken.no, history_kept, terms().negation(key.unknown)});
  broken.until = logic().earliest({key.until, persons.until});
  return {{act_.subject, logic().conjunction({key.bound, logic().disjunction(in_some_side), broken}), {}, false, persons.all}};
}

/// Sides in an open dimension meet in the scope of the act; where that is not known, who knows.
Denoted DecisionEncoder::open_scope(kernel::EnumId dimension) {
  const auto scope = scope_in(dimension);
  typed_ir::Type type;
  type.scalar = typed_ir::Scalar::Enum;
  type.enumeration = dimension;
  if (!scope || scope->set || scope->type.enumeration != dimension) return view_.world().free_value(view_.world().fresh("!scope of the act"), type);
  Denoted value = *scope;
  value.type = type;
  value.has = terms().truth();
  value.none = terms().falsity();
  value.fresh_until = logic().forever();
  return value;
}

/// The act lies there: in every joined value.
Kleene DecisionEncoder::lies_at(const Meeting& meeting) {
  std::vector<Kleene> all;
  for (const Joined& j : meeting) {
    const auto scope = scope_in(j.dimension);
    const Environment nothing;
    all.push_back(scope ? Reader(view_, nothing).lies_in(*scope, j.value) : logic().unknown());
  }
  return logic().conjunction(all);
}

/// What the person holds that gives a side, and what the workloads hold that he owns (6.2): those on the path, and one more of each type.
std::vector<LiveRole> DecisionEncoder::roles_of(const Entity& person, const std::set<kernel::RoleId>& giving, Complete& complete) {
  smt::Terms& t = terms();
  std::map<kernel::EntityId, std::vector<kernel::RoleId>> by_type;
  for (kernel::RoleId r : giving) by_type[kernel().roles[r].type].push_back(r);
  Holdings& held = holdings_.of(person);
  std::vector<LiveRole> out = held.live_roles(view_, by_type[person.type]);
  complete.held = held.complete_in(view_);
  std::vector<Term> owned;
  for (const auto& [type, roles] : by_type) {
    if (!type || !may_own(kernel(), person.type, type)) continue;
    const auto add = [&](const Entity& workload, Term his) {
      Holdings& its = holdings_.of(workload);
      owned.push_back(t.implies(his, its.complete_in(view_)));
      for (LiveRole& role : its.live_roles(view_, roles)) {
        role.live = logic().conjunction({logic().of(his), role.live});
        role.by = workload;
        out.push_back(std::move(role));
      }
    };
    const Entity robot = held.robot(type);
    std::vector<Entity> recorded = members();
    recorded.insert(recorded.end(), act_.bystanders.begin(), act_.bystanders.end());
    for (const Entity& member : recorded) {
      if (member.type != type) continue;
      view_.world().assume(t.negation(t.conjunction(robot.present, t.equal(robot.id, member.id))));
      add(member, is_owner(person, member));
    }
    add(robot, t.conjunction(robot.present, held.keeps_owned(view_)));
    owned.push_back(t.conjunction(held.owned_complete(), held.keeps_owned(view_)));
  }
  if (!owned.empty()) complete.owned = t.conjunction(owned);
  return out;
}

/// The workload's own record says so, however old that is.
Term DecisionEncoder::is_owner(const Entity& person, const Entity& workload) {
  World& w = view_.world();
  std::vector<Term> any;
  for (kernel::AttributeId a : owners_of(kernel(), workload.type)) {
    const Fact& owner = w.fact(workload, a);
    const Term known = terms().conjunction({person.present, workload.present, owner.has, view_.keeps(owner.path)});
    if (kernel().schema.attributes[a].type.entity != person.type) continue;
    any.push_back(terms().conjunction(known, owner.set ? w.contains(*owner.set, person.id) : terms().equal(owner.value, person.id)));
  }
  return terms().disjunction(any);
}

/// 6.5, at use: the act is one of a side's, and the holder's live roles give all sides in the scope of the act.
std::vector<DecisionEncoder::Instance> DecisionEncoder::use_instances(const Restriction& r) {
  std::vector<Instance> out;
  const Persons persons = effective_persons();
  std::vector<Kleene> in_some_side;
  for (const kernel::Side& s : r.sides) in_some_side.push_back(present_act(s));
  const Kleene reached = logic().disjunction(in_some_side);
  std::set<kernel::RoleId> giving;
  for (const kernel::Side& s : r.sides)
    for (const kernel::SideElement& e : s.elements) {
      for (const kernel::Capability& c : e.capabilities) giving.insert(c.role);
      for (const kernel::RoleUse& wanted : e.roles)
        for (const kernel::RoleId id : kernel().roles.ids())
          for (const kernel::RoleUse& a : kernel().roles[id].ancestors)
            if (a.role == wanted.role) giving.insert(id);
    }
  for (const Entity& person : persons.all) {
    Complete complete;
    const std::vector<LiveRole> roles = roles_of(person, giving, complete);
    const auto standing = std::make_shared<Standing>(view_, person, roles, complete);
    for (const StandingInstance& i : standing->instances(r, [&](kernel::EnumId d) { return open_scope(d); })) {
      std::vector<Kleene> here{lies_at(i.at)};
      if (i.other) here.push_back(lies_at(*i.other));
      const auto within = [standing, i, &r](const kernel::Lift& l) {
        return i.at.empty() ? standing->only_inside(r, l) : standing->within(i, l);
      };
      out.push_back({person, logic().conjunction({present(persons, person), reached, logic().disjunction(here), i.broken}), within});
    }
  }
  out.push_back({act_.subject, logic().conjunction({reached, somebody_else(persons)}), [this](const kernel::Lift&) { return logic().unknown(); }, true});
  return out;
}

}  // namespace writ::verify
