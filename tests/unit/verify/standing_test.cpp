// Roles alone, asserts, histories: what one person can hold or do over several requests.
#include <gmock/gmock.h>

#include "tests/unit/verify/fixture.h"

namespace writ::verify {
namespace {

using typed_ir::Root;

/// Two plants in DE, one in FR, one whose entity is missing; orders lie in plants, invoices in entities.
struct Scoped : KernelBuilder {
  EnumId entity_dim = enumeration("Entity", {"DE", "FR"}, true);
  EnumId plant = enumeration("Plant", {"P1", "P2", "P3", "P9"}, true);
  EntityId invoice = entity("Invoice", typed_ir::EntityKind::Resource), order = entity("Order", typed_ir::EntityKind::Resource);
  AttributeId where = attribute(invoice, "entity", enum_type(entity_dim)), at = attribute(order, "plant", enum_type(plant));
  AttributeId grade = attribute(employee, "grade", scalar(Scalar::Int));
  AttributeId urgent = attribute(context, "urgent", scalar(Scalar::Bool));
  ActionId enter = action("inv.enter", invoice), create = action("po.create", order);

  Scoped() {
    k.schema.enums[plant].parent = entity_dim;
    k.schema.enums[plant].values[0].parent = 0;
    k.schema.enums[plant].values[1].parent = 0;
    k.schema.enums[plant].values[2].parent = 1;
  }
  TermId scope(EnumId e) { return k.conditions.root(Root::Scope, enum_type(e)); }
  TermId parameter(EnumId e, std::uint32_t i = 0) { return k.conditions.root(Root::Parameter, enum_type(e), i); }
  kernel::Capability can(RoleId role, kernel::GrantId grant, ActionId action, EnumId dimension, CondId where) { return {role, grant, action, {dimension}, where}; }
  void rule(std::vector<kernel::Capability> entering, std::vector<kernel::Capability> creating) {
    standing_rule("bp", {entity_dim}, {side("enter", {access({enter})}, std::move(entering)), side("create", {access({create})}, std::move(creating))});
  }
};

TEST(RoleSod, SidesInOneEntityAreMet) {
  Scoped f;
  const RoleId both = f.role("both", {}, {{"e", enum_type(f.entity_dim)}});
  const auto g1 = f.grant(both, f.enter), g2 = f.grant(both, f.create);
  const CondId own = f.equal(f.scope(f.entity_dim), f.parameter(f.entity_dim));
  const CondId rolled = f.equal(f.k.conditions.roll_up(f.scope(f.plant), f.entity_dim, f.k.schema), f.parameter(f.entity_dim));
  f.rule({f.can(both, g1, f.enter, f.entity_dim, own)}, {f.can(both, g2, f.create, f.plant, rolled)});
  const Result r = only(f.finish(), "role-sod/firm.both/bp.assignment");
  EXPECT_EQ(to_string(r.verdict.kind), "refuted");
  EXPECT_THAT(r.verdict.detail, testing::HasSubstr("within DE"));
  EXPECT_EQ(verdict(f.k, "role-sod/firm.both/bp.assignment", {Fault::ForgottenDescendants}), "possible") << "a planted bug must show";
}

TEST(RoleSod, SidesInDifferentEntitiesAreNot) {
  Scoped f;
  const RoleId apart = f.role("apart");
  const auto g1 = f.grant(apart, f.enter), g2 = f.grant(apart, f.create);
  f.rule({f.can(apart, g1, f.enter, f.entity_dim, f.equal(f.scope(f.entity_dim), f.value(f.entity_dim, 1)))},
         {f.can(apart, g2, f.create, f.plant, f.equal(f.scope(f.plant), f.value(f.plant, 0)))});
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "role-sod/firm.apart/bp.assignment"), "proved");
  EXPECT_EQ(verdict(k, "role-sod/firm.apart/bp.assignment", {Fault::FirstSideOnly}), "refuted");
}

