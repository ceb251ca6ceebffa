// Approval chains: steps of parties, inner parties before the ones that use them.
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

void Lowering::chains() {
  for (const kernel::ChainId id : order_.chains.order) {
    const kernel::Chain& c = kernel_.chains[id];
    layout::Chain record{};
    record.name = str(c.name);
    record.may_repeat = c.may_repeat ? 1 : 0;
    record.first_step = static_cast<std::uint32_t>(out_.steps.size());
    record.step_count = static_cast<std::uint32_t>(c.steps.size());
    record.good_for = c.good_for;
    record.over = span_of(c.over, [&](kernel::TermId t) { return term(t); });
    record.source = source(c.origin);
    for (const typed_ir::Step& s : c.steps) {
      const layout::Span parties = span_of(s.parties, [&](const kernel::Party& p) { return party(p); });
      out_.steps.push_back({parties, s.either ? 1U : 0U, 0, s.due});
    }
    out_.chains.push_back(record);
  }
}

}  // namespace writ::lower
