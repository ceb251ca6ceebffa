#include <algorithm>

#include <fmt/format.h>

#include "compiler/say/speaker.h"
#include "compiler/say/words.h"

namespace writ::say {

using ast::Expr;
using ast::ExprId;
using ast::ExprKind;

bool Speaker::is_none(ExprId id) const {
  const Expr& e = expr(id);
  return e.kind == ExprKind::Literal && e.literal && std::holds_alternative<ast::NoneLiteral>(e.literal->value);
}

bool Speaker::is_time(ExprId id) const {
  const Expr& e = expr(id);
  if (e.kind == ExprKind::Now) return true;
  if (e.kind == ExprKind::Path && !e.path.empty()) {
    const bool bound = std::find(time_names_.begin(), time_names_.end(), e.path.front().text) != time_names_.end();
    return e.path.size() == 1 ? bound : phrasebook_.is_time_field(e.path.back().text);
  }
  if (e.kind == ExprKind::Add || e.kind == ExprKind::Subtract) return !e.operands.empty() && is_time(e.operands.front());
  return e.kind == ExprKind::Literal && e.literal &&
         (std::holds_alternative<ast::DateLiteral>(e.literal->value) || std::holds_alternative<ast::InstantLiteral>(e.literal->value));
}

/// A value rather than a condition: what may stand beside `is`.
bool Speaker::is_value(ExprId id) const {
  switch (expr(id).kind) {
    case ExprKind::Literal: case ExprKind::Now: case ExprKind::Path: case ExprKind::Set: case ExprKind::Add: case ExprKind::Subtract:
    case ExprKind::Multiply: case ExprKind::Otherwise:
      return true;
    case ExprKind::Call: case ExprKind::Not: case ExprKind::And: case ExprKind::Or: case ExprKind::Equal: case ExprKind::NotEqual:
    case ExprKind::Less: case ExprKind::LessEqual: case ExprKind::Greater: case ExprKind::GreaterEqual: case ExprKind::In:
    case ExprKind::Includes: case ExprKind::Overlaps: case ExprKind::SubsetOf: case ExprKind::Under: case ExprKind::StartsWith:
    case ExprKind::EndsWith: case ExprKind::IsEmpty: case ExprKind::During: case ExprKind::Holds: case ExprKind::Can:
      return false;
  }
  return false;
}

/// principal.manager.manager → "the manager of the person's manager"
std::string Speaker::path(const std::vector<ast::Name>& path) {
  if (path.empty()) return "it";
  const std::string& root = path.front().text;
  std::string spoken = root == "principal" ? "the " + principal_
                       : root == "subject" ? "the subject"
                       : root == "resource" ? "the " + resource_
                       : root == "context" || root == "input" ? "" : root;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const std::string field = spaced(path[i].text);
    spoken = spoken.empty() ? fmt::format("the {}'s {}", root == "context" ? "situation" : "act", field) : fmt::format("{}'s {}", spoken, field);
  }
  return spoken.empty() ? "the " + root : spoken;
}

std::string Speaker::value(ExprId id) {
  if (!id.valid()) return "it";
  const Expr& e = expr(id);
  const auto pair = [&](std::string_view joint) { return fmt::format("{} {} {}", value(e.operands.at(0)), joint, value(e.operands.at(1))); };
  switch (e.kind) {
    case ExprKind::Literal: return e.literal ? literal(e.literal->value) : "it";
    case ExprKind::Now: return "now";
    case ExprKind::Path: return path(e.path);
    case ExprKind::Set: {
      std::vector<std::string> elements;
      for (const ExprId element : e.operands) elements.push_back(value(element));
      return elements.empty() ? "nothing" : listed(elements, "and");
    }
    case ExprKind::Add: return pair("plus");
    case ExprKind::Subtract: return pair("minus");
    case ExprKind::Multiply: return pair("times");
    case ExprKind::Otherwise: return fmt::format("{} (where there is none, {})", value(e.operands.at(0)), value(e.operands.at(1)));
    case ExprKind::Call: case ExprKind::Not: case ExprKind::And: case ExprKind::Or: case ExprKind::Equal: case ExprKind::NotEqual:
    case ExprKind::Less: case ExprKind::LessEqual: case ExprKind::Greater: case ExprKind::GreaterEqual: case ExprKind::In:
    case ExprKind::Includes: case ExprKind::Overlaps: case ExprKind::SubsetOf: case ExprKind::Under: case ExprKind::StartsWith:
    case ExprKind::EndsWith: case ExprKind::IsEmpty: case ExprKind::During: case ExprKind::Holds: case ExprKind::Can:
      return "(" + condition(id) + ")";
  }
  return "it";
}

std::string Speaker::operand(ExprId id) {
  const Expr& e = expr(id);
  const bool joined = e.kind == ExprKind::And || e.kind == ExprKind::Or;
  return joined ? "(" + condition(id) + ")" : condition(id);
}

