#include "compiler/verify/encode/holdings.h"

#include <fmt/format.h>

#include <set>

namespace writ::verify {

namespace {

typed_ir::Type time_type(bool optional) {
  typed_ir::Type type;
  type.scalar = typed_ir::Scalar::Time;
  type.optional = optional;
  return type;
}

struct Routes { bool birthright = false, other = false; };
Routes routes_of(const kernel::Kernel& kernel, kernel::RoleId role) {
  Routes routes;
  for (const kernel::Route& r : kernel.routes) {
    if (r.role != role) continue;
    (r.kind == kernel::Route::Kind::Birthright ? routes.birthright : routes.other) = true;
  }
  return routes;
}

}  // namespace

const std::vector<Slot>& Holdings::slots(kernel::RoleId role) {
  if (auto found = slots_.find(role); found != slots_.end()) return found->second;
  smt::Terms& t = world_.terms();
  const kernel::Role& form = world_.kernel().roles[role];
  std::vector<Slot> made;
  const unsigned count = form.parameters.empty() ? 1 : templates_;
  for (unsigned n = 0; n < count; ++n) {
    Slot s;
    s.path = fmt::format("{}.held:{}", person_.path, form.name) + (n == 0 ? "" : fmt::format("#{}", n));
    s.role = role;
    for (std::size_t i = 0; i < form.parameters.size(); ++i)
      s.args.push_back(world_.free_value(fmt::format("{}!arg:{}", s.path, form.parameter_names[i]), form.parameters[i]));
    s.listed = t.boolean(s.path + "!listed");
    s.from = world_.free_value(s.path + "!from", time_type(false));
    s.from.has = t.boolean(s.path + "!from!known");
    s.until = world_.free_value(s.path + "!until", time_type(true));
    s.until.has = t.boolean(s.path + "!until!known");
    s.until.none = t.boolean(s.path + "!until!none");
    world_.assume(t.negation(t.conjunction(s.until.has, s.until.none)));
    const Routes routes = routes_of(world_.kernel(), role);
    s.by_birthright = routes.birthright ? t.boolean(s.path + "!birthright") : t.falsity();
    s.route_known = routes.birthright && routes.other ? t.boolean(s.path + "!route!known") : t.truth();
    if (routes.birthright && !routes.other) s.by_birthright = t.truth();
    s.rests = rests_on_ ? t.boolean(s.path + "!rests") : t.falsity();
    for (Term known : {s.from.has, t.disjunction(s.until.has, s.until.none), s.route_known}) world_.known_if_complete(t.implies(s.listed, known));
    made.push_back(std::move(s));
  }
  return slots_.emplace(role, std::move(made)).first->second;
}

Holdings& Holdings::of(const Entity& person) {
  if (person.path == person_.path) return *this;
  auto& other = others_[person.path];
  if (!other) {
    other = std::make_unique<Holdings>(world_, person);
    other->provide(templates_);
  }
  return *other;
}

const Entity& Holdings::robot(kernel::EntityId type) {
  if (!owned_complete_.valid()) {
    owned_complete_ = world_.terms().boolean(person_.path + ".owned!complete");
    world_.known_if_complete(owned_complete_);
  }
  if (const auto found = robots_.find(type); found != robots_.end()) return found->second;
  Entity robot = world_.entity(fmt::format("{}.owned:{}", person_.path, world_.kernel().schema.entities[type].local), type, 0);
  robot.present = world_.terms().conjunction(person_.present, world_.terms().boolean(robot.path + "!listed"));
  return robots_.emplace(type, std::move(robot)).first->second;
}

void Holdings::link(Holdings& other) {
  if (person_.type != other.person_.type) return;
  smt::Terms& t = world_.terms();
  std::vector<Term> equal{t.equal(complete_, other.complete_)};
  std::vector<kernel::EntityId> types;
  for (const auto* holdings : {this, &other})
    for (const auto& [type, robot] : holdings->robots_) types.push_back(type);
  for (const kernel::EntityId type : types) {
    const Entity mine = robot(type), his = other.robot(type);
    equal.push_back(t.equal(owned_complete_, other.owned_complete_));
    equal.push_back(t.equal(mine.present, his.present));
    equal.push_back(t.equal(mine.id, his.id));
  }
  std::vector<kernel::RoleId> roles;
  for (const auto* holdings : {this, &other})
    for (const auto& [role, slots] : holdings->slots_) roles.push_back(role);
  for (kernel::RoleId role : roles) {
    const std::vector<Slot> mine = slots(role), theirs = other.slots(role);
    for (std::size_t i = 0; i < mine.size(); ++i) {
      const Slot &a = mine[i], &b = theirs[i];
      for (std::size_t k = 0; k < a.args.size(); ++k) equal.push_back(t.equal(a.args[k].value, b.args[k].value));
      for (auto [x, y] : {std::pair{a.listed, b.listed}, {a.from.has, b.from.has}, {a.from.value, b.from.value}, {a.until.has, b.until.has},
                          {a.until.none, b.until.none}, {a.until.value, b.until.value}, {a.by_birthright, b.by_birthright}, {a.route_known, b.route_known}})
        equal.push_back(t.equal(x, y));
    }
  }
  world_.assume(t.implies(t.conjunction({person_.present, other.person_.present, t.equal(person_.id, other.person_.id)}), t.conjunction(equal)));
}

void Holdings::link(const std::vector<Holdings*>& also) {
  // Nobody is above an approver; a `manager` of his would say otherwise.
  smt::Terms& t = world_.terms();
  for (const auto& [path, record] : world_.records())
    for (const auto& [at, fact] : world_.facts()) {
      if (fact.attribute != world_.kernel().schema.entities[record.approver.type].manager || fact.owner.type != record.approver.type) continue;
      const Term himself = t.conjunction({record.present, fact.owner.present, t.equal(record.approver.id, fact.owner.id)});
      world_.assume(t.implies(himself, t.negation(fact.has)));
    }
  std::vector<Holdings*> all{this};
  all.insert(all.end(), also.begin(), also.end());
  std::set<std::string> robots;
  for (std::size_t roots = all.size(), i = 0; i < roots; ++i)
    for (const auto& [path, other] : all[i]->others_) all.push_back(other.get());
  for (const Holdings* one : std::vector<Holdings*>(all))
    for (const auto& [type, robot] : one->robots_) robots.insert(robot.path);
  // A workload that holds nothing says nothing of what its owner can do, and is not listed.
  for (const Holdings* one : all) {
    if (!robots.contains(one->person_.path)) continue;
    std::vector<Term> any;
    for (const auto& [role, slots] : one->slots_)
      for (const Slot& s : slots) any.push_back(s.listed);
    world_.assume(world_.terms().implies(one->person_.present, world_.terms().disjunction(any)));
  }
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j) all[i]->link(*all[j]);
}

