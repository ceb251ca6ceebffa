// What a request got wrong is named, and a holding that does not count says why: by the bundle and by the interpreter, to the letter.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "compiler/emit/emit.h"
#include "compiler/interpret/interpret.h"
#include "compiler/lower/lower.h"
#include "runtime/authzen/policy.h"
#include "tests/unit/kernel/surface.h"

namespace writ::authzen {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class Told : public ::testing::Test {
 protected:
  Told() : elaborated_(kernel::elaborate_in_firm("role reader for Employee where principal.dept == AP { may inv.read  at most 30d }\n")) {
    auto loaded = Policy::load(emit::to_bytes(lower::lower(*elaborated_->kernel, {})));
    EXPECT_TRUE(loaded);
    policy_ = *loaded;
  }
  /// The answer of both, a refusal as its code and sentence; "" and a failure if they differ.
  json::Value asked(const std::string& request) {
    const auto theirs = interpret::Interpreter(*elaborated_->kernel).decide_text(request);
    const auto ours = policy_->decide_text(request);
    EXPECT_EQ(theirs.has_value(), ours.has_value()) << request;
    if (!theirs || !ours) {
      EXPECT_EQ(theirs.error().code + theirs.error().at + theirs.error().what, ours.error().code + ours.error().at + ours.error().what);
      return json::object({{"error", json::string(ours.error().code + ": " + ours.error().what)}});
    }
    json::Value a = *json::parse(question::to_json(*theirs)), b = *json::parse(to_json(*ours));
    const json::Value &x = *a.find("context"), &y = *b.find("context");
    for (const char* key : {"outcome", "reason", "unknown", "nearest_misses", "ignored"}) EXPECT_EQ(json::canonical(*x.find(key)), json::canonical(*y.find(key))) << key << "\n" << request;
    return y;
  }
  static std::string reading(const std::string& held, const std::string& context = R"({"time": "2026-06-01T12:00:00Z"})", const std::string& type = "Invoice") {
    return R"({"subject": {"type": "Employee", "id": "ada", "properties": {"dept": "AP", "hired": "2020-01-01T00:00:00Z", "last_day": null, "held": {"complete": true, "roles": [)" + held +
           R"(]}}}, "action": {"name": "inv.read"}, "resource": {"type": ")" + type + R"(", "id": "i1"}, "context": )" + context + "}";
  }
  static std::string holding(const std::string& rest) { return R"({"role": "reader", )" + rest + "}"; }
  /// "name → nearest" of everything that was ignored.
  std::vector<std::string> ignored(const std::string& request) {
    std::vector<std::string> all;
    const json::Value answer = asked(request);
    for (const json::Value& item : answer.find("ignored")->items) {
      const json::Value* nearest = item.find("nearest");
      all.push_back(item.find("name")->text + (nearest->is(json::Kind::String) ? " → " + nearest->text : ""));
    }
    return all;
  }
  /// What the first nearest miss says of its holding: "held.until" failed, "?held.from" unknown.
  std::vector<std::string> parts(const std::string& request) {
    std::vector<std::string> all;
    const json::Value answer = asked(request);
    const json::Value& miss = answer.find("nearest_misses")->items.at(0);
    for (const json::Value& item : miss.find("failed")->items) all.push_back(item.text);
    for (const json::Value& item : miss.find("unknown")->items) all.push_back("?" + item.text);
    return all;
  }
  std::vector<std::string> unknown(const std::string& request) {
    std::vector<std::string> all;
    const json::Value answer = asked(request);
    for (const json::Value& item : answer.find("unknown")->items) all.push_back(item.find("fact")->text);
    return all;
  }

