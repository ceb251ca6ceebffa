#include "compiler/format/lines.h"

#include <algorithm>

namespace writ::format {

using cst::RuleKind;
using cst::Syntax;
using cst::TokenId;
using cst::TokenKind;

namespace {

bool is_wrapper(RuleKind kind) {
  static constexpr RuleKind kWrappers[] = {RuleKind::RoleLine,    RuleKind::SodLine,       RuleKind::RuleLine,    RuleKind::LimitLine,
                                           RuleKind::ControlLine, RuleKind::LiftLine,      RuleKind::EmergencyLine, RuleKind::OverlayLine,
                                           RuleKind::Item,        RuleKind::GivenDecl,     RuleKind::GivenSpecial};
  return std::find(std::begin(kWrappers), std::end(kWrappers), kind) != std::end(kWrappers);
}

/// How many tokens the words of a line are.
std::size_t words_of_line(RuleKind line) {
  switch (line) {
    case RuleKind::OwnerLine: case RuleKind::ScopeLine: case RuleKind::MayLine: case RuleKind::BirthrightLine: case RuleKind::HandoverLine:
    case RuleKind::ReviewLine: case RuleKind::DelegableLine: case RuleKind::NativeLine: case RuleKind::SeparateLine: case RuleKind::FromSide:
    case RuleKind::AcrossLine: case RuleKind::PointsLine: case RuleKind::BecauseLine: case RuleKind::ImplementsLine: case RuleKind::TermsLine:
    case RuleKind::YieldLine: case RuleKind::ForLine: case RuleKind::LiftWithinLine: case RuleKind::PeriodLine: case RuleKind::WhileLine:
    case RuleKind::ApprovedLine: case RuleKind::ReasonLine: case RuleKind::TicketLine: case RuleKind::WithLine: case RuleKind::LiftsLine:
    case RuleKind::AfterLine: case RuleKind::NeedsLine: case RuleKind::NotifyLine: case RuleKind::ReviewDueLine: case RuleKind::ForRulesLine:
    case RuleKind::MonitorLine: case RuleKind::EveryLine: case RuleKind::ByLine: case RuleKind::LimitCaps: case RuleKind::LimitSkew:
    case RuleKind::LimitReuse: case RuleKind::LimitLedger: case RuleKind::LimitRaise: case RuleKind::LimitNo: case RuleKind::ObjectLine:
      return 1;
    case RuleKind::RequestLine: case RuleKind::AtMostLine: case RuleKind::ClockLine: case RuleKind::WithinSameLine: case RuleKind::OnSameLine:
    case RuleKind::LiftSameLine: case RuleKind::RemoveLine: case RuleKind::EnforcedLine:
      return 2;
    // Lines without a column of words.
    default:
      return 0;
  }
}

}  // namespace

Syntax innermost_line(const Syntax& line) {
  Syntax inner = line;
  while (is_wrapper(inner.kind()) && inner.only()) inner = *inner.only();
  return inner;
}

std::uint8_t line_column(RuleKind statement) {
  switch (statement) {
    case RuleKind::RoleDecl: case RuleKind::SodDecl: case RuleKind::NeverDecl: case RuleKind::ForbidDecl: case RuleKind::RequireDecl:
    case RuleKind::TermsDecl: case RuleKind::LimitsDecl:
      return 12;
    case RuleKind::LiftDecl: case RuleKind::EmergencyDecl:
      return 10;
    case RuleKind::ControlDecl:
      return 9;
    // The others have no column of words.
    default:
      return 0;
  }
}

std::optional<TokenId> content_of_line(const Syntax& line) {
  const std::size_t words = words_of_line(line.kind());
  const cst::Node& node = line.tree().node(line.id());
  std::optional<TokenId> token = node.first;
  for (std::size_t i = 0; i < words && token; ++i) token = line.tree().next(*token);
  const bool inside = token && token->index <= node.last.index;
  return words > 0 && inside ? token : std::nullopt;
}

bool is_clause(RuleKind kind) {
  static constexpr RuleKind kClauses[] = {
      RuleKind::WhereClause,  RuleKind::OverlayClause, RuleKind::OwnerLine,     RuleKind::ZoneClause,  RuleKind::SessionsClause,
      RuleKind::AsOfClause,   RuleKind::CompleteWithin, RuleKind::CompleteFor,  RuleKind::Detail,      RuleKind::RestingEnd,
      RuleKind::Holding,      RuleKind::Record,        RuleKind::NativeWith,    RuleKind::AdoptProperty, RuleKind::ApprovalProperty,
      RuleKind::ByTypes,      RuleKind::ToTypes,       RuleKind::SubjectTo,     RuleKind::OnResource,  RuleKind::ActionProperty,
      RuleKind::ForSubject,   RuleKind::ExtendsClause, RuleKind::WithoutClause, RuleKind::RestingOn,   RuleKind::ThenClause,
  };
  return std::find(std::begin(kClauses), std::end(kClauses), kind) != std::end(kClauses);
}

std::vector<Syntax> wide_clauses(const Syntax& node) {
  std::vector<RuleKind> kinds;
  switch (node.kind()) {
    case RuleKind::Header:
      kinds = {RuleKind::OverlayClause, RuleKind::OwnerLine, RuleKind::ZoneClause, RuleKind::SessionsClause, RuleKind::AsOfClause, RuleKind::CompleteWithin};
      break;
    case RuleKind::PrincipalDecl: kinds = {RuleKind::OperatedBy, RuleKind::TenureClause}; break;
    case RuleKind::AdoptDecl: kinds = {RuleKind::AdoptProperty}; break;
    case RuleKind::ApprovalDecl: kinds = {RuleKind::ApprovalProperty}; break;
    case RuleKind::NativeObject: kinds = {RuleKind::NativeField}; break;
    // Everything else stands one blank apart.
    default: return {};
  }
  std::vector<Syntax> clauses = node.nodes();
  std::erase_if(clauses, [&](const Syntax& clause) { return std::find(kinds.begin(), kinds.end(), clause.kind()) == kinds.end(); });
  // Fields of a native object: the first stands right after its brace.
  if (node.kind() == RuleKind::NativeObject && !clauses.empty()) clauses.erase(clauses.begin());
  return clauses;
}

namespace {

/// Collects the columns of one line; what the line lacks makes none.
class Columns {
 public:
  explicit Columns(const Syntax& node) : node_(node) {}
  void add(std::uint8_t slot, std::uint8_t gap, std::optional<TokenId> token) {
    if (token) found_.push_back({*token, slot, gap});
  }
  void add(std::uint8_t slot, std::uint8_t gap, const std::optional<Syntax>& part) {
    if (part && part->tree().node(part->id()).first.valid()) add(slot, gap, part->tree().node(part->id()).first);
  }
  void add(std::uint8_t slot, std::uint8_t gap, RuleKind part) { add(slot, gap, node_.child(part)); }
  void add(std::uint8_t slot, std::uint8_t gap, TokenKind token) { add(slot, gap, node_.token(token)); }
  std::vector<Column> take() { return std::move(found_); }

