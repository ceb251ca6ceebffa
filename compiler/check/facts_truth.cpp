#include "compiler/check/facts_truth.h"

#include <algorithm>
#include <set>

namespace writ::check {
namespace {

using typed_ir::Cond;
using typed_ir::CondKind;
using typed_ir::EntityFacts;
using typed_ir::FactValue;
using typed_ir::Holding;
using typed_ir::Role;
using typed_ir::Root;
using typed_ir::Term;
using typed_ir::TermKind;

Fact fact_of(bool yes) { return yes ? Fact::Yes : Fact::No; }
Fact negate(Fact f) { return static_cast<Fact>(2 - static_cast<int>(f)); }

/// A term's value: unknown, absent, or known (one value or a set).
struct Known {
  enum class State : std::uint8_t { Unknown, Absent, Known } state = State::Unknown;
  ValueSet values;
  bool complete = true;

  static Known of(Value value) { return {State::Known, {std::move(value)}, true}; }
  bool known() const { return state == State::Known; }
  const Value& one() const { return values.front(); }
};

class Evaluation {
 public:
  Evaluation(const typed_ir::Program& program, const typed_ir::Register& facts, const EntityFacts& person, Instant now,
             const ValueSet& parameters)
      : program_(program), facts_(facts), person_(person), now_(now), parameters_(parameters) {}

  Known term(TermId id) const {
    const Term& t = program_.conditions.term(id);
    switch (t.kind) {
      case TermKind::Literal: return Known::of(t.value);
      case TermKind::SetLiteral: return set_literal(t);
      case TermKind::Root: return root(t);
      case TermKind::Now: return Known::of({Scalar::Time, now_, "", 0});
      case TermKind::Attribute: return attribute(t);
      case TermKind::RollUp: return roll_up(t);
      case TermKind::Otherwise: {
        Known base = term(t.a[0]);
        return base.state == Known::State::Absent ? term(t.a[1]) : base;
      }
      case TermKind::Add: return sum(t, 1);
      case TermKind::Subtract: return sum(t, -1);
      case TermKind::Scale:
      case TermKind::Unknown: return {};
    }
    return {};
  }

  Fact cond(CondId id) const {
    const Cond& c = program_.conditions.cond(id);
    switch (c.kind) {
      case CondKind::True: return Fact::Yes;
      case CondKind::False: return Fact::No;
      case CondKind::Not: return negate(cond(c.c.front()));
      case CondKind::And: return junction(c, Fact::Yes);
      case CondKind::Or: return junction(c, Fact::No);
      case CondKind::Fact: return compare(c, [](const Value& a, const Value&) { return a.number != 0; });
      case CondKind::Equal: return equal(c);
      case CondKind::Less: return compare(c, [](const Value& a, const Value& b) { return a.number < b.number; });
      case CondKind::LessEqual: return compare(c, [](const Value& a, const Value& b) { return a.number <= b.number; });
      case CondKind::Known: return presence(term(c.t[0]));
      case CondKind::In: return in(term(c.t[0]), term(c.t[1]));
      case CondKind::IsEmpty: return empty(term(c.t[0]));
      case CondKind::SubsetOf: return subset(term(c.t[0]), term(c.t[1]));
      case CondKind::Overlaps: return overlaps(term(c.t[0]), term(c.t[1]));
      case CondKind::Unknown:
      case CondKind::ThresholdLess:
      case CondKind::ThresholdLessEqual:
      case CondKind::StartsWith:
      case CondKind::EndsWith:
      case CondKind::Under:
      case CondKind::Holds:
      case CondKind::Can:
      case CondKind::AtLeast: return Fact::Unknown;
    }
    return Fact::Unknown;
  }

 private:
  Known set_literal(const Term& t) const {
    Known set{Known::State::Known, {}, true};
    for (const TermId element : t.a) {
      const Known value = term(element);
      if (!value.known()) set.complete = false;
      else set.values.push_back(value.one());
    }
    return set;
  }

  Known root(const Term& t) const {
    if (t.root == Root::Principal) return Known::of({Scalar::Ref, 0, person_.id, t.type.entity.index});
    if (t.root == Root::Parameter && t.index < parameters_.size()) return Known::of(parameters_[t.index]);
    return {};
  }

  Known attribute(const Term& t) const {
    const Term& base = program_.conditions.term(t.a[0]);
    if (base.kind == TermKind::Root && base.root == Root::Context) return lookup(facts_.context, t.attribute);
    const Known owner = term(t.a[0]);
    if (!owner.known()) return {};
    const auto found = facts_.entities.find(owner.one().text);
    return found == facts_.entities.end() ? Known{} : lookup(found->second.attributes, t.attribute);
  }

