// The question `assign` (11.4), on the request and birthright routes, over the whole interval.
#include <algorithm>

#include "compiler/interpret/approvals.h"
#include "compiler/interpret/computation.h"
#include "compiler/interpret/objects.h"
#include "compiler/interpret/sides.h"

namespace writ::interpret {
namespace {

using kernel::Restriction;
using kernel::Route;

constexpr int kMaxPieces = 20'000;

class Assign {
 public:
  Assign(const World& world, const Options& options) : world_(world), options_(options), a_(world.request().assignment) {
    assignee_ = world.find(world.request().resource);
    birthright_ = a_.route == "birthright";
    start_ = a_.from ? a_.from : world.request().time;
    held_.role = a_.role;
    held_.args = a_.args;
    held_.from = start_;
    held_.until = a_.until;
    held_.endless = !a_.until;
    held_.rests_on_complete = true;
    held_.by = birthright_ ? Held::By::Birthright : Held::By::Other;
  }

  question::Decision decide() {
    question::Decision d;
    const bool known_route = birthright_ || a_.route == "request";
    if (!known_route) { d.reason = "route_not_supported"; return d; }
    if (!start_) {
      d.outcome = Outcome::Indeterminate;
      d.unknown = {{"context.time", "not_supplied"}};
      return d;
    }
    first_ = piece(*start_);
    d.outcome = outcome_of(first_.computation);
    const Teller teller{world_, options_};
    teller.tell(d, first_.computation);
    gates_missing(d);
    switch (d.outcome) {
      case Outcome::Permit:
      case Outcome::Pending: ends(d); break;
      case Outcome::Deny: d.possible_from = first_possible(); break;
      case Outcome::Indeterminate: break;
    }
    findings(d);
    const Instant until = std::min({valid_until(first_.computation, d.outcome), gate_horizon_, world_.freshness(),
                                    world_.request().time && *start_ > *world_.request().time ? *start_ : kForever});
    if (until != kForever) d.valid_until = until;
    return d;
  }

 private:
  using Gates = std::vector<std::pair<kernel::ChainId, WarrantVerdict>>;
  struct Piece {
    Computation computation;
    std::vector<Spot> spots;               ///< of the standing instances, by index; empty spots for others
    Instant next = kForever;               ///< where something may change
  };

  Scene scene_at(Instant t) const {
    Scene scene = world_.scene(assignee_);
    scene.now = t;
    return scene;
  }

  Judged route(const Scene& scene) const {
    std::vector<Judged> any;
    for (const Route& r : world_.kernel().routes) {
      if (r.role != a_.role) continue;
      if (!birthright_ && r.kind == Route::Kind::Request) any.push_back(surely(Truth::True));
      if (birthright_ && r.kind == Route::Kind::Birthright) {
        Scene own = scene;
        own.parameters = &held_.args;
        any.push_back(r.when ? world_.judge(r.when, own) : surely(Truth::True));
      }
    }
    return disjunction(any);
  }

  Judged g(const Scene& scene) const {
    std::vector<Judged> all{route(scene), assignee_ ? world_.type_and_gate(*assignee_, a_.role, held_.args, scene) : unknown("principal", "not_supplied")};
    if (assignee_) all.push_back(world_.tenure(*assignee_, held_.from, scene));
    for (const auto& arg : held_.args)
      if (!arg) all.push_back(surely(Truth::False));   // 5.4: an unknown argument grants nothing
    return conjunction(all);
  }

  /// 11.4: the assignee; for a workload also its owners.
  Persons persons(const Scene& scene) const {
    Hop hop;
    hop.who = world_.request().resource;
    hop.attested = true;
    return world_.persons_of({hop}, scene);
  }

