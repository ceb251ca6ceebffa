#include <gtest/gtest.h>

#include "compiler/typed_ir/print_facts.h"
#include "tests/unit/typed_ir/small_program.h"

namespace writ::typed_ir {
namespace {

class Print : public ::testing::Test {
 protected:
  std::string text(CondId id) { return print(store, small.program.schema, id, names); }
  Small small;
  Conditions& store = small.program.conditions;
  Names names;
};

TEST_F(Print, ComparisonsReadAsWritten) {
  EXPECT_EQ(text(store.less_equal(small.field("amount"), small.euros(10'000))), "resource.amount <= 10000 EUR");
  EXPECT_EQ(text(store.less(small.euros(5), small.field("amount"))), "resource.amount > 5 EUR");
  EXPECT_EQ(text(store.equal(small.field("period"), small.closed())), "resource.period == closed");
}

TEST_F(Print, NegatedComparisonsAreMirrored) {
  const TermId amount = small.field("amount");
  EXPECT_EQ(text(store.negation(store.less(amount, small.euros(5)))), "resource.amount >= 5 EUR");
  EXPECT_EQ(text(store.negation(store.less(small.euros(5), amount))), "resource.amount <= 5 EUR");
  EXPECT_EQ(text(store.negation(store.less_equal(amount, small.euros(5)))), "resource.amount > 5 EUR");
  EXPECT_EQ(text(store.negation(store.equal(small.field("period"), small.open()))), "resource.period != open");
}

TEST_F(Print, AndAndOrNeverMixWithoutParentheses) {
  const CondId a = store.equal(small.field("period"), small.open()), b = store.less(small.field("amount"), small.euros(5)),
               c = store.equal(small.field("period"), small.closed());
  EXPECT_EQ(text(store.conjunction({a, store.disjunction({b, c})})),
            "resource.period == open and (resource.amount < 5 EUR or resource.period == closed)");
  EXPECT_EQ(text(store.negation(store.conjunction({a, b}))), "not (resource.period == open and resource.amount < 5 EUR)");
}

TEST_F(Print, RolesParametersAndBindersHaveTheirNames) {
  const TermId who = store.root(Root::Binder, small.ref(small.employee), 0), where = store.root(Root::Parameter, small.of(small.entity), 0);
  Cond holds;
  holds.kind = CondKind::Holds;
  holds.t = {who, where};
  holds.role = small.program.roles.add(Role{});
  const CondId id = store.add(holds);
  EXPECT_EQ(text(id), "#0 holds role#0($0)");
  names = {[](RoleId) { return std::string{"firm.payer"}; }, {"e"}, {"p"}};
  EXPECT_EQ(text(id), "p holds firm.payer(e)");
}

TEST_F(Print, CanNamesResourceContextAndInstant) {
  names.binders = {"e", "q", "c", "t"};
  Cond can;
  can.kind = CondKind::Can;
  can.action = *small.program.schema.find_action("inv.enter");
  can.t = {store.root(Root::Binder, small.ref(small.employee), 0), store.root(Root::Binder, small.ref(small.invoice), 1),
           store.root(Root::Binder, small.ref(small.program.schema.context), 2), store.root(Root::Binder, small.scalar(Scalar::Time), 3)};
  EXPECT_EQ(text(store.add(can)), "e can inv.enter on q in c at t");
}

TEST_F(Print, ValuesReadAsAnAuthorWritesThem) {
  EXPECT_EQ(print_decimal(15'000), "1.5");
  EXPECT_EQ(print_decimal(-1), "-0.0001");
  EXPECT_EQ(print_decimal(std::numeric_limits<std::int64_t>::min()), "-922337203685477.5808");
  EXPECT_EQ(print_duration(7'776'000'000), "90d");
  EXPECT_EQ(print_duration(5'400'000), "90min");
  EXPECT_EQ(print_instant(1'780'315'200'000), "2026-06-01T12:00Z");
  EXPECT_EQ(print_instant(1'780'315'201'500), "2026-06-01T12:00:01.500Z");
  EXPECT_EQ(print_instant(kForever), "never");
  EXPECT_EQ(print_string("say \"no\""), "\"say \\\"no\\\"\"");
}

TEST_F(Print, TypesReadAsAnAuthorWritesThem) {
  Type t = small.of(small.entity);
  t.set = true;
  EXPECT_EQ(print(small.program.schema, t), "set<Entity>");
  t = small.ref(small.employee);
  t.optional = true;
  EXPECT_EQ(print(small.program.schema, t), "Employee?");
}

TEST_F(Print, AProgramListsItsStatementsByName) {
  Role role;
  role.name = "firm.ap";
  role.type = small.employee;
  role.eligible = store.truth();
  GrantLine line;
  Access access;
  access.actions = {*small.program.schema.find_action("inv.enter")};
  access.where = store.less(small.field("amount"), small.euros(5));
  line.accesses = {access};
  role.may = {line};
  small.program.roles.add(role);
  role.name = "firm.an";
  role.may.clear();
  small.program.roles.add(role);
  const std::string text = print(small.program);
  EXPECT_NE(text.find("role firm.an for firm.Employee\nrole firm.ap for firm.Employee\n  may inv.enter where resource.amount < 5 EUR\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("dimension firm.Plant in firm.Entity { P1 of DE, P3 of FR, P9 }\n"), std::string::npos) << text;
}

TEST_F(Print, FactsShowThreeStates) {
  const Schema& s = small.program.schema;
  Type set = small.of(small.entity);
  set.set = true;
  EXPECT_EQ(print_fact(s, {true, {}, true}, small.of(small.entity)), "none");
  EXPECT_EQ(print_fact(s, {false, {{Scalar::Enum, 0, "", small.entity.index}}, true}, small.of(small.entity)), "DE");
  EXPECT_EQ(print_fact(s, {false, {{Scalar::Enum, 1, "", small.entity.index}}, false}, set), "{ FR, … }");
  EXPECT_EQ(print_fact(s, {}, set), "{ }");
}

}  // namespace
}  // namespace writ::typed_ir
