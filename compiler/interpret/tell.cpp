// Citations, as functions of the computation (11.9), sorted by id.
#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "compiler/interpret/computation.h"
#include "compiler/interpret/objects.h"

namespace writ::interpret {
namespace {

template <class T, class Less>
void sort_unique(std::vector<T>& items, Less less) {
  std::sort(items.begin(), items.end(), less);
  items.erase(std::unique(items.begin(), items.end(), [&](const T& a, const T& b) { return !less(a, b) && !less(b, a); }), items.end());
}
template <class T>
void sort_unique(std::vector<T>& items) { sort_unique(items, [](const T& a, const T& b) { return a < b; }); }

std::string owner_text(const kernel::Party& owner) { return owner.text.empty() ? owner.person : owner.text; }

/// A grant by one holding: which of its conjuncts fail, and which are unknown.
struct Fit {
  bool held = false;
  std::vector<std::size_t> failed, unknown;

  auto rank() const { return std::tuple(!held, failed.size(), unknown.size(), failed, unknown); }
};

/// 11.9 speaks of one holding: effectively held first, then the fewest that fail, then the fewest unknown; by their places, so that the order of holdings means nothing.
Fit nearest_holding(const World& world, const Record& subject, const kernel::Grant& grant, bool may_be_held) {
  static const std::vector<std::optional<Value>> none;
  const auto by = [&](const std::vector<std::optional<Value>>& args, bool held) {
    Scene scene = world.scene(&subject);
    scene.parameters = &args;
    Fit fit{held, {}, {}};
    for (std::size_t i = 0; i < grant.conjuncts.size(); ++i) {
      const Judged j = world.judge(grant.conjuncts[i], scene);
      if (j.is(Truth::False)) fit.failed.push_back(i);
      if (j.is(Truth::Unknown)) fit.unknown.push_back(i);
    }
    return fit;
  };
  std::optional<Fit> best;
  for (const Held& held : subject.held.roles) {
    if (held.role != grant.role) continue;
    Fit next = by(held.args, may_be_held && world.effective(subject, held, world.scene(&subject)).is(Truth::True));
    if (!best || next.rank() < best->rank()) best = std::move(next);
  }
  return best ? *best : by(none, false);
}

}  // namespace

question::Citation Teller::cite(const std::string& id, const source::Range& range) const {
  return {id, place(range), options.sentence_of ? options.sentence_of(id) : ""};
}

question::LiftUse Teller::lift_use(LiftId id) const {
  const kernel::Lift& lift = world.kernel().lifts[id];
  question::LiftUse use;
  use.id = lift.id;
  use.owner = owner_text(lift.owner);
  if (lift.until != kForever) use.until = lift.until;
  switch (lift.kind) {
    case kernel::Lift::Kind::Exception: use.kind = "exception"; break;
    case kernel::Lift::Kind::Mitigation: use.kind = "mitigation"; break;
    case kernel::Lift::Kind::Warrant: use.kind = "warrant"; break;
  }
  if (lift.kind == kernel::Lift::Kind::Warrant) return use;
  use.approval = lift.claimed ? "claimed" : "";
  if (lift.kind == kernel::Lift::Kind::Mitigation) use.control = lift.controls.empty() ? "recorded" : "tested";
  return use;
}

void Teller::tell(question::Decision& d, const Computation& c) const {
  const Kernel& kernel = world.kernel();
  Leaves leaves;
  const auto blame = [&](const Judged& j) { leaves.insert(j.leaves.begin(), j.leaves.end()); };
  const bool granted = c.g.is(Truth::True);
  const auto cite_grants = [&](Truth truth) {
    for (const GrantVerdict& v : c.grants)
      if (v.judged.is(truth)) d.decided_by.push_back(cite(kernel.grants[v.grant].id, kernel.grants[v.grant].origin.range));
  };
  const auto cite_rule = [&](const Instance& i) {
    const kernel::Restriction& rule = kernel.restrictions[i.of];
    d.decided_by.push_back(cite(rule.rule, rule.origin.range));
  };
  switch (d.outcome) {
    case Outcome::Permit:
    case Outcome::Pending:
      cite_grants(Truth::True);
      for (const Instance& i : c.instances) {
        if (!i.of || i.rho.is(Truth::False)) continue;   // a gate of `assign` is told there
        bool lifted = false;
        for (const LiftVerdict& l : i.lifts) {
          if (!l.met.is(Truth::True)) continue;
          lifted = true;
          d.lifts.push_back(lift_use(l.lift));
          d.decided_by.push_back(cite(kernel.lifts[l.lift].id, kernel.lifts[l.lift].origin.range));
        }
        if (lifted) continue;
        for (const LiftVerdict& l : i.lifts) {
          const kernel::Lift& lift = kernel.lifts[l.lift];
          if (lift.kind != kernel::Lift::Kind::Warrant || !l.obtainable.is(Truth::True)) continue;
          for (question::Missing m : judge_warrant(world, lift.warrant, world.scene(world.find(world.request().subject))).missing) {
            m.requirement = lift.id;
            d.missing.push_back(std::move(m));
          }
        }
      }
      break;
    case Outcome::Deny:
      for (const Instance& i : c.instances)
        if (i.of && contribution_if_obtained(i).is(Truth::True)) cite_rule(i);
      break;
    case Outcome::Indeterminate:
      if (!granted) { cite_grants(Truth::Unknown); blame(c.g); }
      for (const Instance& i : c.instances) {
        const Judged now = contribution_if_obtained(i);
        if (!i.of || !now.is(Truth::Unknown)) continue;
        cite_rule(i);
        blame(now);
      }
      break;
  }
  d.unknown.assign(leaves.begin(), leaves.end());
  sort_unique(d.lifts);
  sort_unique(d.missing);
  sort_unique(d.decided_by, [](const auto& a, const auto& b) { return a.id < b.id; });
}

void Teller::obligations(question::Decision& d, Instant& horizon) const {
  const Scene scene = world.scene(world.find(world.request().subject));
  const Persons persons = world.present_persons(scene);
  const bool granting = d.outcome == Outcome::Permit || d.outcome == Outcome::Pending;
  for (const kernel::Obligation& o : world.kernel().obligations) {
    if (o.on_deny ? d.outcome != Outcome::Deny : !granting) continue;
    std::vector<Judged> any;
    for (const kernel::Access& a : o.after) any.push_back(act_in(world, a, persons, scene));
    const Judged attaches = disjunction(any);
    if (granting) horizon = std::min(horizon, attaches.horizon());
    if (attaches.is(Truth::False)) continue;
    d.obligations.push_back({o.id, o.kind == kernel::Obligation::Kind::Notify ? "notify" : "log", o.whom});
  }
  sort_unique(d.obligations);
}

/// Of the listed holdings of the role the one that lacks least, whatever their order: what about it is false, what unknown.
void Teller::why_not_held(question::NearestMiss& miss, const Record& subject, RoleId role) const {
  static constexpr std::array<std::string_view, 7> kWords = {"held.from", "held.until", "held.at_most", "held.tenure", "held.rests_on", "held.eligible", "held.delegator"};
  using Words = std::vector<std::string>;
  std::optional<std::tuple<std::size_t, std::size_t, unsigned, unsigned, Words, Words>> best;
  for (const Held& held : subject.held.roles) {
    if (held.role != role) continue;
    Scene scene = world.scene(&subject);
    scene.parameters = &held.args;
    Words failed, unknown;
    unsigned failed_bits = 0, unknown_bits = 0;   // among those that lack as many parts, the one that lacks the earlier
    for (const HoldingPart& part : world.effective_parts(subject, held, scene)) {
      const unsigned bit = 1U << (std::find(kWords.begin(), kWords.end(), part.word) - kWords.begin());
      if (part.judged.is(Truth::False)) failed.emplace_back(part.word), failed_bits |= bit;
      if (part.judged.is(Truth::Unknown)) unknown.emplace_back(part.word), unknown_bits |= bit;
    }
    std::tuple next{failed.size(), unknown.size(), failed_bits, unknown_bits, failed, unknown};
    if (!best || next < *best) best = std::move(next);
  }
  if (!best) return;
  const Words &failed = std::get<4>(*best), &unknown = std::get<5>(*best);
  miss.failed.insert(miss.failed.end(), failed.begin(), failed.end());
  miss.unknown.insert(miss.unknown.end(), unknown.begin(), unknown.end());
}

void Teller::nearest(question::Decision& d, const Computation& c) const {
  if (c.g.is(Truth::True)) return;
  const Kernel& kernel = world.kernel();
  const Record* subject = world.find(world.request().subject);
  struct Candidate { bool held; std::size_t failed; question::NearestMiss miss; };
  std::vector<Candidate> all;
  for (const GrantVerdict& v : c.grants) {
    const kernel::Grant& grant = kernel.grants[v.grant];
    const Fit fit = nearest_holding(world, *subject, grant, v.held);
    question::NearestMiss miss{grant.id, place(grant.origin.range), fit.held, {}, {}};
    for (const std::size_t i : fit.failed) miss.failed.push_back(typed_ir::print(kernel.conditions, kernel.schema, grant.conjuncts[i]));
    for (const std::size_t i : fit.unknown) miss.unknown.push_back(typed_ir::print(kernel.conditions, kernel.schema, grant.conjuncts[i]));
    const std::size_t failed = miss.failed.size();
    if (!fit.held) why_not_held(miss, *subject, grant.role);
    all.push_back({fit.held, failed, std::move(miss)});
  }
  std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return std::tuple(!a.held, a.failed, std::string_view(a.miss.grant)) < std::tuple(!b.held, b.failed, std::string_view(b.miss.grant));
  });
  for (const Candidate& candidate : all)
    if (d.nearest_misses.size() < 3) d.nearest_misses.push_back(candidate.miss);
}

}  // namespace writ::interpret
