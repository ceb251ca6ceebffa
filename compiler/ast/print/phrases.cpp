#include <chrono>

#include <fmt/format.h>

#include "compiler/ast/print/outline.h"
#include "compiler/support/overloaded.h"

namespace writ::ast::printing {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out + "\"";
}

std::string scaled(std::int64_t value) {
  std::string text = fmt::format("{}.{:04}", value / 10'000, value % 10'000);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

/// In the largest unit that divides it.
std::string duration_text(std::int64_t ms) {
  if (ms % 86'400'000 == 0) return fmt::format("{}d", ms / 86'400'000);
  if (ms % 3'600'000 == 0) return fmt::format("{}h", ms / 3'600'000);
  if (ms % 60'000 == 0) return fmt::format("{}min", ms / 60'000);
  return fmt::format("{}s", ms / 1'000);
}

std::string date_text(const DateLiteral& date) { return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day); }

/// In UTC, with milliseconds where there are any.
std::string instant_text(const InstantLiteral& instant) {
  using namespace std::chrono;
  const sys_time<milliseconds> time{milliseconds{instant.ms}};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  const std::string ms = clock.subseconds().count() == 0 ? "" : fmt::format(".{:03}", clock.subseconds().count());
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                     static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count(), ms);
}

std::string if_any(std::string_view before, const std::string& text) { return text.empty() ? "" : std::string(before) + text; }

std::string_view operator_of(ExprKind kind) {
  switch (kind) {
    case ExprKind::Set: return "set";
    case ExprKind::Not: return "not";
    case ExprKind::And: return "and";
    case ExprKind::Or: return "or";
    case ExprKind::Equal: return "==";
    case ExprKind::NotEqual: return "!=";
    case ExprKind::Less: return "<";
    case ExprKind::LessEqual: return "<=";
    case ExprKind::Greater: return ">";
    case ExprKind::GreaterEqual: return ">=";
    case ExprKind::In: return "in";
    case ExprKind::Includes: return "includes";
    case ExprKind::Overlaps: return "overlaps";
    case ExprKind::SubsetOf: return "subset-of";
    case ExprKind::Under: return "under";
    case ExprKind::StartsWith: return "starts-with";
    case ExprKind::EndsWith: return "ends-with";
    case ExprKind::IsEmpty: return "is-empty";
    case ExprKind::During: return "during";
    case ExprKind::Holds: return "holds";
    case ExprKind::Can: return "can";
    case ExprKind::Add: return "+";
    case ExprKind::Subtract: return "-";
    case ExprKind::Multiply: return "*";
    case ExprKind::Otherwise: return "otherwise";
    case ExprKind::Literal:
    case ExprKind::Now:
    case ExprKind::Path:
    case ExprKind::Call: return "";
  }
  return "";
}

}  // namespace

std::string Phrases::say(const Text& text) const { return quoted(text.text); }
std::string Phrases::say(const Duration& duration) const { return duration_text(duration.ms); }
std::string Phrases::say(const Count& count) const { return std::to_string(count.value); }

std::string Phrases::say(const DayAt& day) const {
  return std::visit(support::Overloaded{[](const DateLiteral& date) { return date_text(date); },
                                        [](const InstantLiteral& instant) { return instant_text(instant); }},
                    day.day);
}

std::string Phrases::say(const Literal& literal) const {
  return std::visit(support::Overloaded{[](const IntLiteral& value) { return std::to_string(value.value); },
                                        [](const DecimalLiteral& value) { return scaled(value.scaled); },
                                        [](const MoneyLiteral& value) { return scaled(value.scaled) + " " + value.currency; },
                                        [](const StringLiteral& value) { return quoted(value.value); },
                                        [](const BoolLiteral& value) { return std::string(value.value ? "true" : "false"); },
                                        [](const NoneLiteral&) { return std::string("none"); },
                                        [](const DurationLiteral& value) { return duration_text(value.ms); },
                                        [](const DateLiteral& value) { return date_text(value); },
                                        [](const InstantLiteral& value) { return instant_text(value); }},
                    literal.value);
}

std::string Phrases::say_path(const std::vector<Name>& path) const { return list(path, "."); }

std::string Phrases::say_operands(const Expr& expr) const {
  std::string text;
  for (const ExprId operand : expr.operands) text += " " + say(operand);
  return text;
}

std::string Phrases::say(ExprId id) const {
  if (!id.valid()) return "";
  const Expr& expr = exprs_[id];
  if (expr.kind == ExprKind::Literal) return expr.literal ? say(*expr.literal) : "?";
  if (expr.kind == ExprKind::Now) return "now";
  if (expr.kind == ExprKind::Path) return say_path(expr.path);
  if (expr.kind == ExprKind::Call) return fmt::format("({}{})", say_path(expr.path), say_operands(expr));
  std::string text = fmt::format("({}{}{}", expr.ordinarily ? "ordinarily-" : "", operator_of(expr.kind), say_operands(expr));
  if (expr.kind == ExprKind::Can) text += if_any(" action=", say_path(expr.path));
  if (expr.role) text += " " + say(*expr.role);
  if (expr.in_context) text += " in=" + expr.in_context->text;
  if (expr.at_instant) text += " at=" + expr.at_instant->text;
  return text + ")";
}

std::string Phrases::say(const TypeRef& type) const {
  return type.name.text + (type.argument ? "<" + type.argument->text + ">" : "") + (type.optional ? "?" : "");
}

std::string Phrases::say(const Field& field) const {
  return fmt::format("{}: {}{}{}{}", field.name.text, say(field.type), field.fixed ? " fixed" : "", field.acyclic ? " acyclic" : "",
                     field.fresh_within ? " fresh within " + say(*field.fresh_within) : "");
}

