// Standing rules as formulas (6.2 to 6.4): given the roles that a person holds live, whether some side is possible for him where sides meet, and
// whether a rule is broken there. Capabilities come from the kernel with their quantifiers already eliminated.
#pragma once

#include <functional>
#include <memory>

#include "compiler/verify/encode/conditions.h"

namespace writ::verify {

/// A role held with arguments; `live` says how surely.
struct LiveRole {
  kernel::RoleId role;
  std::vector<Denoted> args;
  Kleene live;
  std::optional<Entity> by = {};           ///< a workload of his that holds it (6.2); unset: he himself
};

/// What could hide something that he can do: T where it is all there.
struct Complete {
  Term held = {};                          ///< unset: these are all of his roles
  Term owned = {};                         ///< his workloads, and what they hold; unset: these are all
};

/// A value of one joined dimension. `ordinal` is set for closed dimensions; of an open one the value is a term.
struct Joined {
  kernel::EnumId dimension;
  std::optional<std::uint32_t> ordinal;
  Denoted value;
  std::optional<std::size_t> scope{};      ///< which scope of a capability says where; unset: the one at its own place in the meeting
};
/// Where sides meet: one value per joined dimension; empty: no join.
using Meeting = std::vector<Joined>;

/// One instance of a standing rule, and whether the rule is broken there.
struct StandingInstance {
  Meeting at;
  std::optional<Meeting> other;            ///< `across`: where the second side lies
  std::vector<Kleene> sides;
  Kleene broken;
};

class Standing {
 public:
  Standing(View& view, const Entity& person, std::vector<LiveRole> roles, Complete complete = {})
      : view_(view), person_(person), roles_(std::move(roles)), complete_(complete) {}

  /// `open`: the value of an open dimension; unset: any.
  using OpenValue = std::function<Denoted(kernel::EnumId)>;
  std::vector<StandingInstance> instances(const kernel::Restriction& rule, const OpenValue& open = {});
  /// Broken in some instance.
  Kleene broken(const kernel::Restriction& rule);
  Kleene side(const kernel::Side& side, const Meeting& at);
  /// 6.9, rules without a join: he can do no side outside what the lift is confined to.
  Kleene only_inside(const kernel::Restriction& rule, const kernel::Lift& lift);
  /// 6.9: the instance lies within what the lift is confined to.
  Kleene within(const StandingInstance& instance, const kernel::Lift& lift);

 private:
  using Scopes = std::vector<std::optional<Denoted>>;

  const Logic& logic() const { return view_.logic(); }
  World& world() const { return view_.world(); }
  std::vector<Denoted> values(kernel::EnumId dimension, const Meeting& at, std::size_t position);
  Kleene element(const kernel::SideElement& element, const kernel::Side& side, const Meeting& at);
  Kleene unlisted(const kernel::SideElement& element);
  const Entity& holder(const LiveRole& held) const { return held.by ? *held.by : person_; }
  Kleene capability(const kernel::Capability& c, const LiveRole& held, const Meeting& at);
  void scopes(const kernel::Capability& c, const Meeting& at, Scopes& chosen, const std::function<void()>& use);
  Kleene lies_at(kernel::EnumId dimension, const std::optional<Denoted>& w, const Joined& joined);
  Kleene holding(const kernel::RoleUse& role, const kernel::Side& side, const Meeting& at);
  Kleene role_scope(const kernel::Role& role, const Denoted& scope, const kernel::Side& side, const Meeting& at);
  Kleene within(const Meeting& at, const kernel::Lift& lift);
  std::vector<Meeting> meetings(const kernel::Restriction& rule, const OpenValue& open);
  Joined joined(kernel::EnumId dimension, std::uint32_t ordinal);
  Denoted value_of(kernel::EnumId dimension, std::uint32_t ordinal);

  View& view_;
  Entity person_;
  std::vector<LiveRole> roles_;
  Complete complete_;
};

/// The attributes that say who answers for a workload or an agent (4.3).
std::vector<kernel::AttributeId> owners_of(const kernel::Kernel& kernel, kernel::EntityId type);
/// Whether persons of that type may own such workloads.
bool may_own(const kernel::Kernel& kernel, kernel::EntityId person, kernel::EntityId type);

}  // namespace writ::verify
