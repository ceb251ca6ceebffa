// Generated policies of roles, scopes and rules that separate them, as text; and every holder of theirs on small domains. What a holder can do,
// and what he may be given, is asked of the interpreter.
#pragma once

#include <random>

#include "compiler/interpret/interpret.h"
#include "compiler/interpret/request.h"
#include "tests/oracles/verdicts/tally.h"
#include "tests/unit/kernel/surface.h"

namespace writ::oracles {

inline const char* const kVocabulary = R"(module gen  owner role boss  zone "UTC"
system s4 "ERP"   kind erp  precision object  enforced  complete for held, history
dimension Entity { DE: s4 BUKRS "1"  FR: s4 BUKRS "2" }
dimension Plant in Entity { P1 of DE: s4 WERKS "1"  P3 of FR: s4 WERKS "2"  P9: s4 WERKS "3" }
principal Person is human { grade: int fixed }
context { urgent: bool }
resource Doc  { entity: Entity, amount: int }
resource Item { plant: Plant }
action d.one, d.two on Doc
action i.one     on Item
role boss for Person { birthright where principal.grade >= 100 }
approval line = role boss due 2d
)";

struct GeneratedRole {
  std::string name;
  bool parameter = false, birthright = false;
  std::set<std::string> actions;
};
struct GeneratedRule {
  std::string name;
  std::vector<std::set<std::string>> sides;
};

/// What the generator is asked for.
enum class Kind : std::uint8_t { Assignment, Use, Claims };

class HolderPolicy {
 public:
  HolderPolicy(unsigned seed, Kind kind) : random_(seed), kind_(kind) {
    text_ = kVocabulary;
    apart_ = kind == Kind::Claims && chance(35);
    const unsigned count = 2 + (kind == Kind::Assignment ? below(2) : 0);
    for (unsigned i = 0; i < count; ++i) role(i);
    if (kind == Kind::Claims) {
      nevers();
      claims();
    } else {
      for (unsigned i = 0; i <= (kind == Kind::Assignment ? below(2) : 0); ++i) rule(i);
    }
    elaborated_ = kernel::elaborate_texts({text_});
  }

  const std::string& text() const { return text_; }
  const kernel::Kernel* kernel() const { return elaborated_->kernel ? &*elaborated_->kernel : nullptr; }
  std::string messages() const { return elaborated_->messages(); }
  const source::SourceSet& sources() const { return elaborated_->sources; }
  std::vector<GeneratedRole> roles;
  std::vector<GeneratedRule> rules;
  struct Claim { std::string name; std::vector<std::string> actions; std::string fact; std::int64_t at_least = 0; };
  std::vector<Claim> claims_made;

