// Restrictions and requirements, and the terms by which they yield.
#include "compiler/ast/build/statements.h"

namespace writ::ast::building {
namespace {

YieldKind yield_kind(const Syntax& node) {
  if (node.has(TokenKind::KwWaiver)) return YieldKind::Waiver;
  return node.has(TokenKind::KwMitigation) ? YieldKind::Mitigation : YieldKind::Emergency;
}

YieldLine yield_of(Context& context, const Syntax& line) { return {yield_kind(line), caps_in(context, line), line.range()}; }

void add_yield(Context& context, const Syntax& line, std::vector<YieldLine>& yields, Once& once) {
  if (once.first(line, line.text(line.children().front().token))) yields.push_back(yield_of(context, line));
}

void add_rule_line(Context& context, const Syntax& line, RuleLines& lines, Once& once) {
  switch (line.kind()) {
    case RuleKind::YieldLine:
      return add_yield(context, line, lines.yields, once);
    case RuleKind::TermsLine:
      lines.terms.push_back(name_in(line, RuleKind::Dotted));
      return;
    case RuleKind::OwnerLine:
      if (once.first(line, "owner")) lines.owner = owner_of(context, line);
      return;
    case RuleKind::BecauseLine:
      if (once.first(line, "because")) lines.because = text_in(context, line);
      return;
    case RuleKind::ImplementsLine:
      if (once.first(line, "implements")) lines.implements = names_in(line);
      return;
    case RuleKind::EnforcedLine:
      if (once.first(line, "enforced from")) lines.enforced_from = day_in(context, line);
      return;
    case RuleKind::ReportLine:
      if (once.first(line, "report only")) lines.report_only = line.range();
      return;
    // Lines of one kind of rule, added by it.
    default:
      return;
  }
}

}  // namespace

RuleHead rule_head_of(Context& context, const Syntax& node) {
  RuleHead head{name_in(node, RuleKind::Word), std::nullopt, std::nullopt};
  const auto title = node.child(RuleKind::RuleTitle);
  if (!title) return head;
  if (const auto level = title->child(RuleKind::Level)) head.level = level_of(*level);
  head.title = find_text(context, *title);
  return head;
}

RuleLines rule_lines_of(Context& context, const std::vector<Syntax>& lines, Once& once) {
  RuleLines found;
  for (const Syntax& line : lines) add_rule_line(context, line, found, once);
  return found;
}

namespace {

RuleLines own_lines(Context& context, const Syntax& node) {
  Once once(context);
  return rule_lines_of(context, lines_of(node, RuleKind::RuleLine), once);
}

void add_before(Context& context, const Syntax& node, Require& require) {
  if (const auto mfa = node.child(RuleKind::RequireMfa)) {
    require.kind = Require::Kind::Mfa;
    if (mfa->has(TokenKind::KwFresh)) require.mfa_fresh_within = duration_in(context, *mfa);
  } else if (const auto approval = node.child(RuleKind::RequireApproval)) {
    require.kind = Require::Kind::Approval;
    require.approval = chain_of(context, must(*approval, RuleKind::Chain));
  } else {
    require.kind = Require::Kind::Evidence;
    require.evidence = text_in(context, must(node, RuleKind::RequireEvidence));
  }
  require.accesses = accesses_in(context, node);
}

void add_after(Context& context, const Syntax& node, Require& require) {
  require.kind = Require::Kind::Log;
  if (const auto notify = node.child(RuleKind::RequireNotify)) {
    require.kind = Require::Kind::Notify;
    require.notify = party_of(context, must(*notify, RuleKind::Party));
  }
  require.after_denied = node.has(TokenKind::KwDenied);
  require.accesses = accesses_in(context, node);
}

}  // namespace

Require require_of(Context& context, const Syntax& node) {
  Require require;
  require.head = rule_head_of(context, node);
  if (const auto before = node.child(RuleKind::RequireBefore)) {
    add_before(context, *before, require);
  } else {
    add_after(context, must(node, RuleKind::RequireAfter), require);
  }
  require.lines = own_lines(context, node);
  return require;
}

Never never_of(Context& context, const Syntax& node) { return {rule_head_of(context, node), accesses_in(context, node), own_lines(context, node)}; }

Forbid forbid_of(Context& context, const Syntax& node) { return {rule_head_of(context, node), accesses_in(context, node), own_lines(context, node)}; }

// ---- segregation

namespace {

ObjectBinding binding_of(Context& context, const Syntax& line) {
  ObjectBinding binding{names_in(line), {}, std::nullopt, line.child(RuleKind::InOrder).has_value(), line.range()};
  if (const auto keys = line.child(RuleKind::KeyPaths)) {
    for (const Syntax& key : keys->all(RuleKind::KeyPath)) binding.keys.push_back({name_in(key, RuleKind::Dotted), path_in(key)});
  }
  if (const auto over = line.child(RuleKind::OverClause)) binding.over = duration_in(context, *over);
  return binding;
}

std::vector<Side> set_sides(Context& context, const Syntax& line) {
  std::vector<Side> sides;
  for (Accesses& element : access_set_of(context, must(line, RuleKind::AccessSet))) {
    Side side;
    side.range = element.range;
    side.accesses.push_back(std::move(element));
    sides.push_back(std::move(side));
  }
  return sides;
}

/// The line that says what is apart. False for any other line.
bool add_form(Context& context, const Syntax& line, Sod& sod, Once& once) {
  const RuleKind kind = line.kind();
  if (kind != RuleKind::SeparateLine && kind != RuleKind::NobodyLine && kind != RuleKind::AtMostOfLine && kind != RuleKind::AtLeastLine) return false;
  if (!once.first(line, "what is apart")) return true;
  if (kind == RuleKind::SeparateLine) {
    sod.form = Sod::Form::Separate;
    sod.sides = {side_of(context, must(line, RuleKind::Side)), side_of(context, must(must(line, RuleKind::FromSide), RuleKind::Side))};
  } else if (kind == RuleKind::NobodyLine) {
    sod.form = Sod::Form::NobodyHolds;
    sod.sides = {side_of(context, must(line, RuleKind::Side))};
  } else {
    sod.form = kind == RuleKind::AtMostOfLine ? Sod::Form::AtMost : Sod::Form::AtLeastPeople;
    sod.count = count_of(context, line);
    sod.sides = set_sides(context, line);
  }
  return true;
}

void add_binding(Context& context, const Syntax& line, Sod& sod, Once& once) {
  if (line.kind() == RuleKind::WithinSameLine && once.first(line, "within same")) sod.within_same = names_in(line);
  if (line.kind() == RuleKind::AcrossLine && once.first(line, "across")) sod.across = name_in(line, RuleKind::Dotted);
  if (line.kind() == RuleKind::PointsLine && once.first(line, "at")) sod.points = points_of(line);
  if (line.kind() == RuleKind::OnSameLine) sod.objects.push_back(binding_of(context, line));
}

bool has_broken_line(const Syntax& node) { return node.anything_broken(); }

}  // namespace

std::optional<Sod> sod_of(Context& context, const Syntax& node) {
  Sod sod;
  sod.head = rule_head_of(context, node);
  sod.sensitive = node.has(TokenKind::KwSensitive);
  Once once(context);
  std::vector<Syntax> rule_lines;
  bool any_form = false;
  for (const Syntax& line : lines_of(node, RuleKind::SodLine)) {
    if (line.kind() == RuleKind::RuleLine) {
      const auto inner = line.only();
      if (inner && !inner->broken()) rule_lines.push_back(*inner);
    } else if (add_form(context, line, sod, once)) {
      any_form = true;
    } else {
      add_binding(context, line, sod, once);
    }
  }
  sod.lines = rule_lines_of(context, rule_lines, once);
  if (any_form) return sod;
  if (!has_broken_line(node)) context.sink.report(diagnostics::Code::missing_sides, sod.head.name.range, {sod.head.name.text});
  return std::nullopt;
}

// ---- terms and limits

Terms terms_of(Context& context, const Syntax& node) {
  Terms terms{name_in(node, RuleKind::Word), {}};
  Once once(context);
  for (const Syntax& line : sound(node, RuleKind::YieldLine)) add_yield(context, line, terms.yields, once);
  return terms;
}

namespace {

LimitLine::Kind limited_kind(const Syntax& node) {
  switch (node.first_token_kind()) {
    case TokenKind::KwWaiver: return LimitLine::Kind::Waiver;
    case TokenKind::KwMitigation: return LimitLine::Kind::Mitigation;
    case TokenKind::KwEmergency: return LimitLine::Kind::Emergency;
    case TokenKind::KwRole: return LimitLine::Kind::Role;
    case TokenKind::KwWorkload: return LimitLine::Kind::Workload;
    case TokenKind::KwFinding: return LimitLine::Kind::Finding;
    // `approval`: the grammar has no other.
    default: return LimitLine::Kind::Approval;
  }
}

LimitLine limit_caps_of(Context& context, const Syntax& node) {
  LimitLine line;
  line.kind = limited_kind(node);
  if (const auto of = node.child(RuleKind::LimitOf)) line.of = names_in(*of);
  line.caps = caps_in(context, node);
  return line;
}

LimitLine limit_of(Context& context, const Syntax& node) {
  LimitLine line;
  if (node.kind() == RuleKind::LimitCaps) {
    line = limit_caps_of(context, node);
  } else if (node.kind() == RuleKind::LimitRaise) {
    line.kind = LimitLine::Kind::Raise;
    line.of = names_in(node);
    line.level = level_of(must(node, RuleKind::Level));
  } else if (node.kind() == RuleKind::LimitNo) {
    line.kind = LimitLine::Kind::No;
    line.denied = yield_kind(node);
    line.of = names_in(node);
    line.where = where_in(context, node);
  } else {
    line.kind = node.kind() == RuleKind::LimitSkew    ? LimitLine::Kind::Skew
                : node.kind() == RuleKind::LimitReuse ? LimitLine::Kind::Reuse
                                                      : LimitLine::Kind::LedgerAge;
    line.duration = duration_in(context, node);
  }
  line.range = node.range();
  return line;
}

}  // namespace

Limits limits_of(Context& context, const Syntax& node) {
  Limits limits;
  for (const Syntax& line : lines_of(node, RuleKind::LimitLine)) limits.lines.push_back(limit_of(context, line));
  return limits;
}

Adopt adopt_of(Context& context, const Syntax& node) {
  Adopt adopt;
  adopt.package = name_in(node, RuleKind::Dotted);
  Once once(context);
  for (const Syntax& property : node.all(RuleKind::AdoptProperty)) {
    const Syntax line = *property.only();
    if (line.kind() == RuleKind::TermsLine && once.first(line, "terms")) adopt.terms = name_in(line, RuleKind::Dotted);
    if (line.kind() == RuleKind::EnforcedLine && once.first(line, "enforced from")) adopt.enforced_from = day_in(context, line);
    if (line.kind() == RuleKind::ExceptClause && once.first(line, "except")) {
      adopt.except = names_in(line);
      adopt.because = text_in(context, must(line, RuleKind::BecauseLine));
    }
  }
  return adopt;
}

}  // namespace writ::ast::building
