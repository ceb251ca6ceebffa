// Claims about a register: a person of the question is one of those that the register lists, with exactly his facts and holdings. Resources, contexts
// and instants stay free.
#pragma once

#include <tl/expected.hpp>

#include "compiler/interpret/request.h"
#include "compiler/verify/engines/question.h"

namespace writ::verify {

/// One entry of Options::population, read.
using Inhabitant = interpret::Request;
/// Those of the type, in the order of the population.
std::vector<const Inhabitant*> of_type(const std::vector<Inhabitant>& population, kernel::EntityId type);
std::vector<Inhabitant> read_population(const kernel::Kernel& kernel, const std::vector<std::string>& requests);

/// Requires that `person` is him. Call when everything that is asked about the person is encoded. Fails with what the encoding does not say.
tl::expected<void, std::string> confine(Question& question, const Entity& person, Holdings& holdings, const Inhabitant& him);

}  // namespace writ::verify
