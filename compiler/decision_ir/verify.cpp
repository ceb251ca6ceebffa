#include <algorithm>

#include <fmt/format.h>

#include "compiler/decision_ir/tables.h"

namespace writ::decision_ir {
namespace {

void spans_inside(const Tables& t, std::string_view what, const std::vector<layout::Span>& spans, std::vector<std::string>& broken) {
  for (const layout::Span& s : spans) {
    if (std::uint64_t{s.begin} + s.count > t.indices.size()) broken.push_back(fmt::format("a list of a {} reaches past the index pool", what));
  }
}

}  // namespace

std::vector<std::string> verify(const Tables& t) {
  std::vector<std::string> broken;
  for (std::size_t i = 1; i < t.strings.size(); ++i)
    if (!(t.strings[i - 1] < t.strings[i])) broken.push_back(fmt::format("string #{} is not after its predecessor", i));
  for (std::size_t i = 0; i < t.terms.size(); ++i) {
    spans_inside(t, "term", {t.terms[i].terms}, broken);
    if (!broken.empty()) return broken;
    for (const std::uint32_t operand : t.list(t.terms[i].terms))
      if (operand >= i) broken.push_back(fmt::format("term #{} uses #{}, which does not lie before it", i, operand));
  }
  for (std::size_t i = 0; i < t.conds.size(); ++i) {
    spans_inside(t, "condition", {t.conds[i].terms, t.conds[i].conds}, broken);
    if (!broken.empty()) return broken;
    for (const std::uint32_t operand : t.list(t.conds[i].conds))
      if (operand >= i) broken.push_back(fmt::format("condition #{} uses #{}, which does not lie before it", i, operand));
    for (const std::uint32_t operand : t.list(t.conds[i].terms))
      if (operand >= t.terms.size()) broken.push_back(fmt::format("condition #{} reads term #{}, which does not exist", i, operand));
  }
  for (std::size_t i = 1; i < t.actions.size(); ++i)
    if (t.actions[i].name < t.actions[i - 1].name) broken.push_back(fmt::format("action #{} is not after its predecessor", i));
  if (t.sentences.size() != t.sources.size()) broken.push_back("not one sentence per source");
  return broken;
}

}  // namespace writ::decision_ir