 private:
  const Syntax& node_;
  std::vector<Column> found_;
};

void add_role_columns(const Syntax& node, Columns& columns) {
  columns.add(1, 1, RuleKind::ForSubject);
  if (const auto subject = node.child(RuleKind::ForSubject)) {
    const auto type = subject->child(RuleKind::Subject)->child(RuleKind::TypeId);
    if (type && type->child(RuleKind::Dotted)) columns.add(2, 1, type->token(TokenKind::String));
  }
  columns.add(3, 1, TokenKind::Lbrace);
}

void add_rule_columns(const Syntax& node, Columns& columns) {
  if (const auto title = node.child(RuleKind::RuleTitle)) {
    columns.add(1, 1, title->child(RuleKind::Level));
    columns.add(2, 1, title->token(TokenKind::String));
  }
  columns.add(3, 1, TokenKind::Lbrace);
  if (node.kind() == RuleKind::NeverDecl) columns.add(4, 2, RuleKind::RuleLine);
}

void add_given_columns(const Syntax& node, Columns& columns) {
  if (const auto typed = node.child(RuleKind::TypedAs)) {
    const auto type = typed->child(RuleKind::TypeId);
    columns.add(1, 1, type);
    if (type->child(RuleKind::Dotted)) columns.add(2, 1, type->token(TokenKind::String));
    columns.add(3, 1, RuleKind::Record);
  }
}

}  // namespace

std::vector<Column> columns_of(const Syntax& node) {
  Columns columns(node);
  switch (node.kind()) {
    case RuleKind::SystemDecl:
      columns.add(1, 1, TokenKind::String);
      columns.add(2, 2, RuleKind::KindClause);
      columns.add(3, 2, RuleKind::PrecisionClause);
      columns.add(4, 2, RuleKind::AskingClause);
      columns.add(5, 2, RuleKind::CompleteFor);
      break;
    case RuleKind::EnumDecl: case RuleKind::TestDecl: columns.add(1, 1, TokenKind::Lbrace); break;
    case RuleKind::FlowDecl:
      columns.add(1, 1, TokenKind::Lbrace);
      columns.add(2, 2, TokenKind::KwLeads);
      break;
    case RuleKind::ResourceDecl: columns.add(1, 1, RuleKind::Fields); break;
    case RuleKind::ActionDecl: columns.add(1, 1, RuleKind::OnResource); break;
    case RuleKind::DutyHead: case RuleKind::ApprovalDecl: case RuleKind::PredicateDecl: case RuleKind::ThresholdDecl:
      columns.add(1, 1, TokenKind::Assign);
      break;
    case RuleKind::RoleDecl: add_role_columns(node, columns); break;
    case RuleKind::SodDecl: case RuleKind::NeverDecl: case RuleKind::ForbidDecl: case RuleKind::RequireDecl: add_rule_columns(node, columns); break;
    case RuleKind::AssertDecl: columns.add(1, 1, RuleKind::Claim); break;
    case RuleKind::GivenEntity: add_given_columns(node, columns); break;
    case RuleKind::GivenControl: columns.add(1, 1, TokenKind::KwTested); break;
    case RuleKind::ExpectDecision: columns.add(1, 1, RuleKind::Who); break;
    case RuleKind::ExpectProvision: columns.add(1, 1, RuleKind::RoleRef); break;
    case RuleKind::ExpectProof: columns.add(1, 1, RuleKind::ProofOf); break;
    case RuleKind::DimensionValue:
      columns.add(1, 1, RuleKind::OfParent);
      columns.add(2, 1, RuleKind::DimensionCode);
      break;
    case RuleKind::StepLine: columns.add(1, 2, RuleKind::Dotted); break;
    case RuleKind::MapLine: columns.add(1, 2, RuleKind::NativeWay); break;
    case RuleKind::NativeCodeWay: columns.add(2, 2, RuleKind::NativeWith); break;
    // The others share none.
    default: break;
  }
  return columns.take();
}

std::optional<RuleKind> block_of(const Syntax& line) {
  const Syntax inner = innermost_line(line);
  const RuleKind kind = inner.kind();
  static constexpr RuleKind kTables[] = {
      RuleKind::SystemDecl, RuleKind::EnumDecl,    RuleKind::TestDecl,    RuleKind::FlowDecl,      RuleKind::ResourceDecl,   RuleKind::ActionDecl,
      RuleKind::DutyDecl,   RuleKind::ApprovalDecl, RuleKind::PredicateDecl, RuleKind::ThresholdDecl, RuleKind::RoleDecl,    RuleKind::SodDecl,
      RuleKind::NeverDecl,  RuleKind::ForbidDecl,  RuleKind::RequireDecl, RuleKind::AssertDecl,    RuleKind::GivenEntity,    RuleKind::GivenControl,
      RuleKind::ExpectLine, RuleKind::DimensionValue, RuleKind::StepLine, RuleKind::MapLine,
  };
  return std::find(std::begin(kTables), std::end(kTables), kind) != std::end(kTables) ? std::optional(kind) : std::nullopt;
}

}  // namespace writ::format
