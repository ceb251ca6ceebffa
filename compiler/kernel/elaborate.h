// Typed program → kernel (semantics.md 1.2), and what one can do with a kernel: print it, verify it.
#pragma once

#include <optional>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/kernel/forms.h"

namespace writ::kernel {

/// Elaborates every statement. Reports what only elaboration can see (a condition whose quantifiers it cannot eliminate exactly, a
/// side that no action satisfies, a scope that a resource does not carry); nullopt after an error.
std::optional<Kernel> elaborate(const typed_ir::Program& program, diagnostics::Sink& sink);

/// `--emit=kernel`: every form, sorted, with origins; conditions in surface spelling.
std::string print(const Kernel& kernel, const source::SourceSet& sources);

/// Broken invariants of forms.h, one sentence each; empty for a sound kernel. Run after elaborate in tests and by `--emit`.
std::vector<std::string> verify(const Kernel& kernel);

}  // namespace writ::kernel
