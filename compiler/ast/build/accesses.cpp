// Who may do what: roles, types, accesses, sides; parties and chains; terms.
#include "compiler/ast/build/phrases.h"

namespace writ::ast::building {
namespace {

WhatKind verb_kind(const Syntax& verb) {
  switch (verb.first_token_kind()) {
    case TokenKind::KwAssign: return WhatKind::Assign;
    case TokenKind::KwRevoke: return WhatKind::Revoke;
    case TokenKind::KwDefine: return WhatKind::Define;
    case TokenKind::KwApprove: return WhatKind::Approve;
    case TokenKind::KwActivate: return WhatKind::Activate;
    case TokenKind::KwReview: return WhatKind::Review;
    case TokenKind::KwAuthor: return WhatKind::Author;
    case TokenKind::KwSign: return WhatKind::Sign;
    case TokenKind::KwDeploy: return WhatKind::Deploy;
    // `delegate`: the grammar has no other.
    default: return WhatKind::Delegate;
  }
}

std::vector<TypeId> types_in(Context& context, const Syntax& node, RuleKind clause) {
  std::vector<TypeId> types;
  const auto child = node.child(clause);
  if (!child) return types;
  for (const Syntax& id : child->all(RuleKind::TypeId)) types.push_back(type_id_of(context, id));
  return types;
}

/// `approve any waiver`, `activate FF`.
void add_approved(const Syntax& node, What& what) {
  what.any = node.has(TokenKind::KwAny);
  if (const auto name = find_name(node, RuleKind::Dotted)) what.names = {*name};
  for (const TokenKind kind : {TokenKind::KwWaiver, TokenKind::KwMitigation, TokenKind::KwEmergency}) {
    if (const auto token = node.token(kind)) what.names = {{std::string(node.text(*token)), node.range(*token)}};
  }
}

/// `assign a, b to Employee`, in a list or alone in braces.
What role_access_of(Context& context, const Syntax& node) {
  What what;
  what.kind = verb_kind(must(node, RuleKind::RoleVerb));
  what.roles = roles_in(context, node);
  what.to = types_in(context, node, RuleKind::ToTypes);
  what.range = node.range();
  return what;
}

}  // namespace

RoleRef role_ref_of(Context& context, const Syntax& ref) {
  RoleRef role{name_in(ref, RuleKind::Dotted), {}, ref.range()};
  if (const auto args = ref.child(RuleKind::Args)) {
    for (const Syntax& arg : args->all(RuleKind::Expr)) role.args.push_back(expr_of(context, arg));
  }
  return role;
}

RoleRef role_in(Context& context, const Syntax& node) { return role_ref_of(context, must(node, RuleKind::RoleRef)); }

std::vector<RoleRef> roles_in(Context& context, const Syntax& node) {
  std::vector<RoleRef> roles;
  for (const Syntax& ref : node.all(RuleKind::RoleRef)) roles.push_back(role_ref_of(context, ref));
  return roles;
}

TypeId type_id_of(Context& context, const Syntax& id) { return {find_name(id, RuleKind::Dotted), find_text(context, id), id.range()}; }

Subject subject_of(Context& context, const Syntax& node) {
  Subject subject;
  if (const auto id = node.child(RuleKind::TypeId)) subject.type = type_id_of(context, *id);
  if (const auto ref = node.child(RuleKind::RoleRef)) subject.role = role_ref_of(context, *ref);
  subject.where = where_in(context, node);
  subject.range = node.range();
  return subject;
}

What what_of(Context& context, const Syntax& node) {
  What what;
  what.range = node.range();
  if (node.has(TokenKind::KwEverything)) {
    what.kind = node.child(RuleKind::ButReading) ? WhatKind::EverythingButReading : WhatKind::Everything;
  } else if (const auto verb = node.child(RuleKind::RoleVerb)) {
    what.kind = verb_kind(*verb);
    what.any = true;
    what.to = types_in(context, node, RuleKind::ToType);
  } else if (node.has(TokenKind::KwRole)) {
    what.kind = WhatKind::RoleSide;
    what.roles = roles_in(context, node);
  } else if (node.has(TokenKind::KwPolicy)) {
    what.kind = verb_kind(node);
  } else if (node.children().front().token.valid()) {
    what.kind = verb_kind(node);
    add_approved(node, what);
  } else {
    what.kind = node.child(RuleKind::AnyBelow) ? WhatKind::Prefix : WhatKind::Named;
    what.names = {name_in(node, RuleKind::Dotted)};
  }
  return what;
}

namespace {

void add_clauses(Context& context, const Syntax& node, RuleKind by, Accesses& accesses) {
  if (const auto system = node.child(RuleKind::InSystem)) accesses.in_system = name_in(*system, RuleKind::Word);
  accesses.by = types_in(context, node, by);
  accesses.where = where_in(context, node);
  accesses.range = node.range();
}

}  // namespace

Accesses access_of(Context& context, const Syntax& node) {
  Accesses accesses;
  if (const auto what = node.child(RuleKind::What)) {
    accesses.what.push_back(what_of(context, *what));
  } else {
    What roles = role_access_of(context, node);
    roles.to = types_in(context, node, RuleKind::ToType);
    accesses.what.push_back(std::move(roles));
  }
  add_clauses(context, node, RuleKind::ByType, accesses);
  return accesses;
}

Accesses accesses_of(Context& context, const Syntax& node) {
  Accesses accesses;
  for (const Syntax& plain : node.all(RuleKind::What)) accesses.what.push_back(what_of(context, plain));
  if (const auto roles = node.child(RuleKind::RoleAccess)) accesses.what.push_back(role_access_of(context, *roles));
  add_clauses(context, node, RuleKind::ByTypes, accesses);
  return accesses;
}

Accesses accesses_in(Context& context, const Syntax& node) { return accesses_of(context, must(node, RuleKind::Accesses)); }

std::vector<Accesses> access_set_of(Context& context, const Syntax& set) {
  std::vector<Accesses> elements;
  for (const Syntax& access : sound(set, RuleKind::Access)) elements.push_back(access_of(context, access));
  return elements;
}

Side side_of(Context& context, const Syntax& node) {
  Side side;
  side.range = node.range();
  if (const auto scope = node.child(RuleKind::SideScope)) side.within = names_in(*scope);
  if (const auto accesses = node.child(RuleKind::Accesses)) {
    side.accesses = {accesses_of(context, *accesses)};
    return side;
  }
  side.kind = node.has(TokenKind::KwAll) ? Side::Kind::AllOf : Side::Kind::AtLeast;
  if (side.kind == Side::Kind::AtLeast) side.count = count_of(context, node);
  side.accesses = access_set_of(context, must(node, RuleKind::AccessSet));
  return side;
}

std::vector<PointAt> points_of(const Syntax& line) {
  std::vector<PointAt> points;
  for (const Syntax& point : line.all(RuleKind::Point)) {
    const TokenKind kind = point.first_token_kind();
    const Point value = kind == TokenKind::KwAssignment ? Point::Assignment : kind == TokenKind::KwActivation ? Point::Activation : Point::Use;
    points.push_back({value, point.range()});
  }
  return points;
}

}  // namespace writ::ast::building
