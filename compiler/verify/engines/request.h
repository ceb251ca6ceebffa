// A model as a request in the AuthZEN shape (interfaces.md), and as the data that a story tells. Only what the model says is known is written.
#pragma once

#include "compiler/verify/engines/question.h"

namespace writ::verify {

/// `view` says which facts this reading keeps and what `now` is.
std::string request_json(Question& question, Holdings& holdings, const Act& act, View& view);
/// A person and what he holds, for `standing`: {"subject": …, "time": …}, with one listed holding per live role.
struct HeldRole {
  kernel::RoleId role;
  std::vector<Denoted> args;
};
std::string standing_json(Question& question, const Entity& person, const std::vector<HeldRole>& roles);

/// "principal.department = AP", "… is absent", "… is not known".
std::string fact_text(Question& question, const std::string& name, const Fact& fact);
/// "resource.amount = 10000.01 EUR": the facts that the view knows in the model, sorted.
std::vector<std::string> known_facts(Question& question, View& view, const std::string& act_name);
std::string value_text(Question& question, const typed_ir::Type& type, Term value, Term currency);
std::string id_text(Question& question, const Entity& entity);

}  // namespace writ::verify
