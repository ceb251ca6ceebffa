#include "compiler/check/claims.h"

#include <algorithm>

#include "compiler/check/condition_checker.h"
#include "compiler/check/names.h"
#include "compiler/check/rules.h"
#include "compiler/check/types.h"

namespace writ::check {
namespace {

using ast::ExprKind;
using typed_ir::Root;

/// `e: Employee`, `c: context`, `t: time`; adds the binder and its name.
bool bind(Context& context, const Site& site, const ast::Binder& written, typed_ir::Claim& claim, ConditionScope& scope) {
  typed_ir::Binder binder;
  binder.name = written.name.text;
  Type type;
  if (written.type.text == "time") {
    type.scalar = Scalar::Time;
  } else if (written.type.text == "context") {
    binder.type = context.program.schema.context;
    type = ref_to(binder.type);
  } else {
    const Symbol* symbol = resolve(context, site, written.type, Kinds::of(SymbolKind::Entity), "a type, `context` or `time`");
    if (!symbol) return false;
    binder.type = symbol->entity();
    type = ref_to(binder.type);
  }
  const auto index = static_cast<std::uint32_t>(claim.binders.size());
  if (!scope.names.emplace(binder.name, context.conditions().root(Root::Binder, type, index)).second) {
    context.report(Code::duplicate_binder, written.name.range, {binder.name});
    return false;
  }
  claim.binders.push_back(std::move(binder));
  return true;
}

enum class Sense : bool { Positive, Negative };
Sense turned(Sense sense) { return sense == Sense::Positive ? Sense::Negative : Sense::Positive; }

/// A `can` that is denied speaks of every context and instant, so it must name them.
bool contexts_named(Context& context, const Site& site, ast::ExprId id, Sense sense) {
  if (!id.valid()) return true;
  const ast::Expr& e = context.expr(site, id);
  if (e.kind == ExprKind::Can) {
    if (sense == Sense::Positive || (e.in_context && e.at_instant)) return true;
    context.report(Code::unquantified_context, e.range).with_note("bind them in front: `…, c: context, t: time where …`");
    return false;
  }
  const Sense inner = e.kind == ExprKind::Not ? turned(sense) : sense;
  bool good = true;
  for (const ast::ExprId operand : e.operands) good &= contexts_named(context, site, operand, inner);
  return good;
}

bool report_unsupported_claim(Context& context, const ast::Claim& written) {
  const auto unsupported = [&](const char* words) {
    context.report(Code::not_supported_yet, written.range, {words});
    return true;
  };
  if (written.eventually) return unsupported("eventually");
  if (written.by) return unsupported("by … in a claim");   // who acts until then
  switch (written.kind) {
    case ast::Claim::Kind::Never:
    case ast::Claim::Kind::Always:
    case ast::Claim::Kind::Independent: return false;
    case ast::Claim::Kind::Completes: return unsupported("completes");
    case ast::Claim::Kind::TakesPeople: return unsupported("takes at least … people");
  }
  return false;
}

/// The fact of a path, as conditions on the action read it. A path may lead nowhere: then there is no fact to depend on.
std::optional<TermId> fact_at(Context& context, const Site& site, const ConditionScope& scope, const std::vector<ast::Name>& path) {
  ConditionChecker checker(context, site, scope);
  checker.allow_absent();
  const auto term = checker.path(path, nullptr);
  if (!term || context.conditions().term(*term).kind == typed_ir::TermKind::Attribute) return term;
  const auto names = segments(path);
  context.report(Code::fact_expected, source::join(names.front().range, names.back().range), {names.front().text});
  return std::nullopt;
}

/// Any type of principal may ask: the fact is that of each type which has it.
std::vector<TermId> facts_of_principals(Context& context, const Site& site, ConditionScope& scope, const std::vector<ast::Name>& path) {
  std::vector<TermId> found;
  EntityId first;
  for (const EntityId type : context.schema().entities.ids()) {
    if (!context.schema().entities[type].is_principal()) continue;
    if (!first) first = type;
    scope.principal = type;
    const Trial trial(context);
    if (const auto fact = fact_at(context, site, scope, path)) found.push_back(*fact);
  }
  if (!found.empty()) return found;
  scope.principal = first;
  fact_at(context, site, scope, path);   // says what is wrong with it
  return found;
}

std::optional<typed_ir::Claim> independence(Context& context, const Site& site, const ast::Claim& written, typed_ir::Claim claim) {
  const Symbol* action = resolve(context, site, *written.action, Kinds::of(SymbolKind::Action), "an action");
  if (!action) return std::nullopt;
  claim.kind = typed_ir::Claim::Kind::Independent;
  claim.action = action->action();
  const typed_ir::Action& form = context.schema().actions[claim.action];
  ConditionScope scope;
  scope.resource = form.resource;
  scope.input = form.input;
  scope.where = "a claim about this action";
  if (segments(written.path).front().text == "principal") {
    claim.facts = facts_of_principals(context, site, scope, written.path);
  } else if (const auto fact = fact_at(context, site, scope, written.path)) {
    claim.facts = {*fact};
  }
  return claim.facts.empty() ? std::nullopt : std::optional(std::move(claim));
}

}  // namespace

std::optional<typed_ir::Claim> check_claim(Context& context, const Site& site, const ast::Claim& written, const typed_ir::Origin& origin) {
  if (report_unsupported_claim(context, written)) return std::nullopt;
  typed_ir::Claim claim;
  claim.name = origin.statement;
  claim.origin = origin;
  if (written.kind == ast::Claim::Kind::Independent) return independence(context, site, written, std::move(claim));
  claim.kind = written.kind == ast::Claim::Kind::Always ? typed_ir::Claim::Kind::Always : typed_ir::Claim::Kind::Never;
  ConditionScope scope;
  scope.context = false;
  scope.claim = true;
  scope.where = "a claim";
  bool good = true;
  for (const ast::Binder& binder : written.binders) good &= bind(context, site, binder, claim, scope);
  if (!good) return std::nullopt;
  if (claim.binders.empty()) {
    context.report(Code::claim_without_binder, written.range, {claim.name});
    return std::nullopt;
  }
  // `always P: Q` is `never P and not Q`.
  if (!contexts_named(context, site, written.where, Sense::Positive) | !contexts_named(context, site, written.then, Sense::Negative))
    return std::nullopt;
  const auto where = check_optional_condition(context, site, scope, written.where);
  if (!where) return std::nullopt;
  claim.where = *where;
  if (!written.then.valid()) return claim;
  const auto then = check_condition(context, site, scope, written.then);
  if (!then) return std::nullopt;
  claim.then = *then;
  return claim;
}

void check_claims(Context& context) {
  for (const Symbol& symbol : context.symbols) {
    if (symbol.kind != SymbolKind::Claim) continue;
    const auto& written = std::get<ast::Assert>(symbol.place.item->statement);
    // Unsupported forms are reported once, with all other statements that wait.
    if (written.claim.eventually || written.claim.by || written.claim.process) continue;
    auto claim = check_claim(context, symbol.place.site, written.claim, {symbol.name, symbol.written.range});
    if (!claim) continue;
    claim->in_population = written.in_population;
    context.program.claims.push_back(std::move(*claim));
  }
}

}  // namespace writ::check
