// `assert` and the claims inside `expect proved …`: binders, conditions over them, and what a negated `can` must say (semantics.md 12.3).
#pragma once

#include "compiler/check/context.h"

namespace writ::check {

/// nullopt after an error. Forms of claims that are not supported yet are reported by the caller's pass over statements.
std::optional<typed_ir::Claim> check_claim(Context& context, const Site& site, const ast::Claim& written, const typed_ir::Origin& origin);

}  // namespace writ::check
