// The invariants that forms.h states, each checked as if elaboration could be wrong.
#include <algorithm>
#include <functional>
#include <set>

#include <fmt/format.h>

#include "compiler/kernel/elaboration.h"

namespace writ::kernel {
namespace {

using typed_ir::Root;
using Roots = std::set<Root>;

/// Reads terms and conditions without trusting that their ids exist.
class Reader {
 public:
  explicit Reader(const Conditions& store) : store_(store) {}

  bool sound(CondId id) const {
    if (id.index >= store_.cond_count()) return false;
    if (const auto known = sound_.find(id); known != sound_.end()) return known->second;
    const typed_ir::Cond& c = store_.cond(id);
    const bool is_sound = std::all_of(c.t.begin(), c.t.end(), [&](TermId t) { return sound(t); }) &&
                          std::all_of(c.c.begin(), c.c.end(), [&](CondId inner) { return sound(inner); });
    sound_.emplace(id, is_sound);
    return is_sound;
  }
  bool sound(TermId id) const {
    if (id.index >= store_.term_count()) return false;
    const typed_ir::Term& t = store_.term(id);
    return std::all_of(t.a.begin(), t.a.end(), [&](TermId a) { return sound(a); });
  }
  /// Every condition inside, each once.
  std::set<CondId> parts(CondId id) const {
    std::set<CondId> all;
    std::vector<CondId> open{id};
    while (!open.empty()) {
      const CondId next = open.back();
      open.pop_back();
      if (all.insert(next).second) open.insert(open.end(), store_.cond(next).c.begin(), store_.cond(next).c.end());
    }
    return all;
  }
  void roots(CondId id, Roots& into) const {
    for (const CondId part : parts(id))
      for (const TermId t : store_.cond(part).t) roots(t, into);
  }
  void roots(TermId id, Roots& into) const {
    const typed_ir::Term& t = store_.term(id);
    if (t.kind == typed_ir::TermKind::Root) into.insert(t.root);
    for (const TermId a : t.a) roots(a, into);
  }
  bool asks_can(CondId id) const {
    const std::set<CondId> all = parts(id);
    return std::any_of(all.begin(), all.end(), [&](CondId part) { return store_.cond(part).kind == typed_ir::CondKind::Can; });
  }

 private:
  const Conditions& store_;
  mutable std::map<CondId, bool> sound_;
};

class Verifier {
 public:
  explicit Verifier(const Kernel& kernel) : k_(kernel), reader_(kernel.conditions) {}

  std::vector<std::string> all() {
    for (const RoleId id : k_.roles.ids()) role(id);
    for (const GrantId id : k_.grants.ids()) grant(id);
    for (const Route& r : k_.routes) route(r);
    for (const RestrictionId id : k_.restrictions.ids()) restriction(id);
    for (const LiftId id : k_.lifts.ids()) lift(id);
    for (const Obligation& o : k_.obligations) accesses(o.after, fmt::format("obligation {}", o.id));
    for (const Edge& e : k_.edges) edge(e);
    if (broken_.empty()) indexes();
    return std::move(broken_);
  }

 private:
  template <class... Args>
  void broken(fmt::format_string<Args...> format, Args&&... args) { broken_.push_back(fmt::format(format, std::forward<Args>(args)...)); }

  /// The condition exists and reads only what it may.
  void condition(CondId id, const Roots& may_read, const std::string& of) {
    if (!reader_.sound(id)) return broken("{}: the condition is missing or malformed", of);
    Roots read;
    reader_.roots(id, read);
    if (!std::includes(may_read.begin(), may_read.end(), read.begin(), read.end())) broken("{}: the condition reads what is not in scope", of);
    if (reader_.asks_can(id)) broken("{}: `can` outside a claim", of);
  }

  bool is_truth(CondId id) const { return reader_.sound(id) && k_.conditions.cond(id).kind == typed_ir::CondKind::True; }

  void use(const RoleUse& u, const std::string& of) {
    if (u.role.index >= k_.roles.size()) return broken("{}: names no role", of);
    if (u.args.size() != k_.roles[u.role].parameters.size()) broken("{}: `{}` with a wrong number of arguments", of, k_.roles[u.role].name);
  }

  void role(RoleId id) {
    const Role& r = k_.roles[id];
    const std::string of = fmt::format("role {}", r.name);
    if (r.parameter_names.size() != r.parameters.size()) broken("{}: parameters and their names differ in number", of);
    if (r.type.index >= k_.schema.entities.size() || !k_.schema.entities[r.type].is_principal()) broken("{}: is for no principal", of);
    condition(r.eligible, {Root::Principal, Root::Parameter}, of + " eligible");
    if (r.ancestors.empty() || r.ancestors.front().role != id) broken("{}: is not its own first ancestor", of);
    for (const RoleUse& u : r.ancestors) use(u, of);
    if (r.scope.valid() != r.scope_dimension.valid()) broken("{}: scope and dimension do not come together", of);
    if (r.cap < 0 || r.review_every < 0 || r.handover < 0) broken("{}: a negative duration", of);
  }

