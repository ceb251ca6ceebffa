// Persons and paths (4.1–4.3).
#include <algorithm>

#include "compiler/interpret/world.h"

namespace writ::interpret {

bool World::human(const Key& key) const { return schema().entities[key.first].kind == typed_ir::EntityKind::Human; }

Truth World::same_person(const Key& a, const Key& b) const {
  const Record* ra = find(a);
  const Record* rb = find(b);
  if ((ra && ra->shared) || (rb && rb->shared)) return Truth::Unknown;
  return a.second == b.second && a.first == b.first ? Truth::True : Truth::False;
}

Persons World::persons_of(const std::vector<Hop>& path, const Scene& scene) const {
  Persons all;
  const auto add = [&](const Key& key) {
    if (std::find(all.effective.begin(), all.effective.end(), key) == all.effective.end()) all.effective.push_back(key);
  };
  const auto lacks = [&](const std::string& fact, const std::string& reason) {
    all.complete = false;
    all.why.insert({fact, reason});
  };
  if (path.empty()) lacks("path", "not_supplied");
  all.members_known = !path.empty() && std::all_of(path.begin(), path.end(), [](const Hop& hop) { return hop.resolved; });
  for (const Hop& hop : path) {
    if (!hop.resolved) { lacks("path", "ill_typed"); continue; }
    all.members.push_back(hop.who);
    add(hop.who);
    if (human(hop.who)) continue;
    const typed_ir::Entity& type = schema().entities[hop.who.first];
    std::vector<AttributeId> owners = type.operated_by;
    if (owners.empty() && type.owner) owners.push_back(type.owner);
    for (const AttributeId id : owners) {
      const typed_ir::Attribute& declared = schema().attributes[id];
      if (hop.owner) { add({declared.type.entity, *hop.owner}); continue; }
      const std::string name = schema().entities[hop.who.first].local + "." + hop.who.second + "." + declared.name;
      const Record* record = find(hop.who);
      if (!record) { lacks(hop.who == request_.subject ? "principal." + declared.name : name, "not_supplied"); continue; }
      const Evaluated owner = attribute(*record, id, hop.who == request_.subject ? "principal." + declared.name : name, scene);
      all.horizon = std::min(all.horizon, owner.horizon);
      if (declared.type.set) {
        for (const Value& v : owner.values) add({declared.type.entity, v.text});
        if (!owner.complete) { all.complete = false; all.why.insert(owner.leaves.begin(), owner.leaves.end()); }
      } else if (owner.known()) {
        add({declared.type.entity, owner.value.text});
      } else if (owner.state == Fact::State::Unknown) {
        all.complete = false;
        all.why.insert(owner.leaves.begin(), owner.leaves.end());
      }
    }
  }
  return all;
}

Judged somebody_else(const Persons& persons) { return surely(persons.complete ? Truth::False : Truth::True, persons.horizon); }
Judged another_member(const Persons& persons) { return surely(persons.members_known ? Truth::False : Truth::True); }

bool World::has_unattested_hop() const {
  const auto& path = request_.path;
  for (std::size_t i = 1; i < path.size(); ++i)
    if (!path[i].attested) return true;
  // A workload that says it started itself says so attested; a human needs no path at all.
  return path.size() == 1 && request_.path_supplied && !human(request_.subject) && !path[0].attested;
}

Persons World::present_persons(const Scene& scene) const {
  Persons persons = persons_of(request_.path, scene);
  if (has_unattested_hop()) {
    persons.complete = false;
    persons.why.insert({"path", "not_attested"});
  }
  return persons;
}

Scene World::scene(const Record* principal) const {
  Scene scene;
  scene.principal = principal;
  scene.resource = request_.has_resource ? find(request_.resource) : nullptr;
  scene.context = &request_.context;
  scene.input = request_.input.type ? &request_.input : nullptr;
  scene.now = request_.time;
  scene.asked = request_.time;
  return scene;
}

Judged lies_in(const Schema& schema, EnumId dimension, const Value& value, EnumId in_dimension, const Value& in) {
  if (dimension == in_dimension) return surely(value.number == in.number && value.text == in.text ? Truth::True : Truth::False);
  if (!schema.rolls_up(dimension, in_dimension)) {
    // A coarser value is not inside a finer one; an unrelated dimension says nothing.
    if (schema.rolls_up(in_dimension, dimension)) return surely(Truth::False);
    return unknown(schema.enums[in_dimension].local, "not_supplied");
  }
  const auto image = schema.enums[dimension].open ? std::nullopt : schema.roll_up(dimension, static_cast<std::uint32_t>(value.number), in_dimension);
  if (!image) return unknown(schema.enums[in_dimension].local, "not_supplied");
  return surely(static_cast<std::int64_t>(*image) == in.number ? Truth::True : Truth::False);
}

}  // namespace writ::interpret