Environment Holdings::environment(const Slot& slot) const {
  Environment env;
  env.principal = person_;
  env.parameters = slot.args;
  return env;
}

/// 5.2: start and now inside one tenure of the person.
Kleene Holdings::tenure(View& view, const Slot& slot) {
  const Logic& logic = view.logic();
  smt::Terms& t = world_.terms();
  const typed_ir::Entity& type = world_.kernel().schema.entities[person_.type];
  std::vector<Kleene> all;
  if (type.tenure_from) {
    const Denoted hired = view.read(person_, type.tenure_from);
    all.push_back(logic.capped(logic.from(hired.value, hired.has), hired.fresh_until));
    all.push_back(logic.known(t.conjunction(hired.has, slot.from.has), t.less_equal(hired.value, slot.from.value)));
  }
  if (type.tenure_until) {
    const Denoted last = view.read(person_, type.tenure_until);
    const Kleene present = logic.before(last.value, last.has);
    const Kleene started = logic.known(t.conjunction(last.has, slot.from.has), t.less(slot.from.value, last.value));
    all.push_back(logic.capped(logic.disjunction({logic.state(last.none, last.has), logic.conjunction({present, started})}), last.fresh_until));
  }
  return logic.conjunction(all);
}

Kleene Holdings::live(View& view, const Slot& slot) {
  const Logic& logic = view.logic();
  smt::Terms& t = world_.terms();
  const kernel::Role& role = world_.kernel().roles[slot.role];
  std::vector<Kleene> all{logic.of(t.conjunction(slot.listed, view.keeps("held")))};
  all.push_back(logic.from(slot.from.value, slot.from.has));
  all.push_back(logic.disjunction({logic.state(slot.until.none, t.negation(slot.until.none)), logic.before(slot.until.value, slot.until.has)}));
  if (role.cap > 0) {
    const Kleene uncapped = logic.known(slot.route_known, slot.by_birthright);
    const Kleene within = logic.before(t.add(slot.from.value, t.integer(role.cap)), slot.from.has);
    all.push_back(logic.disjunction({uncapped, within}));
  }
  all.push_back(tenure(view, slot));
  if (rests_on_) {
    const kernel::Lift& lift = world_.kernel().lifts[rests_on_];
    std::vector<Kleene> in_force{logic.from(t.integer(lift.from), t.truth()), logic.before(t.integer(lift.until), t.truth())};
    for (kernel::ControlId c : lift.controls) in_force.push_back(control_in_force(view, c));
    if (!lift.approved) in_force = {logic.falsity()};
    all.push_back(logic.disjunction({logic.of(t.negation(slot.rests)), logic.conjunction(in_force)}));
  }
  return logic.conjunction(all);
}

Kleene Holdings::effective(View& view, const Slot& slot) {
  const kernel::Role& role = world_.kernel().roles[slot.role];
  if (!role.continuous || view.logic().faulty(Fault::EligibilityIgnored)) return live(view, slot);
  const Environment env = environment(slot);
  return view.logic().conjunction({live(view, slot), Reader(view, env).optional_condition(role.eligible)});
}

std::vector<LiveRole> Holdings::live_roles(View& view, const std::vector<kernel::RoleId>& roles) {
  std::vector<LiveRole> out;
  for (kernel::RoleId role : roles)
    for (const Slot& slot : slots(role)) out.push_back({role, slot.args, live(view, slot)});
  return out;
}

Kleene Holdings::holds(View& view, kernel::RoleId role, const std::vector<Denoted>& args) {
  const Logic& logic = view.logic();
  const kernel::Kernel& kernel = world_.kernel();
  std::vector<Kleene> any;
  for (std::uint32_t i = 0; i < kernel.roles.size(); ++i) {
    for (const kernel::RoleUse& ancestor : kernel.roles[kernel::RoleId{i}].ancestors) {
      if (ancestor.role != role) continue;
      for (const Slot& slot : slots(kernel::RoleId{i})) {
        const Environment env = environment(slot);
        Reader reader(view, env);
        std::vector<Kleene> all{live(view, slot)};
        for (std::size_t a = 0; a < args.size() && a < ancestor.args.size(); ++a)
          all.push_back(reader.equal(reader.term(ancestor.args[a]), args[a]));
        any.push_back(logic.conjunction(all));
      }
    }
  }
  any.push_back(logic.state(world_.terms().falsity(), complete_in(view)));
  return logic.disjunction(any);
}

}  // namespace writ::verify
