// Chains of approvals against the records presented (7.2–7.5): who fits a party, in which capacity, how independent, how long it counts.
#pragma once

#include "compiler/interpret/warrants.h"

namespace writ::interpret {

WarrantVerdict judge_chain(const World& world, kernel::ChainId chain, const Scene& scene);

/// The persons whom the request is for: the effective persons of the path, and for an assignment the assignee.
std::vector<Key> requesters(const World& world, const Scene& scene);

/// 7.4: nobody behind this record is possibly a requester, below one, or in a delegation with one.
Judged independent(const World& world, const Approval& record, const Scene& scene);

/// The approver effectively holds the party's role at the time of approval, within the scope asked for (7.3); other parties: he is the person.
Judged fits_party(const World& world, const kernel::Party& party, const Approval& record, const Scene& scene);

}  // namespace writ::interpret
