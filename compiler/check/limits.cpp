#include "compiler/check/limits.h"

#include <algorithm>

#include <fmt/format.h>

#include "compiler/check/chains.h"
#include "compiler/check/days.h"
#include "compiler/check/names.h"

namespace writ::check {
namespace {

using ast::Cap;
using ast::LimitLine;
using typed_ir::YieldKind;

std::string_view cap_word(Cap::Kind kind) {
  switch (kind) {
    case Cap::Kind::AtMost: return "at most";
    case Cap::Kind::AtMostInARow: return "in a row";
    case Cap::Kind::Once: return "once";
    case Cap::Kind::Depth: return "depth";
    case Cap::Kind::Transfer: return "transfer";
    case Cap::Kind::UsesIn: return "uses in";
    case Cap::Kind::Renew: return "renew";
    case Cap::Kind::Cooling: return "cooling";
    case Cap::Kind::By: return "by";
    case Cap::Kind::With: return "with";
    case Cap::Kind::TestedEvery: return "tested every";
    case Cap::Kind::ReviewDue: return "review due";
    case Cap::Kind::ReviewEvery: return "review every";
    case Cap::Kind::Due: return "due";
    case Cap::Kind::LevelDue: return "due";
  }
  return "";
}

void report_misplaced(Context& context, const Cap& cap, std::string_view line) {
  context.report(Code::cap_not_here, cap.range, {std::string(cap_word(cap.kind)), std::string(line)});
}

std::vector<RuleId> rules_named(Context& context, const Site& site, const std::vector<ast::Name>& names) {
  std::vector<RuleId> rules;
  for (const ast::Name& name : names)
    if (const Symbol* rule = resolve(context, site, name, Kinds::of(SymbolKind::Rule), "a rule")) rules.push_back(rule->rule());
  return rules;
}

/// Several limits hold together: the smallest bounds.
void tighten(DurationLimit& limit, const ast::Duration& to) {
  if (limit.ms != 0 && limit.ms <= to.ms) return;
  limit.ms = to.ms;
  limit.range = to.range;
}

void role_limits(Context& context, const LimitLine& line, DurationLimit& at_most, DurationLimit& review) {
  for (const Cap& cap : line.caps) {
    if (cap.kind == Cap::Kind::AtMost) tighten(at_most, *cap.duration);
    else if (cap.kind == Cap::Kind::ReviewEvery) tighten(review, *cap.duration);
    else report_misplaced(context, cap, line.kind == LimitLine::Kind::Role ? "role" : "workload");
  }
}

void finding_limits(Context& context, const LimitLine& line) {
  for (const Cap& cap : line.caps) {
    if (cap.kind != Cap::Kind::LevelDue) {
      report_misplaced(context, cap, "finding");
      continue;
    }
    auto [due, fresh] = context.program.finding_due.due.emplace(level_of(cap.level->level), cap.duration->ms);
    if (!fresh) due->second = std::min(due->second, cap.duration->ms);
  }
}

void approval_limits(Context& context, const LimitLine& line) {
  for (const Cap& cap : line.caps) {
    if (cap.kind == Cap::Kind::Due) tighten(context.limits->approval_due, *cap.duration);
    else report_misplaced(context, cap, "approval");
  }
}

void raise(Context& context, const Site& site, const LimitLine& line) {
  for (const RuleId rule : rules_named(context, site, line.of)) {
    typed_ir::Level& level = context.limits->raised[rule];
    level = std::max(level, level_of(line.level->level));
  }
}

void limit_line(Context& context, const Place& place, const LimitLine& line) {
  LimitTable& table = *context.limits;
  switch (line.kind) {
    case LimitLine::Kind::Role: role_limits(context, line, table.role_at_most, table.role_review); break;
    case LimitLine::Kind::Workload: role_limits(context, line, table.workload_at_most, table.workload_review); break;
    case LimitLine::Kind::Finding: finding_limits(context, line); break;
    case LimitLine::Kind::Approval: approval_limits(context, line); break;
    case LimitLine::Kind::Skew: context.program.skew = line.duration->ms; break;
    case LimitLine::Kind::Reuse: {
      std::int64_t& reuse = context.program.reuse_at_most;
      reuse = reuse == 0 ? line.duration->ms : std::min(reuse, line.duration->ms);
      break;
    }
    case LimitLine::Kind::LedgerAge: context.unsupported(line.range, "ledger age"); break;
    case LimitLine::Kind::Raise: raise(context, place.site, line); break;
    case LimitLine::Kind::No:
      table.denied.push_back({yield_kind(*line.denied), rules_named(context, place.site, line.of), line.where, place.site, line.range});
      break;
    case LimitLine::Kind::Waiver:
    case LimitLine::Kind::Mitigation:
    case LimitLine::Kind::Emergency: break;   // yield lines: check_terms
  }
}

// ---- yield lines

bool allowed(YieldKind kind, Cap::Kind cap) {
  switch (cap) {
    case Cap::Kind::AtMost:
    case Cap::Kind::By: return true;
    case Cap::Kind::AtMostInARow:
    case Cap::Kind::Renew:
    case Cap::Kind::Cooling:
    case Cap::Kind::With: return kind != YieldKind::Emergency;
    case Cap::Kind::TestedEvery: return kind == YieldKind::Mitigation;
    case Cap::Kind::UsesIn:
    case Cap::Kind::ReviewDue: return kind == YieldKind::Emergency;
    case Cap::Kind::Once:
    case Cap::Kind::Depth:
    case Cap::Kind::Transfer:
    case Cap::Kind::ReviewEvery:
    case Cap::Kind::Due:
    case Cap::Kind::LevelDue: return false;
  }
  return false;
}

void with_controls(Context& context, const Site& site, const Cap& cap, YieldTerms& terms) {
  terms.with_control = true;
  for (const ast::Name& name : cap.controls) {
    if (name.text == "control") continue;
    if (const Symbol* control = resolve(context, site, name, Kinds::of(SymbolKind::Control), "a control"))
      terms.controls.push_back(control->control());
  }
}

void by_chain(Context& context, const Site& site, const Cap& cap, const std::string& owner, YieldTerms& terms) {
  ConditionScope scope;
  scope.where = "an approval";
  const auto chain = check_chain(context, site, scope, *cap.chain, owner + "#by");
  if (chain) terms.by = *chain;
}

YieldTerms yield_terms(Context& context, const Site& site, YieldKind kind, const std::vector<Cap>& caps, const std::string& owner, Range range) {
  YieldTerms terms;
  terms.origin = {owner, range};
  for (const Cap& cap : caps) {
    if (!allowed(kind, cap.kind)) {
      report_misplaced(context, cap, yield_word(kind));
      continue;
    }
    const Range at = cap.range;
    if (cap.kind == Cap::Kind::AtMost) terms.at_most = cap.duration->ms, terms.at_most_range = at;
    if (cap.kind == Cap::Kind::AtMostInARow) terms.in_a_row = cap.duration->ms, terms.in_a_row_range = at;
    if (cap.kind == Cap::Kind::Cooling) terms.cooling = cap.duration->ms, terms.cooling_range = at;
    if (cap.kind == Cap::Kind::TestedEvery) terms.tested_every = cap.duration->ms, terms.tested_range = at;
    if (cap.kind == Cap::Kind::Renew) terms.renew = static_cast<std::uint32_t>(cap.count->value), terms.renew_range = at;
    if (cap.kind == Cap::Kind::With) with_controls(context, site, cap, terms);
    if (cap.kind == Cap::Kind::By) by_chain(context, site, cap, fmt::format("{}#{}", owner, yield_word(kind)), terms);
  }
  return terms;
}

/// Bounds `line` by `bound`: what it leaves out it takes over, what is looser is reported.
class Bounding {
 public:
  explicit Bounding(Context& context) : context_(context) {}

