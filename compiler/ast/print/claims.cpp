#include <fmt/format.h>

#include "compiler/ast/print/outline.h"
#include "compiler/support/overloaded.h"

namespace writ::ast::printing {
namespace {

std::string_view words_of(Claim::Kind kind) {
  switch (kind) {
    case Claim::Kind::Never: return "never";
    case Claim::Kind::Always: return "always";
    case Claim::Kind::Completes: return "completes";
    case Claim::Kind::TakesPeople: return "takes people";
    case Claim::Kind::Independent: return "does not depend";
  }
  return "";
}

void print_claim(Outline& o, const Claim& claim) {
  const Under under(o, std::string(words_of(claim.kind)) + (claim.eventually ? " eventually" : ""));
  for (const Binder& binder : claim.binders) o.line("binds", binder.name.text + ": " + binder.type.text);
  o.line("by", claim.by);
  o.line("where", claim.where);
  o.line("then", claim.then);
  o.line("process", claim.process);
  o.line("in", claim.in);
  o.line("count", claim.count);
  o.line("decision on", claim.action);
  o.line("depends on", o.phrases.say_path(claim.path));
}

void print_held(Outline& o, const HeldRole& held) {
  const std::string period = o.phrases.say(held.period);
  o.line("holds", o.phrases.say(held.role) + (period.empty() ? "" : " " + period) +
                      (held.resting_on.empty() ? "" : " resting on " + o.phrases.list(held.resting_on)));
}

void print_has(Outline& o, const HasAccess& has) {
  static constexpr std::string_view kScopes[] = {"", " within ", " within any ", " within unknown "};
  o.line("has", o.phrases.say(has.access) + std::string(kScopes[static_cast<int>(has.scope)]) + (has.value ? has.value->text : ""));
}

void print_entity(Outline& o, const GivenEntity& entity) {
  const Under under(o, "given " + o.phrases.list(entity.names) + (entity.type ? ": " + o.phrases.say(*entity.type) : ""));
  o.line("record", entity.record);
  for (const HeldRole& held : entity.holds) print_held(o, held);
  for (const HasAccess& has : entity.has) print_has(o, has);
  for (const DelegatesLine& line : entity.delegates) {
    o.line("delegates", o.phrases.say(line.role) + " to " + line.to.text + " " + o.phrases.say(line.period));
  }
  for (const UsedLine& used : entity.uses) o.line(used.activated ? "activated" : "used", used.emergency.text + " at " + o.phrases.list(used.at));
}

}  // namespace

void print_statement(Outline& o, const Assert& s) {
  const Under under(o, "assert " + s.name.text + (s.in_population ? " in population" : ""));
  print_claim(o, s.claim);
}

void print_statement(Outline& o, const Given& s) {
  const Phrases& p = o.phrases;
  std::visit(support::Overloaded{
                 [&](const GivenEntity& given) { print_entity(o, given); },
                 [&](const GivenControl& given) {
                   o.head(fmt::format("given control {} tested {} {}", given.control.text, p.say(given.tested), given.effective ? "effective" : "ineffective"));
                 },
                 [&](const GivenNumber& given) { o.head(fmt::format("given number {} {}", given.name.text, given.value.value)); },
                 [&](const GivenContext& given) { o.head("given context " + p.say(given.record)); },
                 [&](const GivenApproval& given) {
                   o.head("given approval " + given.approval.text + " by " + p.list(given.by) + (given.at ? " at " + p.say(*given.at) : "") +
                          (given.over ? " over " + p.say(*given.over) : ""));
                 },
                 [&](const GivenMfa& given) { o.head("given mfa of " + p.say(given.of)); },
                 [&](const GivenEvidence& given) { o.head("given evidence " + p.say(given.kind)); },
                 [&](const GivenPartialHistory&) { o.head("given partial history"); },
                 [&](const GivenPartialHeld& given) { o.head("given partial held of " + p.say(given.of)); },
                 [&](const GivenNative& given) {
                   o.head("given native " + given.system.text + " role " + p.say(given.role) + " grants " + given.kind.text + " " + p.list(given.codes));
                 },
             },
             s.fact);
}

void print_history(Outline& o, const History& history) {
  o.head("history " + o.phrases.say(history.who) + " did " + history.action.text + " on " + o.phrases.say(history.on) +
         (history.at ? " at " + o.phrases.say(*history.at) : ""));
}

// ---- expectations

namespace {

void print_details(Outline& o, const ExpectDetails& d) {
  o.line("at", d.at);
  o.line("from", d.from);
  o.line("through", d.through);
  if (d.by) o.line("by", *d.by);
  o.line("within", d.within);
  o.line("disjoint", d.disjoint);
  if (d.unknown) o.line("unknown", *d.unknown);
  o.line("until", d.until);
  if (d.until_never) o.head("until never");
  if (d.missing) o.line("missing", *d.missing);
  if (d.owing) o.line("owing", *d.owing);
  o.line("possible from", d.possible_from);
  if (d.through_edges) o.line("through edges", *d.through_edges);
  if (d.cut) o.line("cut", *d.cut);
  if (!d.resting) return;
  o.line("resting on", d.resting->on);
  o.line("resting through", d.resting->through);
  o.line("resting until", d.resting->until);
}

std::string_view words_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::Deny: return "deny";
    case Outcome::Indeterminate: return "indeterminate";
    case Outcome::Pending: return "pending";
    case Outcome::Permit: return "permit";
  }
  return "";
}

