#include "compiler/interpret/interpret.h"

#include <fmt/format.h>

#include "compiler/interpret/approvals.h"
#include "compiler/interpret/computation.h"

namespace writ::interpret {
namespace {

using question::Decision;

bool reads_history(const World& world) {
  const auto it = world.kernel().restrictions_of_action.find(*world.request().action);
  if (it == world.kernel().restrictions_of_action.end()) return false;
  for (const RestrictionId id : it->second) {
    const auto kind = world.kernel().restrictions[id].kind;
    if (kind == kernel::Restriction::Kind::Object || kind == kernel::Restriction::Kind::People) return true;
  }
  return false;
}

Decision refused(const Request& request) {
  Decision d;
  d.outcome = Outcome::Deny;
  d.reason = request.refusal;
  return d;
}

Decision decide_perform(const World& world, const Options& options) {
  const Computation c = perform(world);
  Decision d;
  d.outcome = outcome_of(c);
  Instant until = valid_until(c, d.outcome);
  const Teller teller{world, options};
  teller.tell(d, c);
  teller.obligations(d, until);
  teller.nearest(d, c);
  if (until != kForever) d.valid_until = until;
  d.findings = not_enforced(world);
  if (reads_history(world)) d.holds_for_version = world.request().history.version;
  return d;
}

/// 11.2: the bundle's end, `reuse at most`, and a time that nobody gave.
void cap(Decision& d, const World& world, const Options& options) {
  const std::optional<Instant>& now = world.request().time;
  const auto at_most = [&](Instant t) { d.valid_until = std::min(d.valid_until.value_or(kForever), t); };
  if (!now) { d.valid_until = 0; return; }
  if (options.not_after) at_most(*options.not_after);
  if (world.kernel().reuse_at_most != 0) at_most(*now + world.kernel().reuse_at_most);
}

}  // namespace

Interpreter::Interpreter(const kernel::Kernel& kernel, Options options) : kernel_(&kernel), options_(std::move(options)) {}

tl::expected<Decision, RequestError> Interpreter::decide(const json::Value& json) const {
  const auto request = bind(*kernel_, json);
  if (!request) return tl::unexpected(request.error());
  const World world(*kernel_, *request);
  Decision d;
  if (!request->refusal.empty()) d = refused(*request);
  else d = request->assign ? assign(world, options_) : decide_perform(world, options_);
  cap(d, world, options_);
  d.ignored = request->ignored;
  d.bundle = options_.bundle_digest;
  d.policy_version = kernel_->policy_version;
  // An id names a decision of one bundle; sources change under the same request.
  if (!options_.bundle_digest.empty()) d.decision_id = sha256(options_.bundle_digest + json::canonical(json)).substr(7);
  return d;
}

tl::expected<Decision, RequestError> Interpreter::decide_text(std::string_view text) const {
  const auto json = json::parse(text);
  if (!json) {
    const bool large = json.error().what == "larger than the limit";
    return tl::unexpected(RequestError{large ? "too_large" : "not_json", fmt::format("byte {}", json.error().offset), json.error().what});
  }
  return decide(*json);
}

tl::expected<std::string, RequestError> Interpreter::request_digest(const json::Value& json, kernel::ChainId chain,
                                                                    const std::vector<std::pair<std::string, json::Value>>& over) const {
  const auto request = bind(*kernel_, json);
  if (!request) return tl::unexpected(request.error());
  if (!request->refusal.empty()) return tl::unexpected(RequestError{request->refusal, "", "no request that could be approved"});
  const World world(*kernel_, *request);
  const Scene scene = world.scene(world.find(request->assign ? request->resource : request->subject));
  std::map<std::string, std::string> replaced;
  for (const auto& [path, value] : over) {
    // The replaced value is read as the fact of that name, so that it is spelt as a digest spells it.
    const bool input = path.starts_with("input.");
    const EntityId type = input ? request->input.type : request->resource.first;
    const auto dot = path.rfind('.');
    const auto id = type ? kernel_->schema.find_attribute(type, path.substr(dot + 1)) : std::nullopt;
    if (!id) return tl::unexpected(RequestError{"bad_request", path, "no such fact"});
    const Fact fact = read_fact(kernel_->schema, kernel_->schema.attributes[*id].type, value);
    Evaluated e;
    if (fact.state == Fact::State::Unknown) return tl::unexpected(RequestError{"bad_request", path, fact.reason});
    e.state = fact.state;
    if (kernel_->schema.attributes[*id].type.set) { e.values = fact.values; e.complete = fact.complete; }
    else if (fact.state == Fact::State::Known) e = known(fact.values.at(0));
    replaced[path] = digest_text(kernel_->schema, e);
  }
  return digest_of(world, chain, scene, replaced);
}

}  // namespace writ::interpret
