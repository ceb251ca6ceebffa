// The holdings that a request lists for its subject, as formulas: per role a few slots, each listed or not, with arguments, start, end and route, and
// whether the list is complete. Shared by all requests of one question. Owners of workloads have holdings of their own, reached through the subject's.
#pragma once

#include <memory>

#include "compiler/verify/encode/standing.h"

namespace writ::verify {

struct Slot {
  std::string path;                ///< "held:firm.payer" , "held:firm.payer#1"
  kernel::RoleId role;
  std::vector<Denoted> args;
  Term listed;
  Denoted from;                    ///< Time
  Denoted until;                   ///< Time?, absent: no end
  Term by_birthright, route_known;
  Term rests;                      ///< on `rests_on`, where the question has one
};

class Holdings {
 public:
  Holdings(World& world, Entity person) : world_(world), person_(std::move(person)) {
    complete_ = world.terms().boolean(person_.path + ".held!complete");
    world.known_if_complete(complete_);
  }

  const Entity& person() const { return person_; }
  /// The holdings of another person of the request (an owner); himself: these.
  Holdings& of(const Entity& person);
  const std::map<std::string, std::unique_ptr<Holdings>>& others() const { return others_; }
  /// A workload that the person lists as his besides those that act, one of a type.
  const Entity& robot(kernel::EntityId type);
  const std::map<kernel::EntityId, Entity>& robots() const { return robots_; }
  /// T if what he owns is all listed; unset while nobody asked.
  Term owned_complete() const { return owned_complete_; }
  /// Persons with one id hold the same, those of other holdings too. Call after encoding, before solving.
  void link(const std::vector<Holdings*>& also = {});
  Term complete() const { return complete_; }
  /// How many holdings of one template role may be listed: two, unless the question needs more. Call before the first slot is made.
  void provide(unsigned templates) { templates_ = templates; }
  unsigned templates() const { return templates_; }
  /// Created at the first call: one slot for a role without parameters, `templates` for one with.
  const std::vector<Slot>& slots(kernel::RoleId role);
  const std::map<kernel::RoleId, std::vector<Slot>>& all() const { return slots_; }
  /// From now on, slots may rest on this lift (expiry).
  void may_rest_on(kernel::LiftId lift) { rests_on_ = lift; }
  kernel::LiftId rests_on() const { return rests_on_; }

  Kleene live(View& view, const Slot& slot);
  /// Live, and the holder eligible.
  Kleene effective(View& view, const Slot& slot);
  Environment environment(const Slot& slot) const;
  std::vector<LiveRole> live_roles(View& view, const std::vector<kernel::RoleId>& roles);
  /// Whether this view sees what he owns.
  Term keeps_owned(View& view) const { return view.keeps(person_.path + ".owned"); }
  /// T if the list is complete as this view sees it.
  Term complete_in(View& view) const { return world_.terms().conjunction(complete_, view.keeps("held")); }
  Kleene holds(View& view, kernel::RoleId role, const std::vector<Denoted>& args);

 private:
  Kleene tenure(View& view, const Slot& slot);
  void link(Holdings& other);

  World& world_;
  Entity person_;
  Term complete_, owned_complete_;
  unsigned templates_ = 2;
  std::map<kernel::EntityId, Entity> robots_;
  kernel::LiftId rests_on_;
  std::map<kernel::RoleId, std::vector<Slot>> slots_;
  std::map<std::string, std::unique_ptr<Holdings>> others_;
};

}  // namespace writ::verify
