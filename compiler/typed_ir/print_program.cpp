// `--emit=typed-ir`: every statement once, sorted by name within its kind, each on its own lines. Nothing is left out that a reader of the
// program could ask for, except source places, which `--emit=kernel` shows.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/support/overloaded.h"
#include "compiler/typed_ir/print_facts.h"
#include "compiler/typed_ir/program.h"

namespace writ::typed_ir {
namespace {

class ProgramPrinter {
 public:
  explicit ProgramPrinter(const Program& program) : p_(program), s_(program.schema) {
    names_.role = [this](RoleId id) { return p_.roles[id].name; };
  }

  std::string all() {
    line("program {}  version {}  root {}  marks {}", p_.name, p_.policy_version, p_.root_module, p_.accept_marks ? "accept" : "require");
    line("skew {}{}", print_duration(p_.skew), p_.reuse_at_most ? "  reuse at most " + print_duration(p_.reuse_at_most) : "");
    for (const auto& [level, due] : p_.finding_due.due) line("finding {} due {}", to_string(level), print_duration(due));
    for (const System& system : s_.systems) print_system(system);
    sorted(s_.enums, [this](EnumId id) { print_enum(s_.enums[id]); });
    sorted(s_.entities, [this](EntityId id) { print_entity(s_.entities[id]); });
    sorted(s_.actions, [this](ActionId id) { print_action(s_.actions[id]); });
    sorted(p_.chains, [this](ChainId id) { print_chain(p_.chains[id]); });
    sorted(p_.roles, [this](RoleId id) { print_role(p_.roles[id]); });
    sorted(p_.rules, [this](RuleId id) { print_rule(p_.rules[id]); });
    sorted(p_.controls, [this](ControlId id) { print_control(p_.controls[id]); });
    sorted(p_.lifts, [this](LiftId id) { print_lift(p_.lifts[id]); });
    for (const Claim& claim : p_.claims) print_claim(claim);
    for (const Register& facts : p_.registers) text_ += print_register(p_, facts);
    return std::move(text_);
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...);
    while (!text_.empty() && text_.back() == ' ') text_.pop_back();
    text_ += '\n';
  }

  static const std::string& name_of(const Rule& rule) { return info(rule).name; }
  template <class T>
  static const std::string& name_of(const T& item) { return item.name; }

  template <class IdType, class T, class Print>
  void sorted(const support::Store<IdType, T>& store, Print print_one) {
    auto ids = store.ids();
    std::stable_sort(ids.begin(), ids.end(), [&](IdType a, IdType b) { return name_of(store[a]) < name_of(store[b]); });
    for (const IdType id : ids) print_one(id);
  }

  std::string cond(CondId id) const { return print(p_.conditions, s_, id, names_); }
  std::string term(TermId id) const { return print(p_.conditions, s_, id, names_); }
  bool trivial(CondId id) const { return !id || p_.conditions.cond(id).kind == CondKind::True; }
  std::string where(CondId id) const { return trivial(id) ? "" : " where " + cond(id); }

  std::string values(const std::vector<Value>& all) const {
    std::vector<std::string> texts;
    for (const Value& value : all) texts.push_back(print(s_, value));
    return fmt::format("{}", fmt::join(texts, ", "));
  }
  std::string enums(const std::vector<EnumId>& all) const {
    std::vector<std::string> texts;
    for (const EnumId id : all) texts.push_back(s_.enums[id].name);
    return fmt::format("{}", fmt::join(texts, ", "));
  }
  std::string role_use(const RoleUse& use) const { return print_role_use(p_, use, names_); }

  std::string access(const Access& a) const {
    std::vector<std::string> actions;
    for (const ActionId id : a.actions) actions.push_back(s_.actions[id].name);
    std::string text = a.everything ? (a.but_reading ? "everything but reading" : "everything") : fmt::format("{}", fmt::join(actions, ", "));
    if (a.principal) text += " by " + s_.entities[a.principal].name;
    if (!a.principal_id.empty()) text += " " + print_string(a.principal_id);
    return text + where(a.where);
  }

