// Why a question has no model: of formulas that cannot all hold, a set without which they could, as small as leaving out one after the other
// makes it.
#pragma once

#include "compiler/smt/solver.h"

namespace writ::verify {

/// Positions in `wanted`; empty if they can hold together, if what the solver holds already cannot, or if nobody knows.
std::vector<std::size_t> minimal_core(smt::Solver& solver, const std::vector<smt::Term>& wanted);

}  // namespace writ::verify
