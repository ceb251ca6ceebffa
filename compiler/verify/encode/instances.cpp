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
  for (const Entity& member : members()) out.push_back({member, matches_any(r.accesses, member), {}, false});
  return out;
}

/// Whether the act is one of the side's, done by any member of the path.
Kleene DecisionEncoder::present_act(const kernel::Side& side) {
  std::vector<Kleene> any;
  for (const kernel::SideElement& e : side.elements) {
    if (e.role.role) {
      view_.world().abstract("a role as a side of an object rule", terms().falsity());
      any.push_back(logic().unknown());
    }
    for (const Entity& member : members()) any.push_back(matches_any(e.accesses, member));
  }
  Kleene here = logic().disjunction(any);
  if (!side.within.empty()) here = logic().conjunction({here, scope_lies_in(side.within_dimension, side.within)});
  return here;
}

/// Whether the act carries a key of the rule's kind.
Kleene DecisionEncoder::bound(const Restriction& r, Term& key_unknown) {
  key_unknown = terms().falsity();
  if (act_.resource && act_.resource->type == r.key) return logic().truth();
  const auto path = r.key_paths.find(act_.action);
  if (path == r.key_paths.end()) return logic().falsity();
  const Environment env = environment(act_.subject);
  const Denoted key = Reader(view_, env).term(path->second);
  if (key.set) {
    const Term empty = view_.world().is_empty(*key.set);
    const Kleene value = logic().state(terms().conjunction(key.set->complete, terms().negation(empty)), terms().conjunction(key.set->complete, empty));
    key_unknown = terms().negation(key.set->complete);
    if (r.count > 2) view_.world().abstract(fmt::format("{}: several keys of one act", r.name), terms().falsity());
    return logic().capped(value, key.fresh_until);
  }
  key_unknown = terms().negation(terms().disjunction(key.has, key.none));
  return logic().capped(logic().state(key.has, key.none), key.fresh_until);
}

/// An earlier act of that action by the person on the same object: T, F, or U (unresolved person, unknown time, unfinished history).
Kleene DecisionEncoder::event(const Restriction& r, kernel::ActionId action, const Entity& person, std::size_t side, std::size_t present_side) {
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
    if (side >= present_side) return logic().falsity();
    seen.push_back(logic().state(dated, t.falsity()));
  }
  return logic().disjunction({logic().conjunction(seen), unseen});
}

Kleene DecisionEncoder::done(const Restriction& r, std::size_t side_index, const Entity& person, std::size_t present_side) {
  const kernel::Side& side = r.sides[side_index];
  std::vector<Kleene> elements;
  for (const kernel::SideElement& e : side.elements) {
    std::vector<Kleene> any;
    for (const Entity& member : members()) any.push_back(matches_any(e.accesses, member));
    for (const kernel::Access& a : e.accesses) {
      if (a.everything) view_.world().abstract(fmt::format("{}: everything as a side of an object rule", r.name), terms().falsity());
      for (kernel::ActionId action : a.actions) {
        const bool by_other_type = a.principal && a.principal != person.type;
        if (by_other_type) continue;
        Kleene earlier = event(r, action, person, side_index, present_side);
        if (a.where && kernel().conditions.cond(a.where).kind != typed_ir::CondKind::True) {
          // Whether the condition held then is not recorded.
          earlier = logic().conjunction({earlier, logic().unknown()});
        }
        any.push_back(earlier);
      }
    }
    elements.push_back(logic().disjunction(any));
  }
  if (!side.within.empty()) view_.world().abstract(fmt::format("{}: a side cut to a scope", r.name), terms().falsity());
  return logic().at_least(side.need, elements);
}

