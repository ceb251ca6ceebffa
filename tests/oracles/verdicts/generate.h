// Generated policies, small enough to ask about every request: one resource type, at most two roles, a few grants, restrictions and an exception
// over at most five fact atoms. The seed decides everything. A policy also knows the literals of each fact, so that a grid of requests can
// have one value per cell.
#pragma once

#include <random>

#include "tests/unit/support/kernel_builder.h"

namespace writ::oracles {

using namespace testing_support;

inline constexpr std::int64_t kJune = 1'780'272'000'000;   // 2026-06-01T00:00Z
inline constexpr std::int64_t kDay = 86'400'000;

/// A fact, and which values tell its cells apart.
struct Atom {
  std::string place;                       ///< "subject", "resource", "context"
  std::string name;
  Scalar scalar = Scalar::Int;
  bool optional = false;
  std::set<std::int64_t> cuts;             ///< Int: literals it is compared with
};

struct Policy : KernelBuilder {
  EntityId invoice = entity("Invoice", typed_ir::EntityKind::Resource);
  AttributeId grade, amount, closed, note, urgent;
  ActionId act;
  std::vector<RoleId> role_ids;
  std::vector<kernel::GrantId> grant_ids;
  std::map<std::string, Atom> atoms;       ///< those that the policy reads
  std::set<std::int64_t> instants;         ///< cuts of `now`
  bool mfa = false;
  std::vector<std::string> persons{"ada", "ben"};

  explicit Policy(unsigned seed) : random_(seed) {
    grade = attribute(employee, "grade", scalar(Scalar::Int));
    amount = attribute(invoice, "amount", scalar(Scalar::Int));
    closed = attribute(invoice, "closed", scalar(Scalar::Bool));
    note = attribute(invoice, "note", optional(scalar(Scalar::Int)));
    urgent = attribute(context, "urgent", scalar(Scalar::Bool));
    act = action("inv.enter", invoice);
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
  Atom& read(const std::string& place, const std::string& name, Scalar s, bool optional = false) {
    Atom& a = atoms[place + "." + name];
    a.place = place;
    a.name = name;
    a.scalar = s;
    a.optional = optional;
    return a;
  }
  CondId compared(TermId fact, Atom& atom, std::vector<std::int64_t> literals) {
    const std::int64_t n = literals[below(static_cast<unsigned>(literals.size()))];
    atom.cuts.insert(n);
    switch (below(4)) {
      case 0: return less(fact, number(n));
      case 1: return less_equal(fact, number(n));
      case 2: return less(number(n), fact);
      default: return less_equal(number(n), fact);
    }
  }
  CondId atom() {
    switch (below(7)) {
      case 0: return compared(principal(grade), read("subject", "grade", Scalar::Int), {3, 5});
      case 1: return fact(ctx_read());
      case 2:
      case 3:
      case 4: return compared(resource(amount), read("resource", "amount", Scalar::Int), {10, 20});
      case 5: read("resource", "closed", Scalar::Bool); return fact(resource(closed));
      default: read("resource", "note", Scalar::Int, true); return known(resource(note));
    }
  }
  TermId ctx_read() {
    read("context", "urgent", Scalar::Bool);
    return ctx(urgent);
  }
  void roles() {
    role_ids.push_back(role("clerk", chance(30) ? compared(principal(grade), read("subject", "grade", Scalar::Int), {3, 5}) : truth()));
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
    const std::int64_t at = kJune + kDay * (1 + below(3));
    instants.insert(at);
    return at;
  }
  void restrictions() {
    const unsigned count = below(3) + (chance(50) ? 1 : 0);
    for (unsigned i = 0; i < count; ++i) {
      const std::string name = "r" + std::to_string(i);
      CondId where = condition(1);
      if (chance(20)) where = both(where, since(cut()));
      if (i > 0 && chance(45)) where = both(k.restrictions[RestrictionId{below(i)}].accesses[0].where, condition(0));   // in its shadow
      if (chance(65)) {
        never(name, {access({act}, where)});
        continue;
      }
      const RestrictionId id = forbid(name, {access({act}, where)}, 30 * kDay);
      if (chance(20)) k.restrictions[id].from = cut();
      if (chance(75)) {
        const std::int64_t from = cut();
        exception("x" + std::to_string(i), id, {"ada"}, from, from + kDay, chance(30) ? fact(ctx_read()) : truth());
        instants.insert(from + kDay);
      }
    }
    if (chance(65)) {
      require_mfa("step", {access({act}, condition(0))}, 0);
      mfa = true;
    }
  }

  std::mt19937 random_;
};

}  // namespace writ::oracles