  Piece piece(Instant t) {
    Piece p;
    const Scene scene = scene_at(t);
    p.computation.g = g(scene);
    p.next = p.computation.g.horizon();
    const Persons who = persons(scene);
    for (const RestrictionId id : world_.kernel().restrictions.ids()) {
      const Restriction& rule = world_.kernel().restrictions[id];
      if (rule.kind == Restriction::Kind::Standing && rule.at_assignment) standing(p, id, who, scene);
      if (rule.kind == Restriction::Kind::Act) everything(p, id, who, scene);
    }
    if (!birthright_) gates(p);
    sum_up(p.computation);
    for (const Instance& i : p.computation.instances) p.next = std::min(p.next, horizon_of(i));
    return p;
  }
  static Instant horizon_of(const Instance& i) {
    Instant horizon = i.rho.horizon();
    for (const LiftVerdict& l : i.lifts) horizon = std::min({horizon, l.met.horizon(), l.obtainable.horizon()});
    return horizon;
  }

  /// 6.5: only instances to which the new assignment contributes decide.
  void standing(Piece& p, RestrictionId id, const Persons& who, const Scene& scene) {
    const Restriction& rule = world_.kernel().restrictions[id];
    for (const Key& h : who.effective) {
      const Holder holds = holder(world_, h, scene, {&held_, assignee_});
      for (const Spot& spot : spots(world_, rule, holds)) {
        Instance i;
        i.of = id;
        i.person = h;
        i.place = spot.place;
        i.other = spot.other;
        i.rho = conjunction({in_force_since(rule, scene), standing_rho(world_, holds, rule, spot, scene), contributes(world_, holds, rule, spot, scene)});
        judge_lifts(world_, i, scene, [&](const kernel::Lift& lift) { return can_outside(world_, holds, rule, lift, scene); });
        add(p, std::move(i), spot);
      }
    }
    if (!who.complete) {
      Instance i;
      i.of = id;
      i.rho = conjunction({in_force_since(rule, scene), unknown(who.why)});
      add(p, std::move(i), {});
    }
  }

  /// Restrictions on `everything` that read only the person and `now`.
  void everything(Piece& p, RestrictionId id, const Persons& who, const Scene& scene) {
    const Restriction& rule = world_.kernel().restrictions[id];
    for (const kernel::Access& access : rule.accesses) {
      if (!access.everything || !only_person(access.where)) continue;
      if (access.principal && access.principal != world_.request().resource.first) continue;
      if (!access.principal_id.empty() && access.principal_id != world_.request().resource.second) continue;
      Scene own = scene;
      own.resource = nullptr;
      Instance i;
      i.of = id;
      i.person = who.effective.empty() ? std::optional<Key>() : who.effective.front();
      i.rho = conjunction({in_force_since(rule, scene), access.where ? world_.judge(access.where, own) : surely(Truth::True)});
      judge_lifts(world_, i, own);
      add(p, std::move(i), {});
    }
  }
  bool only_person(CondId id) const {
    if (!id) return true;
    const typed_ir::Cond& cond = world_.kernel().conditions.cond(id);
    return std::all_of(cond.t.begin(), cond.t.end(), [&](TermId t) { return only_person(t); }) &&
           std::all_of(cond.c.begin(), cond.c.end(), [&](CondId c) { return only_person(c); });
  }
  bool only_person(TermId id) const {
    const typed_ir::Term& term = world_.kernel().conditions.term(id);
    if (term.kind == typed_ir::TermKind::Root) return term.root == typed_ir::Root::Principal;
    return std::all_of(term.a.begin(), term.a.end(), [&](TermId t) { return only_person(t); });
  }

