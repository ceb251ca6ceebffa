#include "compiler/ast/build/phrases.h"

namespace writ::ast::building {
namespace {

void append_tokens(const Syntax& node, std::string& text) {
  for (const cst::Child& child : node.children()) {
    if (child.token.valid()) {
      text += node.text(child.token);
    } else {
      append_tokens(Syntax(node.tree(), node.sources(), child.node), text);
    }
  }
}

}  // namespace

Name name_from(const Syntax& node) {
  Name name{"", node.range()};
  append_tokens(node, name.text);
  return name;
}

Name name_in(const Syntax& node, RuleKind kind, std::size_t nth) { return name_from(must(node, kind, nth)); }

std::optional<Name> find_name(const Syntax& node, RuleKind kind) {
  const auto child = node.child(kind);
  return child ? std::optional(name_from(*child)) : std::nullopt;
}

std::vector<Name> each_name(const Syntax& node, RuleKind kind) {
  std::vector<Name> names;
  for (const Syntax& child : node.all(kind)) names.push_back(name_from(child));
  return names;
}

std::vector<Name> names_in(const Syntax& node) {
  const auto names = node.child(RuleKind::Names);
  return names ? each_name(*names, RuleKind::Dotted) : std::vector<Name>{};
}

std::vector<Name> path_from(const Syntax& path) {
  std::vector<Name> segments;
  for (const Syntax& segment : path.nodes()) segments.push_back(name_from(segment));
  return segments;
}

std::vector<Name> path_in(const Syntax& node) { return path_from(must(node, RuleKind::Path)); }

TypeRef type_of(const Syntax& type) {
  const auto argument = type.child(RuleKind::TypeArgument);
  return {name_in(type, RuleKind::Dotted), argument ? std::optional(name_in(*argument, RuleKind::Dotted)) : std::nullopt,
          type.has(TokenKind::Question), type.range()};
}

std::vector<Field> fields_of(Context& context, const Syntax& node) {
  std::vector<Field> fields;
  for (const Syntax& written : sound(node, RuleKind::Field)) {
    Field field{name_in(written, RuleKind::AnyWord), type_of(must(written, RuleKind::Type)), false, false, std::nullopt, written.range()};
    for (const Syntax& property : written.all(RuleKind::FieldProperty)) {
      if (property.has(TokenKind::KwFixed)) field.fixed = true;
      if (property.has(TokenKind::KwAcyclic)) field.acyclic = true;
      if (property.has(TokenKind::KwFresh)) field.fresh_within = duration_in(context, property);
    }
    fields.push_back(std::move(field));
  }
  return fields;
}

std::vector<Param> params_in(const Syntax& node) {
  std::vector<Param> params;
  const auto list = node.child(RuleKind::Params);
  if (!list) return params;
  for (const Syntax& param : list->all(RuleKind::Param)) params.push_back({name_in(param, RuleKind::Word), type_of(must(param, RuleKind::Type))});
  return params;
}

}  // namespace writ::ast::building