  void access(const Access& a, const std::string& of) {
    if (a.actions.empty() && !a.built_in) broken("{}: speaks of no action", of);
    if (a.everything && !a.built_in) broken("{}: everything but no built-in action", of);
    if (!std::is_sorted(a.actions.begin(), a.actions.end()) || std::adjacent_find(a.actions.begin(), a.actions.end()) != a.actions.end())
      broken("{}: actions are not sorted and unique", of);
    for (const ActionId action : a.actions)
      if (action.index >= k_.schema.actions.size()) broken("{}: names no action", of);
    if (a.everything && a.actions.size() != k_.schema.actions.size()) broken("{}: everything leaves out an action", of);
  }
  void accesses(const std::vector<Access>& all, const std::string& of, const Roots& more = {}) {
    if (all.empty()) broken("{}: speaks of no access", of);
    Roots may{Root::Principal, Root::Resource, Root::Context, Root::Input};
    may.insert(more.begin(), more.end());
    for (const Access& a : all) {
      access(a, of);
      condition(a.where, may, of);
    }
  }

  void grant(GrantId id) {
    const Grant& g = k_.grants[id];
    const std::string of = fmt::format("grant of {}", g.id);
    if (g.role.index >= k_.roles.size() || g.declared_in.index >= k_.roles.size()) return broken("{}: names no role", of);
    accesses({g.access}, of, {Root::Parameter});
    if (g.access.built_in) broken("{}: grants a wildcard", of);
    if (g.access.principal != k_.roles[g.role].type) broken("{}: is for another principal than its role", of);
    condition(g.scope, {Root::Principal, Root::Resource, Root::Parameter}, of + " scope");
    std::set<EntityId> resources;
    for (const ActionId a : g.access.actions)
      if (a.index < k_.schema.actions.size()) resources.insert(k_.schema.actions[a].resource);
    if (resources.size() > 1) broken("{}: speaks of two resource types", of);
    const auto& up = k_.roles[g.role].ancestors;
    if (std::none_of(up.begin(), up.end(), [&](const RoleUse& u) { return u.role == g.declared_in; })) broken("{}: comes from no ancestor", of);
    for (const RestrictionId r : g.subject_to)
      if (r.index >= k_.restrictions.size()) broken("{}: is subject to no rule", of);
    if (id.index > 0 && k_.grants[GrantId{id.index - 1}].role > g.role) broken("{}: grants are not sorted by role", of);
  }

  void route(const Route& r) {
    if (r.role.index >= k_.roles.size()) return broken("a route names no role");
    const std::string of = fmt::format("route of {}", k_.roles[r.role].name);
    if (r.kind == Route::Kind::Birthright) condition(r.when, {Root::Principal, Root::Parameter}, of);
    if (r.kind == Route::Kind::Birthright && !r.gates.empty()) broken("{}: a birthright has no gate", of);
    for (const ChainId gate : r.gates)
      if (gate.index >= k_.chains.size()) broken("{}: names no approval", of);
  }

  void restriction(RestrictionId id) {
    const Restriction& r = k_.restrictions[id];
    const std::string of = fmt::format("restriction {}", r.name);
    if (id.index > 0 && k_.restrictions[RestrictionId{id.index - 1}].name > r.name) broken("{}: restrictions are not sorted by name", of);
    const bool act = r.kind == Restriction::Kind::Act;
    const bool standing = r.kind == Restriction::Kind::Standing;
    if (act) accesses(r.accesses, of);
    if (act != r.sides.empty()) broken("{}: sides belong to every kind but act", of);
    if (!act && !r.accesses.empty()) broken("{}: accesses belong to act", of);
    if (!act && r.count == 0) broken("{}: counts to zero", of);
    if (r.kind != Restriction::Kind::People && r.count > r.sides.size()) broken("{}: asks for more sides than it has", of);
    if ((r.kind == Restriction::Kind::Object || r.kind == Restriction::Kind::People) != r.key.valid()) broken("{}: a key belongs to objects", of);
    if (!standing && (r.at_assignment || r.at_use || r.exposure_only || r.across.valid())) broken("{}: points and joins belong to standing rules", of);
    if (r.exposure_only && (r.at_assignment || r.at_use)) broken("{}: an exposure is asked at no point", of);
    if (r.at_assignment && r.at_use) broken("{}: one restriction at two points", of);
    if (standing && !r.exposure_only && !r.at_assignment && !r.at_use) broken("{}: a standing rule is asked nowhere", of);
    if (r.requirement && !has_warrant(id)) broken("{}: a requirement that no warrant lifts", of);
    for (const Side& s : r.sides) side(s, r, of);
    for (const auto& [action, path] : r.key_paths) key_path(action, path, of);
  }

  bool has_warrant(RestrictionId id) const {
    return std::any_of(k_.lifts.begin(), k_.lifts.end(), [&](const Lift& l) { return l.of == id && l.kind == Lift::Kind::Warrant; });
  }

  void key_path(ActionId action, TermId path, const std::string& of) {
    Roots read;
    if (action.index >= k_.schema.actions.size() || !reader_.sound(path)) return broken("{}: a key of no action", of);
    reader_.roots(path, read);
    if (read != Roots{Root::Resource}) broken("{}: a key is read from the resource", of);
  }

