// What every restriction carries; require, forbid, never.
#include "compiler/check/rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/accesses.h"
#include "compiler/check/chains.h"
#include "compiler/check/days.h"
#include "compiler/check/limits.h"
#include "compiler/check/names.h"

namespace writ::check {
namespace {

AccessScope access_scope(const Symbol& symbol) {
  AccessScope scope;
  scope.use = AccessUse::Restriction;
  scope.statement = symbol.name;
  scope.head = symbol.place.item->head;
  return scope;
}

void set_start(Context& context, const Site& site, const ast::RuleLines& lines, typed_ir::RuleInfo& info) {
  if (lines.report_only) info.enforced_from = typed_ir::kForever;
  if (!lines.enforced_from) return;
  if (lines.report_only) {
    context.report(Code::enforced_and_report_only, *lines.report_only).with_label(lines.enforced_from->range, "enforced from here on");
    return;
  }
  const auto from = start_of(context, site, *lines.enforced_from);
  if (from) info.enforced_from = *from;
}

bool yields_to_anything(const ast::RuleLines& lines) { return !lines.yields.empty() || !lines.terms.empty(); }

void check_never(Context& context, const Symbol& symbol) {
  const auto& written = std::get<ast::Never>(symbol.place.item->statement);
  if (yields_to_anything(written.lines)) {
    const Range line = written.lines.yields.empty() ? written.lines.terms.front().range : written.lines.yields.front().range;
    context.report(Code::never_yields, line, {symbol.local}).with_label(symbol.written.range, "`never` is absolute: write `forbid`");
  }
  typed_ir::Prohibition rule;
  rule.never = true;
  ast::RuleLines lines = written.lines;
  lines.yields.clear();
  lines.terms.clear();
  rule.info = check_rule_info(context, symbol, written.head, lines);
  if (auto accesses = check_accesses(context, symbol.place.site, access_scope(symbol), written.accesses)) rule.accesses = std::move(*accesses);
  context.program.rules[symbol.rule()] = std::move(rule);
}

void check_forbid(Context& context, const Symbol& symbol) {
  const auto& written = std::get<ast::Forbid>(symbol.place.item->statement);
  if (!yields_to_anything(written.lines))
    context.report(Code::forbid_without_yield, symbol.written.range, {symbol.local})
        .with_note("with nothing that lifts it, write `never`; else add a `waiver`, `mitigation`, `emergency` or `terms` line");
  typed_ir::Prohibition rule;
  rule.info = check_rule_info(context, symbol, written.head, written.lines);
  if (auto accesses = check_accesses(context, symbol.place.site, access_scope(symbol), written.accesses)) rule.accesses = std::move(*accesses);
  context.program.rules[symbol.rule()] = std::move(rule);
}

typed_ir::Requirement::Kind kind_of(ast::Require::Kind kind) {
  switch (kind) {
    case ast::Require::Kind::Mfa: return typed_ir::Requirement::Kind::Mfa;
    case ast::Require::Kind::Approval: return typed_ir::Requirement::Kind::Approval;
    case ast::Require::Kind::Evidence: return typed_ir::Requirement::Kind::Evidence;
    case ast::Require::Kind::Notify: return typed_ir::Requirement::Kind::Notify;
    case ast::Require::Kind::Log: return typed_ir::Requirement::Kind::Log;
  }
  return typed_ir::Requirement::Kind::Log;
}

void check_require(Context& context, const Symbol& symbol) {
  const auto& written = std::get<ast::Require>(symbol.place.item->statement);
  const Site& site = symbol.place.site;
  typed_ir::Requirement rule;
  rule.info = check_rule_info(context, symbol, written.head, written.lines);
  rule.kind = kind_of(written.kind);
  rule.after_denied = written.after_denied;
  ConditionScope scope;
  scope.where = "a requirement";
  if (written.mfa_fresh_within) rule.fresh_within = written.mfa_fresh_within->ms;
  if (written.approval)
    if (const auto chain = check_chain(context, site, scope, *written.approval, symbol.name + "#approval")) rule.approval = *chain;
  if (written.evidence) rule.evidence = written.evidence->text;
  if (written.notify)
    if (auto party = check_party(context, site, scope, *written.notify)) rule.notify = std::move(*party);
  if (auto accesses = check_accesses(context, site, access_scope(symbol), written.accesses)) rule.accesses = std::move(*accesses);
  const bool after = written.kind == ast::Require::Kind::Notify || written.kind == ast::Require::Kind::Log;
  if (after && yields_to_anything(written.lines))
    context.report(Code::obligation_yields, symbol.written.range, {symbol.local});
  context.program.rules[symbol.rule()] = std::move(rule);
}

}  // namespace

typed_ir::RuleInfo check_rule_info(Context& context, const Symbol& symbol, const ast::RuleHead& head, const ast::RuleLines& lines) {
  const Site& site = symbol.place.site;
  typed_ir::RuleInfo info;
  info.name = symbol.name;
  info.local = symbol.local;
  info.origin = {symbol.name, symbol.written.range};
  if (head.level) info.level = level_of(head.level->level);
  if (const auto raised = context.limits->raised.find(symbol.rule()); raised != context.limits->raised.end())
    info.level = std::max(info.level, raised->second);
  if (head.title) info.title = head.title->text;
  info.yields = rule_yields(context, site, symbol.rule(), lines);
  ConditionScope scope;
  scope.where = "an owner";
  if (lines.owner) info.owner = check_party(context, site, scope, *lines.owner).value_or(typed_ir::Party{});
  else info.owner = module_owner(context, site);
  if (lines.because) info.because = lines.because->text;
  for (const ast::Name& name : lines.implements) info.implements.push_back(name.text);
  std::sort(info.implements.begin(), info.implements.end());
  set_start(context, site, lines, info);
  return info;
}

void check_rules(Context& context) {
  for (const SymbolId id : context.of_rule) {
    const Symbol symbol = context.symbols[id];
    const ast::Statement& statement = symbol.place.item->statement;
    if (std::holds_alternative<ast::Never>(statement)) check_never(context, symbol);
    if (std::holds_alternative<ast::Forbid>(statement)) check_forbid(context, symbol);
    if (std::holds_alternative<ast::Require>(statement)) check_require(context, symbol);
  }
}

}  // namespace writ::check
