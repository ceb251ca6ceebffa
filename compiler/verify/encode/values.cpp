// Terms of conditions: what each denotes.
#include <fmt/format.h>

#include <numeric>

#include "compiler/verify/encode/conditions.h"

namespace writ::verify {

using typed_ir::Scalar;
using typed_ir::TermKind;
using typed_ir::Type;
using typed_ir::Value;

Denoted Reader::term(kernel::TermId id) {
  const typed_ir::Term& node = store().term(id);
  auto a = [&](std::size_t i) { return term(node.a[i]); };
  switch (node.kind) {
    case TermKind::Literal: return literal(node.value, node.type);
    case TermKind::SetLiteral: return set_literal(node);
    case TermKind::Root: return root(node);
    case TermKind::Now: {
      Denoted d = unknown(node.type);
      d.has = terms().truth();
      d.value = terms().integer(0);
      d.of_now = true;
      return d;
    }
    case TermKind::Attribute: return attribute(node);
    case TermKind::RollUp: return roll_up(a(0), node.type);
    case TermKind::Add: return sum(a(0), a(1), 1, node.type);
    case TermKind::Subtract: return sum(a(0), a(1), -1, node.type);
    case TermKind::Scale: return scaled(a(0), node.value, node.type);
    case TermKind::Otherwise: return otherwise(a(0), node.a.size() > 1 ? a(1) : literal(node.value, node.type));
    case TermKind::Unknown: return unknown(node.type);
  }
  return unknown(node.type);
}

Denoted Reader::unknown(const Type& type) {
  smt::Terms& t = terms();
  Denoted d{.type = type, .has = t.falsity(), .none = t.falsity(), .value = {}, .currency = {}, .fresh_until = logic().forever(), .set = {}, .path = {}};
  if (type.set) {
    Elements nothing;
    nothing.complete = t.falsity();
    nothing.is_listed = true;
    d.set = nothing;
    return d;
  }
  // A value that no reader may look at, since `has` is F; still of the right sort.
  Denoted shape = view_.world().free_value(fmt::format("!unknown:{}:{}:{}", static_cast<int>(type.scalar), type.enumeration.index, type.entity.index), type);
  d.value = shape.value;
  d.currency = shape.currency;
  return d;
}

Denoted Reader::literal(const Value& value, const Type& type) {
  smt::Terms& t = terms();
  Denoted d{.type = type, .has = t.truth(), .none = t.falsity(), .value = {}, .currency = {}, .fresh_until = logic().forever(), .set = {}, .path = {}};
  switch (value.scalar) {
    case Scalar::Bool: d.value = value.number != 0 ? t.truth() : t.falsity(); break;
    case Scalar::Enum: {
      if (type.enumeration && view_.world().kernel().schema.enums[type.enumeration].open) {
        d.value = view_.world().code(value.text);
        break;
      }
      d.value = view_.world().ordinal(kernel::EnumId{value.type}, static_cast<std::uint32_t>(value.number));
      break;
    }
    case Scalar::String:
    case Scalar::Ref: d.value = view_.world().code(value.text); break;
    case Scalar::Money:
      d.value = t.integer(value.number);
      d.currency = view_.world().code(value.text);
      d.denominator = typed_ir::kScale;
      break;
    case Scalar::Decimal: d.denominator = typed_ir::kScale; [[fallthrough]];
    case Scalar::Int:
    case Scalar::Time:
    case Scalar::Duration: d.value = t.integer(value.number); break;
  }
  if (type.scalar == Scalar::Ref) d.path = "entity:" + value.text;
  return d;
}

Denoted Reader::set_literal(const typed_ir::Term& node) {
  smt::Terms& t = terms();
  Elements set;
  set.complete = t.truth();
  set.is_listed = true;
  Term until = logic().forever();
  for (kernel::TermId id : node.a) {
    const Denoted e = term(id);
    set.listed.emplace_back(e.value, e.has);
    set.complete = t.conjunction(set.complete, e.has);
    until = logic().earliest({until, e.fresh_until});
  }
  Denoted d{.type = node.type, .has = t.truth(), .none = t.falsity(), .value = {}, .currency = {}, .fresh_until = until, .set = set, .path = {}};
  return d;
}

Denoted Reader::of_entity(const Entity& entity) {
  Type type;
  type.scalar = Scalar::Ref;
  type.entity = entity.type;
  return {.type = type, .has = entity.present, .none = terms().falsity(), .value = entity.id, .currency = {},
          .fresh_until = logic().forever(), .set = {}, .path = entity.path, .group = entity.group};
}

Denoted Reader::root(const typed_ir::Term& node) {
  auto of = [&](const std::optional<Entity>& entity) { return entity ? of_entity(*entity) : unknown(node.type); };
  switch (node.root) {
    case typed_ir::Root::Principal: return of(env_.principal);
    case typed_ir::Root::Resource: return of(env_.resource);
    case typed_ir::Root::Context: return of(env_.context);
    case typed_ir::Root::Input: return of(env_.input);
    case typed_ir::Root::Subject: return of(env_.subject);
    case typed_ir::Root::Parameter: return node.index < env_.parameters.size() ? env_.parameters[node.index] : unknown(node.type);
    case typed_ir::Root::Binder:
      if (const auto instant = env_.instants.find(node.index); instant != env_.instants.end()) return instant->second;
      return node.index < env_.binders.size() ? of_entity(env_.binders[node.index]) : unknown(node.type);
    case typed_ir::Root::Scope: {
      if (node.index >= env_.scopes.size() || !env_.scopes[node.index]) return unknown(node.type);
      return *env_.scopes[node.index];
    }
  }
  return unknown(node.type);
}

Denoted Reader::attribute(const typed_ir::Term& node) {
  const Denoted base = term(node.a[0]);
  if (base.path.empty()) return unknown(node.type);
  Entity entity = referenced(base);
  // A condition typed for one principal type reads U of another.
  if (entity.type && view_.world().kernel().schema.attributes[node.attribute].owner != entity.type) return unknown(node.type);
  Denoted d = view_.read(entity, node.attribute);
  d.fresh_until = logic().earliest({d.fresh_until, base.fresh_until});
  return d;
}

Denoted Reader::roll_up(const Denoted& base, const Type& to) {
  const auto& schema = view_.world().kernel().schema;
  const kernel::EnumId from = base.type.enumeration;
  if (!from || !to.enumeration || from == to.enumeration) return base;
  if (logic().faulty(Fault::ForgottenDescendants)) return unknown(base.type.set ? to : to.element());
  smt::Terms& t = terms();
  Type result_type = to.element();
  result_type.set = base.type.set;
  Denoted d = unknown(result_type);
  d.fresh_until = base.fresh_until;
  const auto& values = schema.enums[from].values;
  if (base.set) {
    Elements image;
    image.by_ordinal = true;
    image.complete = base.set->complete;
    image.ordinals.assign(schema.enums[to.enumeration].values.size(), t.falsity());
    for (std::uint32_t i = 0; i < values.size(); ++i) {
      const Term here = view_.world().contains(*base.set, view_.world().ordinal(from, i));
      if (const auto up = schema.roll_up(from, i, to.enumeration)) {
        image.ordinals[*up] = t.disjunction(image.ordinals[*up], here);
      } else {
        image.complete = t.conjunction(image.complete, t.negation(here));   // its image could be any value
      }
    }
    d.set = image;
    d.has = base.has;
    return d;
  }
  Term has = t.falsity();
  for (std::uint32_t i = 0; i < values.size(); ++i) {
    const auto up = schema.roll_up(from, i, to.enumeration);
    if (!up) continue;
    const Term here = t.equal(base.value, view_.world().ordinal(from, i));
    has = t.disjunction(has, here);
    d.value = t.ite(here, view_.world().ordinal(to.enumeration, *up), d.value);
  }
  d.has = t.conjunction(base.has, has);
  d.none = base.none;
  return d;
}

Denoted Reader::sum(const Denoted& a, const Denoted& b, int sign, const Type& type) {
  smt::Terms& t = terms();
  WRIT_CHECK(!(a.of_now && b.of_now), "now ± now");
  Denoted d = a;
  d.type = type;
  d.path.clear();
  d.has = t.conjunction(a.has, b.has);
  d.none = t.falsity();
  if (a.currency.valid() && b.currency.valid()) d.has = t.conjunction(d.has, t.equal(a.currency, b.currency));
  const std::int64_t common = std::lcm(a.denominator, b.denominator);
  d.value = t.add(t.scale(a.value, common / a.denominator), t.scale(b.value, static_cast<__int128>(sign) * (common / b.denominator)));
  d.denominator = common;
  d.of_now = a.of_now || b.of_now;
  d.fresh_until = logic().earliest({a.fresh_until, b.fresh_until});
  return d;
}

Denoted Reader::scaled(const Denoted& a, const Value& by, const Type& type) {
  Denoted d = a;
  d.type = type;
  d.path.clear();
  d.none = terms().falsity();
  d.value = terms().scale(a.value, by.number);
  if (by.scalar == Scalar::Decimal) d.denominator = a.denominator * typed_ir::kScale;   // a decimal is stored times 10,000
  return d;
}

Denoted Reader::otherwise(const Denoted& a, const Denoted& fallback) {
  smt::Terms& t = terms();
  Denoted d = a;
  d.type.optional = false;
  d.path.clear();
  d.has = t.disjunction(a.has, a.none);
  d.none = t.falsity();
  if (!a.set) {
    d.value = t.ite(a.has, a.value, fallback.value);   // of one type, hence of one denominator
    if (a.currency.valid()) d.currency = t.ite(a.has, a.currency, fallback.currency);
    return d;
  }
  d.set->complete = t.disjunction(a.set->complete, a.none);
  if (fallback.set && fallback.set->listed.empty()) return d;
  if (!a.set->by_ordinal || !fallback.set) {
    return view_.world().any_set("otherwise with a set", d.type);
  }
  for (std::uint32_t i = 0; i < d.set->ordinals.size(); ++i) {
    const Term listed = view_.world().contains(*fallback.set, view_.world().ordinal(a.type.enumeration, i));
    d.set->ordinals[i] = t.disjunction(d.set->ordinals[i], t.conjunction(a.none, listed));
  }
  return d;
}

}  // namespace writ::verify
