// The outcome of one `perform` as formulas (semantics.md 11.1, 11.2): G, R, R⁺, the four outcomes, valid until. The request is symbolic: a subject with
// holdings, a path of one hop (or a person who runs a workload), a resource, a context, an input, a history per rule, warrants.
#pragma once

#include <set>

#include "compiler/verify/encode/approvals.h"
#include "compiler/verify/encode/holdings.h"
#include "compiler/verify/encode/standing.h"

namespace writ::verify {

/// Who asks for what. Entities with group 0 are shared by all acts of a question.
struct Act {
  std::string name;                         ///< "1", "2": prefixes what is not shared
  kernel::ActionId action;
  Entity subject;
  std::optional<Entity> initiator;          ///< a person who runs the workload `subject`
  std::optional<Entity> resource, input;
  Entity context;
  std::vector<Entity> bystanders = {};      ///< workloads whose records the request carries, too
};
/// An act of `subject` with its own resource, context and input; `context_name` differs from `name` only under a planted bug.
Act make_act(World& world, const std::string& name, kernel::ActionId action, const Entity& subject, std::optional<Entity> initiator = {});

/// Forms left out of the policy.
struct Without {
  std::set<kernel::GrantId> grants;
  std::set<kernel::RestrictionId> restrictions;
  std::set<kernel::LiftId> lifts;
};

struct RestrictionValue {
  Kleene pattern;                           ///< now >= from and the pattern, some instance
  Kleene restricts, relaxed;                ///< not lifted; not lifted even by warrants that could be got
};

struct Outcome {
  Kleene granted, restricted, relaxed;      ///< G, R, R⁺
  Term permit, pending, deny, indeterminate;
  Term valid_until;                         ///< the decision claims to hold beyond `later`
  std::map<kernel::GrantId, Kleene> grants;
  std::map<kernel::RestrictionId, RestrictionValue> restrictions;
  std::map<kernel::LiftId, Term> used;      ///< true, and some instance that it lifts is not false
  std::map<kernel::LiftId, Kleene> selects; ///< of some instance, whatever the time
  std::map<kernel::ObligationId, Kleene> obligations;
};

class DecisionEncoder {
 public:
  DecisionEncoder(View& view, Holdings& holdings, const Act& act, Without without = {})
      : view_(view), holdings_(holdings), act_(act), without_(std::move(without)) {}

  Outcome encode();
  /// Conditions about this act, `principal` being the subject.
  Environment environment(const Entity& principal);
  Kleene grant(kernel::GrantId id);

 private:
  struct Instance {
    Entity person;
    Kleene pattern;
    std::function<Kleene(const kernel::Lift&)> within = {};   ///< standing: it lies within what the lift is confined to
    bool nobody = false;                   ///< of somebody whom nobody knows; `person` then stands for nobody
    std::vector<Entity> together = {};     ///< of all these people and whoever else is on the path, not of `person` alone
  };

  const Logic& logic() const { return view_.logic(); }
  smt::Terms& terms() const { return view_.world().terms(); }
  const kernel::Kernel& kernel() const { return view_.world().kernel(); }

  std::vector<Entity> members() const;
  /// `until`: no owner that was read goes stale or becomes fresh.
  struct Persons {
    std::vector<Entity> all;
    Term incomplete, until;
    bool open = false;                     ///< and the members of a set, who are not encoded
  };
  Persons effective_persons();
  Kleene matches(const kernel::Access& access, const Entity& member);
  Kleene matches_any(const std::vector<kernel::Access>& accesses, const Entity& member);
  bool granted_by(const kernel::RoleUse& role) const;
  Kleene present_act(const kernel::Side& side);
  std::vector<Instance> instances(const kernel::Restriction& r);
  std::vector<Instance> act_instances(const kernel::Restriction& r);
  std::vector<Instance> object_instances(const kernel::Restriction& r);
  std::vector<Instance> use_instances(const kernel::Restriction& r);
  std::vector<Instance> people_instances(const kernel::Restriction& r);
  std::vector<LiveRole> roles_of(const Entity& person, const std::set<kernel::RoleId>& giving, Complete& complete);
  Term is_owner(const Entity& person, const Entity& workload);
  Kleene present(const Persons& persons, const Entity& person) const;
  Kleene somebody_else(const Persons& persons) const;
  /// Whether the act carries a key of the rule's kind; `unknown`: which nobody knows.
  struct Key {
    Kleene bound;
    Term unknown, until;
    bool several = false;                  ///< a set of them
    bool otherwise = false;                ///< perhaps another object than the plain reading's, with a history of its own
  };
  Key key_of_act(const kernel::Restriction& r);
  bool reads_otherwise(kernel::TermId path) const;
  Kleene another_history(const kernel::Restriction& r);
  enum class Now : std::uint8_t { Included, Left };
  struct Past { Kleene seen, unseen; Term dated, time; };
  Past event(const kernel::Restriction& r, kernel::ActionId action, const Entity& person, Term key_unknown);
  std::vector<Past> listed(const kernel::Restriction& r, const kernel::Side& side, const Entity& person, Term key_unknown);
  Kleene chain(const std::vector<std::vector<Past>>& sides, std::size_t length, std::size_t end, const Past* later);
  Kleene earlier(const kernel::Restriction& r, const kernel::SideElement& e, const Entity& person, Term key_unknown);
  Kleene side_done(const kernel::Restriction& r, const kernel::Side& side, const Entity& person, Term key_unknown, Now now);
  Kleene ordered(const kernel::Restriction& r, const Entity& person, Term key_unknown);
  RestrictionValue restriction(kernel::RestrictionId id, Outcome& out);
  Kleene lift(const kernel::Lift& l, const Instance& instance);
  Kleene selected(const kernel::Lift& l, const Instance& instance);
  Kleene selects(const kernel::Lift& l, const Entity& person);
  ChainValue warrant(const kernel::Lift& l);
  ChainValue approval(kernel::ChainId chain);
  Denoted open_scope(kernel::EnumId dimension);
  Kleene lies_at(const Meeting& meeting);
  Kleene scope_lies_in(kernel::EnumId dimension, const std::vector<std::uint32_t>& values);
  std::optional<Denoted> scope_in(kernel::EnumId dimension);
  void finish(Outcome& out);

  View& view_;
  Holdings& holdings_;
  const Act& act_;
  Without without_;
  std::map<kernel::ChainId, ChainValue> approvals_;   ///< a chain required twice is asked once
};

}  // namespace writ::verify
