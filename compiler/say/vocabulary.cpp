#include <fmt/format.h>

#include "compiler/say/statements.h"
#include "compiler/say/words.h"

namespace writ::say {
namespace {

std::string type_words(const ast::TypeRef& type) {
  std::string words = type.argument ? (type.name.text == "set" ? "a set of " + spaced(type.argument->text) : fmt::format("{} in {}", type.name.text, type.argument->text))
                                    : spaced(type.name.text);
  return type.optional ? words + ", if any" : words;
}

std::string fields(const std::vector<ast::Field>& fields) {
  std::vector<std::string> all;
  for (const ast::Field& field : fields) {
    all.push_back(fmt::format("{} ({}{})", spaced(field.name.text), type_words(field.type),
                              field.fresh_within ? ", not older than " + duration(field.fresh_within->ms) : ""));
  }
  return all.empty() ? "nothing else" : listed(all, "and");
}

}  // namespace

std::string say(Speaker&, const ast::System& s) {
  std::string words = fmt::format("{} is an application", s.title ? s.title->text : s.name.text);
  if (s.observed_every) words += fmt::format(" that is looked at {} and asks nobody first", every(s.observed_every->ms));
  else if (s.enforced) words += " that asks before it acts";
  if (!s.complete_for.empty()) words += "; it reports completely on " + listed(texts(s.complete_for), "and");
  return words + ".";
}

std::string say(Speaker&, const ast::EnumDecl& s) { return s.values.empty() ? "no value yet." : fmt::format("one of {}.", listed(texts(s.values), "or")); }

std::string say(Speaker&, const ast::Dimension& s) {
  std::vector<std::string> values;
  for (const ast::DimensionValue& value : s.values) values.push_back(value.name.text + (value.parent ? " of " + value.parent->text : ""));
  return fmt::format("scopes{}: {}.", s.parent ? " within " + spaced(s.parent->text) : "", s.open ? "any identifier" : values.empty() ? "none yet" : listed(values, "and"));
}

std::string say(Speaker&, const ast::PrincipalDecl& s) {
  const char* kind = s.kind == ast::PrincipalKind::Human ? "a person" : s.kind == ast::PrincipalKind::Workload ? "a program" : "an agent";
  return fmt::format("{} of whom is known: {}.", kind, fields(s.fields));
}
std::string say(Speaker&, const ast::ContextDecl& s) { return fmt::format("A request also tells {}.", fields(s.fields)); }
std::string say(Speaker&, const ast::ResourceDecl& s) { return fmt::format("a thing acted on, of which is known: {}.", fields(s.fields)); }

std::string say(Speaker&, const ast::ActionDecl& s) {
  std::string words = listed(texts(s.names), "and");
  words += s.resource ? fmt::format(" {} done to {}", s.names.size() == 1 ? "is" : "are", with_article(spaced(s.resource->text))) : " can be done";
  if (s.reads) words += " and change nothing";
  if (!s.implies.empty()) words += "; who can do it can do " + listed(texts(s.implies), "and");
  return words + ".";
}

std::string say(Speaker&, const ast::Threshold& s) {
  std::vector<std::string> amounts;
  for (const ast::Literal& amount : s.amounts) amounts.push_back(literal(amount.value));
  return fmt::format("{}, by currency.", listed(amounts, "or"));
}

std::string say(Speaker&, const ast::Calendar& s) {
  return fmt::format("{} window{}, maintained from {} through {}; outside that unknown.", s.lines.size(), s.lines.size() == 1 ? "" : "s", day(s.from), day(s.through));
}

}  // namespace writ::say
