#include "compiler/verify/encode/world.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <set>

namespace writ::verify {

using typed_ir::Scalar;
using typed_ir::Type;

namespace {
constexpr std::int64_t kSecond = 1000;
}  // namespace

std::int64_t Strings::code(const std::string& text) {
  auto [it, fresh] = codes_.emplace(text, static_cast<std::int64_t>(literals_.size()));
  if (fresh) literals_.push_back(text);
  return it->second;
}

std::string Strings::text(std::int64_t code, const std::string& stem) const {
  const auto literals = static_cast<std::int64_t>(literals_.size());
  if (code >= 0 && code < literals) return literals_[static_cast<std::size_t>(code)];
  std::string invented = code < 0 ? fmt::format("{}-n{}", stem, -code) : fmt::format("{}-{}", stem, code - literals + 1);
  while (codes_.contains(invented)) invented += "'";
  return invented;
}

std::string World::fresh(const std::string& stem) {
  const unsigned n = names_[stem]++;
  return n == 0 ? stem : fmt::format("{}#{}", stem, n);
}

void World::abstract(std::string what, Term concrete) {
  for (const Abstraction& a : abstractions_)
    if (a.what == what && a.concrete == concrete) return;
  abstractions_.push_back({std::move(what), concrete});
}

std::uint32_t World::width(kernel::EnumId enumeration) const {
  const std::size_t count = std::max<std::size_t>(1, kernel_.schema.enums[enumeration].values.size());
  return std::max(1u, static_cast<std::uint32_t>(std::bit_width(count - 1)));
}

void World::note(Note note) {
  for (const Note& n : notes_)
    if (n.kind == note.kind && n.path == note.path) return;
  notes_.push_back(std::move(note));
}

std::vector<Term> World::completeness() const {
  std::vector<Term> out = knowable_;
  for (const auto& [path, f] : facts_) {
    const Term supplied = terms_.disjunction(f.has, f.none);
    out.push_back(terms_.implies(f.owner.present, f.set ? terms_.disjunction(f.set->complete, f.none) : supplied));
  }
  for (const Note& n : notes_) {
    if (n.kind == Note::Kind::Unresolved) out.push_back(terms_.negation(n.present));
    if (n.kind == Note::Kind::Control) out.push_back(n.present);
    if (n.kind == Note::Kind::Event) out.push_back(terms_.implies(n.present, n.dated));
  }
  return out;
}

std::vector<Term> World::freshness(Term now) const {
  std::vector<Term> out;
  for (const auto& [path, f] : facts_) {
    if (!f.fresh) continue;
    const std::int64_t lasts = *kernel_.schema.attributes[f.attribute].fresh_within;
    const Term begun = terms_.less_equal(terms_.add(f.as_of, terms_.integer(-kernel_.skew)), now);
    out.push_back(terms_.implies(f.owner.present, terms_.conjunction(begun, terms_.less(now, terms_.add(f.as_of, terms_.integer(lasts))))));
  }
  return out;
}

smt::Sort World::sort(const Type& type) const {
  switch (type.scalar) {
    case Scalar::Bool: return smt::kBool;
    case Scalar::Enum: {
      const typed_ir::Enum& e = kernel_.schema.enums[type.enumeration];
      if (e.open) return smt::kInt;
      return smt::bits_sort(width(type.enumeration));
    }
    case Scalar::Int:
    case Scalar::Decimal:
    case Scalar::Money:
    case Scalar::String:
    case Scalar::Time:
    case Scalar::Duration:
    case Scalar::Ref: return smt::kInt;
  }
  return smt::kInt;
}

Term World::domain(const Type& type, Term value) const {
  auto between = [&](__int128 low, __int128 high) {
    return terms_.conjunction(terms_.less_equal(terms_.integer(low), value), terms_.less_equal(value, terms_.integer(high)));
  };
  switch (type.scalar) {
    case Scalar::Bool: return terms_.truth();
    case Scalar::Enum: {
      const typed_ir::Enum& e = kernel_.schema.enums[type.enumeration];
      if (e.open) return terms_.truth();
      const std::uint32_t width = terms_.node(value).sort.bits;
      if (e.values.empty()) return terms_.falsity();
      if (e.values.size() == (std::size_t{1} << width)) return terms_.truth();
      return terms_.unsigned_less(value, terms_.bits(e.values.size(), width));
    }
    case Scalar::Int: return between(-typed_ir::kMaxInt, typed_ir::kMaxInt);
    case Scalar::Decimal:
    case Scalar::Money: return between(-typed_ir::kMaxScaled + 1, typed_ir::kMaxScaled - 1);
    case Scalar::Time: return between(typed_ir::kInstantMin, typed_ir::kInstantEnd - 1);
    case Scalar::Duration: return between(0, typed_ir::kInstantEnd / kSecond * kSecond);
    case Scalar::String:
    case Scalar::Ref: return terms_.truth();
  }
  return terms_.truth();
}

/// Requests say durations in whole seconds.
Term World::unknown_value(const std::string& name, const Type& type) {
  const Term value = terms_.variable(name, sort(type));
  return type.scalar == Scalar::Duration ? terms_.scale(value, kSecond) : value;
}

Entity World::entity(std::string path, kernel::EntityId type, int group) {
  const Term id = terms_.variable(path + "!id", smt::kInt);
  Entity root{path, type, terms_.truth(), id, group};
  return roots_.emplace(std::move(path), std::move(root)).first->second;
}

Kleene World::anything(const std::string& what) {
  const std::string name = fresh("!free:" + what);
  const Term yes = terms_.boolean(name + "!yes"), no = terms_.boolean(name + "!no");
  assume(terms_.negation(terms_.conjunction(yes, no)));
  abstract(what, terms_.falsity());
  return {yes, no, terms_.boolean(name + "!until")};
}

Denoted World::any_set(const std::string& what, const Type& type) {
  const std::string name = fresh("!free:" + what);
  abstract(what, terms_.falsity());
  const Term has = terms_.boolean(name + "!known");
  return {.type = type, .has = has, .none = terms_.falsity(), .value = {}, .currency = {}, .fresh_until = terms_.boolean(name + "!until"),
          .set = elements(name, type.element(), has), .path = {}};
}

Elements World::elements(const std::string& path, const Type& element, Term guard) {
  Elements set;
  set.complete = terms_.conjunction(guard, terms_.boolean(path + "!complete"));
  set.guard = guard;
  if (element.scalar == Scalar::Enum && !kernel_.schema.enums[element.enumeration].open) {
    set.by_ordinal = true;
    const auto& values = kernel_.schema.enums[element.enumeration].values;
    for (const auto& v : values) set.ordinals.push_back(terms_.conjunction(guard, terms_.boolean(fmt::format("{}!has:{}", path, v.name))));
  } else {
    set.member = terms_.declare(path + "!has", {smt::kInt}, smt::kBool);
  }
  return set;
}

Fact& World::fact(const Entity& owner, kernel::AttributeId attribute) {
  return declare(owner.path + "." + kernel_.schema.attributes[attribute].name, owner, attribute);
}

Fact& World::otherwise(const Fact& fact) {
  Fact& other = declare(fact.path + kOtherwise, fact.owner, fact.attribute);
  other.otherwise = true;
  return other;
}

Fact& World::declare(std::string path, const Entity& owner, kernel::AttributeId attribute) {
  if (auto found = facts_.find(path); found != facts_.end()) return found->second;
  const typed_ir::Attribute& a = kernel_.schema.attributes[attribute];
  Fact f{.path = path, .attribute = attribute, .owner = owner, .has = {}, .none = {}, .value = {}, .currency = {}, .set = {}, .as_of = {}};
  f.has = terms_.boolean(path + "!known");
  f.none = a.type.optional ? terms_.boolean(path + "!none") : terms_.falsity();
  assume(terms_.negation(terms_.conjunction(f.has, f.none)));
  if (a.type.set) {
    f.set = elements(path, a.type.element(), f.has);
  } else {
    f.value = unknown_value(path, a.type);
    assume(domain(a.type, f.value));
    if (a.type.scalar == Scalar::Money)
      f.currency = a.type.currency.empty() ? terms_.variable(path + "!currency", smt::kInt) : code(a.type.currency);
  }
  if (a.fresh_within) {
    f.fresh = true;
    f.as_of = terms_.variable(path + "!as_of", smt::kInt);
    assume(domain(Type{.scalar = Scalar::Time, .enumeration = {}, .entity = {}, .currency = {}}, f.as_of));
  }
  return facts_.emplace(path, std::move(f)).first->second;
}

Term World::as_of(const Fact& fact, const std::string& act) {
  std::map<std::string, Term>& dates = facts_.at(fact.path).dates;
  if (const auto found = dates.find(act); found != dates.end()) return found->second;
  const Term date = terms_.variable(fmt::format("{}!as_of:{}", fact.path, act), smt::kInt);
  assume(domain(Type{.scalar = Scalar::Time, .enumeration = {}, .entity = {}, .currency = {}}, date));
  dates.emplace(act, date);
  return date;
}

Denoted World::free_value(const std::string& name, const Type& type) {
  Denoted d{.type = type, .has = terms_.truth(), .none = terms_.falsity(), .value = {}, .currency = {}, .fresh_until = terms_.truth(), .set = {}, .path = {}};
  d.value = unknown_value(name, type);
  assume(domain(type, d.value));
  if (type.scalar == Scalar::Money) d.currency = type.currency.empty() ? terms_.variable(name + "!currency", smt::kInt) : code(type.currency);
  if (type.scalar == Scalar::Money || type.scalar == Scalar::Decimal) d.denominator = typed_ir::kScale;
  if (type.scalar == Scalar::Ref) d.path = name;
  return d;
}

void World::note_element(Term value) {
  if (std::find(universe_.begin(), universe_.end(), value) == universe_.end()) universe_.push_back(value);
}

Term World::contains(const Elements& set, Term value) {
  if (set.by_ordinal) {
    std::vector<Term> cases;
    const std::uint32_t width = terms_.node(value).sort.bits;
    for (std::size_t i = 0; i < set.ordinals.size(); ++i)
      cases.push_back(terms_.conjunction(set.ordinals[i], terms_.equal(value, terms_.bits(i, width))));
    return terms_.disjunction(cases);
  }
  if (set.is_listed) {
    std::vector<Term> cases;
    for (const auto& [element, known] : set.listed) cases.push_back(terms_.conjunction(known, terms_.equal(element, value)));
    return terms_.disjunction(cases);
  }
  note_element(value);
  return terms_.conjunction(set.guard, terms_.apply(*set.member, {value}));
}

namespace {

/// The Bool per value of a closed enum, for facts and for literals.
std::vector<Term> as_ordinals(World& world, const Elements& set, std::size_t count, std::uint32_t width) {
  if (set.by_ordinal) return set.ordinals;
  std::vector<Term> out;
  for (std::size_t i = 0; i < count; ++i) out.push_back(world.contains(set, world.terms().bits(i, width)));
  return out;
}

struct OrdinalPair { std::vector<Term> a, b; };
std::optional<OrdinalPair> ordinal_pair(World& world, const Elements& a, const Elements& b) {
  if (!a.by_ordinal && !b.by_ordinal) return std::nullopt;
  const std::size_t count = a.by_ordinal ? a.ordinals.size() : b.ordinals.size();
  const auto width = std::max(1u, static_cast<std::uint32_t>(std::bit_width(std::max<std::size_t>(1, count) - 1)));
  return OrdinalPair{as_ordinals(world, a, count, width), as_ordinals(world, b, count, width)};
}

}  // namespace

Term World::is_empty(const Elements& set) {
  if (set.by_ordinal) return terms_.negation(terms_.disjunction(set.ordinals));
  if (set.is_listed) {
    std::vector<Term> known;
    for (const auto& [value, has] : set.listed) known.push_back(has);
    return terms_.negation(terms_.disjunction(known));
  }
  Elements nothing;
  nothing.complete = terms_.truth();
  nothing.is_listed = true;
  return subset(set, nothing);
}

Term World::subset(const Elements& a, const Elements& b) {
  if (const auto pair = ordinal_pair(*this, a, b)) {
    std::vector<Term> all;
    for (std::size_t i = 0; i < pair->a.size(); ++i) all.push_back(terms_.implies(pair->a[i], pair->b[i]));
    return terms_.conjunction(all);
  }
  if (a.is_listed) {
    std::vector<Term> all;
    for (const auto& [value, known] : a.listed) all.push_back(terms_.implies(known, contains(b, value)));
    return terms_.conjunction(all);
  }
  Comparison c{a, b, terms_.boolean(fresh("!subset")), terms_.variable(fresh("!escapes"), smt::kInt), false};
  note_element(c.element);
  comparisons_.push_back(c);
  return c.result;
}

Term World::overlap(const Elements& a, const Elements& b) {
  if (const auto pair = ordinal_pair(*this, a, b)) {
    std::vector<Term> any;
    for (std::size_t i = 0; i < pair->a.size(); ++i) any.push_back(terms_.conjunction(pair->a[i], pair->b[i]));
    return terms_.disjunction(any);
  }
  for (const auto* pair : {&a, &b}) {
    if (!pair->is_listed) continue;
    const Elements& other = pair == &a ? b : a;
    std::vector<Term> any;
    for (const auto& [value, known] : pair->listed) any.push_back(terms_.conjunction(known, contains(other, value)));
    return terms_.disjunction(any);
  }
  Comparison c{a, b, terms_.boolean(fresh("!overlap")), terms_.variable(fresh("!shared"), smt::kInt), true};
  note_element(c.element);
  comparisons_.push_back(c);
  return c.result;
}

Term World::has_affix(Term string, const std::string& pattern, bool at_start) {
  if (std::find(affixed_.begin(), affixed_.end(), string) == affixed_.end()) affixed_.push_back(string);
  for (const Affix& a : affixes_)
    if (a.pattern == pattern && a.at_start == at_start) return terms_.apply(a.holds, {string});
  affixes_.push_back({pattern, at_start, terms_.declare((at_start ? "starts:" : "ends:") + pattern, {smt::kInt}, smt::kBool)});
  return terms_.apply(affixes_.back().holds, {string});
}

void World::set_axioms(std::vector<Term>& out) {
  for (std::size_t i = 0; i < comparisons_.size(); ++i) {
    const Comparison c = comparisons_[i];
    const Term in_a = contains(c.a, c.element), in_b = contains(c.b, c.element);
    if (c.overlap) {
      out.push_back(terms_.implies(c.result, terms_.conjunction(in_a, in_b)));
    } else {
      out.push_back(terms_.disjunction(c.result, terms_.conjunction(in_a, terms_.negation(in_b))));
    }
    for (Term u : std::vector<Term>(universe_)) {
      const Term both = terms_.conjunction(contains(c.a, u), c.overlap ? contains(c.b, u) : terms_.negation(contains(c.b, u)));
      out.push_back(terms_.implies(c.overlap ? terms_.negation(c.result) : c.result, terms_.negation(both)));
    }
  }
}

void World::affix_axioms(std::vector<Term>& out) {
  auto matches = [](const Affix& a, const std::string& text) {
    return a.at_start ? text.starts_with(a.pattern) : text.ends_with(a.pattern);
  };
  for (const Affix& a : affixes_) {
    for (const std::string& text : strings_.literals()) {
      const Term applied = terms_.apply(a.holds, {terms_.integer(strings_.code(text))});
      out.push_back(matches(a, text) ? applied : terms_.negation(applied));
    }
    for (const Affix& b : affixes_) {
      if (a.at_start != b.at_start || a.pattern == b.pattern) continue;
      const bool contained = matches(b, a.pattern);   // whatever has `a` has `b`
      const bool compatible = contained || matches(a, b.pattern);
      for (Term s : affixed_) {
        const Term has_a = terms_.apply(a.holds, {s}), has_b = terms_.apply(b.holds, {s});
        if (contained) out.push_back(terms_.implies(has_a, has_b));
        if (!compatible) out.push_back(terms_.negation(terms_.conjunction(has_a, has_b)));
      }
    }
  }
}

void World::congruence(std::vector<Term>& out) {
  // One person under two names has done the same.
  for (std::size_t i = 0; i < notes_.size(); ++i)
    for (std::size_t j = i + 1; j < notes_.size(); ++j) {
      const Note &a = notes_[i], &b = notes_[j];
      if (a.kind != Note::Kind::Event || b.kind != Note::Kind::Event || a.act != b.act || a.of != b.of || a.key != b.key || a.person->type != b.person->type) continue;
      const Term same = terms_.conjunction({a.person->present, b.person->present, terms_.equal(a.person->id, b.person->id)});
      out.push_back(terms_.implies(same, terms_.conjunction({terms_.equal(a.present, b.present), terms_.equal(a.dated, b.dated), terms_.equal(a.time, b.time)})));
    }
  std::map<std::pair<kernel::AttributeId, bool>, std::vector<const Fact*>> readings;   // within one request
  for (const auto& [path, fact] : facts_) readings[{fact.attribute, fact.otherwise}].push_back(&fact);
  for (const auto& [attribute, facts] : readings) {
    for (std::size_t i = 0; i < facts.size(); ++i) {
      for (std::size_t j = i + 1; j < facts.size(); ++j) {
        const Fact &a = *facts[i], &b = *facts[j];
        const bool together = a.owner.group == b.owner.group || a.owner.group == 0 || b.owner.group == 0;
        if (!together && !kernel_.schema.attributes[attribute.first].fixed) continue;   // of two requests: what never changes
        const Term same = terms_.conjunction({a.owner.present, b.owner.present, terms_.equal(a.owner.id, b.owner.id)});
        out.push_back(terms_.implies(same, terms_.conjunction(alike(a, b, together ? Dated::Same : Dated::Anew))));
      }
    }
  }
}

/// That two facts of one attribute are in the same state.
std::vector<Term> World::alike(const Fact& a, const Fact& b, Dated dated) {
  std::vector<Term> equal{terms_.equal(a.has, b.has), terms_.equal(a.none, b.none)};
  if (a.set) {
    equal.push_back(terms_.equal(a.set->complete, b.set->complete));
    for (std::size_t k = 0; k < a.set->ordinals.size(); ++k) equal.push_back(terms_.equal(a.set->ordinals[k], b.set->ordinals[k]));
    if (!a.set->by_ordinal)
      for (Term u : universe_) equal.push_back(terms_.equal(contains(*a.set, u), contains(*b.set, u)));
  } else {
    equal.push_back(terms_.equal(a.value, b.value));
    if (a.currency.valid()) equal.push_back(terms_.equal(a.currency, b.currency));
  }
  if (dated == Dated::Anew) return equal;
  if (a.fresh) equal.push_back(terms_.equal(a.as_of, b.as_of));
  for (const auto& [act, date] : a.dates)
    if (const auto other = b.dates.find(act); other != b.dates.end()) equal.push_back(terms_.equal(date, other->second));
  return equal;
}

Term World::of_varied(const Entity& owner) const {
  return terms_.conjunction({owner.present, varied_->owner.present, terms_.equal(owner.id, varied_->owner.id)});
}

/// The other request is alike but for the attribute of that one entity.
void World::variation(std::vector<Term>& out) {
  for (const auto& [path, fact] : facts_) {
    if (!fact.otherwise) continue;
    const Fact& plain = facts_.at(path.substr(0, path.size() - 1));
    out.push_back(terms_.disjunction(of_varied(fact.owner), terms_.conjunction(alike(plain, fact, Dated::Same))));
  }
}

/// A request that shows a fact dates it, whoever read it.
void World::date_in_every_act() {
  std::set<std::string> acts;
  for (const auto& [path, fact] : facts_)
    for (const auto& [act, date] : fact.dates) acts.insert(act);
  for (const auto& [path, fact] : facts_)
    if (fact.fresh)
      for (const std::string& act : acts) as_of(fact, act);
}

std::vector<Term> World::axioms() {
  std::vector<Term> out;
  date_in_every_act();
  // Both requests say all that either of them is asked.
  for (const auto& [path, fact] : std::map<std::string, Fact>(facts_))
    if (varies(fact.attribute) && !fact.otherwise) otherwise(fact);
  set_axioms(out);
  variation(out);
  congruence(out);
  affix_axioms(out);
  out.insert(out.end(), axioms_.begin(), axioms_.end());
  return out;
}

Term View::keeps(const std::string& name) const {
  return reading_ == Reading::Thinned ? world_.terms().boolean("!keeps:" + name) : world_.terms().truth();
}

bool View::sees(const Fact& fact) const { return fact.otherwise == rereads(fact.attribute); }

Denoted View::read(const Entity& owner, kernel::AttributeId attribute) {
  smt::Terms& t = world_.terms();
  const Fact& plain = world_.fact(owner, attribute);
  const Fact& f = sees(plain) ? plain : world_.otherwise(plain);
  Term kept = t.conjunction(owner.present, keeps(f.path));
  if (logic_.faulty(Fault::KnownPerOccurrence)) kept = t.conjunction(kept, t.boolean(world_.fresh("!occurs:" + f.path)));
  const typed_ir::Attribute& a = world_.kernel().schema.attributes[attribute];
  Denoted d{.type = a.type, .has = t.conjunction(f.has, kept), .none = t.conjunction(f.none, kept), .value = f.value,
            .currency = f.currency, .fresh_until = logic_.forever(), .set = f.set, .path = {}, .group = owner.group};
  if (a.type.scalar == Scalar::Money || a.type.scalar == Scalar::Decimal) d.denominator = typed_ir::kScale;
  if (logic_.faulty(Fault::AbsentIsUnknown)) d.none = t.falsity();
  if (f.fresh) {
    const Term dated = as_of(f);
    const Term starts = t.add(dated, t.integer(-world_.kernel().skew));
    const Term ends = t.add(dated, t.integer(*a.fresh_within));
    const Term fresh = t.conjunction({logic_.time_known(), t.less_equal(starts, logic_.now()), t.less(logic_.now(), ends)});
    d.has = t.conjunction(d.has, fresh);
    d.none = t.conjunction(d.none, fresh);
    const Term ending = t.implies(t.less(logic_.now(), ends), logic_.beyond(ends));
    const Term known = t.conjunction(logic_.time_known(), t.disjunction(f.has, f.none));
    d.fresh_until = t.implies(known, t.ite(t.less(logic_.now(), starts), logic_.beyond(starts), ending));
  }
  if (d.set) {
    d.set->complete = t.conjunction(d.set->complete, d.has);
    d.set->guard = d.set->guard.valid() ? t.conjunction(d.set->guard, d.has) : d.has;
    for (Term& o : d.set->ordinals) o = t.conjunction(o, d.has);
  }
  if (a.type.scalar == typed_ir::Scalar::Ref && !a.type.set) d.path = f.path;
  return d;
}

}  // namespace writ::verify
