// What is presented with a request: approvals, second factors, evidence; and how controls stand (semantics.md 7, 8.2).
#include <charconv>

#include "runtime/authzen/binder.h"

namespace writ::authzen {
namespace {

constexpr std::size_t kMostApprovals = 65'536;

/// The whole part of a short number; else 0.
std::uint32_t step_of(const json::Value& step) {
  if (!step.is(json::Kind::Number) || step.text.size() >= 5) return 0;
  std::int32_t n = 0;
  std::from_chars(step.text.data(), step.text.data() + step.text.size(), n);
  return n < 0 ? 0 : static_cast<std::uint32_t>(n);
}

}  // namespace

core::Approval Binder::approval(const json::Value& json) {
  core::Approval a;
  for (const json::Member& m : json.members) {
    if (m.name == "step") a.step = step_of(m.value);
    else if (m.name == "requested") a.requested = instant_in(m.value);
    else if (m.name == "given") a.given = instant_in(m.value);
    else if (m.name == "approver") a.approver = loose_path(&m.value);
    else if (m.name == "withdrawn") a.withdrawn = !m.value.is(json::Kind::Null);
    else if (m.name == "verdict" && m.value.is(json::Kind::String)) {
      a.rejected = m.value.text == "rejected";
      a.readable = a.rejected || m.value.text == "approved";
    }
  }
  return a;
}

/// A record counts for every chain that its name fits.
Done Binder::approvals(const json::Value& json) {
  std::vector<core::Approval> all;
  for (const json::Value& item : json.items) {
    const std::string_view name = text_of(item, "approval").value_or("");
    core::Approval a = approval(item);
    for (const Lookup* lookup : {&names().chains_full, &names().chains_local}) {
      for (const Lookup::Entry& chain : lookup->find(name)) {
        if (all.size() == kMostApprovals) return invalid("too_large", "context.warrants.approvals", "more approvals than can be looked at");
        a.chain = chain.id;
        all.push_back(a);
        bound_->claims.push_back({text_of(item, "digest").value_or("")});
      }
    }
  }
  bound_->approvals = memory_.keep(all);
  request_.warrants.approvals = bound_->approvals;
  return {};
}

Done Binder::warrants(const json::Value& json) {
  core::Warrants& w = request_.warrants;
  if (const json::Value* mfa = json.find("mfa"); mfa && mfa->is(json::Kind::Object)) {
    w.mfa = true;
    w.mfa_time = instant_of(*mfa, "time");
  }
  std::vector<std::string_view> evidence;
  for (const json::Value& item : items_of(json, "evidence"))
    if (const auto kind = text_of(item, "kind")) evidence.push_back(*kind);
  w.evidence = memory_.keep(evidence);
  std::vector<core::Delegation> delegations;
  for (const json::Value& item : items_of(json, "delegations")) {
    const auto from = text_of(item, "delegator"), to = text_of(item, "delegatee");
    if (from && to) delegations.push_back({*from, *to});
  }
  w.delegations = memory_.keep(delegations);
  const json::Value* list = json.find("approvals");
  return list ? approvals(*list) : Done{};
}

core::ControlState Binder::control(const json::Value& json) {
  core::ControlState state;
  state.tested = instant_of(json, "tested");
  if (const json::Value* e = json.find("effective"); e && e->is(json::Kind::Boolean)) {
    state.effective_state = core::State::Known;
    state.effective = e->boolean;
  }
  std::vector<core::Monitor> monitors;
  for (const json::Value& item : items_of(json, "monitors")) {
    std::vector<std::string_view> not_below;
    for (const json::Value& person : items_of(item, "not_below"))
      if (person.is(json::Kind::String)) not_below.push_back(person.text);
    monitors.push_back({text_of(item, "id").value_or(""), is_true(item, "active"), memory_.keep(not_below)});
  }
  state.monitors = memory_.keep(monitors);
  return state;
}

/// A state under a control's full name counts before one under its last part.
void Binder::controls(const json::Value& json) {
  std::vector<core::ControlState> all;
  for (const json::Member& m : json.members) {
    core::ControlState state = control(m.value);
    const auto add = [&](Index id) {
      state.control = id;
      all.push_back(state);
    };
    for (const Lookup::Entry& c : names().controls.full.find(m.name))
      if (afford(1)) add(c.id);
    for (const Lookup::Entry& c : names().controls.local.find(m.name))
      if (afford(json.members.size()) && !json.find(view().text(view().controls[c.id].name))) add(c.id);
  }
  request_.controls = memory_.keep(all);
}

}  // namespace writ::authzen
