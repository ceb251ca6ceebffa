// Requirements, approvals, exceptions and mitigations (7, 8).
#include "tests/unit/interpret/firm.h"

namespace writ::interpret {
namespace {

const char* const kClosed = R"({"type": "Invoice", "id": "j", "properties": {"entity": "DE", "amount": {"value": "500", "currency": "EUR"}, "period": "closed"}})";
const char* const kClosedBig = R"({"type": "Invoice", "id": "k", "properties": {"entity": "DE", "amount": {"value": "950", "currency": "EUR"}, "period": "closed"}})";

TEST(Lifts, E1_ALiftLiftsOnlyWhatItNames) {
  const Firm firm("role poster for Employee { may inv.enter }\nforbid late high \"Closed\" { inv.enter where resource.period == closed  waiver at most 10d, by board }\n"
                  "never hit { inv.enter where resource.amount > 900 EUR }\n"
                  "exception x waives late { for \"ada\"  from 2026-05-25 through 2026-06-02  approved by \"eve\" on 2026-05-20  reason \"r\" }");
  Ask ask{.who = {.held = holding("poster")}, .resource = kClosed};
  const auto d = firm.decide(ask);
  EXPECT_EQ(Firm::told(d), "permit lift x");
  EXPECT_EQ(Firm::until(d), "2026-06-02T22:00:00Z");
  EXPECT_EQ(d.lifts.at(0).approval, "claimed");
  ASSERT_EQ(d.decided_by.size(), 2u);
  EXPECT_EQ(d.decided_by[1].id, "firm.x");
  ask.time = R"("2026-06-02T21:59:59.999Z")";
  EXPECT_EQ(firm.say(ask), "permit lift x");
  ask.time = R"("2026-06-02T22:00:00Z")";
  EXPECT_EQ(firm.say(ask), "deny by late");
  EXPECT_EQ(firm.until(ask), "never");
  ask.time = R"("2026-06-01T12:00:00Z")";
  ask.who.id = "ben";
  EXPECT_EQ(firm.say(ask), "deny by late");
  EXPECT_EQ(firm.say({.who = {.held = holding("poster")}, .resource = kClosedBig}), "deny by hit");
}

TEST(Lifts, E19_EnforcedFrom) {
  const Firm firm("never late { inv.enter where resource.period == closed  enforced from 2026-10-01 }\nnever soft { inv.enter where resource.period == closed  report only }");
  Ask ask{.who = {.held = holding("ap")}, .resource = kClosed};
  EXPECT_EQ(firm.say(ask), "permit");
  EXPECT_EQ(firm.until(ask), "2026-09-30T22:00:00Z");
  ask.time = R"("2026-09-30T22:00:00Z")";
  EXPECT_EQ(firm.say(ask), "deny by late");
}

TEST(Lifts, E25_MitigatedWhileItsControlIsInForce) {
  const Firm firm("control c1 \"Weekly review\" { for eyes  owner \"fay\"  monitor \"fay\"  every 7d }\n"
                  "mitigation m covers eyes { for \"ada\"  on same Invoice  from 2026-01-01 through 2026-12-31  approved by \"eve\" on 2025-12-20  with c1  reason \"r\" }");
  Ask ask{.who = {.held = holding("ap")}, .action = "inv.approve"};
  ask.history = history(event("inv.enter", "ada", R"({"Invoice": ["i"]})") + ", " + event("inv.enter", "ben", R"({"Invoice": ["i"]})"));
  const std::string monitors = R"("monitors": [{"id": "fay", "active": true, "not_below": ["ada", "ben"]}])";
  const auto control = [&](const std::string& tested, const std::string& rest) { return R"(, "controls": {"c1": {"tested": ")" + tested + R"(", "effective": true, )" + rest + "}}"; };
  EXPECT_EQ(firm.say(ask), "indeterminate unknown firm.c1(not_supplied)");
  ask.more = control("2026-05-01", monitors);
  const auto d = firm.decide(ask);
  EXPECT_EQ(Firm::told(d), "permit lift m");
  EXPECT_EQ(d.lifts.at(0).control, "tested");
  EXPECT_EQ(Firm::until(d), "2026-12-31T23:00:00Z");
  ask.who.id = "ben";
  EXPECT_EQ(firm.say(ask), "deny by eyes");
  ask.who.id = "ada";
  ask.more = control("2025-06-01", monitors);
  EXPECT_EQ(firm.say(ask), "deny by eyes");   // last tested more than a year ago
  ask.more = control("2026-05-01", R"("monitors": [{"id": "ada", "active": true, "not_below": ["ada"]}])");
  EXPECT_EQ(firm.say(ask), "deny by eyes");   // monitors himself
  ask.more = control("2026-05-01", R"("monitors": [{"id": "fay", "active": true, "not_below": []}])");
  EXPECT_EQ(firm.say(ask), "indeterminate unknown firm.c1(not_supplied)");
  ask.more = control("2026-05-01", R"("monitors": [{"id": "fay", "active": false, "not_below": ["ada"]}])");
  EXPECT_EQ(firm.say(ask), "deny by eyes");
}

TEST(Lifts, E23_WhatRestsOnAnExceptionEndsWithIt) {
  const Firm firm("exception x waives bp { for \"ada\"  within DE  from 2026-05-01 through 2026-05-20  approved by \"eve\" on 2026-04-30  reason \"r\" }");
  const std::string steward = R"({"role": "steward", "args": {"e": "DE"}, "from": "2026-05-01T00:00:00+02:00", "until": null, "rests_on": [")";
  Ask ask{.who = {.held = steward + "firm.x\"]}"}, .action = "bank.change", .resource = kVendor};
  EXPECT_EQ(firm.say(ask), "deny");
  ask.time = R"("2026-05-20T21:59:59.999Z")";
  EXPECT_EQ(firm.say(ask), "permit");
  EXPECT_EQ(firm.until(ask), "2026-05-20T22:00:00Z");
  ask.who.held = steward + "firm.gone\"]}";
  EXPECT_EQ(firm.say(ask), "indeterminate unknown held.rests_on(not_supplied)");   // an id that nobody knows
}

TEST(Warrants, MfaIsMetOrCanBeGot) {
  const Firm firm("require strong { mfa fresh within 15min before pay.execute }");
  Ask ask{.who = {.held = holding("payer", R"({"e": "DE"})")}, .action = "pay.execute", .resource = kRun};
  EXPECT_EQ(firm.say(ask), "pending missing mfa");
  ask.more = R"(, "warrants": {"mfa": {"level": 2, "time": "2026-06-01T11:45:00.001Z"}})";
  EXPECT_EQ(firm.say(ask), "permit lift strong");
  EXPECT_EQ(firm.until(ask), "2026-06-01T12:00:00.001Z");
  ask.more = R"(, "warrants": {"mfa": {"level": 2, "time": "2026-06-01T11:45:00Z"}})";
  EXPECT_EQ(firm.say(ask), "pending missing mfa");   // weaker or older is unmet, not a denial
  ask.more = R"(, "warrants": {"mfa": {"level": 2}})";
  EXPECT_EQ(firm.say(ask), "pending missing mfa");
}

/// 6.9: without a join, a lift for DE is for whoever can do all sides only there.
TEST(Lifts, WithinAPlaceOnARuleWithoutAJoin) {
  const Firm firm("sod pair high \"Pair\" { separate bank.change from pay.execute  at use  waiver at most 30d, by board }\n"
                  "exception x waives pair { for \"ada\"  at use  within DE  from 2026-05-25 through 2026-06-10  approved by \"eve\" on 2026-05-20  reason \"r\" }");
  const std::string de = R"({"e": "DE"})", fr = R"({"e": "FR"})", here = holding("steward", de) + ", " + holding("payer", de);
  EXPECT_EQ(firm.say({.who = {.held = here}, .action = "pay.execute", .resource = kRun}), "permit lift x");
  EXPECT_EQ(firm.say({.who = {.held = here + ", " + holding("payer", fr)}, .action = "pay.execute", .resource = kRun}), "deny by pair");
  EXPECT_EQ(firm.say({.who = {.id = "ben", .held = here}, .action = "pay.execute", .resource = kRun}), "deny by pair");
  EXPECT_EQ(firm.until({.who = {.held = here}, .action = "pay.execute", .resource = kRun}), "2026-06-10T22:00:00Z");
}

/// Two lifts in two dimensions: each asks of its own, wherever the other lies.
TEST(Lifts, WithinPlacesOfSeveralDimensionsOnARuleWithoutAJoin) {
  const Firm firm("dimension Group { G1: s4 G \"1\"  G2: s4 G \"2\" }\nresource Deal { entity: Entity, group: Group }\naction deal.open, deal.close on Deal\n"
                  "role opener(e: Entity, g: Group) for Employee { within e  may deal.open where resource.group == g }\n"
                  "role closer(e: Entity, g: Group) for Employee { within e  may deal.close where resource.group == g }\n"
                  "sod pair high \"Pair\" { separate deal.open from deal.close  at use  waiver at most 30d, by board }\n"
                  "exception x waives pair { for \"ada\"  at use  within DE  from 2026-05-25 through 2026-06-10  approved by \"eve\" on 2026-05-20  reason \"r\" }\n"
                  "exception y waives pair { for \"ben\"  at use  within G1  from 2026-05-25 through 2026-06-10  approved by \"eve\" on 2026-05-20  reason \"r\" }");
  const std::string deal = R"({"type": "Deal", "id": "d", "properties": {"entity": "DE", "group": "G1"}})";
  const auto held = [](const std::string& e, const std::string& g) {
    const std::string args = "{\"e\": \"" + e + "\", \"g\": \"" + g + "\"}";
    return holding("opener", args) + ", " + holding("closer", args);
  };
  const auto ask = [&](const std::string& who, const std::string& roles) { return firm.say({.who = {.id = who, .held = roles}, .action = "deal.open", .resource = deal}); };
  EXPECT_EQ(ask("ada", held("DE", "G1")), "permit lift x");
  EXPECT_EQ(ask("ada", held("DE", "G1") + ", " + held("DE", "G2")), "permit lift x");
  EXPECT_EQ(ask("ada", held("DE", "G1") + ", " + held("FR", "G1")), "deny by pair");
  EXPECT_EQ(ask("ben", held("DE", "G1")), "permit lift y");
  EXPECT_EQ(ask("ben", held("DE", "G1") + ", " + held("FR", "G1")), "permit lift y");
  EXPECT_EQ(ask("ben", held("DE", "G1") + ", " + held("DE", "G2")), "deny by pair");
}

TEST(Warrants, Evidence) {
  const Firm firm("require call { evidence \"call-back\" before bank.change }");
  Ask ask{.who = {.held = holding("steward", R"({"e": "DE"})")}, .action = "bank.change", .resource = kVendor};
  EXPECT_EQ(firm.say(ask), "pending missing evidence call-back");
  ask.more = R"(, "warrants": {"evidence": [{"kind": "call-back", "id": "CB-881", "time": "2026-06-01T11:45:00Z"}]})";
  EXPECT_EQ(firm.say(ask), "permit lift call");
}

/// Eve is boss, Fay is chief, both without a manager.
const char* const kApprovers =
    R"("entities": {"Employee": {"eve": {"grade": 9, "manager": null, "training": [], "hired": "2010-01-01", "last_day": null, "managers": {"ids": [], "complete": true}, "held": {"roles": [{"role": "boss", "from": null, "until": null, "rests_on": [], "route": "birthright"}], "complete": true}},)"
    R"( "fay": {"grade": 8, "manager": null, "training": [], "hired": "2010-01-01", "last_day": null, "held": {"roles": [{"role": "chief", "from": null, "until": null, "rests_on": []}], "complete": true}}}})";

std::string record(const std::string& chain, const std::string& by, const std::string& digest, const std::string& given = "2026-06-01T11:00:00Z", const std::string& verdict = "approved") {
  return fmt::format(R"({{"approval": "{}", "step": 1, "digest": "{}", "requested": "2026-06-01T10:00:00Z", "given": "{}", "approver": [{{"type": "Employee", "id": "{}"}}], "verdict": "{}", "withdrawn": null}})",
                     chain, digest, given, by, verdict);
}

class Approvals : public testing::Test {
 protected:
  Firm firm{"require big { approval dual before pay.execute where resource.total > 400 EUR }\nrequire own { approval line before pay.execute where resource.total > 9_000 EUR }"};
  Ask ask{.who = {.held = holding("payer", R"({"e": "DE"})")}, .action = "pay.execute", .resource = kRun};