std::vector<DecisionEncoder::Instance> DecisionEncoder::object_instances(const Restriction& r) {
  std::vector<Instance> out;
  Term incomplete, key_unknown;
  const std::vector<Entity> persons = effective_persons(incomplete);
  const Kleene has_key = bound(r, key_unknown);
  std::vector<Kleene> in_some_side;
  std::size_t present_side = r.sides.size();
  for (std::size_t s = 0; s < r.sides.size(); ++s) {
    in_some_side.push_back(present_act(r.sides[s]));
    if (in_some_side.back().no != terms().truth()) present_side = s;
  }
  const Kleene reached = logic().disjunction(in_some_side);
  for (const Entity& person : persons) {
    std::vector<Kleene> sides;
    for (std::size_t s = 0; s < r.sides.size(); ++s) sides.push_back(done(r, s, person, present_side));
    Kleene broken = logic().at_least(logic().faulty(Fault::FirstSideOnly) ? 1 : r.count, sides);
    // Without the object nothing can be looked up in the history.
    broken = {terms().conjunction(broken.yes, terms().negation(key_unknown)), terms().conjunction(broken.no, terms().negation(key_unknown)), broken.until};
    out.push_back({person, logic().conjunction({logic().of(person.present), has_key, reached, broken}), {}, false});
  }
  const Kleene somebody_else = logic().state(terms().falsity(), terms().negation(incomplete));
  out.push_back({act_.subject, logic().conjunction({has_key, reached, somebody_else}), {}, false});
  return out;
}

/// 6.8: only what an empty, complete history settles is exact; any other history is left open.
std::vector<DecisionEncoder::Instance> DecisionEncoder::people_instances(const Restriction& r) {
  Term incomplete, key_unknown;
  effective_persons(incomplete);
  const Kleene has_key = bound(r, key_unknown);
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
  broken.no = terms().conjunction({broken.no, history_kept, terms().negation(incomplete), terms().negation(key_unknown)});
  return {{act_.subject, logic().conjunction({has_key, logic().disjunction(in_some_side), broken}), {}, false}};
}

/// 6.5, at use: the act is one of a side's, and the holder's live roles give all sides in the scope of the act.
std::vector<DecisionEncoder::Instance> DecisionEncoder::use_instances(const Restriction& r) {
  std::vector<Instance> out;
  Term incomplete;
  const std::vector<Entity> persons = effective_persons(incomplete);
  std::vector<Kleene> in_some_side;
  for (const kernel::Side& s : r.sides) in_some_side.push_back(present_act(s));
  const Kleene reached = logic().disjunction(in_some_side);
  std::set<kernel::RoleId> giving;
  for (const kernel::Side& s : r.sides)
    for (const kernel::SideElement& e : s.elements) {
      for (const kernel::Capability& c : e.capabilities) giving.insert(c.role);
      for (std::uint32_t i = 0; e.role.role && i < kernel().roles.size(); ++i)
        for (const kernel::RoleUse& a : kernel().roles[kernel::RoleId{i}].ancestors)
          if (a.role == e.role.role) giving.insert(kernel::RoleId{i});
    }
  for (const Entity& person : persons) {
    if (person.path != holdings_.person().path) {
      view_.world().abstract("the holdings of somebody else", terms().falsity());
      const std::string name = view_.world().fresh("!free:use");
      const Term yes = terms().boolean(name + "!yes"), no = terms().boolean(name + "!no");
      view_.world().assume(terms().negation(terms().conjunction(yes, no)));
      out.push_back({person, logic().conjunction({reached, logic().state(yes, no)}), {}, true});
      continue;
    }
    Standing standing(view_, person, holdings_.live_roles(view_, std::vector<kernel::RoleId>(giving.begin(), giving.end())));
    for (const StandingInstance& i : standing.instances(r)) {
      Kleene here = logic().truth();
      const kernel::EnumId dimension = r.same.empty() ? kernel::EnumId{} : r.same.front();
      if (i.value && dimension) here = scope_lies_in(dimension, {*i.value});
      // A list that may have left out a role leaves the rule open.
      const Kleene unseen = logic().state(terms().falsity(), holdings_.complete_in(view_));
      out.push_back({person, logic().conjunction({reached, here, logic().disjunction({i.broken, unseen})}), i.value, true});
    }
  }
  out.push_back({act_.subject, logic().conjunction({reached, logic().state(terms().falsity(), terms().negation(incomplete))}), {}, true});
  return out;
}

}  // namespace writ::verify
