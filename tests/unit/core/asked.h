// Policies of the firm of semantics.md as bundles, and requests without JSON: names are resolved here, once.
#pragma once

#include <cstring>
#include <deque>
#include <map>
#include <memory>

#include <fmt/format.h>

#include "compiler/emit/emit.h"
#include "compiler/lower/lower.h"
#include "runtime/core/evaluate.h"
#include "runtime/core/explain.h"
#include "tests/unit/kernel/surface.h"

namespace writ::core {

inline constexpr Instant kNoon = 1'780'315'200'000;   // 2026-06-01T12:00:00Z
inline constexpr Instant kDay = 86'400'000;

/// A bundle in memory, validated and indexed.
class Bundle {
 public:
  explicit Bundle(const std::string& statements = "", bool in_firm = true) {
    const auto e = in_firm ? kernel::elaborate_in_firm(statements) : kernel::elaborate_texts({statements});
    EXPECT_TRUE(e->kernel) << e->messages();
    if (e->kernel) accept(emit::to_bytes(lower::lower(*e->kernel, {})));
  }
  explicit Bundle(const decision_ir::Tables& tables) { accept(emit::to_bytes(tables)); }

  const runtime::View& view() const { return validation_.view; }
  const Policy& policy() const { return loaded_.policy; }
  Unfit unfit() const { return loaded_.unfit; }

  Index action(std::string_view name) const { return find(view().actions, name, [](const auto& a) { return a.name; }); }
  Index role(std::string_view name) const { return find(view().roles, name, [](const auto& r) { return r.local; }); }
  Index entity(std::string_view name) const { return find(view().entities, name, [](const auto& e) { return e.local; }); }
  Index chain(std::string_view name) const { return find(view().chains, name, [](const auto& c) { return c.name; }); }
  Index control(std::string_view name) const { return find(view().controls, name, [](const auto& c) { return c.name; }); }
  Index lift(std::string_view name) const { return find(view().lifts, name, [](const auto& l) { return l.id; }); }
  Index attribute(Index entity, std::string_view name) const {
    const layout::Entity& e = view().entities[entity];
    for (Index a = e.first_attribute; a < e.first_attribute + e.attribute_count; ++a)
      if (view().text(view().attributes[a].name) == name) return a;
    ADD_FAILURE() << "no attribute " << name;
    return 0;
  }
  Index dimension(std::string_view name) const { return find(view().enums, name, [](const auto& e) { return e.local; }); }
  Value en(std::string_view type, std::string_view name) const {
    const Index id = dimension(type);
    const layout::Enum& e = view().enums[id];
    for (std::uint32_t i = 0; i < e.value_count; ++i)
      if (view().text(view().enum_values[e.first_value + i].name) == name) return {layout::Scalar::Enum, id, i, {}};
    ADD_FAILURE() << "no value " << name;
    return {};
  }

 private:
  template <class T, class Name>
  Index find(const runtime::Table<T>& table, std::string_view name, Name of) const {
    for (Index i = 0; i < table.count; ++i) {
      const std::string_view text = view().text(of(table[i]));
      if (text == name || (text.size() > name.size() && text.ends_with(name) && text[text.size() - name.size() - 1] == '.')) return i;
    }
    ADD_FAILURE() << "no " << name;
    return 0;
  }
  void accept(const std::string& bytes) {
    words_.resize(bytes.size() / 8 + 1);
    std::memcpy(words_.data(), bytes.data(), bytes.size());
    validation_ = runtime::validate(words_.data(), bytes.size());
    EXPECT_TRUE(validation_.accepted()) << to_string(validation_.refusal) << " section " << validation_.section << " record " << validation_.record;
    if (!validation_.accepted()) return;
    index_.resize(policy_bytes(view()) / 8 + 1);
    loaded_ = load(view(), std::as_writable_bytes(std::span(index_)));
  }

  std::vector<std::uint64_t> words_, index_;
  runtime::Validation validation_;
  Loaded loaded_;
};

/// A Scratch with its memory.
class Memory {
 public:
  explicit Memory(const Policy& policy, std::size_t bytes = 0)
      : words_((bytes ? bytes : scratch_bytes(policy)) / 16 + 1), scratch(policy, std::as_writable_bytes(std::span(words_))) {}

 private:
  struct alignas(16) Word { std::uint64_t a = 0, b = 0; };
  std::vector<Word> words_;