  std::string party(const Party& party) const {
    std::vector<std::string> inner;
    for (const Party& p : party.inner) inner.push_back(this->party(p));
    switch (party.kind) {
      case Party::Kind::Role: return "role " + role_use(party.role) + (party.within_same ? " within same " + s_.enums[party.within_same].name : "");
      case Party::Kind::Person: return print_string(party.person);
      case Party::Kind::Several: return fmt::format("{} of {}", party.count, fmt::join(inner, ", "));
      case Party::Kind::Path: return term(party.path) + (inner.empty() ? "" : " otherwise " + inner.front());
      case Party::Kind::Chain: return "approval " + p_.chains[party.chain].name;
    }
    return "";
  }
  void owner(const Party& p) {
    if (p.kind != Party::Kind::Role || p.role.role) line("  owner {}", party(p));
  }

  void print_system(const System& s) {
    line("system {} {}  {}{}", s.name, print_string(s.title), s.enforced ? "enforced" : "observed",
         s.complete_for.empty() ? "" : fmt::format("  complete for {}", fmt::join(s.complete_for, ", ")));
  }
  void print_enum(const Enum& e) {
    const std::string in = e.parent ? " in " + s_.enums[e.parent].name : "";
    std::vector<std::string> members;
    for (const EnumValue& v : e.values) {
      const bool placed = e.parent && v.parent != support::Id<EnumTag>::kNone;
      members.push_back(placed ? fmt::format("{} of {}", v.name, s_.enums[e.parent].values.at(v.parent).name) : v.name);
    }
    line("{} {}{}{} {{ {} }}", e.dimension ? "dimension" : "enum", e.name, in, e.open ? " is open" : "", fmt::join(members, ", "));
  }
  void print_entity(const Entity& e) {
    std::string tenure;
    if (e.tenure_from) tenure += " tenure from " + s_.attributes[e.tenure_from].name;
    if (e.tenure_until) tenure += " until " + s_.attributes[e.tenure_until].name;
    std::vector<std::string> operators;
    for (const AttributeId id : e.operated_by) operators.push_back(s_.attributes[id].name);
    if (!operators.empty()) tenure += fmt::format(" operated by {}", fmt::join(operators, ", "));
    line("{} {}{}", to_string(e.kind), e.name, tenure);
    for (const AttributeId id : e.attributes) {
      const Attribute& a = s_.attributes[id];
      line("  {}: {}{}{}{}", a.name, print(s_, a.type), a.fixed ? " fixed" : "", a.acyclic ? " acyclic" : "",
           a.fresh_within ? " fresh within " + print_duration(*a.fresh_within) : "");
    }
  }
  void print_action(const Action& a) {
    std::vector<std::string> writes;
    for (const AttributeId id : a.writes) writes.push_back(s_.entities[s_.attributes[id].owner].local + "." + s_.attributes[id].name);
    line("action {}{}{}{}{}", a.name, a.resource ? " on " + s_.entities[a.resource].name : "", a.reads ? " reads" : "",
         writes.empty() ? "" : fmt::format(" writes {}", fmt::join(writes, ", ")), a.input ? " with " + s_.entities[a.input].name : "");
  }
  void print_chain(const Chain& c) {
    line("approval {}  good for {}{}", c.name, print_duration(c.good_for), c.may_repeat ? "  may repeat" : "");
    for (const Step& step : c.steps) {
      std::vector<std::string> parties;
      for (const Party& p : step.parties) parties.push_back(party(p));
      line("  {} due {}", fmt::join(parties, step.either ? " or " : " and "), print_duration(step.due));
    }
    for (const TermId id : c.over) line("  over {}", term(id));
  }
  void print_role(const Role& r) {
    names_.parameters = r.parameter_names;
    std::vector<std::string> parameters, parents;
    for (std::size_t i = 0; i < r.parameters.size(); ++i) parameters.push_back(r.parameter_names[i] + ": " + print(s_, r.parameters[i]));
    for (const RoleUse& parent : r.parents) parents.push_back(role_use(parent));
    const std::string signature = parameters.empty() ? "" : fmt::format("({})", fmt::join(parameters, ", "));
    line("role {}{}{} for {}{}{}", r.name, signature, parents.empty() ? "" : fmt::format(" extends {}", fmt::join(parents, ", ")),
         s_.entities[r.type].name, r.only_id.empty() ? "" : " " + print_string(r.only_id), where(r.eligible) + (r.continuous ? "" : " at assignment"));
    if (r.scope) line("  within {} ({})", term(r.scope), s_.enums[r.scope_dimension].name);
    for (const GrantLine& grant : r.may) print_grant(grant);
    if (r.birthright) line("  birthright where {}", cond(r.birthright));
    if (r.request_route) line("  on request{}", r.on_request ? " after " + p_.chains[r.on_request].name : "");
    if (r.at_most) line("  at most {}", print_duration(r.at_most));
    if (r.review_every) line("  review every {}", print_duration(r.review_every));
    if (r.handover) line("  handover at most {}", print_duration(r.handover));
    for (const Native& native : r.natives) line("  native {} {}", native.system, print_string(native.role));
    owner(r.owner);
    names_.parameters.clear();
  }
  void print_grant(const GrantLine& grant) {
    std::vector<std::string> subject_to;
    for (const RuleId id : grant.subject_to) subject_to.push_back(info(p_.rules[id]).name);
    for (const Access& a : grant.accesses)
      line("  may {}{}", access(a), subject_to.empty() ? "" : fmt::format(" subject to {}", fmt::join(subject_to, ", ")));
  }

