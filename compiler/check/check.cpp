#include "compiler/check/check.h"

#include "compiler/check/accesses.h"
#include "compiler/check/chains.h"
#include "compiler/check/limits.h"
#include "compiler/check/names.h"
#include "compiler/check/roles.h"
#include "compiler/check/rules.h"

namespace writ::check {

// Each pass needs what the ones before it made, for all modules alike: so no statement's place matters.
bool check_policy(Context& context, const Input& input) {
  const std::size_t errors = context.sink->error_count();
  context.program.tzdb_version = time_zone_table_version();
  declare(context, input);
  report_unsupported(context);
  check_schema(context);
  declare_roles(context);
  check_predicates(context);
  check_duties(context);
  check_limits(context);
  check_approvals(context);
  check_terms(context);
  check_roles(context);
  check_rules(context);
  check_segregation(context);
  check_controls(context);
  check_facts(context, input);   // before lifts: the register says who may approve
  check_lifts(context);
  check_claims(context);
  warn(context);
  finish_recording(context);
  return context.sink->error_count() == errors;
}

std::optional<typed_ir::Program> check(const std::vector<const ast::File*>& files, const Options& options, diagnostics::Sink& sink) {
  Context context(options, sink);
  Input input;
  input.files = files;
  if (!check_policy(context, input)) return std::nullopt;
  return std::move(context.program);
}

}  // namespace writ::check