  static Known lookup(const std::map<AttributeId, FactValue>& attributes, AttributeId id) {
    const auto found = attributes.find(id);
    if (found == attributes.end()) return {};
    if (found->second.absent) return {Known::State::Absent, {}, true};
    return {Known::State::Known, found->second.values, found->second.complete};
  }

  Known roll_up(const Term& t) const {
    Known base = term(t.a[0]);
    if (!base.known()) return base;
    Known rolled{Known::State::Known, {}, base.complete};
    for (const Value& value : base.values) {
      const auto up = program_.schema.roll_up(EnumId{value.type}, static_cast<std::uint32_t>(value.number), t.type.enumeration);
      if (!up) rolled.complete = false;
      else rolled.values.push_back({Scalar::Enum, *up, "", t.type.enumeration.index});
    }
    if (rolled.values.empty() && !t.type.set) return {};
    return rolled;
  }

  Known sum(const Term& t, std::int64_t sign) const {
    const Known a = term(t.a[0]), b = term(t.a[1]);
    if (!a.known() || !b.known()) return {};
    Value value = a.one();
    if (__builtin_add_overflow(value.number, sign * b.one().number, &value.number)) return {};
    return Known::of(value);
  }

  Fact junction(const Cond& c, Fact neutral) const {
    Fact result = neutral;
    for (const CondId operand : c.c) result = neutral == Fact::Yes ? std::min(result, cond(operand)) : std::max(result, cond(operand));
    return result;
  }

  template <class Test>
  Fact compare(const Cond& c, Test test) const {
    const Known a = term(c.t[0]), b = c.t.size() > 1 ? term(c.t[1]) : a;
    if (!a.known() || !b.known()) return Fact::Unknown;
    if (a.one().scalar == Scalar::Money && a.one().text != b.one().text) return Fact::Unknown;
    return fact_of(test(a.one(), b.one()));
  }

  Fact equal(const Cond& c) const {
    if (program_.conditions.term(c.t[0]).type.set) return Fact::Unknown;
    return compare(c, [](const Value& a, const Value& b) { return a.number == b.number && a.text == b.text; });
  }

  static Fact presence(const Known& value) {
    return value.state == Known::State::Unknown ? Fact::Unknown : fact_of(value.known());
  }
  static bool contains(const Known& set, const Value& value) {
    return std::any_of(set.values.begin(), set.values.end(),
                       [&](const Value& v) { return v.number == value.number && v.text == value.text; });
  }
  static Fact in(const Known& value, const Known& set) {
    if (set.known() && set.complete && set.values.empty()) return Fact::No;
    if (!value.known() || !set.known()) return Fact::Unknown;
    if (contains(set, value.one())) return Fact::Yes;
    return set.complete ? Fact::No : Fact::Unknown;
  }
  static Fact empty(const Known& set) {
    if (!set.known()) return Fact::Unknown;
    if (!set.values.empty()) return Fact::No;
    return set.complete ? Fact::Yes : Fact::Unknown;
  }
  static Fact subset(const Known& a, const Known& b) {
    if (!a.known() || !b.known()) return Fact::Unknown;
    const bool all = std::all_of(a.values.begin(), a.values.end(), [&](const Value& v) { return contains(b, v); });
    if (all) return a.complete ? Fact::Yes : Fact::Unknown;
    return b.complete ? Fact::No : Fact::Unknown;
  }
  static Fact overlaps(const Known& a, const Known& b) {
    if (!a.known() || !b.known()) return Fact::Unknown;
    const bool some = std::any_of(a.values.begin(), a.values.end(), [&](const Value& v) { return contains(b, v); });
    if (some) return Fact::Yes;
    return a.complete && b.complete ? Fact::No : Fact::Unknown;
  }