TEST(RoleSod, AMissingImageLiesPerhapsAnywhere) {
  Scoped f;
  const RoleId odd = f.role("odd");
  const auto g1 = f.grant(odd, f.enter), g2 = f.grant(odd, f.create);
  f.rule({f.can(odd, g1, f.enter, f.entity_dim, f.equal(f.scope(f.entity_dim), f.value(f.entity_dim, 1)))},
         {f.can(odd, g2, f.create, f.plant, f.equal(f.scope(f.plant), f.value(f.plant, 3)))});
  const Result r = only(f.finish(), "role-sod/firm.odd/bp.assignment");
  EXPECT_EQ(to_string(r.verdict.kind), "possible");
  EXPECT_EQ(r.verdict.reason, Reason::UnknownScope);
}

TEST(RoleSod, E35FactsOfThePersonAreSharedBetweenTheSides) {
  Scoped f;
  const RoleId y = f.role("y");
  const auto g1 = f.grant(y, f.enter), g2 = f.grant(y, f.create);
  const CondId low = f.less(f.principal(f.grade), f.number(5));
  f.rule({f.can(y, g1, f.enter, f.entity_dim, low)}, {f.can(y, g2, f.create, f.plant, f.negation(low))});
  EXPECT_EQ(verdict(f.finish(), "role-sod/firm.y/bp.assignment"), "proved");
}

TEST(RoleSod, ASideThatNobodyGivesMakesTheProofVacuous) {
  Scoped f;
  const RoleId one = f.role("one");
  const auto g1 = f.grant(one, f.enter);
  f.rule({f.can(one, g1, f.enter, f.entity_dim, f.truth())}, {});
  const kernel::Kernel k = f.finish();
  const Result r = only(k, "role-sod/firm.one/bp.assignment");
  EXPECT_EQ(to_string(r.verdict.kind), "vacuous");
  EXPECT_EQ(r.verdict.reason, Reason::SideUnused);
  EXPECT_EQ(verdict(k, "role-sod/firm.one/bp.assignment", {Fault::VacuousAsProved}), "proved");
}

TEST(Dead, AStandingRuleThatNoHoldingsBreakIsDead) {
  Scoped f;
  const RoleId a = f.role("a"), b = f.role("b");
  const auto g1 = f.grant(a, f.enter), g2 = f.grant(b, f.create);
  f.rule({f.can(a, g1, f.enter, f.entity_dim, f.equal(f.scope(f.entity_dim), f.value(f.entity_dim, 1)))},
         {f.can(b, g2, f.create, f.plant, f.equal(f.scope(f.plant), f.value(f.plant, 0)))});
  EXPECT_EQ(verdict(f.finish(), "dead/firm.bp.assignment"), "refuted");
}

TEST(Dead, AStandingRuleThatTwoRolesBreakIsAlive) {
  Scoped f;
  const RoleId a = f.role("a"), b = f.role("b");
  const auto g1 = f.grant(a, f.enter), g2 = f.grant(b, f.create);
  f.rule({f.can(a, g1, f.enter, f.entity_dim, f.truth())}, {f.can(b, g2, f.create, f.plant, f.truth())});
  EXPECT_EQ(verdict(f.finish(), "dead/firm.bp.assignment"), "proved");
}

// ---- objects and history

struct FourEyes : Invoices {
  FourEyes() {
    grant(clerk, enter);
    grant(clerk, approve);
    eyes = object_rule("eyes", invoice, {side("enter", {access({enter})}), side("approve", {access({approve})})});
  }
  RestrictionId eyes;

  TermId binder(std::uint32_t i, EntityId type) { return k.conditions.root(Root::Binder, reference(type), i); }
  CondId can(TermId who, ActionId action, TermId on) {
    return k.conditions.add({.kind = typed_ir::CondKind::Can, .t = {who, on}, .c = {}, .role = {}, .action = action, .threshold = {}});
  }
  void claim(const std::string& name, std::vector<typed_ir::Binder> binders, CondId where) {
    typed_ir::Claim c;
    c.name = "firm." + name;
    c.binders = std::move(binders);
    c.where = where;
    k.claims.add(c);
  }
};

TEST(Objects, TheRuleIsAliveAndItsDecisionsHold) {
  FourEyes f;
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "dead/firm.eyes.Invoice"), "proved");
  EXPECT_EQ(verdict(k, "horizon/inv.approve"), "proved");
  EXPECT_EQ(verdict(k, "fail-closed/inv.approve"), "proved");
}

