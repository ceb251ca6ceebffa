// The theorems of semantics.md 15 as properties of generated policies and requests. Each run counts what it saw: a theorem that only ever
// met denials would say little, so an outcome below 15 % fails.
#include <gtest/gtest.h>

#include "compiler/interpret/computation.h"
#include "compiler/interpret/interpret.h"
#include "tests/oracles/theorems/generate.h"

namespace writ::oracles {
namespace {

using interpret::Interpreter;
using kernel::Truth;
using question::Decision;
using question::Outcome;
using typed_ir::Instant;

constexpr std::size_t kPolicies = 60;
constexpr std::size_t kRequests = 25;

std::set<std::string> ids(const std::vector<question::LiftUse>& lifts) {
  std::set<std::string> all;
  for (const auto& l : lifts) all.insert(l.id);
  return all;
}
/// 11.2.
bool same(const Decision& a, const Decision& b) {
  if (a.outcome != b.outcome) return false;
  return a.outcome < Outcome::Pending || (a.obligations == b.obligations && a.missing == b.missing && ids(a.lifts) == ids(b.lifts));
}
/// 11.2: b gives what a refused, or asks for less.
bool wider(const Decision& b, const Decision& a) {
  const bool refused = a.outcome < Outcome::Pending;
  if (refused) return b.outcome >= Outcome::Pending;
  if (b.outcome < Outcome::Pending) return false;
  if (b.outcome > a.outcome) return true;
  if (b.outcome != a.outcome) return false;
  const auto shrunk = [](const auto& less, const auto& more) { return less != more && std::includes(more.begin(), more.end(), less.begin(), less.end()); };
  return shrunk(b.obligations, a.obligations) || shrunk(b.missing, a.missing);
}

struct Compiled {
  std::string text;
  std::unique_ptr<kernel::Elaborated> policy;
  std::optional<Interpreter> interpreter;

  explicit Compiled(const std::string& statements) : text(statements), policy(kernel::elaborate_in_firm(statements)) {
    if (policy->kernel) interpreter.emplace(*policy->kernel);
  }
  Decision ask(const json::Value& request) const {
    WRIT_CHECK(interpreter, "the policy compiles: " + text);
    const auto d = interpreter->decide(request);
    EXPECT_TRUE(d) << d.error().code << " " << d.error().what;
    return d ? *d : Decision{};
  }
};

/// Policies by their text, each compiled once.
class Compiler {
 public:
  const Compiled& operator()(const std::string& text) {
    auto& kept = all_[text];
    if (!kept) kept = std::make_unique<Compiled>(text);
    return *kept;
  }
  void forget() { all_.clear(); }

