// Terms and conditions as forward-only nodes. Operands of `and`, `or` and counts stand in the order of their text, which no order of
// statements changes; a node that occurs twice is one node.
#include <algorithm>

#include "compiler/lower/lowering.h"

namespace writ::lower {

using typed_ir::CondKind;
using typed_ir::TermKind;

const std::string& Lowering::text_of(kernel::CondId id) {
  const auto found = texts_.find(id);
  if (found != texts_.end()) return found->second;
  typed_ir::Names names;
  names.role = [&](kernel::RoleId role) { return kernel_.roles[role].name; };
  names.sorted = true;
  return texts_.emplace(id, typed_ir::print(kernel_.conditions, kernel_.schema, id, names)).first->second;
}

std::uint32_t Lowering::term(kernel::TermId id) {
  if (!id.valid()) return layout::kNone;
  if (const auto found = terms_.find(id); found != terms_.end()) return found->second;
  const typed_ir::Term& t = kernel_.conditions.term(id);
  std::vector<std::uint32_t> operands;
  for (const kernel::TermId operand : t.a) operands.push_back(term(operand));
  layout::Term record{};
  record.kind = static_cast<std::uint32_t>(t.kind);
  record.type = type(t.type);
  record.root = t.kind == TermKind::Root ? static_cast<std::uint32_t>(t.root) : 0;
  record.index = t.kind == TermKind::Root ? t.index : 0;
  record.attribute = t.kind == TermKind::Attribute ? order_.attributes(t.attribute) : layout::kNone;
  record.value = t.kind == TermKind::Literal || t.kind == TermKind::Scale ? value(t.value) : layout::kNone;
  record.terms = span(operands);
  out_.terms.push_back(record);
  return terms_[id] = static_cast<std::uint32_t>(out_.terms.size() - 1);
}

std::uint32_t Lowering::threshold(typed_ir::ThresholdId id) {
  if (!id.valid()) return layout::kNone;
  if (const auto found = thresholds_.find(id); found != thresholds_.end()) return found->second;
  const typed_ir::Threshold& t = kernel_.conditions.threshold(id);
  const layout::Span values = span_of(t.amounts, [&](const typed_ir::Value& v) { return value(v); });
  out_.thresholds.push_back({str(t.name), 0, values});
  return thresholds_[id] = static_cast<std::uint32_t>(out_.thresholds.size() - 1);
}

std::uint32_t Lowering::cond(kernel::CondId id) {
  if (!id.valid()) return layout::kNone;
  if (const auto found = conds_.find(id); found != conds_.end()) return found->second;
  const typed_ir::Cond& c = kernel_.conditions.cond(id);
  WRIT_CHECK(c.kind != CondKind::Can, "only claims ask what someone can do, and claims are not lowered");
  std::vector<kernel::CondId> inner = c.c;
  if (inner.size() > 1) {
    std::stable_sort(inner.begin(), inner.end(), [&](kernel::CondId a, kernel::CondId b) { return text_of(a) < text_of(b); });
  }
  std::vector<std::uint32_t> terms;
  for (const kernel::TermId t : c.t) terms.push_back(term(t));
  std::vector<std::uint32_t> conds;
  for (const kernel::CondId operand : inner) conds.push_back(cond(operand));
  layout::Cond record{};
  record.kind = static_cast<std::uint32_t>(c.kind);
  record.count = c.count;
  record.role = order_.roles(c.role);
  record.threshold = threshold(c.threshold);
  record.terms = span(terms);
  record.conds = span(conds);
  out_.conds.push_back(record);
  return conds_[id] = static_cast<std::uint32_t>(out_.conds.size() - 1);
}

std::uint32_t Lowering::role_use(const kernel::RoleUse& use) {
  if (!use.role.valid()) return layout::kNone;
  const layout::Span args = span_of(use.args, [&](kernel::TermId t) { return term(t); });
  out_.role_uses.push_back({order_.roles(use.role), 0, args});
  return static_cast<std::uint32_t>(out_.role_uses.size() - 1);
}

}  // namespace writ::lower
