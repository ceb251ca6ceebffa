// The contract compiles by itself, and what it hands out is plain data.
#include <type_traits>

#include "runtime/core/evaluate.h"
#include "runtime/core/explain.h"

namespace writ::core {

static_assert(std::is_trivially_copyable_v<Request> && std::is_trivially_copyable_v<Decision>);
static_assert(std::is_trivially_copyable_v<Record> && std::is_trivially_copyable_v<Fact>);

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::Deny: return "deny";
    case Outcome::Indeterminate: return "indeterminate";
    case Outcome::Pending: return "pending";
    case Outcome::Permit: return "permit";
  }
  return "";
}

std::string_view to_string(Reason reason) {
  switch (reason) {
    case Reason::not_supplied: return "not_supplied";
    case Reason::ill_typed: return "ill_typed";
    case Reason::out_of_range: return "out_of_range";
    case Reason::not_in_enum: return "not_in_enum";
    case Reason::other_currency: return "other_currency";
    case Reason::too_large: return "too_large";
    case Reason::stale: return "stale";
    case Reason::too_fine: return "too_fine";
    case Reason::contradictory: return "contradictory";
    case Reason::incomplete: return "incomplete";
    case Reason::not_attested: return "not_attested";
    case Reason::shared: return "shared";
    case Reason::not_supported: return "not_supported";
  }
  return "";
}

std::string_view to_string(Refused refused) {
  switch (refused) {
    case Refused::No: return "";
    case Refused::unknown_action: return "unknown_action";
    case Refused::wrong_type: return "wrong_type";
  }
  return "";
}

std::string_view to_string(HoldingPart part) {
  switch (part) {
    case HoldingPart::from: return "held.from";
    case HoldingPart::until: return "held.until";
    case HoldingPart::at_most: return "held.at_most";
    case HoldingPart::tenure: return "held.tenure";
    case HoldingPart::rests_on: return "held.rests_on";
    case HoldingPart::eligible: return "held.eligible";
    case HoldingPart::delegator: return "held.delegator";
  }
  return "";
}

std::string_view to_string(Word word) {
  switch (word) {
    case Word::approvals: return "approvals";
    case Word::ancestors: return "ancestors";
    case Word::binder: return "binder";
    case Word::context: return "context";
    case Word::context_time: return "context.time";
    case Word::currency: return "currency";
    case Word::delegation: return "delegation";
    case Word::held: return "held";
    case Word::held_from: return "held.from";
    case Word::held_rests_on: return "held.rests_on";
    case Word::held_route: return "held.route";
    case Word::held_until: return "held.until";
    case Word::history: return "history";
    case Word::input: return "input";
    case Word::managers: return "managers";
    case Word::mfa: return "mfa";
    case Word::owned: return "owned";
    case Word::path: return "path";
    case Word::person: return "person";
    case Word::principal: return "principal";
    case Word::resource: return "resource";
    case Word::scope: return "scope";
    case Word::subject: return "subject";
    case Word::question_mark: return "?";
  }
  return "";
}

}  // namespace writ::core
