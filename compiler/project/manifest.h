// What `writ.toml` says, with every default filled in. Tables and keys are those of docs/command_line.md; a key that is none of them
// is an error that names the nearest one, because a misspelt `require` must not silently require nothing. Plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "compiler/diagnostics/diagnostics.h"
#include "compiler/source/source.h"

namespace writ::project {

/// `accept`: an approval written in a file counts as the record of it; `require`: only a signed record does.
enum class Marks : std::uint8_t { Accept, Require };

struct Manifest {
  std::string name;
  std::string version = "0";
  std::string edition = "2026";
  std::vector<std::string> sources = {"**/*.writ"};
  std::vector<std::string> exclude;
  std::string out = "build";                      ///< folder, relative to the project
  std::int64_t epoch = 0;
  std::optional<std::int64_t> not_before;         ///< milliseconds UTC
  std::optional<std::int64_t> not_after;
  std::vector<std::string> required_obligations;  ///< [build] require
  std::vector<std::string> obligations;           ///< [prove] obligations; empty: all
  std::optional<std::uint64_t> budget;
  std::uint32_t threads = 1;
  Marks marks = Marks::Require;
  std::vector<diagnostics::Code> deny;
  std::vector<diagnostics::Code> allow;
  std::optional<std::string> baseline;            ///< file of accepted findings
};

/// nullopt after an error. `fallback_name` is the project's name where the file gives none.
std::optional<Manifest> read_manifest(const source::SourceSet& sources, source::FileId file, std::string fallback_name,
                                      diagnostics::Sink& sink);

}  // namespace writ::project
