// Generated policies, small enough to ask about every request: one resource type, at most two roles, a few grants, restrictions, an exception,
// a rule on objects, over at most five facts. The seed decides everything. Facts that are compared have types of their own, so that the
// enumerator cuts each at its own literals.
#pragma once

#include <random>

#include "tests/unit/support/kernel_builder.h"

namespace writ::oracles {

using namespace testing_support;

inline constexpr std::int64_t kJune = 1'780'272'000'000;   // 2026-06-01T00:00Z
inline constexpr std::int64_t kDay = 86'400'000;

/// Strata: what a policy has more of than chance would give it.
enum class Focus : std::uint8_t { Mixed, Lifts };

struct Policy : KernelBuilder {
  EntityId invoice = entity("Invoice", typed_ir::EntityKind::Resource);
  AttributeId grade, amount, closed, note, urgent;
  ActionId act, other;
  std::vector<RoleId> role_ids;
  std::vector<kernel::GrantId> grant_ids;

  explicit Policy(unsigned seed, Focus focus = Focus::Mixed) : random_(seed), focus_(focus) {
    grade = attribute(employee, "grade", scalar(Scalar::Int));
    amount = attribute(invoice, "amount", scalar(Scalar::Decimal));
    closed = attribute(invoice, "closed", scalar(Scalar::Bool));
    note = attribute(invoice, "note", optional(scalar(Scalar::String)));
    urgent = attribute(context, "urgent", scalar(Scalar::Bool));
    act = action("inv.enter", invoice);
    other = action("inv.approve", invoice);
    roles();
    grants();
    restrictions();
  }

  unsigned below(unsigned n) { return static_cast<unsigned>(random_() % n); }
  bool chance(unsigned percent) { return below(100) < percent; }

  /// A condition over what may be read there; `depth` bounds its nesting.
  CondId condition(unsigned depth) {
    if (depth > 0 && chance(35)) {
      const CondId a = condition(depth - 1), b = condition(depth - 1);
      return chance(50) ? both(a, b) : either(a, b);
    }
    const CondId a = atom();
    return chance(25) ? negation(a) : a;
  }

 private:
  CondId compared(TermId fact, Scalar type, std::vector<std::int64_t> literals) {
    const TermId n = number(literals[below(static_cast<unsigned>(literals.size()))] * (type == Scalar::Decimal ? typed_ir::kScale : 1), type);
    switch (below(4)) {
      case 0: return less(fact, n);
      case 1: return less_equal(fact, n);
      case 2: return less(n, fact);
      default: return less_equal(n, fact);
    }
  }
  CondId atom() {
    switch (below(7)) {
      case 0: return compared(principal(grade), Scalar::Int, {3, 5});
      case 1: return fact(ctx(urgent));
      case 2:
      case 3:
      case 4: return compared(resource(amount), Scalar::Decimal, {10, 20});
      case 5: return fact(resource(closed));
      default: return known(resource(note));
    }
  }
  void roles() {
    role_ids.push_back(role("clerk", chance(30) ? compared(principal(grade), Scalar::Int, {3, 5}) : truth()));
    if (chance(50)) role_ids.push_back(role("senior", truth()));
  }
  /// Grants and restrictions are biased towards what decides nothing, so that neither verdict is rare.
  void grants() {
    const unsigned count = 2 + below(2);
    for (unsigned i = 0; i < count; ++i) {
      CondId where = chance(25) ? truth() : condition(1);
      RoleId of = role_ids[below(static_cast<unsigned>(role_ids.size()))];
      if (i > 0 && chance(55)) {   // narrower than an earlier one, or the same: redundant
        const kernel::Grant& earlier = k.grants[grant_ids[below(i)]];
        of = earlier.role;
        where = chance(50) ? earlier.access.where : both(earlier.access.where, condition(0));
      } else if (chance(15)) {
        where = both(where, before(cut()));
      }
      grant_ids.push_back(grant(of, act, where));
    }
  }
  std::int64_t cut() {
    return kJune + kDay * (1 + below(3));
  }
  void restrictions() {
    const unsigned count = lifts() ? 1 + below(2) : below(3) + (chance(50) ? 1 : 0);
    for (unsigned i = 0; i < count; ++i) {
      const std::string name = "r" + std::to_string(i);
      CondId where = condition(1);
      if (chance(20)) where = both(where, since(cut()));
      if (i > 0 && chance(45)) where = both(k.restrictions[RestrictionId{below(i)}].accesses[0].where, condition(0));   // in its shadow
      if (chance(lifts() ? 15 : 65)) {
        never(name, {access({act}, where)});
        continue;
      }
      const RestrictionId id = forbid(name, {access({act}, where)}, 30 * kDay);
      if (chance(lifts() ? 45 : 20)) k.restrictions[id].from = cut();
      if (chance(lifts() ? 95 : 75)) {
        const std::int64_t from = cut();
        exception("x" + std::to_string(i), id, {"ada"}, from, from + kDay, chance(30) ? fact(ctx(urgent)) : truth());
      }
    }
    if (chance(50)) {
      require_mfa("step", {access({act}, condition(0))}, 0);
    }
    if (chance(25)) {
      const RestrictionId id = object_rule("eyes", invoice, {side("enter", {access({act}, chance(30) ? condition(0) : truth())}), side("approve", {access({other})})},
                                           chance(50) ? 30 * kDay : 0);
      if (chance(40)) {
        typed_ir::Yield y;
        y.at_most = 90 * kDay;
        k.restrictions[id].yields[kernel::YieldKind::Waiver] = y;
        const std::int64_t from = cut();
        exception("both", id, {"ada"}, from, from + kDay);
      }
    }
  }

  bool lifts() const { return focus_ == Focus::Lifts; }

  std::mt19937 random_;
  Focus focus_;
};

}  // namespace writ::oracles
