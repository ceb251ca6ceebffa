// The server on a byte stream. `serve` uses three threads: one reads, one answers (the caller's), one proves; only the answering one writes.
// `serve_in_order` uses none: each message is worked off, checks and proofs included, before the next is read, so that one input gives one
// output, byte for byte.
#pragma once

#include <iosfwd>

#include "lsp/server/server.h"

namespace writ::lsp {

/// The exit code.
int serve(std::istream& in, std::ostream& out, const ServerOptions& options);
int serve_in_order(std::istream& in, std::ostream& out, const ServerOptions& options);

}  // namespace writ::lsp