  /// The role's gate as warrants, judged at the time of asking for all pieces alike. Each chain is asked once.
  void gates(Piece& p) {
    if (!asked_gates_) {
      asked_gates_.emplace();
      std::set<kernel::ChainId> chains;
      for (const Route& r : world_.kernel().routes)
        if (r.role == a_.role && r.kind == Route::Kind::Request) chains.insert(r.gates.begin(), r.gates.end());
      for (const kernel::ChainId chain : chains) {
        Scene scene = world_.scene(assignee_);
        scene.parameters = &held_.args;
        asked_gates_->push_back({chain, judge_chain(world_, chain, scene)});
        const WarrantVerdict& v = asked_gates_->back().second;
        gate_horizon_ = std::min({gate_horizon_, v.met.horizon(), v.obtainable.horizon()});
      }
    }
    // 7.2: for an assignee who is not of the role's type the gate is not asked; G is F already.
    const kernel::Role& role = world_.kernel().roles[a_.role];
    if (role.type && role.type != world_.request().resource.first) return;
    std::vector<Judged> r, plus;
    for (const auto& [_, v] : *asked_gates_) {
      Instance i;
      i.rho = surely(Truth::True);
      i.lifts.push_back({LiftId{}, capped_off(v.met), capped_off(disjunction({v.met, v.obtainable}))});
      add(p, std::move(i), {});
    }
  }
  /// Its horizon belongs to the time of asking, not to the pieces.
  static Judged capped_off(Judged j) {
    j.timed.horizon = kForever;
    return j;
  }
  void gates_missing(question::Decision& d) const {
    const std::string id = world_.kernel().roles[a_.role].name;
    for (const auto& [chain, v] : asked_gates_.value_or(Gates{})) {
      if (d.outcome == Outcome::Deny) {
        if (disjunction({v.met, v.obtainable}).is(Truth::False)) cite_role(d);   // the gate can never be passed
        continue;
      }
      if (v.met.is(Truth::True)) { rests_on_approvals_.insert(world_.kernel().chains[chain].name); continue; }
      if (d.outcome == Outcome::Pending)
        for (question::Missing m : v.missing) {
          m.requirement = id;
          d.missing.push_back(std::move(m));
        }
      if (d.outcome == Outcome::Indeterminate) {
        const Judged can = disjunction({v.met, v.obtainable});
        for (const auto& leaf : can.leaves) d.unknown.push_back(leaf);
      }
    }
    std::sort(d.missing.begin(), d.missing.end());
    std::sort(d.unknown.begin(), d.unknown.end());
    d.unknown.erase(std::unique(d.unknown.begin(), d.unknown.end()), d.unknown.end());
    if (d.outcome == Outcome::Permit || d.outcome == Outcome::Pending) cite_role(d);
  }
  void cite_role(question::Decision& d) const {
    const kernel::Role& role = world_.kernel().roles[a_.role];
    const question::Citation c = Teller{world_, options_}.cite(role.name, role.origin.range);
    const auto at = std::lower_bound(d.decided_by.begin(), d.decided_by.end(), c, [](const auto& x, const auto& y) { return x.id < y.id; });
    if (at == d.decided_by.end() || at->id != c.id) d.decided_by.insert(at, c);
  }

  void add(Piece& p, Instance i, Spot spot) {
    p.computation.instances.push_back(std::move(i));
    p.spots.push_back(std::move(spot));
  }

  bool stays(const Piece& p, Outcome outcome) const {
    const Computation& c = p.computation;
    return c.g.is(Truth::True) && (outcome == Outcome::Permit ? c.r : c.r_plus).is(Truth::False);
  }

  /// 8.8: of the lifts in force when a violated instance first arises, the one that ends last.
  void note_lifts(const Piece& p, question::Decision& d, std::set<std::string>& seen, std::optional<question::End>& end) const {
    for (std::size_t k = 0; k < p.computation.instances.size(); ++k) {
      const Instance& i = p.computation.instances[k];
      if (!i.of || i.rho.is(Truth::False)) continue;
      const std::string name = world_.kernel().restrictions[i.of].name + "|" + (i.person ? i.person->second : "") + "|" + text_of(world_, p.spots[k]);
      const kernel::Lift* last = nullptr;
      LiftId last_id;
      for (const LiftVerdict& l : i.lifts) {
        const kernel::Lift& lift = world_.kernel().lifts[l.lift];
        if (!l.met.is(Truth::True)) continue;
        const bool later = !last || lift.until > last->until || (lift.until == last->until && lift.id < last->id);
        if (later) { last = &lift; last_id = l.lift; }
      }
      if (!last || !seen.insert(name).second) continue;
      d.rests_on.push_back(last->id);
      if (last->until != kForever) sooner(end, last->until, last->id);
      if (lift_ids_.insert(last_id).second) d.lifts.push_back(Teller{world_, options_}.lift_use(last_id));
    }
  }
  static void sooner(std::optional<question::End>& end, Instant at, const std::string& why) {
    if (!end || at < end->at) end = question::End{at, why};
  }

