#include "compiler/interpret/sides.h"

#include <algorithm>

#include "compiler/kernel/capability.h"

namespace writ::interpret {
namespace {

using kernel::Capability;
using kernel::Side;
using kernel::SideElement;

const char* const kOther = "\x7f(any other)";   // a value of an open dimension that nobody names

Value enum_value(EnumId id, std::uint32_t ordinal) {
  Value v;
  v.scalar = typed_ir::Scalar::Enum;
  v.number = ordinal;
  v.type = id.index;
  return v;
}

/// The values of a dimension that matter here.
ValueSet values_of(const World& world, EnumId id, const Holder& holder) {
  const typed_ir::Enum& e = world.schema().enums[id];
  ValueSet values;
  if (!e.open) {
    for (std::uint32_t i = 0; i < e.values.size(); ++i) values.push_back(enum_value(id, i));
    return values;
  }
  const auto add = [&](const Value& v) { if (v.scalar == typed_ir::Scalar::Enum && v.type == id.index) values.push_back(v); };
  for (const Entry& entry : holder.entries)
    for (const auto& arg : entry.held->args) if (arg) add(*arg);
  const auto from = [&](const Record* record) {
    if (!record) return;
    for (const auto& [attribute, fact] : record->attributes)
      for (const Value& v : fact.values) add(v);
  };
  from(holder.person);
  from(world.find(world.request().resource));
  if (holder.person)
    for (const Anonymous& a : holder.person->held.access) add(a.value);
  Value other = enum_value(id, 0);
  other.text = kOther;
  values.push_back(other);
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  return values;
}

using Scopes = std::vector<std::optional<Value>>;   ///< per joined dimension

Judged lies_in_or_unknown(const World& world, EnumId dimension, const std::optional<Value>& w, EnumId in, const Value& v) {
  const Schema& schema = world.schema();
  if (!w || !dimension || !schema.rolls_up(dimension, in)) return unknown(schema.enums[in].local, "not_supplied");
  return lies_in(schema, dimension, *w, in, v);
}

/// Whether what lies in w of `dimension` alone lies at the place, and within the side's cut.
Judged lies_at(const World& world, EnumId dimension, const std::optional<Value>& w, const Place& place, const Side& side) {
  std::vector<Judged> all;
  for (const auto& [in, v] : place.values) all.push_back(lies_in_or_unknown(world, dimension, w, in, v));
  if (!side.within.empty()) {
    std::vector<Judged> any;
    for (const std::uint32_t ordinal : side.within)
      any.push_back(lies_in_or_unknown(world, dimension, w, side.within_dimension, enum_value(side.within_dimension, ordinal)));
    all.push_back(disjunction(any));
  }
  return conjunction(all);
}

/// The values of the fields that carry the capability's scopes, where they may lie at the place: one for each joined dimension, the same
/// for those that one field serves. The cut of a capability's side is in its condition.
class ScopesAt {
 public:
  ScopesAt(const World& world, const Capability& capability, const Place& place, const Holder& holder)
      : world_(world), capability_(capability), place_(place), holder_(holder), scopes_(capability.scopes.size()) {}

  template <class F>
  void for_each(F use, std::size_t i = 0) {
    if (i == scopes_.size()) { use(scopes_, here()); return; }
    const EnumId dimension = capability_.scopes[i];
    const auto first = std::find(capability_.scopes.begin(), capability_.scopes.end(), dimension) - capability_.scopes.begin();
    const bool chosen = static_cast<std::size_t>(first) < i;
    ValueSet values;
    if (dimension && !chosen) values = values_of(world_, dimension, holder_);
    if (dimension && chosen) values.push_back(*scopes_[static_cast<std::size_t>(first)]);
    if (!dimension) for_each(use, i + 1);
    for (const Value& w : values) {
      scopes_[i] = w;
      if (!at(i).is(Truth::False)) for_each(use, i + 1);   // F for ever
    }
    scopes_[i].reset();
  }

 private:
  Judged at(std::size_t i) const {
    if (i < place_.scope || i - place_.scope >= place_.values.size()) return surely(Truth::True);
    const auto& [in, v] = place_.values[i - place_.scope];
    return lies_in_or_unknown(world_, capability_.scopes[i], scopes_[i], in, v);
  }
  Judged here() const {
    std::vector<Judged> all;
    for (std::size_t i = 0; i < place_.values.size(); ++i) {
      const std::size_t scope = place_.scope + i;
      all.push_back(scope < scopes_.size() ? at(scope) : unknown(world_.schema().enums[place_.values[i].first].local, "not_supplied"));
    }
    return conjunction(all);
  }

