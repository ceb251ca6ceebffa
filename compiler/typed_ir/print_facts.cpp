#include "compiler/typed_ir/print_facts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace writ::typed_ir {
namespace {

std::string with_args(const std::string& name, const std::vector<std::string>& args) {
  return args.empty() ? name : fmt::format("{}({})", name, fmt::join(args, ", "));
}

std::string print_has(const Program& program, const AnonymousAccess& has) {
  std::vector<std::string> actions;
  for (const Access& access : has.accesses)
    for (const ActionId id : access.actions) actions.push_back(program.schema.actions[id].name);
  std::string text = fmt::format("    has {}", fmt::join(actions, ", "));
  switch (has.scope) {
    case AnonymousAccess::Scope::None: break;
    case AnonymousAccess::Scope::Value: text += " within " + print(program.schema, has.value); break;
    case AnonymousAccess::Scope::Any: text += " within any " + program.schema.enums[has.dimension].local; break;
    case AnonymousAccess::Scope::Unknown: text += " within unknown " + program.schema.enums[has.dimension].local; break;
  }
  return text + "\n";
}

std::string print_holding(const Program& program, const Holding& holding) {
  std::string text = "    holds " + print_holding_role(program, holding);
  if (holding.from != kInstantMin) text += " from " + print_instant(holding.from);
  if (holding.until != kForever) text += " until " + print_instant(holding.until);
  if (!holding.rests_on.empty()) text += fmt::format(" resting on {}", fmt::join(holding.rests_on, ", "));
  return text + "\n";
}

std::string print_attributes(const Schema& schema, const std::map<AttributeId, FactValue>& attributes) {
  std::string text;
  for (const auto& [id, value] : attributes)
    text += fmt::format("    {}: {}\n", schema.attributes[id].name, print_fact(schema, value, schema.attributes[id].type));
  return text;
}

std::string print_entity(const Program& program, const EntityFacts& entity) {
  std::string text = fmt::format("  given {}{}{}\n", print_string(entity.id), entity.type ? ": " + program.schema.entities[entity.type].name : "",
                                 entity.closed ? " closed" : "");
  text += print_attributes(program.schema, entity.attributes);
  for (const Holding& holding : entity.holds) text += print_holding(program, holding);
  for (const AnonymousAccess& has : entity.has) text += print_has(program, has);
  return text + (entity.held_complete ? "" : "    held incomplete\n");
}

std::string print_event(const Schema& schema, const Event& event) {
  return fmt::format("  history {}{} did {} on {}{}\n", event.resolved ? "" : "account ", print_string(event.who), schema.actions[event.action].name,
                     print_string(event.on), event.at ? " at " + print_instant(*event.at) : "");
}

}  // namespace

std::string print_role_use(const Program& program, const RoleUse& use, const Names& names) {
  std::vector<std::string> args;
  for (const TermId id : use.args) args.push_back(print(program.conditions, program.schema, id, names));
  return with_args(program.roles[use.role].name, args);
}

std::string print_holding_role(const Program& program, const Holding& holding) {
  std::vector<std::string> args;
  for (const Value& value : holding.args) args.push_back(print(program.schema, value));
  return with_args(program.roles[holding.role].name, args);
}

std::string print_fact(const Schema& schema, const FactValue& value, const Type& type) {
  if (value.absent) return "none";
  std::vector<std::string> texts;
  for (const Value& v : value.values) texts.push_back(print(schema, v));
  if (!type.set) return texts.empty() ? "unknown" : texts.front();
  if (!value.complete) texts.push_back("…");
  return texts.empty() ? "{ }" : fmt::format("{{ {} }}", fmt::join(texts, ", "));
}

std::string print_register(const Program& program, const Register& facts) {
  std::vector<std::string> complete;
  for (const Value& value : facts.complete_within) complete.push_back(print(program.schema, value));
  std::string text = fmt::format("facts {}  as of {}{}\n", facts.name, print_instant(facts.as_of),
                                 complete.empty() ? "" : fmt::format("  complete within {}", fmt::join(complete, ", ")));
  for (const auto& [id, entity] : facts.entities) text += print_entity(program, entity);
  if (!facts.context.empty()) text += "  context\n" + print_attributes(program.schema, facts.context);
  for (const ControlTest& test : facts.controls)
    text += fmt::format("  given {} tested {} {}\n", program.controls[test.control].name, print_instant(test.tested),
                        test.effective ? "effective" : "ineffective");
  for (const Event& event : facts.history) text += print_event(program.schema, event);
  return text;
}

}  // namespace writ::typed_ir
