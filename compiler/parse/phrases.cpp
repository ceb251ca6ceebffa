#include "compiler/parse/phrases.h"

#include <algorithm>

#include <fmt/format.h>

namespace writ::parse {
namespace {

using cst::RuleKind;
using cst::TokenKind;

struct Phrase {
  RuleKind rule;
  std::string_view words;
};

constexpr Phrase kPhrases[] = {
    {RuleKind::Item, "a statement such as `role`, `sod` or `exception`"},
    {RuleKind::UseLine, "an import"},
    {RuleKind::Word, "a name"},
    {RuleKind::AnyWord, "a name"},
    {RuleKind::Dotted, "a name"},
    {RuleKind::Names, "a name"},
    {RuleKind::Path, "a name"},
    {RuleKind::Expr, "a condition"},
    {RuleKind::Sum, "a value"},
    {RuleKind::Term, "a value"},
    {RuleKind::Primary, "a value"},
    {RuleKind::ComparisonTail, "a comparison such as `==`"},
    {RuleKind::WhereClause, "`where`"},
    {RuleKind::Day, "a date such as `2026-03-31`"},
    {RuleKind::Money, "an amount such as `500 EUR`"},
    {RuleKind::Type, "a type such as `string` or `set<LegalEntity>`"},
    {RuleKind::Field, "a field such as `status: Status`"},
    {RuleKind::Level, "a level: `critical`, `high`, `medium` or `low`"},
    {RuleKind::Party, "a person or role"},
    {RuleKind::PlainParty, "a person or role"},
    {RuleKind::OwnerParty, "a person or role"},
    {RuleKind::Chain, "who approves, such as `role controller`"},
    {RuleKind::PlainChain, "who approves, such as `role controller`"},
    {RuleKind::What, "an action or duty"},
    {RuleKind::RoleAccess, "an action or duty"},
    {RuleKind::Access, "an action or duty"},
    {RuleKind::Accesses, "an action or duty"},
    {RuleKind::Side, "an action or duty"},
    {RuleKind::Subject, "a type or a person in quotes"},
    {RuleKind::TypeId, "a type or a person in quotes"},
    {RuleKind::RoleRef, "a role"},
    {RuleKind::Cap, "a term such as `at most 30d`"},
    {RuleKind::Caps, "a term such as `at most 30d`"},
    {RuleKind::Claim, "a claim such as `never e: Employee where …`"},
    {RuleKind::Point, "`assignment`, `activation` or `use`"},
    {RuleKind::RoleLine, "a role line such as `may`, `within` or `birthright`"},
    {RuleKind::SodLine, "a line such as `separate`, `within same` or `because`"},
    {RuleKind::RuleLine, "a line such as `terms`, `waiver` or `because`"},
    {RuleKind::YieldLine, "`waiver`, `mitigation` or `emergency`"},
    {RuleKind::LimitLine, "a limit such as `waiver`, `role` or `no waiver`"},
    {RuleKind::ControlLine, "a control line such as `for`, `owner` or `monitor`"},
    {RuleKind::LiftLine, "a line such as `for`, `from` or `approved by`"},
    {RuleKind::EmergencyLine, "an emergency line such as `may`, `lifts` or `at most`"},
    {RuleKind::OverlayLine, "`owner` or `may`"},
    {RuleKind::StepLine, "a `step`"},
    {RuleKind::MapLine, "an action and what it is called"},
    {RuleKind::NativeWay, "what it is called, such as `tcode \"FB60\"`"},
    {RuleKind::NativeField, "a field such as `ACTVT: \"01\"`"},
    {RuleKind::NativeValue, "a value in quotes, `any` or a dimension"},
    {RuleKind::DimensionValue, "a value such as `FR: s4 BUKRS \"1200\"`"},
    {RuleKind::CalendarLine, "a span such as `2026-06-28 through 2026-07-05`"},
    {RuleKind::ExpectLine, "`expect`"},
    {RuleKind::Expectation, "an expectation such as `permit`, `violation` or `proved`"},
    {RuleKind::Question, "an action"},
    {RuleKind::Detail, "a detail such as `at`, `by` or `until`"},
    {RuleKind::Who, "a person"},
    {RuleKind::Holding, "`holds` or `has`"},
    {RuleKind::RecordEntry, "a fact such as `department: AP`"},
    {RuleKind::Need, "`reason` or `ticket`"},
};

/// -1: must follow, whatever else may. 0: tells most. 1: closes or decorates. 2: joins what follows. 3: goes on inside what already stands there.
int weight(const Expectation& expected) {
  if (expected.rule) return *expected.rule == RuleKind::Detail ? 1 : 0;
  switch (expected.token) {
    case TokenKind::KwFrom: return -1;
    case TokenKind::Rbrace:
    case TokenKind::Rparen:
    case TokenKind::String:
    case TokenKind::EndOfFile:
    case TokenKind::Comma:
    // What may decorate a list of actions, beside what must follow it.
    case TokenKind::KwIn:
    case TokenKind::KwBy:
    case TokenKind::KwTo:
    case TokenKind::KwWhere:
    case TokenKind::KwWithin:
      return 1;
    case TokenKind::KwThen:
    case TokenKind::KwSubject:
      return 2;
    case TokenKind::Dot:
    case TokenKind::Dotdot:
    case TokenKind::Question:
    case TokenKind::Lparen:
    case TokenKind::Lt:
    case TokenKind::Plus:
    case TokenKind::Minus:
    case TokenKind::Star:
    case TokenKind::KwOtherwise:
      return 3;
    // Every other token tells what the author may have meant.
    default:
      return 0;
  }
}

/// Without what goes on inside the phrase before, unless there is nothing else.
std::vector<Expectation> most_telling(std::vector<Expectation> all) {
  std::stable_sort(all.begin(), all.end(), [](const Expectation& a, const Expectation& b) { return weight(a) < weight(b); });
  if (!all.empty() && weight(all.front()) < 3) std::erase_if(all, [](const Expectation& expected) { return weight(expected) == 3; });
  return all;
}

}  // namespace

std::optional<std::string_view> phrase_of(RuleKind rule) {
  const auto* found = std::find_if(std::begin(kPhrases), std::end(kPhrases), [rule](const Phrase& phrase) { return phrase.rule == rule; });
  return found == std::end(kPhrases) ? std::nullopt : std::optional(found->words);
}

std::string phrase_of(TokenKind token) {
  if (token == TokenKind::String) return "text in quotes";
  if (token == TokenKind::Int) return "a whole number";
  if (token == TokenKind::Decimal) return "a number";
  if (token == TokenKind::Duration) return "a duration such as `90d`";
  if (token == TokenKind::Date || token == TokenKind::Instant) return "a date such as `2026-03-31`";
  if (token == TokenKind::Name) return "a name";
  if (token == TokenKind::EndOfFile) return "the end of the file";
  return fmt::format("`{}`", cst::spelling(token));
}

std::string say_expected(const std::vector<Expectation>& expected) {
  std::vector<std::string> words;
  for (const Expectation& one : most_telling(expected)) {
    std::string phrase = one.rule ? std::string(phrase_of(*one.rule).value_or("")) : phrase_of(one.token);
    if (std::find(words.begin(), words.end(), phrase) == words.end()) words.push_back(std::move(phrase));
    // One with examples of its own says enough, and does not stand beside others.
    const bool has_examples = words.back().find(" or ") != std::string::npos;
    if (has_examples && words.size() == 1) break;
    if (has_examples) words.pop_back();
    if (words.size() == 3) break;
  }
  if (words.empty()) return "something else";
  std::string said = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) said += (i + 1 == words.size() ? " or " : ", ") + words[i];
  return said;
}

std::string_view owner_of_line(RuleKind line) {
  struct Owner {
    RuleKind line;
    std::string_view owner;
  };
  static constexpr Owner kOwners[] = {
      {RuleKind::RoleLine, "role"},           {RuleKind::SodLine, "segregation rule"}, {RuleKind::RuleLine, "rule"},
      {RuleKind::YieldLine, "terms"},         {RuleKind::LimitLine, "limits"},         {RuleKind::ControlLine, "control"},
      {RuleKind::LiftLine, "lift"},           {RuleKind::EmergencyLine, "emergency"},  {RuleKind::OverlayLine, "overlay"},
      {RuleKind::StepLine, "process"},        {RuleKind::MapLine, "map"},              {RuleKind::DimensionValue, "dimension"},
      {RuleKind::ExpectLine, "test"},         {RuleKind::NativeField, "object"},
  };
  const auto* found = std::find_if(std::begin(kOwners), std::end(kOwners), [line](const Owner& owner) { return owner.line == line; });
  return found == std::end(kOwners) ? "statement" : found->owner;
}

}  // namespace writ::parse
