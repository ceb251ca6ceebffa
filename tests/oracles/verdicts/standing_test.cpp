// Obligations about what people hold, against every holder on small domains: role-sod, dead rules, lifts and roles at assignment, birthrights.
#include "compiler/verify/run.h"
#include "tests/oracles/verdicts/holders.h"

namespace writ::oracles {
namespace {

using interpret::Interpreter;
using question::StandingFinding;

struct Seen {
  std::set<std::string> must, possible, excepted;   ///< restrictions; lifts
};

Seen standing(const Interpreter& interpreter, const Holder& holder, const std::string& at) {
  const json::Value request = json::object({{"subject", holder.subject()}, {"context", json::object({{"time", json::string(at)}})}});
  const question::Instant t = *interpret::read_instant(at);
  const auto findings = interpreter.standing(request, {t, t + 1});
  EXPECT_TRUE(findings);
  Seen seen;
  for (const StandingFinding& f : *findings) {
    if (!f.disjoint.empty() || f.exposure) continue;
    (f.possible ? seen.possible : seen.must).insert(f.restriction);
    if (f.state == StandingFinding::State::Excepted) seen.excepted.insert(f.lift);
  }
  return seen;
}

/// What standing says of every holder, at every instant.
class Holders {
 public:
  explicit Holders(const HolderPolicy& policy) : policy_(policy), interpreter_(*policy.kernel()) {
    for (const auto& held : holdings_of(policy.roles))
      for (const int grade : kGrades)
        for (const std::string& at : kInstants)
          for (const char* id : {"ada", "zoe"}) all_.push_back({held, standing(interpreter_, {id, grade, held, true}, at)});
  }

  std::string role_sod(const std::string& role, const kernel::Restriction& rule, const GeneratedRule& sides) const {
    for (const auto& side : sides.sides)
      if (std::none_of(policy_.roles.begin(), policy_.roles.end(), [&](const GeneratedRole& r) { return meets(r.actions, side); })) return "vacuous";
    bool possible = false;
    for (const auto& [held, seen] : all_) {
      if (held.size() != 1 || "gen." + held[0].first != role) continue;
      if (seen.must.contains(rule.name)) return "refuted";
      possible |= seen.possible.contains(rule.name);
    }
    return possible ? "possible" : "proved";
  }
  std::string dead_rule(const kernel::Restriction& rule) const {
    const auto alive = [&](const std::set<std::string>& ignored) {
      return any([&](const Seen& s) { return (s.must.contains(rule.name) || s.possible.contains(rule.name)) && free(s, rule.name, ignored); });
    };
    if (alive({})) return "proved";
    if (!rule.yields.empty()) return "refuted";
    // Of two that kill each other the later goes.
    std::set<std::string> ignored;
    bool later = false;
    for (const kernel::Restriction& r : policy_.kernel()->restrictions) {
      if (later && r.yields.empty() && r.at_assignment && dead_rule(r) == "refuted") ignored.insert(r.name);
      later |= r.name == rule.name;
    }
    return !ignored.empty() && alive(ignored) ? "proved" : "refuted";
  }
  std::string dead_lift(const kernel::Lift& lift, const kernel::Restriction& rule) const {
    return any([&](const Seen& s) { return s.excepted.contains(lift.id) && free(s, rule.name); }) ? "proved" : "refuted";
  }
  bool selects_something(const kernel::Lift& lift) const { return any([&](const Seen& s) { return s.excepted.contains(lift.id); }); }
  /// The named rules alone keep every holder from breaking this one, and none of them can be left out.
  bool shadowed_by(const kernel::Restriction& rule, const std::set<std::string>& rules) const {
    const auto alive = [&](const std::set<std::string>& among) {
      return any([&](const Seen& s) {
        if (!s.must.contains(rule.name) && !s.possible.contains(rule.name)) return false;
        return std::none_of(s.must.begin(), s.must.end(), [&](const std::string& broken) { return among.contains(broken.substr(0, broken.rfind('.'))); });
      });
    };
    if (alive(rules)) return false;
    return std::all_of(rules.begin(), rules.end(), [&](const std::string& one) {
      std::set<std::string> rest = rules;
      rest.erase(one);
      return alive(rest);
    });
  }

