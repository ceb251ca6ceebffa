// One evaluation: the bundle, the request, and everything that semantics.md says of them, section by section. Lives for one call of
// evaluate(). Internal; the files that implement it are named after the sections' subjects.
#pragma once

#include <optional>

#include "runtime/core/evaluate.h"
#include "runtime/core/explain.h"
#include "runtime/core/scene.h"

namespace writ::core {

class Evaluation {
 public:
  Evaluation(const Policy& policy, const Request& request, Scratch& scratch, Tell tell);

  Evaluated perform();
  TermValue value_of(Index term);
  Requesters who_asks();
  Status status() const {
    if (status_ != Status::ok) return status_;
    return arena_.full() ? Status::scratch_too_small : work_ > kMaxWork ? Status::too_costly : Status::ok;
  }

 private:
  friend class Chains;
  friend class Ledger;
  friend class Telling;

  // The request (evaluation.cpp).
  Status check() const;
  bool spend(std::uint32_t steps = 1) {
    work_ += steps;
    return work_ <= kMaxWork && !arena_.full();
  }
  const Record* find(const Key& key) const;
  bool human(Index type) const;
  std::uint32_t fresh_epoch() { return ++scratch_.epoch_; }
  std::span<const Index> list(layout::Span span) const { return {view_.indices.data + span.begin, span.count}; }
  Why word(Word w, Reason reason) { return leaves_.of(w, reason); }
  Judged unknown_word(Word w, Reason reason, Instant horizon = kForever) { return unknown(word(w, reason), horizon); }
  Why dimension_leaf(Index dimension);
  Judged before(Instant now, Instant t);
  Judged not_before(Instant now, Instant t) { return !before(now, t); }

  // Values (terms.cpp).
  Result value(Index term, const Scene& scene);
  std::optional<Value> plain(Index term, const Scene& scene) const;
  static const Record* rooted(const layout::Term& term, const Scene& scene);
  Result attribute(const Record& record, Index attribute, const UnknownFact& name, const Scene& scene);
  void keep_fresh(Result& result, std::int64_t within, Instant as_of, const UnknownFact& name, const Scene& scene);
  Result literal(Index value) const;
  Result set_literal(const layout::Term& term, const Scene& scene);
  Result root(const layout::Term& term, const Scene& scene);
  Result entity(const Record* record, Word name);
  Result attribute_of(Index id, const layout::Term& term, const Scene& scene);
  Result roll_up(const layout::Term& term, const Scene& scene);
  Result rolled_set(const Result& set, Index from, Index to);
  Result sum(const layout::Term& term, const Scene& scene);
  Result scaled(const layout::Term& term, const Scene& scene);
  Result otherwise(const layout::Term& term, const Scene& scene);
  Result missing(const UnknownFact& name, Reason reason);
  Result missing(Word name, Reason reason);
  Result out_of_range(Index term);
  bool is_set(Index term) const { return (view_.types[view_.terms[term].type].flags & layout::kTypeSet) != 0; }

  // Dimensions (dimensions.cpp).
  bool rolls_up(Index from, Index to) const;
  std::uint32_t image(Index from, const Value& value, Index to) const;
  Judged lies_in(Index dimension, const Value& value, Index in_dimension, const Value& in);
  Index scope_attribute(Index entity, Index dimension) const;
  Result act_scope(Index dimension, const Scene& scene, Index& of);

