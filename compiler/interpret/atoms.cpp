#include "compiler/interpret/atoms.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

namespace writ::interpret {
namespace {

using kernel::Kernel;
using typed_ir::CondId;
using typed_ir::kForever;
using typed_ir::Root;
using typed_ir::Scalar;
using typed_ir::TermId;
using typed_ir::TermKind;
using typed_ir::Type;

class Collector {
 public:
  Collector(const Kernel& kernel, kernel::ActionId action) : k_(kernel), action_(action) {}

  tl::expected<Atoms, TooLarge> all() {
    persons_.insert("anyone");
    grants();
    const auto rules = k_.restrictions_of_action.find(action_);
    if (rules != k_.restrictions_of_action.end())
      for (const auto id : rules->second) restriction(id);
    for (const kernel::Obligation& o : k_.obligations)
      for (const kernel::Access& a : o.after)
        if (speaks_of(a)) access(a);
    if (!atoms_.subject) refuse("nobody is granted the action");
    tenure();
    if (!why_.empty()) return tl::unexpected(TooLarge{why_});
    facts();
    atoms_.persons.assign(persons_.begin(), persons_.end());
    for (const Instant cut : cuts_) instants_.insert({cut - 1, cut, cut + 1});
    if (instants_.empty()) instants_.insert(kEventTime);
    atoms_.instants.assign(instants_.begin(), instants_.end());
    std::erase_if(atoms_.instants, [](Instant t) { return t < 0 || t >= typed_ir::kInstantEnd; });
    return atoms_;
  }

 private:
  void refuse(std::string why) { if (why_.empty()) why_ = std::move(why); }

  bool speaks_of(const kernel::Access& a) const {
    return (a.everything && a.actions.empty()) || std::find(a.actions.begin(), a.actions.end(), action_) != a.actions.end();
  }
  void access(const kernel::Access& a) {
    if (!a.principal_id.empty()) persons_.insert(a.principal_id);
    cond(a.where);
  }
  void grants() {
    const auto it = k_.grants_of_action.find(action_);
    if (it == k_.grants_of_action.end()) return;
    for (const auto id : it->second) {
      const kernel::Grant& g = k_.grants[id];
      access(g.access);
      role(g.role);
    }
  }
  void role(kernel::RoleId id) {
    const kernel::Role& r = k_.roles[id];
    if (!r.parameters.empty()) refuse("the role `" + r.name + "` has parameters");
    if (atoms_.subject && r.type != atoms_.subject) refuse("several kinds of principal are granted the action");
    atoms_.subject = r.type;
    if (!r.only_id.empty()) persons_.insert(r.only_id);
    if (k_.schema.entities[r.type].kind != typed_ir::EntityKind::Human) refuse("`" + r.name + "` is for workloads or agents");
    if (std::find(atoms_.roles.begin(), atoms_.roles.end(), id) != atoms_.roles.end()) return;
    atoms_.roles.push_back(id);
    cond(r.eligible);
  }
  void restriction(kernel::RestrictionId id) {
    const kernel::Restriction& r = k_.restrictions[id];
    if (r.kind == kernel::Restriction::Kind::Standing) refuse("`" + r.rule + "` is a standing rule at use");
    cut(r.from);
    for (const kernel::Access& a : r.accesses)
      if (speaks_of(a)) access(a);
    for (const kernel::Side& side : r.sides)
      for (const kernel::SideElement& e : side.elements)
        for (const kernel::Access& a : e.accesses) {
          access(a);
          for (const auto act : a.actions) event(act, r);
        }
    const auto lifts = k_.lifts_of.find(id);
    if (lifts == k_.lifts_of.end()) return;
    for (const auto l : lifts->second) lift(k_.lifts[l]);
  }
  void event(kernel::ActionId act, const kernel::Restriction& r) {
    const auto path = r.key_paths.find(action_);
    if (path == r.key_paths.end()) return;
    if (k_.conditions.term(path->second).kind != TermKind::Root) refuse("`" + r.rule + "` finds its object through another");
    if (r.over != 0) cut(kEventTime + r.over);
    const bool known = std::any_of(atoms_.events.begin(), atoms_.events.end(), [&](const EventAtom& e) { return e.action == act && e.key == r.key; });
    if (!known) atoms_.events.push_back({act, r.key});
  }
  void lift(const kernel::Lift& l) {
    cut(l.from);
    cut(l.until);
    persons_.insert(l.persons.begin(), l.persons.end());
    for (const CondId c : {l.who, l.object_where, l.while_condition}) cond(c);
    if (!l.controls.empty()) refuse("`" + l.id + "` rests on a control");
    if (!l.object_ids.empty()) refuse("`" + l.id + "` is for single objects");
    if (!l.within.empty()) within(l);
    if (l.kind != kernel::Lift::Kind::Warrant) return;
    if (l.warrant.kind == kernel::Warrant::Kind::Approval) { refuse("`" + l.id + "` asks for an approval"); return; }
    if (l.warrant.fresh_within != 0) cut(kEventTime + l.warrant.fresh_within);
    const bool known = std::any_of(atoms_.warrants.begin(), atoms_.warrants.end(), [&](const kernel::Warrant& w) { return w.kind == l.warrant.kind && w.evidence == l.warrant.evidence; });
    if (!known) atoms_.warrants.push_back(l.warrant);
  }
  void within(const kernel::Lift& l) {
    const kernel::EntityId resource = k_.schema.actions[action_].resource;
    const auto field = resource ? k_.schema.scope_attribute(resource, l.within_dimension) : std::nullopt;
    if (field) read_.insert({Root::Resource, *field});
  }
  void tenure() {
    if (!atoms_.subject) return;
    const typed_ir::Entity& e = k_.schema.entities[atoms_.subject];
    for (const auto id : {e.tenure_from, e.tenure_until})
      if (id) read_.insert({Root::Principal, id});
  }
  void cut(Instant t) {
    if (t > typed_ir::kInstantMin && t < typed_ir::kInstantEnd) cuts_.insert(t);
  }

