#include "compiler/check/context.h"

#include "compiler/check/duties.h"
#include "compiler/check/conditions.h"
#include "compiler/check/limits.h"

namespace writ::check {

Context::Context(const Options& options_, diagnostics::Sink& sink_)
    : options(options_), sink(&sink_), limits(std::make_unique<LimitTable>()), predicates(std::make_unique<PredicateCache>()),
      duties(std::make_unique<DutyTable>()) {
  program.name = options.project_name;
  program.policy_version = options.policy_version;
  program.accept_marks = options.accept_marks;
}
Context::~Context() = default;

void Context::unsupported(Range head, std::string words) {
  if (trials > 0 || unsupported_heads.insert(head).second) report(Code::not_supported_yet, head, {std::move(words)});
}

std::string_view to_string(SymbolKind kind) {
  switch (kind) {
    case SymbolKind::System: return "system";
    case SymbolKind::Enum: return "enum";
    case SymbolKind::Entity: return "type";
    case SymbolKind::Action: return "action";
    case SymbolKind::Duty: return "duty";
    case SymbolKind::Predicate: return "predicate";
    case SymbolKind::Threshold: return "threshold";
    case SymbolKind::Calendar: return "calendar";
    case SymbolKind::Role: return "role";
    case SymbolKind::Approval: return "approval";
    case SymbolKind::Rule: return "rule";
    case SymbolKind::Terms: return "terms";
    case SymbolKind::Control: return "control";
    case SymbolKind::Lift: return "exception or mitigation";
    case SymbolKind::Emergency: return "emergency";
    case SymbolKind::Flow: return "flow";
    case SymbolKind::Overlay: return "overlay";
    case SymbolKind::Process: return "process";
    case SymbolKind::Staffing: return "staffing";
    case SymbolKind::Claim: return "claim";
  }
  return "name";
}

}  // namespace writ::check
