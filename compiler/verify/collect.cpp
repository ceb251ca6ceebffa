// Which obligations a kernel has, stated before anything is solved.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "compiler/verify/verify.h"

namespace writ::verify {

using diagnostics::Code;
using kernel::Kernel;
using kernel::Restriction;

namespace {

/// "P01.assignment" of "norvik.risks.P01.assignment": ids name the rule's own word and its binding.
std::string binding_word(const Restriction& r) {
  const std::size_t dot = r.rule.rfind('.');
  return dot == std::string::npos || !r.name.starts_with(r.rule) ? r.name : r.name.substr(dot + 1);
}

Code refuted_code(ObligationKind kind) {
  switch (kind) {
    case ObligationKind::Assert: return Code::assert_refuted;
    case ObligationKind::Conflict: return Code::conflict_refuted;
    case ObligationKind::Dead: return Code::dead_refuted;
    case ObligationKind::ExceptionTerms: return Code::exception_terms_refuted;
    case ObligationKind::Expiry: return Code::expiry_refuted;
    case ObligationKind::FailClosed: return Code::fail_closed_refuted;
    case ObligationKind::Horizon: return Code::horizon_refuted;
    case ObligationKind::RoleSod: return Code::role_sod_refuted;
  }
  return Code::proof_undecided;
}

class Collector {
 public:
  explicit Collector(const Kernel& kernel) : kernel_(kernel) {}

  std::vector<Obligation> collect() {
    role_sod();
    claims();
    lifts();
    actions();
    grants();
    restrictions();
    roles();
    single_valued();
    name_apart();
    std::sort(out_.begin(), out_.end(), [](const Obligation& a, const Obligation& b) { return a.id < b.id; });
    return std::move(out_);
  }

 private:
  Obligation& add(ObligationKind kind, std::string rest, std::vector<Statement> statements, std::string says, Target target) {
    Obligation o;
    o.id = fmt::format("{}/{}", to_string(kind), rest);
    o.kind = kind;
    o.about = statements.empty() ? kernel_.name : statements.front().name;
    o.statements = std::move(statements);
    o.says = std::move(says);
    o.refuted = refuted_code(kind);
    o.unproved = Code::proof_undecided;
    o.target = target;
    out_.push_back(std::move(o));
    return out_.back();
  }

  Statement role_statement(kernel::RoleId id) const { return {kernel_.roles[id].name, "role", kernel_.roles[id].origin.range}; }
  Statement rule_statement(const Restriction& r) const { return {r.rule, "rule", r.origin.range}; }
  static Statement lift_statement(const kernel::Lift& l) {
    return {l.id, l.kind == kernel::Lift::Kind::Mitigation ? "mitigation" : "exception", l.origin.range};
  }

  void quantify_over_request(Obligation& o, kernel::ActionId action) const {
    const auto& form = kernel_.schema.actions[action];
    o.ranges.push_back("every principal with every holding");
    if (form.resource) o.ranges.push_back("every " + kernel_.schema.entities[form.resource].local);
    o.ranges.insert(o.ranges.end(), {"every context", "every history", "every instant"});
  }

  /// Rules that one role can break: standing bindings of at least two sides, rules that count people included, in force at some time.
  bool asks_of_roles(const Restriction& r) const {
    const bool standing = r.kind == Restriction::Kind::Standing || (r.kind == Restriction::Kind::People && !r.key);
    const bool objects_only = r.exposure_only && r.name.ends_with(".exposure");
    return standing && !objects_only && !asked_at_assignment(r) && !r.sensitive && r.from != typed_ir::kForever && r.sides.size() >= 2;
  }
  /// The same sides of the same rule: at use they are the same question.
  bool asked_at_assignment(const Restriction& r) const {
    return r.at_use && std::any_of(kernel_.restrictions.begin(), kernel_.restrictions.end(), [&](const Restriction& other) { return other.rule == r.rule && other.at_assignment; });
  }

  void role_sod() {
    for (kernel::RoleId role : kernel_.roles.ids()) {
      for (kernel::RestrictionId id : kernel_.restrictions.ids()) {
        const Restriction& r = kernel_.restrictions[id];
        if (!asks_of_roles(r)) continue;
        Target t{.question = Target::Question::RoleSod, .role = role, .grant = {}, .action = {}, .restriction = id, .lift = {}, .claim = {}};
        Obligation& o = add(ObligationKind::RoleSod, fmt::format("{}/{}", kernel_.roles[role].name, binding_word(r)), {role_statement(role), rule_statement(r)},
                            fmt::format("no holder of `{}` alone can do all sides of `{}`", kernel_.roles[role].name, r.rule), t);
        o.ranges = {"every " + kernel_.schema.entities[kernel_.roles[role].type].local, "every argument of the role", "every scope value", "every instant"};
        o.assumptions = {"the sides are judged by what the policy's roles grant, not by native entitlements"};
      }
    }
  }

