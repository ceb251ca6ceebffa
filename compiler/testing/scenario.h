// One checked test against the evaluators: its world with birthrights added, its questions asked, its expectations compared.
#pragma once

#include "compiler/interpret/interpret.h"
#include "compiler/testing/compare.h"
#include "compiler/testing/requests.h"

namespace writ::testing {

/// What each person holds by birthright (14.1): since the start of his tenure, unless a rule refuses it, the same is listed, or the test
/// says otherwise of that role. Judged on the register as it was, for people whom the register knows.
typed_ir::Register with_birthrights(const typed_ir::Program& program, const kernel::Kernel& kernel, const interpret::Interpreter& interpreter,
                                    const typed_ir::Scenario& scenario);

std::vector<Failure> run_scenario(const typed_ir::Program& program, const kernel::Kernel& kernel, const source::SourceSet& sources,
                                  const typed_ir::Scenario& scenario, const Options& options, const Evaluators& also);

}  // namespace writ::testing
