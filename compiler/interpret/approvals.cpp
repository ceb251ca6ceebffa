#include "compiler/interpret/approvals.h"

#include <algorithm>

#include "compiler/interpret/lifts.h"

namespace writ::interpret {
namespace {

using kernel::Chain;
using kernel::ChainId;
using kernel::Party;
using typed_ir::Step;

/// The ways in which a step can be filled: each a list of parties that different people must fill.
using Slots = std::vector<const Party*>;
std::vector<Slots> ways(const Kernel& kernel, const Step& step);

std::vector<Slots> combine(const std::vector<Slots>& a, const std::vector<Slots>& b) {
  std::vector<Slots> all;
  for (const Slots& x : a)
    for (const Slots& y : b) {
      all.push_back(x);
      all.back().insert(all.back().end(), y.begin(), y.end());
    }
  return all;
}

std::vector<Slots> ways(const Kernel& kernel, const Party& party) {
  if (party.kind == Party::Kind::Several) {
    std::vector<Slots> all{{}};
    for (std::uint32_t i = 0; i < party.count; ++i) all = combine(all, ways(kernel, party.inner.at(0)));
    return all;
  }
  if (party.kind == Party::Kind::Chain) {
    std::vector<Slots> all{{}};
    for (const Step& step : kernel.chains[party.chain].steps) all = combine(all, ways(kernel, step));
    return all;
  }
  return {{&party}};
}

std::vector<Slots> ways(const Kernel& kernel, const Step& step) {
  std::vector<Slots> all;
  if (!step.either) all = {{}};
  for (const Party& party : step.parties) {
    const auto one = ways(kernel, party);
    if (step.either) all.insert(all.end(), one.begin(), one.end());
    else all = combine(all, one);
  }
  return all;
}

std::string who(const Step& step) {
  std::string text;
  for (const Party& party : step.parties) text += (text.empty() ? "" : step.either ? " or " : " and ") + party.text;
  return text;
}

struct Walk {
  const World& world;
  ChainId chain;
  const Scene& scene;
  std::string digest;

  bool names(const Approval& a) const {
    const std::string& name = world.kernel().chains[chain].name;
    const auto dot = name.rfind('.');
    return a.chain == name || (dot != name.npos && a.chain == name.substr(dot + 1));
  }
  bool about_this(const Approval& a, std::size_t step) const {
    return names(a) && a.step == step + 1 && a.readable && !a.withdrawn && !digest.empty() && a.digest == digest;
  }

  /// Records of a step that may count: approved, by somebody known. Latest first.
  std::vector<const Approval*> records(std::size_t step) const {
    std::vector<const Approval*> all;
    for (const Approval& a : world.request().warrants.approvals)
      if (about_this(a, step) && !a.rejected && !a.approver.empty() && a.approver.back().resolved && a.given) all.push_back(&a);
    std::stable_sort(all.begin(), all.end(), [](const Approval* a, const Approval* b) { return *a->given > *b->given; });
    return all;
  }
  /// Somebody said no who could have said yes (7.3): of the step's parties, in his capacity then, independent.
  Judged rejected(std::size_t step) const {
    std::vector<Judged> any;
    for (const Approval& a : world.request().warrants.approvals)
      if (about_this(a, step) && a.rejected) any.push_back(counts(a, world.kernel().chains[chain].steps[step]));
    return disjunction(any);
  }
  Judged counts(const Approval& no, const Step& step) const {
    if (no.approver.empty() || !no.approver.back().resolved) return unknown("approvals", "not_supplied");
    std::vector<Judged> party;
    for (const Slots& way : ways(world.kernel(), step))
      for (const Party* p : way) party.push_back(fits_party(world, *p, no, scene));
    return conjunction({disjunction(party), independent(world, no, scene), no.given ? not_before(scene.asked, *no.given) : unknown("approvals", "not_supplied")});
  }

