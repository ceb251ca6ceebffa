// Roles and approvals.
#include "compiler/ast/build/statements.h"

namespace writ::ast::building {

NativeRole native_role_of(Context& context, const Syntax& node) { return {name_in(node, RuleKind::Word), text_in(context, node)}; }

namespace {

GrantLine grant_of(Context& context, const Syntax& line) {
  GrantLine grant{accesses_in(context, line), {}, line.range()};
  if (const auto subject_to = line.child(RuleKind::SubjectTo)) grant.subject_to = names_in(*subject_to);
  return grant;
}

DelegableLine delegable_of(Context& context, const Syntax& line) {
  return {type_id_of(context, must(line, RuleKind::TypeId)), where_in(context, line), caps_in(context, line), line.range()};
}

void add_once(Context& context, const Syntax& line, Role& role, Once& once) {
  switch (line.kind()) {
    case RuleKind::OwnerLine:
      if (once.first(line, "owner")) role.owner = owner_of(context, line);
      return;
    case RuleKind::ScopeLine:
      if (once.first(line, "within")) role.within = path_in(line);
      return;
    case RuleKind::BirthrightLine:
      if (!once.first(line, "birthright")) return;
      role.birthright = where_in(context, line);
      role.birthright_range = line.range();
      return;
    case RuleKind::HandoverLine:
      if (once.first(line, "handover")) role.handover = duration_in(context, line);
      return;
    case RuleKind::RequestLine:
      if (once.first(line, "on request")) role.on_request = chain_of(context, must(line, RuleKind::Chain));
      return;
    case RuleKind::AtMostLine:
      if (once.first(line, "at most")) role.at_most = duration_in(context, line);
      return;
    case RuleKind::ReviewLine:
      if (!once.first(line, "review")) return;
      role.review_every = duration_in(context, line);
      if (const auto by = line.child(RuleKind::ReviewBy)) role.review_by = party_of(context, must(*by, RuleKind::PlainParty));
      return;
    // The others may stand several times.
    default:
      return;
  }
}

void add_line(Context& context, const Syntax& line, Role& role, Once& once) {
  if (line.kind() == RuleKind::MayLine) {
    role.may.push_back(grant_of(context, line));
  } else if (line.kind() == RuleKind::DelegableLine) {
    role.delegable.push_back(delegable_of(context, line));
  } else if (line.kind() == RuleKind::NativeLine) {
    for (const Syntax& native : line.all(RuleKind::NativeRole)) role.natives.push_back(native_role_of(context, native));
  } else {
    add_once(context, line, role, once);
  }
}

}  // namespace

Role role_of(Context& context, const Syntax& node) {
  Role role;
  role.name = name_in(node, RuleKind::Word);
  role.params = params_in(node);
  role.title = find_text(context, node);
  if (const auto extends = node.child(RuleKind::ExtendsClause)) role.extends = roles_in(context, *extends);
  if (const auto subject = node.child(RuleKind::ForSubject)) {
    role.subject = subject_of(context, must(*subject, RuleKind::Subject));
    role.at_assignment = subject->child(RuleKind::AtAssignment).has_value();
  }
  Once once(context);
  for (const Syntax& line : lines_of(node, RuleKind::RoleLine)) add_line(context, line, role, once);
  return role;
}

Approval approval_of(Context& context, const Syntax& node) {
  Approval approval{name_in(node, RuleKind::Word), chain_of(context, must(node, RuleKind::Chain)), std::nullopt, {}, std::nullopt};
  Once once(context);
  for (const Syntax& property : node.all(RuleKind::ApprovalProperty)) {
    if (property.has(TokenKind::KwGood) && once.first(property, "good for")) approval.good_for = duration_in(context, property);
    if (property.has(TokenKind::KwRepeat) && once.first(property, "may repeat")) approval.may_repeat = property.range();
    if (property.has(TokenKind::KwOver) && once.first(property, "over")) {
      for (const Syntax& path : property.all(RuleKind::Path)) approval.over.push_back(path_from(path));
    }
  }
  return approval;
}

}  // namespace writ::ast::building
