#include "compiler/check/tests_expect.h"

#include <algorithm>

#include "compiler/check/claims.h"
#include "compiler/check/days.h"
#include "compiler/check/names.h"
#include "compiler/check/roles.h"
#include "compiler/check/systems.h"
#include "compiler/support/nearest.h"
#include "compiler/support/overloaded.h"

namespace writ::check {
namespace {

using typed_ir::Details;
using typed_ir::ExpectDecision;
using typed_ir::ExpectFinding;
using typed_ir::ExpectProof;

constexpr Kinds kCited = Kinds::of(SymbolKind::Rule, SymbolKind::Role, SymbolKind::Lift, SymbolKind::Approval, SymbolKind::Emergency,
                                   SymbolKind::Flow, SymbolKind::Control, SymbolKind::Claim);

typed_ir::Outcome outcome(ast::Outcome written) {
  switch (written) {
    case ast::Outcome::Deny: return typed_ir::Outcome::Deny;
    case ast::Outcome::Indeterminate: return typed_ir::Outcome::Indeterminate;
    case ast::Outcome::Pending: return typed_ir::Outcome::Pending;
    case ast::Outcome::Permit: return typed_ir::Outcome::Permit;
  }
  return typed_ir::Outcome::Deny;
}

ExpectFinding::Qualifier qualifier(ast::ExpectFinding::Qualifier written) {
  switch (written) {
    case ast::ExpectFinding::Qualifier::Open: return ExpectFinding::Qualifier::Open;
    case ast::ExpectFinding::Qualifier::No: return ExpectFinding::Qualifier::No;
    case ast::ExpectFinding::Qualifier::Possible: return ExpectFinding::Qualifier::Possible;
    case ast::ExpectFinding::Qualifier::Mitigated: return ExpectFinding::Qualifier::Mitigated;
    case ast::ExpectFinding::Qualifier::Excepted: return ExpectFinding::Qualifier::Excepted;
    case ast::ExpectFinding::Qualifier::Lapsed: return ExpectFinding::Qualifier::Lapsed;
  }
  return ExpectFinding::Qualifier::Open;
}

}  // namespace

std::nullopt_t ExpectationChecker::unsupported(Range range, std::string words) {
  context_.report(Code::not_supported_yet, range, {std::move(words)});
  return std::nullopt;
}

std::optional<typed_ir::Expectation> ExpectationChecker::check(const ast::Expect& written) {
  const auto wrap = [&](auto&& checked) -> std::optional<typed_ir::Expectation> {
    if (!checked) return std::nullopt;
    return typed_ir::Expectation{std::move(*checked), written.range};
  };
  using Result = std::optional<typed_ir::Expectation>;
  return std::visit(support::Overloaded{
                        [&](const ast::ExpectDecision& e) -> Result { return wrap(decision(e, written.range)); },
                        [&](const ast::ExpectFinding& e) -> Result { return wrap(finding(e, written.range)); },
                        [&](const ast::ExpectOverdue& e) -> Result { return wrap(overdue(e)); },
                        [&](const ast::ExpectError& e) -> Result { return wrap(error(e)); },
                        [&](const ast::ExpectProof& e) -> Result { return wrap(proof(e, written.range)); },
                        [&](const ast::ExpectProvision&) -> Result { return unsupported(written.range, "provision"); },
                        [&](const ast::ExpectGap&) -> Result { return unsupported(written.range, "gap"); },
                    },
                    written.expectation);
}

std::optional<ExpectDecision> ExpectationChecker::decision(const ast::ExpectDecision& written, Range range) {
  ExpectDecision result;
  result.outcome = outcome(written.outcome);
  const auto who = facts_.id_of(written.who);
  auto checked = details(written.details);
  if (!who || !checked) return std::nullopt;
  result.who = *who;
  result.who_resolved = facts_.find(*who) != nullptr;
  result.details = std::move(*checked);
  const auto other = [&](const std::optional<ast::Who>& person, std::string& into) {
    const auto id = person ? facts_.id_of(*person) : std::optional<std::string>{""};
    into = id.value_or("");
    return id.has_value();
  };
  if (!other(written.for_person, result.for_person) || !other(written.run_by, result.run_by)) return std::nullopt;
  switch (written.question) {
    case ast::ExpectDecision::Question::Perform: return perform(written, result, range) ? std::optional(std::move(result)) : std::nullopt;
    case ast::ExpectDecision::Question::Request:
    case ast::ExpectDecision::Question::Assign: return assignment(written, result, range) ? std::optional(std::move(result)) : std::nullopt;
    case ast::ExpectDecision::Question::Activate: return unsupported(range, "activate");
    case ast::ExpectDecision::Question::Approve: return unsupported(range, "approve");
  }
  return std::nullopt;
}

bool ExpectationChecker::perform(const ast::ExpectDecision& written, ExpectDecision& result, Range range) {
  result.question = ExpectDecision::Question::Perform;
  const Symbol* action = resolve(context_, site_, *written.action, Kinds::of(SymbolKind::Action), "an action");
  if (!action) return false;
  result.action = action->action();
  const typed_ir::Schema& schema = context_.program.schema;
  const EntityId type = schema.actions[result.action].resource;
  if (!written.on) {
    if (!type.valid()) return true;
    context_.report(Code::action_needs_object, range, {written.action->text, schema.entities[type].local});
    return false;
  }
  const auto on = facts_.id_of(*written.on);
  if (!on) return false;
  result.on = *on;
  const typed_ir::EntityFacts* object = facts_.find(*on);
  if (!type.valid() || !object || object->type == type) return true;
  context_.report(Code::wrong_resource, written.on->range,
                  {written.action->text, schema.entities[type].local, written.on->text, schema.entities[object->type].local});
  return false;
}

bool ExpectationChecker::assignment(const ast::ExpectDecision& written, ExpectDecision& result, Range range) {
  const bool request = written.question == ast::ExpectDecision::Question::Request;
  result.question = request ? ExpectDecision::Question::Request : ExpectDecision::Question::Assign;
  if (!request) {
    unsupported(range, "assign");
    return false;
  }
  auto role = check_role_values(context_, site_, *written.role);
  if (!role) return false;
  result.role = role->role;
  result.args = std::move(role->args);
  result.to = result.who;
  if (!written.to) return true;
  const auto to = facts_.id_of(*written.to);
  result.to = to.value_or("");
  return to.has_value();
}

std::optional<ExpectFinding> ExpectationChecker::finding(const ast::ExpectFinding& written, Range range) {
  if (written.of_native) return unsupported(range, "of a technical role");
  ExpectFinding result;
  result.qualifier = qualifier(written.qualifier);
  result.exposure = written.exposure;
  for (const ast::Name& name : written.rules) {
    const Symbol* rule = resolve(context_, site_, name, Kinds::of(SymbolKind::Rule), "a rule");
    if (!rule) return std::nullopt;
    result.rules.push_back(rule->rule());
  }
  const auto of = written.of ? facts_.id_of(*written.of) : std::nullopt;
  auto checked = details(written.details);
  if (!of || !checked) return std::nullopt;
  result.of = *of;
  result.details = std::move(*checked);
  return result;
}

std::optional<typed_ir::ExpectOverdue> ExpectationChecker::overdue(const ast::ExpectOverdue& written) {
  const Symbol* lift = resolve(context_, site_, written.lift, Kinds::of(SymbolKind::Lift), "an exception or a mitigation");
  const auto of = facts_.id_of(written.of);
  const auto since = start_of(context_, site_, written.since);
  if (!lift || !of || !since) return std::nullopt;
  return typed_ir::ExpectOverdue{lift->name, *of, *since};
}

std::optional<typed_ir::ExpectError> ExpectationChecker::error(const ast::ExpectError& written) {
  if (diagnostics::find_code(written.error.text)) return typed_ir::ExpectError{written.error.text, false, {}};
  std::vector<std::string> all;
  for (const diagnostics::CodeInfo& info : diagnostics::all_codes()) all.emplace_back(info.name);
  auto& message = context_.report(Code::unknown_error_name, written.error.range, {written.error.text});
  if (const auto near = support::nearest_name(written.error.text, all)) message.with_note("did you mean `" + *near + "`?");
  return std::nullopt;
}

std::optional<ExpectProof> ExpectationChecker::proof(const ast::ExpectProof& written, Range range) {
  ExpectProof result;
  result.proved = written.proved;
  result.obligation = written.obligation;
  if (written.in_steps) return unsupported(range, "in … steps");
  switch (written.what) {
    case ast::ExpectProof::What::Overlay: return unsupported(range, "overlay");
    case ast::ExpectProof::What::Claim: {
      result.claim = check_claim(context_, site_, *written.claim, {qualified(context_, site_, "expected"), range});
      return result.claim ? std::optional(std::move(result)) : std::nullopt;
    }
    case ast::ExpectProof::What::Statement:
    case ast::ExpectProof::What::ObligationOf: {
      const Symbol* symbol = resolve(context_, site_, *written.name, kCited, "a statement");
      if (!symbol) return std::nullopt;
      result.statement = symbol->name;
      return result;
    }
  }
  return std::nullopt;
}

std::optional<Details> ExpectationChecker::details(const ast::ExpectDetails& written) {
  Details result;
  if (!times(written, result) || !names(written, result)) return std::nullopt;
  if (written.through_edges || written.cut) return unsupported((written.through_edges ? *written.through_edges : *written.cut).front().range, "through");
  if (written.within) {
    const auto value = resolve_dimension_value(context_, site_, *written.within);
    if (!value) return std::nullopt;
    result.within = *value;
  }
  if (written.disjoint) {
    result.disjoint = resolve_joined(context_, site_, *written.disjoint);
    if (!result.disjoint.valid()) return std::nullopt;
  }
  return result;
}

bool ExpectationChecker::instant(const std::optional<ast::DayAt>& written, std::optional<Instant>& into) {
  if (!written) return true;
  into = start_of(context_, site_, *written);
  return into.has_value();
}

bool ExpectationChecker::times(const ast::ExpectDetails& written, Details& details) {
  if (!instant(written.at, details.at) || !instant(written.from, details.from) || !instant(written.until, details.until)) return false;
  if (!instant(written.possible_from, details.possible_from)) return false;
  if (written.until_never) details.until = typed_ir::kForever;
  if (written.through) {
    details.until_day = end_of(context_, site_, *written.through);
    if (!details.until_day) return false;
  }
  if (!written.resting) return true;
  typed_ir::Resting resting;
  if (!instant(written.resting->until, resting.until)) return false;
  if (written.resting->through) {
    resting.until = end_of(context_, site_, *written.resting->through);
    if (!resting.until) return false;
  }
  auto on = qualified_names(written.resting->on);
  if (!on) return false;
  resting.on = std::move(*on);
  details.resting = std::move(resting);
  return true;
}

bool ExpectationChecker::names(const ast::ExpectDetails& written, Details& details) {
  const auto resolve_all = [&](const std::optional<std::vector<ast::Name>>& from, std::optional<std::vector<std::string>>& into) {
    if (!from) return true;
    into = qualified_names(*from);
    return into.has_value();
  };
  if (!resolve_all(written.by, details.by) || !resolve_all(written.missing, details.missing) || !resolve_all(written.owing, details.owing)) return false;
  if (!written.unknown) return true;
  std::vector<std::string> paths;
  for (const ast::Name& path : *written.unknown) paths.push_back(path.text);
  std::sort(paths.begin(), paths.end());
  details.unknown = std::move(paths);
  return true;
}

std::optional<std::vector<std::string>> ExpectationChecker::qualified_names(const std::vector<ast::Name>& written) {
  std::vector<std::string> all;
  for (const ast::Name& name : written) {
    const Symbol* symbol = resolve(context_, site_, name, kCited, "a statement");
    if (!symbol) return std::nullopt;
    all.push_back(symbol->name);
  }
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace writ::check
