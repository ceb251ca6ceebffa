// Conditions in the spelling of the language. `and` and `or` never mix without parentheses; `not` is written as the mirrored comparison
// where there is one.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/typed_ir/conditions.h"

namespace writ::typed_ir {
namespace {

class Printer {
 public:
  Printer(const Conditions& store, const Schema& schema, const Names& names) : store_(store), schema_(schema), names_(names) {}

  std::string term(TermId id) const {
    const Term& t = store_.term(id);
    switch (t.kind) {
      case TermKind::Literal: return print(schema_, t.value);
      case TermKind::SetLiteral: return t.a.empty() ? "{ }" : fmt::format("{{ {} }}", fmt::join(terms(t.a, 0), ", "));
      case TermKind::Root: return root(t);
      case TermKind::Now: return "now";
      case TermKind::Attribute: return fmt::format("{}.{}", term(t.a[0]), schema_.attributes[t.attribute].name);
      case TermKind::RollUp: return fmt::format("{}({})", schema_.enums[t.type.enumeration].local, term(t.a[0]));
      case TermKind::Add: return fmt::format("{} + {}", term(t.a[0]), operand(t.a[1]));
      case TermKind::Subtract: return fmt::format("{} - {}", term(t.a[0]), operand(t.a[1]));
      case TermKind::Scale: return fmt::format("{} * {}", print(schema_, t.value), operand(t.a[0]));
      case TermKind::Otherwise: return otherwise(t);
      case TermKind::Unknown: return "unknown";
    }
    return "";
  }

  std::string cond(CondId id) const {
    const Cond& c = store_.cond(id);
    switch (c.kind) {
      case CondKind::True: return "true";
      case CondKind::False: return "false";
      case CondKind::Unknown: return "unknown";
      case CondKind::Not: return negated(c.c.front());
      case CondKind::And: return fmt::format("{}", fmt::join(operands(c.c), " and "));
      case CondKind::Or: return fmt::format("{}", fmt::join(operands(c.c), " or "));
      case CondKind::AtLeast: return fmt::format("at least {} of {{ {} }}", c.count, fmt::join(operands(c.c), ", "));
      case CondKind::IsEmpty: return term(c.t[0]) + " is empty";
      case CondKind::Fact: return term(c.t[0]);
      case CondKind::Known: return term(c.t[0]) + " != none";
      case CondKind::Holds: return holds(c);
      case CondKind::Can: return can(c);
      case CondKind::Equal: return binary(c, "==", "==");
      case CondKind::Less: return binary(c, "<", ">");
      case CondKind::LessEqual: return binary(c, "<=", ">=");
      case CondKind::ThresholdLess: return threshold(c, "<");
      case CondKind::ThresholdLessEqual: return threshold(c, "<=");
      case CondKind::In: return binary(c, "in", "");
      case CondKind::SubsetOf: return binary(c, "subset of", "");
      case CondKind::Overlaps: return binary(c, "overlaps", "");
      case CondKind::StartsWith: return binary(c, "starts with", "");
      case CondKind::EndsWith: return binary(c, "ends with", "");
      case CondKind::Under: return binary(c, "under", "");
    }
    return "";
  }

 private:
  std::vector<std::string> terms(const std::vector<TermId>& ids, std::size_t from) const {
    std::vector<std::string> all;
    for (std::size_t i = from; i < ids.size(); ++i) all.push_back(term(ids[i]));
    return all;
  }

  std::string operand(TermId id) const {
    const TermKind kind = store_.term(id).kind;
    const bool compound = kind == TermKind::Add || kind == TermKind::Subtract || kind == TermKind::Otherwise;
    return compound ? fmt::format("({})", term(id)) : term(id);
  }

  std::vector<std::string> operands(const std::vector<CondId>& ids) const {
    std::vector<std::string> all;
    for (const CondId id : ids) {
      const CondKind kind = store_.cond(id).kind;
      const bool compound = kind == CondKind::And || kind == CondKind::Or;
      all.push_back(compound ? fmt::format("({})", cond(id)) : cond(id));
    }
    if (names_.sorted) std::sort(all.begin(), all.end());
    return all;
  }

