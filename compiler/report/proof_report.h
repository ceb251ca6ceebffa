// A proof run: how many of each kind hold, what the proofs assume, and, where names were asked for, every obligation. The failures
// themselves are diagnostics (verify::report), with their stories.
#pragma once

#include "compiler/report/section.h"
#include "compiler/verify/verify.h"

namespace writ::report {

enum class Each : std::uint8_t { Counted, Listed };

Section section(const verify::ProofRun& run, const source::SourceSet& sources, Each each);

}  // namespace writ::report
