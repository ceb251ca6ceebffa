// For tests: a run with planted bugs, on chosen obligations. Users go through `prove`.
#pragma once

#include "compiler/verify/engines/engines.h"

namespace writ::verify {

ProofRun run_obligations(const Settings& shared, const std::vector<Obligation>& obligations, const Options& options);

}  // namespace writ::verify