  void bound(YieldTerms& line, const YieldTerms& by) {
    durations(line.at_most, line.at_most_range, by.at_most, by.at_most_range, "at most", true);
    durations(line.in_a_row, line.in_a_row_range, by.in_a_row, by.in_a_row_range, "in a row", true);
    durations(line.tested_every, line.tested_range, by.tested_every, by.tested_range, "tested every", true);
    durations(line.cooling, line.cooling_range, by.cooling, by.cooling_range, "cooling", false);
    renewals(line, by);
    if (!line.by.valid()) line.by = by.by;
    line.with_control = line.with_control || by.with_control;
    if (line.controls.empty()) line.controls = by.controls;
  }

 private:
  void durations(std::optional<std::int64_t>& line, Range& line_range, const std::optional<std::int64_t>& by, Range by_range,
                 std::string_view what, bool smaller_is_stricter) {
    if (!by) return;
    const bool looser = line && (smaller_is_stricter ? *line > *by : *line < *by);
    if (looser) {
      context_.report(Code::line_not_stricter, line_range, {std::string(what), duration_text(*line), duration_text(*by)})
          .with_label(by_range, "the limit");
    }
    if (line && !looser) return;
    line = by;
    line_range = by_range;
  }
  void renewals(YieldTerms& line, const YieldTerms& by) {
    if (!by.renew) return;
    if (line.renew && *line.renew > *by.renew)
      context_.report(Code::line_not_stricter, line.renew_range, {"renew", std::to_string(*line.renew), std::to_string(*by.renew)})
          .with_label(by.renew_range, "the limit");
    if (line.renew && *line.renew <= *by.renew) return;
    line.renew = by.renew;
    line.renew_range = by.renew_range;
  }
  Context& context_;
};

typed_ir::Yield finished(const YieldTerms& terms) {
  typed_ir::Yield yield;
  yield.at_most = terms.at_most.value_or(0);
  yield.in_a_row = terms.in_a_row.value_or(0);
  yield.renew = terms.renew.value_or(0);
  yield.cooling = terms.cooling.value_or(0);
  yield.by = terms.by;
  yield.with_control = terms.with_control;
  yield.controls = terms.controls;
  yield.tested_every = terms.tested_every.value_or(0);
  yield.origin = terms.origin;
  return yield;
}

bool covers(const YieldLimit& limit, YieldKind kind, RuleId rule) {
  return limit.kind == kind && (limit.of.empty() || std::find(limit.of.begin(), limit.of.end(), rule) != limit.of.end());
}

std::optional<YieldKind> limited_kind(LimitLine::Kind kind) {
  if (kind == LimitLine::Kind::Waiver) return YieldKind::Waiver;
  if (kind == LimitLine::Kind::Mitigation) return YieldKind::Mitigation;
  if (kind == LimitLine::Kind::Emergency) return YieldKind::Emergency;
  return std::nullopt;
}

}  // namespace

typed_ir::Level level_of(ast::Level level) {
  switch (level) {
    case ast::Level::Low: return typed_ir::Level::Low;
    case ast::Level::Medium: return typed_ir::Level::Medium;
    case ast::Level::High: return typed_ir::Level::High;
    case ast::Level::Critical: return typed_ir::Level::Critical;
  }
  return typed_ir::Level::None;
}

YieldKind yield_kind(ast::YieldKind kind) {
  switch (kind) {
    case ast::YieldKind::Waiver: return YieldKind::Waiver;
    case ast::YieldKind::Mitigation: return YieldKind::Mitigation;
    case ast::YieldKind::Emergency: return YieldKind::Emergency;
  }
  return YieldKind::Waiver;
}

std::string_view yield_word(YieldKind kind) {
  switch (kind) {
    case YieldKind::Waiver: return "waiver";
    case YieldKind::Mitigation: return "mitigation";
    case YieldKind::Emergency: return "emergency";
  }
  return "";
}

void check_limits(Context& context) {
  for (const Place& place : context.places)
    if (const auto* limits = std::get_if<ast::Limits>(&place.item->statement))
      for (const LimitLine& line : limits->lines) limit_line(context, place, line);
}

void check_terms(Context& context) {
  for (const Place& place : context.places) {
    const auto* limits = std::get_if<ast::Limits>(&place.item->statement);
    if (!limits) continue;
    for (const LimitLine& line : limits->lines) {
      const auto kind = limited_kind(line.kind);
      if (!kind) continue;
      YieldTerms terms = yield_terms(context, place.site, *kind, line.caps, qualified(context, place.site, "limits"), line.range);
      context.limits->yields.push_back({*kind, rules_named(context, place.site, line.of), std::move(terms)});
    }
  }
  for (const SymbolId id : context.symbols.ids()) {
    const Symbol symbol = context.symbols[id];
    if (symbol.kind != SymbolKind::Terms) continue;
    for (const ast::YieldLine& line : std::get<ast::Terms>(symbol.place.item->statement).yields) {
      const YieldKind kind = yield_kind(line.kind);
      auto terms = yield_terms(context, symbol.place.site, kind, line.caps, symbol.name, line.range);
      const bool fresh = context.limits->terms[id].emplace(kind, std::move(terms)).second;
      if (!fresh) context.report(Code::said_twice, line.range, {std::string(yield_word(kind))});
    }
  }
}

std::map<YieldKind, typed_ir::Yield> rule_yields(Context& context, const Site& site, RuleId rule, const ast::RuleLines& lines) {
  const std::string name = typed_ir::info(context.program.rules[rule]).name;
  std::map<YieldKind, YieldTerms> merged;
  for (const ast::YieldLine& line : lines.yields) {
    const YieldKind kind = yield_kind(line.kind);
    const bool fresh = merged.emplace(kind, yield_terms(context, site, kind, line.caps, name, line.range)).second;
    if (!fresh) context.report(Code::said_twice, line.range, {std::string(yield_word(kind))});
  }
  if (lines.terms.size() > 1) context.report(Code::said_twice, lines.terms[1].range, {"terms"}).with_label(lines.terms[0].range, "first here");
  Bounding bounding(context);
  for (const ast::Name& written : lines.terms) {
    const Symbol* terms = resolve(context, site, written, Kinds::of(SymbolKind::Terms), "terms");
    if (!terms) continue;
    for (const auto& [kind, line] : context.limits->terms[context.id_of(*terms)]) {
      const auto [own, fresh] = merged.emplace(kind, line);
      if (!fresh) bounding.bound(own->second, line);
    }
  }
  std::map<YieldKind, typed_ir::Yield> result;
  for (auto& [kind, line] : merged) {
    for (const YieldLimit& limit : context.limits->yields)
      if (covers(limit, kind, rule)) bounding.bound(line, limit.terms);
    result.emplace(kind, finished(line));
  }
  for (const DeniedLift& denied : context.limits->denied)
    if (!denied.where.valid() && std::find(denied.rules.begin(), denied.rules.end(), rule) != denied.rules.end()) result.erase(denied.kind);
  return result;
}

std::vector<const DeniedLift*> denied_lifts(const Context& context, YieldKind kind, RuleId rule) {
  std::vector<const DeniedLift*> result;
  for (const DeniedLift& denied : context.limits->denied)
    if (denied.kind == kind && std::find(denied.rules.begin(), denied.rules.end(), rule) != denied.rules.end()) result.push_back(&denied);
  return result;
}

}  // namespace writ::check