 private:
  std::map<std::string, std::unique_ptr<Compiled>> all_;
};

/// Who answers: the interpreter, or a mutant of it.
using Evaluate = std::function<Decision(const Compiled&, const json::Value&)>;
Decision honestly(const Compiled& policy, const json::Value& request) { return policy.ask(request); }

struct Case {
  Dice& d;
  const PolicyText& text;
  const Compiled& policy;
  const json::Value& request;
  const Decision& decision;
  const Evaluate& ask;
  Compiler& compile;
  std::map<std::string, std::size_t>& met;   ///< what the theorem needs to have met
};
/// What contradicts the theorem, if anything does.
using Contradiction = std::optional<std::string>;
using Theorem = Contradiction (*)(Case&);

std::string shown(const json::Value& request, const Decision& d) { return json::canonical(request) + "\n" + question::to_json(d); }
Instant time_of(const json::Value& request) { return *interpret::read_instant(at(const_cast<json::Value&>(request), {"context", "time"}).text); }

/// Whether an approval could be signed at all: what it covers is known.
bool can_be_signed(const Compiled& policy, const json::Value& request, const std::string& chain) {
  for (const auto id : policy.policy->kernel->chains.ids()) {
    if (policy.policy->kernel->chains[id].name != chain) continue;
    const auto digest = policy.interpreter->request_digest(request, id);
    return digest && !digest->empty();
  }
  return false;
}

struct Signed {
  const char* by;
  const char* claims;                      ///< the capacity that the record claims
  const char* verdict = "approved";
  int days_ago = 0;
};
/// A record of each step of each chain of this policy for exactly this request: Eve's, but for the second step, Fay's.
json::Value signed_by(const Compiled& policy, const json::Value& request, const Signed& first, const Signed& second) {
  json::Value more = request;
  const Instant now = *interpret::read_instant(at(more, {"context", "time"}).text);
  json::Value& warrants = at(more, {"context", "warrants"});
  json::Value records = warrants.find("approvals") ? *warrants.find("approvals") : json::array();
  for (const auto chain : policy.policy->kernel->chains.ids()) {
    const auto digest = policy.interpreter->request_digest(request, chain);
    for (std::size_t step = 0; digest && step < policy.policy->kernel->chains[chain].steps.size(); ++step) {
      const Signed& who = step == 0 ? first : second;
      const std::string time = question::format_instant(now - who.days_ago * std::int64_t{86'400'000});
      records.items.push_back(json::object({{"approval", json::string(policy.policy->kernel->chains[chain].name)}, {"step", json::number(static_cast<std::int64_t>(step + 1))}, {"digest", json::string(*digest)},
                                            {"requested", json::string(time)}, {"given", json::string(time)}, {"approver", json::array({json::object({{"type", json::string("Employee")}, {"id", json::string(who.by)}})})},
                                            {"capacity", json::string(who.claims)}, {"verdict", json::string(who.verdict)}, {"withdrawn", json::null()}}));
    }
  }
  json::set(warrants, "approvals", records);
  return more;
}
json::Value approved(const Compiled& policy, const json::Value& request) { return signed_by(policy, request, {"eve", "boss"}, {"fay", "chief"}); }

/// The request of the case, or with approvals presented, whoever they are from.
std::pair<json::Value, Decision> perhaps_approved(Case& c) {
  if (c.d.once_in(2)) return {c.request, c.decision};
  const json::Value request = approved(c.policy, c.request);
  return {request, c.ask(c.policy, request)};
}

Contradiction t1(Case& c) {
  const auto [request, decision] = perhaps_approved(c);
  for (int k = 0; k < 4; ++k) {
    json::Value part = request;
    for (std::size_t n = 1 + c.d.upto(3); n > 0; --n) forget(c.d, part);
    const Decision less = c.ask(c.policy, part);
    const bool ok = less.outcome == Outcome::Indeterminate || less.outcome == decision.outcome || (less.outcome == Outcome::Pending && decision.outcome == Outcome::Permit);
    if (!ok) return shown(request, decision) + "\n" + shown(part, less);
  }
  return std::nullopt;
}

/// All that can be missing here: mfa, a call, and the approval of exactly this request by people who provably fit.
json::Value with_warrants(const Compiled& policy, const json::Value& request) {
  Dice fit(3);
  json::Value more = request;
  const std::string now = at(more, {"context", "time"}).text;
  json::Value& people = at(more, {"context", "entities", "Employee"});
  const auto approver = [&](const char* role) {
    for (;;) {
      const json::Value one = generate_approver(fit, role, "");
      if (!at(const_cast<json::Value&>(one), {"held", "roles"}).items.empty() && one.find("manager") && one.find("manager")->is(json::Kind::Null)) return one;
    }
  };
  json::set(people, "eve", approver("boss"));
  json::set(people, "fay", approver("chief"));
  json::Value& warrants = at(more, {"context", "warrants"});
  json::set(warrants, "mfa", json::object({{"level", json::number(2)}, {"time", json::string(now)}}));
  json::set(warrants, "evidence", json::array({json::object({{"kind", json::string("call")}, {"id", json::string("1")}})}));
  return approved(policy, more);
}

/// Records that help nobody: of an attempt that ran out, of somebody who is no party, a no of his.
json::Value with_useless_records(Case& c) {
  switch (c.d.upto(4)) {
    case 0: return signed_by(c.policy, c.request, {"eve", "boss", "approved", 30}, {"fay", "chief", "approved", 30});
    case 1: return signed_by(c.policy, c.request, {"eve", "boss", "approved", 30}, {"fay", "chief", "approved", 20});
    case 2: return signed_by(c.policy, c.request, {"ben", "boss"}, {"ada", "chief"});
    default: {
      const char* asking = c.request.find("subject")->find("id")->text.c_str();
      return signed_by(c.policy, c.request, {asking, "boss", "rejected"}, {asking, "chief", "rejected"});
    }
  }
}

Contradiction t2(Case& c) {
  const json::Value useless = with_useless_records(c);
  const Decision still = c.ask(c.policy, useless);
  c.met["useless record"] += useless.find("context")->find("warrants")->find("approvals")->items.size();
  if (still.outcome < c.decision.outcome) return shown(useless, still);
  const json::Value more = with_warrants(c.policy, c.d.once_in(2) ? c.request : useless);
  const Decision after = c.ask(c.policy, more);
  bool given = true;
  for (const auto& m : c.decision.missing) {
    const bool unsigned_yet = !m.chain.empty() && !can_be_signed(c.policy, c.request, m.chain);   // a fact that it covers has to be supplied first
    given &= !unsigned_yet;
    ++c.met[m.chain.empty() ? m.who : unsigned_yet ? "approval of an unknown fact" : "approval"];
  }
  const bool lower = after.outcome < c.decision.outcome, short_of = given && c.decision.outcome == Outcome::Pending && after.outcome != Outcome::Permit;
  return lower || short_of ? Contradiction(shown(more, after)) : std::nullopt;
}

Contradiction t3(Case& c) {
  const auto [request, decision] = perhaps_approved(c);
  for (int k = 0; k < 8; ++k) {
    json::Value worse = request;
    auto& facts = at(worse, {c.d.once_in(2) ? "subject" : "resource", "properties"}).members;
    json::Member& fact = facts[c.d.upto(facts.size())];
    if (k == 7) deny_managers_of_approvers(worse);
    else if (k == 6) forget_holdings_of_approvers(worse);
    else if (k >= 4) contradict(c.d, worse);
    else if (k == 3 || fact.name == "owned" || fact.name == "held") forget(c.d, worse);
    else if (c.d.once_in(2)) fact.name += "x";
    else fact.value = json::object({{"what", json::string("?")}});
    const Decision after = c.ask(c.policy, worse);
    if (wider(after, decision)) return shown(request, decision) + "\n" + shown(worse, after);
  }
  return std::nullopt;
}

Contradiction t4(Case& c) {
  const Instant start = time_of(c.request), end = c.decision.valid_until.value_or(start + std::int64_t{400} * 86'400'000);
  c.met["an end"] += c.decision.valid_until.has_value();
  if (end <= start) return "it has ended already: " + shown(c.request, c.decision);
  for (const Instant t : {end - 1, start + static_cast<Instant>(c.d.upto(static_cast<std::size_t>(end - start)))}) {
    json::Value later = c.request;
    at(later, {"context", "time"}) = json::string(question::format_instant(t));
    const Decision then = c.ask(c.policy, later);
    if (!same(c.decision, then)) return shown(later, then);
  }
  return std::nullopt;
}

Contradiction t5(Case& c) {
  if (c.text.lifts.empty()) return std::nullopt;
  const Decision base = c.ask(c.compile(c.text.text(c.text.lifts)), c.request);
  const bool over = time_of(c.request) >= *interpret::read_instant("2026-06-25T00:00:00+02:00");
  const std::string& who = at(const_cast<json::Value&>(c.request), {"subject", "id"}).text;
  const bool selected = c.text.lifts.front().find("\"" + who + "\"") != std::string::npos;
  c.met["after the end"] += over;
  return (over || !selected) && !same(base, c.decision) ? Contradiction(shown(c.request, base)) : std::nullopt;
}

Contradiction t6(Case& c) {
  if (c.text.lifts.empty()) return std::nullopt;
  const Decision base = c.ask(c.compile(c.text.text(c.text.lifts)), c.request);
  c.met["lifted"] += c.decision.outcome > base.outcome;
  return c.decision.outcome < base.outcome ? Contradiction(shown(c.request, base)) : std::nullopt;
}

json::Value shuffled(Dice& d, json::Value v) {
  for (json::Value& item : v.items) item = shuffled(d, std::move(item));
  for (json::Member& m : v.members) m.value = shuffled(d, std::move(m.value));
  d.shuffle(v.items);
  d.shuffle(v.members);
  return v;
}

Contradiction t7(Case& c) {
  if (!c.d.once_in(4)) return std::nullopt;
  PolicyText other = c.text;
  c.d.shuffle(other.statements);
  std::string reordered;
  for (const std::string& l : other.lifts) reordered += l + "\n";
  for (const std::string& s : other.statements) reordered += s + "\n";
  Decision a = c.decision, b = c.ask(c.compile(reordered), shuffled(c.d, c.request));
  a.decision_id = b.decision_id = "";
  ++c.met["reordered"];
  return question::to_json(a) != question::to_json(b) ? Contradiction(reordered + question::to_json(b)) : std::nullopt;
}

/// The definition behind the four lines of 11.1, instance by instance.
Contradiction t8(Case& c) {
  const auto request = interpret::bind(*c.policy.policy->kernel, c.request);
  const interpret::World world(*c.policy.policy->kernel, *request);
  const interpret::Computation all = interpret::perform(world);
  enum class Unknowns { Against, For };
  enum class Warrants { Presented, Assumed };
  const auto granted = [&](Unknowns u, Warrants w) {
    const auto counts = [&](Truth t) { return u == Unknowns::Against ? t == Truth::True : t != Truth::False; };
    const bool any = std::any_of(all.grants.begin(), all.grants.end(), [&](const auto& g) { return counts(g.judged.timed.truth); });
    return any && std::all_of(all.instances.begin(), all.instances.end(), [&](const interpret::Instance& i) {
      const Truth rho = i.rho.timed.truth;
      const bool bites = u == Unknowns::Against ? rho != Truth::False : rho == Truth::True;
      return !bites || std::any_of(i.lifts.begin(), i.lifts.end(), [&](const auto& l) { return counts((w == Warrants::Presented ? l.met : l.obtainable).timed.truth); });
    });
  };
  const Outcome expected = granted(Unknowns::Against, Warrants::Presented) ? Outcome::Permit
                         : granted(Unknowns::Against, Warrants::Assumed)   ? Outcome::Pending
                         : granted(Unknowns::For, Warrants::Assumed)       ? Outcome::Indeterminate
                                                                           : Outcome::Deny;
  return c.decision.outcome != expected ? Contradiction(fmt::format("by definition {}: {}", to_string(expected), shown(c.request, c.decision))) : std::nullopt;
}

Contradiction t9(Case& c) {
  const Decision after = c.ask(c.compile(c.text.text() + c.text.one_more_restriction + "\n"), c.request);
  c.met["lowered"] += after.outcome < c.decision.outcome;
  return after.outcome > c.decision.outcome ? Contradiction(shown(c.request, after)) : std::nullopt;
}

/// Every policy with its requests; policies that do not compile (a generated exception may lift nothing) are left out and counted.
class Theorems : public testing::Test {
 protected:
  /// The first contradiction.
  Contradiction contradict(std::uint64_t seed, Theorem theorem, const Evaluate& ask) {
    Dice d(seed);
    compiled_ = 0;
    for (std::size_t i = 0; i < kPolicies; ++i) {
      const PolicyText text = generate_policy(d);
      compile_.forget();
      const Compiled& policy = compile_(text.text());
      if (!policy.interpreter) continue;
      ++compiled_;
      for (std::size_t k = 0, tries = 0; k < kRequests && tries < 12 * kRequests; ++tries) {
        const json::Value request = generate_request(d);
        const Decision decision = ask(policy, request);
        // Most requests are denied, whatever the policy: few of these are kept.
        if (decision.outcome == Outcome::Deny && !d.once_in(9)) continue;
        ++k;
        ++seen_[decision.outcome];
        Case c{d, text, policy, request, decision, ask, compile_, met_};
        if (auto wrong = theorem(c)) return text.text() + "\n" + shown(request, decision) + "\n" + *wrong;
      }
    }
    return std::nullopt;
  }
  /// It holds of the interpreter, and would not hold of the mutant.
  void holds(std::uint64_t seed, Theorem theorem, const Evaluate& mutant) {
    const Contradiction wrong = contradict(seed, theorem, honestly);
    EXPECT_FALSE(wrong) << *wrong;
    EXPECT_GE(compiled_, kPolicies * 3 / 4) << "the generator writes policies that do not compile";
    stratified();
    EXPECT_TRUE(contradict(seed, theorem, mutant)) << "nothing would notice the planted bug";
  }
  void met(const std::string& what, std::size_t more_than) const { EXPECT_GT(met_.contains(what) ? met_.at(what) : 0, more_than) << what; }
  const Compiled& compile(const std::string& text) { return compile_(text); }

