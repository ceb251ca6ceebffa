// What an approver signs (semantics.md 7.3). Internal to the room.
#pragma once

#include <optional>

#include "runtime/authzen/bound.h"
#include "runtime/core/evaluate.h"

namespace writ::authzen {

/// Per chain: its `over` terms, else every resource and input fact read by the accesses of the requirements that ask for it. nullopt: a bundle in
/// which that takes more steps than any honest one.
std::optional<std::vector<std::vector<Index>>> covered_terms(const View& view);

/// "sha256:…"; "" where a value is unknown.
struct Signed {
  core::Status status = core::Status::ok;
  std::string digest;
};
Signed approval_digest(const core::Policy& policy, const Bound& bound, core::Scratch& scratch, std::span<const Index> covered);

}  // namespace writ::authzen
