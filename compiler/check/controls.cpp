// `control`: what watches over the instances that a mitigation, or an exception with a control, leaves open.
#include "compiler/check/chains.h"
#include "compiler/check/names.h"
#include "compiler/check/rules.h"

namespace writ::check {
namespace {

constexpr std::int64_t kTestedEveryByDefault = 365LL * 86'400'000;   // semantics.md 8.2

std::optional<RuleId> requirement(Context& context, const Site& site, const ast::Name& name) {
  const Symbol* symbol = resolve(context, site, name, Kinds::of(SymbolKind::Rule), "a requirement");
  if (!symbol) return std::nullopt;
  if (std::holds_alternative<ast::Require>(symbol->place.item->statement)) return symbol->rule();
  context.report(Code::control_by_no_requirement, name.range, {name.text}).with_label(symbol->written.range, "defined here");
  return std::nullopt;
}

std::int64_t tested_every(const Context& context, const typed_ir::Control& control) {
  std::int64_t every = kTestedEveryByDefault;
  for (const RuleId rule : control.rules)
    for (const auto& [kind, yield] : typed_ir::info(context.program.rules[rule]).yields)
      if (yield.tested_every > 0) every = std::min(every, yield.tested_every);
  return every;
}

void check_control(Context& context, const Symbol& symbol) {
  const auto& written = std::get<ast::Control>(symbol.place.item->statement);
  const Site& site = symbol.place.site;
  typed_ir::Control control;
  control.name = symbol.name;
  if (written.title) control.title = written.title->text;
  control.origin = {symbol.name, symbol.written.range};
  for (const ast::Name& name : written.rules)
    if (const Symbol* rule = resolve(context, site, name, Kinds::of(SymbolKind::Rule), "a rule")) control.rules.push_back(rule->rule());
  std::sort(control.rules.begin(), control.rules.end());
  control.owner = module_owner(context, site);
  if (written.owner)
    if (auto owner = check_party(context, site, {}, *written.owner)) control.owner = std::move(*owner);
  for (const ast::Party& party : written.monitors)
    if (auto monitor = check_party(context, site, {}, party)) control.monitors.push_back(std::move(*monitor));
  if (written.every) control.every = written.every->ms;
  if (written.by_requirement)
    if (const auto by = requirement(context, site, *written.by_requirement)) control.by_requirement = *by;
  control.tested_every = tested_every(context, control);
  context.program.controls[symbol.control()] = std::move(control);
}

}  // namespace

void check_controls(Context& context) {
  for (const Symbol& symbol : context.symbols)
    if (symbol.kind == SymbolKind::Control) check_control(context, symbol);
}

}  // namespace writ::check
