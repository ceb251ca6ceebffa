// The phrases that recur: names, types, conditions, accesses, parties, periods. Each builder takes the node of its own rule.
#pragma once

#include "compiler/ast/build/literals.h"

namespace writ::ast::building {

/// `word`, `any_word` or `dotted`: the name without the blanks between its parts.
Name name_from(const Syntax& node);
/// The nth child of the kind, as a name.
Name name_in(const Syntax& node, RuleKind kind, std::size_t nth = 0);
std::optional<Name> find_name(const Syntax& node, RuleKind kind);
/// The names of the node's `names` child; empty without one.
std::vector<Name> names_in(const Syntax& node);
/// One name for each child of the kind.
std::vector<Name> each_name(const Syntax& node, RuleKind kind);
/// `path`: one name per segment.
std::vector<Name> path_from(const Syntax& path);
std::vector<Name> path_in(const Syntax& node);

TypeRef type_of(const Syntax& type);
std::vector<Field> fields_of(Context& context, const Syntax& fields);
std::vector<Param> params_in(const Syntax& node);

ExprId expr_of(Context& context, const Syntax& expr);
ExprId expr_in(Context& context, const Syntax& node);
/// The condition of the node's `where_clause`; invalid without one.
ExprId where_in(Context& context, const Syntax& node);

RoleRef role_ref_of(Context& context, const Syntax& ref);
RoleRef role_in(Context& context, const Syntax& node);
std::vector<RoleRef> roles_in(Context& context, const Syntax& node);
TypeId type_id_of(Context& context, const Syntax& id);
Subject subject_of(Context& context, const Syntax& subject);

What what_of(Context& context, const Syntax& what);
Accesses access_of(Context& context, const Syntax& access);
Accesses accesses_of(Context& context, const Syntax& accesses);
Accesses accesses_in(Context& context, const Syntax& node);
/// `access_set`: one for each element.
std::vector<Accesses> access_set_of(Context& context, const Syntax& set);
Side side_of(Context& context, const Syntax& side);

/// `chain` or `plain_chain`.
Chain chain_of(Context& context, const Syntax& chain);
/// `party`, `plain_party`, `owner_party` and what they consist of.
Party party_of(Context& context, const Syntax& party);
Party owner_of(Context& context, const Syntax& owner_line);
Period period_of(Context& context, const Syntax& period);

LevelAt level_of(const Syntax& level);
std::vector<Cap> caps_in(Context& context, const Syntax& node);
Record record_of(Context& context, const Syntax& record);
std::vector<PointAt> points_of(const Syntax& points_line);

}  // namespace writ::ast::building