  void cond(CondId id) {
    if (!id) return;
    const typed_ir::Cond& c = k_.conditions.cond(id);
    if (c.kind == typed_ir::CondKind::Holds) refuse("a condition asks what somebody holds");
    if (c.kind == typed_ir::CondKind::ThresholdLess || c.kind == typed_ir::CondKind::ThresholdLessEqual)
      for (const typed_ir::Value& v : k_.conditions.threshold(c.threshold).amounts) literals_.insert(v);
    for (const TermId t : c.t) term(t);
    for (const CondId inner : c.c) cond(inner);
  }
  void term(TermId id) {
    const typed_ir::Term& t = k_.conditions.term(id);
    switch (t.kind) {
      case TermKind::Literal:
        if (t.value.scalar == Scalar::Time) cut(t.value.number);
        literals_.insert(t.value);
        break;
      case TermKind::Attribute: {
        const typed_ir::Term& base = k_.conditions.term(t.a[0]);
        if (base.kind != TermKind::Root) { refuse("a condition reads through a reference"); return; }
        if (k_.schema.attributes[t.attribute].fresh_within) refuse("a condition reads a fact that ages");
        read_.insert({base.root, t.attribute});
        return;
      }
      case TermKind::Add:
      case TermKind::Subtract:
      case TermKind::Scale: refuse("a condition calculates"); break;
      case TermKind::SetLiteral:
      case TermKind::Root:
      case TermKind::Now:
      case TermKind::RollUp:
      case TermKind::Otherwise:
      case TermKind::Unknown: break;
    }
    for (const TermId inner : t.a) term(inner);
  }