  // Conditions (conditions.cpp, sets.cpp).
  Judged judge(Index cond, const Scene& scene);
  Judged judge_node(Index cond, const Scene& scene);
  Judged judge_once(const layout::Cond& cond, const Scene& scene);
  Judged judge_parts(const layout::Cond& cond, const Scene& scene);
  Judged judge_atom(const layout::Cond& cond, const Scene& scene);
  Judged fact(const layout::Cond& cond, const Scene& scene);
  std::optional<Judged> plain_comparison(const layout::Cond& cond, const Scene& scene) const;
  Judged comparison(const layout::Cond& cond, const Result& a, const Result& b, const Scene& scene);
  Judged threshold(const layout::Cond& cond, const Result& amount, const Scene& scene);
  Judged affix(const layout::Cond& cond, const Result& a, const Result& b);
  Judged compare(const Result& a, const Result& b, bool or_equal, const Scene& scene);
  Judged equal(const Result& a, const Result& b, const Scene& scene);
  Judged linear_before(std::int64_t k, __int128 m, Instant now);
  Judged undecided(const Result& a, const Result& b);
  Why currencies(Index term);
  Truth same(const Value& a, const Value& b) const;
  Truth contains(std::span<const Value> set, const Value& value);
  Truth element_of(const Value& value, const Result& set);
  Truth covered(const Result& a, const Result& b);
  Judged of_sets(Truth truth, const Result& a, const Result& b);
  Judged membership(const Result& element, const Result& set);
  Judged subset(const Result& a, const Result& b);
  Judged same_set(const Result& a, const Result& b);
  Judged overlap(const Result& a, const Result& b);
  Judged under(const Result& a, const Result& b);
  Judged is_empty(const Result& set);

  // Persons (persons.cpp).
  Persons persons_of(std::span<const Hop> path, const Scene& scene);
  void add_owners(const Hop& hop, const Scene& scene, List<Person>& effective, Persons& all);
  void add_owner(const Hop& hop, Index attribute, const Scene& scene, List<Person>& effective, Persons& all);
  bool has_unattested_hop() const;
  Persons present_persons(const Scene& scene);
  Truth same_person(const Key& a, const Key& b) const;
  Scene present() const;

  // Holdings (holdings.cpp).
  Why held_leaf(const Record* person);
  Judged tenure(const Record& person, Instant start, const Scene& scene);
  void tenure_bound(const Record& person, Index attribute, bool first, Instant start, const Scene& scene, All& all);
  Judged cap(const Held& held, const Scene& scene);
  Judged rests(const Record& person, const Held& held, const Scene& scene);
  Judged part(HoldingPart of, const Record& person, const Held& held, const Scene& scene);
  Judged live(const Record& person, const Held& held, const Scene& scene);
  Judged effective(const Record& person, const Held& held, const Scene& own);
  Judged holds(const layout::Cond& cond, const Scene& scene);
  bool type_fits(Index role, const Key& key) const;

  // Grants (grants.cpp).
  const RoleGrants* grants_of(Index role) const;
  bool covers(const layout::Grant& grant, const Record& person) const;
  void judge_grants();
  std::span<const Held> holdings_of(Index role, const Record& person) const;
  Judged by_holdings(const layout::Grant& grant, const Record& person, std::span<const Held> held, const Scene& scene);
  Judged unlisted_grant(const layout::Grant& grant, const Record& person, const Scene& scene);
  void add_verdict(Index grant, const Judged& judged, Any& any);
  Judged any_grant(const Record* person);
  std::span<const Index> grants() const { return list(view_.actions[request_.action].grants); }
  Judged rights_of_path();

  // Acts (acts.cpp).
  bool lists(const layout::Access& access, Index action) const;
  Judged in_force_since(const layout::Restriction& rule);
  bool lists_act(Index access);
  Judged act_by(Index access, const Person* member, const Scene& scene);
  Judged act_in(Index access);
  Judged act_in_once(Index access);
  Judged act_in_any(layout::Span accesses);
  Judged act_in_side(const layout::Side& side);
  Judged act_in_sides(const layout::Restriction& rule);
  void act_instances(Index rule);
  void conclude(Instance& instance);
  void conclude_false(const Judged& rho);
  void report(const Instance& instance, const Judged& restricts);
  void report_unenforced();

  // Objects and history (objects.cpp, people.cpp).
  Judged history_complete(const layout::Restriction& rule);
  const Persons& event_persons(std::size_t event);
  void object_instances(Index rule, bool people);

