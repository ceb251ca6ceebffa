// assign (11.4), standing (6.4, 6.5, 8) and birthrights (14.1).
#include <gmock/gmock.h>

#include "tests/unit/interpret/firm.h"

namespace writ::interpret {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kSteward = holding("steward", R"({"e": "DE"})");

class Assign : public testing::Test {
 protected:
  std::string request(const Person& who, const std::string& role, const std::string& args, const std::string& from, const std::string& until, const std::string& route = "request") const {
    return fmt::format(R"({{"subject": {{"type": "Employee", "id": "{}"}}, "action": {{"name": "assign", "properties": {{"role": "{}", "args": {}, "from": {}, "until": {}, "route": "{}"}}}}, )"
                       R"("resource": {{"type": "Employee", "id": "{}", "properties": {}}}, "context": {{"time": "2026-06-01T12:00:00Z"{}}}}})",
                       who.id, role, args, from, until, route, who.id, who.properties(), more);
  }
  question::Decision ask(const Firm& firm, const Person& who, const std::string& role, const std::string& args, const std::string& from, const std::string& until, const std::string& route = "request") {
    more = "";
    const auto first = json::parse(request(who, role, args, from, until, route));
    EXPECT_TRUE(first);
    for (const auto id : firm.kernel().chains.ids())
      if (firm.kernel().chains[id].name == "firm.line" && approved)
        more = fmt::format(R"(, "warrants": {{"approvals": [{{"approval": "firm.line", "step": 1, "digest": "{}", "requested": "2026-06-01T10:00:00Z", "given": "2026-06-01T11:00:00Z", "approver": [{{"type": "Employee", "id": "eve"}}], "verdict": "approved"}}]}}, )"
                           R"("entities": {{"Employee": {{"eve": {{"manager": null, "hired": "2010-01-01", "last_day": null}}}}}})",
                           *firm.interpreter().request_digest(*first, id));
    return firm.decide(request(who, role, args, from, until, route));
  }
  std::string more;
  bool approved = true;
};

std::string day(const std::optional<Instant>& t) { return t ? question::format_instant(*t) : "none"; }
const char* const kJune2 = R"("2026-06-02T00:00:00+02:00")";
const char* const kJuly1 = R"("2026-07-01T00:00:00+02:00")";

TEST_F(Assign, E16_TheWholeIntervalAndOnlyWhatItAdds) {
  const Firm firm;
  const Person ada{.held = R"({"role": "payer", "args": {"e": "DE"}, "from": null, "until": "2026-06-11T00:00:00+02:00", "rests_on": []})"};
  const auto refused = ask(firm, ada, "steward", R"({"e": "DE"})", kJune2, kJuly1);
  EXPECT_EQ(Firm::told(refused), "deny by bp");
  EXPECT_EQ(day(refused.possible_from), "2026-06-10T22:00:00Z");
  const auto elsewhere = ask(firm, ada, "steward", R"({"e": "FR"})", kJune2, kJuly1);
  EXPECT_EQ(Firm::told(elsewhere), "permit");
  EXPECT_EQ(day(elsewhere.end->at), "2026-06-30T22:00:00Z");
  EXPECT_EQ(elsewhere.end->why, "until");
  const Person ben{.id = "ben", .held = R"({"role": "payer", "args": {"e": "DE"}, "from": "2026-06-20T00:00:00+02:00", "until": null, "rests_on": []})"};
  const auto cut = ask(firm, ben, "steward", R"({"e": "DE"})", kJune2, kJuly1);
  EXPECT_EQ(Firm::told(cut), "permit");
  EXPECT_EQ(day(cut.end->at), "2026-06-19T22:00:00Z");
  EXPECT_EQ(cut.end->why, "firm.bp");
  EXPECT_EQ(cut.rests_on, std::vector<std::string>{"firm.line"});
}

TEST_F(Assign, TheGateIsAWarrant) {
  const Firm firm;
  approved = false;
  const auto pending = ask(firm, {}, "steward", R"({"e": "DE"})", kJune2, kJuly1);
  EXPECT_EQ(Firm::told(pending), "pending missing line");
  EXPECT_EQ(pending.missing.at(0).who, "principal.manager");
  Person boss{.id = "eve"};
  boss.facts = R"("manager": null, "hired": "2010-01-01", "last_day": null)";
  EXPECT_EQ(Firm::told(ask(firm, boss, "steward", R"({"e": "DE"})", kJune2, kJuly1)), "deny by steward");   // nobody can give it
  boss.facts = R"("hired": "2010-01-01", "last_day": null)";
  EXPECT_EQ(Firm::told(ask(firm, boss, "steward", R"({"e": "DE"})", kJune2, kJuly1)), "indeterminate unknown principal.manager(not_supplied)");
}

TEST_F(Assign, AnIntervalThatCannotBeReadIsRefused) {
  const Firm firm;
  const auto error = [&](const std::string& from, const std::string& until) { return firm.error(request({}, "steward", R"({"e": "DE"})", from, until)); };
  for (const char* bad : {R"("garbage")", R"("2026-02-30")", "7", "[]", R"("9999-12-31")", R"("1969-12-31")"}) {
    EXPECT_EQ(error(kJune2, bad), "bad_time") << bad;
    EXPECT_EQ(error(bad, kJuly1), "bad_time") << bad;
  }
  EXPECT_EQ(error(kJuly1, kJune2), "bad_time");
  EXPECT_EQ(error(kJune2, kJune2), "bad_time");
  EXPECT_EQ(error("null", R"("2026-06-01T12:00:00Z")"), "bad_time");   // it starts now
  EXPECT_EQ(error("null", R"("2026-06-01T12:00:00.001Z")"), "decided");
  EXPECT_EQ(error("null", "null"), "decided");                         // from now, to the cap
}

TEST_F(Assign, E19_UntilTheRuleIsEnforced) {
  const Firm firm("sod late high \"x\" { separate bank.change from inv.enter  within same Entity  enforced from 2026-10-01 }");
  const Person ada{.held = holding("ap")};
  EXPECT_EQ(day(ask(firm, ada, "steward", R"({"e": "DE"})", kJune2, R"("2026-09-02T00:00:00+02:00")").end->at), "2026-09-01T22:00:00Z");
  const auto cut = ask(firm, ada, "steward", R"({"e": "DE"})", kJune2, R"("2026-12-02T00:00:00+01:00")");
  EXPECT_EQ(Firm::told(cut), "permit");
  EXPECT_EQ(day(cut.end->at), "2026-09-30T22:00:00Z");
  EXPECT_EQ(cut.findings.size(), 1u);
}

TEST_F(Assign, RestsOnTheExceptionAndEndsWithIt) {
  const Firm firm("exception x waives bp { for \"ada\"  within DE  from 2026-06-01 through 2026-06-20  approved by \"eve\" on 2026-05-30  reason \"r\" }");
  const auto d = ask(firm, {.held = holding("payer", R"({"e": "DE"})")}, "steward", R"({"e": "DE"})", kJune2, kJuly1);
  EXPECT_EQ(Firm::told(d), "permit lift x");
  EXPECT_EQ(d.rests_on, (std::vector<std::string>{"firm.line", "firm.x"}));
  EXPECT_EQ(day(d.end->at), "2026-06-20T22:00:00Z");
}

TEST_F(Assign, CapTenureEligibilityAndRoute) {
  const Firm firm("role temp for Employee where \"SOX\" in principal.training { may inv.enter  on request after line  at most 90d }\nrole closed_ for Employee { may inv.read }");
  const auto capped = ask(firm, {}, "temp", "{}", kJune2, "null");
  EXPECT_EQ(day(capped.end->at), "2026-08-30T22:00:00Z");
  EXPECT_EQ(capped.end->why, "cap");
  Person leaver;
  leaver.facts = R"("manager": "eve", "training": ["SOX"], "hired": "2020-01-01", "last_day": "2026-07-01")";
  const auto ends = ask(firm, leaver, "temp", "{}", kJune2, "null");
  EXPECT_EQ(day(ends.end->at), "2026-07-01T00:00:00Z");
  EXPECT_EQ(ends.end->why, "tenure");
  Person untrained;
  untrained.facts = R"("manager": "eve", "training": [], "hired": "2020-01-01", "last_day": null)";
  EXPECT_EQ(ask(firm, untrained, "temp", "{}", kJune2, "null").outcome, question::Outcome::Deny);
  EXPECT_EQ(ask(firm, {}, "closed_", "{}", kJune2, "null").outcome, question::Outcome::Deny);   // no request route
  EXPECT_EQ(ask(firm, {}, "nobody", "{}", kJune2, "null").reason, "unknown_role");
  EXPECT_EQ(ask(firm, {}, "temp", "{}", kJune2, "null", "administration").reason, "route_not_supported");
}

TEST_F(Assign, IncompleteHoldingsAreUnknown) {
  const Firm firm;
  Person ada;
  ada.complete = false;
  EXPECT_EQ(Firm::told(ask(firm, ada, "steward", R"({"e": "DE"})", kJune2, kJuly1)), "indeterminate unknown held(incomplete)");
}

TEST_F(Assign, EverythingBindsAssignmentsToo) {
  const Firm firm("never left { everything where principal.dept == TR }");
  EXPECT_EQ(ask(firm, {}, "steward", R"({"e": "DE"})", kJune2, kJuly1).outcome, question::Outcome::Permit);
  Person tr;
  tr.facts = R"("dept": "TR", "manager": "eve", "hired": "2020-01-01", "last_day": null)";
  EXPECT_EQ(Firm::told(ask(firm, tr, "steward", R"({"e": "DE"})", kJune2, kJuly1)), "deny by left");
}

TEST(Standing, E13_ALapsedGateHidesNoSide) {
  const Firm firm("role trained(e: Entity) for Employee where \"BANK\" in principal.training { within e  may bank.change  on request after line }");
  EXPECT_THAT(firm.standing({.held = holding("trained", R"({"e": "DE"})") + ", " + holding("payer", R"({"e": "DE"})")}), testing::Contains("bp open within DE"));
}

TEST(Standing, E15_ALiftIsForItsPlaceAndPerson) {
  const Firm firm("exception x waives bp { for \"ada\"  within DE  from 2026-06-01 through 2026-06-20  approved by \"eve\" on 2026-05-30  reason \"r\" }");
  const std::string all = kSteward + ", " + holding("steward", R"({"e": "FR"})") + ", " + holding("payer", R"({"e": "DE"})") + ", " + holding("payer", R"({"e": "FR"})");
  EXPECT_THAT(firm.standing({.held = all}), ElementsAre("bp excepted within DE x until 2026-06-20T22:00:00Z", "bp overdue within DE x since 2026-06-20T22:00:00Z", "bp open within FR"));
  EXPECT_THAT(firm.standing({.id = "ben", .held = kSteward + ", " + holding("payer", R"({"e": "DE"})")}), ElementsAre("bp open within DE"));
}

TEST(Standing, E15_UnknownOverlapsAndDisjointDoesNot) {
  const Firm firm("sod og high \"Order and receive\" { separate po.create from gr.post  within same Entity }");
  const auto has = [](const std::string& action, const std::string& plant) {
    return fmt::format(R"({{"access": {{"actions": ["{}"], "scope": {{"dimension": "Plant", "value": "{}"}}}}}})", action, plant);
  };
  EXPECT_THAT(firm.standing({.held = has("po.create", "P1") + ", " + has("gr.post", "P2")}), ElementsAre("og open within DE"));
  EXPECT_THAT(firm.standing({.held = has("po.create", "P1") + ", " + has("gr.post", "P9")}), ElementsAre("og possible open within DE unknown Entity"));
  EXPECT_THAT(firm.standing({.held = has("po.create", "P1") + ", " + has("gr.post", "P3")}), ElementsAre("og disjoint Entity"));
}

TEST(Standing, E24_EndedAndStillThere) {
  const Firm firm("exception x waives bp { for \"ada\"  within DE  from 2026-05-01 through 2026-05-20  approved by \"eve\" on 2026-04-30  reason \"r\" }");
  const std::string since = R"({"role": "steward", "args": {"e": "DE"}, "from": "2026-05-01T00:00:00+02:00", "until": null, "rests_on": []})";
  EXPECT_THAT(firm.standing({.held = since + ", " + holding("payer", R"({"e": "DE"})")}), ElementsAre("bp overdue within DE x since 2026-05-20T22:00:00Z"));
  // Begun after the end: nothing is overdue, it is open.
  const std::string later = R"({"role": "steward", "args": {"e": "DE"}, "from": "2026-05-25T00:00:00+02:00", "until": null, "rests_on": []})";
  EXPECT_THAT(firm.standing({.held = later + ", " + holding("payer", R"({"e": "DE"})")}), ElementsAre("bp open within DE"));
}

TEST(Standing, E17_ExposureIsCanHasNot) {
  const Firm firm("sod twins high \"x\" { separate bank.change from pay.execute  on same Vendor over 90d }");
  EXPECT_THAT(firm.standing({.held = kSteward + ", " + holding("payer", R"({"e": "FR"})")}), testing::Contains("exposure twins open"));
  EXPECT_THAT(firm.standing({.held = kSteward}), IsEmpty());
}

TEST(Standing, IncompleteHoldingsArePossible) {
  const Firm firm;
  Person ada{.held = kSteward};
  ada.complete = false;
  EXPECT_THAT(firm.standing(ada), testing::Contains("bp possible open within DE unknown held"));
}

TEST(Standing, ExactlyWhenTheInstanceIsBroken) {
  const Firm firm;
  const std::string july = R"({"role": "payer", "args": {"e": "DE"}, "from": "2026-07-01T00:00:00Z", "until": "2026-08-01T00:00:00Z", "rests_on": []})";
  const auto lines = firm.standing({.held = kSteward + ", " + july});
  EXPECT_THAT(lines, ElementsAre("bp open within DE until 2026-08-01T00:00:00Z"));
}

TEST(Standing, TheOwnerOfARobotCanWhatItCan) {
  const Firm firm("role runner for Bot { may pay.execute }");
  Person ada{.held = kSteward};
  EXPECT_THAT(firm.standing(ada), IsEmpty());
  ada.more = R"("managers": {"ids": [], "complete": true}, "owned": {"ids": ["bot"], "complete": true})";
  const std::string bot = R"(, "entities": {"Bot": {"bot": {"owner": "ada", "held": {"roles": [)" + holding("runner") + R"(], "complete": true}}}})";
  EXPECT_THAT(firm.standing(ada, bot), testing::Contains("bp open within DE"));
  ada.more = R"("managers": {"ids": [], "complete": true}, "owned": {"ids": [], "complete": false})";
  EXPECT_THAT(firm.standing(ada), testing::Contains("bp possible open within DE unknown owned"));
}

TEST(Birthrights, E33_AddsIfTrueOnly) {
  const Firm firm("role tr for Employee { may pay.execute  birthright where principal.dept == TR }\nrole de(e: Entity) for Employee { within e  may inv.read  birthright where e in principal.entities and principal.grade > 2 }");
  const auto rights = [&](const std::string& facts) {
    const auto json = json::parse(R"({"subject": {"type": "Employee", "id": "kai", "properties": {)" + facts + R"(, "held": {"roles": [], "complete": true}, "owned": {"ids": [], "complete": true}}}, "context": {"time": "2026-06-02T12:00:00Z"}})");
    std::vector<std::string> lines;
    const auto all = firm.interpreter().birthrights(*json);
    for (const auto& b : *all) {
      std::string line = firm.kernel().roles[b.role].local;
      for (const auto& arg : b.args) line += " " + typed_ir::print(firm.kernel().schema, arg);
      lines.push_back(line + (b.condition.truth == kernel::Truth::True ? " T " : " U ") + std::string(to_string(b.outcome)));
    }
    return lines;
  };
  EXPECT_THAT(rights(R"("dept": "TR", "grade": 3, "entities": ["DE"], "hired": "2026-06-02", "last_day": null)"), ElementsAre("de DE T permit", "tr T permit"));
  EXPECT_THAT(rights(R"("dept": "TR", "grade": 3, "entities": ["DE"], "hired": "2026-06-03", "last_day": null)"), IsEmpty());
  EXPECT_THAT(rights(R"("grade": 3, "entities": [], "hired": "2020-01-01", "last_day": null)"), ElementsAre("tr U indeterminate"));
}

}  // namespace
}  // namespace writ::interpret
