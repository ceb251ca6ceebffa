#include "compiler/kernel/capability.h"

namespace writ::kernel {
namespace {

bool eliminated_root(typed_ir::Root root) {
  return root == typed_ir::Root::Resource || root == typed_ir::Root::Context || root == typed_ir::Root::Input;
}

bool reads_eliminated(const Conditions& store, TermId id) {
  const typed_ir::Term& term = store.term(id);
  if (term.kind == typed_ir::TermKind::Root) return eliminated_root(term.root);
  for (const TermId a : term.a)
    if (reads_eliminated(store, a)) return true;
  return false;
}

bool reads_eliminated(const Conditions& store, CondId id) {
  const typed_ir::Cond& cond = store.cond(id);
  for (const TermId t : cond.t)
    if (reads_eliminated(store, t)) return true;
  for (const CondId c : cond.c)
    if (reads_eliminated(store, c)) return true;
  return false;
}

}  // namespace

tl::expected<CondId, NotEliminated> eliminate(Conditions& conditions, const typed_ir::Schema& schema, CondId condition) {
  (void)schema;
  if (!reads_eliminated(conditions, condition)) return condition;
  return tl::unexpected(NotEliminated{"conditions on other facts than the scope are not eliminated yet"});
}

}  // namespace writ::kernel
