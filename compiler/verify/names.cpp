#include "compiler/verify/verify.h"

namespace writ::verify {

std::string_view to_string(ObligationKind kind) {
  switch (kind) {
    case ObligationKind::Assert: return "assert";
    case ObligationKind::Conflict: return "conflict";
    case ObligationKind::Dead: return "dead";
    case ObligationKind::ExceptionTerms: return "exception-terms";
    case ObligationKind::Expiry: return "expiry";
    case ObligationKind::FailClosed: return "fail-closed";
    case ObligationKind::Horizon: return "horizon";
    case ObligationKind::RoleSod: return "role-sod";
  }
  return "";
}

std::vector<std::string> obligation_words() {
  return {"assert", "conflict", "dead", "exception-terms", "expiry", "fail-closed", "horizon", "role-sod"};
}

std::string_view to_string(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::Proved: return "proved";
    case VerdictKind::Refuted: return "refuted";
    case VerdictKind::Possible: return "possible";
    case VerdictKind::Vacuous: return "vacuous";
    case VerdictKind::Undecided: return "undecided";
  }
  return "";
}

std::string_view to_string(Reason reason) {
  switch (reason) {
    case Reason::None: return "";
    case Reason::AssumptionsUnmet: return "assumptions_unmet";
    case Reason::SideUnused: return "side_unused";
    case Reason::UnknownScope: return "unknown_scope";
    case Reason::Limit: return "limit";
    case Reason::SolverError: return "solver_error";
    case Reason::Cancelled: return "cancelled";
    case Reason::NotSupported: return "not_supported";
  }
  return "";
}

std::string_view to_string(WitnessKind kind) {
  switch (kind) {
    case WitnessKind::Decisions: return "decisions";
    case WitnessKind::DecisionPair: return "decision_pair";
    case WitnessKind::PolicyPair: return "policy_pair";
    case WitnessKind::Static: return "static";
    case WitnessKind::Killers: return "killers";
    case WitnessKind::Standing: return "standing";
  }
  return "";
}

}  // namespace writ::verify
