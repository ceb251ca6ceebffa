// The bundle of a generated policy, written in memory and asked no proofs.
#pragma once

#include "bench/inputs/compiled.h"
#include "compiler/emit/emit.h"
#include "compiler/lower/lower.h"

namespace writ::bench {

inline std::string bytes_of(const std::vector<PolicyFile>& files) { return emit::to_bytes(lower::lower(*Compiled(files).all().kernel, {})); }

}  // namespace writ::bench
