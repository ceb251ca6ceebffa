// `--emit=kernel`: every form on its own lines, sorted by name within its kind, each with the place that says it. Vocabulary, chains and
// controls are those of `--emit=typed-ir` and not repeated.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/kernel/elaborate.h"

namespace writ::kernel {
namespace {

std::string_view to_string(Restriction::Kind kind) {
  switch (kind) {
    case Restriction::Kind::Act: return "act";
    case Restriction::Kind::Standing: return "standing";
    case Restriction::Kind::Object: return "object";
    case Restriction::Kind::People: return "people";
  }
  return "";
}

std::string_view to_string(Lift::Kind kind) {
  switch (kind) {
    case Lift::Kind::Exception: return "exception";
    case Lift::Kind::Mitigation: return "mitigation";
    case Lift::Kind::Warrant: return "warrant";
  }
  return "";
}

class KernelPrinter {
 public:
  KernelPrinter(const Kernel& kernel, const source::SourceSet& sources)
      : k_(kernel), s_(kernel.schema), sources_(sources), routes_of_(kernel.roles.size()), grants_of_(kernel.roles.size()) {
    for (const Route& route : k_.routes) routes_of_[route.role.index].push_back(&route);
    for (const Grant& grant : k_.grants) grants_of_[grant.role.index].push_back(&grant);
    names_.role = [this](RoleId id) { return k_.roles[id].name; };
    names_.sorted = true;
  }

  std::string all() {
    line("kernel {}  version {}  root {}  marks {}", k_.name, k_.policy_version, k_.root_module, k_.accept_marks ? "accept" : "require");
    sorted(k_.roles, [this](const Role& r) { return r.name; }, [this](RoleId id) { print_role(id); });
    sorted(k_.restrictions, [](const Restriction& r) { return r.name; }, [this](RestrictionId id) { print_restriction(k_.restrictions[id]); });
    sorted(k_.lifts, [this](const Lift& l) { return l.id + "\n" + k_.restrictions[l.of].name; }, [this](LiftId id) { print_lift(k_.lifts[id]); });
    sorted(k_.obligations, [](const Obligation& o) { return o.id; }, [this](ObligationId id) { print_obligation(k_.obligations[id]); });
    sorted(k_.edges, [this](const Edge& e) { return edge(e); }, [this](EdgeId id) { line("edge {}  {}", edge(k_.edges[id]), place(k_.edges[id].origin)); });
    sorted(k_.claims, [](const Claim& c) { return c.name; }, [this](ClaimId id) { print_claim(k_.claims[id]); });
    return std::move(text_);
  }

 private:
  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...);
    while (!text_.empty() && text_.back() == ' ') text_.pop_back();
    text_ += '\n';
  }

  template <class IdType, class T, class Key, class Print>
  void sorted(const support::Store<IdType, T>& store, Key key, Print print_one) {
    auto ids = store.ids();
    std::stable_sort(ids.begin(), ids.end(), [&](IdType a, IdType b) { return key(store[a]) < key(store[b]); });
    for (const IdType id : ids) print_one(id);
  }

  std::string place(const Origin& origin) const {
    const std::string at = sources_.place(origin.range);
    return at.empty() ? "" : "[" + at + "]";
  }
  std::string cond(CondId id) const { return typed_ir::print(k_.conditions, s_, id, names_); }
  std::string term(TermId id) const { return typed_ir::print(k_.conditions, s_, id, names_); }
  bool trivial(CondId id) const { return !id || k_.conditions.cond(id).kind == typed_ir::CondKind::True; }
  std::string where(CondId id, std::string_view word = "where") const { return trivial(id) ? "" : fmt::format(" {} {}", word, cond(id)); }

  std::string use(const RoleUse& u) const {
    std::vector<std::string> args;
    for (const TermId a : u.args) args.push_back(term(a));
    const std::string& name = k_.roles[u.role].name;
    return args.empty() ? name : fmt::format("{}({})", name, fmt::join(args, ", "));
  }
  std::string values(EnumId dimension, const std::vector<std::uint32_t>& ordinals) const {
    std::vector<std::string> names;
    for (const std::uint32_t o : ordinals) names.push_back(s_.enums[dimension].values.at(o).name);
    return fmt::format("{}", fmt::join(names, ", "));
  }
  std::string access(const Access& a) const {
    std::vector<std::string> actions;
    for (const ActionId id : a.actions) actions.push_back(s_.actions[id].name);
    std::sort(actions.begin(), actions.end());
    std::string text = a.everything ? "everything" : fmt::format("{}{}", a.built_in ? "built-in, " : "", fmt::join(actions, ", "));
    if (a.principal) text += " by " + s_.entities[a.principal].name;
    if (!a.principal_id.empty()) text += " " + typed_ir::print_string(a.principal_id);
    return text + where(a.where);
  }

