// Decision IR → deterministic bytes (docs/bundle_format.md), and back for whoever prints them. No wall clock, no machine: same tables, same
// bytes.
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "compiler/decision_ir/tables.h"

namespace writ::emit {

std::string to_bytes(const decision_ir::Tables& tables);

/// Reads a bundle that the runtime's validator accepts; the error is a sentence. Reading checks header, directory and sizes itself, so any
/// bytes are safe to give it.
tl::expected<decision_ir::Tables, std::string> from_bytes(std::string_view bytes);

/// "sha256:…" of the bytes: the bundle's identity.
std::string digest(std::string_view bytes);

}  // namespace writ::emit
