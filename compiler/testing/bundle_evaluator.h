// The second evaluator of tests: the policy's bundle, loaded and asked in memory. Its answers are the runtime's own JSON, with the bundle's digest
// and what depends on it left out, as the reference interpreter has no bundle.
#pragma once

#include "compiler/testing/testing.h"

namespace writ::testing {

MakeEvaluator on_the_bundle();

}  // namespace writ::testing
