// E4 and E5: what a request leaves out, misspells or lets grow old.
#include <gtest/gtest.h>

#include "compiler/interpret/interpret.h"
#include "compiler/kernel/elaborate.h"
#include "tests/unit/check/policy_text.h"

namespace writ::testing {
namespace {

using question::Decision;
using question::Outcome;

class Request : public ::testing::Test {
 protected:
  void policy(const std::string& text) {
    source_.add_folder(std::filesystem::path(WRIT_SOURCE_DIR) / "tests/semantics");
    source_.add("more.writ", text);
    const auto program = source_.check();
    ASSERT_TRUE(program) << source_.messages();
    kernel_ = kernel::elaborate(*program, source_.sink);
    ASSERT_TRUE(kernel_) << source_.messages();
  }
  Decision decide(const std::string& request) {
    const auto got = interpret::Interpreter(*kernel_).decide_text(request);
    EXPECT_TRUE(got) << got.error().what;
    return got.value_or(Decision{});
  }
  static std::string facts(const Decision& d) {
    std::string text;
    for (const auto& fact : d.unknown) text += fact.fact + " " + fact.reason + ";";
    return text;
  }
  check::PolicyText source_;
  std::optional<kernel::Kernel> kernel_;
};

class E4 : public Request {
 protected:
  void SetUp() override { policy("module firm.more\nnever big { inv.enter where resource.amount > 10_000 EUR }\n"); }
  Decision ask(const std::string& properties, const std::string& action = "inv.enter") {
    return decide(R"({"subject": {"type": "Employee", "id": "ada", "properties": {"hired": "2020-01-01", "last_day": null,
      "held": {"roles": [{"role": "ap", "from": "2026-01-01", "until": null, "rests_on": [], "route": "request"}], "complete": true}}},
      "action": {"name": ")" + action + R"("}, "resource": {"type": "Invoice", "id": "i", "properties": )" + properties + R"(},
      "context": {"time": "2026-06-01T12:00:00Z", "history": {"events": [], "complete_for": ["s4", "cs", "local"], "since": null}}})");
  }
};

TEST_F(E4, WhatIsSuppliedIsRead) { EXPECT_EQ(ask(R"({"amount": {"value": "500", "currency": "EUR"}})").outcome, Outcome::Permit); }
TEST_F(E4, AMisspeltFactIsMissing) {
  const Decision d = ask(R"({"amuont": {"value": "500", "currency": "EUR"}})");
  EXPECT_EQ(d.outcome, Outcome::Indeterminate);
  EXPECT_EQ(facts(d), "resource.amount not_supplied;");
  ASSERT_EQ(d.ignored.size(), 1u);
  EXPECT_EQ(d.ignored[0].name, "amuont");
  EXPECT_EQ(d.ignored[0].nearest, "amount");
}
TEST_F(E4, AnIllTypedFactIsUnknown) {
  const Decision d = ask(R"({"amount": "lots"})");
  EXPECT_EQ(d.outcome, Outcome::Indeterminate);
  EXPECT_EQ(facts(d), "resource.amount ill_typed;");
}
TEST_F(E4, NullIsIllTypedWhereNothingMayBeAbsent) { EXPECT_EQ(ask(R"({"amount": null})").outcome, Outcome::Indeterminate); }
TEST_F(E4, AnotherCurrencyIsUnknown) {
  const Decision d = ask(R"({"amount": {"value": "500", "currency": "USD"}})");
  EXPECT_EQ(d.outcome, Outcome::Indeterminate);
  EXPECT_EQ(facts(d), "resource.amount other_currency;");
}
TEST_F(E4, NothingIsRounded) { EXPECT_EQ(ask(R"({"amount": {"value": "500.00001", "currency": "EUR"}})").outcome, Outcome::Indeterminate); }
TEST_F(E4, AMisspeltActionIsRefused) {
  const Decision d = ask("{}", "inv.entre");
  EXPECT_EQ(d.outcome, Outcome::Deny);
  EXPECT_EQ(d.reason, "unknown_action");
  ASSERT_EQ(d.ignored.size(), 1u);
  EXPECT_EQ(d.ignored[0].nearest, "inv.enter");
}

/// What review sees of `bp` for somebody with these holdings.
class E4Held : public E4 {
 protected:
  std::string review(const std::string& held) {
    const auto request = json::parse(R"({"subject": {"type": "Employee", "id": "ada", "properties": {"hired": "2020-01-01", "last_day": null, "owned": {"ids": [], "complete": true}, "held": )" +
                                     held + R"(}}, "context": {"time": "2026-06-01T12:00:00Z"}})");
    const auto found = interpret::Interpreter(*kernel_).standing(*request, {1'780'315'200'000, typed_ir::kForever});
    std::string text;
    for (const auto& f : found.value())
      if (f.disjoint.empty() && f.rule == "firm.bp") text += f.possible ? "possible " : "must ";
    return text;
  }
};

TEST_F(E4Held, ABareArrayIsNotComplete) { EXPECT_NE(review(R"(["ap"])"), ""); }
TEST_F(E4Held, ACompleteListIsClean) { EXPECT_EQ(review(R"({"roles": ["ap"], "complete": true, "source": "iga"})"), ""); }
TEST_F(E4Held, AMisspeltRoleHidesNothing) { EXPECT_NE(review(R"({"roles": ["ap", "payre"], "complete": true, "source": "iga"})"), ""); }

class E5 : public Request {
 protected:
  void SetUp() override {
    policy(R"(module firm.more
enum Status { active, terminated }
principal Clerk is human { status: Status fresh within 15min }
never left { everything by Clerk where principal.status == terminated }
role poster for Clerk { may inv.enter }
)");
  }
  Decision ask(const std::string& as_of) {
    return decide(R"({"subject": {"type": "Clerk", "id": "kim", "properties": {"status": "active",
      "held": {"roles": [{"role": "poster", "from": null, "until": null, "rests_on": [], "route": "request"}], "complete": true}}},
      "action": {"name": "inv.enter"}, "resource": {"type": "Invoice", "id": "i", "properties": {}},
      "context": {"time": "2026-06-01T10:15:00Z", "as_of": {"principal.status": ")" + as_of + R"("},
                  "history": {"events": [], "complete_for": ["s4", "cs", "local"], "since": null}}})");
  }
};

TEST_F(E5, AStaleFactIsUnknown) {
  const Decision d = ask("2026-06-01T09:50:00Z");
  EXPECT_EQ(d.outcome, Outcome::Indeterminate);
  EXPECT_EQ(facts(d), "principal.status stale;");
}
TEST_F(E5, AFreshOneHoldsUntilItIsStale) {
  const Decision d = ask("2026-06-01T10:10:00Z");
  EXPECT_EQ(d.outcome, Outcome::Permit);
  EXPECT_EQ(question::format_instant(d.valid_until.value_or(0)), "2026-06-01T10:25:00Z");
}

}  // namespace
}  // namespace writ::testing
