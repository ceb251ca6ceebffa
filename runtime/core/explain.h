// What a caller needs besides the decision: the names of facts, and the values that an approver signs (semantics.md 7.3).
#pragma once

#include "runtime/core/evaluate.h"

namespace writ::core {

/// Writes the name of a fact ("resource.vendor.entity", "Bot.b1.owner", "held") into `into` and returns how long it is; what does not fit is
/// left out, so call again with more room.
std::size_t fact_name(const View& view, const UnknownFact& fact, std::span<char> into);
/// The same for a term as an approver signs it ("resource.total").
std::size_t term_name(const View& view, Index term, std::span<char> into);

/// The text of a condition, or "" if the bundle has none.
std::string_view condition_text(const View& view, Index cond);

/// The value of a term in the present act: what a chain's `over` terms are. A set is in `values`.
struct TermValue {
  Status status = Status::ok;
  State state = State::Unknown;
  bool set = false;
  bool complete = false;
  Value value;
  std::span<const Value> values;
};
TermValue term_value(const Policy& policy, const Request& request, Scratch& scratch, Index term);

/// The effective persons of the path (4.3), in path order: for whom a request is. In scratch.
struct Requesters {
  Status status = Status::ok;
  std::span<const Key> persons;
};
Requesters requesters(const Policy& policy, const Request& request, Scratch& scratch);

}  // namespace writ::core