 private:
  static bool meets(const std::set<std::string>& a, const std::set<std::string>& b) {
    return std::any_of(a.begin(), a.end(), [&](const std::string& x) { return b.contains(x); });
  }
  template <class F>
  bool any(F f) const {
    return std::any_of(all_.begin(), all_.end(), [&](const auto& one) { return f(one.second); });
  }
  /// No other rule that nothing can lift refuses these holdings.
  bool free(const Seen& seen, const std::string& rule, const std::set<std::string>& ignored = {}) const {
    for (const kernel::Restriction& r : policy_.kernel()->restrictions)
      if (r.name != rule && !ignored.contains(r.name) && r.yields.empty() && seen.must.contains(r.name)) return false;
    return true;
  }

  const HolderPolicy& policy_;
  Interpreter interpreter_;
  std::vector<std::pair<std::vector<std::pair<std::string, std::string>>, Seen>> all_;
};

/// Only rules that nothing can lift count as separation.
kernel::Kernel unliftable(const kernel::Kernel& k) {
  kernel::Kernel out = k;
  for (kernel::Restriction& r : out.restrictions)
    if (!r.yields.empty()) r.from = typed_ir::kForever;
  return out;
}

/// Whether somebody without holdings can be given the role, for some argument, at some time.
struct Given { bool ever = false, birthright_due = false, birthright_kept = false; };
Given given(const HolderPolicy& policy, const kernel::Kernel& kernel, const GeneratedRole& role) {
  const Interpreter interpreter(kernel);
  Given out;
  for (const int grade : kGrades)
    for (const std::string& at : kInstants) {
      const Holder nobody{"zoe", grade, {}, true};
      const auto rights = interpreter.birthrights(json::object({{"subject", nobody.subject()}, {"context", json::object({{"time", json::string(at)}})}}));
      EXPECT_TRUE(rights);
      for (const interpret::Birthright& b : *rights) {
        if (kernel.roles[b.role].local != role.name || b.condition.truth != kernel::Truth::True) continue;
        out.birthright_due = true;
        out.birthright_kept |= b.outcome == question::Outcome::Permit;
      }
      for (const char* arg : {"DE", "FR"}) {
        const json::Value request = json::object(
            {{"subject", Holder{"eve", 100, {}, true}.subject()},
             {"action", json::object({{"name", json::string("assign")}, {"properties", json::object({{"role", json::string("gen." + role.name)}, {"route", json::string("request")},
                 {"args", role.parameter ? json::object({{"e", json::string(arg)}}) : json::object()}, {"from", json::string(at)}, {"until", json::null()}})}})},
             {"resource", nobody.subject()},
             {"context", json::object({{"time", json::string(at)}})}});
        const auto d = interpreter.decide(request);
        EXPECT_TRUE(d) << policy.text();
        out.ever |= d && d->outcome >= question::Outcome::Pending;
      }
    }
  out.ever |= out.birthright_kept;
  return out;
}

const GeneratedRule& rule_of(const HolderPolicy& policy, const kernel::Restriction& r) {
  return *std::find_if(policy.rules.begin(), policy.rules.end(), [&](const GeneratedRule& g) { return r.rule == "gen." + g.name; });
}
const GeneratedRole* role_of(const HolderPolicy& policy, const kernel::Kernel& k, kernel::RoleId id) {
  const auto found = std::find_if(policy.roles.begin(), policy.roles.end(), [&](const GeneratedRole& g) { return k.roles[id].local == g.name; });
  return found == policy.roles.end() ? nullptr : &*found;
}

void judge(const HolderPolicy& policy, Tally& tally) {
  const kernel::Kernel& k = *policy.kernel();
  const Holders holders(policy);
  const kernel::Kernel strict = unliftable(k);
  for (const verify::Result& r : verify::prove(k, policy.sources(), {}).results) {
    const verify::Target& t = r.obligation.target;
    using Q = verify::Target::Question;
    const GeneratedRole* role = t.role ? role_of(policy, k, t.role) : nullptr;
    switch (t.question) {
      case Q::RoleSod:
        if (role) tally.compare("role-sod", r, holders.role_sod(k.roles[t.role].name, k.restrictions[t.restriction], rule_of(policy, k.restrictions[t.restriction])), policy.text());
        break;
      case Q::DeadRestriction: {
        const kernel::Restriction& rule = k.restrictions[t.restriction];
        tally.compare("dead rule at assignment", r, holders.dead_rule(rule), policy.text());
        std::set<std::string> killers;
        if (r.witness) for (const verify::Killer& killer : r.witness->killers) killers.insert(killer.name);
        if (r.verdict.kind != verify::VerdictKind::Refuted || killers.empty()) break;
        tally.note("killers of rules at assignment", "named");
        EXPECT_TRUE(holders.shadowed_by(rule, killers)) << r.obligation.id << "\n" << policy.text();
        break;
      }
      case Q::DeadLift: tally.compare("dead lift at assignment", r, holders.dead_lift(k.lifts[t.lift], k.restrictions[t.restriction]), policy.text()); break;
      case Q::BrokenLift: {
        const std::string alive = holders.dead_lift(k.lifts[t.lift], k.restrictions[t.restriction]);
        tally.compare("conflict (c) lift at assignment", r, alive == "proved" ? alive : holders.selects_something(k.lifts[t.lift]) ? "refuted" : "vacuous", policy.text());
        break;
      }
      case Q::DeadRole: {
        if (!role) break;
        const bool routed = std::any_of(k.routes.begin(), k.routes.end(), [&](const kernel::Route& route) { return route.role == t.role; });
        if (!routed) break;   // handed out outside the policy
        tally.compare("dead role", r, given(policy, strict, *role).ever ? "proved" : "refuted", policy.text());
        break;
      }
      case Q::BrokenBirthright: {
        if (!role) break;
        const Given g = given(policy, strict, *role);
        tally.compare("conflict (c) birthright", r, g.birthright_kept ? "proved" : g.birthright_due ? "refuted" : "vacuous", policy.text());
        break;
      }
      case Q::Claim:
      case Q::Terms:
      case Q::FailClosed:
      case Q::Horizon:
      case Q::Expiry:
      case Q::DeadGrant:
      case Q::Overclaim:
      case Q::SingleValued: break;   // their own tests
    }
  }
}

TEST(Holders, AgreeWithEveryHolder) {
  Tally tally;
  unsigned policies = 0;
  for (unsigned seed = 1; policies < 40 && seed < 200 && !HasFailure(); ++seed) {
    const HolderPolicy policy(seed, Kind::Assignment);
    if (!policy.kernel()) { continue; }
    ++policies;
    judge(policy, tally);
  }
  std::cout << policies << " policies\n";
  tally.print();
  EXPECT_EQ(policies, 40U);
  tally.expect("role-sod", {"proved", "refuted", "vacuous"}, 10);
  tally.expect("role-sod", {"possible"}, 3);
  tally.expect("dead rule at assignment", {"proved", "refuted"}, 5);
  tally.expect("dead lift at assignment", {"proved", "refuted"}, 2);
  tally.expect("conflict (c) lift at assignment", {"proved"}, 2);
  tally.expect("dead role", {"proved", "refuted"}, 5);
  tally.expect("conflict (c) birthright", {"proved", "refuted", "vacuous"}, 1);
  tally.expect("killers of rules at assignment", {"named"}, 1);
}

}  // namespace
}  // namespace writ::oracles
