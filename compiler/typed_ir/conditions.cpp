#include "compiler/typed_ir/conditions.h"

#include <algorithm>

namespace writ::typed_ir {
namespace {

/// Mixes the fields of a node into one hash; nothing is allocated.
class Hash {
 public:
  Hash& mix(std::uint64_t value) {
    state_ ^= value + 0x9E37'79B9'7F4A'7C15ULL + (state_ << 6) + (state_ >> 2);
    state_ *= 0xBF58'476D'1CE4'E5B9ULL;
    return *this;
  }
  Hash& mix(const std::string& text) { return mix(text.empty() ? 0 : std::hash<std::string>{}(text)); }
  template <class Tag>
  Hash& mix(support::Id<Tag> id) { return mix(std::uint64_t{id.index}); }
  template <class Tag>
  Hash& mix(const std::vector<support::Id<Tag>>& ids) {
    mix(ids.size());
    for (const auto id : ids) mix(id);
    return *this;
  }
  std::size_t value() const { return static_cast<std::size_t>(state_ ^ (state_ >> 31)); }

 private:
  std::uint64_t state_ = 0x51ED'270B'9F4A'7C15ULL;
};

std::size_t hash_of(const Term& term) {
  Hash hash;
  hash.mix(static_cast<std::uint64_t>(term.kind)).mix(term.a);
  hash.mix(static_cast<std::uint64_t>(term.type.scalar) * 4 + term.type.set * 2 + term.type.optional);
  hash.mix(term.type.enumeration).mix(term.type.entity).mix(term.type.currency);
  hash.mix(static_cast<std::uint64_t>(term.value.scalar)).mix(static_cast<std::uint64_t>(term.value.number));
  hash.mix(term.value.text).mix(term.value.type);
  return hash.mix(static_cast<std::uint64_t>(term.root)).mix(term.index).mix(term.attribute).value();
}

std::size_t hash_of(const Cond& cond) {
  Hash hash;
  hash.mix(static_cast<std::uint64_t>(cond.kind)).mix(cond.t).mix(cond.c).mix(cond.count);
  return hash.mix(cond.role).mix(cond.action).mix(cond.ordinarily ? 1 : 0).mix(cond.threshold).value();
}

template <class IdType, class Node>
IdType intern(support::Store<IdType, Node>& nodes, std::unordered_multimap<std::size_t, IdType>& index, Node node) {
  const std::size_t hash = hash_of(node);
  const auto [first, last] = index.equal_range(hash);
  for (auto it = first; it != last; ++it)
    if (nodes[it->second] == node) return it->second;
  const IdType id = nodes.add(std::move(node));
  index.emplace(hash, id);
  return id;
}

}  // namespace

TermId Conditions::add(Term term) { return intern(terms_, term_index_, std::move(term)); }
CondId Conditions::add(Cond cond) { return intern(conds_, cond_index_, std::move(cond)); }

TermId Conditions::literal(Value value, Type type) {
  Term term;
  term.kind = TermKind::Literal;
  term.type = std::move(type);
  term.value = std::move(value);
  return add(std::move(term));
}

TermId Conditions::root(Root root, Type type, std::uint32_t index) {
  Term term;
  term.kind = TermKind::Root;
  term.type = std::move(type);
  term.root = root;
  term.index = index;
  return add(std::move(term));
}

TermId Conditions::attribute(TermId base, AttributeId attribute, Type type) {
  Term term;
  term.kind = TermKind::Attribute;
  term.type = std::move(type);
  term.a = {base};
  term.attribute = attribute;
  return add(std::move(term));
}

TermId Conditions::now() {
  Term term;
  term.kind = TermKind::Now;
  term.type.scalar = Scalar::Time;
  return add(std::move(term));
}

TermId Conditions::roll_up(TermId base, EnumId to, const Schema& schema) {
  const Type from = term(base).type;
  WRIT_CHECK(from.scalar == Scalar::Enum && schema.rolls_up(from.enumeration, to), "roll_up to a dimension that is no ancestor");
  if (from.enumeration == to) return base;
  Term rolled;
  rolled.kind = TermKind::RollUp;
  rolled.type = from;
  rolled.type.enumeration = to;
  rolled.a = {base};
  return add(std::move(rolled));
}

TermId Conditions::unknown(Type type) {
  Term term;
  term.kind = TermKind::Unknown;
  term.type = std::move(type);
  return add(std::move(term));
}

CondId Conditions::truth() { return add(Cond{CondKind::True, {}, {}, 0, {}, {}, false, {}}); }
CondId Conditions::falsity() { return add(Cond{CondKind::False, {}, {}, 0, {}, {}, false, {}}); }
CondId Conditions::unknown_cond() { return add(Cond{CondKind::Unknown, {}, {}, 0, {}, {}, false, {}}); }

CondId Conditions::negation(CondId c) {
  const Cond& inner = cond(c);
  if (inner.kind == CondKind::Not) return inner.c.front();
  if (inner.kind == CondKind::True) return falsity();
  if (inner.kind == CondKind::False) return truth();
  Cond negated;
  negated.kind = CondKind::Not;
  negated.c = {c};
  return add(std::move(negated));
}

namespace {

/// The operands with those of nested nodes of the same kind in their place, sorted, each once.
std::vector<CondId> flatten(const Conditions& store, CondKind kind, const std::vector<CondId>& cs) {
  std::vector<CondId> flat;
  flat.reserve(cs.size());
  for (const CondId c : cs) {
    const Cond& node = store.cond(c);
    if (node.kind == kind)
      flat.insert(flat.end(), node.c.begin(), node.c.end());
    else
      flat.push_back(c);
  }
  std::sort(flat.begin(), flat.end());
  flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
  return flat;
}

/// `and` and `or` are each other's mirror: `neutral` operands go, one `absorbing` operand is the result.
CondId junction(Conditions& store, CondKind kind, const std::vector<CondId>& cs, CondId neutral, CondId absorbing) {
  std::vector<CondId> operands = flatten(store, kind, cs);
  if (std::binary_search(operands.begin(), operands.end(), absorbing)) return absorbing;
  std::erase(operands, neutral);
  if (operands.empty()) return neutral;
  if (operands.size() == 1) return operands.front();
  Cond node;
  node.kind = kind;
  node.c = std::move(operands);
  return store.add(std::move(node));
}

}  // namespace

CondId Conditions::conjunction(std::vector<CondId> cs) { return junction(*this, CondKind::And, cs, truth(), falsity()); }
CondId Conditions::disjunction(std::vector<CondId> cs) { return junction(*this, CondKind::Or, cs, falsity(), truth()); }

namespace {

CondId compare(Conditions& store, CondKind kind, TermId a, TermId b) {
  Cond node;
  node.kind = kind;
  node.t = {a, b};
  return store.add(std::move(node));
}

}  // namespace

CondId Conditions::equal(TermId a, TermId b) { return compare(*this, CondKind::Equal, a, b); }
CondId Conditions::less(TermId a, TermId b) { return compare(*this, CondKind::Less, a, b); }
CondId Conditions::less_equal(TermId a, TermId b) { return compare(*this, CondKind::LessEqual, a, b); }
CondId Conditions::in(TermId element, TermId set) { return compare(*this, CondKind::In, element, set); }

}  // namespace writ::typed_ir
