// A policy's bundle in memory, asked like the one that `writ build` writes: lowered, emitted, judged by the loader and decided by the runtime. What
// is shown to users is reproduced here, so that a disagreement between the engines stops the tool before it misleads anybody.
#pragma once

#include <memory>
#include <string>

#include <tl/expected.hpp>

#include "compiler/kernel/forms.h"
#include "compiler/lower/lower.h"
#include "compiler/question/decision.h"
#include "compiler/verify/replay.h"
#include "runtime/authzen/policy.h"

namespace writ::confirm {

/// The error is the loader's refusal, as a sentence.
tl::expected<std::shared_ptr<const authzen::Policy>, std::string> bundle_of(const kernel::Kernel& kernel, const lower::Options& options = {});

/// The runtime's answer in the words of the compiler's reports.
question::Decision decision_of(const authzen::Answer& answer);

/// Replays witnesses on the bundle ("bundle" among `replayed`). The policy is loaded here; a bundle that its own loader refuses is an internal error.
std::unique_ptr<verify::Replayer> bundle_replayer(const kernel::Kernel& kernel);
/// For a run with many witnesses: the bundle of `kernel`, which must outlive the result, is made once, when the first asks for it; that of another policy
/// each time.
verify::MakeReplayer shared_bundle_replayer(const kernel::Kernel& kernel);

}  // namespace writ::confirm
