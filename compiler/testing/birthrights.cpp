#include <algorithm>

#include "compiler/testing/scenario.h"

namespace writ::testing {
namespace {

using typed_ir::EntityFacts;
using typed_ir::Holding;
using typed_ir::Register;

const Register* original(const typed_ir::Program& program, const std::string& name) {
  for (const Register& facts : program.registers)
    if (facts.name == name) return &facts;
  return nullptr;
}

bool same(const Holding& a, const Holding& b) { return a.role == b.role && a.args == b.args && a.from == b.from && a.until == b.until; }

/// Whether the test itself says who holds the role: then that is all of it (14.2).
bool stated_by_test(const EntityFacts& now, const EntityFacts& before, typed_ir::RoleId role) {
  return std::any_of(now.holds.begin(), now.holds.end(), [&](const Holding& h) {
    return h.role == role && std::none_of(before.holds.begin(), before.holds.end(), [&](const Holding& b) { return same(h, b); });
  });
}

typed_ir::Instant start_of_tenure(const typed_ir::Schema& schema, const EntityFacts& person) {
  const typed_ir::AttributeId from = schema.entities[person.type].tenure_from;
  const auto fact = from.valid() ? person.attributes.find(from) : person.attributes.end();
  if (fact == person.attributes.end() || fact->second.values.empty()) return typed_ir::kInstantMin;
  return fact->second.values.front().number;
}

bool has_birthrights(const kernel::Kernel& kernel, typed_ir::EntityId type) {
  return std::any_of(kernel.routes.begin(), kernel.routes.end(), [&](const kernel::Route& route) {
    return route.kind == kernel::Route::Kind::Birthright && kernel.roles[route.role].type == type;
  });
}

}  // namespace

Register with_birthrights(const typed_ir::Program& program, const kernel::Kernel& kernel, const interpret::Interpreter& interpreter,
                          const typed_ir::Scenario& scenario) {
  Register facts = scenario.facts;
  const Register* before = original(program, facts.name);
  if (!before) return facts;
  typed_ir::Scenario untouched;
  untouched.facts = *before;
  const Requests requests(program, kernel, untouched, *before);
  for (const auto& [id, person] : before->entities) {
    if (!program.schema.entities[person.type].is_principal() || !has_birthrights(kernel, person.type)) continue;
    const auto found = interpreter.birthrights(requests.person(id, before->as_of));
    if (!found) continue;
    EntityFacts& now = facts.entities.at(id);
    for (const interpret::Birthright& right : *found) {
      if (right.condition.truth != kernel::Truth::True || right.outcome != question::Outcome::Permit) continue;
      if (stated_by_test(now, person, right.role)) continue;
      const bool listed = std::any_of(now.holds.begin(), now.holds.end(), [&](const Holding& h) { return h.role == right.role && h.args == right.args; });
      if (listed) continue;
      Holding holding;
      holding.role = right.role;
      holding.args = right.args;
      holding.from = start_of_tenure(program.schema, person);
      holding.by_birthright = true;
      now.holds.push_back(std::move(holding));
    }
  }
  return facts;
}

}  // namespace writ::testing