  /// Who could still fill a party (7.5); `requesters` cannot.
  Judged obtainable(const Party& party) const {
    if (party.kind == Party::Kind::Person) {
      bool own = false;
      for (const Key& key : requesters(world, scene)) own |= key.second == party.person;
      return surely(own ? Truth::False : Truth::True);
    }
    if (party.kind != Party::Kind::Path) return surely(Truth::True);
    const Evaluated target = world.value(party.path, scene);
    if (target.state == Fact::State::Absent) return party.inner.empty() ? surely(Truth::False, target.horizon) : obtainable(party.inner[0]);
    if (!target.known()) return unknown(target.leaves, target.horizon);
    std::vector<Judged> all;
    for (const Key& key : requesters(world, scene)) {
      const Truth itself = world.same_person(key, {EntityId{target.value.type}, target.value.text});
      all.push_back(itself == Truth::Unknown ? unknown("person", "shared") : surely(itself == Truth::True ? Truth::False : Truth::True, target.horizon));
    }
    return conjunction(all);
  }
  Judged obtainable(const Step& step) const {
    std::vector<Judged> any;
    for (const Slots& slots : ways(world.kernel(), step)) {
      std::vector<Judged> all;
      for (const Party* party : slots) all.push_back(obtainable(*party));
      any.push_back(conjunction(all));
    }
    return disjunction(any);
  }
};

/// A step's due runs from the request or from the previous step; the first needs to know when it was asked for.
Judged in_time(const Step& step, const Approval& record, const std::optional<Instant>& previous) {
  if (step.due == 0) return surely(Truth::True);
  const std::optional<Instant> start = previous ? previous : record.requested;
  if (!start) return unknown("approvals", "not_supplied");
  return surely(*start <= *record.given && *record.given < *start + step.due ? Truth::True : Truth::False);
}

}  // namespace

std::vector<Key> requesters(const World& world, const Scene& scene) {
  std::vector<Key> all = world.present_persons(scene).effective;
  if (world.request().assign && std::find(all.begin(), all.end(), world.request().resource) == all.end()) all.push_back(world.request().resource);
  return all;
}

namespace {

/// 7.4: provably not below. `manager` and `managers` speak of one thing: whoever stands in either is above, and where they differ neither proves anything.
Judged not_below(const World& world, const Record* who, AttributeId manager, const Key& requester, const Scene& scene) {
  if (!who) return unknown("managers", "not_supplied");
  const std::vector<std::string>& above = who->managers.ids;
  const auto listed = [&](const std::string& id) { return std::find(above.begin(), above.end(), id) != above.end(); };
  const Evaluated direct = world.attribute(*who, manager, "managers", scene);
  if (listed(requester.second) || (direct.known() && direct.value.text == requester.second)) return surely(Truth::False, direct.horizon);
  const bool nobody = direct.state == Fact::State::Absent;
  const bool differ = nobody ? !above.empty() : direct.known() && who->managers.complete && !listed(direct.value.text);
  if (differ) return unknown("managers", "contradictory", direct.horizon);
  if (nobody || who->managers.complete) return surely(Truth::True, direct.horizon);
  return unknown("managers", who->managers.reason, direct.horizon);
}

}  // namespace

Judged independent(const World& world, const Approval& record, const Scene& scene) {
  const Persons approvers = world.persons_of(record.approver, scene);
  const auto& delegations = world.request().warrants.delegations;
  std::vector<Judged> all;
  const Instant horizon = std::min(approvers.horizon, world.present_persons(scene).horizon);
  all.push_back(approvers.complete ? surely(Truth::True, horizon) : unknown(approvers.why, horizon));
  for (const Key& a : approvers.effective) {
    const AttributeId manager = world.schema().entities[a.first].manager;
    for (const Key& r : requesters(world, scene)) {
      const Truth itself = world.same_person(a, r);
      all.push_back(itself == Truth::Unknown ? unknown("person", "shared") : surely(itself == Truth::True ? Truth::False : Truth::True));
      for (const auto& [from, to] : delegations)
        if ((from == a.second && to == r.second) || (from == r.second && to == a.second)) all.push_back(surely(Truth::False));
      if (manager) all.push_back(not_below(world, world.find(a), manager, r, scene));
    }
  }
  return capped(conjunction(all), horizon);
}

namespace {

/// What `within same D` compares with: the scope of the resource, or of the role to be assigned.
Evaluated scope_asked(const World& world, EnumId dimension, const Scene& scene, EnumId& of) {
  const Request& r = world.request();
  if (r.assign) {
    const kernel::Role& role = world.kernel().roles[r.assignment.role];
    of = role.scope_dimension;
    Scene own = scene;
    own.parameters = &r.assignment.args;
    return role.scope ? world.value(role.scope, own) : Evaluated{};
  }
  const auto field = scene.resource ? world.schema().scope_attribute(scene.resource->type, dimension) : std::nullopt;
  if (!field) return {};
  of = world.schema().attributes[*field].type.enumeration;
  return world.attribute(*scene.resource, *field, "resource." + world.schema().attributes[*field].name, scene);
}

Judged scope_covers(const World& world, const Evaluated& mine, EnumId my_dimension, EnumId dimension, const Scene& scene) {
  EnumId of;
  const Evaluated asked = scope_asked(world, dimension, scene, of);
  const std::string name = world.schema().enums[dimension].local;
  const auto one = [&](const Value& value) {
    std::vector<Judged> any;
    const ValueSet values = mine.values.empty() && mine.known() && !mine.complete ? ValueSet{mine.value} : mine.values;
    for (const Value& v : values) any.push_back(lies_in(world.schema(), of, value, my_dimension, v));
    if (values.empty() && !mine.complete) any.push_back(unknown(mine.leaves));
    return disjunction(any);
  };
  if (!of) return unknown(name, "not_supplied");
  const Instant horizon = std::min(asked.horizon, mine.horizon);
  if (asked.state == Fact::State::Known && asked.values.empty() && !asked.complete) return capped(one(asked.value), horizon);
  if (asked.values.empty() || !asked.complete) return unknown(asked.leaves.empty() ? Leaves{{name, "not_supplied"}} : asked.leaves, horizon);
  std::vector<Judged> all;
  for (const Value& v : asked.values) all.push_back(one(v));
  return capped(conjunction(all), horizon);
}

Judged capacity(const World& world, const Party& party, const Record* person, const Held& held, const Scene& scene) {
  std::vector<Judged> any;
  for (const typed_ir::RoleUse& ancestor : world.kernel().roles[held.role].ancestors) {
    if (ancestor.role != party.role.role) continue;
    Scene own = scene;
    own.principal = person;
    own.parameters = &held.args;
    std::vector<Judged> all;
    for (std::size_t i = 0; i < party.role.args.size() && i < ancestor.args.size(); ++i)
      all.push_back(world.equal(world.value(ancestor.args[i], own), world.value(party.role.args[i], scene), scene));
    const kernel::Role& role = world.kernel().roles[held.role];
    if (party.within_same && role.scope) all.push_back(scope_covers(world, world.value(role.scope, own), role.scope_dimension, party.within_same, scene));
    any.push_back(conjunction(all));
  }
  return disjunction(any);
}

/// When the facts of the request go stale that say which role, and where.
Instant asked_until(const World& world, const Party& party, const Scene& scene) {
  Instant until = kForever;
  EnumId of;
  if (party.within_same) until = scope_asked(world, party.within_same, scene, of).horizon;
  for (const TermId arg : party.role.args) until = std::min(until, world.value(arg, scene).horizon);
  return until;
}

/// The approver effectively holds the role at the time of approval (7.3): his holdings say so; the capacity that a record claims is no evidence.
Judged in_role(const World& world, const Party& party, const Approval& record, const Scene& scene) {
  const Record* person = world.find(record.approver.back().who);
  if (!person) return unknown(world.held_leaves(nullptr));
  Scene then = scene;
  then.now = record.given;
  std::vector<Judged> any;
  for (const Held& held : person->held.roles) any.push_back(conjunction({world.effective(*person, held, then), capacity(world, party, person, held, scene)}));
  if (!person->held.complete) any.push_back(unknown(world.held_leaves(person)));
  Judged held = disjunction(any);
  held.timed.horizon = asked_until(world, party, scene);   // judged at the time of approval: only what is asked for may go stale
  return held;
}

}  // namespace

Judged fits_party(const World& world, const Party& party, const Approval& record, const Scene& scene) {
  const Key& approver = record.approver.back().who;
  const auto is = [&](const Key& key) {
    const Truth same = world.same_person(approver, key);
    return same == Truth::Unknown ? unknown("person", "shared") : surely(same);
  };
  switch (party.kind) {
    case Party::Kind::Role: return in_role(world, party, record, scene);
    case Party::Kind::Person: return is({approver.first, party.person});
    case Party::Kind::Path: {
      const Evaluated target = world.value(party.path, scene);
      if (target.known()) return capped(is({EntityId{target.value.type}, target.value.text}), target.horizon);
      if (target.state == Fact::State::Unknown) return unknown(target.leaves, target.horizon);
      return party.inner.empty() ? surely(Truth::False, target.horizon) : fits_party(world, party.inner[0], record, scene);
    }
    case Party::Kind::Several:
    case Party::Kind::Chain: break;
  }
  return surely(Truth::False);
}

namespace {

/// The first steps of a chain, filled by different people; `used` are the records of all of them.
struct Filling {
  Judged judged = surely(Truth::False);
  std::vector<const Approval*> used;
  std::optional<Instant> last;             ///< when the last of these steps was done
};

/// Every way to fill the first steps of a chain, so that one record more never spoils what the others fill (T2). Records in their order;
/// it stops at the first way that is true.
struct Search {
  const World& world;
  const Scene& scene;
  const Chain& chain;
  std::vector<std::vector<Slots>> ways;                     ///< by step
  std::vector<std::vector<const Approval*>> records;        ///< by step

