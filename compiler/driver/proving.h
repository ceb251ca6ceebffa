// Running the prover for a command: names checked, progress shown, an interrupt passed on, failures told to the sink.
#pragma once

#include <optional>

#include "compiler/driver/session.h"
#include "compiler/verify/verify.h"

namespace writ::driver {

/// Proves what `names` select (all, or those of the manifest, if empty); nullopt after an error that the sink holds.
std::optional<verify::ProofRun> prove(Session& session, const std::vector<std::string>& names);

}  // namespace writ::driver
