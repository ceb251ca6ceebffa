// Standing rules as formulas (6.2 to 6.4): given the roles that a person holds live, whether some side is possible for him in a scope value, and
// whether a rule is broken in it. Capabilities come from the kernel with their quantifiers already eliminated.
#pragma once

#include "compiler/verify/encode/conditions.h"

namespace writ::verify {

/// A role held with arguments; `live` says how surely.
struct LiveRole {
  kernel::RoleId role;
  std::vector<Denoted> args;
  Kleene live;
};

/// One instance of a standing rule: a value of the joined dimension (none: no join), and whether the rule is broken there.
struct StandingInstance {
  std::optional<std::uint32_t> value;      ///< ordinal of the first joined dimension; unset for open dimensions and without a join
  std::optional<Denoted> scope;            ///< open dimensions: the value as a term
  std::vector<Kleene> sides;
  Kleene broken;
};

class Standing {
 public:
  /// `complete`: these are all of his roles; unset: they are.
  Standing(View& view, const Entity& person, std::vector<LiveRole> roles, Term complete = {})
      : view_(view), person_(person), roles_(std::move(roles)), complete_(complete) {}

  std::vector<StandingInstance> instances(const kernel::Restriction& rule);
  /// Broken in some instance.
  Kleene broken(const kernel::Restriction& rule);
  /// The side in the value `v` of `dimension` (both unset: anywhere).
  Kleene side(const kernel::Side& side, kernel::EnumId dimension, const std::optional<Denoted>& v);

 private:
  const Logic& logic() const { return view_.logic(); }
  World& world() const { return view_.world(); }
  Kleene element(const kernel::SideElement& element, const kernel::Side& side, kernel::EnumId dimension, const std::optional<Denoted>& v);
  Kleene capability(const kernel::Capability& c, const LiveRole& held, const kernel::Side& side, kernel::EnumId dimension, const std::optional<Denoted>& v);
  Kleene holding(const kernel::RoleUse& role, kernel::EnumId dimension, const std::optional<Denoted>& v);
  Kleene scope_meets(const Denoted& scope, kernel::EnumId own, kernel::EnumId dimension, const Denoted& v);
  Kleene cut(const kernel::Side& side, const Denoted& w);
  Denoted value_of(kernel::EnumId dimension, std::uint32_t ordinal);

  View& view_;
  Entity person_;
  std::vector<LiveRole> roles_;
  Term complete_;
};

}  // namespace writ::verify
