// Grants, repeated for every role that extends the one that says them, with arguments substituted and confined by every `within` on the
// way (semantics.md 5.3, 5.4).
#include <algorithm>

#include "compiler/kernel/elaboration.h"

namespace writ::kernel {

CondId lies_in(Elaboration& e, ActionId action, EnumId dimension, TermId value) {
  Conditions& conditions = e.kernel.conditions;
  const typed_ir::Schema& schema = e.kernel.schema;
  const EntityId resource = schema.actions[action].resource;
  const auto field = resource.valid() ? schema.scope_attribute(resource, dimension) : std::nullopt;
  if (!field) return conditions.unknown_cond();
  Type whole;
  whole.scalar = typed_ir::Scalar::Ref;
  whole.entity = resource;
  const TermId own = conditions.attribute(conditions.root(typed_ir::Root::Resource, whole), *field, schema.attributes[*field].type);
  const TermId scope = conditions.roll_up(own, dimension, schema);
  return conditions.term(value).type.set ? conditions.in(scope, value) : conditions.equal(scope, value);
}

namespace {

/// A role on the way up: what it says, in terms of the role that holds the grants, and every `within` passed so far.
struct Level {
  RoleUse use;
  std::vector<std::pair<EnumId, TermId>> confined;
};

class GrantWriter {
 public:
  GrantWriter(Elaboration& e, RoleId holder) : e_(e), holder_(holder) {}

  void write() { climb({itself(e_, holder_), {}}); }

 private:
  void climb(Level level) {
    const typed_ir::Role& role = e_.program.roles[level.use.role];
    const typed_ir::Substitution by = arguments(e_, level.use);
    if (role.scope.valid()) {
      const std::pair scope{role.scope_dimension, typed_ir::substitute(e_.kernel.conditions, role.scope, by)};
      if (std::find(level.confined.begin(), level.confined.end(), scope) == level.confined.end()) level.confined.push_back(scope);
    }
    for (const typed_ir::GrantLine& line : role.may)
      for (const typed_ir::Access& access : line.accesses) write(level, line, access, by);
    for (const RoleUse& parent : role.parents) climb({substitute(e_, parent, by), level.confined});
  }

  void write(const Level& level, const typed_ir::GrantLine& line, const typed_ir::Access& written, const typed_ir::Substitution& by) {
    Conditions& conditions = e_.kernel.conditions;
    Grant grant;
    grant.role = holder_;
    grant.declared_in = level.use.role;
    grant.id = e_.program.roles[level.use.role].name;
    grant.access = close(e_, written);
    grant.access.principal = e_.program.roles[holder_].type;
    WRIT_CHECK(!grant.access.actions.empty(), "a grant without actions");
    const CondId own = typed_ir::substitute(conditions, written.where, by);
    std::vector<CondId> scopes;
    for (const auto& [dimension, value] : level.confined) scopes.push_back(lies_in(e_, grant.access.actions.front(), dimension, value));
    grant.scope = conditions.conjunction(scopes);
    grant.access.where = conditions.conjunction({grant.scope, own});
    add_conjuncts(grant, grant.scope);
    add_conjuncts(grant, own);
    for (const typed_ir::RuleId rule : line.subject_to)
      for (const RestrictionId id : e_.restrictions_of_rule[rule]) grant.subject_to.push_back(id);
    std::sort(grant.subject_to.begin(), grant.subject_to.end());
    grant.origin = line.origin;
    add(std::move(grant));
  }

  void add_conjuncts(Grant& grant, CondId condition) {
    const typed_ir::Cond& cond = e_.kernel.conditions.cond(condition);
    if (cond.kind == typed_ir::CondKind::True) return;
    const std::vector<CondId> parts = cond.kind == typed_ir::CondKind::And ? cond.c : std::vector<CondId>{condition};
    for (const CondId part : parts)
      if (std::find(grant.conjuncts.begin(), grant.conjuncts.end(), part) == grant.conjuncts.end()) grant.conjuncts.push_back(part);
  }

  /// Two ways up to one ancestor with equal arguments say the same thing twice.
  void add(Grant grant) {
    for (const Grant& other : written_)
      if (other.origin.range == grant.origin.range && other.origin.statement == grant.origin.statement &&
          other.declared_in == grant.declared_in && other.access.actions == grant.access.actions && other.access.where == grant.access.where)
        return;
    written_.push_back(grant);
    e_.kernel.grants.add(std::move(grant));
  }

  Elaboration& e_;
  RoleId holder_;
  std::vector<Grant> written_;
};

}  // namespace

void elaborate_grants(Elaboration& e) {
  for (const RoleId role : e.program.roles.ids()) GrantWriter(e, role).write();
}

}  // namespace writ::kernel