 private:
  void stratified() const {
    std::size_t all = 0;
    for (const auto& [_, n] : seen_) all += n;
    std::string counts = fmt::format("{} requests", all);
    for (const Outcome o : {Outcome::Deny, Outcome::Indeterminate, Outcome::Pending, Outcome::Permit}) {
      const std::size_t n = seen_.contains(o) ? seen_.at(o) : 0;
      counts += fmt::format(", {} {}", n, to_string(o));
      EXPECT_GE(n * 100, all * 15) << to_string(o);
    }
    for (const auto& [what, n] : met_) counts += fmt::format("; {} {}", n, what);
    fmt::print("{}\n", counts);
  }

  Compiler compile_;
  std::map<std::string, std::size_t> met_;
  std::map<Outcome, std::size_t> seen_;
  std::size_t compiled_ = 0;
};

interpret::Computation computed(const Compiled& policy, const json::Value& json) {
  const auto request = interpret::bind(*policy.policy->kernel, json);
  return interpret::perform(interpret::World(*policy.policy->kernel, *request));
}

// Each mutant is a mistake that somebody could make.

/// A missing number is the least, a missing flag is off.
Decision closed_world(const Compiled& policy, const json::Value& request) {
  json::Value filled = request;
  const auto fill = [](json::Value& facts, const char* name, json::Value value) {
    if (!facts.find(name)) json::set(facts, name, std::move(value));
  };
  fill(at(filled, {"subject", "properties"}), "grade", json::number(1));
  fill(at(filled, {"resource", "properties"}), "amount", json::object({{"value", json::string("0")}, {"currency", json::string("EUR")}}));
  fill(at(filled, {"context"}), "urgent", json::boolean(false));
  return policy.ask(filled);
}
/// Of several warrants the first counts.
Decision one_warrant(const Compiled& policy, const json::Value& request) {
  json::Value fewer = request;
  json::Value& warrants = at(fewer, {"context", "warrants"});
  if (warrants.find("mfa") && warrants.find("evidence")) erase(warrants, "evidence");
  return policy.ask(fewer);
}
/// An approval is not looked at.
Decision no_approvals(const Compiled& policy, const json::Value& request) {
  json::Value fewer = request;
  erase(at(fewer, {"context", "warrants"}), "approvals");
  return policy.ask(fewer);
}
/// Of what is said twice of whoever asks the last word counts.
Decision last_word(const Compiled& policy, const json::Value& request) {
  json::Value once = request;
  const std::string who = at(once, {"subject", "id"}).text;
  json::Value& people = at(once, {"context", "entities", "Employee"});
  if (const json::Value* again = people.find(who))
    for (const json::Member& m : again->members) json::set(at(once, {"subject", "properties"}), m.name, m.value);
  erase(people, who);
  return policy.ask(once);
}
/// Whoever has no manager has nobody above, whatever else is said.
Decision nobody_directly_above(const Compiled& policy, const json::Value& request) {
  json::Value without = request;
  for (json::Member& p : at(without, {"context", "entities", "Employee"}).members)
    if (const json::Value* manager = p.value.find("manager"); manager && manager->is(json::Kind::Null)) erase(p.value, "managers");
  return policy.ask(without);
}
/// Of whom nobody says what he holds, the record is believed.
Decision taken_at_their_word(const Compiled& policy, const json::Value& request) {
  json::Value filled = request;
  const json::Value holding = json::object({{"args", json::object()}, {"from", json::null()}, {"until", json::null()}, {"rests_on", json::array()}});
  for (const auto& [who, role] : {std::pair{"eve", "boss"}, std::pair{"fay", "chief"}}) {
    json::Value held = holding;
    json::set(held, "role", json::string(role));
    json::Value& person = at(filled, {"context", "entities", "Employee", who});
    if (!person.find("held")) json::set(person, "held", json::object({{"roles", json::array({held})}, {"complete", json::boolean(true)}}));
  }
  return policy.ask(filled);
}
/// Once a step was given too early, no other attempt can be made.
Decision one_attempt(const Compiled& policy, const json::Value& request) {
  Decision d = policy.ask(request);
  const json::Value* records = at(const_cast<json::Value&>(request), {"context", "warrants"}).find("approvals");
  const Instant now = time_of(request);
  const bool old = records && std::any_of(records->items.begin(), records->items.end(), [&](const json::Value& r) { return *interpret::read_instant(r.find("given")->text) < now; });
  if (old && d.outcome == Outcome::Pending && !d.missing.empty() && !d.missing.front().chain.empty()) d.outcome = Outcome::Deny;
  return d;
}
/// Any rejection counts.
Decision anybody_says_no(const Compiled& policy, const json::Value& request) {
  Decision d = policy.ask(request);
  const json::Value* records = at(const_cast<json::Value&>(request), {"context", "warrants"}).find("approvals");
  const bool no = records && std::any_of(records->items.begin(), records->items.end(), [](const json::Value& r) { return r.find("verdict")->text == "rejected"; });
  if (no && d.outcome == Outcome::Pending) d.outcome = Outcome::Deny;
  return d;
}
/// A rule restricts only if it is true.
Decision unknown_does_not_bite(const Compiled& policy, const json::Value& request) {
  Decision d = policy.ask(request);
  if (d.outcome == Outcome::Indeterminate && computed(policy, request).g.is(Truth::True)) d.outcome = Outcome::Permit;
  return d;
}
/// An end is part of the interval.
Decision end_included(const Compiled& policy, const json::Value& request) {
  Decision d = policy.ask(request);
  if (d.valid_until) ++*d.valid_until;
  return d;
}
/// A request without emergencies, warrants or unknowns: pending is forgotten.
Decision never_pending(const Compiled& policy, const json::Value& request) {
  Decision d = policy.ask(request);
  if (d.outcome == Outcome::Pending) d.outcome = Outcome::Indeterminate;
  return d;
}
/// An exception excludes everybody whom it does not name.
Decision exclusive_exception(const Compiled& policy, const json::Value& request) {
  Decision d = policy.ask(request);
  if (policy.text.find("exception") != std::string::npos && d.lifts.empty()) d.outcome = Outcome::Deny;
  return d;
}
/// Statements are cited as they stand in the file.
Decision cited_in_order(const Compiled& policy, const json::Value& request) {
  Decision d = policy.ask(request);
  const auto place = [&](const question::Citation& c) { return policy.text.find(" " + c.id.substr(c.id.rfind('.') + 1)); };
  std::stable_sort(d.decided_by.begin(), d.decided_by.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return d;
}
/// What a rule speaks of and does not restrict it allows.
Decision silence_allows(const Compiled& policy, const json::Value& request) {
  Decision d = policy.ask(request);
  const auto by_extra = [](const question::Citation& c) { return c.id == "firm.extra"; };
  const bool speaks = policy.text.find("never extra") != std::string::npos;
  if (speaks && d.outcome != Outcome::Permit && std::none_of(d.decided_by.begin(), d.decided_by.end(), by_extra)) d.outcome = Outcome::Permit;
  return d;
}

TEST_F(Theorems, T1_Information) { holds(1, t1, closed_world); }
TEST_F(Theorems, T2_Warrants) {
  holds(2, t2, one_warrant);
  EXPECT_TRUE(contradict(2, t2, no_approvals)) << "no approval is ever needed";
  EXPECT_TRUE(contradict(2, t2, anybody_says_no)) << "whoever says no is heard";
  EXPECT_TRUE(contradict(2, t2, one_attempt)) << "an attempt that ran out is the last";
  for (const char* warrant : {"mfa", "evidence call", "approval", "useless record"}) met(warrant, 20);
}
TEST_F(Theorems, T3_FailClosed) {
  holds(3, t3, unknown_does_not_bite);
  EXPECT_TRUE(contradict(3, t3, last_word)) << "what is said twice counts as it was said last";
  EXPECT_TRUE(contradict(3, t3, nobody_directly_above)) << "nobody asks who is above an approver";
  EXPECT_TRUE(contradict(3, t3, taken_at_their_word)) << "a claimed capacity counts";
}
TEST_F(Theorems, T4_Horizon) {
  holds(4, t4, end_included);
  met("an end", 100);
}
TEST_F(Theorems, T5_Expiry) {
  holds(5, t5, [this](const Compiled& policy, const json::Value& request) {   // exceptions last a day longer than they say
    std::string later = policy.text;
    if (const auto end = later.find("through 2026-06-24"); end != std::string::npos) later.replace(end, 18, "through 2026-06-25").replace(later.find("from 2026-06-15"), 15, "from 2026-06-16");
    return compile(later).ask(request);
  });
  met("after the end", 50);
}
TEST_F(Theorems, T6_Lifts) {
  holds(6, t6, exclusive_exception);
  met("lifted", 10);
}
TEST_F(Theorems, T7_Determinism) {
  holds(7, t7, cited_in_order);
  met("reordered", 100);
}
TEST_F(Theorems, T8_OnePass) { holds(8, t8, never_pending); }
TEST_F(Theorems, T9_Restrictions) {
  holds(9, t9, silence_allows);
  met("lowered", 20);
}

using DecideText = std::function<tl::expected<Decision, interpret::RequestError>(const Compiled&, const std::string&)>;

/// Bytes that get neither an answer nor an error with a code.
std::size_t unanswered(const DecideText& decide, std::size_t& decided, std::size_t& refused) {
  Dice d(10);
  const Compiled policy(generate_policy(d).text());
  std::size_t without = 0;
  for (int k = 0; k < 2'000 && policy.interpreter; ++k) {
    std::string bytes = json::canonical(generate_request(d));
    for (std::size_t n = d.upto(4); n > 0; --n) {
      const std::size_t at = d.upto(bytes.size());
      switch (d.upto(4)) {
        case 0: bytes[at] = static_cast<char>(d.upto(256)); break;
        case 1: bytes.erase(at, 1 + d.upto(8)); break;
        case 2: bytes.insert(at, d.of(std::vector<std::string>{"null", "{", "[]", "\"", "1e9", ",", "\\ud800"})); break;
        default: bytes.insert(at, bytes.substr(at, d.upto(30))); break;
      }
    }
    const auto decision = decide(policy, bytes);
    decided += decision.has_value();
    refused += !decision.has_value();
    without += !decision && decision.error().code.empty();
  }
  return without;
}

TEST(Totality, T10_AnyBytesGiveAnAnswerOrAnError) {
  std::size_t decided = 0, refused = 0;
  const auto honest = [](const Compiled& policy, const std::string& bytes) { return policy.interpreter->decide_text(bytes); };
  EXPECT_EQ(unanswered(honest, decided, refused), 0U);
  fmt::print("{} decided, {} refused\n", decided, refused);
  EXPECT_GT(decided, 300u);
  EXPECT_GT(refused, 300u);
  const auto mutant = [&](const Compiled& policy, const std::string& bytes) {   // an error of the reader has no code
    auto d = policy.interpreter->decide_text(bytes);
    if (!d && d.error().code == "not_json") d = tl::unexpected(interpret::RequestError{"", "", ""});
    return d;
  };
  EXPECT_GT(unanswered(mutant, decided, refused), 0U) << "nothing would notice the planted bug";
}

/// Values of the wrong kind everywhere: never a crash, never a wider answer than the sound request's.
TEST(Totality, T10_AnyValueInAnyPlace) {
  Dice d(11);
  const Compiled policy(generate_policy(d).text());
  ASSERT_TRUE(policy.interpreter);
  const std::vector<json::Value> odd{json::null(), json::boolean(true), json::number(-1), json::string(""), json::array(), json::object(), json::array({json::null()})};
  const std::function<void(json::Value&, const std::function<void()>&)> everywhere = [&](json::Value& v, const std::function<void()>& use) {
    for (std::size_t i = 0; i < v.members.size() + v.items.size(); ++i) {
      json::Value& slot = i < v.members.size() ? v.members[i].value : v.items[i - v.members.size()];
      everywhere(slot, use);
      const json::Value kept = slot;
      slot = d.of(odd);
      use();
      slot = kept;
    }
  };
  std::size_t asked = 0;
  for (int k = 0; k < 10; ++k) {
    json::Value request = generate_request(d);
    everywhere(request, [&] {
      ++asked;
      const auto decision = policy.interpreter->decide(request);
      if (!decision) { EXPECT_FALSE(decision.error().code.empty()); }
    });
  }
  EXPECT_GT(asked, 300u);
}

}  // namespace
}  // namespace writ::oracles