  void print_role(RoleId id) {
    const Role& role = k_.roles[id];
    names_.parameters = role.parameter_names;
    std::vector<std::string> parameters;
    for (std::size_t i = 0; i < role.parameters.size(); ++i)
      parameters.push_back(fmt::format("{}: {}", role.parameter_names.at(i), typed_ir::print(s_, role.parameters[i])));
    line("role {}{} for {}{}  {}", role.name, parameters.empty() ? "" : fmt::format("({})", fmt::join(parameters, ", ")),
         s_.entities[role.type].name, role.only_id.empty() ? "" : " " + typed_ir::print_string(role.only_id), place(role.origin));
    if (!trivial(role.eligible)) line("  eligible {}{}", role.continuous ? "" : "at assignment ", cond(role.eligible));
    for (std::size_t i = 1; i < role.ancestors.size(); ++i) line("  is {}", use(role.ancestors[i]));
    if (role.cap) line("  at most {}", typed_ir::print_duration(role.cap));
    if (role.review_every) line("  review every {}", typed_ir::print_duration(role.review_every));
    if (role.handover) line("  handover at most {}", typed_ir::print_duration(role.handover));
    if (!role.systems.empty()) line("  native in {}", fmt::join(role.systems, ", "));
    for (const Route* route : routes_of_[id.index]) print_route(*route);
    for (const Grant* grant : grants_of_[id.index]) print_grant(*grant);
    names_.parameters.clear();
  }
  void print_route(const Route& route) {
    if (route.kind == Route::Kind::Birthright) return line("  route birthright{}", where(route.when));
    std::vector<std::string> gates;
    for (const ChainId gate : route.gates) gates.push_back(k_.chains[gate].name);
    std::sort(gates.begin(), gates.end());
    line("  route request{}", gates.empty() ? "" : fmt::format(" after {}", fmt::join(gates, ", ")));
  }
  void print_grant(const Grant& grant) {
    std::vector<std::string> rules;
    for (const RestrictionId id : grant.subject_to) rules.push_back(k_.restrictions[id].name);
    line("  grant {}{}{}  {}", access(grant.access), rules.empty() ? "" : fmt::format(" subject to {}", fmt::join(rules, ", ")),
         grant.declared_in == grant.role ? "" : "  of " + k_.roles[grant.declared_in].name, place(grant.origin));
  }

  std::string meet(const Restriction& r) const {
    std::vector<std::string> words;
    std::vector<std::string> same;
    for (const EnumId id : r.same) same.push_back(s_.enums[id].local);
    if (!same.empty()) words.push_back(fmt::format("within same {}", fmt::join(same, ", ")));
    if (r.across) words.push_back("across " + s_.enums[r.across].local);
    if (r.key) words.push_back("on same " + s_.entities[r.key].local);
    if (r.over) words.push_back("over " + typed_ir::print_duration(r.over));
    if (r.in_order) words.push_back("in order");
    if (r.at_assignment) words.push_back("at assignment");
    if (r.at_use) words.push_back("at use");
    if (r.exposure_only) words.push_back("exposure only");
    if (r.sensitive) words.push_back("sensitive");
    return fmt::format("{}", fmt::join(words, "  "));
  }
  void print_restriction(const Restriction& r) {
    const std::string count = r.kind == Restriction::Kind::Act ? "" : fmt::format(" {}", r.count);
    const std::string meeting = meet(r);
    line("restriction {}  {}{}{}{}{}  {}", r.name, to_string(r.kind), count, r.requirement ? " required" : "", meeting.empty() ? "" : "  ", meeting, place(r.origin));
    if (r.rule != r.name) line("  rule {}", r.rule);
    if (r.level != Level::None) line("  level {}", typed_ir::to_string(r.level));
    if (r.from == typed_ir::kForever) line("  report only");
    else if (r.from != typed_ir::kInstantMin) line("  from {}", typed_ir::print_instant(r.from));
    for (const Access& a : r.accesses) line("  {}", access(a));
    for (const Side& side : r.sides) print_side(side);
    for (const auto& [action, path] : sorted_paths(r)) line("  key {} {}", action, path);
    for (const auto& [kind, yield] : r.yields) line("  yields {}{}", typed_ir::to_string(kind), terms(yield));
  }
  std::map<std::string, std::string> sorted_paths(const Restriction& r) const {
    std::map<std::string, std::string> paths;
    for (const auto& [action, path] : r.key_paths) paths.emplace(s_.actions[action].name, term(path));
    return paths;
  }
  std::string terms(const Yield& y) const {
    std::string text;
    if (y.at_most) text += " at most " + typed_ir::print_duration(y.at_most);
    if (y.in_a_row) text += ", " + typed_ir::print_duration(y.in_a_row) + " in a row";
    if (y.renew) text += fmt::format(", renew {}", y.renew);
    if (y.cooling) text += ", cooling " + typed_ir::print_duration(y.cooling);
    if (y.by) text += ", by " + k_.chains[y.by].name;
    std::vector<std::string> controls;
    for (const ControlId id : y.controls) controls.push_back(k_.controls[id].name);
    if (!controls.empty()) text += fmt::format(", with {}", fmt::join(controls, ", "));
    else if (y.with_control) text += ", with control";
    return text;
  }
  void print_side(const Side& side) {
    const std::string cut = side.within.empty() ? "" : " within " + values(side.within_dimension, side.within);
    line("  side {} of {}{}", side.need, side.elements.size(), cut);
    for (const SideElement& element : side.elements) {
      for (const RoleUse& role : element.roles) line("    role {}", use(role));
      for (const Access& a : element.accesses) line("    {}", access(a));
      print_capabilities(element.capabilities);
    }
  }
  void print_capabilities(const std::vector<Capability>& capabilities) {
    std::vector<std::string> lines;
    for (const Capability& c : capabilities) {
      names_.parameters = k_.roles[c.role].parameter_names;
      std::vector<std::string> scopes;
      for (const EnumId id : c.scopes)
        if (id && std::find(scopes.begin(), scopes.end(), s_.enums[id].local) == scopes.end()) scopes.push_back(s_.enums[id].local);
      const std::string scope = scopes.empty() ? "" : fmt::format(" in {}", fmt::join(scopes, ", "));
      lines.push_back(fmt::format("      {} can {}{}{}", k_.roles[c.role].name, s_.actions[c.action].name, scope, where(c.where)));
    }
    names_.parameters.clear();
    std::sort(lines.begin(), lines.end());
    for (const std::string& l : lines) line("{}", l);
  }