  Search(const Walk& walk, const Chain& of) : world(walk.world), scene(walk.scene), chain(of) {
    for (std::size_t i = 0; i < chain.steps.size(); ++i) {
      ways.push_back(interpret::ways(world.kernel(), chain.steps[i]));
      records.push_back(walk.records(i));
    }
  }

  /// That the first steps are done, and that it still helps: the next one is not overdue, or, of all of them, the last one is still good.
  Filling first(std::size_t steps) const { return step(0, steps, {surely(Truth::True), {}, std::nullopt}); }

 private:
  Filling step(std::size_t i, std::size_t steps, Filling so_far) const {
    if (i == steps) {
      const std::int64_t lasts = i == chain.steps.size() ? chain.good_for : chain.steps[i].due;
      so_far.judged = lasts != 0 && so_far.last ? before(scene.asked, *so_far.last + lasts) : surely(Truth::True);
      return so_far;
    }
    std::vector<Filling> tried;
    for (const Slots& way : ways[i]) {
      tried.push_back(slots(i, steps, way, so_far.used.size(), so_far));
      if (tried.back().judged.is(Truth::True)) break;
    }
    return best(std::move(tried));
  }

  /// `begin`: how many records earlier steps use; what is used beyond them fills this step's first slots.
  Filling slots(std::size_t i, std::size_t steps, const Slots& way, std::size_t begin, const Filling& so_far) const {
    const std::size_t at = so_far.used.size() - begin;
    if (at == way.size()) {
      Filling done = so_far;
      for (std::size_t u = begin; u < done.used.size(); ++u) done.last = std::max(done.last.value_or(0), *done.used[u]->given);
      return step(i + 1, steps, std::move(done));
    }
    std::vector<Filling> tried;
    for (const Approval* record : records[i]) {
      if (!may_fill(*record, so_far.used, chain.may_repeat ? begin : 0)) continue;
      const Judged here = conjunction({fits_party(world, *way[at], *record, scene), in_time(chain.steps[i], *record, so_far.last),
                                       independent(world, *record, scene), not_before(scene.asked, *record->given)});
      Filling rest = so_far;
      rest.used.push_back(record);
      if (!here.is(Truth::False)) rest = slots(i, steps, way, begin, rest);
      rest.judged = here.is(Truth::False) ? here : conjunction({here, rest.judged});
      tried.push_back(std::move(rest));
      if (tried.back().judged.is(Truth::True)) break;
    }
    return best(std::move(tried));
  }

