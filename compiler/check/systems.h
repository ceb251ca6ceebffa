// The system that a resource lives in: a built-in fact of whatever is acted on (semantics.md 6.3, 6.6), whose values are the declared
// systems and `local`. It becomes part of the schema when something in the policy first speaks of it, for all types at once, so
// that no order of statements shows; a policy that never does carries none of it.
#pragma once

#include "compiler/check/context.h"

namespace writ::check {

/// A dimension in which sides meet, or `system`: systems read as one (6.4). Invalid after an error.
EnumId resolve_joined(Context& context, const Site& site, const ast::Name& name);
/// The attribute of that name; `system` of what is acted on among them, in a policy with systems.
std::optional<AttributeId> attribute_named(Context& context, EntityId entity, std::string_view name);
/// `inv.enter in s4`: reports what is no system.
std::optional<Value> resolve_system(Context& context, const Site& site, const ast::Name& name);
/// The resource of type `resource` lives in `system`.
CondId lives_in(Context& context, EntityId resource, const Value& system);
/// Nobody declares the built-in fact himself.
void check_built_in_facts(Context& context);

}  // namespace writ::check
