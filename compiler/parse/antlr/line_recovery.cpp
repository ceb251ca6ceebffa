#include "compiler/parse/antlr/line_recovery.h"

#include <algorithm>

#include "compiler/parse/antlr/kinds_of_antlr.h"

namespace writ::parse::antlr {

using antlr4::Parser;
using antlr4::ParserRuleContext;
using antlr4::RuleContext;
using antlr4::atn::ATNState;
using cst::RuleKind;
using cst::TokenKind;

LineRecovery::LineRecovery(const antlr4::atn::ATN& atn, const std::vector<TokenShape>& shapes, std::size_t limit)
    : atn_(atn), shapes_(shapes), limit_(limit) {}

LineRecovery::Unit LineRecovery::unit_of(std::size_t rule) {
  static constexpr RuleKind kLines[] = {
      RuleKind::RoleLine,    RuleKind::SodLine,   RuleKind::RuleLine,      RuleKind::YieldLine,   RuleKind::LimitLine,
      RuleKind::ControlLine, RuleKind::LiftLine,  RuleKind::EmergencyLine, RuleKind::OverlayLine, RuleKind::StepLine,
      RuleKind::MapLine,     RuleKind::ExpectLine, RuleKind::DimensionValue,
  };
  static constexpr RuleKind kElements[] = {RuleKind::Field, RuleKind::Access, RuleKind::CalendarLine, RuleKind::RecordEntry,
                                           RuleKind::NativeField};
  const RuleKind kind = rule_kind(rule);
  if (kind == RuleKind::Item || kind == RuleKind::Header || kind == RuleKind::UseLine) return Unit::Statement;
  if (std::find(std::begin(kLines), std::end(kLines), kind) != std::end(kLines)) return Unit::Line;
  if (std::find(std::begin(kElements), std::end(kElements), kind) != std::end(kElements)) return Unit::Element;
  return Unit::None;
}

const antlr4::misc::IntervalSet& LineRecovery::first_words(std::size_t rule) const { return atn_.nextTokens(atn_.ruleToStartState[rule]); }

std::optional<std::size_t> LineRecovery::looped_unit(std::size_t state_number) const {
  ATNState* state = atn_.states[state_number];
  if (state->getStateType() != ATNState::STAR_LOOP_ENTRY && state->getStateType() != ATNState::STAR_LOOP_BACK) return std::nullopt;
  if (state->getStateType() == ATNState::STAR_LOOP_BACK) state = state->transitions[0]->target;
  ATNState* inside = state->transitions[0]->target;
  while (inside->transitions.size() >= 1 && inside->transitions[0]->getSerializationType() == antlr4::atn::Transition::EPSILON &&
         inside->getStateType() != ATNState::LOOP_END) {
    inside = inside->transitions[0]->target;
  }
  if (inside->transitions.empty() || inside->transitions[0]->getSerializationType() != antlr4::atn::Transition::RULE) return std::nullopt;
  const std::size_t rule = inside->transitions[0]->target->ruleIndex;
  const Unit unit = unit_of(rule);
  return unit == Unit::Statement || unit == Unit::Line ? std::optional(rule) : std::nullopt;
}

// Called before every choice. Only loops over units are looked after here: what starts none of them is told and skipped at once, so
// that the body goes on. Every other mismatch is found by the match itself.
void LineRecovery::sync(Parser* parser) {
  remember_choice(parser);
  if (inErrorRecoveryMode(parser)) return;
  const auto rule = looped_unit(parser->getState());
  if (!rule || rule_kind(*rule) == RuleKind::UseLine) return;
  ATNState* state = atn_.states[parser->getState()];
  const auto& possible = atn_.nextTokens(state);
  const std::size_t next = parser->getTokenStream()->LA(1);
  if (possible.contains(next) || possible.contains(antlr4::Token::EPSILON) || next == antlr4::Token::EOF) return;
  report_at_loop(parser, *rule);
  if (!problems_.empty() && problems_.back().kind == Problem::Kind::UnclosedBrace && problems_.back().shape == parser->getTokenStream()->index()) throw antlr4::InputMismatchException(parser);
  const std::size_t at = parser->getTokenStream()->index();
  skip(parser, {unit_of(*rule), at, *rule}, column_of_statement(parser->getContext()));
  endErrorCondition(parser);
}

Problem::Kind LineRecovery::kind_at_loop(Parser* parser, std::size_t rule) const {
  const std::size_t at = parser->getTokenStream()->index();
  const TokenShape& shape = shapes_[at];
  if (unit_of(rule) == Unit::Statement && shape.kind == TokenKind::Rbrace) return Problem::Kind::StrayBrace;
  if (shape.kind == TokenKind::KwModule || shape.kind == TokenKind::KwImport) {
    if (unit_of(rule) == Unit::Statement && shape.first_on_line) return Problem::Kind::HeaderNotFirst;
  }
  const auto column = column_of_statement(parser->getContext());
  if (column && starts_statement(at) && shape.column <= *column) return Problem::Kind::UnclosedBrace;
  if (!shape.first_on_line) return Problem::Kind::AfterLine;
  return unit_of(rule) == Unit::Statement ? Problem::Kind::UnknownStatement : Problem::Kind::UnknownLine;
}

void LineRecovery::remember_choice(Parser* parser) {
  const std::size_t at = parser->getTokenStream()->index();
  if (choice_.at != at) choice_ = {at, parser->getState(), parser->getContext()};
}

void LineRecovery::report_at_loop(Parser* parser, std::size_t rule) {
  const std::size_t at = parser->getTokenStream()->index();
  const Problem::Kind kind = kind_at_loop(parser, rule);
  // On the same row the line before may have gone on; on a row of its own it starts a line.
  Expected expected = kind == Problem::Kind::AfterLine ? expected_at(parser, at) : expected_after(atn_, parser->getState(), parser->getContext(), {});
  add_problem({kind, at, std::move(expected.phrases), std::move(expected.words), rule_kind(rule)});
  beginErrorCondition(parser);
}

antlr4::Token* LineRecovery::recoverInline(Parser* parser) { throw antlr4::InputMismatchException(parser); }

std::vector<TokenKind> LineRecovery::kinds_between(std::size_t begin, std::size_t end) const {
  std::vector<TokenKind> kinds;
  for (std::size_t i = begin; i < end && i < shapes_.size(); ++i) kinds.push_back(shapes_[i].kind);
  return kinds;
}

Expected LineRecovery::expected_at(Parser* parser, std::size_t at) {
  const std::size_t begin = parser->getTokenStream()->index();
  const std::size_t walked = at - std::min(at, begin) + 1;
  if (walked > budget_) return {};
  budget_ -= walked;
  const bool chosen = choice_.at == begin;
  std::size_t state = chosen ? choice_.state : parser->getState();
  ParserRuleContext* context = chosen ? choice_.context : parser->getContext();
  while (context->parent && context->getStart()->getTokenIndex() == begin) {
    state = context->invokingState;
    context = static_cast<ParserRuleContext*>(context->parent);
  }
  return expected_after(atn_, state, context, kinds_between(begin, at));
}

void LineRecovery::reportError(Parser* parser, const antlr4::RecognitionException& error) {
  if (inErrorRecoveryMode(parser) || gave_up_) return;
  beginErrorCondition(parser);
  const std::size_t at = error.getOffendingToken()->getTokenIndex();
  Expected expected = expected_at(parser, at);
  Problem problem{Problem::Kind::Unexpected, at, std::move(expected.phrases), std::move(expected.words), rule_kind(parser->getContext()->getRuleIndex())};
  const auto column = column_of_statement(parser->getContext());
  const bool brace_missing = std::any_of(problem.expected.begin(), problem.expected.end(), [](const Expectation& one) { return !one.rule && one.token == TokenKind::Rbrace; });
  if (brace_missing && column && starts_statement(at) && shapes_[at].column <= *column) problem.kind = Problem::Kind::UnclosedBrace;
  add_problem(std::move(problem));
}

void LineRecovery::add_problem(Problem problem) {
  if (gave_up_) return;
  // After a forgotten `}` a later one seems to close nothing.
  const bool braces_off = std::any_of(problems_.begin(), problems_.end(), [](const Problem& told) { return told.kind == Problem::Kind::UnclosedBrace; });
  if (braces_off && problem.kind == Problem::Kind::StrayBrace) return;
  if (problems_.size() >= limit_) {
    gave_up_ = true;
    problem.kind = Problem::Kind::GaveUp;
  }
  problems_.push_back(std::move(problem));
}

// Called by the rule that failed, then by each around it: the exception travels on until a unit can be given up as a whole.
void LineRecovery::recover(Parser* parser, std::exception_ptr error) {
  ParserRuleContext* context = parser->getContext();
  if (unit_of(context->getRuleIndex()) == Unit::None && context->parent) std::rethrow_exception(error);
  skip(parser, skipping_of(context), column_of_statement(context));
  endErrorCondition(parser);
}

LineRecovery::Skipping LineRecovery::skipping_of(ParserRuleContext* context) const {
  Skipping skipping{unit_of(context->getRuleIndex()), context->getStart()->getTokenIndex(), context->getRuleIndex()};
  // `rule_line` within `sod_line`: the words of the outer one start the next line.
  for (auto* outer = static_cast<RuleContext*>(context->parent); outer && unit_of(outer->getRuleIndex()) == Unit::Line;
       outer = static_cast<RuleContext*>(outer->parent)) {
    skipping.rule = outer->getRuleIndex();
  }
  return skipping;
}

void LineRecovery::skip(Parser* parser, const Skipping& skipping, std::optional<std::size_t> statement_column) {
  antlr4::TokenStream* tokens = parser->getTokenStream();
  while (tokens->LA(1) != antlr4::Token::EOF) {
    const std::size_t at = tokens->index();
    if (!gave_up_ && at != skipping.start && next_unit_at(at, skipping, statement_column)) return;
    if (!gave_up_ && at == skipping.start && parser->getContext()->getRuleIndex() == skipping.rule && shapes_[at].kind == TokenKind::Rbrace) return;
    parser->consume();
  }
}

bool LineRecovery::next_unit_at(std::size_t at, const Skipping& skipping, std::optional<std::size_t> statement_column) const {
  const TokenShape& shape = shapes_[at];
  const TokenShape& start = shapes_[skipping.start];
  if (shape.braces < start.braces) return true;
  if (shape.first_on_line && statement_column && shape.column <= *statement_column && starts_statement(at)) return true;
  switch (skipping.unit) {
    case Unit::None:
    case Unit::Statement:
      return shape.first_on_line && shape.braces == start.braces && (starts_statement(at) || starts_use(at, skipping));
    case Unit::Line:
      return shape.first_on_line && shape.braces == start.braces && first_words(skipping.rule).contains(antlr_type(shape.kind));
    case Unit::Element:
      return next_element_at(at, skipping);
  }
  return false;
}

bool LineRecovery::next_element_at(std::size_t at, const Skipping& skipping) const {
  const TokenShape& shape = shapes_[at];
  const TokenShape& start = shapes_[skipping.start];
  return shape.brackets < start.brackets || (shape.brackets == start.brackets && shape.kind == TokenKind::Comma);
}

bool LineRecovery::starts_statement(std::size_t at) const {
  const TokenShape& shape = shapes_[at];
  const std::size_t type = antlr_type(shape.kind);
  return shape.first_on_line && (first_words(static_cast<std::size_t>(RuleKind::Item)).contains(type) || shape.kind == TokenKind::KwExpect);
}

/// After a broken header or import another import may follow.
bool LineRecovery::starts_use(std::size_t at, const Skipping& skipping) const {
  const TokenKind kind = shapes_[at].kind;
  return rule_kind(skipping.rule) != RuleKind::Item && (kind == TokenKind::KwUse || kind == TokenKind::KwImport);
}

std::optional<std::size_t> LineRecovery::column_of_statement(RuleContext* context) const {
  for (; context; context = static_cast<RuleContext*>(context->parent)) {
    if (rule_kind(context->getRuleIndex()) != RuleKind::Item) continue;
    return shapes_[static_cast<ParserRuleContext*>(context)->getStart()->getTokenIndex()].column;
  }
  return std::nullopt;
}

}  // namespace writ::parse::antlr