  std::unique_ptr<kernel::Elaborated> elaborated_;
  std::shared_ptr<const Policy> policy_;
};

constexpr const char* kGood = R"("from": "2026-05-20T00:00:00Z", "until": null, "rests_on": [], "route": "request")";

TEST_F(Told, WhatIsWellSaidIsNotIgnored) {
  EXPECT_THAT(ignored(reading(holding(kGood), R"({"time": "2026-06-01T12:00:00Z", "history": {"events": [], "complete_for": ["s4", "local"], "since": null}})")), ElementsAre());
  EXPECT_EQ(asked(reading(holding(kGood))).find("outcome")->text, "permit");
}

TEST_F(Told, MisspeltTypes) {
  EXPECT_THAT(ignored(reading(holding(kGood), "{}", "Invioce")), ElementsAre("Invioce → Invoice"));
  EXPECT_EQ(asked(reading(holding(kGood), "{}", "Invioce")).find("reason")->text, "unknown_action");
  std::string request = reading("");
  request.replace(request.find("Employee"), 8, "Employe");
  EXPECT_EQ(asked(request).find("error")->text, "unknown_principal_type: `Employe` is no principal type; did you mean `Employee`?");
}

TEST_F(Told, MembersThatNobodyReads) {
  std::string request = reading(holding(kGood));
  request.replace(0, 1, R"({"contxt": {}, "options": {"x": 1}, )");
  EXPECT_THAT(ignored(request), ElementsAre("contxt → context", "options"));
  request.replace(0, 1, R"({"evaluations": [], )");
  EXPECT_THAT(asked(request).find("error")->text, HasSubstr("bad_request: a batch"));
}

TEST_F(Told, MisspeltRolesEventsAndSystems) {
  EXPECT_THAT(ignored(reading(R"({"role": "raeder"}, {"role": "firm.boos"}, "chieff")")), ElementsAre("chieff → chief", "firm.boos → firm.boss", "raeder → reader"));
  const std::string history = R"({"time": "2026-06-01T12:00:00Z", "history": {"since": null, "complete_for": ["s5", "local"], "events": [
      {"action": "inv.entr", "keys": {"Invoice": ["i1"]}}, {"action": "inv.enter", "keys": {"Invoce": ["i1"]}}]}})";
  EXPECT_THAT(ignored(reading(holding(kGood), history)), ElementsAre("Invoce → Invoice", "inv.entr → inv.enter", "s5 → s4"));
  EXPECT_THAT(ignored(reading(R"({"access": {"actions": ["inv.raed"]}})")), ElementsAre("inv.raed → inv.read"));
}

TEST_F(Told, WhatIsMissingOfAHolding) {
  EXPECT_THAT(unknown(reading(holding(R"("until": null, "rests_on": [], "route": "request")"))), ElementsAre("held.from"));
  EXPECT_THAT(unknown(reading(holding(R"("from": "2026-05-20T00:00:00Z", "rests_on": [], "route": "request")"))), ElementsAre("held.until"));
  EXPECT_THAT(unknown(reading(holding(R"("from": "2026-05-20T00:00:00Z", "until": null, "route": "request")"))), ElementsAre("held.rests_on"));
}

TEST_F(Told, WhyAHoldingDoesNotCount) {
  const auto until = [](const std::string& from, const std::string& to) { return holding(R"("from": )" + from + R"(, "until": )" + to + R"(, "rests_on": [], "route": "request")"); };
  EXPECT_THAT(parts(reading(until("\"2026-05-20T00:00:00Z\"", "\"2026-05-25T00:00:00Z\""))), ElementsAre("held.until"));
  EXPECT_THAT(parts(reading(until("\"2026-06-20T00:00:00Z\"", "null"))), ElementsAre("held.from"));
  EXPECT_THAT(parts(reading(until("\"2026-01-20T00:00:00Z\"", "null"))), ElementsAre("held.at_most"));
  std::string left = reading(until("\"2026-05-20T00:00:00Z\"", "null"));
  left.replace(left.find("\"last_day\": null"), 16, "\"last_day\": \"2026-05-30T00:00:00Z\"");
  EXPECT_THAT(parts(left), ElementsAre("held.tenure"));
  std::string moved = reading(until("\"2026-05-20T00:00:00Z\"", "null"));
  moved.replace(moved.find("\"AP\""), 4, "\"TR\"");
  EXPECT_THAT(parts(moved), ElementsAre("held.eligible"));
  EXPECT_THAT(parts(reading(holding(R"("from": "2026-05-20T00:00:00Z", "until": "2026-05-25T00:00:00Z", "route": "request", "delegator": "ben")"))),
              ElementsAre("held.until", "?held.rests_on", "?held.delegator"));
  EXPECT_THAT(parts(reading("")), ElementsAre());   // nothing of it is listed
}

}  // namespace
}  // namespace writ::authzen