  const World& world_;
  const Capability& capability_;
  const Place& place_;
  const Holder& holder_;
  Scopes scopes_;
};

std::vector<AttributeId> owners_of(const Schema& schema, EntityId type) {
  const typed_ir::Entity& e = schema.entities[type];
  if (e.kind != typed_ir::EntityKind::Workload && e.kind != typed_ir::EntityKind::Agent) return {};
  std::vector<AttributeId> owners = e.operated_by;
  if (owners.empty() && e.owner) owners.push_back(e.owner);
  return owners;
}
bool owned_by(const World& world, EntityId type, EntityId owner) {
  const auto owners = owners_of(world.schema(), type);
  return std::any_of(owners.begin(), owners.end(), [&](AttributeId id) { return world.schema().attributes[id].type.entity == owner; });
}
/// The record says that `key` owns it, or the person's `owned` does.
bool owns(const World& world, const Holder& h, const Record& record) {
  const auto owners = owners_of(world.schema(), record.type);
  if (owners.empty()) return false;
  const auto& ids = h.person->owned.ids;
  if (std::find(ids.begin(), ids.end(), record.id) != ids.end()) return true;
  return std::any_of(owners.begin(), owners.end(), [&](AttributeId id) {
    const auto it = record.attributes.find(id);
    return it != record.attributes.end() && std::any_of(it->second.values.begin(), it->second.values.end(), [&](const Value& v) {
      return v.text == h.key.second && EntityId{v.type} == h.key.first;
    });
  });
}

/// A side as one person's holdings give it, with the ways in which they do.
struct Way { Judged judged; std::string text; };

class Sides {
 public:
  Sides(const World& world, const Holder& holder, const Side& side, const Place& place, const Scene& scene, By by)
      : world_(world), holder_(holder), side_(side), place_(place), scene_(scene), by_(by) {}

  std::vector<Way> ways(const SideElement& element) const {
    std::vector<Way> all;
    for (const Entry& entry : holder_.entries) {
      if (by_ == By::AskedOnly && !entry.asked) continue;
      if (entry.live.is(Truth::False) && entry.live.horizon() == kForever) continue;   // adds F, for ever: changes nothing
      for (const typed_ir::RoleUse& role : element.roles) by_role(role, entry, all);
      by_grants(element, entry, all);
    }
    if (by_ == By::Anything && holder_.person) by_access(element, all);
    if (by_ == By::Anything) unlisted(element, all);
    return all;
  }
  Judged element(const SideElement& e) const {
    std::vector<Judged> any;
    for (const Way& way : ways(e)) any.push_back(way.judged);
    return disjunction(any);
  }

 private:
  Scene own(const Entry& entry) const {
    Scene scene = scene_;
    scene.principal = entry.by;
    scene.parameters = &entry.held->args;
    return scene;
  }
  bool type_fits(RoleId id, const Key& key) const {
    const kernel::Role& role = world_.kernel().roles[id];
    return (!role.type || role.type == key.first) && (role.only_id.empty() || role.only_id == key.second);
  }

  Key key_of(const Entry& entry) const { return entry.by ? Key{entry.by->type, entry.by->id} : holder_.key; }

  void by_grants(const SideElement& element, const Entry& entry, std::vector<Way>& all) const {
    for (const Capability& c : element.capabilities) {
      if (c.role != entry.held->role || !type_fits(c.role, key_of(entry))) continue;
      std::string text = world_.schema().actions[c.action].name + " by " + text_of(world_, *entry.held);
      if (key_of(entry) != holder_.key) text += " of " + key_of(entry).second;
      ScopesAt(world_, c, place_, holder_).for_each([&](const Scopes& scopes, const Judged& here) {
        Scene scene = own(entry);
        scene.scopes = scopes;
        all.push_back({conjunction({entry.live, world_.judge(c.where, scene), here}), text});
      });
    }
  }

