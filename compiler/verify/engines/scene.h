// A symbolic request ready to be asked about: one subject type, one way to act (himself, or a person who runs the workload), one action. Questions
// about every request are asked scene by scene.
#pragma once

#include <functional>
#include <set>

#include "compiler/verify/engines/engines.h"
#include "compiler/verify/engines/request.h"

namespace writ::verify {

/// Who may ask: the subject's type, and the type of the person who runs it.
struct Path {
  kernel::EntityId subject, initiator;
};
/// The paths on which the action can be granted at all, in the order of the schema.
std::vector<Path> paths_of(const kernel::Kernel& kernel, kernel::ActionId action);

struct Scene {
  Scene(const Settings& settings, kernel::ActionId action, Path path, Logic::Horizons horizons = Logic::Horizons::Off);

  Question question;
  Entity subject;
  Holdings holdings;
  Act act;

  smt::Terms& terms() { return question.terms(); }
  Outcome decide(Without without = {}) { return decide(question.view(), std::move(without)); }
  Outcome decide(View& view, Without without = {}) { return DecisionEncoder(view, holdings, act, std::move(without)).encode(); }
  /// Permit or pending.
  Term allowed(const Outcome& o) { return terms().disjunction(o.permit, o.pending); }
  /// The same decision (11.2): the outcome, and for permit and pending obligations, missing warrants and lifts.
  Term same(const Outcome& a, const Outcome& b);
  Term bites(const Outcome& o, kernel::RestrictionId id);
  void minimise();
  AskedRequest asked(const Outcome& outcome) { return asked(question.view(), outcome); }
  AskedRequest asked(View& view, const Outcome& outcome);
  question::Outcome outcome_of(const Outcome& outcome);
};

/// What a witness should show least of: holdings, workloads, lists that are not complete.
void prefer_little(Question& question, Holdings& holdings, const Act& act);

/// "ada asks for inv.enter on Invoice i1 at …; known: …", one line per part.
std::vector<StoryLine> tell_request(Scene& scene, View& view, const Outcome& outcome);

/// What the encoding of holdings leaves out.
std::set<std::string> holding_assumptions(const Holdings& holdings);
/// What every proof over requests rests on.
std::vector<std::string> request_assumptions(Scene& scene);

/// Asks `pose` in every scene of the action; the first model goes to `found`. Nothing anywhere: `otherwise`.
struct Search {
  std::function<void(Scene&)> pose;                 ///< requires the formula that must have no model
  std::function<Solved(Scene&)> found;
};
struct SearchResult {
  enum class Kind : std::uint8_t { Nothing, Found, Undecided } kind = Kind::Nothing;
  Solved solved;                                    ///< Found: by `found`; Undecided: the reason; Nothing: assumptions
};
SearchResult search(const Settings& settings, const std::vector<kernel::ActionId>& actions, Logic::Horizons horizons, const Search& search);

/// Restrictions that something may lift, today or by a record of the ledger: they shadow nothing (12.5). Warrants are judged with the request.
std::set<kernel::RestrictionId> liftable(const kernel::Kernel& kernel);

/// A form that may be why a scene has no model, and the formula that says it does nothing there.
struct Suspect {
  std::uint32_t id = 0;                             ///< killers are told in this order
  Killer killer;
  Term idle;
};
Suspect suspect(const kernel::Kernel& kernel, kernel::RestrictionId id, Term idle);
Suspect suspect(const kernel::Kernel& kernel, kernel::GrantId id, Term idle);
/// What `pose` requires has no model in a scene where all of its suspects do nothing: those that unsat cores need, over every scene.
std::vector<Killer> killers(const Settings& settings, const std::vector<kernel::ActionId>& actions,
                            const std::function<std::vector<Suspect>(Scene&)>& pose);

}  // namespace writ::verify
