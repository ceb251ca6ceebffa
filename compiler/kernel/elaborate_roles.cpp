// Roles and routes, closed over `extends` (semantics.md 5.3): a child has its parents' gates and grants, and none of their routes.
#include <algorithm>

#include "compiler/kernel/elaboration.h"

namespace writ::kernel {

RoleUse itself(Elaboration& e, RoleId role) {
  RoleUse use{role, {}};
  const std::vector<Type>& parameters = e.program.roles[role].parameters;
  for (std::uint32_t i = 0; i < parameters.size(); ++i)
    use.args.push_back(e.kernel.conditions.root(typed_ir::Root::Parameter, parameters[i], i));
  return use;
}

typed_ir::Substitution arguments(Elaboration& e, const RoleUse& use) {
  const RoleUse generic = itself(e, use.role);
  WRIT_CHECK(generic.args.size() == use.args.size(), "a role used with a wrong number of arguments");
  typed_ir::Substitution by;
  for (std::size_t i = 0; i < use.args.size(); ++i) by.emplace(generic.args[i], use.args[i]);
  return by;
}

RoleUse substitute(Elaboration& e, const RoleUse& use, const typed_ir::Substitution& by) {
  RoleUse replaced = use;
  for (TermId& arg : replaced.args) arg = typed_ir::substitute(e.kernel.conditions, arg, by);
  return replaced;
}

namespace {

bool same_use(const RoleUse& a, const RoleUse& b) { return a.role == b.role && a.args == b.args; }

void add_ancestors(Elaboration& e, const RoleUse& use, std::vector<RoleUse>& into) {
  const auto known = std::find_if(into.begin(), into.end(), [&](const RoleUse& a) { return same_use(a, use); });
  if (known != into.end()) return;
  into.push_back(use);
  const typed_ir::Substitution by = arguments(e, use);
  for (const RoleUse& parent : e.program.roles[use.role].parents) add_ancestors(e, substitute(e, parent, by), into);
}

/// The smallest of the terms that say something; 0 says nothing.
std::int64_t stricter(std::int64_t a, std::int64_t b) { return a == 0 ? b : b == 0 ? a : std::min(a, b); }

/// Eligibility is one condition with one manner of being asked: a role that is asked for ever cannot extend one that is asked once.
void close_gates(Elaboration& e, Role& role) {
  Conditions& conditions = e.kernel.conditions;
  std::vector<CondId> eligible;
  const typed_ir::Role* once = nullptr;
  const typed_ir::Role* always = nullptr;
  for (const RoleUse& use : role.ancestors) {
    const typed_ir::Role& ancestor = e.program.roles[use.role];
    role.cap = stricter(role.cap, ancestor.at_most);
    role.review_every = stricter(role.review_every, ancestor.review_every);
    if (role.only_id.empty()) role.only_id = ancestor.only_id;
    if (!ancestor.eligible.valid() || ancestor.eligible == conditions.truth()) continue;
    (ancestor.continuous ? always : once) = &ancestor;
    eligible.push_back(typed_ir::substitute(conditions, ancestor.eligible, arguments(e, use)));
  }
  role.eligible = conditions.conjunction(std::move(eligible));
  role.continuous = once == nullptr;
  if (once && always)
    e.sink.report(diagnostics::Code::mixed_eligibility, role.origin.range, {role.local})
        .with_label(once->origin.range, "asked at assignment only")
        .with_label(always->origin.range, "asked at every use");
}

Role close_role(Elaboration& e, RoleId id) {
  const typed_ir::Role& written = e.program.roles[id];
  Role role;
  role.name = written.name;
  role.local = written.local;
  role.title = written.title;
  role.parameter_names = written.parameter_names;
  role.parameters = written.parameters;
  role.type = written.type;
  role.only_id = written.only_id;
  role.scope = written.scope;
  role.scope_dimension = written.scope_dimension;
  add_ancestors(e, itself(e, id), role.ancestors);
  role.handover = written.handover;
  for (const typed_ir::Native& native : written.natives) role.systems.push_back(native.system);
  std::sort(role.systems.begin(), role.systems.end());
  role.systems.erase(std::unique(role.systems.begin(), role.systems.end()), role.systems.end());
  role.owner = written.owner;
  role.origin = written.origin;
  close_gates(e, role);
  return role;
}

void add_request_route(Elaboration& e, RoleId id) {
  const typed_ir::Role& role = e.program.roles[id];
  if (!role.request_route) return;
  Route route{id, Route::Kind::Request, {}, {}, role.origin};
  for (const RoleUse& use : e.kernel.roles[id].ancestors)
    if (const ChainId chain = e.program.roles[use.role].on_request; chain.valid()) route.gates.push_back(chain);
  std::sort(route.gates.begin(), route.gates.end());
  route.gates.erase(std::unique(route.gates.begin(), route.gates.end()), route.gates.end());
  e.kernel.routes.add(std::move(route));
}

/// A birthright only if every ancestor has one, conditions conjoined.
void add_birthright_route(Elaboration& e, RoleId id) {
  std::vector<CondId> when;
  for (const RoleUse& use : e.kernel.roles[id].ancestors) {
    const CondId birthright = e.program.roles[use.role].birthright;
    if (!birthright.valid()) return;
    when.push_back(typed_ir::substitute(e.kernel.conditions, birthright, arguments(e, use)));
  }
  const CondId all = e.kernel.conditions.conjunction(std::move(when));
  e.kernel.routes.add({id, Route::Kind::Birthright, all, {}, e.program.roles[id].origin});
}

}  // namespace

void elaborate_roles(Elaboration& e) {
  for (const RoleId id : e.program.roles.ids()) e.kernel.roles.add(close_role(e, id));
  for (const RoleId id : e.program.roles.ids()) {
    add_birthright_route(e, id);
    add_request_route(e, id);
  }
}

}  // namespace writ::kernel