 public:
  Scratch scratch;
};

inline Value number(std::int64_t n) { return {layout::Scalar::Int, 0, n, {}}; }
inline Value euro(std::int64_t n) { return {layout::Scalar::Money, 0, n * 10'000, "EUR"}; }
inline Value text(std::string_view t) { return {layout::Scalar::String, 0, 0, t}; }
inline Value yes(bool b) { return {layout::Scalar::Bool, 0, b, {}}; }
inline Value instant(Instant t) { return {layout::Scalar::Time, 0, t, {}}; }

/// A request that owns what it says. Ada asks; nothing else is known.
class Asked {
 public:
  Asked(const Bundle& bundle, std::string_view action, std::string who = "ada", std::string_view type = "Employee") : b_(bundle) {
    request_.action = bundle.action(action);
    request_.time = kNoon;
    request_.history = {{}, true, true, true, Reason::incomplete, kNoInstant};
    subject_ = {bundle.entity(type), who};
    of(subject_);
    request_.path_supplied = false;
    path_ = {hop(type, who)};
    request_.context.type = bundle.entity("context");
    context_.resize(b_.view().entities[request_.context.type].attribute_count);
  }

  struct Owner {
    std::vector<Fact> facts;
    std::vector<Held> held;
    std::vector<Anonymous> access;
    std::vector<std::string_view> managers, owned, ancestors;
    bool complete = true, managers_complete = true, owned_complete = true, shared = false;
  };
  Owner& of(const std::pair<Index, std::string>& key) {
    Owner& o = owners_[key];
    o.facts.resize(b_.view().entities[key.first].attribute_count);
    return o;
  }
  Owner& of(std::string_view type, const std::string& id) { return of({b_.entity(type), id}); }
  Owner& me() { return of(subject_); }

  Fact& fact(std::string_view type, const std::string& id, std::string_view name) {
    const Index e = b_.entity(type);
    return of(type, id).facts[b_.attribute(e, name) - b_.view().entities[e].first_attribute];
  }
  Asked& known(std::string_view type, const std::string& id, std::string_view name, const Value& value) {
    fact(type, id, name) = {State::Known, false, Reason::not_supplied, kNoInstant, value, {}};
    return *this;
  }
  Asked& absent(std::string_view type, const std::string& id, std::string_view name) {
    fact(type, id, name).state = State::Absent;
    return *this;
  }
  Asked& set(std::string_view type, const std::string& id, std::string_view name, std::vector<Value> values, bool complete = true) {
    const auto& kept = values_.emplace_back(std::move(values));
    fact(type, id, name) = {State::Known, complete, Reason::incomplete, kNoInstant, {}, kept};
    return *this;
  }
  Asked& context(std::string_view name, const Value& value) {
    const Index e = request_.context.type;
    context_[b_.attribute(e, name) - b_.view().entities[e].first_attribute] = {State::Known, false, Reason::not_supplied, kNoInstant, value, {}};
    return *this;
  }
  Value ref(std::string_view type, std::string_view id) const { return {layout::Scalar::Ref, b_.entity(type), 0, id}; }

  /// An Employee of the firm with everything known.
  Asked& employed(const std::string& id = "ada") {
    known("Employee", id, "dept", b_.en("Dept", "AP")).known("Employee", id, "grade", number(3));
    set("Employee", id, "entities", {b_.en("Entity", "DE"), b_.en("Entity", "FR")}).known("Employee", id, "manager", ref("Employee", "eve"));
    set("Employee", id, "training", {text("SOX")}).known("Employee", id, "hired", instant(0)).absent("Employee", id, "last_day");
    return known("Employee", id, "limit", euro(1));
  }
  Asked& invoice(const std::string& id = "i", std::int64_t amount = 500) {
    resource_ = {b_.entity("Invoice"), id};
    known("Invoice", id, "entity", b_.en("Entity", "DE")).known("Invoice", id, "vendor", ref("Vendor", "v")).absent("Invoice", id, "order");
    return known("Invoice", id, "amount", euro(amount)).known("Invoice", id, "period", b_.en("Period", "open"));
  }
  Asked& run(const std::string& id = "r", std::int64_t total = 500) {
    resource_ = {b_.entity("Run"), id};
    known("Run", id, "entity", b_.en("Entity", "DE")).set("Run", id, "vendors", {ref("Vendor", "v")});
    return known("Run", id, "total", euro(total)).known("Run", id, "hit", yes(false));
  }
  Asked& vendor(const std::string& id = "v") {
    resource_ = {b_.entity("Vendor"), id};
    return known("Vendor", id, "entity", b_.en("Entity", "DE"));
  }

  Held& held(std::string_view role, std::vector<Argument> args = {}, std::string id = "") {
    Held h;
    h.role = b_.role(role);
    h.since_ever = h.endless = h.rests_on_complete = true;
    h.args = arguments_.emplace_back(std::move(args));
    auto& all = (id.empty() ? me() : of("Employee", id)).held;
    all.push_back(h);
    return all.back();
  }
  Hop hop(std::string_view type, const std::string& id) {
    Hop h;
    h.attested = true;
    h.who = {b_.entity(type), keep(id)};
    return h;
  }
  Event& event(std::string_view action, const std::string& who, std::string_view key_type, const std::string& key, Instant time = kNoon - kDay) {
    Event e;
    e.action = b_.action(action);
    e.time = time;
    e.path = hops_.emplace_back(std::vector{hop("Employee", who)});
    e.keys = keys_.emplace_back(std::vector<EventKey>{{b_.entity(key_type), keep(key)}});
    return events_.emplace_back(e);
  }
  Approval& approval(std::string_view chain, std::uint32_t step, const std::string& who, Instant given = kNoon - 3'600'000) {
    Approval a;
    a.chain = b_.chain(chain);
    a.step = step;
    a.digest_matches = a.readable = true;
    a.requested = a.given = given;
    a.approver = hops_.emplace_back(std::vector{hop("Employee", who)});
    return approvals_.emplace_back(a);
  }
  std::string_view keep(const std::string& s) { return texts_.emplace_back(s); }

  std::vector<Hop>& path() { return path_; }
  Warrants& warrants() { return request_.warrants; }
  std::vector<ControlState>& controls() { return controls_; }
  Request& raw() { return request_; }

  const Request& request() {
    records_.clear();
    for (auto& [key, o] : owners_) {
      std::stable_sort(o.held.begin(), o.held.end(), [](const Held& a, const Held& b) { return a.role < b.role; });
      Record r;
      r.type = key.first;
      r.id = key.second;
      r.shared = o.shared;
      r.facts = o.facts;
      r.held = {o.held, o.access, o.complete, Reason::incomplete};
      r.managers = {o.managers, o.managers_complete};
      r.owned = {o.owned, o.owned_complete};
      r.ancestors = {o.ancestors, true};
      if (key == subject_) request_.subject = static_cast<std::uint32_t>(records_.size());
      if (key == resource_) request_.resource = static_cast<std::uint32_t>(records_.size());
      records_.push_back(r);
    }
    request_.entities = records_;
    request_.path = path_;
    request_.context.facts = context_;
    request_.history.events = events_;
    request_.warrants.approvals = approvals_;
    request_.controls = controls_;
    return request_;
  }

 private:
  const Bundle& b_;
  Request request_;
  std::pair<Index, std::string> subject_, resource_;
  std::map<std::pair<Index, std::string>, Owner> owners_;
  std::vector<Record> records_;
  std::vector<Hop> path_;
  std::vector<Fact> context_;
  std::vector<Event> events_;
  std::vector<Approval> approvals_;
  std::vector<ControlState> controls_;
  std::deque<std::vector<Value>> values_;
  std::deque<std::vector<Argument>> arguments_;
  std::deque<std::vector<Hop>> hops_;
  std::deque<std::vector<EventKey>> keys_;
  std::deque<std::string> texts_;
};

inline std::string_view local(std::string_view name) { return name.substr(name.rfind('.') + 1); }

/// "permit", "deny by bp", "indeterminate unknown resource.amount(not_supplied)", "pending missing dual 1" …
inline std::string told(const Bundle& b, const Decision& d) {
  std::string said(to_string(d.outcome));
  if (d.reason != Refused::No) said += fmt::format(" {}", to_string(d.reason));
  if (d.outcome == Outcome::Deny)
    for (const Citation& c : d.decided_by) said += fmt::format(" by {}", local(b.view().text(c.id)));
  std::vector<std::string> unknown;
  for (const UnknownFact& u : d.unknown) {
    char name[200];
    unknown.push_back(fmt::format(" unknown {}({})", std::string_view(name, fact_name(b.view(), u, name)), to_string(u.reason)));
  }
  std::sort(unknown.begin(), unknown.end());
  unknown.erase(std::unique(unknown.begin(), unknown.end()), unknown.end());
  for (const std::string& u : unknown) said += u;
  for (const Index l : d.lifts) said += fmt::format(" lift {}", local(b.view().text(b.view().lifts[l].id)));
  for (const Missing& m : d.missing) {
    const layout::Lift& lift = b.view().lifts[m.lift];
    const bool mfa = lift.warrant == static_cast<std::uint32_t>(layout::WarrantKind::Mfa);
    if (m.step == 0) said += mfa ? " missing mfa" : fmt::format(" missing evidence {}", b.view().text(lift.evidence));
    else said += fmt::format(" missing {} {}", local(b.view().text(b.view().chains[lift.chain].name)), m.step);
  }
  return said;
}

struct Answer {
  Status status;
  std::string said;
  Instant until;
};
inline Answer answer(const Bundle& b, Asked& asked) {
  Memory memory(b.policy());
  const Evaluated e = evaluate(b.policy(), asked.request(), memory.scratch);
  const Evaluated silent = evaluate(b.policy(), asked.request(), memory.scratch, Tell::Outcome);
  EXPECT_EQ(silent.status, e.status);
  EXPECT_EQ(silent.decision.outcome, e.decision.outcome);
  EXPECT_EQ(silent.decision.valid_until, e.decision.valid_until);
  const std::string said = e.status == Status::ok ? told(b, evaluate(b.policy(), asked.request(), memory.scratch).decision) : "no decision";
  return {e.status, said, e.decision.valid_until};
}
inline std::string say(const Bundle& b, Asked& asked) { return answer(b, asked).said; }
inline Argument arg(const Value& value) { return {true, value}; }

}  // namespace writ::core
