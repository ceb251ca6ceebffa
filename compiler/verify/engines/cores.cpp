#include "compiler/verify/engines/cores.h"

#include <algorithm>

namespace writ::verify {

std::vector<std::size_t> minimal_core(smt::Solver& solver, const std::vector<smt::Term>& wanted) {
  if (solver.check(wanted) != smt::Answer::Unsat) return {};
  std::vector<std::size_t> core = solver.core();
  std::sort(core.begin(), core.end());
  // From the back: of several that would do, the first by id is named; none, where the rest alone is unsatisfiable.
  for (std::size_t i = core.size(); i > 0; --i) {
    std::vector<std::size_t> rest = core;
    rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i - 1));
    std::vector<smt::Term> fewer;
    for (const std::size_t at : rest) fewer.push_back(wanted[at]);
    if (solver.check(fewer) == smt::Answer::Unsat) core = std::move(rest);
  }
  return core;
}

}  // namespace writ::verify
