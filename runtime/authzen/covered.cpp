#include "runtime/authzen/covered.h"

#include <algorithm>

#include "runtime/authzen/sha256.h"
#include "runtime/core/explain.h"
#include "runtime/explain/explain.h"

namespace writ::authzen {
namespace {

/// Walks conditions and terms without recursion, each once per chain.
class Collector {
 public:
  explicit Collector(const View& view) : view_(view), seen_terms_(view.terms.count, kNone), seen_conds_(view.conds.count, kNone) {}

  bool tired() const { return work_ > kMostWork; }

  void condition(Index chain, Index cond, std::vector<Index>& into) {
    std::vector<Index> open{cond};
    while (!open.empty() && !tired()) {
      const Index c = open.back();
      open.pop_back();
      ++work_;
      if (c == kNone || seen_conds_[c] == chain) continue;
      seen_conds_[c] = chain;
      for (const Index t : view_.list(view_.conds[c].terms)) term(chain, t, into);
      for (const Index operand : view_.list(view_.conds[c].conds)) open.push_back(operand);
    }
  }

 private:
  static constexpr std::uint64_t kMostWork = 50'000'000;

  void term(Index chain, Index first, std::vector<Index>& into) {
    std::vector<Index> open{first};
    while (!open.empty() && !tired()) {
      const Index t = open.back();
      open.pop_back();
      ++work_;
      if (seen_terms_[t] == chain) continue;
      seen_terms_[t] = chain;
      if (view_.terms[t].kind != static_cast<std::uint32_t>(layout::TermKind::Attribute)) {
        for (const Index operand : view_.list(view_.terms[t].terms)) open.push_back(operand);
      } else if (of_the_act(t)) {
        into.push_back(t);
      }
    }
  }
  bool of_the_act(Index t) {
    while (view_.terms[t].kind == static_cast<std::uint32_t>(layout::TermKind::Attribute) && !tired()) {
      ++work_;
      t = view_.list(view_.terms[t].terms)[0];
    }
    const layout::Term& base = view_.terms[t];
    const bool act = base.root == static_cast<std::uint32_t>(layout::Root::Resource) || base.root == static_cast<std::uint32_t>(layout::Root::Input);
    return base.kind == static_cast<std::uint32_t>(layout::TermKind::Root) && act;
  }

  const View& view_;
  std::vector<Index> seen_terms_, seen_conds_;
  std::uint64_t work_ = 0;
};

std::string text_of(const View& view, const core::TermValue& v) {
  if (v.state == core::State::Absent) return "none";
  if (!v.set) return spelt(view, v.value);
  std::string out = "{";
  for (const core::Value& one : v.values) out += (out.size() > 1 ? ", " : " ") + spelt(view, one);
  return out + " }";
}

std::string name_of(const View& view, const core::Key& key) { return std::string(view.text(view.entities[key.type].local)) + "/" + std::string(key.id); }

Signed failed(core::Status status) { return {status, ""}; }

}  // namespace

std::optional<std::vector<std::vector<Index>>> covered_terms(const View& view) {
  std::vector<std::vector<Index>> all(view.chains.count);
  std::vector<std::vector<Index>> lifts(view.chains.count);
  for (Index l = 0; l < view.lifts.count; ++l) {
    const layout::Lift& lift = view.lifts[l];
    const bool asks = lift.kind == static_cast<std::uint32_t>(layout::LiftKind::Warrant) && lift.warrant == static_cast<std::uint32_t>(layout::WarrantKind::Approval);
    if (asks && lift.chain != kNone) lifts[lift.chain].push_back(l);
  }
  Collector collector(view);
  for (Index c = 0; c < view.chains.count; ++c) {
    const auto over = view.list(view.chains[c].over);
    all[c].assign(over.begin(), over.end());
    if (over.count > 0) continue;
    for (const Index l : lifts[c])
      for (const Index a : view.list(view.restrictions[view.lifts[l].of].accesses)) collector.condition(c, view.accesses[a].where, all[c]);
    if (collector.tired()) return std::nullopt;
  }
  return all;
}

Signed approval_digest(const core::Policy& policy, const Bound& bound, core::Scratch& scratch, std::span<const Index> covered) {
  const View& view = *policy.view;
  const core::Request& request = bound.request;
  const core::Requesters asking = core::requesters(policy, request, scratch);
  if (asking.status != core::Status::ok) return failed(asking.status);
  std::vector<std::string> persons;
  for (const core::Key& key : asking.persons) persons.push_back(name_of(view, key));
  std::sort(persons.begin(), persons.end());
  json::Value people = json::array();
  for (const std::string& p : persons) people.items.push_back(json::string(p));

  json::Value over = json::object();
  for (const Index term : covered) {
    const core::TermValue v = core::term_value(policy, request, scratch, term);
    if (v.status != core::Status::ok) return failed(v.status);
    if (v.state == core::State::Unknown || (v.set && v.state == core::State::Known && !v.complete)) return {};
    json::set(over, explain::term_name(view, term), json::string(text_of(view, v)));
  }
  const bool on_something = request.resource != kNone;
  const core::Key resource = on_something ? core::Key{request.entities[request.resource].type, request.entities[request.resource].id} : core::Key{};
  return {core::Status::ok, sha256(json::canonical(json::object({
      {"question", json::string("perform")},
      {"persons", people},
      {"action", json::string(std::string(bound.action_name))},
      {"resource", on_something ? json::string(name_of(view, resource)) : json::null()},
      {"role", json::null()},
      {"args", json::object()},
      {"from", json::null()},
      {"until", json::null()},
      {"over", over},
  })))};
}

}  // namespace writ::authzen
