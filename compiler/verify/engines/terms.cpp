// `exception-terms` (semantics.md 8.4, 8.5): arithmetic over statements, and whether it lifts something at all. The arithmetic is done twice, by pairs and by a sweep over sorted intervals;
// if the two disagree, that is a bug of ours.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "compiler/verify/engines/engines.h"

namespace writ::verify {

namespace {

using kernel::Lift;

constexpr std::int64_t kDay = 86'400'000;
constexpr std::int64_t kSentinel = 7'226'582'400'000;   // 2199-01-01: a date nobody means

std::string days(std::int64_t ms) {
  if (ms % kDay == 0) return fmt::format("{}d", ms / kDay);
  return fmt::format("{}h", (ms + 3'599'999) / 3'600'000);
}

kernel::YieldKind line_of(const Lift& l) { return l.kind == Lift::Kind::Mitigation ? kernel::YieldKind::Mitigation : kernel::YieldKind::Waiver; }

template <class T>
bool meet(const std::vector<T>& a, const std::vector<T>& b) {
  if (a.empty() || b.empty()) return true;
  return std::any_of(a.begin(), a.end(), [&](const T& x) { return std::find(b.begin(), b.end(), x) != b.end(); });
}

bool scopes_meet(const kernel::Kernel& kernel, const Lift& a, const Lift& b) {
  if (a.within.empty() || b.within.empty() || a.within_dimension == b.within_dimension) return meet(a.within, b.within);
  for (std::uint32_t x : a.within)
    for (std::uint32_t y : b.within) {
      if (const auto up = kernel.schema.roll_up(a.within_dimension, x, b.within_dimension); up && *up == y) return true;
      if (const auto up = kernel.schema.roll_up(b.within_dimension, y, a.within_dimension); up && *up == x) return true;
    }
  return false;
}

/// Whether the two can select one instance; when in doubt they do.
bool select_alike(const kernel::Kernel& kernel, const Lift& a, const Lift& b) {
  return meet(a.persons, b.persons) && scopes_meet(kernel, a, b) && meet(a.object_ids, b.object_ids) && (!a.type || !b.type || a.type == b.type);
}

std::int64_t cooling(const kernel::Yield& y) { return y.cooling > 0 ? y.cooling : y.at_most; }
std::int64_t in_a_row(const kernel::Yield& y) { return y.in_a_row > 0 ? y.in_a_row : (1 + static_cast<std::int64_t>(y.renew)) * y.at_most; }
std::int64_t length(const Lift& l) { return l.until - l.from; }

struct Chain {
  std::size_t renewals = 0;
  std::int64_t total = 0;
  friend bool operator==(const Chain&, const Chain&) = default;
};

/// Lifts of the same kind on the same restriction.
std::vector<kernel::LiftId> siblings(const kernel::Kernel& kernel, kernel::LiftId of) {
  const Lift& mine = kernel.lifts[of];
  std::vector<kernel::LiftId> out;
  for (kernel::LiftId id : kernel.lifts.ids())
    if (kernel.lifts[id].of == mine.of && kernel.lifts[id].kind == mine.kind) out.push_back(id);
  return out;
}

bool in_a_row_with(const kernel::Kernel& kernel, const Lift& a, const Lift& b, std::int64_t gap) {
  const std::int64_t apart = std::max(a.from, b.from) - std::min(a.until, b.until);
  return apart < std::max<std::int64_t>(gap, 1) && select_alike(kernel, a, b);
}

/// By pairs: everything connected to this lift.
Chain chain_by_pairs(const kernel::Kernel& kernel, kernel::LiftId of, const kernel::Yield& y) {
  const std::vector<kernel::LiftId> all = siblings(kernel, of);
  std::vector<std::size_t> leader(all.size());
  std::iota(leader.begin(), leader.end(), std::size_t{0});
  const auto find = [&](std::size_t i) {
    while (leader[i] != i) i = leader[i];
    return i;
  };
  for (std::size_t i = 0; i < all.size(); ++i)
    for (std::size_t j = i + 1; j < all.size(); ++j)
      if (in_a_row_with(kernel, kernel.lifts[all[i]], kernel.lifts[all[j]], cooling(y))) leader[find(i)] = find(j);
  Chain chain;
  const auto mine = static_cast<std::size_t>(std::find(all.begin(), all.end(), of) - all.begin());
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (find(i) != find(mine)) continue;
    if (i != mine) ++chain.renewals;
    chain.total += length(kernel.lifts[all[i]]);
  }
  return chain;
}

/// By a sweep: grow the set from this lift until nothing is near any more.
Chain chain_by_sweep(const kernel::Kernel& kernel, kernel::LiftId of, const kernel::Yield& y) {
  std::vector<kernel::LiftId> waiting = siblings(kernel, of), row{of};
  std::erase(waiting, of);
  std::sort(waiting.begin(), waiting.end(), [&](kernel::LiftId a, kernel::LiftId b) { return kernel.lifts[a].from < kernel.lifts[b].from; });
  for (bool grown = true; grown;) {
    grown = false;
    for (std::size_t i = 0; i < waiting.size(); ++i) {
      const Lift& candidate = kernel.lifts[waiting[i]];
      const bool near = std::any_of(row.begin(), row.end(), [&](kernel::LiftId r) {
        const Lift& l = kernel.lifts[r];
        const bool touches = candidate.from < l.until + std::max<std::int64_t>(cooling(y), 1) && l.from < candidate.until + std::max<std::int64_t>(cooling(y), 1);
        return touches && select_alike(kernel, l, candidate);
      });
      if (!near) continue;
      row.push_back(waiting[i]);
      waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(i));
      grown = true;
      break;
    }
  }
  Chain chain{row.size() - 1, 0};
  for (kernel::LiftId r : row) chain.total += length(kernel.lifts[r]);
  return chain;
}

