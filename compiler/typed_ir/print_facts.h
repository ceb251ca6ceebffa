// Registers in text, for `--emit=typed-ir` and for messages about facts. Pure functions.
#pragma once

#include <string>

#include "compiler/typed_ir/program.h"

namespace writ::typed_ir {

/// `firm.payer(DE)`
std::string print_role_use(const Program& program, const RoleUse& use, const Names& names = {});
/// `firm.payer(DE)`
std::string print_holding_role(const Program& program, const Holding& holding);
/// `none`, `DE`, `{ DE, FR }`; an incomplete set ends in `…`.
std::string print_fact(const Schema& schema, const FactValue& value, const Type& type);
/// Every entity by id with its attributes, holdings and accesses; then context, controls and history.
std::string print_register(const Program& program, const Register& facts);

}  // namespace writ::typed_ir