  void print_rule(const Rule& rule) {
    std::visit(support::Overloaded{[this](const Requirement& r) { print_requirement(r); }, [this](const Prohibition& r) { print_prohibition(r); },
                                   [this](const Segregation& r) { print_segregation(r); }},
               rule);
    print_info(info(rule));
  }
  void head(std::string_view word, const RuleInfo& i) {
    line("{} {}{}{}", word, i.name, i.level == Level::None ? "" : fmt::format(" {}", to_string(i.level)),
         i.title.empty() ? "" : " " + print_string(i.title));
  }
  void print_requirement(const Requirement& r) {
    head("require", r.info);
    const char* when = r.after_denied ? "after denied" : "after";
    for (const Access& a : r.accesses) switch (r.kind) {
        case Requirement::Kind::Mfa: line("  mfa{} before {}", r.fresh_within ? " fresh within " + print_duration(r.fresh_within) : "", access(a)); break;
        case Requirement::Kind::Approval: line("  approval {} before {}", p_.chains[r.approval].name, access(a)); break;
        case Requirement::Kind::Evidence: line("  evidence {} before {}", print_string(r.evidence), access(a)); break;
        case Requirement::Kind::Notify: line("  notify {} {} {}", r.notify.text.empty() ? party(r.notify) : r.notify.text, when, access(a)); break;
        case Requirement::Kind::Log: line("  log {} {}", when, access(a)); break;
      }
  }
  void print_prohibition(const Prohibition& r) {
    head(r.never ? "never" : "forbid", r.info);
    for (const Access& a : r.accesses) line("  {}", access(a));
  }
  void print_segregation(const Segregation& r) {
    head(r.sensitive ? "sensitive" : "sod", r.info);
    line("  {} {} of", r.form == Segregation::Form::Combine ? "broken by" : "at least people", r.count);
    for (const Side& side : r.sides) print_side(side);
    if (!r.same.empty()) line("  within same {}", enums(r.same));
    if (r.across) line("  across {}", s_.enums[r.across].name);
    if (r.at_assignment) line("  at assignment");
    if (r.at_use) line("  at use");
    for (const ObjectBinding& binding : r.objects) print_binding(binding);
  }
  void print_side(const Side& side) {
    const char* kind = side.kind == Side::Kind::AnyOf ? "any of" : side.kind == Side::Kind::AllOf ? "all of" : "at least";
    line("    side {}{}{}", kind, side.kind == Side::Kind::AtLeast ? fmt::format(" {}", side.count) : "",
         side.within.empty() ? "" : " within " + values(side.within));
    for (const SideElement& element : side.elements) {
      for (const RoleUse& use : element.roles) line("      role {}", role_use(use));
      for (const Access& a : element.accesses) line("      {}", access(a));
    }
  }
  void print_binding(const ObjectBinding& b) {
    line("  on same {}{}{}", s_.entities[b.key].name, b.over ? " over " + print_duration(b.over) : "", b.in_order ? " in order" : "");
    for (const auto& [action, path] : b.paths) line("    {} by {}", s_.actions[action].name, term(path));
  }
  void print_info(const RuleInfo& i) {
    for (const auto& [kind, yield] : i.yields) line("  {}{}", to_string(kind), terms(yield));
    if (i.enforced_from == kForever) line("  report only");
    else if (i.enforced_from != kInstantMin) line("  enforced from {}", print_instant(i.enforced_from));
    owner(i.owner);
    if (!i.because.empty()) line("  because {}", print_string(i.because));
    for (const std::string& name : i.implements) line("  implements {}", name);
  }
  std::string terms(const Yield& y) const {
    std::string text;
    if (y.at_most) text += " at most " + print_duration(y.at_most);
    if (y.in_a_row) text += ", in a row " + print_duration(y.in_a_row);
    if (y.renew) text += fmt::format(", renew {}", y.renew);
    if (y.cooling) text += ", cooling " + print_duration(y.cooling);
    if (y.by) text += ", by " + p_.chains[y.by].name;
    if (y.with_control && y.controls.empty()) text += ", with control";
    for (const ControlId id : y.controls) text += ", with " + p_.controls[id].name;
    if (y.tested_every) text += ", tested every " + print_duration(y.tested_every);
    return text;
  }

