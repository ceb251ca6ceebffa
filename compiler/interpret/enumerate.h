// The enumerator: every request of a small policy on small domains, unknowns included, and what the interpreter says of each (interfaces.md,
// Proofs). A policy is small if its action reads at most `Limits::atoms` atoms: facts, roles that can be held, warrants, sides of object
// rules. A domain is: the literal cells (a number: below, at and above each literal), one other value, absent, unknown; an instant: every cut
// and 1 ms around it. It counts what it runs and refuses what is larger; it never samples.
#pragma once

#include "compiler/interpret/interpret.h"

namespace writ::interpret {

struct EnumerationLimits {
  std::size_t atoms = 8;
  std::size_t requests = 2'000'000;
};

/// One coordinate of the requests: "resource.amount", "held firm.ap", "mfa", "history inv.enter", "now", "subject".
struct Axis {
  std::string name;
  std::vector<std::string> values;         ///< for messages: "500.0001 EUR", "unknown", "absent"
};
struct Enumeration {
  std::vector<Axis> axes;
  std::size_t atoms = 0;
  std::size_t requests = 0;
};
/// Why a policy is not enumerated, in words.
struct TooLarge { std::string why; };

/// The axes, without running anything.
tl::expected<Enumeration, TooLarge> measure(const kernel::Kernel& kernel, kernel::ActionId action, EnumerationLimits limits = {});

using OnDecision = std::function<void(const json::Value& request, const question::Decision& decision)>;
/// Runs every request; the callback sees each once, in a fixed order.
tl::expected<Enumeration, TooLarge> enumerate(const kernel::Kernel& kernel, kernel::ActionId action, const OnDecision& on_decision, EnumerationLimits limits = {});

}  // namespace writ::interpret
