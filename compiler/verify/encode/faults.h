// Planted bugs. Tests switch one on to show that some test notices (proofs.md, "Planted bugs"); everything else leaves the set empty.
#pragma once

#include <cstdint>
#include <set>

namespace writ::verify {

enum class Fault : std::uint8_t {
  SharedContext,        ///< two acts of one question read one context
  LessForLessEqual,     ///< `<=` is encoded as `<`
  KnownPerOccurrence,   ///< each reading of a fact has its own known-bit
  UnknownLiftLifts,     ///< an uncertain lift lifts
  InclusiveEnd,         ///< an interval still holds at its end
  VacuousAsProved,      ///< what cannot be met counts as proved
  UnknownDoesNotBite,   ///< a restriction counts only if it is true
  ForgottenDescendants, ///< a value lies in a scope only if it is that scope
  EligibilityIgnored,   ///< a live holding grants though its holder is not eligible
  AbsentIsUnknown,      ///< `none` is treated like a fact not supplied
  FirstSideOnly,        ///< a rule is broken by its first side
  HorizonAtEnd,         ///< a decision claims to hold at its end, too
  HorizonOfDecider      ///< the horizon is that of the operand that decided, not the next that matters
};
using Faults = std::set<Fault>;

}  // namespace writ::verify
