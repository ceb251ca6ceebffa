// Rules on objects and history (6.6–6.8): instances of Object and People restrictions for the present act.
#pragma once

#include "compiler/interpret/lifts.h"

namespace writ::interpret {

/// Whether the present act is in an access (1.1, 4.3), `principal` being `member`; `member` none: someone on the path whom nobody knows.
Judged act_in(const World& world, const kernel::Access& access, const std::optional<Key>& member, const Scene& scene);
/// The same for the path as a whole: any member.
Judged act_in(const World& world, const kernel::Access& access, const Persons& persons, const Scene& scene);

/// 6.6: the history holds everything that the rule may ask for, since the start of its window.
Judged history_complete(const World& world, const kernel::Restriction& rule, const Scene& scene);

/// `now >= from` (T where the rule has always been in force).
Judged in_force_since(const kernel::Restriction& rule, const Scene& scene);

std::vector<Instance> object_instances(const World& world, RestrictionId rule, const Persons& persons, const Scene& scene);
std::vector<Instance> people_instances(const World& world, RestrictionId rule, const Persons& persons, const Scene& scene);

}  // namespace writ::interpret
