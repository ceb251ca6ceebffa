#include "compiler/interpret/objects.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "compiler/interpret/keys.h"

namespace writ::interpret {

using kernel::Access;
using kernel::Restriction;
using kernel::Side;
using kernel::SideElement;

Judged in_force_since(const Restriction& rule, const Scene& scene) {
  if (rule.from == typed_ir::kInstantMin || scene.enforcement == Enforcement::Assumed) return surely(Truth::True);
  if (rule.from == kForever) return surely(Truth::False);   // report only
  return not_before(scene.now, rule.from);
}

Judged act_in(const World& world, const Access& access, const std::optional<Key>& member, const Scene& scene) {
  const Request& r = world.request();
  const bool listed = access.everything && access.actions.empty() ? true
                    : r.action && std::find(access.actions.begin(), access.actions.end(), *r.action) != access.actions.end();
  if (!listed) return surely(Truth::False);
  std::vector<Judged> all;
  if (member && access.principal && member->first != access.principal) return surely(Truth::False);
  if (!member && access.principal) all.push_back(unknown("path", "not_supplied"));
  if (!access.principal_id.empty()) {
    if (!member) all.push_back(unknown("path", "not_supplied"));
    else if (member->second != access.principal_id) return surely(Truth::False);
  }
  Scene own = scene;
  own.principal = member ? world.find(*member) : nullptr;
  if (access.where) all.push_back(world.judge(access.where, own));
  return conjunction(all);
}

Judged act_in(const World& world, const Access& access, const Persons& persons, const Scene& scene) {
  std::vector<Judged> any;
  for (const Key& member : persons.members) any.push_back(act_in(world, access, member, scene));
  if (access.principal) any.push_back(conjunction({another_member(persons), act_in(world, access, std::nullopt, scene)}));
  return disjunction(any);
}

Judged history_complete(const World& world, const Restriction& rule, const Scene& scene) {
  const History& h = world.request().history;
  const Judged missing = unknown("history", h.events.empty() && !h.complete_for ? "not_supplied" : "incomplete");
  if (!h.all_readable) return missing;
  const std::string system = world.request().system.value_or("local");   // no map in this edition: every action is local
  bool covered = false;
  if (h.complete_for) {
    covered = std::count(h.complete_for->begin(), h.complete_for->end(), system) > 0;
  } else {
    for (const typed_ir::System& s : world.schema().systems)
      covered |= s.name == system && std::count(s.complete_for.begin(), s.complete_for.end(), std::string("history")) > 0;
  }
  if (!covered) return missing;
  if (h.since_beginning) return surely(Truth::True);
  if (!h.since || rule.over == 0) return missing;
  const Judged reaches = not_before(scene.now, *h.since + rule.over);   // since ≤ now − D
  return reaches.is(Truth::True) ? reaches : unknown("history", "incomplete", reaches.horizon());
}

namespace {

/// One past act on the key, with whether it counts now.
struct Past {
  const Event* event = nullptr;
  Judged counts;                           ///< inside the window
  Persons persons;
};

Judged in_window(const Restriction& rule, const Event& event, const Scene& scene) {
  if (rule.over == 0) return surely(Truth::True);
  if (!event.time) return unknown("history", "ill_typed");
  return conjunction({not_before(scene.now, *event.time), before(scene.now, *event.time + rule.over)});
}

/// `o` none: a key nobody knows, for want of `why`; it may be that of any event.
std::vector<Past> past_acts(const World& world, const Restriction& rule, const std::optional<std::string>& o, const Leaves& why, const Scene& scene) {
  std::vector<Past> all;
  for (const Event& event : world.request().history.events) {
    const auto keys = event.keys.find(rule.key);
    if (keys == event.keys.end()) continue;
    if (o && std::find(keys->second.begin(), keys->second.end(), *o) == keys->second.end()) continue;
    Past past{&event, in_window(rule, event, scene), world.persons_of(event.path, scene)};
    if (!o) past.counts = conjunction({past.counts, unknown(why)});
    all.push_back(std::move(past));
  }
  return all;
}

/// A past act is in an access: of what held then only action and people are known.
Judged event_in(const World& world, const Access& access, const Past& past) {
  const bool listed = (access.everything && access.actions.empty()) ||
                      std::find(access.actions.begin(), access.actions.end(), past.event->action) != access.actions.end();
  if (!listed) return surely(Truth::False);
  std::vector<Judged> all{past.counts};
  if (access.principal) {
    std::vector<Judged> any;
    for (const Key& m : past.persons.members)
      any.push_back(surely(m.first == access.principal && (access.principal_id.empty() || m.second == access.principal_id) ? Truth::True : Truth::False));
    if (!past.persons.complete) any.push_back(unknown("history", "incomplete"));
    all.push_back(disjunction(any));
  }
  if (access.where && world.kernel().conditions.cond(access.where).kind != typed_ir::CondKind::True) {
    Scene nothing;
    Judged where = world.judge(access.where, nothing);
    if (where.is(Truth::Unknown)) where = unknown("history", "incomplete");
    all.push_back(where);
  }
  return conjunction(all);
}

Judged done_by(const World& world, const Key& h, const Past& past) {
  Truth best = past.persons.complete ? Truth::False : Truth::Unknown;
  for (const Key& p : past.persons.effective) best = std::max(best, world.same_person(h, p));
  return best == Truth::Unknown ? unknown("history", "incomplete", past.persons.horizon) : surely(best, past.persons.horizon);
}

/// What has been done on a key by whom: asked per side element.
struct Ledger {
  const World& world;
  const Restriction& rule;
  const Persons& present;
  const Scene& scene;
  std::optional<std::string> o;
  std::vector<Past> past;
  Judged complete;