TEST(Objects, AWindowEndsTheRule) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  f.grant(f.clerk, f.approve);
  f.object_rule("eyes", f.invoice, {f.side("enter", {f.access({f.enter})}), f.side("approve", {f.access({f.approve})})}, 90 * kDay);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "horizon/inv.approve"), "proved");
  EXPECT_EQ(verdict(k, "horizon/inv.approve", {Fault::HorizonOfDecider}), "refuted");
}

TEST(Assert, WhoeverMayIsFound) {
  FourEyes f;
  const TermId e = f.binder(0, f.employee), q = f.binder(1, f.invoice);
  f.claim("nobody", {{"e", f.employee}, {"q", f.invoice}}, f.can(e, f.approve, q));
  const Result r = only(f.finish(), "assert/firm.nobody");
  EXPECT_EQ(to_string(r.verdict.kind), "refuted");
  ASSERT_TRUE(r.witness);
  EXPECT_EQ(r.witness->requests.size(), 1U);
  EXPECT_EQ(r.witness->requests[0].outcome, question::Outcome::Permit);
}

TEST(Assert, ARuleThatNothingLiftsProvesIt) {
  FourEyes f;
  f.never("hit", {f.access({f.approve}, f.less(f.number(900), f.resource(f.amount)))});
  const TermId e = f.binder(0, f.employee), q = f.binder(1, f.invoice);
  const CondId large = f.less(f.number(1000), f.k.conditions.attribute(q, f.amount, scalar(Scalar::Int)));
  const CondId middling = f.less(f.number(900), f.k.conditions.attribute(q, f.amount, scalar(Scalar::Int)));
  const CondId small = f.less(f.number(899), f.k.conditions.attribute(q, f.amount, scalar(Scalar::Int)));
  const std::vector<typed_ir::Binder> binders{{"e", f.employee}, {"q", f.invoice}};
  f.claim("large", binders, f.both(f.can(e, f.approve, q), large));
  f.claim("edge", binders, f.both(f.can(e, f.approve, q), middling));
  f.claim("small", binders, f.both(f.can(e, f.approve, q), small));
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "assert/firm.large"), "proved");
  EXPECT_EQ(verdict(k, "assert/firm.edge"), "proved");
  const Result r = only(k, "assert/firm.small");
  EXPECT_EQ(to_string(r.verdict.kind), "refuted");
  EXPECT_THAT(r.witness->requests[0].json, testing::HasSubstr("\"amount\":900"));
}

TEST(Assert, E35TwoRequestsHaveTwoContexts) {
  Invoices f;
  const CondId urgent = f.fact(f.ctx(f.urgent));
  f.grant(f.clerk, f.enter, urgent);
  f.grant(f.clerk, f.approve, f.negation(urgent));
  typed_ir::Claim c;
  c.name = "firm.apart";
  c.binders = {{"e", f.employee}, {"p", f.invoice}, {"q", f.invoice}};
  auto binder = [&](std::uint32_t i, EntityId type) { return f.k.conditions.root(Root::Binder, reference(type), i); };
  auto can = [&](ActionId action, std::uint32_t on) {
    return f.k.conditions.add({.kind = typed_ir::CondKind::Can, .t = {binder(0, f.employee), binder(on, f.invoice)}, .c = {}, .role = {}, .action = action, .threshold = {}});
  };
  c.where = f.both(can(f.enter, 1), can(f.approve, 2));
  f.k.claims.add(c);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "assert/firm.apart"), "refuted");
  EXPECT_NE(verdict(k, "assert/firm.apart", {Fault::SharedContext}), "refuted") << "a planted bug must show";
}

