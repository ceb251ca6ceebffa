// Believes no witness until an engine reproduces it. A Replayer is such an engine (the reference interpreter here; `confirm` brings the bundle): it
// decides a request. A witness that does not reproduce is a bug of ours and stops the run with the request in the message.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "compiler/kernel/forms.h"
#include "compiler/question/decision.h"
#include "compiler/verify/obligation.h"
#include "compiler/verify/witness.h"

namespace writ::verify {

class Replayer {
 public:
  virtual ~Replayer() = default;
  /// What the witness lists under `replayed`: "interpreter", "bundle".
  virtual std::string_view name() const = 0;
  virtual tl::expected<question::Decision, std::string> decide(std::string_view request_json) = 0;
  /// Whether this engine decides questions of that kind at all; if not, it is not asked and not listed.
  virtual bool answers(std::string_view) const { return true; }
};
/// The engine for a policy, made for one witness.
using MakeReplayer = std::function<std::unique_ptr<Replayer>(const kernel::Kernel& kernel)>;

/// Why the witness does not reproduce, or nothing. Kinds without requests (Static, Killers, Standing) are not asked.
std::string disagreement(const Witness& witness, Replayer& replayer);

/// Replays in the interpreter and in every further engine, and notes them in the witness; an InternalError with a reproducer if it does not reproduce.
void replay(const kernel::Kernel& kernel, const Obligation& obligation, Witness& witness, const std::vector<MakeReplayer>& also = {});

}  // namespace writ::verify
