#include "compiler/ast/build.h"

#include "compiler/ast/build/statements.h"

namespace writ::ast {
namespace building {
namespace {

Statement statement_of(Context& context, const Syntax& node) {
  switch (node.kind()) {
    case RuleKind::SystemDecl: return system_of(context, node);
    case RuleKind::EnumDecl: return enum_of(node);
    case RuleKind::DimensionDecl: return dimension_of(context, node);
    case RuleKind::PrincipalDecl: return principal_of(context, node);
    case RuleKind::ContextDecl: return context_decl_of(context, node);
    case RuleKind::ResourceDecl: return resource_of(context, node);
    case RuleKind::ActionDecl: return action_of(context, node);
    case RuleKind::DutyDecl: return duty_of(context, node);
    case RuleKind::PredicateDecl: return predicate_of(context, node);
    case RuleKind::ThresholdDecl: return threshold_of(context, node);
    case RuleKind::CalendarDecl: return calendar_of(context, node);
    case RuleKind::StaffingDecl: return staffing_of(context, node);
    case RuleKind::MapDecl: return map_of(context, node);
    case RuleKind::RoleDecl: return role_of(context, node);
    case RuleKind::ApprovalDecl: return approval_of(context, node);
    case RuleKind::RequireDecl: return require_of(context, node);
    case RuleKind::ForbidDecl: return forbid_of(context, node);
    case RuleKind::NeverDecl: return never_of(context, node);
    case RuleKind::TermsDecl: return terms_of(context, node);
    case RuleKind::LimitsDecl: return limits_of(context, node);
    case RuleKind::ControlDecl: return control_of(context, node);
    case RuleKind::LiftDecl: return lift_of(context, node);
    case RuleKind::EmergencyDecl: return emergency_of(context, node);
    case RuleKind::OverlayDecl: return overlay_of(context, node);
    case RuleKind::AdoptDecl: return adopt_of(context, node);
    case RuleKind::FlowDecl: return flow_of(context, node);
    case RuleKind::ProcessDecl: return process_of(node);
    case RuleKind::AssertDecl: return assert_of(context, node);
    case RuleKind::TestDecl: return test_of(context, node);
    case RuleKind::GivenDecl: return given_of(context, node);
    case RuleKind::SodDecl:
      if (auto sod = sod_of(context, node)) return std::move(*sod);
      return std::monostate{};
    // History lines are no statements, and the grammar has no other item.
    default: return std::monostate{};
  }
}

Range head_of(const Item& item) {
  const Name name = name_of(item);
  const std::string_view words = words_of(item);
  const Range start{item.range.file, item.range.begin, item.range.begin + static_cast<std::uint32_t>(words.size())};
  return name.range.valid() ? source::join(start, name.range) : start;
}

std::optional<Item> item_of(Context& context, const Syntax& node, const Syntax& inner) {
  Item item{statement_of(context, inner), inner.range(), {}, node.doc()};
  if (std::holds_alternative<std::monostate>(item.statement)) return std::nullopt;
  item.head = head_of(item);
  return item;
}

Header header_of(Context& context, const Syntax& node) {
  Header header;
  header.facts = node.has(TokenKind::KwFacts);
  header.name = name_in(node, RuleKind::Dotted);
  header.range = node.range();
  header.doc = node.doc();
  if (const auto overlay = node.child(RuleKind::OverlayClause)) header.overlay = name_in(*overlay, RuleKind::Dotted);
  if (const auto owner = node.child(RuleKind::OwnerLine)) header.owner = owner_of(context, *owner);
  if (const auto zone = node.child(RuleKind::ZoneClause)) header.zone = text_in(context, *zone);
  header.sessions_required = node.child(RuleKind::SessionsClause).has_value();
  if (const auto as_of = node.child(RuleKind::AsOfClause)) header.as_of = day_in(context, *as_of);
  if (const auto complete = node.child(RuleKind::CompleteWithin)) header.complete_within = names_in(*complete);
  return header;
}

Use use_of(const Syntax& node) { return {node.has(TokenKind::KwFacts), name_in(node, RuleKind::Dotted), find_name(node, RuleKind::Word)}; }

}  // namespace

std::vector<Item> items_of(Context& context, const Syntax& node, std::vector<History>* history) {
  std::vector<Item> items;
  for (const Syntax& written : sound(node, RuleKind::Item)) {
    const auto inner = written.only();
    if (!inner || inner->broken()) continue;
    if (inner->kind() == RuleKind::HistoryLine && history) history->push_back(history_of(context, *inner));
    if (auto item = item_of(context, written, *inner)) items.push_back(std::move(*item));
  }
  return items;
}

}  // namespace building

File build(const cst::Tree& tree, const source::SourceSet& sources, diagnostics::Sink& sink) {
  File file;
  file.file = tree.file();
  building::Context context{file, sink};
  const auto root = cst::Syntax::root(tree, sources);
  if (const auto header = root.child(cst::RuleKind::Header); header && !header->broken()) file.header = building::header_of(context, *header);
  for (const auto& use : building::sound(root, cst::RuleKind::UseLine)) file.uses.push_back(building::use_of(use));
  file.items = building::items_of(context, root, &file.history);
  return file;
}

}  // namespace writ::ast