  // Standing rules at use (standing.cpp, sides.cpp).
  void use_instances(Index rule);
  const Holder& holder(std::size_t effective_person);
  Values values_of(Index dimension, const Holder& holder);
  Judged in_side(const layout::Side& side);
  Judged lies_in_or_unknown(Index dimension, const Value* w, const PlaceValue& in);
  Judged lies_at(Index dimension, const Value* w, Place place, const layout::Side& side);
  Judged can(const Holder& holder, const layout::Side& side, Place place);
  void by_grants(const layout::SideElement& e, const Entry& entry, const Holder& holder, Place place, Any& any);
  void by_capability(const layout::Capability& c, const Entry& entry, const Holder& holder, Place place, Any& any);
  void by_role(const layout::RoleUse& wanted, const layout::Side& side, const Entry& entry, Place place, Any& any);
  Judged role_scope(Index scope, const layout::Side& side, const Scene& own, Place place);
  void by_access(const layout::SideElement& e, const layout::Side& side, const Holder& holder, Place place, Any& any);
  void unlisted(const layout::SideElement& e, const Holder& holder, Any& any);
  bool owns(const Record& owner, const Record& record) const;
  bool owned_by(Index type, Index owner) const;
  std::span<const Index> owners_of(Index type) const;
  std::uint32_t scope_confined(const layout::Restriction& rule, Index dimension);
  Judged can_outside(const Holder& holder, const layout::Restriction& rule, const layout::Lift& lift);
  Judged act_at(Place place);
  Judged standing_rho(const Holder& holder, const layout::Restriction& rule, const Instance& spot);

  // Lifts (lifts.cpp).
  void judge_lifts(Instance& instance);
  Judged selects(const layout::Lift& lift, const Instance& instance);
  Judged selects_person(const layout::Lift& lift, const Person& person);
  Judged selects_persons(const layout::Lift& lift, const Instance& instance);
  Judged selects_place(const layout::Lift& lift, const Instance& instance);
  Judged selects_object(const layout::Lift& lift, const Instance& instance);
  Judged lies_within(const layout::Lift& lift, Index dimension, const Value& value);
  Judged resource_within(const layout::Lift& lift);
  Judged in_force(const layout::Lift& lift, const Key* person, Instant now);
  Judged control_in_force(Index control, const Key* person, Instant now);
  Judged monitored(const ControlState& state, const Key* person);
  void judge_warrant(const layout::Lift& lift, Index id, LiftVerdict& verdict, List<Missing>* missing);

  // The answer (decide.cpp, tell.cpp).
  Outcome outcome() const;
  Instant valid_until(Outcome outcome) const;
  Instant capped_until(Instant until) const;
  void judge_act();
  void judge_restriction(Index rule);
  bool reads_history() const;

  const Policy& policy_;
  const View& view_;
  const Request& request_;
  Scratch& scratch_;
  Arena arena_;
  Leaves leaves_;
  std::span<Memo> memo_;                   ///< of conditions
  std::span<Memo> acts_;                   ///< of accesses: the present act is in them
  std::uint32_t act_epoch_ = 0;
  Status status_ = Status::ok;
  std::uint64_t work_ = 0;

  Scene now_;                              ///< the present act, its subject as principal
  Persons persons_;                        ///< of the request's path
  std::span<Scene> member_scenes_;         ///< the present act with each member of the path as principal
  std::span<Holder*> holders_;             ///< of the effective persons, made when first asked for
  std::span<Persons*> event_persons_;      ///< of the events, likewise
  const Holder* holder_ = nullptr;         ///< of the instance whose lifts are judged
  Judged g_, r_, r_plus_;
  Any r_any_, r_plus_any_;
  Verdict* verdicts_ = nullptr;
  Instance* instances_ = nullptr;
  bool assumed_ = false;                   ///< rules are looked at as if they were enforced
  List<Finding> findings_;
};

}  // namespace writ::core
