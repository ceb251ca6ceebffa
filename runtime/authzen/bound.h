// A JSON request (AuthZEN's shape) bound to a bundle: names are ids, facts are typed, what does not fit is unknown with its reason or ignored and
// said so. Binding interprets nothing. A Bound points into itself, into the JSON and into the bundle; both must outlive it and it does not move.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

#include "runtime/authzen/values.h"

namespace writ::authzen {

/// Why a request got no decision. Codes are stable: not_json, too_large, bad_request, no_subject, no_action, no_resource,
/// unknown_principal_type, bad_path, bad_time, unsupported_question, too_costly, not_yet_valid, expired.
struct Error {
  std::string code;
  std::string at;                          ///< "context.path[1]"; "" for the whole
  std::string what;
};

/// What was sent and not read: a name with the nearest known one, or a member of the path with the reason.
struct Ignored {
  std::string name, nearest;
  std::optional<std::uint32_t> path;
  std::string why;
};

/// What an approval is of, besides what the core asks: decided once the request is whole.
struct ApprovalClaim {
  std::string_view digest;
};

struct Bound {
  Bound() = default;
  Bound(const Bound&) = delete;
  Bound& operator=(const Bound&) = delete;

  Memory memory;
  core::Request request;
  std::span<core::Approval> approvals;     ///< those of request.warrants, to be marked
  std::vector<ApprovalClaim> claims;       ///< one per approval
  std::vector<Ignored> ignored;
  std::string_view action_name;
  std::string_view history_version;
};

tl::expected<std::unique_ptr<Bound>, Error> bind(const Schema& schema, const json::Value& json);

}  // namespace writ::authzen