std::string question_of(const ExpectDecision& decision, const Phrases& phrases) {
  using Question = ExpectDecision::Question;
  switch (decision.question) {
    case Question::Perform: return decision.action->text + " on " + phrases.say(*decision.on);
    case Question::Activate: return "activate " + decision.action->text;
    case Question::Approve: return "approve " + decision.action->text;
    case Question::Assign:
    case Question::Request:
      return (decision.question == Question::Assign ? "assign " : "request ") + phrases.say(*decision.role) +
             (decision.to ? " to " + phrases.say(*decision.to) : "");
  }
  return "";
}

void print_decision(Outline& o, const ExpectDecision& decision) {
  const Under under(o, "expect " + std::string(words_of(decision.outcome)) + " " + o.phrases.say(decision.who));
  o.line("for", decision.for_person);
  o.line("run by", decision.run_by);
  o.line("question", question_of(decision, o.phrases));
  print_details(o, decision.details);
}

std::string_view words_of(ExpectFinding::Qualifier qualifier) {
  switch (qualifier) {
    case ExpectFinding::Qualifier::Open: return "open";
    case ExpectFinding::Qualifier::No: return "no";
    case ExpectFinding::Qualifier::Possible: return "possible";
    case ExpectFinding::Qualifier::Mitigated: return "mitigated";
    case ExpectFinding::Qualifier::Excepted: return "excepted";
    case ExpectFinding::Qualifier::Lapsed: return "lapsed";
  }
  return "";
}

void print_finding(Outline& o, const ExpectFinding& finding) {
  const Under under(o, fmt::format("expect {} {}", words_of(finding.qualifier), finding.exposure ? "exposure" : "violation"));
  o.line("rules", finding.rules);
  o.line("of", finding.of);
  if (finding.of_native) o.line("of", finding.of_native->system.text + " role " + o.phrases.say(finding.of_native->role));
  print_details(o, finding.details);
}

std::string_view words_of(ExpectProvision::Change change) {
  switch (change) {
    case ExpectProvision::Change::Add: return "add";
    case ExpectProvision::Change::Keep: return "keep";
    case ExpectProvision::Change::Remove: return "remove";
    case ExpectProvision::Change::Amend: return "amend";
    case ExpectProvision::Change::Blocked: return "blocked";
    case ExpectProvision::Change::Hold: return "hold";
    case ExpectProvision::Change::Nothing: return "nothing";
  }
  return "";
}

void print_proof(Outline& o, const ExpectProof& proof) {
  const Under under(o, proof.proved ? "expect proved" : "expect refuted");
  o.line("obligation", proof.obligation);
  o.line(proof.what == ExpectProof::What::Overlay ? "overlay" : "of", proof.name);
  if (proof.claim) print_claim(o, *proof.claim);
  o.line("in steps", proof.in_steps);
}

void print_expect(Outline& o, const Expect& expect) {
  std::visit(support::Overloaded{
                 [&](const ExpectDecision& e) { print_decision(o, e); },
                 [&](const ExpectFinding& e) { print_finding(o, e); },
                 [&](const ExpectOverdue& e) { o.head("expect overdue " + e.lift.text + " of " + o.phrases.say(e.of) + " since " + o.phrases.say(e.since)); },
                 [&](const ExpectProvision& e) {
                   o.head(fmt::format("expect {}{} for {} at {}", words_of(e.change), (e.roles.empty() ? "" : " ") + o.phrases.list(e.roles), o.phrases.say(e.who), o.phrases.say(e.at)));
                 },
                 [&](const ExpectError& e) {
                   const Under under(o, "expect error " + e.error.text);
                   for (const Item& item : e.items) print_item(o, item);
                 },
                 [&](const ExpectProof& e) { print_proof(o, e); },
                 [&](const ExpectGap& e) {
                   o.head("expect gap " + e.system.text + " " + e.kind.text + " " + o.phrases.say(e.code) + " in role " + o.phrases.say(e.role));
                 },
             },
             expect.expectation);
}

}  // namespace

void print_statement(Outline& o, const Test& s) {
  const Under under(o, "test " + o.phrases.say(s.name));
  o.line("without", s.without);
  for (const Item& item : s.items) print_item(o, item);
  for (const History& history : s.history) print_history(o, history);
  for (const Expect& expect : s.expects) print_expect(o, expect);
}

}  // namespace writ::ast::printing
