// Requests as the command line meets them: read, decided by the interpreter over the sources, told.
#pragma once

#include <optional>
#include <string>

#include "compiler/driver/session.h"
#include "compiler/interpret/interpret.h"
#include "compiler/report/decision_report.h"

namespace writ::driver {

/// The text of a request, from a file or standard input; nullopt after an error that the sink holds.
std::optional<std::string> read_request(Session& session, const std::string& file);

/// What a request asks, for headlines; empty parts where it does not say.
report::Asked asked_of(const std::string& request);

/// Sentences and places for citations.
interpret::Options interpreter_options(Session& session);

/// Tells a refused request: where in it, and why.
void tell(Session& session, const std::string& request, const interpret::RequestError& error);

}  // namespace writ::driver
