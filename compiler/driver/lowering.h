// From the session's kernel to a bundle's tables and bytes, for `build` and `--emit`.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/decision_ir/tables.h"
#include "compiler/driver/session.h"
#include "compiler/verify/verify.h"

namespace writ::driver {

/// Path and digest of every file that the policy is made of, sorted: as the manifest of its bundle lists them.
std::vector<std::pair<std::string, std::string>> source_digests(Session& session);

/// The tables of the policy; with the verdicts of a run, if it was proved. nullopt after an error.
std::optional<decision_ir::Tables> lower_policy(Session& session, const verify::ProofRun* proved);

}  // namespace writ::driver
