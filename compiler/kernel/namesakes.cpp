// Who a reference may be. The facts of somebody whom a request names are as free as the request, unless he is the holder, or somebody else
// whose facts are kept: then they are what they are. So one case for each of them, and one for whoever is none of them.
#include <fmt/format.h>

#include "compiler/kernel/elimination.h"

namespace writ::kernel::elimination {

using typed_ir::Cond;
using typed_ir::CondKind;
using typed_ir::Scalar;
using typed_ir::Term;
using typed_ir::TermKind;

TermId fresh(Workbench& bench, Type type) {
  constexpr std::uint32_t kLast = 0xFFFF'FFFF;
  return bench.store.root(typed_ir::Root::Input, std::move(type), kLast - bench.witnesses++);
}

Stuck several_facts(const Workbench& bench, TermId variable) {
  const std::string path = bench.path(variable);
  if (bench.term(variable).type.set)
    return {fmt::format("`{}` is compared with several facts that are not known beforehand", path), fmt::format("compare `{}` with one fact, or with values", path)};
  return {fmt::format("`{}` is compared with several facts that are not known beforehand", path),
          fmt::format("compare `{}` with one set, or with values, or let one fact hold what is in the one and not in the other", path)};
}

namespace {

/// Every term in the condition, parts of terms included.
std::set<TermId> terms_in(const Workbench& bench, CondId condition) {
  std::set<TermId> all;
  std::set<CondId> seen;
  std::vector<CondId> conds{condition};
  std::vector<TermId> terms;
  while (!conds.empty()) {
    const CondId id = conds.back();
    conds.pop_back();
    if (!seen.insert(id).second) continue;
    const Cond& c = bench.cond(id);
    conds.insert(conds.end(), c.c.begin(), c.c.end());
    terms.insert(terms.end(), c.t.begin(), c.t.end());
  }
  while (!terms.empty()) {
    const TermId id = terms.back();
    terms.pop_back();
    if (!all.insert(id).second) continue;
    terms.insert(terms.end(), bench.term(id).a.begin(), bench.term(id).a.end());
  }
  return all;
}

class Stranger {
 public:
  Stranger(Workbench& bench, TermId who, TermId facts) : b_(bench), who_(who), facts_(facts) {}

  CondId cond(CondId id) {
    if (const auto done = conds_.find(id); done != conds_.end()) return done->second;
    const CondId result = rewrite(id);
    conds_.emplace(id, result);
    return result;
  }

 private:
  CondId rewrite(CondId id) {
    Cond c = b_.cond(id);
    for (CondId& inner : c.c) inner = cond(inner);
    for (std::size_t i = 0; i < c.t.size(); ++i) {
      const bool fact = i == 0 && (c.kind == CondKind::Holds || c.kind == CondKind::Under);   // what he holds, whom he is below
      c.t[i] = fact && c.t[i] == who_ ? facts_ : term(c.t[i]);
    }
    if (c.kind == CondKind::Not) return b_.store.negation(c.c.front());
    if (c.kind == CondKind::And) return b_.store.conjunction(std::move(c.c));
    if (c.kind == CondKind::Or) return b_.store.disjunction(std::move(c.c));
    return b_.store.add(std::move(c));
  }
  /// He himself stays who he is, alone or in a list.
  TermId term(TermId id) {
    if (id == who_) return id;
    Term t = b_.term(id);
    if (t.kind != TermKind::SetLiteral) return typed_ir::substitute(b_.store, id, {{who_, facts_}});
    for (TermId& element : t.a) element = term(element);
    return b_.store.add(std::move(t));
  }

  Workbench& b_;
  TermId who_, facts_;
  std::map<CondId, CondId> conds_;
};

CondId present(Workbench& bench, TermId kept) {
  if (!bench.term(kept).type.optional) return bench.store.truth();
  Cond c;
  c.kind = CondKind::Known;
  c.t = {kept};
  return bench.store.add(std::move(c));
}

}  // namespace

std::vector<TermId> namesakes(Workbench& bench, CondId condition, TermId variable) {
  const Type type = bench.term(variable).type.required();
  std::set<TermId> all;
  if (bench.holder.valid() && bench.holder == type.entity) all.insert(bench.store.root(typed_ir::Root::Principal, type));
  for (const TermId id : terms_in(bench, condition)) {
    const Term& t = bench.term(id);
    const bool reference = t.type.scalar == Scalar::Ref && !t.type.set && t.type.entity == type.entity;
    if (reference && t.kind != TermKind::Literal && !bench.reads_variable(id)) all.insert(id);
  }
  return {all.begin(), all.end()};
}

CondId as_one_of_them(Workbench& bench, CondId condition, TermId variable, TermId kept) {
  return bench.store.conjunction({present(bench, kept), known(bench, kept), typed_ir::substitute(bench.store, condition, {{variable, kept}})});
}

CondId as_stranger(Workbench& bench, CondId condition, TermId variable, const std::vector<TermId>& kept) {
  std::vector<CondId> all{Stranger(bench, variable, fresh(bench, bench.term(variable).type)).cond(condition)};
  for (const TermId k : kept) {
    const CondId other = bench.store.negation(bench.store.equal(variable, k));
    all.push_back(bench.store.disjunction({bench.store.negation(present(bench, k)), other}));
  }
  return bench.store.conjunction(all);
}

}  // namespace writ::kernel::elimination
