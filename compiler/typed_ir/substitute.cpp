// Replaces terms in terms and conditions. Every node is visited once per call; what holds no replaced term keeps its id.
#include "compiler/typed_ir/conditions.h"

namespace writ::typed_ir {
namespace {

class Substitutor {
 public:
  Substitutor(Conditions& store, const Substitution& by) : store_(store), by_(by) {}

  TermId term(TermId id) {
    if (const auto found = by_.find(id); found != by_.end()) return found->second;
    if (store_.term(id).a.empty()) return id;
    if (const auto known = terms_.find(id); known != terms_.end()) return known->second;
    const TermId result = rebuild(id);
    terms_.emplace(id, result);
    return result;
  }

  CondId cond(CondId id) {
    if (const auto known = conds_.find(id); known != conds_.end()) return known->second;
    const CondId result = rebuild(id);
    conds_.emplace(id, result);
    return result;
  }

 private:
  // Copies, not references: the store grows meanwhile.
  TermId rebuild(TermId id) {
    Term node = store_.term(id);
    for (TermId& operand : node.a) operand = term(operand);
    const bool rolled_up_already =
        node.kind == TermKind::RollUp && store_.term(node.a.front()).type.enumeration == node.type.enumeration;
    return rolled_up_already ? node.a.front() : store_.add(std::move(node));
  }

  CondId rebuild(CondId id) {
    Cond node = store_.cond(id);
    for (TermId& operand : node.t) operand = term(operand);
    for (CondId& operand : node.c) operand = cond(operand);
    if (node.kind == CondKind::Not) return store_.negation(node.c.front());
    if (node.kind == CondKind::And) return store_.conjunction(std::move(node.c));
    if (node.kind == CondKind::Or) return store_.disjunction(std::move(node.c));
    return store_.add(std::move(node));
  }

  Conditions& store_;
  const Substitution& by_;
  std::unordered_map<TermId, TermId> terms_;
  std::unordered_map<CondId, CondId> conds_;
};

}  // namespace

TermId substitute(Conditions& store, TermId term, const Substitution& by) { return Substitutor(store, by).term(term); }
CondId substitute(Conditions& store, CondId cond, const Substitution& by) { return Substitutor(store, by).cond(cond); }

}  // namespace writ::typed_ir
