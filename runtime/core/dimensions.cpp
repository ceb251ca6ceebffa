// Values of dimensions and what they roll up to (semantics.md 6.3).
#include "runtime/core/evaluation.h"

namespace writ::core {
namespace {

/// How many steps of `dimension … in` lead from one to the other; kNone: none do.
std::uint32_t rank(const View& view, Index from, Index to) {
  for (std::uint32_t steps = 0; from != kNone; ++steps, from = view.enums[from].parent)
    if (from == to) return steps;
  return kNone;
}

}  // namespace

bool Evaluation::rolls_up(Index from, Index to) const { return rank(view_, from, to) != kNone; }

/// The ordinal that a value rolls up to; kNone: its image is missing.
std::uint32_t Evaluation::image(Index from, const Value& value, Index to) const {
  if ((view_.enums[from].flags & layout::kEnumOpen) != 0 || !rolls_up(from, to)) return kNone;
  auto ordinal = static_cast<std::uint64_t>(value.number);
  for (; from != to; from = view_.enums[from].parent) {
    if (ordinal >= view_.enums[from].value_count) return kNone;
    ordinal = view_.enum_values[view_.enums[from].first_value + static_cast<std::uint32_t>(ordinal)].parent;
    if (ordinal == kNone) return kNone;
  }
  return ordinal < kNone ? static_cast<std::uint32_t>(ordinal) : kNone;
}

Judged Evaluation::lies_in(Index dimension, const Value& value, Index in_dimension, const Value& in) {
  if (dimension == in_dimension) return surely(truth_of(value.number == in.number && value.text == in.text));
  if (!rolls_up(dimension, in_dimension)) {
    // A coarser value is not inside a finer one; an unrelated dimension says nothing.
    return rolls_up(in_dimension, dimension) ? surely(Truth::False) : unknown(dimension_leaf(in_dimension));
  }
  const std::uint32_t ordinal = image(dimension, value, in_dimension);
  return ordinal == kNone ? unknown(dimension_leaf(in_dimension)) : surely(truth_of(static_cast<std::int64_t>(ordinal) == in.number));
}

/// The one field of the nearest dimension that carries a resource's scope; kNone if there is none, or several.
Index Evaluation::scope_attribute(Index entity, Index dimension) const {
  const layout::Entity& e = view_.entities[entity];
  Index found = kNone;
  std::uint32_t best = kNone;
  bool unique = true;
  for (Index a = e.first_attribute; a < e.first_attribute + e.attribute_count; ++a) {
    const layout::Type& type = view_.types[view_.attributes[a].type];
    if (type.scalar != static_cast<std::uint32_t>(layout::Scalar::Enum) || (type.flags & layout::kTypeSet) != 0) continue;
    const std::uint32_t steps = rank(view_, type.enumeration, dimension);
    if (steps == kNone || steps > best) continue;
    unique = steps < best;
    best = steps;
    found = a;
  }
  return unique ? found : kNone;
}

/// The value of the act's scope in a dimension, and of which dimension it is.
Result Evaluation::act_scope(Index dimension, const Scene& scene, Index& of) {
  const Index field = scene.resource && dimension < view_.enums.count ? scope_attribute(scene.resource->type, dimension) : kNone;
  if (field == kNone) {
    Result none;
    none.why = dimension_leaf(dimension);
    return none;
  }
  of = view_.types[view_.attributes[field].type].enumeration;
  return attribute(*scene.resource, field, UnknownFact{UnknownFact::Kind::Resource, Reason::not_supplied, field, {}}, scene);
}

}  // namespace writ::core