std::string Speaker::equality(const Expr& e, bool equal) {
  const ExprId left = e.operands.at(0), right = e.operands.at(1);
  if (is_none(right)) {
    const Expr& base = expr(left);
    if (base.kind == ExprKind::Path && base.path.size() > 1) {
      std::vector<ast::Name> owner(base.path.begin(), base.path.end() - 1);
      return fmt::format("{} has {}{}", path(owner), equal ? "no " : "", equal ? spaced(base.path.back().text) : with_article(spaced(base.path.back().text)));
    }
    return fmt::format("{} is {}", value(left), equal ? "absent" : "present");
  }
  if (!is_value(left)) return fmt::format("{} {} {}", operand(left), equal ? "exactly if" : "unless", operand(right));
  return fmt::format("{} {} {}", value(left), equal ? "is" : "is not", value(right));
}

std::string Speaker::comparison(const Expr& e, std::string_view number, std::string_view time) {
  const bool temporal = is_time(e.operands.at(0)) || is_time(e.operands.at(1));
  return fmt::format("{} is {} {}", value(e.operands.at(0)), temporal ? time : number, value(e.operands.at(1)));
}

std::string Speaker::negated(ExprId id) {
  const Expr& e = expr(id);
  if (e.kind == ExprKind::Equal || e.kind == ExprKind::NotEqual) return equality(e, e.kind == ExprKind::NotEqual);
  if (e.kind == ExprKind::Path) return fmt::format("{} is not so", path(e.path));
  return "it is not so that " + operand(id);
}

std::string Speaker::can(const Expr& e) {
  std::string spoken = fmt::format("{} {}can do {}", value(e.operands.at(0)), e.ordinarily ? "ordinarily " : "",
                                   e.path.empty() ? "it" : phrasebook_.action(e.path.front().text));
  if (e.operands.size() > 1) spoken += " on " + value(e.operands[1]);
  if (e.in_context) spoken += " in " + e.in_context->text;
  if (e.at_instant) spoken += " at " + e.at_instant->text;
  return spoken;
}

std::string Speaker::condition(ExprId id) {
  if (!id.valid()) return "always";
  const Expr& e = expr(id);
  const auto pair = [&](std::string_view verb) { return fmt::format("{} {} {}", value(e.operands.at(0)), verb, value(e.operands.at(1))); };
  const auto all = [&](std::string_view joint) {
    std::vector<std::string> parts;
    for (const ExprId part : e.operands) parts.push_back(operand(part));
    return fmt::format("{}", fmt::join(parts, fmt::format(" {} ", joint)));
  };
  switch (e.kind) {
    case ExprKind::And: return all("and");
    case ExprKind::Or: return all("or");
    case ExprKind::Not: return negated(e.operands.at(0));
    case ExprKind::Equal: return equality(e, true);
    case ExprKind::NotEqual: return equality(e, false);
    case ExprKind::Less: return comparison(e, "below", "before");
    case ExprKind::LessEqual: return comparison(e, "at most", "not after");
    case ExprKind::Greater: return comparison(e, "above", "after");
    case ExprKind::GreaterEqual: return comparison(e, "at least", "not before");
    case ExprKind::In:
      if (expr(e.operands.at(1)).kind == ExprKind::Set) {
        std::vector<std::string> elements;
        for (const ExprId element : expr(e.operands[1]).operands) elements.push_back(value(element));
        return fmt::format("{} is {}", value(e.operands[0]), elements.empty() ? "nothing" : listed(elements, "or"));
      }
      if (expr(e.operands[0]).kind == ExprKind::Now) return "it is a time of " + value(e.operands[1]);
      return pair("is among");
    case ExprKind::Includes: return pair("include");
    case ExprKind::Overlaps: return pair("and") + " have something in common";
    case ExprKind::SubsetOf: return pair("are all among");
    case ExprKind::Under: return pair("is or lies under");
    case ExprKind::StartsWith: return pair("starts with");
    case ExprKind::EndsWith: return pair("ends with");
    case ExprKind::IsEmpty: return value(e.operands.at(0)) + " is empty";
    case ExprKind::During:
      return fmt::format("{} lies between {} and {}, both days included", value(e.operands.at(0)), value(e.operands.at(1)), value(e.operands.at(2)));
    case ExprKind::Holds: return fmt::format("{} holds {}", value(e.operands.at(0)), e.role ? role(*e.role) : "a role");
    case ExprKind::Can: return can(e);
    case ExprKind::Call: {
      std::vector<std::string> arguments;
      for (const ExprId argument : e.operands) arguments.push_back(value(argument));
      const std::string name = e.path.empty() ? "" : e.path.front().text;
      if (name == "same person") return listed(arguments, "and") + " are the same person";
      return fmt::format("{} holds of {}", name, listed(arguments, "and"));
    }
    case ExprKind::Path:
      if (e.path.size() > 1) {
        std::vector<ast::Name> owner(e.path.begin(), e.path.end() - 1);
        const bool root_only = owner.size() == 1 && (owner[0].text == "context" || owner[0].text == "input");
        return root_only ? fmt::format("'{}' is so", spaced(e.path.back().text)) : fmt::format("'{}' is true of {}", spaced(e.path.back().text), path(owner));
      }
      return path(e.path) + " is so";
    case ExprKind::Literal: return e.literal ? literal(e.literal->value) : "it";
    case ExprKind::Now: case ExprKind::Set: case ExprKind::Add: case ExprKind::Subtract: case ExprKind::Multiply: case ExprKind::Otherwise:
      return value(id);
  }
  return "it";
}

}  // namespace writ::say
