// One person's standing (6.4, 6.5, 11.6): every instance of every standing rule through time, and the birthrights (14.1).
#include <algorithm>

#include "compiler/interpret/computation.h"
#include "compiler/interpret/sides.h"

namespace writ::interpret {
namespace {

using kernel::Lift;
using kernel::Restriction;
using question::StandingFinding;
using State = StandingFinding::State;

constexpr int kMaxPieces = 20'000;

/// What an instance is at one instant.
struct Reading {
  Judged rho;
  State state = State::Open;
  std::string lift;
  std::optional<Instant> since;
  Instant next = kForever;

  bool like(const Reading& o) const { return rho.timed.truth == o.rho.timed.truth && state == o.state && lift == o.lift && since == o.since; }
};

class Standing {
 public:
  Standing(const World& world, Interval interval) : world_(world), interval_(interval) {}

  std::vector<StandingFinding> all() {
    for (const RestrictionId id : world_.kernel().restrictions.ids())
      if (world_.kernel().restrictions[id].kind == Restriction::Kind::Standing) rule(id);
    std::stable_sort(found_.begin(), found_.end(), [](const StandingFinding& a, const StandingFinding& b) {
      return std::tie(a.rule, a.restriction, a.within, a.from) < std::tie(b.rule, b.restriction, b.within, b.from);
    });
    return std::move(found_);
  }

 private:
  Scene scene_at(Instant t) const {
    Scene scene = world_.scene(world_.find(world_.request().subject));
    scene.now = t;
    return scene;
  }
  /// The holdings, each judged live at t; the same for every rule.
  const Holder& holder_at(Instant t) {
    const auto it = holders_.find(t);
    if (it != holders_.end()) return it->second;
    return holders_.emplace(t, holder(world_, world_.request().subject, scene_at(t))).first->second;
  }
  /// Where a holding starts or ends: no horizon of a rule needs to be trusted for these.
  Instant next_of_holdings(Instant t) {
    Instant next = kForever;
    for (const Entry& e : holder_at(t).entries)
      if (e.live.horizon() > t) next = std::min(next, e.live.horizon());
    return next;
  }

  Reading read(RestrictionId id, const Spot& spot, Instant t, const std::optional<Instant>& broken_since) {
    const Restriction& rule = world_.kernel().restrictions[id];
    const Scene scene = scene_at(t);
    const Holder& who = holder_at(t);
    Reading r;
    r.rho = standing_rho(world_, who, rule, spot, scene);
    r.next = std::min(r.rho.horizon() > t ? r.rho.horizon() : kForever, next_of_holdings(t));
    if (r.rho.is(Truth::False)) return r;
    Instance instance;
    instance.of = id;
    instance.person = who.key;
    instance.place = spot.place;
    instance.other = spot.other;
    const auto it = world_.kernel().lifts_of.find(id);
    if (it == world_.kernel().lifts_of.end()) return r;
    const auto outside = [&](const Lift& lift) { return can_outside(world_, who, rule, lift, scene); };
    const Lift* best = nullptr;
    for (const LiftId l : it->second) {
      const Lift& lift = world_.kernel().lifts[l];
      if (lift.kind == Lift::Kind::Warrant || !lift.approved) continue;
      const Judged selected = selects(world_, lift, instance, scene, outside);
      const Judged force = in_force(world_, lift, who.key, scene);
      for (const Instant h : {selected.horizon(), force.horizon(), lift.from, lift.until})
        if (h > t) r.next = std::min(r.next, h);
      if (!selected.is(Truth::True)) continue;
      const State state = state_of(lift, force, t, broken_since.value_or(t));
      if (state == State::Open || (best && !better(state, lift, r.state, *best))) continue;
      best = &lift;
      r.state = state;
      r.lift = lift.id;
      r.since = state == State::Overdue ? std::optional(lift.until) : std::nullopt;
    }
    return r;
  }
  static State state_of(const Lift& lift, const Judged& force, Instant t, Instant broken_since) {
    const bool time = lift.from <= t && t < lift.until;
    if (force.is(Truth::True)) return lift.kind == Lift::Kind::Exception ? State::Excepted : State::Mitigated;
    if (time && !lift.controls.empty()) return State::Lapsed;
    if (lift.until <= t && broken_since < lift.until) return State::Overdue;
    return State::Open;
  }
  static int rank(State state) {
    switch (state) {
      case State::Excepted: return 4;
      case State::Mitigated: return 3;
      case State::Lapsed: return 2;
      case State::Overdue: return 1;
      case State::Open: return 0;
    }
    return 0;
  }
  static bool better(State a, const Lift& la, State b, const Lift& lb) {
    if (a != b) return rank(a) > rank(b);
    return la.until != lb.until ? la.until > lb.until : la.id < lb.id;
  }

