// Warrants: what must be presented before an act (section 7). Each has two values, met and obtainable. The digest that an approver signs:
//   sha256 of the canonical JSON {"question": "perform"|"assign", "persons": ["Employee/ada", …] (sorted, local type), "action": name,
//   "resource": "Invoice/i" | null, "role": name | null, "args": {param: text}, "from": …, "until": …, "over": {"resource.total": text}}
// with the text of a value as typed_ir prints it, "none" for absent; "over" as 7.3 says.
#pragma once

#include "compiler/interpret/world.h"

namespace writ::interpret {

struct WarrantVerdict {
  Judged met;
  Judged obtainable;
  std::vector<question::Missing> missing;  ///< unmet steps; `requirement` left to the caller
};
WarrantVerdict judge_warrant(const World& world, const kernel::Warrant& warrant, const Scene& scene);

/// 7.3; "" where a value that it covers is unknown. `over` replaces values by path.
std::string digest_of(const World& world, kernel::ChainId chain, const Scene& scene, const std::map<std::string, std::string>& over = {});
/// What `over` covers by default or as written: path and its value's text; nullopt where unknown.
std::map<std::string, std::optional<std::string>> covered(const World& world, kernel::ChainId chain, const Scene& scene);

/// When the first of these goes stale, or becomes fresh.
Instant covered_until(const World& world, kernel::ChainId chain, const Scene& scene);

/// A value as it stands in digests.
std::string digest_text(const Schema& schema, const Evaluated& value);

}  // namespace writ::interpret