  /// 5.3, 6.2: live holding of the role or of one that extends it; where there is a join, in the role's own scope.
  void by_role(const typed_ir::RoleUse& wanted, const Entry& entry, std::vector<Way>& all) const {
    const Held& held = *entry.held;
    const kernel::Role& role = world_.kernel().roles[held.role];
    for (const typed_ir::RoleUse& ancestor : role.ancestors) {
      if (ancestor.role != wanted.role) continue;
      std::vector<Judged> parts{entry.live};
      for (std::size_t k = 0; k < wanted.args.size() && k < ancestor.args.size(); ++k)
        parts.push_back(world_.equal(world_.value(ancestor.args[k], own(entry)), world_.value(wanted.args[k], scene_), scene_));
      if (role.scope) parts.push_back(role_scope(role, entry));
      all.push_back({conjunction(parts), text_of(world_, held)});
    }
  }
  Judged role_scope(const kernel::Role& role, const Entry& entry) const {
    const Evaluated scope = world_.value(role.scope, own(entry));
    std::vector<Judged> any;
    const bool set = world_.kernel().conditions.term(role.scope).type.set;
    const ValueSet values = set ? scope.values : scope.known() ? ValueSet{scope.value} : ValueSet{};
    for (const Value& w : values) any.push_back(lies_at(world_, role.scope_dimension, w, place_, side_));
    if (set ? !scope.complete : !scope.known()) any.push_back(unknown(scope.leaves, scope.horizon));
    return disjunction(any);
  }

  void by_access(const SideElement& element, std::vector<Way>& all) const {
    for (const Anonymous& a : holder_.person->held.access) {
      for (const kernel::Access& access : element.accesses)
        for (const ActionId action : access.actions) {
          if (std::find(a.actions.begin(), a.actions.end(), action) == a.actions.end()) continue;
          if (access.principal && access.principal != holder_.key.first) continue;
          const bool joined = !place_.values.empty() || !side_.within.empty();
          Judged here = surely(Truth::True);
          switch (a.scope) {
            case Anonymous::Scope::Any: break;
            case Anonymous::Scope::Value: here = lies_at(world_, a.dimension, a.value, place_, side_); break;
            case Anonymous::Scope::None:
            case Anonymous::Scope::Unknown: if (joined) here = lies_at(world_, a.dimension, std::nullopt, place_, side_); break;
          }
          all.push_back({here, world_.schema().actions[action].name});
        }
    }
  }

  /// What an incomplete list may still hold: any role that could give the element (2.3).
  void unlisted(const SideElement& element, std::vector<Way>& all) const {
    std::set<RoleId> roles;
    for (const typed_ir::RoleUse& use : element.roles) roles.insert(use.role);
    for (const Capability& c : element.capabilities) roles.insert(c.role);
    const bool held_complete = holder_.person && holder_.person->held.complete;
    bool by_himself = false, by_owned = false;
    for (const RoleId id : roles) {
      const EntityId type = world_.kernel().roles[id].type;
      by_himself |= type_fits(id, holder_.key);
      by_owned |= type && type != holder_.key.first && owned_by(world_, type, holder_.key.first);
    }
    if (by_himself && !held_complete) all.push_back({unknown(world_.held_leaves(holder_.person)), "what is not listed"});
    if (by_owned && !holder_.owned_complete) all.push_back({unknown("owned", "incomplete"), "what is not listed"});
  }

