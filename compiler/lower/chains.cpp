// Approval chains: steps of parties, inner parties before the ones that use them.
#include <map>

#include "compiler/lower/lowering.h"

namespace writ::lower {

std::uint32_t Lowering::party(const kernel::Party& p) {
  const layout::Span inner = span_of(p.inner, [&](const kernel::Party& i) { return party(i); });
  layout::Party record{};
  record.kind = static_cast<std::uint32_t>(p.kind);
  record.count = p.count;
  record.role_use = role_use(p.role);
  record.within_same = order_.enums(p.within_same);
  record.person = str(p.person);
  record.text = str(p.text);
  record.path = term(p.path);
  record.chain = order_.chains(p.chain);
  record.inner = inner;
  out_.parties.push_back(record);
  return static_cast<std::uint32_t>(out_.parties.size() - 1);
}

namespace {

/// Resource and input facts that a term reads.
void collect(const kernel::Conditions& conditions, kernel::TermId id, std::vector<kernel::TermId>& into) {
  const typed_ir::Term& term = conditions.term(id);
  if (term.kind != typed_ir::TermKind::Attribute) {
    for (const kernel::TermId inner : term.a) collect(conditions, inner, into);
    return;
  }
  kernel::TermId base = id;
  while (conditions.term(base).kind == typed_ir::TermKind::Attribute) base = conditions.term(base).a[0];
  const typed_ir::Term& root = conditions.term(base);
  const bool signed_over = root.kind == typed_ir::TermKind::Root && (root.root == typed_ir::Root::Resource || root.root == typed_ir::Root::Input);
  if (signed_over) into.push_back(id);
}
void collect(const kernel::Conditions& conditions, kernel::CondId id, std::vector<kernel::TermId>& into) {
  for (const kernel::TermId t : conditions.cond(id).t) collect(conditions, t, into);
  for (const kernel::CondId c : conditions.cond(id).c) collect(conditions, c, into);
}

}  // namespace

/// 7.3: as written, else every resource and input fact read by conditions of requirements that name the chain; each once, by its text.
std::vector<std::uint32_t> Lowering::signed_over(kernel::ChainId id) {
  std::vector<kernel::TermId> terms = kernel_.chains[id].over;
  if (terms.empty()) {
    for (const kernel::Lift& lift : kernel_.lifts) {
      const bool names_it = lift.kind == kernel::Lift::Kind::Warrant && lift.warrant.kind == kernel::Warrant::Kind::Approval && lift.warrant.chain == id;
      if (!names_it) continue;
      for (const kernel::Access& a : kernel_.restrictions[lift.of].accesses)
        if (a.where.valid()) collect(kernel_.conditions, a.where, terms);
    }
  }
  std::map<std::string, kernel::TermId> by_text;
  for (const kernel::TermId t : terms) by_text.emplace(typed_ir::print(kernel_.conditions, kernel_.schema, t), t);
  std::vector<std::uint32_t> numbers;
  for (const auto& [text, t] : by_text) numbers.push_back(term(t));
  return numbers;
}

void Lowering::chains() {
  for (const kernel::ChainId id : order_.chains.order) {
    const kernel::Chain& c = kernel_.chains[id];
    layout::Chain record{};
    record.name = str(c.name);
    record.may_repeat = c.may_repeat ? 1 : 0;
    record.first_step = static_cast<std::uint32_t>(out_.steps.size());
    record.step_count = static_cast<std::uint32_t>(c.steps.size());
    record.good_for = c.good_for;
    record.over = span(signed_over(id));
    record.source = source(c.origin);
    for (const typed_ir::Step& s : c.steps) {
      const layout::Span parties = span_of(s.parties, [&](const kernel::Party& p) { return party(p); });
      out_.steps.push_back({parties, s.either ? 1U : 0U, 0, s.due});
    }
    out_.chains.push_back(record);
  }
}

}  // namespace writ::lower
