// Roles, grants, routes, obligations, and what each action reaches.
#include <algorithm>

#include "compiler/lower/lowering.h"

namespace writ::lower {
std::uint32_t Lowering::access(const kernel::Access& a) {
  std::vector<std::uint32_t> actions;
  for (const kernel::ActionId id : a.actions) actions.push_back(order_.actions(id));
  std::sort(actions.begin(), actions.end());
  const std::uint32_t where = cond(a.where);
  out_.accesses.push_back({span(actions), bit(a.everything, layout::kAccessEverything) | bit(a.built_in, layout::kAccessBuiltIn),
                           order_.entities(a.principal), str(a.principal_id), where});
  return static_cast<std::uint32_t>(out_.accesses.size() - 1);
}

layout::Span Lowering::accesses(const std::vector<kernel::Access>& list) {
  return span_of(list, [&](const kernel::Access& a) { return access(a); });
}

void Lowering::roles() {
  std::vector<std::uint32_t> routes(kernel_.roles.size());
  for (const kernel::Route& route : kernel_.routes)
    routes[route.role.index] |= route.kind == kernel::Route::Kind::Birthright ? layout::kRoleHasBirthright : layout::kRoleHasOtherRoute;
  for (const kernel::RoleId id : order_.roles.order) {
    const kernel::Role& r = kernel_.roles[id];
    layout::Role record{};
    record.name = str(r.name);
    record.local = str(r.local);
    record.type = order_.entities(r.type);
    record.only_id = str(r.only_id);
    record.eligible = cond(r.eligible);
    record.flags = bit(r.continuous, layout::kRoleContinuous) | routes[id.index];
    record.parameter_names = span_of(r.parameter_names, [&](const std::string& n) { return str(n); });
    record.parameter_types = span_of(r.parameters, [&](const kernel::Type& t) { return type(t); });
    record.ancestors = span_of(r.ancestors, [&](const kernel::RoleUse& use) { return role_use(use); });
    record.cap = r.cap;
    record.source = source(r.origin);
    record.scope = term(r.scope);
    out_.roles.push_back(record);
  }
}

void Lowering::grants() {
  for (const kernel::GrantId id : order_.grants.order) {
    const kernel::Grant& g = kernel_.grants[id];
    layout::Grant record{};
    record.id = str(g.id);
    record.role = order_.roles(g.role);
    record.declared_in = order_.roles(g.declared_in);
    record.access = access(g.access);
    record.scope = cond(g.scope);
    record.source = source(g.origin);
    record.conjuncts = span_of(g.conjuncts, [&](kernel::CondId c) { return cond(c); });
    for (const kernel::CondId c : g.conjuncts) condition_texts_[cond(c)] = typed_ir::print(kernel_.conditions, kernel_.schema, c);
    out_.grants.push_back(record);
  }
}

void Lowering::routes() {
  std::vector<kernel::RouteId> ids = kernel_.routes.ids();
  std::stable_sort(ids.begin(), ids.end(), [&](kernel::RouteId a, kernel::RouteId b) {
    const kernel::Route &x = kernel_.routes[a], &y = kernel_.routes[b];
    return std::pair(order_.roles(x.role), x.kind) < std::pair(order_.roles(y.role), y.kind);
  });
  for (const kernel::RouteId id : ids) {
    const kernel::Route& r = kernel_.routes[id];
    const std::uint32_t when = cond(r.when);
    const std::uint32_t at = source(r.origin);
    const layout::Span gates = span_of(r.gates, [&](kernel::ChainId c) { return order_.chains(c); });
    out_.routes.push_back({order_.roles(r.role), static_cast<std::uint32_t>(r.kind), when, at, gates});
  }
}

void Lowering::obligations() {
  for (const kernel::ObligationId id : order_.obligations.order) {
    const kernel::Obligation& o = kernel_.obligations[id];
    const layout::Span after = accesses(o.after);
    out_.obligations.push_back({str(o.id), str(o.whom), static_cast<std::uint32_t>(o.kind), bit(o.on_deny, 1), after, source(o.origin), 0});
  }
}

void Lowering::action_lists() {
  for (std::uint32_t i = 0; i < out_.actions.size(); ++i) {
    const kernel::ActionId id = order_.actions.order[i];
    std::vector<std::uint32_t> grants, restrictions, obligations;
    if (const auto found = kernel_.grants_of_action.find(id); found != kernel_.grants_of_action.end())
      for (const kernel::GrantId g : found->second) grants.push_back(order_.grants(g));
    if (const auto found = kernel_.restrictions_of_action.find(id); found != kernel_.restrictions_of_action.end())
      for (const kernel::RestrictionId r : found->second) restrictions.push_back(r.index);
    for (const kernel::ObligationId o : order_.obligations.order) {
      const auto& after = kernel_.obligations[o].after;
      const bool reached = std::any_of(after.begin(), after.end(), [&](const kernel::Access& a) {
        return std::binary_search(a.actions.begin(), a.actions.end(), id);
      });
      if (reached) obligations.push_back(order_.obligations(o));
    }
    std::sort(grants.begin(), grants.end());
    std::sort(restrictions.begin(), restrictions.end());
    out_.actions[i].grants = span(grants);
    out_.actions[i].restrictions = span(restrictions);
    out_.actions[i].obligations = span(obligations);
  }
}

void Lowering::manifest() {
  layout::Manifest& m = out_.manifest;
  m.name = str(kernel_.name);
  m.policy_version = str(kernel_.policy_version);
  m.root_module = str(kernel_.root_module);
  m.edition = str(options_.edition);
  m.compiler = str(options_.compiler);
  m.tzdb_version = str(kernel_.tzdb_version);
  m.previous_digest = str("");
  m.verdict_hash = str(options_.verdict_hash);
  m.epoch = options_.epoch;
  m.not_before = options_.not_before;
  m.not_after = options_.not_after;
  m.skew = kernel_.skew;
  m.reuse_at_most = kernel_.reuse_at_most;
  m.earliest_exception_end = layout::kForever;
  for (const kernel::Lift& l : kernel_.lifts) m.earliest_exception_end = std::min(m.earliest_exception_end, l.until);
  m.accept_marks = bit(kernel_.accept_marks, 1);
  m.unproved = bit(options_.unproved, 1);
  std::vector<std::uint32_t> pairs;
  for (const auto& [path, digest] : options_.source_digests) {
    pairs.push_back(str(path));
    pairs.push_back(str(digest));
  }
  m.source_digests = span(pairs);
  for (const auto& [obligation, verdict] : options_.proofs) out_.proof_records.push_back({str(obligation), str(verdict)});
}

void Lowering::condition_texts() {
  for (const auto& [number, text] : condition_texts_) out_.condition_texts.push_back({number, str(text)});
}

}  // namespace writ::lower