  void rule(RestrictionId id) {
    const Restriction& rule = world_.kernel().restrictions[id];
    bool broken = false;
    for (const Spot& spot : spots(world_, rule, holder_at(interval_.from))) broken |= instance(id, spot);
    if (!broken && !rule.same.empty()) disjoint(id);
  }

  /// Whether anything is wrong with the instance inside the interval.
  bool instance(RestrictionId id, const Spot& spot) {
    bool broken = false;
    std::optional<Instant> broken_since;
    std::optional<StandingFinding> run;
    Reading last;
    Instant t = 0;
    const auto close = [&](std::optional<Instant> until) {
      if (!run) return;
      run->until = until;
      const bool inside = run->from < interval_.until && (!until || *until > interval_.from);
      if (inside) {
        broken = true;
        explain(*run, id, spot);
        found_.push_back(*run);
      }
      run.reset();
    };
    for (int n = 0; n < kMaxPieces; ++n) {
      const Reading r = read(id, spot, t, broken_since);
      const bool bad = !r.rho.is(Truth::False);
      if (run && (!bad || !r.like(last))) close(t);
      if (bad && !broken_since) broken_since = t;
      if (!bad) broken_since.reset();
      if (bad && !run) run = begin(id, spot, r, t);
      last = r;
      if (r.next == kForever || r.next <= t || r.next >= interval_.until) break;
      t = r.next;
    }
    if (run && last.next != kForever && last.next > t) close(last.next);   // as far as the horizon tells
    close(std::nullopt);
    return broken;
  }
  StandingFinding begin(RestrictionId id, const Spot& spot, const Reading& r, Instant t) {
    const Restriction& rule = world_.kernel().restrictions[id];
    StandingFinding f;
    f.state = r.state;
    f.possible = r.rho.is(Truth::Unknown);
    f.exposure = rule.exposure_only;
    f.rule = rule.rule;
    f.restriction = rule.name;
    f.person = world_.request().subject.second;
    f.within = text_of(world_, spot);
    f.from = t;
    f.lift = r.lift;
    f.since = r.since;
    f.unknown.assign(r.rho.leaves.begin(), r.rho.leaves.end());
    return f;
  }
  void explain(StandingFinding& f, RestrictionId id, const Spot& spot) {
    const Restriction& rule = world_.kernel().restrictions[id];
    const Instant t = std::max(f.from, interval_.from);
    for (std::size_t i = 0; i < rule.sides.size(); ++i)
      f.sides.push_back(derivation(world_, holder_at(t), rule.sides[i], spot.other && i > 0 ? *spot.other : spot.place, scene_at(t)));
  }

  /// Kept because the scopes never meet: every side is possible somewhere, and nowhere all of them.
  void disjoint(RestrictionId id) {
    const Restriction& rule = world_.kernel().restrictions[id];
    if (rule.sides.size() < 2) return;
    const Instant t = interval_.from;
    std::vector<std::vector<Place>> possible;   // of each side, where
    for (const kernel::Side& side : rule.sides) {
      std::vector<Place>& places = possible.emplace_back();
      for (const Spot& spot : spots(world_, rule, holder_at(t)))
        if (!can(world_, holder_at(t), side, spot.place, scene_at(t)).is(Truth::False)) places.push_back(spot.place);
      if (places.empty()) return;
    }
    StandingFinding f;
    f.rule = rule.rule;
    f.restriction = rule.name;
    f.person = world_.request().subject.second;
    f.from = t;
    f.exposure = rule.exposure_only;
    f.disjoint = separating(rule, possible);
    found_.push_back(std::move(f));
  }