  const World& world_;
  const Holder& holder_;
  const Side& side_;
  const Place& place_;
  const Scene& scene_;
  By by_;
};

const Place& place_of_side(const Spot& spot, std::size_t side) { return spot.other && side > 0 ? *spot.other : spot.place; }

}  // namespace

std::string text_of(const World& world, const Held& held) {
  const kernel::Role& role = world.kernel().roles[held.role];
  std::string text = role.name;
  for (std::size_t i = 0; i < held.args.size(); ++i)
    text += (i ? ", " : "(") + (held.args[i] ? typed_ir::print(world.schema(), *held.args[i]) : std::string("?"));
  return held.args.empty() ? text : text + ")";
}

Holder holder(const World& world, const Key& key, const Scene& scene, Asked asked) {
  Holder h;
  h.key = key;
  h.person = world.find(key);
  const auto add = [&](const Record& by) {
    for (const Held& held : by.held.roles) h.entries.push_back({&held, &by, world.live(by, held, scene), false});
  };
  if (h.person) {
    add(*h.person);
    h.owned_complete = h.person->owned.complete;
    for (const auto& [_, record] : world.request().entities) {
      if (!owns(world, h, record)) continue;
      add(record);
      h.owned_complete = h.owned_complete && record.held.complete;
    }
    for (const std::string& id : h.person->owned.ids)
      h.owned_complete = h.owned_complete && std::any_of(h.entries.begin(), h.entries.end(), [&](const Entry& e) { return e.by->id == id; });
  } else {
    h.owned_complete = false;
  }
  if (asked.held) h.entries.push_back({asked.held, asked.by, asked.by ? world.live(*asked.by, *asked.held, scene) : unknown("held", "not_supplied"), true});
  return h;
}

Judged can(const World& world, const Holder& holder, const Side& side, const Place& place, const Scene& scene, By by) {
  const Sides sides(world, holder, side, place, scene, by);
  std::vector<Judged> elements;
  for (const SideElement& e : side.elements) elements.push_back(sides.element(e));
  return by == By::AskedOnly ? disjunction(elements) : at_least(side.need, elements);
}

Judged can_outside(const World& world, const Holder& holder, const kernel::Restriction& rule, const kernel::Lift& lift, const Scene& scene) {
  std::vector<Judged> any;
  const auto confined = kernel::confined_to(world.kernel(), lift.of);
  const auto scope = std::find(confined.begin(), confined.end(), lift.within_dimension) - confined.begin();
  for (const Side& side : rule.sides) {
    // All values of the lift's dimension that do not lie within it, one by one; what has no scope there may lie anywhere.
    for (const Value& v : values_of(world, lift.within_dimension, holder)) {
      const bool inside = std::any_of(lift.within.begin(), lift.within.end(), [&](std::uint32_t o) { return v.number == o && v.text.empty(); });
      if (!inside) any.push_back(can(world, holder, side, Place{{{lift.within_dimension, v}}, static_cast<std::size_t>(scope)}, scene));
    }
  }
  return disjunction(any);
}

std::vector<Spot> spots(const World& world, const kernel::Restriction& rule, const Holder& holder) {
  std::vector<Spot> all{{}};
  for (const EnumId dimension : rule.same) {
    std::vector<Spot> next;
    for (const Spot& spot : all)
      for (const Value& v : values_of(world, dimension, holder)) {
        next.push_back(spot);
        next.back().place.values.emplace_back(dimension, v);
      }
    all = std::move(next);
  }
  if (!rule.across) return all;
  std::vector<Spot> pairs;
  const ValueSet values = values_of(world, rule.across, holder);
  for (const Spot& spot : all)
    for (const Value& v : values)
      for (const Value& w : values) {
        if (v == w && v.text != kOther) continue;
        Spot pair = spot;
        pair.other = spot.place;
        pair.place.values.emplace_back(rule.across, v);
        pair.other->values.emplace_back(rule.across, w);
        pairs.push_back(std::move(pair));
      }
  return pairs;
}

std::string text_of(const World& world, const Spot& spot) {
  std::string text;
  const auto add = [&](const Place& place) {
    for (const auto& [dimension, v] : place.values)
      text += (text.empty() ? "" : ", ") + (v.text == kOther ? std::string("any other") : v.text.empty() ? typed_ir::print(world.schema(), v) : v.text);
  };
  add(spot.place);
  if (spot.other) add(*spot.other);
  return text;
}

Judged standing_rho(const World& world, const Holder& holder, const kernel::Restriction& rule, const Spot& spot, const Scene& scene) {
  std::vector<Judged> sides;
  for (std::size_t i = 0; i < rule.sides.size(); ++i) sides.push_back(can(world, holder, rule.sides[i], place_of_side(spot, i), scene));
  return at_least(rule.count, sides);
}

Judged contributes(const World& world, const Holder& holder, const kernel::Restriction& rule, const Spot& spot, const Scene& scene) {
  std::vector<Judged> sides;
  for (std::size_t i = 0; i < rule.sides.size(); ++i) sides.push_back(can(world, holder, rule.sides[i], place_of_side(spot, i), scene, By::AskedOnly));
  return disjunction(sides);
}

std::vector<std::string> derivation(const World& world, const Holder& holder, const Side& side, const Place& place, const Scene& scene) {
  const Sides sides(world, holder, side, place, scene, By::Anything);
  std::vector<std::string> texts;
  for (const SideElement& e : side.elements) {
    const Way* best = nullptr;
    const auto ways = sides.ways(e);
    for (const Way& way : ways) {
      if (way.judged.is(Truth::False)) continue;
      if (!best || way.judged.timed.truth > best->judged.timed.truth || (way.judged.timed.truth == best->judged.timed.truth && way.text < best->text)) best = &way;
    }
    if (best) texts.push_back(best->text);
  }
  if (side.need == 1 && texts.size() > 1) texts.resize(1);
  return texts;
}

}  // namespace writ::interpret
