// Tests and what they expect.
#include "compiler/ast/build/statements.h"

namespace writ::ast::building {
namespace {

RestingOn resting_of(Context& context, const Syntax& node) {
  RestingOn resting{resting_on_of(must(node, RuleKind::RestingOn)), std::nullopt, std::nullopt};
  if (const auto end = node.child(RuleKind::HeldEnd)) {
    (end->has(TokenKind::KwThrough) ? resting.through : resting.until) = day_in(context, *end);
  }
  return resting;
}

void add_until(Context& context, const Syntax& node, ExpectDetails& details) {
  details.until_never = node.has(TokenKind::KwNever);
  if (!details.until_never) details.until = day_in(context, node);
}

/// The words under which a detail may stand once.
std::string_view words_of_detail(RuleKind kind) {
  switch (kind) {
    case RuleKind::DetailAt: return "at";
    case RuleKind::DetailFrom: return "from";
    case RuleKind::DetailThroughDay: return "through";
    case RuleKind::DetailBy: return "by";
    case RuleKind::DetailWithin: return "within";
    case RuleKind::DetailDisjoint: return "disjoint";
    case RuleKind::DetailUnknown: return "unknown";
    case RuleKind::DetailUntil: return "until";
    case RuleKind::DetailMissing: return "missing";
    case RuleKind::DetailOwing: return "owing";
    case RuleKind::DetailPossible: return "possible from";
    case RuleKind::DetailThrough: return "through what";
    // `cut`: the grammar has no other.
    default: return "cut";
  }
}

void add_detail(Context& context, const Syntax& node, ExpectDetails& details) {
  switch (node.kind()) {
    case RuleKind::DetailAt: details.at = day_in(context, node); return;
    case RuleKind::DetailFrom: details.from = day_in(context, node); return;
    case RuleKind::DetailThroughDay: details.through = day_in(context, node); return;
    case RuleKind::DetailBy: details.by = names_in(node); return;
    case RuleKind::DetailWithin: details.within = name_in(node, RuleKind::Dotted); return;
    case RuleKind::DetailDisjoint: details.disjoint = name_in(node, RuleKind::Dotted); return;
    case RuleKind::DetailUnknown: details.unknown = names_in(node); return;
    case RuleKind::DetailUntil: add_until(context, node, details); return;
    case RuleKind::DetailMissing: details.missing = names_in(node); return;
    case RuleKind::DetailOwing: details.owing = names_in(node); return;
    case RuleKind::DetailPossible: details.possible_from = day_in(context, node); return;
    case RuleKind::DetailThrough: details.through_edges = names_in(node); return;
    // `cut`: the grammar has no other.
    default: details.cut = names_in(node); return;
  }
}

ExpectDetails details_of(Context& context, const Syntax& node) {
  ExpectDetails details;
  Once once(context);
  for (const Syntax& wrapped : node.all(RuleKind::Detail)) {
    const Syntax detail = *wrapped.only();
    if (once.first(detail, words_of_detail(detail.kind()))) add_detail(context, detail, details);
  }
  if (const auto resting = node.child(RuleKind::RestingEnd)) details.resting = resting_of(context, *resting);
  return details;
}

Outcome outcome_of(const Syntax& node) {
  if (node.has(TokenKind::KwPermit)) return Outcome::Permit;
  if (node.has(TokenKind::KwPending)) return Outcome::Pending;
  return node.has(TokenKind::KwDeny) ? Outcome::Deny : Outcome::Indeterminate;
}

void add_question(Context& context, const Syntax& node, ExpectDecision& decision) {
  using Question = ExpectDecision::Question;
  if (node.child(RuleKind::RoleRef)) {
    decision.question = node.has(TokenKind::KwAssign) ? Question::Assign : Question::Request;
    decision.role = role_in(context, node);
    if (const auto to = node.child(RuleKind::ToWho)) decision.to = who_in(context, *to);
    return;
  }
  decision.question = node.has(TokenKind::KwActivate) ? Question::Activate : node.has(TokenKind::KwApprove) ? Question::Approve : Question::Perform;
  decision.action = name_in(node, RuleKind::Dotted);
  if (decision.question == Question::Perform) decision.on = who_in(context, node);
}

ExpectDecision decision_of(Context& context, const Syntax& node) {
  ExpectDecision decision;
  decision.outcome = outcome_of(must(node, RuleKind::Outcome));
  decision.who = who_in(context, node);
  if (const auto whom = node.child(RuleKind::ForPerson)) decision.for_person = who_in(context, *whom);
  if (const auto by = node.child(RuleKind::RunBy)) decision.run_by = who_in(context, *by);
  add_question(context, must(node, RuleKind::Question), decision);
  decision.details = details_of(context, node);
  return decision;
}

ExpectFinding::Qualifier qualifier_of(const Syntax& node) {
  using Qualifier = ExpectFinding::Qualifier;
  switch (node.first_token_kind()) {
    case TokenKind::KwNo: return Qualifier::No;
    case TokenKind::KwPossible: return Qualifier::Possible;
    case TokenKind::KwMitigated: return Qualifier::Mitigated;
    case TokenKind::KwExcepted: return Qualifier::Excepted;
    // `lapsed`: the grammar has no other.
    default: return Qualifier::Lapsed;
  }
}

ExpectFinding finding_of(Context& context, const Syntax& node) {
  ExpectFinding finding;
  if (const auto state = node.child(RuleKind::FindingState)) finding.qualifier = qualifier_of(*state);
  finding.exposure = node.has(TokenKind::KwExposure);
  finding.rules = names_in(node);
  const Syntax subject = *must(node, RuleKind::FindingSubject).only();
  if (subject.kind() == RuleKind::NativeSubject) {
    finding.of_native = native_subject_of(context, subject);
  } else {
    finding.of = who_of(context, subject);
  }
  finding.details = details_of(context, node);
  return finding;
}

ExpectProvision provision_of(Context& context, const Syntax& node) {
  using Change = ExpectProvision::Change;
  Change change = Change::Nothing;
  switch (node.first_token_kind()) {
    case TokenKind::KwAdd: change = Change::Add; break;
    case TokenKind::KwKeep: change = Change::Keep; break;
    case TokenKind::KwRemove: change = Change::Remove; break;
    case TokenKind::KwAmend: change = Change::Amend; break;
    case TokenKind::KwBlocked: change = Change::Blocked; break;
    case TokenKind::KwHold: change = Change::Hold; break;
    // `nothing for …`.
    default: break;
  }
  return {change, roles_in(context, node), who_in(context, node), day_in(context, node)};
}

ExpectProof proof_of(Context& context, const Syntax& node) {
  ExpectProof proof;
  proof.proved = node.has(TokenKind::KwProved);
  const Syntax of = must(node, RuleKind::ProofOf);
  if (const auto claim = of.child(RuleKind::Claim)) {
    proof.what = ExpectProof::What::Claim;
    proof.claim = claim_of(context, *claim);
  } else if (const auto obligation = of.child(RuleKind::ObligationOf)) {
    proof.what = ExpectProof::What::ObligationOf;
    const auto quoted = find_text(context, *obligation);
    proof.obligation = quoted ? quoted->text : name_in(*obligation, RuleKind::Word).text;
    proof.name = name_in(*obligation, RuleKind::Dotted);
  } else {
    proof.what = of.has(TokenKind::KwOverlay) ? ExpectProof::What::Overlay : ExpectProof::What::Statement;
    proof.name = name_in(of, RuleKind::Dotted);
  }
  if (const auto steps = node.child(RuleKind::InSteps)) proof.in_steps = count_of(context, *steps);
  return proof;
}

using Expectation = decltype(Expect::expectation);

Expectation expectation_of(Context& context, const Syntax& node) {
  switch (node.kind()) {
    case RuleKind::ExpectDecision: return decision_of(context, node);
    case RuleKind::ExpectFinding: return finding_of(context, node);
    case RuleKind::ExpectOverdue: return ExpectOverdue{name_in(node, RuleKind::Dotted), who_in(context, node), day_in(context, node)};
    case RuleKind::ExpectProvision:
    case RuleKind::ExpectNothing: return provision_of(context, node);
    case RuleKind::ExpectError: return ExpectError{name_in(node, RuleKind::Word), items_of(context, node, nullptr)};
    case RuleKind::ExpectProof: return proof_of(context, node);
    // `gap`: the grammar has no other.
    default: return ExpectGap{name_in(node, RuleKind::Word, 0), name_in(node, RuleKind::Word, 1), text_in(context, node, 0), text_in(context, node, 1)};
  }
}

}  // namespace

Expect expect_of(Context& context, const Syntax& node) {
  const Syntax expectation = must(node, RuleKind::Expectation);
  return {expectation_of(context, *expectation.only()), node.range()};
}

Test test_of(Context& context, const Syntax& node) {
  Test test;
  test.name = text_in(context, node);
  if (const auto without = node.child(RuleKind::WithoutClause)) test.without = names_in(*without);
  test.items = items_of(context, node, &test.history);
  for (const Syntax& expect : sound(node, RuleKind::ExpectLine)) test.expects.push_back(expect_of(context, expect));
  return test;
}

}  // namespace writ::ast::building
