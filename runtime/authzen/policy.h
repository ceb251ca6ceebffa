// A bundle in memory, judged and ready to decide, and its decisions of JSON requests. Owns a copy of the bytes. Nothing in a Policy changes but a
// pool of scratch memory behind a lock: any number of threads may ask one Policy. It reads no clock: an answer is a function of bundle and
// request. `load` is the unsigned way in, for bytes that somebody else has verified.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "runtime/authzen/bound.h"
#include "runtime/core/evaluate.h"
#include "runtime/explain/explain.h"

namespace writ::authzen {

struct Workspace;

/// Why bytes are no bundle to decide with. `code` is a refusal of runtime/validate or an Unfit of the core.
struct LoadError {
  std::string code;
  std::string what;
  std::uint32_t section = 0, record = 0;
};

/// A decision in words with what only the question knows (interfaces.md, "Decision").
struct Answer {
  explain::Decision decision;
  std::vector<Ignored> ignored;
  std::string holds_for_version;           ///< "" where no history was read
  std::string bundle;                      ///< "sha256:…"
  std::string policy_version;
  std::string decision_id;
};
/// All keys, in the order of interfaces.md.
std::string to_json(const Answer& answer);

/// Why the core made no decision.
tl::unexpected<Error> no_decision(core::Status status);

/// The text of a request as JSON, within the reader's limits.
tl::expected<json::Value, Error> read_request(std::string_view text);

class Policy {
 public:
  static tl::expected<std::shared_ptr<const Policy>, LoadError> load(std::string_view bytes);

  tl::expected<Answer, Error> decide(const json::Value& request) const;
  tl::expected<Answer, Error> decide_text(std::string_view request) const;

  /// What an approver of a chain signs for this request ("sha256:…"), by the chain's full name; "" where a value that it covers is unknown.
  tl::expected<std::string, Error> approval_digest(const json::Value& request, std::string_view chain) const;

  /// The request bound, each approval with whether its digest is this request's. Points into `request` and this policy.
  tl::expected<std::unique_ptr<Bound>, Error> bind_marked(const json::Value& request) const;

  const View& view() const { return view_; }
  const core::Policy& core() const { return core_; }
  const Names& names() const { return *names_; }
  const std::string& digest() const { return digest_; }
  /// Half-open, in milliseconds UTC.
  Instant not_before() const { return view_.manifest->not_before; }
  Instant not_after() const { return view_.manifest->not_after; }

 private:
  using Memory64 = std::vector<std::uint64_t>;
  friend class Lease;
  Policy() = default;

  Memory64 bytes_, index_;
  View view_;
  core::Policy core_;
  std::unique_ptr<Names> names_;
  std::vector<std::vector<Index>> covered_;   ///< per chain: the terms that an approver signs
  std::string digest_;
  mutable std::mutex lock_;
  mutable std::vector<std::unique_ptr<Workspace>> idle_;

 public:
  ~Policy();
};

}  // namespace writ::authzen
