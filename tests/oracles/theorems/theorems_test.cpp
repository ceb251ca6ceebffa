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
  std::unique_ptr<kernel::Elaborated> policy;
  std::optional<Interpreter> interpreter;

  explicit Compiled(const std::string& text) : policy(kernel::elaborate_in_firm(text)) {
    if (policy->kernel) interpreter.emplace(*policy->kernel);
  }
  Decision ask(const json::Value& request) const {
    const auto d = interpreter->decide(request);
    EXPECT_TRUE(d) << d.error().code << " " << d.error().what;
    return d ? *d : Decision{};
  }
};

/// Every policy with its requests; policies that do not compile (a generated exception may lift nothing) are left out and counted.
class Theorems : public testing::Test {
 protected:
  template <class F>
  void for_all(std::uint64_t seed, F check) {
    Dice d(seed);
    std::size_t compiled = 0;
    for (std::size_t i = 0; i < kPolicies; ++i) {
      text = generate_policy(d);
      const Compiled policy(text.text());
      if (!policy.interpreter) continue;
      ++compiled;
      variants.clear();
      for (std::size_t k = 0, tries = 0; k < kRequests && tries < 12 * kRequests; ++tries) {
        const json::Value request = generate_request(d);
        const Decision decision = policy.ask(request);
        // Most requests are denied, whatever the policy: few of these are kept.
        if (decision.outcome == Outcome::Deny && !d.once_in(9)) continue;
        ++k;
        ++seen[decision.outcome];
        check(d, policy, request, decision);
        if (HasFailure()) {
          ADD_FAILURE() << text.text() << "\n" << json::canonical(request) << "\n" << question::to_json(decision);
          return;
        }
      }
    }
    EXPECT_GE(compiled, kPolicies * 3 / 4) << "the generator writes policies that do not compile";
    stratified();
  }
  void stratified() const {
    std::size_t all = 0;
    for (const auto& [_, n] : seen) all += n;
    std::string counts = fmt::format("{} requests", all);
    for (const Outcome o : {Outcome::Deny, Outcome::Indeterminate, Outcome::Pending, Outcome::Permit}) {
      const std::size_t n = seen.contains(o) ? seen.at(o) : 0;
      counts += fmt::format(", {} {}", n, to_string(o));
      EXPECT_GE(n * 100, all * 15) << to_string(o);
    }
    RecordProperty("counts", counts);
    fmt::print("{}\n", counts);
  }
  static void show(const json::Value& request, const Decision& d) { ADD_FAILURE() << json::canonical(request) << "\n" << question::to_json(d); }

  /// Another policy made from this one, compiled once.
  const Compiled& variant(const std::string& other) {
    auto& kept = variants[other];
    if (!kept) kept = std::make_unique<Compiled>(other);
    EXPECT_TRUE(kept->interpreter) << other;
    return *kept;
  }

  PolicyText text;
  std::map<std::string, std::unique_ptr<Compiled>> variants;
  std::map<Outcome, std::size_t> seen;
};

TEST_F(Theorems, T1_Information) {
  for_all(1, [&](Dice& d, const Compiled& policy, const json::Value& whole, const Decision& more) {
    for (int k = 0; k < 4; ++k) {
      json::Value part = whole;
      for (std::size_t n = 1 + d.upto(3); n > 0; --n) forget(d, part);
      const Decision less = policy.ask(part);
      const bool ok = less.outcome == Outcome::Indeterminate || less.outcome == more.outcome || (less.outcome == Outcome::Pending && more.outcome == Outcome::Permit);
      EXPECT_TRUE(ok);
      if (!ok) return show(part, less);
    }
  });
}

TEST_F(Theorems, T2_Warrants) {
  for_all(2, [&](Dice&, const Compiled& policy, const json::Value& request, const Decision& before) {
    json::Value more = request;
    const std::string now = at(more, {"context", "time"}).text;
    json::Value& warrants = at(more, {"context", "warrants"});
    json::set(warrants, "mfa", json::object({{"level", json::number(2)}, {"time", json::string(now)}}));
    json::set(warrants, "evidence", json::array({json::object({{"kind", json::string("call")}, {"id", json::string("1")}})}));
    const Decision after = policy.ask(more);
    EXPECT_GE(after.outcome, before.outcome);
    if (before.outcome == Outcome::Pending) { EXPECT_EQ(after.outcome, Outcome::Permit); }   // all that can be missing here
  });
}

TEST_F(Theorems, T3_FailClosed) {
  for_all(3, [&](Dice& d, const Compiled& policy, const json::Value& request, const Decision& before) {
    for (int k = 0; k < 4; ++k) {
      json::Value worse = request;
      auto& facts = at(worse, {d.once_in(2) ? "subject" : "resource", "properties"}).members;
      json::Member& fact = facts[d.upto(facts.size())];
      if (fact.name == "owned" || fact.name == "held") forget(d, worse);
      else if (d.once_in(2)) fact.name += "x";
      else fact.value = json::object({{"what", json::string("?")}});
      const Decision after = policy.ask(worse);
      EXPECT_FALSE(wider(after, before));
      if (wider(after, before)) return show(worse, after);
    }
  });
}

TEST_F(Theorems, T4_Horizon) {
  std::size_t bounded = 0;
  for_all(4, [&](Dice& d, const Compiled& policy, const json::Value& request, const Decision& now) {
    const auto start = interpret::read_instant(at(const_cast<json::Value&>(request), {"context", "time"}).text);
    const Instant end = now.valid_until.value_or(*start + std::int64_t{400} * 86'400'000);
    bounded += now.valid_until.has_value();
    EXPECT_GT(end, *start);
    for (const Instant t : {end - 1, *start + static_cast<Instant>(d.upto(static_cast<std::size_t>(end - *start)))}) {
      json::Value later = request;
      at(later, {"context", "time"}) = json::string(question::format_instant(t));
      const Decision then = policy.ask(later);
      EXPECT_TRUE(same(now, then));
      if (!same(now, then)) return show(later, then);
    }
  });
  EXPECT_GT(bounded, 100u);
}

