// A computation of decisions that one can print and verify: the tables of the bundle before they are bytes. Records are those of
// runtime/layout; strings are a sorted pool, lists are spans of `indices`, every operand of a node lies before the node. Made by `lower`,
// written by `emit`, read back by `emit` for printing. Plain data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "runtime/layout/layout.h"

namespace writ::decision_ir {

struct Tables {
  layout::Manifest manifest{};
  std::vector<std::string> strings;            ///< sorted, unique; strings[0] is ""
  std::vector<std::uint32_t> indices;
#define WRIT_TABLE(Record, member) std::vector<layout::Record> member;
#include "compiler/decision_ir/tables.def"
#undef WRIT_TABLE

  std::string_view text(layout::Str s) const { return strings[s]; }
  std::vector<std::uint32_t> list(layout::Span span) const {
    return {indices.begin() + span.begin, indices.begin() + span.begin + span.count};
  }
};

/// `--emit=decision-ir`, and `writ bundle inspect` for the tables of a bundle.
std::string print(const Tables& tables);

/// Broken invariants, one sentence each; empty for sound tables. The same rules as the loader's, said for whoever debugs `lower`.
std::vector<std::string> verify(const Tables& tables);

}  // namespace writ::decision_ir