 private:
  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }
  bool chance(unsigned percent) { return below(100) < percent; }
  template <class T>
  const T& of(const std::vector<T>& all) { return all[below(static_cast<unsigned>(all.size()))]; }

  std::string condition(const std::string& action) {
    // Acts of different people: a claim about two of them can hold.
    if (apart_ && action != "i.one") return action == "d.one" ? "principal.grade < 5" : "principal.grade >= 5";
    std::vector<std::string> all{"principal.grade < 5", "principal.grade >= 5", "now < 2026-06-20", "context.urgent"};
    if (action == "i.one") all.insert(all.end(), {"resource.plant == P1", "resource.plant == P3", "resource.plant == P9", "resource.plant != P9"});
    else all.insert(all.end(), {"resource.entity == DE", "resource.entity == FR", "resource.entity == DE", "resource.amount < 10"});
    return of(all);
  }
  void role(unsigned i) {
    GeneratedRole r{"r" + std::to_string(i), chance(40), false, {}};
    r.birthright = !r.parameter && chance(35);
    std::string body;
    if (r.parameter) body += "  within e";
    for (const char* action : {"d.one", "d.two", "i.one"}) {
      if (!chance(kind_ == Kind::Assignment ? 60 : 75)) continue;
      r.actions.insert(action);
      body += fmt::format("  may {}{}", action, apart_ || chance(60) ? " where " + condition(action) : "");
    }
    if (r.actions.empty()) {
      r.actions.insert("d.one");
      body += "  may d.one";
    }
    const bool nobody = chance(15);
    const std::string gate = nobody ? " where principal.grade < 3 and principal.grade > 5" : chance(30) ? " where principal.grade >= 3" : "";
    if (r.birthright) body += fmt::format("  birthright where principal.grade {} 5", chance(50) ? "<" : ">=");
    else if (chance(60)) body += "  on request after line";
    text_ += fmt::format("role {}{} for Person{} {{{} }}\n", r.name, r.parameter ? "(e: Entity)" : "", gate, body);
    roles.push_back(r);
  }
  void rule(unsigned i) {
    GeneratedRule r{"s" + std::to_string(i), {}};
    std::string what;
    const auto scoped = std::find_if(roles.begin(), roles.end(), [](const GeneratedRole& one) { return one.parameter; });
    const bool one_role = kind_ == Kind::Assignment && scoped != roles.end() && chance(25);
    if (one_role) {   // two holdings of one role
      what = fmt::format("separate role {}(DE) from role {}(FR)", scoped->name, scoped->name);
      r.sides = {scoped->actions, scoped->actions};
    } else if (chance(25)) {
      what = "at most 2 of { d.one, d.two, i.one }";
      r.sides = {{"d.one"}, {"d.two"}, {"i.one"}};
    } else {
      const std::vector<std::pair<std::string, std::string>> pairs{{"d.one", "i.one"}, {"d.one", "d.two"}, {"d.two", "i.one"}, {"d.one, d.two", "i.one"}, {"all of { d.one, d.two }", "i.one"}};
      const auto& [a, b] = of(pairs);
      what = "separate " + a + " from " + b;
      const auto actions = [](const std::string& s) {
        std::set<std::string> out;
        for (const char* one : {"d.one", "d.two", "i.one"}) if (s.find(one) != s.npos) out.insert(one);
        return out;
      };
      r.sides = {actions(a), actions(b)};
    }
    const bool joined = !one_role && chance(75), waivable = kind_ == Kind::Assignment ? chance(45) : chance(30);
    text_ += fmt::format("sod {} high \"S\" {{ {}{}{}{} }}\n", r.name, what, joined ? "  within same Entity" : "", kind_ == Kind::Use ? "  at use" : "",
                         waivable ? "  waiver at most 60d, by line" : "");
    if (waivable && chance(85))
      text_ += fmt::format("exception x{} waives {} {{ for \"ada\"{}{}  from 2026-06-10 through 2026-06-{}  approved by \"eve\" on 2026-06-09  reason \"r\" }}\n", i, r.name,
                           kind_ == Kind::Use ? "  at use" : "", joined && chance(60) ? "  within DE" : "", chance(50) ? "15" : "24");
    rules.push_back(r);
  }
  void nevers() {
    for (const char* action : {"d.one", "d.two"})
      if (chance(50)) text_ += fmt::format("never n_{} {{ {} where {} }}\n", action == std::string("d.one") ? 1 : 2, action, of(std::vector<std::string>{"resource.amount >= 20", "principal.grade < 5", "not context.urgent", "resource.entity == FR"}));
  }
  void claims() {
    for (unsigned i = 0; i < 3; ++i) {
      Claim c{"gen.c" + std::to_string(i), {of(std::vector<std::string>{"d.one", "d.two"})}, "", 0};
      if (chance(35)) {
        c.actions = {"d.one", "d.two"};
        text_ += fmt::format("assert c{}: never p: Person, q: Doc, s: Doc where (p can d.one on q) and (p can d.two on s)\n", i);
      } else {
        c.fact = of(std::vector<std::string>{"grade", "amount", "amount"});
        c.at_least = c.fact == "grade" ? of(std::vector<std::int64_t>{3, 5}) : of(std::vector<std::int64_t>{10, 20});
        text_ += fmt::format("assert c{}: never p: Person, q: Doc where (p can {} on q) and {}.{} >= {}\n", i, c.actions[0], c.fact == "grade" ? "p" : "q", c.fact, c.at_least);
      }
      claims_made.push_back(c);
    }
  }

  std::mt19937 random_;
  Kind kind_;
  bool apart_ = false;
  std::string text_;
  std::unique_ptr<kernel::Elaborated> elaborated_;
};

/// One person with facts and holdings.
struct Holder {
  std::string id = "zoe";
  std::optional<int> grade;
  std::vector<std::pair<std::string, std::string>> held;   ///< role, argument ("" without)
  bool complete = true;

  json::Value properties() const {
    json::Value roles = json::array();
    for (const auto& [role, arg] : held)
      roles.items.push_back(json::object({{"role", json::string("gen." + role)}, {"args", arg.empty() ? json::object() : json::object({{"e", json::string(arg)}})},
                                          {"from", json::null()}, {"until", json::null()}, {"rests_on", json::array()}, {"route", json::string("request")}}));
    json::Value p = json::object({{"held", json::object({{"roles", roles}, {"complete", json::boolean(complete)}})},
                                  {"owned", json::object({{"ids", json::array()}, {"complete", json::boolean(true)}})}});
    if (grade) json::set(p, "grade", json::number(*grade));
    return p;
  }
  json::Value subject() const { return json::object({{"type", json::string("Person")}, {"id", json::string(id)}, {"properties", properties()}}); }
};

inline const std::vector<int> kGrades{2, 3, 4, 5, 6, 100};
inline const std::vector<std::string> kInstants{"2026-06-09T23:59:59.999Z", "2026-06-10T00:00:00Z", "2026-06-15T23:59:59.999Z", "2026-06-16T00:00:00Z",
                                                "2026-06-19T23:59:59.999Z", "2026-06-20T00:00:00Z", "2026-06-25T00:00:00Z"};

/// Every set of holdings; of a template none, one or both.
enum class Templates : std::uint8_t { Once, Twice };
inline std::vector<std::vector<std::pair<std::string, std::string>>> holdings_of(const std::vector<GeneratedRole>& roles, Templates templates = Templates::Twice) {
  std::vector<std::vector<std::pair<std::string, std::string>>> all{{}};
  for (const GeneratedRole& r : roles) {
    auto next = all;
    for (const auto& held : all)
      for (const std::vector<std::string>& args : r.parameter ? std::vector<std::vector<std::string>>{{"DE"}, {"FR"}, {"DE", "FR"}} : std::vector<std::vector<std::string>>{{""}}) {
        if (args.size() == 2 && templates == Templates::Once) continue;
        next.push_back(held);
        for (const std::string& arg : args) next.back().emplace_back(r.name, arg);
      }
    all = std::move(next);
  }
  return all;
}

}  // namespace writ::oracles