  void print_control(const Control& c) {
    line("control {}{}", c.name, c.title.empty() ? "" : " " + print_string(c.title));
    for (const RuleId id : c.rules) line("  for {}", info(p_.rules[id]).name);
    for (const Party& monitor : c.monitors) line("  monitor {}", party(monitor));
    if (c.every) line("  every {}", print_duration(c.every));
    if (c.by_requirement) line("  by {}", info(p_.rules[c.by_requirement]).name);
    line("  tested every {}", print_duration(c.tested_every));
    owner(c.owner);
  }
  void print_lift(const Lift& l) {
    line("{} {} {} {}", l.mitigation ? "mitigation" : "exception", l.name, l.mitigation ? "covers" : "waives", info(p_.rules[l.rule]).name);
    for (const std::string& person : l.persons) line("  for {}", print_string(person));
    if (l.type) line("  for {}{}", s_.entities[l.type].name, where(l.who));
    if (!l.within.empty()) line("  within {}", values(l.within));
    if (l.at_assignment && l.at_use) line("  standing bindings");
    else if (l.standing()) line("  {}", l.at_use ? "at use" : "at assignment");
    for (const EntityId id : l.same) line("  on same {}", s_.entities[id].name);
    if (l.object_type) print_objects(l);
    line("  from {} until {}", print_instant(l.from), print_instant(l.until));
    if (!trivial(l.while_condition)) line("  while {}", cond(l.while_condition));
    line("  terms{}", terms(l.terms));
    for (const Mark& mark : l.marks) line("  approved by {} on {}", print_string(mark.person), print_instant(mark.on));
    if (!l.reason.empty()) line("  reason {}", print_string(l.reason));
    if (!l.ticket.empty()) line("  ticket {}", print_string(l.ticket));
    for (const ControlId id : l.controls) line("  with {}", p_.controls[id].name);
    for (const RoleUse& use : l.on_end_remove) line("  on end remove {}", role_use(use));
    owner(l.owner);
  }
  void print_objects(const Lift& l) {
    std::vector<std::string> ids;
    for (const std::string& id : l.object_ids) ids.push_back(print_string(id));
    line("  on {} {}{}", s_.entities[l.object_type].name, fmt::join(ids, ", "), where(l.object_where));
  }
  void print_claim(const Claim& c) {
    if (c.kind == Claim::Kind::Independent) {
      std::vector<std::string> facts;
      for (TermId fact : c.facts) facts.push_back(term(fact));
      line("assert {}{}: decision on {} does not depend on {}", c.name, c.in_population ? " in population" : "", s_.actions[c.action].name, fmt::join(facts, ", "));
      return;
    }
    std::vector<std::string> binders;
    for (const Binder& binder : c.binders) {
      names_.binders.push_back(binder.name);
      binders.push_back(fmt::format("{}: {}", binder.name, binder.type ? s_.entities[binder.type].name : "time"));
    }
    line("assert {}{}: {} {}{}{}", c.name, c.in_population ? " in population" : "", c.kind == Claim::Kind::Never ? "never" : "always",
         fmt::join(binders, ", "), where(c.where), c.then ? ": " + cond(c.then) : "");
    names_.binders.clear();
  }

  const Program& p_;
  const Schema& s_;
  Names names_;
  std::string text_;
};

}  // namespace

std::string print(const Program& program) { return ProgramPrinter(program).all(); }

}  // namespace writ::typed_ir
