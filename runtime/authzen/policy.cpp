#include "runtime/authzen/policy.h"

#include <cstring>

#include "runtime/authzen/covered.h"
#include "runtime/authzen/sha256.h"
#include "runtime/authzen/workspace.h"

namespace writ::authzen {

/// A workspace for the time of one question; grows where the question needs more.
class Lease {
 public:
  explicit Lease(const Policy& policy) : policy_(policy) {
    {
      const std::lock_guard lock(policy.lock_);
      if (!policy.idle_.empty()) {
        workspace_ = std::move(policy.idle_.back());
        policy.idle_.pop_back();
      }
    }
    if (!workspace_) workspace_ = std::make_unique<Workspace>(policy.core_, core::scratch_bytes(policy.core_));
  }
  ~Lease() {
    if (workspace_->size > 2 * core::scratch_bytes(policy_.core_)) return;   // what one large question needed is not kept
    const std::lock_guard lock(policy_.lock_);
    policy_.idle_.push_back(std::move(workspace_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  template <class Ask>
  auto ask(Ask question) { return ask_with(policy_.core_, workspace_, question); }

 private:
  const Policy& policy_;
  std::unique_ptr<Workspace> workspace_;
};

namespace {

tl::unexpected<LoadError> refuse(runtime::Validation v) {
  return tl::unexpected(LoadError{std::string(runtime::to_string(v.refusal)), std::string(runtime::sentence(v.refusal)), v.section, v.record});
}
tl::unexpected<LoadError> refuse(std::string_view code, std::string_view what) { return tl::unexpected(LoadError{std::string(code), std::string(what)}); }

tl::unexpected<LoadError> refuse(core::Unfit unfit) {
  switch (unfit) {
    case core::Unfit::none: break;
    case core::Unfit::memory_too_small: return refuse("memory_too_small", "the loader was given less memory than it asked for");
    case core::Unfit::nesting_too_deep: return refuse("nesting_too_deep", "a term or condition is nested deeper than the core follows");
    case core::Unfit::too_many_sides: return refuse("too_many_sides", "a rule about people has more steps than the core counts");
    case core::Unfit::chain_empty: return refuse("chain_empty", "an approval is one that nobody need give, or nobody can");
    case core::Unfit::chain_too_wide: return refuse("chain_too_wide", "an approval can be given in more ways, or by more people, than the core tries");
  }
  return refuse("none", "");
}

}  // namespace

tl::unexpected<Error> no_decision(core::Status status) {
  switch (status) {
    case core::Status::ok: break;
    case core::Status::scratch_too_small:
    case core::Status::too_costly: return tl::unexpected(Error{"too_costly", "", "deciding this takes more steps than any honest request"});
    case core::Status::not_yet_valid: return tl::unexpected(Error{"not_yet_valid", "context.time", "the bundle does not hold yet at that time"});
    case core::Status::expired: return tl::unexpected(Error{"expired", "context.time", "the bundle no longer holds at that time"});
    case core::Status::bad_request: break;
  }
  return tl::unexpected(Error{"bad_request", "", "the bound request is not sound"});
}

namespace {

core::Status mark_approvals(const core::Policy& policy, const std::vector<std::vector<Index>>& covered, Bound& bound, Lease& lease) {
  if (bound.request.refused != core::Refused::No) return core::Status::ok;
  std::vector<std::optional<std::string>> known(covered.size());
  for (std::size_t i = 0; i < bound.approvals.size(); ++i) {
    core::Approval& a = bound.approvals[i];
    if (!known[a.chain]) {
      Signed s = lease.ask([&](core::Scratch& scratch) { return approval_digest(policy, bound, scratch, covered[a.chain]); });
      if (s.status != core::Status::ok) return s.status;
      known[a.chain] = std::move(s.digest);
    }
    a.digest_matches = !known[a.chain]->empty() && *known[a.chain] == bound.claims[i].digest;
  }
  return core::Status::ok;
}

}  // namespace

Policy::~Policy() = default;

tl::expected<std::shared_ptr<const Policy>, LoadError> Policy::load(std::string_view bytes) {
  if (bytes.size() > layout::kMaxBytes) return refuse(runtime::validate(nullptr, bytes.size()));   // before a copy is made
  std::shared_ptr<Policy> policy(new Policy);
  policy->bytes_.resize((bytes.size() + 7) / 8);
  if (!bytes.empty()) std::memcpy(policy->bytes_.data(), bytes.data(), bytes.size());
  const runtime::Validation judged = runtime::validate(policy->bytes_.data(), bytes.size());
  if (!judged.accepted()) return refuse(judged);
  policy->view_ = judged.view;
  policy->index_.resize((core::policy_bytes(policy->view_) + 7) / 8);
  const core::Loaded loaded = core::load(policy->view_, std::as_writable_bytes(std::span(policy->index_)));
  if (loaded.unfit != core::Unfit::none) return refuse(loaded.unfit);
  policy->core_ = loaded.policy;
  policy->names_ = std::make_unique<Names>(policy->view_);
  auto covered = covered_terms(policy->view_);
  if (!covered) return refuse("approvals_too_entangled", "what approvals cover takes more steps to tell than in any honest bundle");
  policy->covered_ = std::move(*covered);
  policy->digest_ = sha256(bytes);
  if (policy->digest_.empty()) return refuse("no_digest", "libcrypto does not offer SHA-256");
  return std::shared_ptr<const Policy>(std::move(policy));
}

tl::expected<json::Value, Error> read_request(std::string_view text) {
  auto parsed = json::parse(text);
  if (parsed) return std::move(*parsed);
  const bool large = parsed.error().what == "larger than the limit";
  return tl::unexpected(Error{large ? "too_large" : "not_json", "byte " + std::to_string(parsed.error().offset), parsed.error().what});
}

tl::expected<std::unique_ptr<Bound>, Error> Policy::bind_marked(const json::Value& json) const {
  auto bound = bind(Schema{view_, *names_}, json);
  if (!bound || (*bound)->approvals.empty()) return bound;
  Lease lease(*this);
  if (const auto marked = mark_approvals(core_, covered_, **bound, lease); marked != core::Status::ok) return no_decision(marked);
  return bound;
}

tl::expected<Answer, Error> Policy::decide(const json::Value& json) const {
  auto bound = bind_marked(json);
  if (!bound) return tl::unexpected(std::move(bound.error()));
  Lease lease(*this);
  const core::Evaluated told = lease.ask([&](core::Scratch& scratch) { return core::evaluate(core_, (*bound)->request, scratch, core::Tell::Everything); });
  if (told.status != core::Status::ok) return no_decision(told.status);
  Answer answer;
  answer.decision = explain::tell(view_, told.decision);
  answer.ignored = std::move((*bound)->ignored);
  if (told.decision.reads_history) answer.holds_for_version = (*bound)->history_version;
  answer.bundle = digest_;
  answer.policy_version = view_.text(view_.manifest->policy_version);
  answer.decision_id = sha256(digest_ + json::canonical(json)).substr(7);
  return answer;
}

tl::expected<Answer, Error> Policy::decide_text(std::string_view request) const {
  const auto json = read_request(request);
  if (!json) return tl::unexpected(json.error());
  return decide(*json);
}

tl::expected<std::string, Error> Policy::approval_digest(const json::Value& json, std::string_view chain) const {
  const Index id = names_->chains_full.first(chain);
  if (id == kNone) return tl::unexpected(Error{"bad_request", "", "no approval is called `" + std::string(chain) + "`"});
  const auto bound = bind(Schema{view_, *names_}, json);
  if (!bound) return tl::unexpected(bound.error());
  if ((*bound)->request.refused != core::Refused::No) return tl::unexpected(Error{std::string(core::to_string((*bound)->request.refused)), "", "no request that could be approved"});
  Lease lease(*this);
  const Signed s = lease.ask([&](core::Scratch& scratch) { return authzen::approval_digest(core_, **bound, scratch, covered_[id]); });
  if (s.status != core::Status::ok) return no_decision(s.status);
  return s.digest;
}

}  // namespace writ::authzen