  void side(const Side& s, const Restriction& r, const std::string& of) {
    if (s.elements.empty()) broken("{}: a side is empty", of);
    if (s.need == 0 || s.need > s.elements.size()) broken("{}: a side asks for more than it has, or for nothing", of);
    if (s.within.empty() == s.within_dimension.valid()) broken("{}: a cut and its dimension do not come together", of);
    const bool of_acts = r.kind == Restriction::Kind::Object || r.kind == Restriction::Kind::People;
    if (of_acts && !s.within.empty()) broken("{}: a side of acts is cut by their conditions", of);
    for (const SideElement& element : s.elements) {
      if (of_acts && !element.roles.empty()) broken("{}: a role is held, not done to an object", of);
      for (const RoleUse& role : element.roles) {
        if (!role.args.empty()) use(role, of);
        if (role.role.index >= k_.roles.size()) broken("{}: names no role", of);
      }
      if (element.roles.empty() && element.accesses.empty()) broken("{}: an element is of roles or accesses", of);
      if (!element.accesses.empty()) accesses(element.accesses, of);
      if (r.kind != Restriction::Kind::Standing && !element.capabilities.empty()) broken("{}: capabilities belong to standing sides", of);
      for (const Capability& c : element.capabilities) capability(c, r, of);
    }
  }

  void capability(const Capability& c, const Restriction& r, const std::string& of) {
    if (c.grant.index >= k_.grants.size() || k_.grants[c.grant].role != c.role) return broken("{}: a capability of no grant", of);
    const auto& actions = k_.grants[c.grant].access.actions;
    if (!std::binary_search(actions.begin(), actions.end(), c.action)) broken("{}: a capability that its grant does not give", of);
    Roots may{Root::Principal, Root::Parameter};
    std::vector<EnumId> joined = r.joined();
    // Without a join, the dimensions that lifts are confined to may be there.
    if (joined.empty()) joined = c.scopes;
    if (c.scopes.size() != joined.size()) return broken("{}: a capability has one scope per joined dimension", of);
    for (std::size_t i = 0; i < joined.size(); ++i) {
      if (!c.scopes[i].valid()) continue;
      may.insert(Root::Scope);
      if (!k_.schema.rolls_up(c.scopes[i], joined[i])) broken("{}: the scope of a capability does not roll up to the joined dimension", of);
    }
    condition(c.where, may, of + " capability");
  }

  void lift(LiftId id) {
    const Lift& l = k_.lifts[id];
    const std::string of = fmt::format("lift {}", l.id);
    if (l.of.index >= k_.restrictions.size()) return broken("{}: lifts no restriction", of);
    const Restriction& r = k_.restrictions[l.of];
    condition(l.who, {Root::Principal}, of + " for");
    condition(l.object_where, {Root::Resource}, of + " on");
    condition(l.while_condition, {Root::Principal, Root::Context}, of + " while");
    if (l.from > l.until) broken("{}: ends before it starts", of);
    if (l.within.empty() == l.within_dimension.valid()) broken("{}: `within` and its dimension do not come together", of);
    if (l.kind == Lift::Kind::Warrant) return warrant(l, r, of);
    const auto kind = l.kind == Lift::Kind::Mitigation ? YieldKind::Mitigation : YieldKind::Waiver;
    if (l.kind == Lift::Kind::Exception && !r.yields.contains(kind)) broken("{}: `{}` yields to no such lift", of, r.name);
    if (r.kind == Restriction::Kind::Standing && (l.object_type.valid() || !is_truth(l.object_where))) broken("{}: a standing rule sees no resource", of);
    if (r.exposure_only) broken("{}: lifts an exposure", of);
    for (const RoleUse& u : l.ends) use(u, of);
  }

  void warrant(const Lift& l, const Restriction& r, const std::string& of) {
    if (!r.requirement) broken("{}: a warrant lifts what is no requirement", of);
    if ((l.warrant.kind == Warrant::Kind::Approval) != l.warrant.chain.valid()) broken("{}: an approval and its chain do not come together", of);
  }

  void edge(const Edge& e) {
    const bool owner = e.kind == Edge::Kind::Owner;
    if (owner && (!e.entity.valid() || !e.attribute.valid())) broken("an owner edge without owner");
    if (!owner && (!e.from.valid() || k_.schema.enums[e.from].parent != e.to)) broken("a rollup edge that the schema does not have");
  }

  /// Derived again, they are the same.
  void indexes() {
    Kernel again = k_;
    build_indexes(again);
    if (again.grants_of_action != k_.grants_of_action || again.restrictions_of_action != k_.restrictions_of_action || again.lifts_of != k_.lifts_of)
      broken("the indexes are not those of the forms");
  }

  const Kernel& k_;
  Reader reader_;
  std::vector<std::string> broken_;
};

}  // namespace

std::vector<std::string> verify(const Kernel& kernel) { return Verifier(kernel).all(); }

}  // namespace writ::kernel
