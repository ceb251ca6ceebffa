// The state of one elaboration, shared by its steps: the program read, the kernel written, and what later steps look up. Each step is a
// function here and a file of that name; `elaborate` runs them in this order. Lives for one call, on one thread.
#pragma once

#include <map>

#include "compiler/kernel/capability.h"
#include "compiler/kernel/elaborate.h"

namespace writ::kernel {

using RestrictionsOfRule = std::map<typed_ir::RuleId, std::vector<RestrictionId>>;

struct Elaboration {
  const typed_ir::Program& program;
  diagnostics::Sink& sink;
  Kernel kernel;
  RestrictionsOfRule restrictions_of_rule;   ///< its bindings; obligations have none
  /// What many grants and rules ask alike is eliminated once.
  std::map<std::pair<CondId, EntityId>, tl::expected<CondId, NotEliminated>> eliminated;
};

void elaborate_roles(Elaboration& e);          ///< roles and routes, closed over `extends`
void elaborate_rules(Elaboration& e);          ///< restrictions, obligations; sides without capabilities
void elaborate_grants(Elaboration& e);
void elaborate_capabilities(Elaboration& e);   ///< of every standing side; reports what has no exact elimination
void elaborate_lifts(Elaboration& e);
void elaborate_schema_edges(Elaboration& e);
void index_grants(Kernel& kernel);               ///< by action; elaborate_capabilities reads it
void build_indexes(Kernel& kernel);

/// The surface access with its actions written out, `where` never missing.
Access close(const Elaboration& e, const typed_ir::Access& access);
std::vector<Access> close(const Elaboration& e, const std::vector<typed_ir::Access>& accesses);

/// Whether the lift is of this binding of its rule.
bool selects(const typed_ir::Lift& lift, const Restriction& restriction);
/// Coarser dimensions first, then by name; each once.
std::vector<EnumId> in_order(const typed_ir::Schema& schema, std::vector<EnumId> dimensions);

/// Parameters of `use.role` by the arguments of `use`.
typed_ir::Substitution arguments(Elaboration& e, const RoleUse& use);
/// `use` with its own arguments replaced.
RoleUse substitute(Elaboration& e, const RoleUse& use, const typed_ir::Substitution& by);
/// The role itself, for its own parameters.
RoleUse itself(Elaboration& e, RoleId role);

/// 6.3: the scope of the resource of `action` in `dimension` lies in `value` (a term of that dimension, or a set); U if it has none.
CondId lies_in(Elaboration& e, ActionId action, EnumId dimension, TermId value);

}  // namespace writ::kernel
