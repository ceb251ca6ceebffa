// The values of terms (2.2–2.5, 13).
#include <algorithm>

#include "compiler/interpret/world.h"

namespace writ::interpret {
namespace {

using typed_ir::Root;
using typed_ir::Scalar;
using typed_ir::Term;
using typed_ir::TermKind;

Evaluated missing(std::string fact, std::string reason) {
  Evaluated e;
  e.leaves = {{std::move(fact), std::move(reason)}};
  return e;
}

int scale_of(Scalar scalar) { return scalar == Scalar::Decimal || scalar == Scalar::Money ? 1 : 0; }

void blame(Evaluated& into, const Evaluated& from) {
  into.leaves.insert(from.leaves.begin(), from.leaves.end());
  into.horizon = std::min(into.horizon, from.horizon);
}

std::string dimension_name(const Schema& schema, EnumId id) { return id ? schema.enums[id].local : "scope"; }

}  // namespace

Evaluated known(Value value) {
  Evaluated e;
  e.state = Fact::State::Known;
  e.n = value.number;
  e.scale = scale_of(value.scalar);
  e.value = std::move(value);
  return e;
}

Evaluated known_set(ValueSet values) {
  Evaluated e;
  e.state = Fact::State::Known;
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
  e.values = std::move(values);
  e.complete = true;
  return e;
}

std::string World::path_of(TermId id) const {
  const Term& term = kernel_.conditions.term(id);
  if (term.kind == TermKind::Attribute) return path_of(term.a[0]) + "." + schema().attributes[term.attribute].name;
  if (term.kind == TermKind::RollUp || term.kind == TermKind::Otherwise) return path_of(term.a[0]);
  if (term.kind != TermKind::Root) return "?";
  switch (term.root) {
    case Root::Principal: return "principal";
    case Root::Resource: return "resource";
    case Root::Context: return "context";
    case Root::Input: return "input";
    case Root::Subject: return "subject";
    case Root::Parameter: return "held";
    case Root::Binder: return "binder";
    case Root::Scope: return "scope";
  }
  return "?";
}

Evaluated World::attribute(const Record& record, AttributeId id, const std::string& path, const Scene& scene) const {
  const typed_ir::Attribute& declared = schema().attributes[id];
  const auto it = record.attributes.find(id);
  if (it == record.attributes.end()) return missing(path, "not_supplied");
  const Fact& fact = it->second;
  Evaluated e;
  e.state = fact.state;
  e.values = fact.values;
  e.complete = fact.complete;
  if (!declared.type.set && fact.state == Fact::State::Known) e = known(fact.values.at(0));
  if (fact.state == Fact::State::Unknown || (declared.type.set && !fact.complete)) e.leaves = {{path, fact.reason}};
  if (!declared.fresh_within) return e;

  // 2.5: as_of − skew ≤ now < as_of + D
  const bool dated = fact.as_of && scene.asked;
  const Instant first = dated ? *fact.as_of - kernel_.skew : 0, last = dated ? *fact.as_of + *declared.fresh_within : 0;
  const bool fresh = dated && first <= *scene.asked && *scene.asked < last;
  const Instant horizon = !dated ? kForever : *scene.asked < first ? first : *scene.asked < last ? last : kForever;
  if (!fresh) e = missing(path, "stale");
  freshness_ = std::min(freshness_, horizon);
  if (scene.now == scene.asked) e.horizon = horizon;   // a later piece of an interval is judged with today's facts
  return e;
}

Evaluated World::root(const Term& term, const Scene& scene) const {
  const auto entity = [](const Record* record, const char* name) {
    if (!record) return missing(name, "not_supplied");
    Value value;
    value.scalar = Scalar::Ref;
    value.text = record->id;
    value.type = record->type.index;
    return known(std::move(value));
  };
  switch (term.root) {
    case Root::Principal: return entity(scene.principal, "principal");
    case Root::Resource: return entity(scene.resource, "resource");
    case Root::Context: return entity(scene.context, "context");
    case Root::Input: return entity(scene.input, "input");
    case Root::Subject: return missing("subject", "not_supplied");
    case Root::Binder: return missing("binder", "not_supplied");
    case Root::Parameter: {
      if (!scene.parameters || term.index >= scene.parameters->size() || !(*scene.parameters)[term.index]) return missing("held", "incomplete");
      return known(*(*scene.parameters)[term.index]);
    }
    case Root::Scope: {
      const bool supplied = term.index < scene.scopes.size() && scene.scopes[term.index];
      return supplied ? known(*scene.scopes[term.index]) : missing(dimension_name(schema(), term.type.enumeration), "not_supplied");
    }
  }
  return missing("?", "not_supplied");
}

Evaluated World::attribute_of(const Term& term, const Scene& scene) const {
  const Term& base = kernel_.conditions.term(term.a[0]);
  std::string path = path_of(term.a[0]) + "." + schema().attributes[term.attribute].name;
  if (base.kind == TermKind::Root) {
    const Record* record = base.root == Root::Principal ? scene.principal : base.root == Root::Resource ? scene.resource
                         : base.root == Root::Context ? scene.context : base.root == Root::Input ? scene.input : nullptr;
    if (record) return attribute(*record, term.attribute, path, scene);
  }
  const Evaluated target = value(term.a[0], scene);
  if (!target.known() || target.value.scalar != Scalar::Ref) {
    Evaluated e = missing(path, "not_supplied");
    if (!target.leaves.empty() && base.kind != TermKind::Root) e.leaves = target.leaves;
    e.horizon = target.horizon;
    return e;
  }
  const Record* record = find({schema().attributes[term.attribute].owner, target.value.text});
  Evaluated e = record ? attribute(*record, term.attribute, path, scene) : missing(path, "not_supplied");
  e.horizon = std::min(e.horizon, target.horizon);
  return e;
}

Evaluated World::roll_up(const Term& term, const Scene& scene) const {
  Evaluated e = value(term.a[0], scene);
  const EnumId from = kernel_.conditions.term(term.a[0]).type.enumeration, to = term.type.enumeration;
  const auto image = [&](const Value& v) -> std::optional<Value> {
    if (schema().enums[from].open) return std::nullopt;
    const auto ordinal = schema().roll_up(from, static_cast<std::uint32_t>(v.number), to);
    if (!ordinal) return std::nullopt;
    Value rolled = v;
    rolled.number = *ordinal;
    rolled.type = to.index;
    return rolled;
  };
  const question::UnknownFact unmapped{dimension_name(schema(), to), "not_supplied"};
  if (term.type.set) {
    Evaluated rolled = e;
    rolled.values.clear();
    for (const Value& v : e.values) {
      if (auto to_value = image(v)) rolled.values.push_back(std::move(*to_value));
      else { rolled.complete = false; rolled.leaves.insert(unmapped); }
    }
    std::sort(rolled.values.begin(), rolled.values.end());
    rolled.values.erase(std::unique(rolled.values.begin(), rolled.values.end()), rolled.values.end());
    return rolled;
  }
  if (!e.known()) return e;
  Evaluated rolled = missing(unmapped.fact, unmapped.reason);
  if (auto to_value = image(e.value)) rolled = known(std::move(*to_value));
  rolled.horizon = e.horizon;
  return rolled;
}

Evaluated World::sum(const Term& term, const Scene& scene) const {
  const Evaluated a = value(term.a[0], scene), b = value(term.a[1], scene);
  Evaluated e;
  e.horizon = std::min(a.horizon, b.horizon);
  if (!a.known() || !b.known()) {
    blame(e, a);
    blame(e, b);
    return e;
  }
  if (a.value.scalar == Scalar::Money && a.value.text != b.value.text) {
    e.leaves = {{path_of(term.a[0]), "other_currency"}};
    return e;
  }
  const int sign = term.kind == TermKind::Subtract ? -1 : 1;
  __int128 an = a.n, bn = b.n;
  for (int s = a.scale; s < b.scale; ++s) an *= typed_ir::kScale;
  for (int s = b.scale; s < a.scale; ++s) bn *= typed_ir::kScale;
  e.state = Fact::State::Known;
  e.value = a.value;
  e.n = an + sign * bn;
  e.scale = std::max(a.scale, b.scale);
  e.now = a.now + sign * b.now;
  return e;
}

Evaluated World::scaled(const Term& term, const Scene& scene) const {
  Evaluated e = value(term.a[0], scene);
  if (!e.known()) return e;
  e.n *= term.value.number;
  e.now *= term.value.number;
  e.scale += scale_of(term.value.scalar);
  return e;
}

Evaluated World::value(TermId id, const Scene& scene) const {
  const Term& term = kernel_.conditions.term(id);
  switch (term.kind) {
    case TermKind::Literal: return known(term.value);
    case TermKind::SetLiteral: {
      Evaluated e = known_set({});
      for (const TermId element : term.a) {
        const Evaluated v = value(element, scene);
        if (v.known()) e.values.push_back(v.value);
        else { e.complete = false; blame(e, v); }
      }
      std::sort(e.values.begin(), e.values.end());
      e.values.erase(std::unique(e.values.begin(), e.values.end()), e.values.end());
      return e;
    }
    case TermKind::Root: return root(term, scene);
    case TermKind::Now: {
      Evaluated e = known({Scalar::Time, 0, {}, 0});
      e.now = 1;
      return e;
    }
    case TermKind::Attribute: return attribute_of(term, scene);
    case TermKind::RollUp: return roll_up(term, scene);
    case TermKind::Add:
    case TermKind::Subtract: return sum(term, scene);
    case TermKind::Scale: return scaled(term, scene);
    case TermKind::Otherwise: {
      Evaluated e = value(term.a[0], scene);
      if (e.state != Fact::State::Absent) return e;
      Evaluated other = value(term.a[1], scene);
      other.horizon = std::min(other.horizon, e.horizon);
      return other;
    }
    case TermKind::Unknown: return missing(dimension_name(schema(), term.type.enumeration), "not_supplied");
  }
  return missing("?", "not_supplied");
}

}  // namespace writ::interpret