  Judged present_in(const SideElement& element) const {
    std::vector<Judged> any;
    for (const Access& a : element.accesses) any.push_back(act_in(world, a, present, scene));
    return disjunction(any);
  }
  Judged present_in(const Side& side) const {
    std::vector<Judged> any;
    for (const SideElement& e : side.elements) any.push_back(present_in(e));
    return disjunction(any);
  }
  using When = std::function<Judged(const Past&)>;
  /// By h before now (and when `when` says); what is not listed may have happened.
  Judged earlier(const SideElement& element, const Key& h, const When& when = {}) const {
    std::vector<Judged> any;
    for (const Past& p : past)
      for (const Access& a : element.accesses)
        any.push_back(conjunction({event_in(world, a, p), done_by(world, h, p), when ? when(p) : surely(Truth::True)}));
    any.push_back(negate(complete));
    return disjunction(any);
  }
  Judged done(const Side& side, const Key& h) const {
    std::vector<Judged> elements;
    for (const SideElement& e : side.elements) elements.push_back(disjunction({present_in(e), earlier(e, h)}));
    return at_least(side.need, elements);
  }
};

/// `in order` (6.6): the act is of some side j, and the k - 1 sides of a chain, each of a lower number than the next and all its acts earlier
/// than the next one's, precede it. Acts lie on cuts, the times of the events: chain(m, s, t) = m sides in order, s the last, all before t.
class Order {
 public:
  Order(const Ledger& ledger, const Key& h) : ledger_(ledger), h_(h), cuts_{typed_ir::kInstantMin} {
    for (const Past& p : ledger.past)
      if (p.event->time) cuts_.push_back(*p.event->time);
    std::sort(cuts_.begin(), cuts_.end());
    cuts_.erase(std::unique(cuts_.begin(), cuts_.end()), cuts_.end());
  }

  Judged broken() {
    const std::size_t length = ledger_.rule.count - 1;
    std::vector<Judged> any;
    for (std::size_t j = 0; j < ledger_.rule.sides.size(); ++j) {
      std::vector<Judged> before_it;
      if (length == 0) before_it.push_back(surely(Truth::True));
      for (std::size_t i = 0; i < j && length > 0; ++i) before_it.push_back(chain(length, i, cuts_.size()));
      any.push_back(conjunction({ledger_.present_in(ledger_.rule.sides[j]), disjunction(before_it)}));
    }
    return disjunction(any);
  }

 private:
  /// `end` is the index of a cut; one past the last: now.
  Judged chain(std::size_t length, std::size_t side, std::size_t end) {
    const auto known = chains_.find({length, side, end});
    if (known != chains_.end()) return known->second;
    std::vector<Judged> any;
    if (length == 1) any.push_back(done(side, 0, end));
    for (std::size_t start = 0; length > 1 && start < end; ++start) {
      std::vector<Judged> before_it;
      for (std::size_t i = 0; i < side; ++i) before_it.push_back(chain(length - 1, i, start));
      any.push_back(conjunction({done(side, start, end), disjunction(before_it)}));
    }
    return chains_.emplace(std::tuple{length, side, end}, disjunction(any)).first->second;
  }

  /// The side, with all its acts at or after `start` and before `end`.
  Judged done(std::size_t side, std::size_t start, std::size_t end) const {
    std::vector<Judged> elements;
    for (const SideElement& e : ledger_.rule.sides[side].elements)
      elements.push_back(ledger_.earlier(e, h_, [&](const Past& p) { return lies(p, start, end); }));
    return at_least(ledger_.rule.sides[side].need, elements);
  }

  /// Two acts of one millisecond: nobody knows which was first.
  Judged lies(const Past& p, std::size_t start, std::size_t end) const {
    if (!p.event->time) return unknown("history", "ill_typed");
    const Instant t = *p.event->time;
    if (end < cuts_.size() && t == cuts_[end]) return unknown("history", "too_fine");
    if (t < cuts_[start] || (end < cuts_.size() && t >= cuts_[end])) return surely(Truth::False);
    return end < cuts_.size() ? surely(Truth::True) : before_now(t);
  }
  /// A completed act that is not dated before now: of this millisecond, or by a clock that nobody can rely on.
  Judged before_now(Instant t) const {
    const std::optional<Instant>& now = ledger_.scene.now;
    const Judged passed = not_before(now, t + 1);
    return passed.is(Truth::False) ? unknown("history", t == *now ? "too_fine" : "contradictory", passed.horizon()) : passed;
  }

