// Who approves, for how long, on what terms.
#include "compiler/ast/build/phrases.h"

namespace writ::ast::building {
namespace {

bool has_number(const Syntax& node) { return node.has(TokenKind::Int) || node.has(TokenKind::BadNumber); }

Party role_party(Context& context, const Syntax& node) {
  Party party;
  party.kind = Party::Kind::Role;
  party.role = role_in(context, node);
  if (const auto same = node.child(RuleKind::WithinSame)) party.within_same = name_in(*same, RuleKind::Dotted);
  party.range = node.range();
  return party;
}

Party path_party(const Syntax& path) {
  Party party;
  party.kind = Party::Kind::Path;
  party.path = path_from(path);
  party.range = path.range();
  return party;
}

/// `role R`, `"id"`, a path, a group: whatever stands alone as a party.
Party single_party(Context& context, const Syntax& node) {
  switch (node.kind()) {
    case RuleKind::RoleParty:
    case RuleKind::PlainRole:
      return role_party(context, node);
    case RuleKind::PersonParty: {
      Party party;
      party.kind = Party::Kind::Person;
      party.person = text_in(context, node);
      party.range = node.range();
      return party;
    }
    case RuleKind::Path:
      return path_party(node);
    case RuleKind::PathParty: {
      Party party = path_party(must(node, RuleKind::Path));
      if (const auto otherwise = node.child(RuleKind::OtherwiseParty)) party.inner.push_back(single_party(context, *otherwise->only()));
      party.range = node.range();
      return party;
    }
    case RuleKind::GroupParty: {
      Party party;
      party.kind = Party::Kind::Group;
      party.group.push_back(chain_of(context, must(node, RuleKind::Chain)));
      party.range = node.range();
      return party;
    }
    // A wrapper: `several_party`, `owner_party` and the like.
    default:
      return party_of(context, node);
  }
}

ChainStep step_of(Context& context, const Syntax& node) {
  ChainStep step;
  for (const Syntax& part : node.nodes()) {
    if (part.kind() == RuleKind::DueClause) {
      step.due = duration_in(context, part);
    } else {
      step.parties.push_back(party_of(context, part));
    }
  }
  step.join = node.has(TokenKind::KwOr) ? ChainStep::Join::Or : ChainStep::Join::And;
  step.range = node.range();
  return step;
}

Cap::Kind cap_kind(const Syntax& cap) {
  if (cap.child(RuleKind::Level)) return Cap::Kind::LevelDue;
  switch (cap.first_token_kind()) {
    case TokenKind::KwAt: return cap.child(RuleKind::InARow) ? Cap::Kind::AtMostInARow : Cap::Kind::AtMost;
    case TokenKind::KwOnce: return Cap::Kind::Once;
    case TokenKind::KwDepth: return Cap::Kind::Depth;
    case TokenKind::KwTransfer: return Cap::Kind::Transfer;
    case TokenKind::KwRenew: return Cap::Kind::Renew;
    case TokenKind::KwCooling: return Cap::Kind::Cooling;
    case TokenKind::KwBy: return Cap::Kind::By;
    case TokenKind::KwWith: return Cap::Kind::With;
    case TokenKind::KwTested: return Cap::Kind::TestedEvery;
    case TokenKind::KwReview: return cap.has(TokenKind::KwDue) ? Cap::Kind::ReviewDue : Cap::Kind::ReviewEvery;
    case TokenKind::KwDue: return Cap::Kind::Due;
    // A number: `3 uses in 30d`.
    default: return Cap::Kind::UsesIn;
  }
}

Cap cap_of(Context& context, const Syntax& node) {
  Cap cap;
  cap.kind = cap_kind(node);
  cap.range = node.range();
  if (node.has(TokenKind::Duration)) cap.duration = duration_in(context, node);
  if (has_number(node)) cap.count = count_of(context, node);
  if (const auto chain = node.child(RuleKind::PlainChain)) cap.chain = chain_of(context, *chain);
  if (const auto level = node.child(RuleKind::Level)) cap.level = level_of(*level);
  cap.controls = names_in(node);
  return cap;
}

}  // namespace

Party party_of(Context& context, const Syntax& node) {
  if (!has_number(node)) {
    const auto inner = node.kind() == RuleKind::PathParty || node.kind() == RuleKind::Path || node.kind() == RuleKind::RoleParty ||
                               node.kind() == RuleKind::PlainRole || node.kind() == RuleKind::PersonParty || node.kind() == RuleKind::GroupParty
                           ? std::optional(node)
                           : node.only();
    return single_party(context, *inner);
  }
  Party party;
  party.kind = Party::Kind::Several;
  party.count = count_of(context, node);
  party.inner.push_back(party_of(context, *node.only()));
  party.range = node.range();
  return party;
}

Party owner_of(Context& context, const Syntax& owner_line) { return party_of(context, must(owner_line, RuleKind::OwnerParty)); }

Chain chain_of(Context& context, const Syntax& node) {
  Chain chain;
  for (const Syntax& step : node.nodes()) chain.steps.push_back(step_of(context, step));
  chain.range = node.range();
  return chain;
}

Period period_of(Context& context, const Syntax& node) {
  Period period;
  period.from = day_in(context, must(node, RuleKind::FromDay));
  const Syntax end = must(node, RuleKind::PeriodEnd);
  if (end.has(TokenKind::KwThrough)) period.through = day_in(context, end);
  if (end.has(TokenKind::KwUntil)) period.until = day_in(context, end);
  if (end.has(TokenKind::KwFor)) period.for_duration = duration_in(context, end);
  period.range = node.range();
  return period;
}

LevelAt level_of(const Syntax& level) {
  switch (level.first_token_kind()) {
    case TokenKind::KwCritical: return {Level::Critical, level.range()};
    case TokenKind::KwHigh: return {Level::High, level.range()};
    case TokenKind::KwMedium: return {Level::Medium, level.range()};
    // `low`: the grammar has no other.
    default: return {Level::Low, level.range()};
  }
}

std::vector<Cap> caps_in(Context& context, const Syntax& node) {
  const auto list = node.child(RuleKind::Caps);
  std::vector<Cap> caps;
  for (const Syntax& cap : (list ? *list : node).all(RuleKind::Cap)) caps.push_back(cap_of(context, cap));
  return caps;
}

Record record_of(Context& context, const Syntax& node) {
  Record record{{}, node.range()};
  for (const Syntax& entry : sound(node, RuleKind::RecordEntry)) {
    record.entries.push_back({name_in(entry, RuleKind::AnyWord), expr_in(context, entry)});
  }
  return record;
}

}  // namespace writ::ast::building