bool twins(const kernel::Kernel& kernel, const Lift& a, const Lift& b) {
  return a.of == b.of && a.kind == b.kind && a.persons == b.persons && a.type == b.type && a.who == b.who && a.within == b.within &&
         a.object_ids == b.object_ids && a.object_where == b.object_where && a.while_condition == b.while_condition && a.from == b.from &&
         a.until == b.until && select_alike(kernel, a, b);
}

}  // namespace

Solved solve_terms(const Settings& settings, const Obligation& obligation) {
  const kernel::Kernel& kernel = settings.kernel;
  const kernel::LiftId id = obligation.target.lift;
  const Lift& l = kernel.lifts[id];
  const kernel::Restriction& rule = kernel.restrictions[l.of];
  std::vector<std::string> broken;
  const auto line = rule.yields.find(line_of(l));
  const char* kind = l.kind == Lift::Kind::Mitigation ? "mitigation" : "waiver";
  if (line == rule.yields.end()) {
    broken.push_back(fmt::format("{} has no `{}` line", rule.rule, kind));
  } else {
    const kernel::Yield& y = line->second;
    if (l.until >= kSentinel) broken.push_back("its end is a date that nobody means");
    if (l.until <= l.from) broken.push_back("it ends before it begins");
    if (y.at_most > 0 && length(l) > y.at_most) broken.push_back(fmt::format("{} long, of at most {}", days(length(l)), days(y.at_most)));
    const Chain chain = chain_by_pairs(kernel, id, y), again = chain_by_sweep(kernel, id, y);
    WRIT_CHECK(chain == again, fmt::format("the two computations of a chain of renewals differ for {}", l.id));
    if (y.at_most > 0 && chain.renewals > y.renew) broken.push_back(fmt::format("renewed {} times, of at most {}", chain.renewals, y.renew));
    if (in_a_row(y) > 0 && chain.total > in_a_row(y)) broken.push_back(fmt::format("{} in a row, of at most {}", days(chain.total), days(in_a_row(y))));
    if (y.with_control && l.controls.empty()) broken.push_back("it names no control");
    for (kernel::ControlId c : l.controls)
      if (!y.controls.empty() && std::find(y.controls.begin(), y.controls.end(), c) == y.controls.end())
        broken.push_back(fmt::format("{} is no control of the line", kernel.controls[c].name));
  }
  for (kernel::LiftId other : kernel.lifts.ids())
    if (other < id && kernel.lifts[other].id != l.id && twins(kernel, kernel.lifts[other], l)) broken.push_back(fmt::format("a twin of {}", kernel.lifts[other].id));
  // 8.4: some request is decided differently. What has no approval record yet lifts nothing yet; `dead` says so.
  if (broken.empty() && l.approved) {
    Solved alive = solve_dead_lift(settings, obligation);
    if (alive.verdict.kind == VerdictKind::Undecided) return alive;
    if (alive.verdict.kind == VerdictKind::Refuted) broken.push_back("lifts nothing: " + alive.verdict.detail);
  }
  if (broken.empty()) return proved({"the line's approvers and their independence are judged when the statement is checked"});
  Witness w;
  w.kind = WitnessKind::Static;
  w.story = {{fmt::format("{} {} {}", kind, l.id, rule.rule), l.origin.range}, {fmt::format("yields by its `{}` line", kind), rule.origin.range}};
  std::string why;
  for (const std::string& b : broken) {
    why += (why.empty() ? "" : "; ") + b;
    w.story.push_back({b, l.origin.range});
  }
  w.replayed = {"second computation"};
  return refuted(why, w);
}

}  // namespace writ::verify