  void print_lift(const Lift& l) {
    line("lift {} {} of {}  {}", to_string(l.kind), l.id, k_.restrictions[l.of].name, place(l.origin));
    if (l.kind == Lift::Kind::Warrant) return line("  needs {}", warrant(l.warrant));
    if (!l.persons.empty()) line("  for {}", fmt::join(l.persons, ", "));
    if (l.type) line("  for {}{}", s_.entities[l.type].name, where(l.who));
    if (!l.within.empty()) line("  within {}", values(l.within_dimension, l.within));
    if (l.object_type) line("  on {} {}{}", s_.entities[l.object_type].name, fmt::join(l.object_ids, ", "), where(l.object_where));
    line("  from {} until {}", typed_ir::print_instant(l.from), typed_ir::print_instant(l.until));
    if (!trivial(l.while_condition)) line("  while {}", cond(l.while_condition));
    line("  approval {}", !l.approved ? "missing" : l.claimed ? "claimed" : "not needed");
    for (const ControlId id : l.controls) line("  with {}", k_.controls[id].name);
    for (const RoleUse& u : l.ends) line("  on end remove {}", use(u));
  }
  std::string warrant(const Warrant& w) const {
    switch (w.kind) {
      case Warrant::Kind::Mfa: return "mfa" + (w.fresh_within ? " fresh within " + typed_ir::print_duration(w.fresh_within) : "");
      case Warrant::Kind::Evidence: return "evidence " + typed_ir::print_string(w.evidence);
      case Warrant::Kind::Approval: return "approval " + k_.chains[w.chain].name;
    }
    return "";
  }

  void print_obligation(const Obligation& o) {
    line("obligation {} {} {} after{}  {}", o.id, o.kind == Obligation::Kind::Notify ? "notify" : "log", o.whom, o.on_deny ? " denied" : "", place(o.origin));
    for (const Access& a : o.after) line("  {}", access(a));
  }
  std::string edge(const Edge& e) const {
    if (e.kind == Edge::Kind::Rollup) return fmt::format("rollup {} -> {}", s_.enums[e.from].name, s_.enums[e.to].name);
    return fmt::format("owner {} -> {}", s_.entities[e.entity].name, s_.attributes[e.attribute].name);
  }
  void print_claim(const Claim& c) {
    if (c.kind == Claim::Kind::Independent) {
      std::vector<std::string> facts;
      for (TermId fact : c.facts) facts.push_back(term(fact));
      line("claim {} independent{} {} of {}  {}", c.name, c.in_population ? " in population" : "", s_.actions[c.action].name, fmt::join(facts, ", "), place(c.origin));
      return;
    }
    names_.binders.clear();
    std::vector<std::string> binders;
    for (const typed_ir::Binder& b : c.binders) {
      names_.binders.push_back(b.name);
      binders.push_back(b.name + ": " + (b.type ? s_.entities[b.type].name : "time"));
    }
    const bool always = c.kind == Claim::Kind::Always;
    line("claim {} {}{} {}{}{}  {}", c.name, always ? "always" : "never", c.in_population ? " in population" : "", fmt::join(binders, ", "),
         where(c.where), always ? where(c.then, "then") : "", place(c.origin));
    names_.binders.clear();
  }

  const Kernel& k_;
  const typed_ir::Schema& s_;
  const source::SourceSet& sources_;
  std::vector<std::vector<const Route*>> routes_of_;   ///< by role
  std::vector<std::vector<const Grant*>> grants_of_;
  typed_ir::Names names_;
  std::string text_;
};

}  // namespace

std::string print(const Kernel& kernel, const source::SourceSet& sources) { return KernelPrinter(kernel, sources).all(); }

}  // namespace writ::kernel
