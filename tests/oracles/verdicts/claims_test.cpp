// Asserts over everyone, and rules at use, against every holder and every request on small domains.
#include "compiler/verify/run.h"
#include "tests/oracles/verdicts/holders.h"
#include "tests/oracles/verdicts/requests.h"

namespace writ::oracles {
namespace {

using interpret::Interpreter;

/// One request of a grid, and what tells it apart. An empty text is a fact not supplied.
struct Asked {
  Holder holder;
  std::string action, scope, amount, urgent, at;

  std::string person() const {
    std::string key = holder.id + (holder.grade ? std::to_string(*holder.grade) : "?");
    for (const auto& [role, arg] : holder.held) key += " " + role + "(" + arg + ")";
    return key;
  }
  json::Value json() const {
    json::Value thing = json::object();
    const bool item = action == "i.one";
    if (!scope.empty()) json::set(thing, item ? "plant" : "entity", json::string(scope));
    if (!amount.empty() && !item) json::set(thing, "amount", json::number(std::stoi(amount)));
    json::Value context = json::object({{"time", json::string(at)}});
    if (!urgent.empty()) json::set(context, "urgent", json::boolean(urgent == "yes"));
    return json::object({{"subject", holder.subject()}, {"action", json::object({{"name", json::string(action)}})},
                         {"resource", json::object({{"type", json::string(item ? "Item" : "Doc")}, {"id", json::string("o")}, {"properties", thing}})}, {"context", context}});
  }
};

enum class Facts : std::uint8_t { Complete, Missing };

/// Axes that the policy's text does not mention have one value.
std::vector<Asked> grid(const HolderPolicy& policy, const std::string& action, Facts facts) {
  const std::string& text = policy.text().substr(std::string(kVocabulary).size());
  const auto axis = [&](const std::string& word, std::vector<std::string> values) {
    if (text.find(word) == text.npos) values.resize(1);
    else if (facts == Facts::Missing) values.emplace_back();
    return values;
  };
  std::vector<std::string> scopes = action == "i.one" ? std::vector<std::string>{"P1", "P3", "P9"} : std::vector<std::string>{"DE", "FR"};
  if (facts == Facts::Missing) scopes.emplace_back();
  const auto instants = text.find("exception") == text.npos ? std::vector<std::string>{kInstants[4], kInstants[5]} : std::vector<std::string>{kInstants[0], kInstants[1], kInstants[4], kInstants[5], kInstants[6]};
  std::vector<Asked> all;
  for (const auto& held : holdings_of(policy.roles, facts == Facts::Missing ? Templates::Once : Templates::Twice))   // with facts missing there are enough
    for (const std::string& grade : axis("grade", {"2", "3", "5"}))
      for (const bool complete : facts == Facts::Missing ? std::vector<bool>{true, false} : std::vector<bool>{true})
        for (const std::string& scope : scopes)
          for (const std::string& amount : axis("amount", {"9", "10", "20"}))
            for (const std::string& urgent : axis("urgent", {"yes", "no"}))
              for (const std::string& at : instants)
                for (const char* id : {"ada", "zoe"}) {
                  if (std::string(id) == "ada" && text.find("exception") == text.npos) continue;
                  all.push_back({{id, grade.empty() ? std::nullopt : std::optional(std::stoi(grade)), held, complete}, action, scope, amount, urgent, at});
                }
  return all;
}

question::Decision decide(const Interpreter& interpreter, const Asked& asked) {
  const auto d = interpreter.decide(asked.json());
  EXPECT_TRUE(d);
  return d ? *d : question::Decision{};
}

/// Who is permitted or pending what, complete requests suffice: what is permitted without a fact is permitted with it.
std::vector<Asked> allowed(const HolderPolicy& policy, const std::string& action) {
  const Interpreter interpreter(*policy.kernel());
  std::vector<Asked> out;
  for (const Asked& a : grid(policy, action, Facts::Complete))
    if (decide(interpreter, a).outcome >= question::Outcome::Pending) out.push_back(a);
  return out;
}

std::string counted(const HolderPolicy::Claim& claim, const std::map<std::string, std::vector<Asked>>& can) {
  if (claim.actions.size() == 2) {
    std::set<std::string> one, both;
    for (const Asked& a : can.at("d.one")) one.insert(a.person());
    for (const Asked& a : can.at("d.two"))
      if (one.contains(a.person())) return "refuted";
    return can.at("d.one").empty() || can.at("d.two").empty() ? "vacuous" : "proved";
  }
  for (const Asked& a : can.at(claim.actions[0])) {
    const std::int64_t value = claim.fact == "grade" ? *a.holder.grade : std::stoi(a.amount);
    if (value >= claim.at_least) return "refuted";
  }
  return "proved";
}

TEST(Claims, AgreeWithEveryRequest) {
  Tally tally;
  unsigned policies = 0;
  for (unsigned seed = 1; policies < 24 && seed < 60 && !HasFailure(); ++seed) {
    const HolderPolicy policy(seed, Kind::Claims);
    ASSERT_TRUE(policy.kernel()) << policy.text() << policy.messages();
    ++policies;
    std::map<std::string, std::vector<Asked>> can;
    for (const char* action : {"d.one", "d.two"}) can[action] = allowed(policy, action);
    verify::Options asserts;
    asserts.names = {"assert"};
    const verify::ProofRun run = verify::prove(*policy.kernel(), policy.sources(), asserts);
    for (const verify::Result& r : run.results)
      for (const HolderPolicy::Claim& c : policy.claims_made)
        if (r.obligation.about == c.name) tally.compare(c.actions.size() == 2 ? "assert, two acts" : "assert, one act", r, counted(c, can), policy.text());
  }
  tally.print();
  tally.expect("assert, one act", {"proved", "refuted"}, 5);
  tally.expect("assert, two acts", {"proved", "refuted", "vacuous"}, 1);
}

/// Rules at use are beyond the enumerator: holders, facts and instants are listed here.
TEST(AtUse, AgreesWithEveryRequest) {
  Tally tally;
  std::size_t asked = 0;
  unsigned policies = 0;
  for (unsigned seed = 1; policies < 12 && seed < 60 && !HasFailure(); ++seed) {
    const HolderPolicy policy(seed, Kind::Use);
    if (!policy.kernel()) continue;
    ++policies;
    const kernel::Kernel& k = *policy.kernel();
    kernel::Kernel unruled = k;
    unruled.restrictions_of_action.clear();
    const Interpreter interpreter(k), without(unruled);
    bool differs = false;
    std::map<std::string, std::string> horizons;
    for (const char* action : {"d.one", "d.two", "i.one"}) {
      std::map<std::string, std::pair<question::Instant, question::Decision>> earlier;   // by everything but the time
      bool granted = false, holds = true;
      for (Asked a : grid(policy, action, Facts::Missing)) {
        ++asked;
        const question::Decision d = decide(interpreter, a);
        granted |= d.outcome >= question::Outcome::Pending;
        differs |= !same(d, decide(without, a));
        const question::Instant now = *interpret::read_instant(a.at);
        a.at = "";
        const std::string key = json::canonical(a.json());
        if (const auto before = earlier.find(key); before != earlier.end()) {
          const auto& [then, said] = before->second;
          if (then < now && (!said.valid_until || now < *said.valid_until)) holds &= same(said, d);
        }
        earlier[key] = {now, d};
      }
      horizons[action] = holds ? "proved" : "refuted";
    }
    for (const verify::Result& r : verify::prove(k, policy.sources(), {}).results) {
      using Q = verify::Target::Question;
      if (r.obligation.target.question == Q::DeadRestriction) tally.compare("dead rule at use", r, differs ? "proved" : "refuted", policy.text());
      if (r.obligation.target.question == Q::Horizon && r.verdict.kind != verify::VerdictKind::Vacuous)
        tally.compare("horizon at use", r, horizons.at(k.schema.actions[r.obligation.target.action].name), policy.text());
      if (r.obligation.target.question == Q::FailClosed && r.verdict.kind != verify::VerdictKind::Vacuous) tally.compare("fail-closed at use", r, "proved", policy.text());
    }
  }
  std::cout << policies << " policies, " << asked << " requests\n";
  tally.print();
  tally.expect("dead rule at use", {"proved"}, 5);
  tally.expect("horizon at use", {"proved"}, 5);
}

}  // namespace
}  // namespace writ::oracles