  /// The first joined dimension in which alone the sides never meet; else all of them, which together keep them apart.
  std::string separating(const Restriction& rule, const std::vector<std::vector<Place>>& possible) const {
    std::string all;
    for (std::size_t d = 0; d < rule.same.size(); ++d) {
      const auto lies_at = [&](const Value& v) { return [&, d](const Place& place) { return place.values[d].second == v; }; };
      const auto meets = [&](const Place& first) {
        return std::all_of(possible.begin(), possible.end(), [&](const std::vector<Place>& side) {
          return std::any_of(side.begin(), side.end(), lies_at(first.values[d].second));
        });
      };
      const std::string& name = world_.schema().enums[rule.same[d]].local;
      if (std::none_of(possible.front().begin(), possible.front().end(), meets)) return name;
      all += (all.empty() ? "" : ", ") + name;
    }
    return all;
  }

  const World& world_;
  Interval interval_;
  std::map<Instant, Holder> holders_;
  std::vector<StandingFinding> found_;
};

/// Every combination of arguments that a birthright may have: closed dimensions and bools by value, the rest by what the person's facts say.
std::vector<std::vector<std::optional<Value>>> argument_tuples(const World& world, const kernel::Role& role, const Record& person) {
  std::vector<std::vector<std::optional<Value>>> all{{}};
  for (const Type& type : role.parameters) {
    ValueSet values;
    const bool closed = type.scalar == typed_ir::Scalar::Enum && !world.schema().enums[type.enumeration].open;
    if (closed) {
      for (std::uint32_t i = 0; i < world.schema().enums[type.enumeration].values.size(); ++i) {
        Value v{typed_ir::Scalar::Enum, i, {}, type.enumeration.index};
        values.push_back(v);
      }
    } else {
      for (const auto& [_, fact] : person.attributes)
        for (const Value& v : fact.values)
          if (v.scalar == type.scalar && (type.scalar != typed_ir::Scalar::Enum || v.type == type.enumeration.index)) values.push_back(v);
      std::sort(values.begin(), values.end());
      values.erase(std::unique(values.begin(), values.end()), values.end());
    }
    std::vector<std::vector<std::optional<Value>>> next;
    for (const auto& tuple : all)
      for (const Value& v : values) {
        next.push_back(tuple);
        next.back().push_back(v);
      }
    all = std::move(next);
  }
  return all;
}

}  // namespace

tl::expected<std::vector<StandingFinding>, RequestError> Interpreter::standing(const json::Value& json, Interval interval) const {
  const auto request = bind_subject(*kernel_, json);
  if (!request) return tl::unexpected(request.error());
  if (interval.from >= interval.until) return tl::unexpected(RequestError{"bad_time", "", "an empty interval"});
  const World world(*kernel_, *request);
  return Standing(world, interval).all();
}

tl::expected<std::vector<Birthright>, RequestError> Interpreter::birthrights(const json::Value& json) const {
  auto request = bind_subject(*kernel_, json);
  if (!request) return tl::unexpected(request.error());
  request->assign = true;
  request->action_name = "assign";
  request->resource = request->subject;
  request->has_resource = true;
  request->assignment.route = "birthright";
  std::vector<Birthright> all;
  for (const kernel::Route& route : kernel_->routes) {
    if (route.kind != kernel::Route::Kind::Birthright) continue;
    const kernel::Role& role = kernel_->roles[route.role];
    if (role.type && role.type != request->subject.first) continue;
    const Record& person = *request->find(request->subject);
    const World world(*kernel_, *request);
    for (const auto& args : argument_tuples(world, role, person)) {
      Scene scene = world.scene(&person);
      scene.parameters = &args;
      const Judged condition = conjunction({world.type_and_gate(person, route.role, args, scene), world.tenure(person, std::nullopt, scene),
                                            route.when ? world.judge(route.when, scene) : surely(Truth::True)});
      if (condition.is(Truth::False)) continue;
      Birthright b{route.role, {}, condition.timed, Outcome::Deny};
      for (const auto& arg : args) b.args.push_back(*arg);
      request->assignment.role = route.role;
      request->assignment.args = args;
      request->assignment.from = request->time;
      b.outcome = assign(world, options_).outcome;
      all.push_back(std::move(b));
    }
  }
  std::sort(all.begin(), all.end(), [](const Birthright& a, const Birthright& b) { return std::tie(a.role, a.args) < std::tie(b.role, b.args); });
  return all;
}

}  // namespace writ::interpret
