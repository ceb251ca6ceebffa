// Who approves, owns, monitors and reviews: parties, and chains of them.
#pragma once

#include "compiler/check/conditions.h"

namespace writ::check {

/// Owner, monitor, `notify`: a person or a role.
std::optional<typed_ir::Party> check_party(Context& context, const Site& site, const ConditionScope& scope, const ast::Party& written);
/// The module's owner, or its nearest ancestor's; an empty party (text "") if there is none.
typed_ir::Party module_owner(Context& context, const Site& site);
std::string party_text(const Site& site, const ast::Party& written);

/// `after C`, `by C`: the approval itself if the chain is just its name, else a chain of its own called `name`.
std::optional<ChainId> check_chain(Context& context, const Site& site, const ConditionScope& scope, const ast::Chain& written,
                                   const std::string& name);
void check_approvals(Context& context);

}  // namespace writ::check