  void ends(question::Decision& d) {
    d.lifts.clear();
    std::optional<question::End> end;
    if (a_.until) end = question::End{*a_.until, "until"};
    const kernel::Role& role = world_.kernel().roles[a_.role];
    if (!birthright_ && role.cap != 0) sooner(end, *start_ + role.cap, "cap");
    std::set<std::string> seen;
    note_lifts(first_, d, seen, end);
    Instant t = *start_;
    Piece p = first_;
    for (int n = 0; n < kMaxPieces && p.next != kForever && p.next > t && (!end || p.next < end->at); ++n) {
      t = p.next;
      p = piece(t);
      if (!stays(p, d.outcome)) { sooner(end, t, why_not(p, t, d.outcome)); break; }
      note_lifts(p, d, seen, end);
    }
    for (const std::string& chain : rests_on_approvals_) d.rests_on.push_back(chain);
    std::sort(d.rests_on.begin(), d.rests_on.end());
    d.rests_on.erase(std::unique(d.rests_on.begin(), d.rests_on.end()), d.rests_on.end());
    std::sort(d.lifts.begin(), d.lifts.end());
    d.end = end;
  }
  std::string why_not(const Piece& p, Instant t, Outcome outcome) const {
    if (!p.computation.g.is(Truth::True)) {
      const bool tenure_over = assignee_ && !world_.tenure(*assignee_, held_.from, scene_at(t)).is(Truth::True);
      return tenure_over ? "tenure" : world_.kernel().roles[a_.role].name;
    }
    std::set<std::string> rules;
    for (const Instance& i : p.computation.instances) {
      const Judged j = outcome == Outcome::Permit ? contribution(i) : contribution_if_obtained(i);
      if (i.of && !j.is(Truth::False)) rules.insert(world_.kernel().restrictions[i.of].rule);
    }
    return rules.empty() ? "restriction" : *rules.begin();
  }

  std::optional<Instant> first_possible() {
    Piece p = first_;
    Instant t = *start_;
    const Instant until = a_.until.value_or(kForever);
    for (int n = 0; n < kMaxPieces && p.next != kForever && p.next > t && p.next < until; ++n) {
      t = p.next;
      p = piece(t);
      if (outcome_of(p.computation) != Outcome::Deny) return t;
    }
    return std::nullopt;
  }

  /// Other violations are listed; so is what a rule that is not yet enforced would have refused.
  void findings(question::Decision& d) const {
    const Scene scene = scene_at(*start_);
    for (const RestrictionId id : world_.kernel().restrictions.ids()) {
      const Restriction& rule = world_.kernel().restrictions[id];
      if (rule.kind != Restriction::Kind::Standing || rule.exposure_only) continue;
      const Holder holds = holder(world_, world_.request().resource, scene, {&held_, assignee_});
      for (const Spot& spot : spots(world_, rule, holds)) {
        if (!standing_rho(world_, holds, rule, spot, scene).is(Truth::True)) continue;
        const bool ours = contributes(world_, holds, rule, spot, scene).is(Truth::True);
        const bool enforced = in_force_since(rule, scene).is(Truth::True) && rule.at_assignment;
        if (ours && enforced) continue;
        d.findings.push_back({rule.rule, world_.request().resource.second, text_of(world_, spot), ours ? "not_enforced" : "stands_already", std::nullopt, std::nullopt});
      }
    }
  }

  const World& world_;
  const Options& options_;
  const Assignment& a_;
  const Record* assignee_ = nullptr;
  bool birthright_ = false;
  std::optional<Instant> start_;
  Held held_;
  Piece first_;
  std::optional<Gates> asked_gates_;
  Instant gate_horizon_ = kForever;
  mutable std::set<std::string> rests_on_approvals_;
  mutable std::set<LiftId> lift_ids_;
};

}  // namespace

question::Decision assign(const World& world, const Options& options) { return Assign(world, options).decide(); }

}  // namespace writ::interpret