  kernel::ChainId chain(const std::string& name) const {
    for (const auto id : firm.kernel().chains.ids())
      if (firm.kernel().chains[id].name == "firm." + name) return id;
    return {};
  }
  std::string digest(const std::string& name, const std::vector<std::pair<std::string, json::Value>>& over = {}) const {
    const auto d = firm.interpreter().request_digest(*json::parse(ask.json()), chain(name), over);
    EXPECT_TRUE(d) << d.error().what;
    return d ? *d : "";
  }
  void present(const std::string& records) { ask.more = R"(, "warrants": {"approvals": [)" + records + "]}, " + kApprovers; }
};

TEST_F(Approvals, E20_WhatWasApprovedAndByWhom) {
  EXPECT_EQ(firm.say(ask), "pending missing dual");
  const std::string d = digest("dual");
  present(record("firm.dual", "eve", d));
  EXPECT_EQ(firm.say(ask), "pending missing dual");
  present(record("firm.dual", "eve", d) + ", " + record("firm.dual", "fay", d));
  EXPECT_EQ(firm.say(ask), "permit lift big");
  EXPECT_EQ(firm.until(ask), "2026-06-03T11:00:00Z");
  ask.time = R"("2026-06-03T10:59:59.999Z")";
  EXPECT_EQ(firm.say(ask), "permit lift big");
  ask.time = R"("2026-06-03T11:00:00Z")";
  EXPECT_EQ(firm.say(ask), "pending missing dual");
}

TEST_F(Approvals, E20_EvesSignatureCannotCountForEve) {
  ask.who.id = "eve";
  ask.who.facts = R"("grade": 9, "manager": null, "hired": "2010-01-01", "last_day": null, "training": [])";
  ask.who.more = R"("managers": {"ids": [], "complete": true}, "owned": {"ids": [], "complete": true})";
  ask.more = "";
  const std::string d = digest("dual");
  ask.more = R"(, "warrants": {"approvals": [)" + record("firm.dual", "eve", d) + ", " + record("firm.dual", "fay", d) +
             R"(]}, "entities": {"Employee": {"fay": {"manager": null, "hired": "2010-01-01", "last_day": null, "held": {"roles": [{"role": "chief", "from": null, "until": null, "rests_on": []}], "complete": true}}}})";
  EXPECT_EQ(firm.say(ask), "pending missing dual");
  ask.resource = R"({"type": "Run", "id": "s", "properties": {"entity": "DE", "vendors": ["v"], "total": {"value": "10000", "currency": "EUR"}, "hit": false}})";
  EXPECT_EQ(firm.say(ask), "deny by own");   // she has no manager: it can never be met
}

TEST_F(Approvals, E21_AnotherAmountIsAnotherRequest) {
  const auto total = json::object({{"value", json::string("450")}, {"currency", json::string("EUR")}});
  const std::string other = digest("dual", {{"resource.total", total}});
  EXPECT_NE(other, digest("dual"));
  present(record("firm.dual", "eve", other) + ", " + record("firm.dual", "fay", other));
  EXPECT_EQ(firm.say(ask), "pending missing dual");
}

TEST_F(Approvals, ADigestOverAnUnknownValueNeverFits) {
  ask.resource = R"({"type": "Run", "id": "r", "properties": {"entity": "DE", "vendors": ["v"], "hit": false}})";
  EXPECT_EQ(digest("dual"), "");
}

TEST_F(Approvals, LateWithdrawnOrRejected) {
  const std::string d = digest("dual");
  present(record("firm.dual", "eve", d, "2026-06-03T10:00:00Z") + ", " + record("firm.dual", "fay", d));
  ask.time = R"("2026-06-03T10:30:00Z")";
  EXPECT_EQ(firm.say(ask), "pending missing dual");   // due two days after the request
  ask.time = R"("2026-06-01T12:00:00Z")";
  present(record("firm.dual", "eve", d) + ", " + record("firm.dual", "fay", d, "2026-06-01T11:00:00Z", "rejected"));
  EXPECT_EQ(firm.say(ask), "deny by big");
  std::string withdrawn = record("firm.dual", "fay", d);
  withdrawn.replace(withdrawn.find(R"("withdrawn": null)"), 17, R"("withdrawn": "2026-06-01T11:30:00Z")");
  present(record("firm.dual", "eve", d) + ", " + withdrawn);
  EXPECT_EQ(firm.say(ask), "pending missing dual");
}

TEST_F(Approvals, NobodyBelowTheRequesterApproves) {
  const std::string d = digest("dual");
  std::string approvers = kApprovers;
  approvers.replace(approvers.find(R"("ids": [])"), 9, R"("ids": ["ada"])");
  approvers.replace(approvers.find(R"("manager": null)"), 15, R"("manager": "ada")");
  ask.more = R"(, "warrants": {"approvals": [)" + record("firm.dual", "eve", d) + ", " + record("firm.dual", "fay", d) + "]}, " + approvers;
  EXPECT_EQ(firm.say(ask), "pending missing dual");
}

/// `manager` says who is directly above and `managers` who is at all: nobody is independent on the word of one against the other.
TEST_F(Approvals, NeitherOfTwoStoriesAboutManagersProvesIndependence) {
  const std::string d = digest("dual");
  const auto with = [&](const std::string& manager, const std::string& managers) {
    std::string approvers = kApprovers;
    const std::string complete = R"("managers": {"ids": [], "complete": true})";
    approvers.replace(approvers.find(complete), complete.size(), R"("managers": )" + managers);
    if (!manager.empty()) approvers.replace(approvers.find(R"("manager": null)"), 15, R"("manager": )" + manager);
    ask.more = R"(, "warrants": {"approvals": [)" + record("firm.dual", "eve", d) + ", " + record("firm.dual", "fay", d) + "]}, " + approvers;
    return firm.say(ask);
  };
  EXPECT_EQ(with("null", R"({"ids": [], "complete": true})"), "permit lift big");
  EXPECT_EQ(with("null", R"({"ids": [], "complete": false})"), "permit lift big");   // nobody directly above is nobody above
  EXPECT_EQ(with("null", R"({"ids": ["ada"], "complete": true})"), "pending missing dual");
  EXPECT_EQ(with("null", R"({"ids": ["zoe"], "complete": true})"), "pending missing dual");
  EXPECT_EQ(with("\"ada\"", R"({"ids": [], "complete": true})"), "pending missing dual");
  EXPECT_EQ(with("\"zoe\"", R"({"ids": [], "complete": true})"), "pending missing dual");
  EXPECT_EQ(with("\"zoe\"", R"({"ids": ["zoe"], "complete": true})"), "permit lift big");
  EXPECT_EQ(with("\"zoe\"", R"({"ids": ["zoe"], "complete": false})"), "pending missing dual");
}

/// A chain of two steps, Eve's and then Fay's.
class Steps : public Approvals {
 protected:
  Steps() {
    firm_ = std::make_unique<Firm>("approval two = role boss due 1d then role chief due 1d\nrequire big { approval two before pay.execute where resource.total > 400 EUR }");
    for (const auto id : firm_->kernel().chains.ids())
      if (firm_->kernel().chains[id].name == "firm.two") digest_ = *firm_->interpreter().request_digest(*json::parse(ask.json()), id);
  }
  std::string by(int step, const std::string& who, const std::string& given, const std::string& verdict = "approved") const {
    std::string r = record("firm.two", who, digest_, given, verdict);
    r.replace(r.find(R"("step": 1)"), 9, fmt::format(R"("step": {})", step));
    return r.replace(r.find("2026-06-01T10:00:00Z"), 20, given);
  }
  std::string with(const std::string& records, const std::string& more_people = "") {
    present(records);
    if (!more_people.empty()) ask.more.replace(ask.more.find(R"("eve": {)"), 8, more_people + R"(, "eve": {)");
    return firm_->say(ask);
  }
  std::unique_ptr<Firm> firm_;
  std::string digest_;
};

TEST_F(Steps, AnAttemptThatRanOutIsNoneAndAnotherCanBeMade) {
  const std::string nothing = "pending missing two missing two";
  EXPECT_EQ(with(""), nothing);
  EXPECT_EQ(with(by(1, "eve", "2026-06-01T11:00:00Z")), "pending missing two");
  EXPECT_EQ(firm_->until(ask), "2026-06-02T11:00:00Z");
  ask.time = R"("2026-06-02T10:59:59.999Z")";
  EXPECT_EQ(firm_->say(ask), "pending missing two");
  ask.time = R"("2026-06-02T11:00:00Z")";
  EXPECT_EQ(firm_->say(ask), nothing);
  ask.time = R"("2026-06-01T12:00:00Z")";
  EXPECT_EQ(with(by(1, "eve", "2026-05-01T11:00:00Z")), nothing);
  EXPECT_EQ(with(by(1, "eve", "2026-05-01T11:00:00Z") + ", " + by(1, "eve", "2026-06-01T11:00:00Z")), "pending missing two");
  EXPECT_EQ(with(by(1, "eve", "2026-05-01T11:00:00Z") + ", " + by(2, "fay", "2026-05-01T11:00:00Z")), nothing);
  EXPECT_EQ(with(by(1, "eve", "2026-06-01T11:00:00Z") + ", " + by(2, "fay", "2026-06-01T11:30:00Z")), "permit lift big");
}

TEST_F(Steps, ANoCountsOfWhomAYesWouldHaveCounted) {
  const std::string today = "2026-06-01T11:00:00Z", clerk = R"("ben": {"manager": null, "hired": "2010-01-01", "last_day": null, "held": {"roles": [], "complete": true}})";
  EXPECT_EQ(with(by(1, "eve", today, "rejected")), "deny by big");
  EXPECT_EQ(with(by(2, "fay", today, "rejected")), "deny by big");
  EXPECT_EQ(with(by(1, "fay", today, "rejected")), "pending missing two missing two");        // she is asked for the other step
  EXPECT_EQ(with(by(1, "ada", today, "rejected")), "pending missing two missing two");        // she asks
  EXPECT_EQ(with(by(1, "ben", today, "rejected"), clerk), "pending missing two missing two");
  EXPECT_EQ(with(by(1, "ben", today, "rejected")), "indeterminate unknown held(not_supplied) unknown managers(not_supplied)");   // whoever he is
}

TEST_F(Approvals, ARecordsWordForACapacityIsNoEvidence) {
  const std::string d = digest("dual");
  std::string eve = record("firm.dual", "eve", d);
  eve.replace(eve.find(R"("verdict")"), 9, R"("capacity": "firm.boss", "verdict")");
  std::string approvers = kApprovers;
  const auto held = approvers.find(R"(, "held")"), end = approvers.find("}]", held);
  approvers.erase(held, approvers.find('}', end + 2) + 1 - held);
  ask.more = R"(, "warrants": {"approvals": [)" + eve + ", " + record("firm.dual", "fay", d) + "]}, " + approvers;
  EXPECT_EQ(firm.say(ask), "pending missing dual");
}

TEST(Warrants, E22_ObligationsAttachUnlessTheirConditionIsFalse) {
  const Firm firm("require tell { notify \"soc@firm.example\" after pay.execute where resource.total > 1 EUR }");
  Ask ask{.who = {.held = holding("payer", R"({"e": "DE"})")}, .action = "pay.execute", .resource = R"({"type": "Run", "id": "r", "properties": {"entity": "DE", "vendors": ["v"], "hit": false}})"};
  EXPECT_EQ(firm.decide(ask).obligations.size(), 1u);
  ask.resource = R"({"type": "Run", "id": "r", "properties": {"entity": "DE", "vendors": ["v"], "total": {"value": "1", "currency": "EUR"}}})";
  EXPECT_TRUE(firm.decide(ask).obligations.empty());
}

TEST(Outcomes, E32_TheFour) {
  const Firm firm("require big { approval dual before pay.execute where resource.total > 400 EUR }\nnever hit { pay.execute where resource.hit }");
  const auto run = [&](const std::string& total, const std::string& rest, const std::string& held = holding("payer", R"({"e": "DE"})")) {
    return firm.decide({.who = {.held = held}, .action = "pay.execute", .resource = R"({"type": "Run", "id": "a", "properties": {"entity": "DE", "vendors": ["v"], "total": {"value": ")" + total + R"(", "currency": "EUR"})" + rest + "}}"});
  };
  EXPECT_EQ(Firm::told(run("100", R"(, "hit": false)")), "permit");
  EXPECT_EQ(Firm::until(run("100", R"(, "hit": false)")), "never");
  EXPECT_EQ(Firm::told(run("500", R"(, "hit": false)")), "pending missing dual");
  EXPECT_EQ(Firm::told(run("100", "")), "indeterminate unknown resource.hit(not_supplied)");
  EXPECT_EQ(Firm::told(run("900", R"(, "hit": true)")), "deny by hit");
  EXPECT_EQ(Firm::told(run("100", R"(, "hit": false)", "")), "deny");
}

}  // namespace
}  // namespace writ::interpret