  const typed_ir::Program& program_;
  const typed_ir::Register& facts_;
  const EntityFacts& person_;
  Instant now_;
  const ValueSet& parameters_;
};

/// Whether the value of the scope in question is the argument, or rolls up to it.
bool covers(const typed_ir::Schema& schema, const Value& argument, const Value& within) {
  if (argument.scalar != Scalar::Enum) return true;
  const EnumId to{argument.type}, from{within.type};
  if (!schema.rolls_up(from, to)) return true;
  return schema.roll_up(from, static_cast<std::uint32_t>(within.number), to) == static_cast<std::uint32_t>(argument.number);
}

bool any_covers(const typed_ir::Schema& schema, const ValueSet& args, const std::optional<Value>& within) {
  if (!within) return true;
  return std::all_of(args.begin(), args.end(), [&](const Value& arg) { return covers(schema, arg, *within); });
}

bool extends(const typed_ir::Program& program, RoleId role, RoleId ancestor) {
  if (role == ancestor) return true;
  const auto& parents = program.roles[role].parents;
  return std::any_of(parents.begin(), parents.end(), [&](const typed_ir::RoleUse& p) { return extends(program, p.role, ancestor); });
}

/// Every way to fill the parameters of a role with values of dimensions; empty where a parameter has no finite set of values.
std::vector<ValueSet> arguments_of(const typed_ir::Program& program, const Role& role) {
  std::vector<ValueSet> all{{}};
  for (const Type& type : role.parameters) {
    if (type.scalar != Scalar::Enum || program.schema.enums[type.enumeration].open) return {};
    std::vector<ValueSet> longer;
    for (const ValueSet& args : all)
      for (std::size_t i = 0; i < program.schema.enums[type.enumeration].values.size() && longer.size() < 4096; ++i) {
        longer.push_back(args);
        longer.back().push_back({Scalar::Enum, static_cast<std::int64_t>(i), "", type.enumeration.index});
      }
    all = std::move(longer);
  }
  return all;
}

}  // namespace

const EntityFacts* RegisterTruth::find(const std::string& id) const {
  const auto found = facts_.entities.find(id);
  return found == facts_.entities.end() ? nullptr : &found->second;
}

Fact RegisterTruth::holds(CondId cond, const EntityFacts& person, Instant now, const ValueSet& parameters) const {
  return Evaluation(program_, facts_, person, now, parameters).cond(cond);
}

Fact RegisterTruth::has_role(const std::string& id, RoleId wanted, const std::optional<Value>& within, Instant now) const {
  const EntityFacts* person = find(id);
  if (!person || !person->type.valid()) return Fact::Unknown;
  Fact best = person->held_complete ? Fact::No : Fact::Unknown;
  for (const Holding& held : person->holds) {
    if (!extends(program_, held.role, wanted) || !any_covers(program_.schema, held.args, within)) continue;
    if (held.from <= now && now < held.until)
      best = std::max(best, held.rests_on.empty() ? holds(program_.roles[held.role].eligible, *person, now, held.args) : Fact::Unknown);
  }
  for (const RoleId id_ : program_.roles.ids()) {
    const Role& role = program_.roles[id_];
    if (!role.birthright.valid() || role.type != person->type || !extends(program_, id_, wanted)) continue;
    const auto all = arguments_of(program_, role);
    if (all.empty()) best = std::max(best, Fact::Unknown);
    for (const ValueSet& args : all)
      if (any_covers(program_.schema, args, within)) best = std::max(best, holds(role.birthright, *person, now, args));
  }
  return std::min(best, in_tenure(*person, now));
}

Fact RegisterTruth::is_below(const std::string& below, const std::string& above) const {
  std::set<std::string> seen;
  for (std::string at = below; seen.insert(at).second;) {
    const EntityFacts* person = find(at);
    if (!person || !person->type.valid()) return Fact::Unknown;
    const AttributeId manager = program_.schema.entities[person->type].manager;
    if (!manager.valid()) return Fact::No;
    const auto fact = person->attributes.find(manager);
    if (fact == person->attributes.end()) return Fact::Unknown;
    if (fact->second.absent || fact->second.values.empty()) return Fact::No;
    at = fact->second.values.front().text;
    if (at == above) return Fact::Yes;
  }
  return Fact::No;
}

Fact RegisterTruth::in_tenure(const EntityFacts& person, Instant now) const {
  const typed_ir::Entity& type = program_.schema.entities[person.type];
  const auto value = [&](AttributeId id) -> const FactValue* {
    const auto found = person.attributes.find(id);
    return found == person.attributes.end() ? nullptr : &found->second;
  };
  Fact result = Fact::Yes;
  if (type.tenure_from.valid()) {
    const FactValue* from = value(type.tenure_from);
    result = !from || from->values.empty() ? Fact::Unknown : fact_of(from->values.front().number <= now);
  }
  if (type.tenure_until.valid()) {
    const FactValue* until = value(type.tenure_until);
    const Fact before = !until ? Fact::Unknown : until->values.empty() ? Fact::Yes : fact_of(now < until->values.front().number);
    result = std::min(result, before);
  }
  return result;
}

std::optional<std::string> RegisterTruth::person_at(TermId path, const EntityFacts& person) const {
  const Known value = Evaluation(program_, facts_, person, facts_.as_of, {}).term(path);
  if (!value.known() || value.values.empty()) return std::nullopt;
  return value.one().text;
}

}  // namespace writ::check
