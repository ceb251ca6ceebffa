// From a name to what it means and back: definition, references, highlights, rename.
#pragma once

#include <tl/expected.hpp>

#include "lsp/features/view.h"

namespace writ::lsp {

/// The name at a place, and the definitions that it means; at a definition, that one.
struct Named {
  source::Range range;
  std::vector<source::Range> definitions;
};
std::optional<Named> name_at(const Snapshot& snapshot, const Spot& spot);
const check::Definition* definition_at(const Snapshot& snapshot, const source::Range& range);

Json definition(const View& view, const Spot& spot);
enum class Declaration : std::uint8_t { Left, Included };
Json references(const View& view, const Spot& spot, Declaration declaration);
Json highlights(const View& view, const Spot& spot);

/// The range that a rename would replace, or why there is nothing to rename.
tl::expected<source::Range, std::string> renameable(const Snapshot& snapshot, const Spot& spot);
/// Edits in every file. The outcome is checked before it is offered: a rename that changes what any name means is refused.
tl::expected<std::vector<diagnostics::Edit>, std::string> rename(const Snapshot& snapshot, const Spot& spot, const std::string& to);

}  // namespace writ::lsp
