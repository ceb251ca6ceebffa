// `inv.enter, vendor_master by Agent where …` → accesses of one principal type and one resource type each. Duties are inlined with their
// own conditions; `everything` stays symbolic.
#pragma once

#include "compiler/check/conditions.h"

namespace writ::check {

enum class AccessUse : std::uint8_t {
  Grant,        ///< actions and duties only, no wildcards
  Restriction,  ///< wildcards allowed
  Side          ///< … and roles (through `sides`)
};

struct AccessScope {
  AccessUse use = AccessUse::Restriction;
  EntityId principal;                   ///< Grant: the role's type; else none
  std::map<std::string, TermId, std::less<>> names;     ///< role parameters
  std::string statement;                ///< qualified, for origins
  Range head;                           ///< of the statement, for `not_supported_yet`
};

/// nullopt after an error.
std::optional<std::vector<typed_ir::Access>> check_accesses(Context& context, const Site& site, const AccessScope& scope,
                                                            const ast::Accesses& written);
/// The same for a side: `role R` becomes an element of its own, every other word together one element each.
std::optional<std::vector<typed_ir::SideElement>> check_side_elements(Context& context, const Site& site, const AccessScope& scope,
                                                                      const ast::Accesses& written);
std::string accesses_text(const ast::Accesses& written);

/// What duties are made of; filled as they are used.
struct DutyTable;
void check_duties(Context& context);
/// `extend duty D` where a grant uses D would widen that grant from afar; after the roles are checked.
void report_granted_extensions(Context& context);

}  // namespace writ::check