std::string Phrases::say(const Param& param) const { return param.name.text + ": " + say(param.type); }

std::string Phrases::say(const RoleRef& role) const { return role.name.text + (role.args.empty() ? "" : "(" + list(role.args) + ")"); }

std::string Phrases::say(const TypeId& id) const {
  return (id.type ? id.type->text : "") + (id.type && id.id ? " " : "") + (id.id ? say(*id.id) : "");
}

std::string Phrases::say(const Subject& subject) const {
  return (subject.type ? say(*subject.type) : "") + (subject.role ? "role " + say(*subject.role) : "") + if_any(" where ", say(subject.where));
}

namespace {

std::string_view verb_of(WhatKind kind) {
  switch (kind) {
    case WhatKind::Named:
    case WhatKind::Prefix: return "";
    case WhatKind::Everything: return "everything";
    case WhatKind::EverythingButReading: return "everything but reading";
    case WhatKind::Assign: return "assign";
    case WhatKind::Revoke: return "revoke";
    case WhatKind::Define: return "define";
    case WhatKind::Delegate: return "delegate";
    case WhatKind::Approve: return "approve";
    case WhatKind::Activate: return "activate";
    case WhatKind::Review: return "review";
    case WhatKind::Author: return "author policy";
    case WhatKind::Sign: return "sign policy";
    case WhatKind::Deploy: return "deploy policy";
    case WhatKind::RoleSide: return "role";
  }
  return "";
}

std::string level_text(Level level) {
  switch (level) {
    case Level::Low: return "low";
    case Level::Medium: return "medium";
    case Level::High: return "high";
    case Level::Critical: return "critical";
  }
  return "";
}

}  // namespace

std::string Phrases::say(const What& what) const {
  std::string text(verb_of(what.kind));
  const auto add = [&text](const std::string& word) { text += (text.empty() || word.empty() ? "" : " ") + word; };
  if (what.any) add("any");
  if (what.any && what.names.empty()) add("role");
  add(list(what.names));
  add(list(what.roles));
  if (what.kind == WhatKind::Prefix) text += ".*";
  return text + if_any(" to ", list(what.to));
}

std::string Phrases::say(const Accesses& accesses) const {
  return list(accesses.what) + (accesses.in_system ? " in " + accesses.in_system->text : "") + if_any(" by ", list(accesses.by)) +
         if_any(" where ", say(accesses.where));
}

std::string Phrases::say(const Side& side) const {
  const std::string within = if_any(" within ", list(side.within));
  switch (side.kind) {
    case Side::Kind::AnyOf: return list(side.accesses) + within;
    case Side::Kind::AllOf: return "all of { " + list(side.accesses, " ; ") + " }" + within;
    case Side::Kind::AtLeast: return fmt::format("{} of {{ {} }}{}", side.count ? side.count->value : 0, list(side.accesses, " ; "), within);
  }
  return "";
}

std::string Phrases::say(const Chain& chain) const {
  std::string text;
  for (const ChainStep& step : chain.steps) {
    text += (text.empty() ? "" : " then ") + list(step.parties, step.join == ChainStep::Join::And ? " and " : " or ");
    if (step.due) text += " due " + say(*step.due);
  }
  return text;
}

std::string Phrases::say(const Party& party) const {
  switch (party.kind) {
    case Party::Kind::Role: return "role " + say(*party.role) + (party.within_same ? " within same " + party.within_same->text : "");
    case Party::Kind::Person: return say(*party.person);
    case Party::Kind::Several: return say(*party.count) + " of " + list(party.inner);
    case Party::Kind::Path: return say_path(party.path) + if_any(" otherwise ", list(party.inner));
    case Party::Kind::Group: return "(" + list(party.group) + ")";
  }
  return "";
}

std::string Phrases::say(const Period& period) const {
  std::string text;
  const auto add = [&text](std::string_view word, const std::string& value) { text += (text.empty() ? "" : " ") + std::string(word) + " " + value; };
  if (period.from) add("from", say(*period.from));
  if (period.through) add("through", say(*period.through));
  if (period.until) add("until", say(*period.until));
  if (period.for_duration) add("for", say(*period.for_duration));
  return text;
}

std::string Phrases::say(const LevelAt& level) const { return level_text(level.level); }

namespace {

std::string_view words_of(Cap::Kind kind) {
  switch (kind) {
    case Cap::Kind::AtMost: return "at most";
    case Cap::Kind::AtMostInARow: return "at most in a row";
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
    case Cap::Kind::LevelDue: return "level due";
  }
  return "";
}

}  // namespace

std::string Phrases::say(const Cap& cap) const {
  std::string text(words_of(cap.kind));
  const auto add = [&text](const std::string& word) { text += word.empty() ? "" : " " + word; };
  if (cap.level) add(say(*cap.level));
  if (cap.count) add(say(*cap.count));
  if (cap.duration) add(say(*cap.duration));
  if (cap.chain) add(say(*cap.chain));
  add(list(cap.controls));
  return text;
}

std::string Phrases::say(const YieldLine& line) const {
  const std::string_view kind = line.kind == YieldKind::Waiver ? "waiver" : line.kind == YieldKind::Mitigation ? "mitigation" : "emergency";
  return std::string(kind) + " " + list(line.caps);
}

std::string Phrases::say(const PointAt& point) const {
  return point.point == Point::Assignment ? "assignment" : point.point == Point::Activation ? "activation" : "use";
}

std::string Phrases::say(const Record& record) const {
  std::string text;
  for (const RecordEntry& entry : record.entries) text += (text.empty() ? "" : ", ") + entry.name.text + ": " + say(entry.value);
  return "{ " + text + " }";
}

std::string Phrases::say(const Who& who) const { return who.quoted ? quoted(who.text) : who.text; }

}  // namespace writ::ast::printing
