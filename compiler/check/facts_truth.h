// What a register says about a person, in three values: only to judge approvals that are written in source (semantics.md 8.4) before any
// evaluator runs. Whatever it cannot decide is Unknown, never a guess. Reads the program and one register; both must outlive it.
#pragma once

#include "compiler/check/context.h"

namespace writ::check {

enum class Fact : std::uint8_t { No, Unknown, Yes };

class RegisterTruth {
 public:
  RegisterTruth(const typed_ir::Program& program, const typed_ir::Register& facts) : program_(program), facts_(facts) {}

  const typed_ir::EntityFacts* find(const std::string& id) const;
  /// The condition of `person` at an instant; `parameters` in order, where it has any.
  Fact holds(CondId cond, const typed_ir::EntityFacts& person, Instant now, const ValueSet& parameters = {}) const;
  /// A live holding of the role, of one that extends it, or a birthright to it. `within`: a value that some argument must cover; of no
  /// dimension (Bool): any arguments do.
  Fact has_role(const std::string& person, RoleId role, const std::optional<Value>& within, Instant now) const;
  /// Whether `below` has `above` among his managers, at any distance.
  Fact is_below(const std::string& below, const std::string& above) const;
  Fact in_tenure(const typed_ir::EntityFacts& person, Instant now) const;
  /// The person at the end of a path over `principal`, if the facts name him; an absent or unknown one is nullopt.
  std::optional<std::string> person_at(TermId path, const typed_ir::EntityFacts& person) const;

 private:
  const typed_ir::Program& program_;
  const typed_ir::Register& facts_;
};

}  // namespace writ::check
