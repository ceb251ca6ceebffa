// Kernel → decision IR: what an enforcement point needs for `perform` (and the routes that later questions will), numbered so that neither
// the order of statements nor of files shows. Reads the kernel only; the answers come out of runtime/, never out of this room.
#pragma once

#include <functional>

#include "compiler/decision_ir/tables.h"
#include "compiler/kernel/forms.h"

namespace writ::lower {

struct Options {
  std::string edition = "2026";
  std::string compiler;                                               ///< "writ 0.1.0"
  std::int64_t epoch = 0;
  std::int64_t not_before = 0;
  std::int64_t not_after = layout::kForever;
  bool unproved = false;
  std::string verdict_hash;
  std::vector<std::pair<std::string, std::string>> source_digests;    ///< path, "sha256:…"
  std::vector<std::pair<std::string, std::string>> proofs;            ///< obligation id, verdict
  std::function<std::string(std::string_view)> sentence_of;           ///< statement → its sentence; none: ""
  std::function<std::string(const source::Range&)> place_of;          ///< range → "file:line"; none: ""
};

decision_ir::Tables lower(const kernel::Kernel& kernel, const Options& options);

}  // namespace writ::lower
