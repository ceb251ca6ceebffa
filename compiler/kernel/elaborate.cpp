#include "compiler/kernel/elaborate.h"

#include <algorithm>

#include "compiler/kernel/elaboration.h"

namespace writ::kernel {
namespace {

Kernel start(const typed_ir::Program& program) {
  Kernel kernel;
  kernel.name = program.name;
  kernel.policy_version = program.policy_version;
  kernel.tzdb_version = program.tzdb_version;
  kernel.root_module = program.root_module;
  kernel.accept_marks = program.accept_marks;
  kernel.skew = program.skew;
  kernel.reuse_at_most = program.reuse_at_most;
  kernel.finding_due = program.finding_due;
  kernel.schema = program.schema;
  kernel.conditions = program.conditions;
  kernel.chains = program.chains;
  kernel.controls = program.controls;
  return kernel;
}

void elaborate_claims(Elaboration& e) {
  for (const typed_ir::Claim& claim : e.program.claims) e.kernel.claims.add(claim);
}

}  // namespace

std::optional<Kernel> elaborate(const typed_ir::Program& program, diagnostics::Sink& sink) {
  const std::size_t errors_before = sink.error_count();
  Elaboration e{program, sink, start(program), {}, {}};
  elaborate_roles(e);
  elaborate_rules(e);
  elaborate_grants(e);
  index_grants(e.kernel);
  elaborate_capabilities(e);
  elaborate_lifts(e);
  elaborate_schema_edges(e);
  elaborate_claims(e);
  build_indexes(e.kernel);
  if (sink.error_count() != errors_before) return std::nullopt;
  return std::move(e.kernel);
}

namespace {

std::vector<ActionId> declared_actions(const typed_ir::Schema& schema, const typed_ir::Access& access) {
  if (!access.everything) return access.actions;
  std::vector<ActionId> all;
  for (const ActionId id : schema.actions.ids())
    if (!access.but_reading || !schema.actions[id].reads) all.push_back(id);
  return all;
}

}  // namespace

Access close(const Elaboration& e, const typed_ir::Access& access) {
  Access closed;
  closed.actions = declared_actions(e.kernel.schema, access);
  std::sort(closed.actions.begin(), closed.actions.end());
  closed.actions.erase(std::unique(closed.actions.begin(), closed.actions.end()), closed.actions.end());
  closed.everything = access.everything && !access.but_reading;
  closed.built_in = access.everything;
  closed.principal = access.principal;
  closed.principal_id = access.principal_id;
  closed.where = access.where;
  closed.origin = access.origin;
  return closed;
}

std::vector<Access> close(const Elaboration& e, const std::vector<typed_ir::Access>& accesses) {
  std::vector<Access> closed;
  for (const typed_ir::Access& access : accesses) closed.push_back(close(e, access));
  return closed;
}

void elaborate_schema_edges(Elaboration& e) {
  const typed_ir::Schema& schema = e.kernel.schema;
  for (const EntityId id : schema.entities.ids()) {
    const typed_ir::Entity& entity = schema.entities[id];
    if (entity.kind != typed_ir::EntityKind::Workload && entity.kind != typed_ir::EntityKind::Agent) continue;
    std::vector<AttributeId> owners = entity.operated_by;
    if (owners.empty() && entity.owner) owners.push_back(entity.owner);
    for (const AttributeId owner : owners) e.kernel.edges.add({Edge::Kind::Owner, id, owner, {}, {}, entity.origin});
  }
  for (const EnumId id : schema.enums.ids())
    if (schema.enums[id].parent) e.kernel.edges.add({Edge::Kind::Rollup, {}, {}, id, schema.enums[id].parent, schema.enums[id].origin});
}

}  // namespace writ::kernel