TEST_F(Theorems, T5_Expiry) {
  std::size_t after_the_end = 0;
  for_all(5, [&](Dice&, const Compiled&, const json::Value& request, const Decision& with) {
    if (text.lifts.empty()) return;
    const Compiled& without = variant(text.text(text.lifts));
    const Decision base = without.ask(request);
    const auto now = interpret::read_instant(at(const_cast<json::Value&>(request), {"context", "time"}).text);
    const bool over = *now >= *interpret::read_instant("2026-06-25T00:00:00+02:00");
    const std::string& who = at(const_cast<json::Value&>(request), {"subject", "id"}).text;
    const bool selected = text.lifts.front().find("\"" + who + "\"") != std::string::npos;
    after_the_end += over;
    if (over || !selected) { EXPECT_TRUE(same(base, with)); }
  });
  EXPECT_GT(after_the_end, 50u);
}

TEST_F(Theorems, T6_Lifts) {
  std::size_t lifted = 0;
  for_all(6, [&](Dice&, const Compiled&, const json::Value& request, const Decision& with) {
    if (text.lifts.empty()) return;
    const Compiled& without = variant(text.text(text.lifts));
    const Decision base = without.ask(request);
    EXPECT_GE(with.outcome, base.outcome);
    lifted += with.outcome > base.outcome;
  });
  EXPECT_GT(lifted, 10u);
}

json::Value shuffled(Dice& d, json::Value v) {
  for (json::Value& item : v.items) item = shuffled(d, std::move(item));
  for (json::Member& m : v.members) m.value = shuffled(d, std::move(m.value));
  d.shuffle(v.items);
  d.shuffle(v.members);
  return v;
}

TEST_F(Theorems, T7_Determinism) {
  for_all(7, [&](Dice& d, const Compiled&, const json::Value& request, const Decision& first) {
    if (!d.once_in(4)) return;
    PolicyText other = text;
    d.shuffle(other.statements);
    std::string reordered;
    for (const std::string& l : other.lifts) reordered += l + "\n";
    for (const std::string& s : other.statements) reordered += s + "\n";
    const Compiled policy(reordered);
    ASSERT_TRUE(policy.interpreter);
    Decision a = first, b = policy.ask(shuffled(d, request));
    a.decision_id = b.decision_id = "";
    EXPECT_EQ(question::to_json(a), question::to_json(b));
  });
}

TEST_F(Theorems, T8_OnePass) {
  for_all(8, [&](Dice&, const Compiled& policy, const json::Value& json, const Decision& decision) {
    const auto request = interpret::bind(*policy.policy->kernel, json);
    ASSERT_TRUE(request);
    const interpret::World world(*policy.policy->kernel, *request);
    const interpret::Computation c = interpret::perform(world);
    // The definition behind the four lines of 11.1, instance by instance.
    enum class Unknowns { Against, For };
    enum class Warrants { Presented, Assumed };
    const auto granted = [&](Unknowns u, Warrants w) {
      const auto counts = [&](Truth t) { return u == Unknowns::Against ? t == Truth::True : t != Truth::False; };
      const bool any = std::any_of(c.grants.begin(), c.grants.end(), [&](const auto& g) { return counts(g.judged.timed.truth); });
      return any && std::all_of(c.instances.begin(), c.instances.end(), [&](const interpret::Instance& i) {
        const Truth rho = i.rho.timed.truth;
        const bool bites = u == Unknowns::Against ? rho != Truth::False : rho == Truth::True;
        return !bites || std::any_of(i.lifts.begin(), i.lifts.end(), [&](const auto& l) { return counts((w == Warrants::Presented ? l.met : l.obtainable).timed.truth); });
      });
    };
    const Outcome expected = granted(Unknowns::Against, Warrants::Presented) ? Outcome::Permit
                           : granted(Unknowns::Against, Warrants::Assumed)   ? Outcome::Pending
                           : granted(Unknowns::For, Warrants::Assumed)       ? Outcome::Indeterminate
                                                                             : Outcome::Deny;
    EXPECT_EQ(decision.outcome, expected);
  });
}

TEST_F(Theorems, T9_Restrictions) {
  std::size_t lowered = 0;
  for_all(9, [&](Dice&, const Compiled&, const json::Value& request, const Decision& before) {
    const Compiled& more = variant(text.text() + text.one_more_restriction + "\n");
    const Decision after = more.ask(request);
    EXPECT_LE(after.outcome, before.outcome);
    lowered += after.outcome < before.outcome;
  });
  EXPECT_GT(lowered, 20u);
}

TEST(Totality, T10_AnyBytesGiveAnAnswerOrAnError) {
  Dice d(10);
  std::size_t decided = 0, refused = 0;
  const Compiled policy(generate_policy(d).text());
  ASSERT_TRUE(policy.interpreter);
  for (int k = 0; k < 2'000; ++k) {
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
    const auto decision = policy.interpreter->decide_text(bytes);
    decided += decision.has_value();
    refused += !decision.has_value();
    if (!decision) { EXPECT_FALSE(decision.error().code.empty()); }
  }
  fmt::print("{} decided, {} refused\n", decided, refused);
  EXPECT_GT(decided, 300u);
  EXPECT_GT(refused, 300u);
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