  const Ledger& ledger_;
  const Key& h_;
  std::vector<Instant> cuts_;
  std::map<std::tuple<std::size_t, std::size_t, std::size_t>, Judged> chains_;
};

/// One per key, and one for those nobody knows; where what names them may go stale, one that is F until it does.
std::vector<std::optional<std::string>> objects_of(const Keys& keys) {
  std::vector<std::optional<std::string>> all(keys.ids.begin(), keys.ids.end());
  if (!keys.complete || keys.horizon != kForever) all.push_back(std::nullopt);
  return all;
}
Judged is_key(const Keys& keys, const std::optional<std::string>& o) { return surely(o || !keys.complete ? Truth::True : Truth::False, keys.horizon); }

}  // namespace

std::vector<Instance> object_instances(const World& world, RestrictionId id, const Persons& persons, const Scene& scene) {
  const Restriction& rule = world.kernel().restrictions[id];
  std::vector<Instance> all;
  const Keys keys = keys_of_act(world, rule, scene);
  const auto objects = objects_of(keys);
  for (const auto& o : objects) {
    const Ledger ledger{world, rule, persons, scene, o, past_acts(world, rule, o, keys.leaves, scene), history_complete(world, rule, scene)};
    std::vector<Judged> inside;
    for (const Side& side : rule.sides) inside.push_back(ledger.present_in(side));
    const auto add = [&](const std::optional<Key>& h, Judged rho) {
      Instance i;
      i.of = id;
      i.person = h;
      i.key = o;
      i.rho = conjunction({in_force_since(rule, scene), is_key(keys, o), disjunction(inside), std::move(rho)});
      if (!o && i.rho.is(Truth::Unknown)) i.rho.leaves.insert(keys.leaves.begin(), keys.leaves.end());
      all.push_back(std::move(i));
    };
    for (const Key& h : persons.effective) {
      std::vector<Judged> sides;
      for (const Side& side : rule.sides) sides.push_back(ledger.done(side, h));
      add(h, conjunction({surely(Truth::True, persons.horizon), rule.in_order ? Order(ledger, h).broken() : at_least(rule.count, sides)}));
    }
    const Judged other = somebody_else(persons);
    if (other.is(Truth::True)) add(std::nullopt, unknown(persons.why, other.horizon()));   // 4.3: at least unknown
    else if (other.horizon() != kForever) add(std::nullopt, other);
  }
  return all;
}

std::vector<Instance> people_instances(const World& world, RestrictionId id, const Persons& persons, const Scene& scene) {
  const Restriction& rule = world.kernel().restrictions[id];
  std::vector<Instance> all;
  const Keys keys = keys_of_act(world, rule, scene);
  const auto objects = objects_of(keys);
  for (const auto& o : objects) {
    const Ledger ledger{world, rule, persons, scene, o, past_acts(world, rule, o, keys.leaves, scene), history_complete(world, rule, scene)};
    std::vector<Judged> inside;
    PeopleCount count(rule.sides.size());
    Instant horizon = std::min(ledger.complete.horizon(), persons.horizon);
    for (const Past& past : ledger.past) horizon = std::min(horizon, past.persons.horizon);
    for (std::size_t s = 0; s < rule.sides.size(); ++s) {
      inside.push_back(ledger.present_in(rule.sides[s]));
      horizon = std::min(horizon, inside.back().horizon());
      if (!inside.back().is(Truth::False)) count.did(s, persons.effective, persons.complete && inside.back().is(Truth::True));
    }
    for (const Past& past : ledger.past)
      for (std::size_t s = 0; s < rule.sides.size(); ++s)
        for (const SideElement& e : rule.sides[s].elements)
          for (const Access& a : e.accesses) {
            const Judged in = event_in(world, a, past);
            horizon = std::min(horizon, in.horizon());
            if (!in.is(Truth::False)) count.did(s, past.persons.effective, past.persons.complete && in.is(Truth::True) && !count.shared(world, past.persons.effective));
          }
    const bool whole = ledger.complete.is(Truth::True) && o.has_value();
    const Truth truth = count.fewer_than(rule.count, whole ? PeopleCount::Whole::Yes : PeopleCount::Whole::No);
    Instance i;
    i.of = id;
    i.key = o;
    Leaves why = keys.leaves;
    if (!ledger.complete.is(Truth::True)) why.insert(ledger.complete.leaves.begin(), ledger.complete.leaves.end());
    why.insert(persons.why.begin(), persons.why.end());
    if (why.empty()) why.insert({"history", "incomplete"});
    const Judged fewer = truth == Truth::Unknown ? unknown(why, horizon) : surely(truth, horizon);
    i.rho = conjunction({in_force_since(rule, scene), is_key(keys, o), disjunction(inside), fewer});
    all.push_back(std::move(i));
  }
  return all;
}

}  // namespace writ::interpret
