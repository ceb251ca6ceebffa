// Claims, and what facts files and tests take as given.
#include "compiler/ast/build/statements.h"

namespace writ::ast::building {
namespace {

void add_quantified(Context& context, const Syntax& node, Claim& claim) {
  claim.kind = node.has(TokenKind::KwNever) ? Claim::Kind::Never : Claim::Kind::Always;
  claim.eventually = node.has(TokenKind::KwEventually);
  for (const Syntax& binder : node.all(RuleKind::Binder)) claim.binders.push_back({name_in(binder, RuleKind::Word), name_in(binder, RuleKind::Dotted)});
  if (const auto by = node.child(RuleKind::ClaimBy)) claim.by = subject_of(context, *by);
  claim.where = where_in(context, node);
  if (const auto then = node.child(RuleKind::ThenClause)) claim.then = expr_in(context, *then);
}

void add_process_claim(Context& context, const Syntax& node, Claim& claim) {
  claim.process = name_in(node, RuleKind::Dotted);
  if (node.kind() == RuleKind::CompletesClaim) {
    claim.kind = Claim::Kind::Completes;
    claim.in = names_in(node);
    if (const auto absent = node.child(RuleKind::WithAbsent)) claim.count = count_of(context, *absent);
  } else {
    claim.kind = Claim::Kind::TakesPeople;
    claim.count = count_of(context, node);
    if (const auto values = node.child(RuleKind::InValues)) claim.in = names_in(*values);
  }
}

}  // namespace

Claim claim_of(Context& context, const Syntax& node) {
  Claim claim;
  claim.range = node.range();
  const Syntax inner = *node.only();
  if (inner.kind() == RuleKind::QuantifiedClaim) {
    add_quantified(context, inner, claim);
  } else if (inner.kind() == RuleKind::IndependentClaim) {
    claim.kind = Claim::Kind::Independent;
    claim.action = name_in(inner, RuleKind::Dotted);
    claim.path = path_in(inner);
  } else {
    add_process_claim(context, inner, claim);
  }
  return claim;
}

Assert assert_of(Context& context, const Syntax& node) {
  return {name_in(node, RuleKind::Word), node.child(RuleKind::InPopulation).has_value(), claim_of(context, must(node, RuleKind::Claim))};
}

// ---- given

Who who_of(Context& context, const Syntax& node) {
  if (const auto text = find_text(context, node)) return {text->text, true, node.range()};
  return {name_from(node).text, false, node.range()};
}

Who who_in(Context& context, const Syntax& node, std::size_t nth) { return who_of(context, must(node, RuleKind::Who, nth)); }

std::vector<Who> each_who(Context& context, const Syntax& node) {
  std::vector<Who> found;
  for (const Syntax& who : node.all(RuleKind::Who)) found.push_back(who_of(context, who));
  return found;
}

std::vector<Name> resting_on_of(const Syntax& node) { return names_in(node); }

namespace {

Period held_period(Context& context, const Syntax& held) {
  Period period;
  if (const auto from = held.child(RuleKind::FromDay)) period.from = day_in(context, *from);
  if (const auto end = held.child(RuleKind::HeldEnd)) {
    (end->has(TokenKind::KwThrough) ? period.through : period.until) = day_in(context, *end);
  }
  period.range = held.range();
  return period;
}

void add_holds(Context& context, const Syntax& clause, GivenEntity& entity) {
  for (const Syntax& held : clause.all(RuleKind::Held)) entity.holds.push_back({role_in(context, held), held_period(context, held), {}});
  if (const auto resting = clause.child(RuleKind::RestingOn)) entity.holds.back().resting_on = resting_on_of(*resting);
}

HasAccess has_of(Context& context, const Syntax& node) {
  HasAccess has;
  has.access = access_of(context, must(node, RuleKind::Access));
  const auto within = node.child(RuleKind::HasWithin);
  if (!within) return has;
  has.scope = within->has(TokenKind::KwAny)       ? HasAccess::Scope::Any
              : within->has(TokenKind::KwUnknown) ? HasAccess::Scope::Unknown
                                                  : HasAccess::Scope::Value;
  has.value = name_in(*within, RuleKind::Dotted);
  return has;
}

UsedLine used_of(Context& context, const Syntax& clause) {
  UsedLine used{clause.has(TokenKind::KwActivated), name_in(clause, RuleKind::Dotted), {}};
  for (const Syntax& day : clause.all(RuleKind::Day)) used.at.push_back(day_of(context, day));
  return used;
}

void add_holding(Context& context, const Syntax& clause, GivenEntity& entity) {
  if (clause.kind() == RuleKind::HoldsClause) add_holds(context, clause, entity);
  if (clause.kind() == RuleKind::UsedClause) entity.uses.push_back(used_of(context, clause));
  if (clause.kind() == RuleKind::DelegatesClause) {
    entity.delegates.push_back({role_in(context, clause), name_in(clause, RuleKind::Word), period_of(context, must(clause, RuleKind::Period))});
  }
  if (clause.kind() == RuleKind::HasClause) {
    for (const Syntax& has : clause.all(RuleKind::HasAccess)) {
      if (!must(has, RuleKind::Access).broken()) entity.has.push_back(has_of(context, has));
    }
  }
}

GivenEntity entity_of(Context& context, const Syntax& node) {
  GivenEntity entity;
  entity.names = each_who(context, node);
  if (const auto type = node.child(RuleKind::TypedAs)) entity.type = type_id_of(context, must(*type, RuleKind::TypeId));
  if (const auto record = node.child(RuleKind::Record)) entity.record = record_of(context, *record);
  for (const Syntax& holding : node.all(RuleKind::Holding)) add_holding(context, *holding.only(), entity);
  return entity;
}

GivenApproval given_approval_of(Context& context, const Syntax& node) {
  GivenApproval approval{name_in(node, RuleKind::Dotted), each_who(context, node), std::nullopt, std::nullopt};
  if (const auto at = node.child(RuleKind::AtDay)) approval.at = day_in(context, *at);
  if (const auto over = node.child(RuleKind::OverRecord)) approval.over = record_of(context, must(*over, RuleKind::Record));
  return approval;
}

using Fact = decltype(Given::fact);

Fact special_of(Context& context, const Syntax& node) {
  switch (node.kind()) {
    case RuleKind::GivenControl:
      return GivenControl{name_in(node, RuleKind::Dotted), day_in(context, node), node.has(TokenKind::KwEffective)};
    case RuleKind::GivenNumber: return GivenNumber{name_in(node, RuleKind::Word), count_of(context, node)};
    case RuleKind::GivenApproval: return given_approval_of(context, node);
    case RuleKind::GivenMfa: return GivenMfa{who_in(context, node)};
    case RuleKind::GivenEvidence: return GivenEvidence{text_in(context, node)};
    case RuleKind::GivenPartial:
      if (node.has(TokenKind::KwHistory)) return GivenPartialHistory{};
      return GivenPartialHeld{who_in(context, node)};
    // `given s4 role "Z" grants …`: the grammar has no other.
    default: {
      GivenNative native = native_subject_of(context, node);
      native.kind = name_in(node, RuleKind::Word, 1);
      native.codes = texts_in(context, node);
      native.codes.erase(native.codes.begin());
      return native;
    }
  }
}

/// `given context { … }` states context facts; `context` is not a person there.
bool is_context(const GivenEntity& entity) {
  return entity.names.size() == 1 && !entity.names[0].quoted && entity.names[0].text == "context" && !entity.type && entity.record &&
         entity.holds.empty() && entity.has.empty() && entity.delegates.empty() && entity.uses.empty();
}

}  // namespace

GivenNative native_subject_of(Context& context, const Syntax& node) {
  return {name_in(node, RuleKind::Word), text_in(context, node), {}, {}};
}

Given given_of(Context& context, const Syntax& node) {
  if (const auto special = node.child(RuleKind::GivenSpecial)) return {special_of(context, *special->only()), node.range()};
  GivenEntity entity = entity_of(context, must(node, RuleKind::GivenEntity));
  if (is_context(entity)) return {GivenContext{std::move(*entity.record)}, node.range()};
  return {std::move(entity), node.range()};
}

History history_of(Context& context, const Syntax& node) {
  History history{who_in(context, node, 0), name_in(node, RuleKind::Dotted), who_in(context, node, 1), std::nullopt, node.range()};
  if (const auto at = node.child(RuleKind::AtDay)) history.at = day_in(context, *at);
  return history;
}

}  // namespace writ::ast::building