  static bool may_fill(const Approval& record, const std::vector<const Approval*>& used, std::size_t begin) {
    return std::none_of(used.begin() + static_cast<std::ptrdiff_t>(begin), used.end(),
                        [&](const Approval* u) { return u->approver.back().who.second == record.approver.back().who.second; });
  }
  static Filling best(std::vector<Filling> tried) {
    std::vector<Judged> all;
    for (const Filling& f : tried) all.push_back(f.judged);
    Filling out;
    if (!tried.empty() && tried.back().judged.is(Truth::True)) out = std::move(tried.back());
    out.judged = disjunction(all);
    return out;
  }
};

}  // namespace

WarrantVerdict judge_chain(const World& world, ChainId id, const Scene& scene) {
  const Chain& chain = world.kernel().chains[id];
  const Walk walk{world, id, scene, digest_of(world, id, scene)};
  const Search search(walk, chain);
  const std::size_t all = chain.steps.size();
  WarrantVerdict verdict;
  verdict.met = search.first(all).judged;
  // An attempt that ran out is dead (7.2), and another can be made: what it did is missing again.
  std::size_t done = 0;
  std::optional<Instant> by;
  for (std::size_t i = 1; i < all && !verdict.met.is(Truth::True); ++i) {
    const Filling filled = search.first(i);
    verdict.met.timed.horizon = std::min(verdict.met.horizon(), filled.judged.horizon());
    if (!filled.judged.is(Truth::True)) break;
    done = i;
    by = chain.steps[i].due != 0 ? std::optional(*filled.last + chain.steps[i].due) : std::nullopt;
  }
  std::vector<Judged> obtainable;
  for (std::size_t i = done; i < all && !verdict.met.is(Truth::True); ++i) {
    obtainable.push_back(conjunction({negate(walk.rejected(i)), walk.obtainable(chain.steps[i])}));
    verdict.missing.push_back({"", chain.name, static_cast<std::uint32_t>(i + 1), who(chain.steps[i]), i == done ? by : std::nullopt});
  }
  // The digest covers facts and persons; whatever goes stale among them changes what fits.
  const Instant horizon = std::min(covered_until(world, id, scene), world.present_persons(scene).horizon);
  verdict.met = capped(verdict.met, horizon);
  verdict.obtainable = capped(conjunction(obtainable), horizon);
  return verdict;
}

}  // namespace writ::interpret
