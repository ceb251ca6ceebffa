#include <bit>
#include <tuple>

#include "runtime/core/telling.h"

namespace writ::core {
namespace {

/// Sorted and unique; of equal ones the first stays.
template <class T, class Less>
std::span<T> sorted(Arena& arena, std::span<T> items, Less less) {
  struct Placed {
    T item{};
    std::size_t at = 0;
  };
  const std::span<Placed> placed = arena.take<Placed>(items.size());
  for (std::size_t i = 0; i < placed.size(); ++i) placed[i] = {items[i], i};
  std::sort(placed.begin(), placed.end(), [&](const Placed& a, const Placed& b) {
    if (less(a.item, b.item)) return true;
    return !less(b.item, a.item) && a.at < b.at;
  });
  std::size_t n = 0;
  for (const Placed& p : placed)
    if (n == 0 || less(items[n - 1], p.item)) items[n++] = p.item;
  return items.first(n);
}

/// Instances and verdicts are chained latest first.
template <class T>
T* reversed(T* list) {
  T* back = nullptr;
  while (list) {
    T* next = list->next;
    list->next = back;
    back = list;
    list = next;
  }
  return back;
}

}  // namespace

Telling::Telling(Evaluation& e, Decision& decision) : e_(e), d_(decision), citations_(e.arena_), lifts_(e.arena_), missing_(e.arena_) {}

void Telling::obligations(Instant& until) {
  const bool granting = d_.outcome == Outcome::Permit || d_.outcome == Outcome::Pending;
  List<Index> attached(e_.arena_);
  for (const Index id : e_.list(e_.view_.actions[e_.request_.action].obligations)) {
    const layout::Obligation& o = e_.view_.obligations[id];
    if (!e_.spend() || (o.on_deny != 0 ? d_.outcome != Outcome::Deny : !granting)) continue;
    const Judged attaches = e_.act_in_any(o.after);
    if (granting) until = std::min(until, attaches.horizon);
    if (!attaches.is(Truth::False)) attached.push(id);
  }
  const auto before = [&](Index a, Index b) {
    const layout::Obligation &x = e_.view_.obligations[a], &y = e_.view_.obligations[b];
    if (x.id != y.id) return x.id < y.id;
    if (x.kind != y.kind) return x.kind > y.kind;   // `log` before `notify`
    return x.whom < y.whom;
  };
  if (attached.size() > 1) d_.obligations = sorted(e_.arena_, attached.get(), before);
  else d_.obligations = attached.get();
}

void Telling::cite_grants(Truth truth) {
  for (const Verdict* v = e_.verdicts_; v; v = v->next)
    if (v->truth == truth) cite(e_.view_.grants[v->grant].id, e_.view_.grants[v->grant].source);
}

void Telling::cite_rule(const Instance& instance) {
  const layout::Restriction& rule = e_.view_.restrictions[instance.of];
  cite(rule.rule, rule.source);
}

/// The lifts of an instance that is violated, or what is still missing for it.
void Telling::in_use(const Instance& instance) {
  bool lifted = false;
  for (const LiftVerdict& l : instance.lifts) {
    if (!l.met.is(Truth::True)) continue;
    lifted = true;
    lifts_.push(l.lift);
    cite(e_.view_.lifts[l.lift].id, e_.view_.lifts[l.lift].source);
  }
  for (const LiftVerdict& l : instance.lifts) {
    const layout::Lift& lift = e_.view_.lifts[l.lift];
    if (lifted || lift.kind != static_cast<std::uint32_t>(layout::LiftKind::Warrant) || !l.obtainable.is(Truth::True)) continue;
    LiftVerdict again;
    e_.judge_warrant(lift, l.lift, again, &missing_);
  }
}

void Telling::granted() {
  cite_grants(Truth::True);
  for (const Instance* i = e_.instances_; i; i = i->next)
    if (e_.spend()) in_use(*i);
}

void Telling::refused() {
  for (const Instance* i = e_.instances_; i; i = i->next)
    if (i->open.is(Truth::True)) cite_rule(*i);
}

void Telling::undecided() {
  if (!e_.g_.is(Truth::True)) {
    cite_grants(Truth::Unknown);
    why_ = e_.g_.why;
  }
  for (const Instance* i = e_.instances_; i; i = i->next) {
    if (!i->open.is(Truth::Unknown)) continue;
    cite_rule(*i);
    why_ = e_.leaves_.unite(why_, i->open.why);
  }
}

/// Lifts that print the same are one: by id, kind, owner, end, approval, control.
bool Telling::lift_before(Index a, Index b) const {
  const layout::Lift &x = e_.view_.lifts[a], &y = e_.view_.lifts[b];
  if (x.id != y.id) return x.id < y.id;
  if (x.kind != y.kind) return x.kind < y.kind;
  if (x.owner != y.owner) return x.owner < y.owner;
  // No end comes first, as an absent value does.
  if (x.until != y.until) return x.until == kForever || (y.until != kForever && x.until < y.until);
  const bool claimed_x = (x.flags & layout::kLiftClaimed) != 0, claimed_y = (y.flags & layout::kLiftClaimed) != 0;
  if (claimed_x != claimed_y) return claimed_y;
  return x.controls.count == 0 && y.controls.count > 0;   // `recorded` before `tested`
}

/// By requirement, chain, step, then who: evidence before mfa.
bool Telling::missing_before(const Missing& a, const Missing& b) const {
  const layout::Lift &x = e_.view_.lifts[a.lift], &y = e_.view_.lifts[b.lift];
  if (x.id != y.id) return x.id < y.id;
  const auto chain = [&](const Missing& m, const layout::Lift& l) { return m.step == 0 || l.chain == kNone ? 0 : e_.view_.chains[l.chain].name; };
  if (chain(a, x) != chain(b, y)) return chain(a, x) < chain(b, y);
  if (a.step != b.step) return a.step < b.step;
  if (a.step == 0 && x.warrant != y.warrant) return x.warrant > y.warrant;
  if (a.step == 0 && x.evidence != y.evidence) return x.evidence < y.evidence;
  if (a.by == b.by) return false;
  return a.by == kForever || (b.by != kForever && a.by < b.by);
}

Telling::Fit Telling::judged(const layout::Grant& grant, const Scene& scene, bool held) {
  Fit fit{scene, held, 0, 0};
  for (const Index c : e_.list(grant.conjuncts)) {
    const Judged j = e_.judge(c, scene);
    fit.failed += j.is(Truth::False);
    fit.unknown += j.is(Truth::Unknown);
  }
  return fit;
}

/// Of two that fail and know the same number of conjuncts, the one whose come first: no order of holdings shows.
bool Telling::closer(const layout::Grant& grant, const Fit& a, const Fit& b) {
  if (a.held != b.held) return a.held;
  if (a.failed != b.failed) return a.failed < b.failed;
  if (a.unknown != b.unknown) return a.unknown < b.unknown;
  for (const Truth truth : {Truth::False, Truth::Unknown})
    for (const Index c : e_.list(grant.conjuncts)) {
      if (!e_.spend()) return false;
      const bool mine = e_.judge(c, a.scene).is(truth);
      if (mine != e_.judge(c, b.scene).is(truth)) return mine;
    }
  return false;
}

/// The holding that comes nearest to the grant: effectively held, fewest false conjuncts, fewest unknown.
Telling::Fit Telling::fit(const layout::Grant& grant) {
  const Record& person = *e_.now_.principal;
  const auto holdings = e_.holdings_of(grant.role, person);
  if (holdings.empty()) return judged(grant, e_.now_, false);
  const bool covers = e_.covers(grant, person);
  Fit best;
  for (std::size_t i = 0; i < holdings.size() && e_.spend(); ++i) {
    const Scene scene = e_.now_.of(&person, holdings[i].args);
    const Fit next = judged(grant, scene, covers && e_.effective(person, holdings[i], scene).is(Truth::True));
    if (i == 0 || closer(grant, next, best)) best = next;
  }
  return best;
}

Telling::Miss Telling::miss(Index id) {
  const Fit best = fit(e_.view_.grants[id]);
  return {id, best.held, best.failed};
}

bool Telling::nearer(const Miss& a, const Miss& b) const {
  if (a.held != b.held) return a.held;
  if (a.failed != b.failed) return a.failed < b.failed;
  const layout::Str x = e_.view_.grants[a.grant].id, y = e_.view_.grants[b.grant].id;
  return x != y ? x < y : a.grant < b.grant;
}

std::span<const Index> Telling::conjuncts(Index id, Truth truth) {
  const layout::Grant& grant = e_.view_.grants[id];
  const Scene scene = fit(grant).scene;
  List<Index> all(e_.arena_);
  for (const Index c : e_.list(grant.conjuncts))
    if (e_.judge(c, scene).is(truth)) all.push(c);
  return all.get();
}

Telling::Lacking Telling::lacking(const Record& person, const Held& held) {
  if (!e_.type_fits(held.role, {person.type, person.id})) return {bit_of(HoldingPart::eligible), 0};
  const Scene own = e_.now_.of(&person, held.args);
  Lacking out;
  for (std::uint8_t i = 0; i < kHoldingParts; ++i) {
    const auto part = static_cast<HoldingPart>(i);
    const Judged judged = e_.part(part, person, held, own);
    if (judged.is(Truth::False)) out.failed |= bit_of(part);
    if (judged.is(Truth::Unknown)) out.unknown |= bit_of(part);
  }
  return out;
}

/// Of the listed holdings of the grant's role the one that lacks least, whatever their order: what about it is false, what unknown. Among those
/// that lack as many parts, the one that lacks the earlier.
void Telling::why_not_held(NearestMiss& miss) {
  const Record& person = *e_.now_.principal;
  if (miss.held) return;
  const auto rank = [](const Lacking& l) { return std::tuple(std::popcount(l.failed), std::popcount(l.unknown), l.failed, l.unknown); };
  Lacking best;
  bool any = false;
  for (const Held& held : e_.holdings_of(e_.view_.grants[miss.grant].role, person)) {
    if (!e_.spend()) return;
    const Lacking next = lacking(person, held);
    if (!any || rank(next) < rank(best)) best = next;
    any = true;
  }
  miss.failed_parts = best.failed;
  miss.unknown_parts = best.unknown;
}

/// Grants of the action: role effectively held first, fewest false conjuncts, id; at most three.
void Telling::nearest() {
  if (e_.g_.is(Truth::True)) return;
  constexpr std::size_t kMost = 3;
  Miss best[kMost];
  std::size_t n = 0;
  for (const Index id : e_.grants()) {
    if (!e_.spend()) break;
    Miss next = miss(id);
    for (std::size_t i = 0; i < n; ++i)
      if (nearer(next, best[i])) std::swap(next, best[i]);
    if (n < kMost) best[n++] = next;
  }
  const std::span<NearestMiss> misses = e_.arena_.take<NearestMiss>(n);
  for (std::size_t i = 0; i < misses.size(); ++i) {
    misses[i] = {best[i].grant, best[i].held, conjuncts(best[i].grant, Truth::False), conjuncts(best[i].grant, Truth::Unknown)};
    why_not_held(misses[i]);
  }
  d_.nearest_misses = misses;
}

void Telling::tell() {
  e_.instances_ = reversed(e_.instances_);
  e_.verdicts_ = reversed(e_.verdicts_);
  switch (d_.outcome) {
    case Outcome::Permit:
    case Outcome::Pending: granted(); break;
    case Outcome::Deny: refused(); break;
    case Outcome::Indeterminate: undecided(); break;
  }
  nearest();
  d_.decided_by = sorted(e_.arena_, citations_.get(), [](const Citation& a, const Citation& b) { return a.id < b.id; });
  d_.lifts = sorted(e_.arena_, lifts_.get(), [&](Index a, Index b) { return lift_before(a, b); });
  d_.missing = sorted(e_.arena_, missing_.get(), [&](const Missing& a, const Missing& b) { return missing_before(a, b); });
  d_.unknown = e_.leaves_.facts(why_);
}

}  // namespace writ::core