  /// The domain of an attribute: every literal of its type that the policy mentions, the cells between, one other value.
  void facts() {
    for (const auto& [root, attribute] : read_) {
      const typed_ir::Attribute& a = k_.schema.attributes[attribute];
      static const char* const kRoots[] = {"principal", "resource", "context", "input", "subject", "", "", ""};
      FactAtom atom{root, attribute, fmt::format("{}.{}", kRoots[static_cast<int>(root)], a.name), {}};
      const auto scalars = domain(a.type.element());
      if (!a.type.set) {
        for (const auto& v : scalars) atom.values.emplace_back(typed_ir::print(k_.schema, v), to_json(v));
      } else {
        atom.values.emplace_back("{ }", json::array());
        for (const auto& v : scalars) atom.values.emplace_back("{ " + typed_ir::print(k_.schema, v) + " }", json::array({to_json(v)}));
        json::Value whole = json::array();
        for (const auto& v : scalars) whole.items.push_back(to_json(v));
        if (scalars.size() > 1) atom.values.emplace_back("all", whole);
        if (!scalars.empty()) atom.values.emplace_back("some", json::object({{"some", json::array({to_json(scalars.front())})}}));
      }
      atoms_.facts.push_back(std::move(atom));
    }
  }
  typed_ir::ValueSet domain(const Type& type) const {
    std::set<typed_ir::Value> values;
    typed_ir::Value v;
    v.scalar = type.scalar;
    switch (type.scalar) {
      case Scalar::Bool: return {{Scalar::Bool, 0, "", 0}, {Scalar::Bool, 1, "", 0}};
      case Scalar::Enum:
        v.type = type.enumeration.index;
        if (k_.schema.enums[type.enumeration].open) return texts(type, v);
        for (std::size_t i = 0; i < k_.schema.enums[type.enumeration].values.size(); ++i) {
          v.number = static_cast<std::int64_t>(i);
          values.insert(v);
        }
        break;
      case Scalar::String:
      case Scalar::Ref: v.type = type.scalar == Scalar::Ref ? type.entity.index : 0; return texts(type, v);
      case Scalar::Int:
      case Scalar::Decimal:
      case Scalar::Money:
      case Scalar::Time:
      case Scalar::Duration: {
        for (const typed_ir::Value& literal : literals_) {
          if (literal.scalar != type.scalar || (!type.currency.empty() && literal.text != type.currency)) continue;
          const std::int64_t unit = type.scalar == Scalar::Duration ? 1000 : 1;
          for (const std::int64_t step : {-unit, std::int64_t{0}, unit}) {
            typed_ir::Value cell = literal;
            cell.number += step;
            values.insert(cell);
          }
        }
        if (type.scalar == Scalar::Time)
          for (const Instant t : cuts_) values.insert({Scalar::Time, t, "", 0});
        if (values.empty()) {
          v.text = type.scalar == Scalar::Money ? (type.currency.empty() ? "EUR" : type.currency) : "";
          values.insert(v);
        }
        break;
      }
    }
    return {values.begin(), values.end()};
  }
  typed_ir::ValueSet texts(const Type& type, typed_ir::Value v) const {
    std::set<typed_ir::Value> values;
    for (const typed_ir::Value& literal : literals_)
      if (literal.scalar == type.scalar && (type.scalar == Scalar::String || literal.type == v.type)) values.insert(literal);
    for (const char* other : {"another", "one more"}) {   // two, so that facts can agree or differ outside the literals
      v.text = other;
      values.insert(v);
    }
    return {values.begin(), values.end()};
  }
  json::Value to_json(const typed_ir::Value& v) const {
    switch (v.scalar) {
      case Scalar::Bool: return json::boolean(v.number != 0);
      case Scalar::Int: return json::number(v.number);
      case Scalar::Decimal: return json::string(typed_ir::print_decimal(v.number));
      case Scalar::Money: return json::object({{"value", json::string(typed_ir::print_decimal(v.number))}, {"currency", json::string(v.text)}});
      case Scalar::Time: return json::string(question::format_instant(v.number));
      case Scalar::Duration: return json::string(fmt::format("{}s", v.number / 1000));
      case Scalar::String:
      case Scalar::Ref: return json::string(v.text);
      case Scalar::Enum: {
        const typed_ir::Enum& e = k_.schema.enums[typed_ir::EnumId{v.type}];
        return json::string(e.open ? v.text : e.values.at(static_cast<std::size_t>(v.number)).name);
      }
    }
    return json::null();
  }

  const Kernel& k_;
  kernel::ActionId action_;
  Atoms atoms_;
  std::set<std::pair<Root, typed_ir::AttributeId>> read_;
  std::set<typed_ir::Value> literals_;
  std::set<std::string> persons_;
  std::set<Instant> cuts_, instants_;
  std::string why_;
};

}  // namespace

tl::expected<Atoms, TooLarge> atoms_of(const Kernel& kernel, kernel::ActionId action) { return Collector(kernel, action).all(); }

}  // namespace writ::interpret
