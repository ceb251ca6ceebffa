#include "compiler/question/decision.h"

#include <gtest/gtest.h>

#include "runtime/json/json.h"

namespace writ::question {
namespace {

TEST(Decision, FormatsInstants) {
  EXPECT_EQ(format_instant(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(format_instant(1'780'315'200'000), "2026-06-01T12:00:00Z");
  EXPECT_EQ(format_instant(1'780'315'200'001), "2026-06-01T12:00:00.001Z");
  EXPECT_EQ(format_instant(7'258'118'399'999), "2199-12-31T23:59:59.999Z");
}

TEST(Decision, OutcomesAreOrdered) {
  EXPECT_LT(Outcome::Deny, Outcome::Indeterminate);
  EXPECT_LT(Outcome::Indeterminate, Outcome::Pending);
  EXPECT_LT(Outcome::Pending, Outcome::Permit);
  EXPECT_EQ(to_string(Outcome::Indeterminate), "indeterminate");
}

TEST(Decision, AnEmptyOneHasEveryKeyInOrder) {
  EXPECT_EQ(to_json({}),
            R"({"decision": false, "context": {"outcome": "deny", "reason": null, "valid_until": null, "end": null, "possible_from": null, )"
            R"("decided_by": [], "lifts": [], "obligations": [], "missing": [], "unknown": [], "rests_on": [], "holds_for_version": null, )"
            R"("findings": [], "nearest_misses": [], "emergencies": [], "ignored": [], "bundle": null, "policy_version": null, "decision_id": null}})");
}

TEST(Decision, AFullOneReadsBack) {
  Decision d;
  d.outcome = Outcome::Permit;
  d.valid_until = 0;
  d.end = End{1, "cap"};
  d.possible_from = 2;
  d.decided_by = {{"m.ap", "a.writ:1", "says \"x\""}};
  d.lifts = {{"m.x", "exception", "eve", 3, "claimed", ""}};
  d.obligations = {{"m.tell", "notify", "soc@firm.example"}};
  d.missing = {{"m.big", "m.dual", 1, "role boss", std::nullopt}};
  d.unknown = {{"resource.amount", "not_supplied"}};
  d.nearest_misses = {{"m.ap", "a.writ:1", true, {"a"}, {"b"}}};
  d.ignored = {{"amuont", "amount", std::nullopt, ""}, {"", "", 1u, "not_attested"}};
  const auto read = json::parse(to_json(d));
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->find("decision")->boolean);
  const json::Value& c = *read->find("context");
  EXPECT_EQ(c.members.size(), 19u);
  EXPECT_EQ(c.find("valid_until")->text, "1970-01-01T00:00:00Z");
  EXPECT_EQ(c.find("end")->find("why")->text, "cap");
  EXPECT_EQ(c.find("decided_by")->items[0].find("sentence")->text, "says \"x\"");
  EXPECT_EQ(c.find("lifts")->items[0].find("until")->text, "1970-01-01T00:00:00.003Z");
  EXPECT_EQ(c.find("missing")->items[0].find("step")->text, "1");
  EXPECT_TRUE(c.find("missing")->items[0].find("by")->is(json::Kind::Null));
  EXPECT_EQ(json::canonical(*c.find("ignored")), R"([{"name":"amuont","nearest":"amount"},{"path":1,"why":"not_attested"}])");
}

}  // namespace
}  // namespace writ::question
