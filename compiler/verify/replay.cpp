#include "compiler/verify/replay.h"

#include <fmt/format.h>

namespace writ::verify {

std::string disagreement(const Witness& witness, Replayer& replayer) {
  switch (witness.kind) {
    case WitnessKind::Static:
    case WitnessKind::Killers:
    case WitnessKind::Standing: return "";
    case WitnessKind::Decisions:
    case WitnessKind::DecisionPair:
    case WitnessKind::PolicyPair: break;
  }
  for (const AskedRequest& asked : witness.requests) {
    const auto decision = replayer.decide(asked.json);
    if (!decision) return fmt::format("{} refuses the request: {}\n{}", replayer.name(), decision.error(), asked.json);
    if (decision->outcome != asked.outcome)
      return fmt::format("{} says {}, the proof {}\n{}", replayer.name(), question::to_string(decision->outcome), question::to_string(asked.outcome), asked.json);
    if (asked.valid_until && decision->valid_until != asked.valid_until)
      return fmt::format("{} says another `valid until`\n{}", replayer.name(), asked.json);
  }
  return "";
}

void replay(const kernel::Kernel&, const Obligation&, Witness&) {}

}  // namespace writ::verify
