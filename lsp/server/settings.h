// `writ.proofs.*` as the editor sends them. A wrong value keeps the one before and is told.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "lsp/protocol/framing.h"

namespace writ::lsp {

struct Settings {
  enum class Run { OnSave, OnType, Off } run = Run::OnSave;
  std::chrono::milliseconds rest{500};           ///< debounceMs
  std::optional<std::uint64_t> budget;           ///< 0: none of its own
  unsigned threads = 1;
};

/// Takes over what `settings` says under `writ.proofs` (or, where a client sends only its own part, under `proofs`); what is wrong with it,
/// one sentence each.
std::vector<std::string> apply(const Json& settings, Settings& to);

}  // namespace writ::lsp
