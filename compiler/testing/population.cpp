// Everybody whom the registers of facts list, as the prover asks for them.
#include "compiler/testing/scenario.h"

namespace writ::testing {

std::vector<std::string> population(const typed_ir::Program& program, const kernel::Kernel& kernel) {
  const interpret::Interpreter interpreter(kernel);
  std::vector<std::string> all;
  for (const typed_ir::Register& facts : program.registers) {
    typed_ir::Scenario nothing_said;
    nothing_said.facts = facts;
    const typed_ir::Register whole = with_birthrights(program, kernel, interpreter, nothing_said);
    const Requests requests(program, kernel, nothing_said, whole);
    for (const auto& [id, entity] : whole.entities)
      if (program.schema.entities[entity.type].is_principal()) all.push_back(json::canonical(requests.person(id, facts.as_of)));
  }
  return all;
}

}  // namespace writ::testing
