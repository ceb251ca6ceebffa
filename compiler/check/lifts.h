// Exceptions and mitigations: what each selects, and whether it stays within the terms of its rule (semantics.md 6.9, 8.1, 8.4, 8.5). A
// LiftSite keeps the statement beside its typed form, so that messages point at the narrowest wrong word.
#pragma once

#include "compiler/check/context.h"

namespace writ::check {

struct LiftSite {
  typed_ir::Lift lift;
  const ast::Lift* written = nullptr;
  const Symbol* symbol = nullptr;
  ast::Name rule;                       ///< as written in `waives R`
  bool in_terms = false;                ///< the rule has the yield line, and the period and selection are sound
};

/// lifts_bindings.cpp: fills what the lift selects; reports no_such_binding and clauses that the rule's bindings cannot evaluate.
bool select_instances(Context& context, LiftSite& site);
/// lifts_terms.cpp: length, control, reason, owner; reports the errors of 8.4.
bool check_terms_of(Context& context, LiftSite& site);
/// lifts_approval.cpp: whether those who approved may, as far as the register says.
void check_approval_of(Context& context, const LiftSite& site);
/// lifts_chains.cpp: renewals are detected, not declared.
void check_renewals(Context& context, const std::vector<LiftSite>& sites);

std::string_view lift_word(const typed_ir::Lift& lift);   ///< "exception", "mitigation"

}  // namespace writ::check
