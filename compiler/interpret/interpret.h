// The reference interpreter: the definition of the language, slow and obvious, over the kernel and a JSON request (docs/decisions say what a
// request may look like where interfaces.md leaves it open; request.h lists every key). Reads no clock and keeps no state: an answer is a
// function of kernel, options and request. The kernel must outlive the interpreter. All members may be called from any thread.
#pragma once

#include <functional>

#include <tl/expected.hpp>

#include "compiler/kernel/forms.h"
#include "compiler/kernel/kleene.h"
#include "compiler/question/decision.h"
#include "runtime/json/json.h"

namespace writ::interpret {

using typed_ir::Instant;

/// An invalid request (semantics.md 2.6): no decision, refuse. `code` is stable: not_json, too_large, no_subject, no_action, no_resource,
/// unknown_principal_type, bad_path, bad_time, bad_request.
struct RequestError {
  std::string code;
  std::string at;                ///< "context.path[1].how"
  std::string what;
};

struct Options {
  std::string bundle_digest;                                       ///< "sha256:…", or "" without a bundle
  std::optional<Instant> not_after;                                ///< of the bundle: caps valid until
  std::function<std::string(std::string_view)> sentence_of;        ///< statement → its sentence, for citations; none: ""
  std::function<std::string(const source::Range&)> place_of;       ///< range → "file:line"; none: ""
};

/// Half-open.
struct Interval {
  Instant from = 0;
  Instant until = typed_ir::kForever;
};

/// A role with a birthright, for one combination of arguments (5.5, 14.1).
struct Birthright {
  kernel::RoleId role;
  typed_ir::ValueSet args;                                         ///< in parameter order
  kernel::Timed condition;                                         ///< type, eligibility, the route's condition; tenure included
  question::Outcome outcome = question::Outcome::Deny;             ///< of assign on this route: Permit unless a rule refuses it
};

class Interpreter {
 public:
  explicit Interpreter(const kernel::Kernel& kernel, Options options = {});

  /// `perform`, or `assign` where the action is so named (11.3, 11.4).
  tl::expected<question::Decision, RequestError> decide(const json::Value& request) const;
  tl::expected<question::Decision, RequestError> decide_text(std::string_view request) const;

  /// What review says of the subject's holdings (6.4, 6.5, 11.6): every instance of every standing rule that is broken at some instant of
  /// `interval`, sorted by rule, within, from. Entries with a `disjoint` are no findings: they say that the rule is kept because the
  /// sides' scopes never meet. The request needs subject and context only.
  tl::expected<std::vector<question::StandingFinding>, RequestError> standing(const json::Value& request, Interval interval) const;

  /// All birthrights that the subject might have at context.time; sorted by role and arguments.
  tl::expected<std::vector<Birthright>, RequestError> birthrights(const json::Value& request) const;

  /// 7.3: what an approver of this chain signs, "sha256:…"; "" where a value that it covers is unknown. `over` replaces values, by path
  /// ("resource.total"), as a record for another request would have them.
  tl::expected<std::string, RequestError> request_digest(const json::Value& request, kernel::ChainId chain,
                                                         const std::vector<std::pair<std::string, json::Value>>& over = {}) const;

 private:
  const kernel::Kernel* kernel_;
  Options options_;
};

/// SHA-256 of the bytes, "sha256:" and 64 hexadecimal digits.
std::string sha256(std::string_view bytes);

}  // namespace writ::interpret
