// Objects that a rule is bound to, and where an act carries them (semantics.md 6.6).
#pragma once

#include "compiler/check/context.h"

namespace writ::check {

std::optional<typed_ir::ObjectBinding> check_object_binding(Context& context, const Symbol& rule, const typed_ir::Segregation& sides,
                                                            const ast::ObjectBinding& written, const ast::Name& type);
/// Warns where the action's resource carries no scope in the dimension (6.3), reports where two fields of equal rank could.
void check_scope_field(Context& context, const typed_ir::Action& action, EnumId dimension, Range range);

}  // namespace writ::check