  std::string root(const Term& t) const {
    switch (t.root) {
      case Root::Principal: return "principal";
      case Root::Resource: return "resource";
      case Root::Context: return "context";
      case Root::Input: return "input";
      case Root::Subject: return "subject";
      case Root::Parameter: return t.index < names_.parameters.size() ? names_.parameters[t.index] : fmt::format("${}", t.index);
      case Root::Binder: return t.index < names_.binders.size() ? names_.binders[t.index] : fmt::format("#{}", t.index);
      case Root::Scope: return t.index == 0 ? "scope" : fmt::format("scope{}", t.index + 1);
    }
    return "";
  }

  std::string otherwise(const Term& t) const {
    const std::string instead = t.a.size() > 1 ? term(t.a[1]) : print(schema_, t.value);
    return fmt::format("{} otherwise {}", term(t.a[0]), instead);
  }

  std::string role(const Cond& c) const {
    return names_.role ? names_.role(c.role) : fmt::format("role#{}", c.role.index);
  }

  std::string holds(const Cond& c) const {
    const auto args = terms(c.t, 1);
    const std::string of = args.empty() ? "" : fmt::format("({})", fmt::join(args, ", "));
    return fmt::format("{} holds {}{}", term(c.t[0]), role(c), of);
  }

  std::string can(const Cond& c) const {
    const Action& action = schema_.actions[c.action];
    std::string text = fmt::format("{} {}can {}", term(c.t[0]), c.ordinarily ? "ordinarily " : "", action.name);
    for (std::size_t i = 1; i < c.t.size(); ++i) {
      const Type& type = store_.term(c.t[i]).type;
      const bool instant = type.scalar == Scalar::Time;
      const bool context = type.scalar == Scalar::Ref && type.entity == schema_.context;
      text += fmt::format(" {} {}", instant ? "at" : context ? "in" : "on", term(c.t[i]));
    }
    return text;
  }

  /// The variable side first: `10 < x` reads `x > 10`.
  std::string binary(const Cond& c, std::string_view op, std::string_view mirrored) const {
    const bool turn = !mirrored.empty() && store_.term(c.t[0]).kind == TermKind::Literal && store_.term(c.t[1]).kind != TermKind::Literal;
    return turn ? fmt::format("{} {} {}", term(c.t[1]), mirrored, term(c.t[0])) : fmt::format("{} {} {}", term(c.t[0]), op, term(c.t[1]));
  }

  std::string threshold(const Cond& c, std::string_view op) const {
    return fmt::format("{} {} {}", term(c.t[0]), op, store_.threshold(c.threshold).name);
  }

  std::string negated(CondId id) const {
    const Cond& c = store_.cond(id);
    if (c.kind == CondKind::Equal) return binary(c, "!=", "!=");
    if (c.kind == CondKind::Less) return binary(c, ">=", "<=");
    if (c.kind == CondKind::LessEqual) return binary(c, ">", "<");
    if (c.kind == CondKind::ThresholdLess) return threshold(c, ">=");
    if (c.kind == CondKind::ThresholdLessEqual) return threshold(c, ">");
    if (c.kind == CondKind::Known) return term(c.t[0]) + " == none";
    const bool compound = c.kind == CondKind::And || c.kind == CondKind::Or;
    return compound ? fmt::format("not ({})", cond(id)) : "not " + cond(id);
  }

  const Conditions& store_;
  const Schema& schema_;
  const Names& names_;
};

}  // namespace

std::string print(const Conditions& store, const Schema& schema, TermId term, const Names& names) {
  return Printer(store, schema, names).term(term);
}
std::string print(const Conditions& store, const Schema& schema, CondId cond, const Names& names) {
  return Printer(store, schema, names).cond(cond);
}

}  // namespace writ::typed_ir