  void claims() {
    for (kernel::ClaimId id : kernel_.claims.ids()) {
      const kernel::Claim& c = kernel_.claims[id];
      Target t{.question = Target::Question::Claim, .role = {}, .grant = {}, .action = {}, .restriction = {}, .lift = {}, .claim = id};
      Obligation& o = add(ObligationKind::Assert, c.name, {{c.name, "assert", c.origin.range}}, says(c), t);
      if (c.kind == kernel::Claim::Kind::Independent) {
        quantify_over_request(o, c.action);
        o.ranges.emplace_back("every other value of the fact, absent and unknown included");
      }
      for (const auto& b : c.binders) o.ranges.push_back(b.type ? "every " + kernel_.schema.entities[b.type].local : "every instant " + b.name);
      if (c.in_population) o.ranges.emplace_back("the registers of facts");
      else if (c.kind != kernel::Claim::Kind::Independent) o.ranges.emplace_back("every instant");
    }
  }
  std::string says(const kernel::Claim& c) const {
    if (c.kind != kernel::Claim::Kind::Independent) return fmt::format("`{}` holds", c.name);
    return fmt::format("a decision on `{}` does not depend on `{}`", kernel_.schema.actions[c.action].name,
                       typed_ir::print(kernel_.conditions, kernel_.schema, c.facts.front(), {}));
  }

  void lifts() {
    std::set<std::pair<std::string, std::string>> judged;
    for (kernel::LiftId id : kernel_.lifts.ids()) {
      const kernel::Lift& l = kernel_.lifts[id];
      if (l.kind == kernel::Lift::Kind::Warrant) continue;
      const Restriction& r = kernel_.restrictions[l.of];
      auto target = [&](Target::Question q) { return Target{.question = q, .role = {}, .grant = {}, .action = {}, .restriction = l.of, .lift = id, .claim = {}}; };
      const std::vector<Statement> both{lift_statement(l), rule_statement(r)};
      if (judged.emplace(l.id, r.rule).second)
        add(ObligationKind::ExceptionTerms, fmt::format("{}/{}", l.id, r.rule.substr(r.rule.rfind('.') + 1)), both,
            fmt::format("`{}` keeps the terms on which `{}` yields", l.id, r.rule), target(Target::Question::Terms)).ranges = {"the statements"};
      const std::string rest = fmt::format("{}/{}", l.id, binding_word(r));
      add(ObligationKind::Expiry, rest, both, fmt::format("after its end `{}` changes no decision, before it only the instances that it selects", l.id),
          target(Target::Question::Expiry)).ranges = {"every request", "every instant"};
      if (r.from == typed_ir::kForever || r.exposure_only) continue;
      add(ObligationKind::Dead, rest, both, fmt::format("`{}` changes some decision", l.id), target(Target::Question::DeadLift)).ranges = {"some request"};
      add(ObligationKind::Conflict, rest, both, fmt::format("what `{}` allows is not refused everywhere by rules that it does not lift", l.id),
          target(Target::Question::BrokenLift)).ranges = {"some request"};
    }
  }

  void actions() {
    for (const auto& [action, grants] : kernel_.grants_of_action) {
      if (grants.empty() || action.index >= kernel_.schema.actions.size()) continue;
      const std::string& name = kernel_.schema.actions[action].name;
      const Statement statement{name, "action", kernel_.schema.actions[action].origin.range};
      auto target = [&, a = action](Target::Question q) { return Target{.question = q, .role = {}, .grant = {}, .action = a, .restriction = {}, .lift = {}, .claim = {}}; };
      Obligation& closed = add(ObligationKind::FailClosed, name, {statement}, fmt::format("leaving out a fact never makes a decision on `{}` wider", name), target(Target::Question::FailClosed));
      quantify_over_request(closed, action);
      closed.ranges.push_back("every set of facts left out");
      Obligation& horizon = add(ObligationKind::Horizon, name, {statement}, fmt::format("a decision on `{}` stays the same until its `valid until`", name), target(Target::Question::Horizon));
      quantify_over_request(horizon, action);
      horizon.ranges.push_back("every later instant before `valid until`");
    }
  }

