// What questions about two decisions at once share: their witness, its story, and whether there is anything to decide.
#pragma once

#include "compiler/verify/engines/scene.h"

namespace writ::verify {

/// Some request that one of the actions permits or leaves pending: without one a proof says nothing.
bool can_be_allowed(const Settings& settings, const std::vector<kernel::ActionId>& actions);

Witness pair(WitnessKind kind, std::vector<AskedRequest> requests, std::vector<StoryLine> story);
/// The first story, a line `between`, the second.
std::vector<StoryLine> joined(std::vector<StoryLine> first, std::string between, std::vector<StoryLine> second);

}  // namespace writ::verify