TEST(Assert, LapsedEligibilityGrantsNothing) {
  Invoices f;
  const RoleId senior = f.role("senior", f.less(f.number(4), f.principal(f.grade)));
  f.grant(senior, f.approve);
  typed_ir::Claim c;
  c.name = "firm.grade";
  c.binders = {{"e", f.employee}, {"q", f.invoice}};
  const TermId e = f.k.conditions.root(Root::Binder, reference(f.employee), 0), q = f.k.conditions.root(Root::Binder, reference(f.invoice), 1);
  const CondId can = f.k.conditions.add({.kind = typed_ir::CondKind::Can, .t = {e, q}, .c = {}, .role = {}, .action = f.approve, .threshold = {}});
  c.where = f.both(can, f.less_equal(f.k.conditions.attribute(e, f.grade, scalar(Scalar::Int)), f.number(4)));
  f.k.claims.add(c);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "assert/firm.grade"), "proved");
  EXPECT_EQ(verdict(k, "assert/firm.grade", {Fault::EligibilityIgnored}), "refuted");
}

TEST(Assert, AnUncertainLiftDoesNotLift) {
  Invoices f;
  f.grant(f.clerk, f.enter);
  const RestrictionId late = f.forbid("late", {f.access({f.enter}, f.fact(f.resource(f.closed)))}, 90 * kDay);
  f.exception("x", late, {"ada"}, kJune, kJune + kDay, f.fact(f.ctx(f.urgent)));
  typed_ir::Claim c;
  c.name = "firm.calm";
  c.binders = {{"e", f.employee}, {"q", f.invoice}, {"c", f.context}};
  auto binder = [&](std::uint32_t i, EntityId type) { return f.k.conditions.root(Root::Binder, reference(type), i); };
  const TermId q = binder(1, f.invoice), ctx = binder(2, f.context);
  const CondId can = f.k.conditions.add({.kind = typed_ir::CondKind::Can, .t = {binder(0, f.employee), q, ctx}, .c = {}, .role = {}, .action = f.enter, .threshold = {}});
  const CondId closed = f.fact(f.k.conditions.attribute(q, f.closed, scalar(Scalar::Bool)));
  // Entered though closed, in a context not known to be urgent.
  c.where = f.k.conditions.conjunction({can, closed, f.negation(f.fact(f.k.conditions.attribute(ctx, f.urgent, scalar(Scalar::Bool))))});
  f.k.claims.add(c);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "assert/firm.calm"), "proved");
  // The bug shows where the context is not supplied at all: leaving it out widens.
  EXPECT_EQ(verdict(k, "fail-closed/inv.enter"), "proved");
  EXPECT_EQ(verdict(k, "fail-closed/inv.enter", {Fault::UnknownLiftLifts}), "refuted");
}

TEST(Dead, OneKnownBitPerFact) {
  Invoices f;
  const CondId urgent = f.fact(f.ctx(f.urgent));
  f.grant(f.clerk, f.enter, urgent);
  f.grant(f.clerk, f.enter, urgent);
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "dead/firm.clerk/may.inv.enter.2"), "refuted");
  EXPECT_EQ(verdict(k, "dead/firm.clerk/may.inv.enter.2", {Fault::KnownPerOccurrence}), "proved") << "a planted bug must show";
}

TEST(Conflict, LessIsNotLessOrEqual) {
  Invoices f;
  f.grant(f.clerk, f.enter, f.less_equal(f.resource(f.amount), f.number(100)));
  f.never("cap", {f.access({f.enter}, f.less_equal(f.number(100), f.resource(f.amount)))});
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "conflict/firm.clerk/may.inv.enter"), "refuted") << "exactly 100 is promised and refused";
  EXPECT_EQ(verdict(k, "conflict/firm.clerk/may.inv.enter", {Fault::LessForLessEqual}), "proved");
}

TEST(FailClosed, AbsentIsKnown) {
  Invoices f;
  const AttributeId note = f.attribute(f.invoice, "note", optional(scalar(Scalar::Int)));
  f.grant(f.clerk, f.enter, f.negation(f.known(f.resource(note))));
  const kernel::Kernel k = f.finish();
  EXPECT_EQ(verdict(k, "dead/firm.clerk/may.inv.enter"), "proved");
  EXPECT_EQ(verdict(k, "dead/firm.clerk/may.inv.enter", {Fault::AbsentIsUnknown}), "refuted");
}

}  // namespace
}  // namespace writ::verify