  void grants() {
    std::map<std::string, unsigned> seen;
    for (kernel::GrantId id : kernel_.grants.ids()) {
      const kernel::Grant& g = kernel_.grants[id];
      if (g.declared_in != g.role) continue;
      for (kernel::ActionId action : g.access.actions) {
        if (action.index >= kernel_.schema.actions.size()) continue;
        std::string rest = fmt::format("{}/may.{}", g.id, kernel_.schema.actions[action].name);
        if (const unsigned n = ++seen[rest]; n > 1) rest += fmt::format(".{}", n);
        Target t{.question = Target::Question::DeadGrant, .role = g.role, .grant = id, .action = action, .restriction = {}, .lift = {}, .claim = {}};
        const std::vector<Statement> statements{{g.id, "grant", g.origin.range}};
        add(ObligationKind::Dead, rest, statements, fmt::format("`may {}` of `{}` decides some request", kernel_.schema.actions[action].name, g.id), t).ranges = {"some request"};
        t.question = Target::Question::Overclaim;
        add(ObligationKind::Conflict, rest, statements,
            fmt::format("every region that `may {}` of `{}` claims can be permitted", kernel_.schema.actions[action].name, g.id), t).ranges = {"every cell of the facts that it compares with literals"};
      }
    }
  }

  void restrictions() {
    for (kernel::RestrictionId id : kernel_.restrictions.ids()) {
      const Restriction& r = kernel_.restrictions[id];
      if (r.from == typed_ir::kForever || r.exposure_only) continue;
      Target t{.question = Target::Question::DeadRestriction, .role = {}, .grant = {}, .action = {}, .restriction = id, .lift = {}, .claim = {}};
      add(ObligationKind::Dead, r.name, {rule_statement(r)}, fmt::format("`{}` changes some decision", r.name), t).ranges = {"some request"};
    }
  }

  void roles() {
    for (kernel::RoleId id : kernel_.roles.ids()) {
      const kernel::Role& r = kernel_.roles[id];
      Target t{.question = Target::Question::DeadRole, .role = id, .grant = {}, .action = {}, .restriction = {}, .lift = {}, .claim = {}};
      add(ObligationKind::Dead, r.name + "/held", {role_statement(id)}, fmt::format("somebody can come to hold `{}`", r.name), t).ranges = {"some " + kernel_.schema.entities[r.type].local};
      for (const kernel::Route& route : kernel_.routes) {
        if (route.role != id || route.kind != kernel::Route::Kind::Birthright) continue;
        t.question = Target::Question::BrokenBirthright;
        add(ObligationKind::Conflict, r.name + "/birthright", {role_statement(id)}, fmt::format("the birthright of `{}` is not refused everywhere", r.name), t).ranges = {"some " + kernel_.schema.entities[r.type].local};
        break;
      }
    }
  }

  void single_valued() {
    add(ObligationKind::Conflict, "single-valued", {}, "no role has two birthrights, no rule two meanings, no lift two entries", Target{}).ranges = {"the statements"};
  }

  /// Two modules may use one local word for a rule; then ids carry a number, in order of the qualified names.
  void name_apart() {
    std::stable_sort(out_.begin(), out_.end(), [](const Obligation& a, const Obligation& b) { return a.id < b.id; });
    std::map<std::string, unsigned> seen;
    for (Obligation& o : out_)
      if (const unsigned n = ++seen[o.id]; n > 1) o.id += fmt::format("~{}", n);
  }

  const Kernel& kernel_;
  std::vector<Obligation> out_;
};

bool names_statement(const std::string& qualified, const std::string& name) {
  return qualified == name || (qualified.size() > name.size() && qualified.ends_with(name) && qualified[qualified.size() - name.size() - 1] == '.');
}

bool matches(const Obligation& o, const std::string& name) {
  if (o.id == name || to_string(o.kind) == name || o.id.starts_with(name + "/")) return true;
  return std::any_of(o.statements.begin(), o.statements.end(), [&](const Statement& s) { return names_statement(s.name, name); });
}

}  // namespace

std::vector<Obligation> collect(const Kernel& kernel) { return Collector(kernel).collect(); }

std::vector<Obligation> select(std::vector<Obligation> obligations, const std::vector<std::string>& names) {
  if (names.empty()) return obligations;
  std::erase_if(obligations, [&](const Obligation& o) { return std::none_of(names.begin(), names.end(), [&](const std::string& n) { return matches(o, n); }); });
  return obligations;
}

}  // namespace writ::verify
