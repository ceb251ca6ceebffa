// Facts, conditions, roles and restrictions: the examples of semantics.md as requests.
#include "tests/unit/interpret/firm.h"

namespace writ::interpret {
namespace {

const Person kAp{.held = holding("ap")};

TEST(Perform, PermitsWhatARoleGrants) {
  const Firm firm;
  const auto d = firm.decide({.who = kAp});
  EXPECT_EQ(Firm::told(d), "permit");
  ASSERT_EQ(d.decided_by.size(), 1u);
  EXPECT_EQ(d.decided_by[0].id, "firm.ap");
  EXPECT_EQ(Firm::until(d), "never");
  EXPECT_EQ(d.holds_for_version, "7");
  EXPECT_EQ(d.decision_id, "") << "an id names a decision of one bundle";
  EXPECT_EQ(firm.say({}), "deny");
}

TEST(Perform, NearestMissesOfADenial) {
  const Firm firm("role big for Employee { may inv.enter where resource.amount > 900 EUR }");
  const auto d = firm.decide({.who = {.held = holding("big")}});
  EXPECT_EQ(d.outcome, question::Outcome::Deny);
  ASSERT_EQ(d.nearest_misses.size(), 2u);
  EXPECT_EQ(d.nearest_misses[0].grant, "firm.big");
  EXPECT_TRUE(d.nearest_misses[0].held);
  EXPECT_EQ(d.nearest_misses[0].failed.size(), 1u);
  EXPECT_FALSE(d.nearest_misses[1].held);
}

TEST(Perform, E2_AnUnfinishedHistoryProvesNothing) {
  const Firm firm;
  Ask ask{.who = kAp, .action = "inv.approve"};
  ask.history = R"({"events": [], "complete_for": []})";
  EXPECT_EQ(firm.say(ask), "indeterminate unknown history(incomplete)");
  ask.history = R"({"events": [], "complete_for": ["local"]})";
  EXPECT_EQ(firm.say(ask), "indeterminate unknown history(incomplete)");   // since when, nobody said
}

TEST(Perform, E3_AbsentIsKnownMissingIsNot) {
  const Firm firm("role lead for Employee { may inv.enter where principal.manager == none }");
  Person eve{.id = "eve", .held = holding("lead")};
  eve.facts = R"("manager": null, "hired": "2010-01-01", "last_day": null)";
  EXPECT_EQ(firm.say({.who = eve}), "permit");
  eve.facts = R"("hired": "2010-01-01", "last_day": null)";
  EXPECT_EQ(firm.say({.who = eve}), "indeterminate unknown principal.manager(not_supplied)");
  eve.facts = R"("manager": "x", "hired": "2010-01-01", "last_day": null)";
  EXPECT_EQ(firm.say({.who = eve}), "deny");
}

TEST(Perform, E4_UnreadableFactsAreUnknown) {
  const Firm firm("never big { inv.enter where resource.amount > 10_000 EUR }");
  const auto with = [&](const std::string& properties) {
    return firm.decide({.who = kAp, .resource = R"({"type": "Invoice", "id": "i", "properties": )" + properties + "}"});
  };
  EXPECT_EQ(Firm::told(with(R"({"amount": {"value": "500", "currency": "EUR"}})")), "permit");
  const auto misspelt = with(R"({"amuont": {"value": "500", "currency": "EUR"}})");
  EXPECT_EQ(Firm::told(misspelt), "indeterminate unknown resource.amount(not_supplied)");
  ASSERT_EQ(misspelt.ignored.size(), 1u);
  EXPECT_EQ(misspelt.ignored[0].nearest, "amount");
  EXPECT_EQ(Firm::told(with(R"({"amount": "abc"})")), "indeterminate unknown resource.amount(ill_typed)");
  EXPECT_EQ(Firm::told(with(R"({"amount": null})")), "indeterminate unknown resource.amount(ill_typed)");
  EXPECT_EQ(Firm::told(with(R"({"amount": {"value": "1.00001", "currency": "EUR"}})")), "indeterminate unknown resource.amount(out_of_range)");
  EXPECT_EQ(with(R"({"amount": {"value": "500", "currency": "SGD"}})").outcome, question::Outcome::Indeterminate);
}

TEST(Perform, E4_UnknownActionAndInvalidRequests) {
  const Firm firm;
  const auto d = firm.decide({.who = kAp, .action = "inv.entre"});
  EXPECT_EQ(Firm::told(d), "deny unknown_action");
  EXPECT_EQ(d.ignored.at(0).nearest, "inv.enter");
  EXPECT_EQ(firm.say({.who = kAp, .resource = kRun}), "deny wrong_type");
  EXPECT_EQ(firm.error("{"), "not_json");
  EXPECT_EQ(firm.error("[]"), "bad_request");
  EXPECT_EQ(firm.error("{}"), "no_subject");
  EXPECT_EQ(firm.error(R"({"subject": {"type": "Alien", "id": "x"}})"), "unknown_principal_type");
  EXPECT_EQ(firm.error(R"({"subject": {"type": "Employee", "id": "x"}})"), "no_action");
  EXPECT_EQ(firm.error(R"({"subject": {"type": "Employee", "id": "x"}, "action": {"name": "inv.enter"}})"), "no_resource");
  EXPECT_EQ(firm.error(Ask{.who = {}, .time = "\"soon\""}.json()), "bad_time");
  EXPECT_EQ(firm.error(Ask{.who = {}, .more = R"(, "path": [{"type": "Employee", "id": "ben"}])"}.json()), "bad_path");
  EXPECT_EQ(firm.error(std::string(std::size_t{2} << 20, ' ')), "too_large");
}

TEST(Perform, E4_HeldIsCompleteOnlyByItsWord) {
  const Firm firm(R"(sod both high "x" { separate bank.change from inv.enter  within same Entity  at use })");
  Ask ask{.who = kAp};
  EXPECT_EQ(firm.say(ask), "permit");
  ask.who.complete = false;
  EXPECT_EQ(firm.say(ask), "indeterminate unknown held(incomplete)");
  ask.who = {.held = holding("ap") + ", " + holding("payre")};
  EXPECT_EQ(firm.say(ask), "indeterminate unknown held(ill_typed)");
}

TEST(Perform, ACollectionGivenTwiceDifferentlyIsUnknown) {
  const Firm firm(R"(sod both high "x" { separate bank.change from pay.execute  within same Entity  at use })");
  const std::string payer = holding("payer", R"({"e": "DE"})"), steward = holding("steward", R"({"e": "DE"})");
  const auto also = [&](const std::string& said) {
    return firm.say({.who = {.held = payer + ", " + steward}, .action = "pay.execute", .resource = kRun, .more = R"(, "entities": {"Employee": {"ada": {)" + said + "}}}"});
  };
  EXPECT_EQ(also(""), "deny by both");
  EXPECT_EQ(also(R"("held": {"roles": [)" + payer + R"(], "complete": true})"), "indeterminate unknown held(contradictory) unknown held(incomplete)");
  EXPECT_EQ(also(R"("held": {"roles": [)" + steward + ", " + payer + R"(], "complete": true})"), "deny by both");
  EXPECT_EQ(also(R"("held": {"roles": [)" + payer + ", " + steward + R"(], "complete": false})"), "indeterminate unknown held(contradictory) unknown held(incomplete)");
  EXPECT_EQ(also(R"("managers": {"ids": [], "complete": true})"), "deny by both");   // nobody asks for them
}

TEST(Perform, NoTimeNoReuse) {
  const Firm firm("role r for Employee { may inv.enter where now < 2027-01-01 }");
  const auto d = firm.decide({.who = {.held = holding("r")}, .time = R"("2026-06-01T12:00:00Z")"});
  EXPECT_EQ(Firm::until(d), "2026-12-31T23:00:00Z");
  std::string json = Ask{.who = kAp}.json();
  json.replace(json.find(R"("time": "2026-06-01T12:00:00Z", )"), 32, "");
  const auto timeless = firm.decide(json);
  EXPECT_EQ(timeless.outcome, question::Outcome::Indeterminate);   // is he still employed?
  EXPECT_EQ(timeless.valid_until, 0);
}

TEST(Perform, E6_TheNextThresholdThatMatters) {
  const Firm firm("role r for Employee { may inv.enter where now < 2027-01-01 }\nnever freeze { inv.enter where now >= 2026-12-20 }");
  Ask ask{.who = {.held = holding("r")}};
  EXPECT_EQ(firm.until(ask), "2026-12-19T23:00:00Z");
  ask.time = R"("2026-12-24T00:00:00Z")";
  EXPECT_EQ(firm.say(ask), "deny by freeze");
  EXPECT_EQ(firm.until(ask), "never");
  ask.time = R"("2026-12-19T22:59:59.999Z")";
  EXPECT_EQ(firm.say(ask), "permit");
  ask.time = R"("2026-12-19T23:00:00Z")";
  EXPECT_EQ(firm.say(ask), "deny by freeze");
}

TEST(Perform, E7_TheExcludedMiddleGrantsNothing) {
  const Firm firm("role r for Employee { may inv.enter where resource.period == open or resource.period != open }\n"
                  "never odd { inv.enter where resource.period == open and resource.period == closed }");
  const std::string bare = R"({"type": "Invoice", "id": "j", "properties": {"entity": "DE"}})";
  EXPECT_EQ(firm.say({.who = {.held = holding("r")}, .resource = bare}), "indeterminate unknown resource.period(not_supplied)");
  EXPECT_EQ(firm.say({.who = kAp, .resource = bare}), "indeterminate unknown resource.period(not_supplied)");
  EXPECT_EQ(firm.say({.who = kAp}), "permit");
}

TEST(Perform, E8_ASharedTerminalProvesNobodyDifferent) {
  const Firm firm;
  Ask ask{.who = kAp, .action = "inv.approve"};
  ask.history = history(R"({"action": "inv.enter", "path": [{"account": "S4/TERMINAL1", "system": "s4"}], "keys": {"Invoice": ["i"]}, "time": "2026-05-20T10:00:00Z"})");
  EXPECT_EQ(firm.say(ask), "indeterminate unknown history(incomplete)");
}

TEST(Perform, E9_NobodyBorrowsHalfAConflictFromARobot) {
  const Firm firm("role runner for Bot { may pay.execute }\nsod twins high \"Bank and pay\" { separate bank.change from pay.execute  on same Vendor over 90d }");
  const auto ask = [&](const std::string& path) {
    return Firm::told(firm.decide(fmt::format(
        R"({{"subject": {{"type": "Bot", "id": "bot", "properties": {{"owner": "ada", "held": {{"roles": [{}], "complete": true}}}}}}, "action": {{"name": "pay.execute"}}, "resource": {},)"
        R"("context": {{"time": "2026-06-01T12:00:00Z", "history": {}{}}}}})",
        holding("runner"), kRun, history(event("bank.change", "ben", R"({"Vendor": ["v"]})")), path)));
  };
  EXPECT_EQ(ask(""), "indeterminate unknown path(not_supplied)");
  const std::string run_by = R"(, "path": [{{"type": "Employee", "id": "{}"}}, {{"type": "Bot", "id": "bot", "how": "runs_as", "attested": {}}}])";
  EXPECT_EQ(ask(fmt::format(fmt::runtime(run_by), "ben", "true")), "deny by twins");
  EXPECT_EQ(ask(fmt::format(fmt::runtime(run_by), "cyd", "true")), "permit");
  EXPECT_EQ(ask(fmt::format(fmt::runtime(run_by), "cyd", "false")), "indeterminate unknown path(not_attested)");
  EXPECT_EQ(ask(R"(, "path": [{"type": "Bot", "id": "bot", "attested": true}])"), "permit");
}

TEST(Perform, E10_TheOwnerOfARobotHasDoneWhatItDid) {
  const Firm firm("role robot for Bot { may inv.enter }");
  Ask ask{.who = kAp, .action = "inv.approve"};
  ask.history = history(R"({"action": "inv.enter", "path": [{"type": "Bot", "id": "bot", "owner": "ada"}], "keys": {"Invoice": ["i"]}, "time": "2026-05-20T10:00:00Z"})");
  EXPECT_EQ(firm.say(ask), "deny by eyes");
  ask.who.id = "ben";
  EXPECT_EQ(firm.say(ask), "permit");
  ask.history = history(R"({"action": "inv.enter", "path": [{"type": "Bot", "id": "bot"}], "keys": {"Invoice": ["i"]}, "time": "2026-05-20T10:00:00Z"})");
  EXPECT_EQ(firm.say(ask), "indeterminate unknown history(incomplete)");   // whose robot?
  ask.more = R"(, "entities": {"Bot": {"bot": {"owner": "ada"}}})";
  EXPECT_EQ(firm.say(ask), "permit");
}

TEST(Perform, E11_ADelegateIsTwoPeople) {
  const Firm firm;
  Ask ask{.who = {.id = "ben", .held = holding("ap")}, .action = "inv.approve"};
  ask.history = history(event("inv.enter", "ada", R"({"Invoice": ["i"]})"));
  EXPECT_EQ(firm.say(ask), "permit");
  ask.more = R"(, "path": [{"type": "Employee", "id": "ada"}, {"type": "Employee", "id": "ben", "how": "delegated", "delegation": "D7", "attested": true}])";
  EXPECT_EQ(firm.say(ask), "deny by eyes");
  ask.history = kHistory;
  EXPECT_EQ(firm.say(ask), "indeterminate unknown delegation(not_supported)");
}

TEST(Perform, AnUnattestedHopStaysUnattestedFurtherDownThePath) {
  const Firm firm("role runner for Bot { may pay.execute }");
  const auto ask = [&](const std::string& attested) {
    return firm.decide(fmt::format(
        R"({{"subject": {{"type": "Bot", "id": "bot", "properties": {{"owner": "ada", "held": {{"roles": [{}], "complete": true}}}}}}, "action": {{"name": "pay.execute"}}, "resource": {},)"
        R"("context": {{"time": "2026-06-01T12:00:00Z", "path": [{{"type": "Employee", "id": "ben"}}, {{"type": "Employee", "id": "cyd", "how": "on_behalf", "attested": {}}}, )"
        R"({{"type": "Bot", "id": "bot", "how": "runs_as", "attested": true}}]}}}})", holding("runner"), kRun, attested));
  };
  EXPECT_EQ(Firm::told(ask("true")), "permit");
  const auto d = ask("false");
  EXPECT_EQ(Firm::told(d), "indeterminate unknown path(not_attested)");
  ASSERT_EQ(d.ignored.size(), 1u);
  EXPECT_EQ(d.ignored[0].path, 1u);
}

TEST(Perform, OnBehalfNeedsBoth) {
  const Firm firm;
  Ask ask{.who = {.id = "ben", .held = holding("ap")}};
  const std::string path = R"(, "path": [{"type": "Employee", "id": "ada"}, {"type": "Employee", "id": "ben", "how": "on_behalf", "attested": true}])";
  ask.more = path;
  EXPECT_EQ(firm.say(ask), "indeterminate unknown held(not_supplied)");
  ask.more = path + R"(, "entities": {"Employee": {"ada": )" + Person{.held = holding("ap")}.properties() + "}}";
  EXPECT_EQ(firm.say(ask), "permit");
  ask.more = path + R"(, "entities": {"Employee": {"ada": )" + Person{}.properties() + "}}";
  EXPECT_EQ(firm.say(ask), "deny");
}

TEST(Perform, E12_AChildInheritsTheGates) {
  const Firm firm("role clerk for Employee where \"SOX\" in principal.training { may inv.enter }\nrole lead extends clerk for Employee { may inv.approve }");
  Ask ask{.who = {.held = holding("lead")}};
  EXPECT_EQ(firm.say(ask), "permit");
  ask.who.facts = R"("hired": "2020-01-01", "last_day": null, "training": [])";
  EXPECT_EQ(firm.say(ask), "deny");
  ask.action = "inv.approve";
  EXPECT_EQ(firm.say(ask), "deny");
  ask.who.facts = R"("hired": "2020-01-01", "last_day": null, "training": {"some": []})";
  EXPECT_EQ(firm.say(ask), "indeterminate unknown principal.training(incomplete)");
  ask.who.facts = R"("hired": "2020-01-01", "last_day": null, "training": {"some": ["SOX"]})";
  EXPECT_EQ(firm.say(ask), "permit");
}

TEST(Perform, E14_ATermEndsAHolding) {
  const Firm firm("role temp for Employee { may inv.enter  on request after line  at most 90d }");
  const auto since = [](const std::string& from) { return Person{.held = holding("temp", "{}", fmt::format(R"("from": "{}", "until": null, "rests_on": [])", from))}; };
  EXPECT_EQ(firm.say({.who = since("2026-01-01T00:00:00Z")}), "deny");
  EXPECT_EQ(firm.until({.who = since("2026-05-01T00:00:00Z")}), "2026-07-30T00:00:00Z");
  EXPECT_EQ(firm.say({.who = since("2026-03-03T12:00:00.000Z")}), "deny");     // exactly 90 days ago
  EXPECT_EQ(firm.say({.who = since("2026-03-03T12:00:00.001Z")}), "permit");
  Person hal = since("2026-04-01T00:00:00Z");
  hal.facts = R"("hired": "2026-05-01", "last_day": null)";
  EXPECT_EQ(firm.say({.who = hal}), "deny");   // a former employment does not return
}

TEST(Perform, AHoldingEndsAtItsInstant) {
  const Firm firm;
  const auto until = [](const std::string& t) { return Person{.held = holding("ap", "{}", fmt::format(R"("from": null, "until": "{}", "rests_on": [])", t))}; };
  EXPECT_EQ(firm.say({.who = until("2026-06-01T12:00:00Z")}), "deny");
  EXPECT_EQ(firm.say({.who = until("2026-06-01T12:00:00.001Z")}), "permit");
  EXPECT_EQ(firm.until({.who = until("2026-06-01T12:00:00.001Z")}), "2026-06-01T12:00:00.001Z");
  EXPECT_EQ(firm.say({.who = {.held = R"({"role": "ap", "from": null})"}}), "indeterminate unknown held.rests_on(not_supplied) unknown held.until(not_supplied)");
  const auto bare = firm.decide({.who = {.held = R"("ap")"}});
  EXPECT_EQ(Firm::told(bare), "permit");
  EXPECT_EQ(Firm::until(bare), "2026-06-01T12:00:00Z");   // attested for now only
}

TEST(Perform, ScopeConfines) {
  const Firm firm;
  const auto pay = [&](const std::string& args, const std::string& run = kRun) {
    return firm.say({.who = {.held = holding("payer", args)}, .action = "pay.execute", .resource = run});
  };
  EXPECT_EQ(pay(R"({"e": "DE"})"), "permit");
  EXPECT_EQ(pay(R"({"e": "FR"})"), "deny");
  EXPECT_EQ(pay(R"({"e": "XX"})"), "indeterminate unknown held(incomplete)");
  EXPECT_EQ(pay(R"({"e": "DE"})", R"({"type": "Run", "id": "r"})"), "indeterminate unknown resource.entity(not_supplied)");
}

TEST(Perform, E17_KeysAndWindows) {
  const Firm firm("sod twins high \"Bank and pay\" { separate bank.change from pay.execute  on same Vendor over 90d }");
  Ask ask{.who = {.held = holding("payer", R"({"e": "DE"})")}, .action = "pay.execute", .resource = kRun};
  ask.history = history(event("bank.change", "ada", R"({"Vendor": ["v"]})"));
  EXPECT_EQ(firm.say(ask), "deny by twins");
  EXPECT_EQ(firm.until(ask), "2026-08-18T10:00:00Z");
  ask.time = R"("2026-08-18T09:59:59.999Z")";
  EXPECT_EQ(firm.say(ask), "deny by twins");
  ask.time = R"("2026-08-18T10:00:00Z")";
  EXPECT_EQ(firm.say(ask), "permit");
  ask.time = R"("2026-06-01T12:00:00Z")";
  ask.history = history(event("bank.change", "ada", R"({"Vendor": ["w"]})"));
  EXPECT_EQ(firm.say(ask), "permit");
  ask.who.id = "ben";
  ask.history = history(event("bank.change", "ada", R"({"Vendor": ["v"]})"));
  EXPECT_EQ(firm.say(ask), "permit");
}

TEST(Perform, E17_AtUse) {
  const Firm firm("sod both high \"in person\" { separate bank.change from pay.execute  within same Entity  at use }");
  const std::string payer = holding("payer", R"({"e": "DE"})");
  Ask ask{.who = {.held = payer + ", " + holding("steward", R"({"e": "DE"})")}, .action = "pay.execute", .resource = kRun};
  EXPECT_EQ(firm.say(ask), "deny by both");
  ask.who.held = payer + ", " + holding("steward", R"({"e": "FR"})");
  EXPECT_EQ(firm.say(ask), "permit");
  ask.who.held = payer + ", " + holding("steward", "{}");
  EXPECT_EQ(firm.decide(ask).outcome, question::Outcome::Indeterminate);   // an unknown argument overlaps every scope
}

TEST(Perform, E18_ThreePeople) {
  const Firm firm("action inv.check on Invoice\nrole all_ for Employee { may inv.enter, inv.check, inv.approve }\n"
                  "sod trio medium \"Three people\" { at least 3 people for { inv.enter, inv.check, inv.approve }  on same Invoice }");
  Ask ask{.who = {.held = holding("all_")}, .action = "inv.check"};
  ask.history = history(event("inv.enter", "ada", R"({"Invoice": ["i"]})"));
  EXPECT_EQ(firm.say(ask), "deny by trio");
  ask.who.id = "ben";
  EXPECT_EQ(firm.say(ask), "permit");
  ask.history = history(event("inv.enter", "ada", R"({"Invoice": ["i"]})") + ", " + event("inv.check", "ben", R"({"Invoice": ["i"]})"));
  ask.action = "inv.approve";
  EXPECT_EQ(firm.say(ask), "deny by trio");
  ask.who.id = "cyd";
  EXPECT_EQ(firm.say(ask), "permit");
  ask.history = R"({"events": [], "complete_for": []})";
  EXPECT_EQ(firm.say(ask), "indeterminate unknown history(incomplete)");
}

TEST(Perform, E5_StaleFactsAreUnknown) {
  const Firm firm("enum Status { active, terminated }\nprincipal Temp is human { status: Status fresh within 15min }\nrole t for Temp { may inv.read }\n"
                  "never left { everything where principal.status == terminated }");
  const auto as_of = [&](const std::string& at) {
    return firm.decide(fmt::format(R"({{"subject": {{"type": "Temp", "id": "x", "properties": {{"status": "active", "held": {{"roles": [{}], "complete": true}}}}}}, "action": {{"name": "inv.read"}},)"
                                   R"("resource": {}, "context": {{"time": "2026-06-01T10:15:00Z"{}}}}})", holding("t"), kInvoice, at));
  };
  EXPECT_EQ(Firm::told(as_of("")), "indeterminate unknown principal.status(stale)");
  EXPECT_EQ(Firm::told(as_of(R"(, "as_of": {"principal.status": "2026-06-01T09:50:00Z"})")), "indeterminate unknown principal.status(stale)");
  EXPECT_EQ(Firm::told(as_of(R"(, "as_of": {"principal.status": "2026-06-01T10:00:00Z"})")), "indeterminate unknown principal.status(stale)");
  EXPECT_EQ(Firm::told(as_of(R"(, "as_of": {"principal.status": "2026-06-01T10:00:00.001Z"})")), "permit");
  const auto fresh = as_of(R"(, "as_of": {"principal.status": "2026-06-01T10:10:00Z"})");
  EXPECT_EQ(Firm::told(fresh), "permit");
  EXPECT_EQ(Firm::until(fresh), "2026-06-01T10:25:00Z");
  EXPECT_EQ(Firm::told(as_of(R"(, "as_of": {"principal.status": "2026-06-01T10:16:00.001Z"})")), "indeterminate unknown principal.status(stale)");   // beyond the skew
}

TEST(Perform, E38_DatesMoneyNumbers) {
  const Firm firm("role r1 for Employee { may inv.enter where now during 2026-06-01 through 2026-06-07 }\nrole r2 for Employee { may inv.approve where 7 * resource.amount <= 1_000 EUR }");
  const Person ada{.held = holding("r1") + ", " + holding("r2")};
  Ask at{.who = ada, .time = R"("2026-06-07T21:59:59Z")"};
  EXPECT_EQ(firm.say(at), "permit");
  EXPECT_EQ(firm.until(at), "2026-06-07T22:00:00Z");
  const auto amount = [&](const std::string& value, const std::string& currency = "EUR") {
    return firm.decide({.who = ada, .action = "inv.approve", .resource = fmt::format(R"({{"type": "Invoice", "id": "a", "properties": {{"entity": "DE", "amount": {{"value": "{}", "currency": "{}"}}}}}})", value, currency)}).outcome;
  };
  EXPECT_EQ(amount("142.8571"), question::Outcome::Permit);
  EXPECT_EQ(amount("142.8572"), question::Outcome::Deny);
  EXPECT_EQ(amount("20", "SGD"), question::Outcome::Indeterminate);
}

TEST(Perform, AFactGivenTwiceDifferentlyIsContradictory) {
  const Firm firm("role r for Employee { may inv.enter where principal.dept == AP }");
  Ask ask{.who = {.held = holding("r")}};
  ask.more = R"(, "entities": {"Employee": {"ada": {"dept": "AP"}}})";
  EXPECT_EQ(firm.say(ask), "permit");
  ask.more = R"(, "entities": {"Employee": {"ada": {"dept": "TR"}}})";
  EXPECT_EQ(firm.say(ask), "indeterminate unknown principal.dept(contradictory)");
}

TEST(Perform, ThirdEntitiesNestedOrBeside) {
  const Firm firm("role r for Employee { may inv.enter where resource.vendor.entity == DE }");
  const auto with = [&](const std::string& vendor, const std::string& more = "") {
    return firm.say({.who = {.held = holding("r")}, .resource = R"({"type": "Invoice", "id": "i", "properties": {"vendor": )" + vendor + "}}", .more = more});
  };
  EXPECT_EQ(with(R"({"id": "v", "properties": {"entity": "DE"}})"), "permit");
  EXPECT_EQ(with("\"v\"", R"(, "entities": {"Vendor": {"v": {"entity": "DE"}}})"), "permit");
  EXPECT_EQ(with("\"v\"", R"(, "entities": {"Vendor": {"v": {"entity": "FR"}}})"), "deny");
  EXPECT_EQ(with("\"v\""), "indeterminate unknown resource.vendor.entity(not_supplied)");
}

std::vector<std::string> findings(const question::Decision& d) {
  std::vector<std::string> all;
  for (const auto& f : d.findings)
    all.push_back(fmt::format("{} {} of {}{}{}", f.state, f.rule.substr(f.rule.rfind('.') + 1), f.person, f.within.empty() ? "" : " within " + f.within,
                              f.from ? " from " + question::format_instant(*f.from) : ""));
  return all;
}
using Lines = std::vector<std::string>;

TEST(Perform, AReportOnlyRuleIsListedAndRestrictsNothing) {
  const Firm firm("role r for Employee { may inv.enter }\nforbid late high \"Closed\" { inv.enter where resource.period == closed  report only  waiver at most 10d, by board }");
  const auto on = [&](const std::string& who, const std::string& period) {
    return firm.decide({.who = {.id = who, .held = holding("r")}, .resource = R"({"type": "Invoice", "id": "j", "properties": {"entity": "DE")" + period + "}}"});
  };
  EXPECT_EQ(Firm::told(on("ada", R"(, "period": "closed")")), "permit");
  EXPECT_EQ(findings(on("ada", R"(, "period": "closed")")), Lines{"not_enforced late of ada"});
  EXPECT_EQ(findings(on("ada", R"(, "period": "open")")), Lines{});
  EXPECT_EQ(Firm::told(on("ada", "")), "permit");
  EXPECT_EQ(findings(on("ada", "")), Lines{"not_enforced_possible late of ada"});
}

TEST(Perform, BeforeItsDateARuleReportsFromItsDateItRestricts) {
  const Firm firm("role r for Employee { may inv.enter, inv.approve }\nsod e2 high \"E\" { separate inv.enter from inv.approve  on same Invoice  enforced from 2026-06-02 }");
  Ask ask{.who = {.held = holding("r")}, .time = R"("2026-06-01T21:59:59.999Z")", .history = history(event("inv.approve", "ada", R"({"Invoice": ["other"]})"))};
  EXPECT_EQ(findings(firm.decide(ask)), Lines{});
  ask.action = "inv.approve";
  ask.history = history(event("inv.enter", "ben", R"({"Invoice": ["i"]})"));
  EXPECT_EQ(findings(firm.decide(ask)), Lines{});
  const Firm alone("role r for Employee { may bank.change }\nsod e3 high \"E\" { separate bank.change from pay.execute  on same Vendor  enforced from 2026-06-02 }");
  ask = {.who = {.held = holding("r")}, .action = "bank.change", .resource = kVendor, .time = R"("2026-06-01T21:59:59.999Z")",
         .history = history(event("pay.execute", "ada", R"({"Vendor": ["v"]})"))};
  EXPECT_EQ(alone.say(ask), "permit");
  EXPECT_EQ(findings(alone.decide(ask)), Lines{"not_enforced e3 of ada from 2026-06-01T22:00:00Z"});
  EXPECT_EQ(alone.until(ask), "2026-06-01T22:00:00Z");
  ask.time = R"("2026-06-01T22:00:00Z")";
  EXPECT_EQ(alone.say(ask), "deny by e3");
  EXPECT_EQ(findings(alone.decide(ask)), Lines{});
}

TEST(Perform, WhatAnExceptionWouldLiftIsNotListed) {
  const Firm firm("role r for Employee { may inv.enter }\nforbid late high \"Closed\" { inv.enter where resource.period == closed  enforced from 2026-06-10  waiver at most 30d, by board }\n"
                  "exception x waives late { for \"ben\"  from 2026-05-25 through 2026-06-15  approved by \"eve\" on 2026-05-20  reason \"r\" }");
  const std::string closed = R"({"type": "Invoice", "id": "j", "properties": {"entity": "DE", "period": "closed"}})";
  EXPECT_EQ(findings(firm.decide({.who = {.held = holding("r")}, .resource = closed})), Lines{"not_enforced late of ada from 2026-06-09T22:00:00Z"});
  EXPECT_EQ(findings(firm.decide({.who = {.id = "ben", .held = holding("r")}, .resource = closed})), Lines{});
}

TEST(Perform, InOrderWithThreeSidesChecksTheOrderOfTheEarlierOnes) {
  const Firm firm("action inv.check, inv.book, inv.file on Invoice\nrole all_ for Employee { may inv.check, inv.book, inv.file }\n"
                  "sod trio medium \"Three\" { at most 2 of { inv.check, inv.book, inv.file }  on same Invoice in order }");
  const std::string key = R"({"Invoice": ["i"]})", early = "2026-05-20T10:00:00Z", later = "2026-05-21T10:00:00Z", latest = "2026-05-22T10:00:00Z";
  const auto after = [&](const std::string& events, const std::string& action = "inv.file") {
    return firm.say({.who = {.held = holding("all_")}, .action = action, .history = history(events)});
  };
  const auto one = [&](const std::string& action, const std::string& time, const std::string& who = "ada") { return event(action, who, key, time); };
  EXPECT_EQ(after(one("inv.check", early) + ", " + one("inv.book", later)), "deny by trio");
  EXPECT_EQ(after(one("inv.book", early) + ", " + one("inv.check", later)), "permit");   // the wrong way round
  EXPECT_EQ(after(one("inv.check", early)), "permit");
  EXPECT_EQ(after(one("inv.check", early) + ", " + one("inv.book", later, "ben")), "permit");
  EXPECT_EQ(after(one("inv.book", early) + ", " + one("inv.check", later) + ", " + one("inv.book", latest)), "deny by trio");   // some acts in order suffice
  EXPECT_EQ(after(one("inv.check", early) + ", " + one("inv.file", later), "inv.book"), "permit");   // the present act is not of the last side
  EXPECT_EQ(after(one("inv.check", early) + ", " + one("inv.book", early)), "indeterminate unknown history(too_fine)");
  const std::string undated = R"({"action": "inv.book", "path": [{"type": "Employee", "id": "ada"}], "keys": {"Invoice": ["i"]}})";
  EXPECT_EQ(after(one("inv.check", early) + ", " + undated), "indeterminate unknown history(ill_typed) unknown history(too_fine)");
  EXPECT_EQ(firm.say({.who = {.held = holding("all_")}, .action = "inv.file", .history = R"({"events": [], "complete_for": [], "since": null, "version": "7"})"}), "indeterminate unknown history(incomplete)");
}

TEST(Perform, AnActThatIsNotDatedBeforeNowHasNoPlaceInAnOrder) {
  const Firm firm("sod io high \"o\" { separate inv.enter from inv.approve  on same Invoice in order }\nrole all_ for Employee { may inv.enter, inv.approve }\n");
  const auto after = [&](const std::string& time) {
    return Ask{.who = {.held = holding("all_")}, .action = "inv.approve", .resource = kInvoice,
               .history = history(R"({"action": "inv.enter", "path": [{"type": "Employee", "id": "ada"}], "keys": {"Invoice": ["i"]}, "time": )" + time + "}")};
  };
  const auto io = [&](const std::string& time) {
    std::string found;
    for (const auto& c : firm.decide(after(time)).decided_by) found += c.id + " ";
    return found + Firm::told(firm.decide(after(time))).substr(0, 4);
  };
  // `eyes` of the firm has no order, and denies whenever it was.
  EXPECT_EQ(io(R"("2026-06-01T11:59:59.999Z")"), "firm.eyes firm.io deny");
  for (const char* time : {R"("2026-06-01T12:00:00Z")", R"("2026-07-01T12:00:00Z")", "null", R"("soon")"}) EXPECT_EQ(io(time), "firm.eyes deny") << time;
}

TEST(Perform, AnOrderOfTwoIsUnknownUntilTheActLiesBeforeNow) {
  const Firm firm("action inv.check, inv.book on Invoice\nrole all_ for Employee { may inv.check, inv.book }\nsod io high \"o\" { separate inv.check from inv.book  on same Invoice in order }");
  const auto after = [&](const std::string& time) {
    return Ask{.who = {.held = holding("all_")}, .action = "inv.book",
               .history = history(R"({"action": "inv.check", "path": [{"type": "Employee", "id": "ada"}], "keys": {"Invoice": ["i"]}, "time": )" + time + "}")};
  };
  EXPECT_EQ(firm.say(after(R"("2026-06-01T11:59:59.999Z")")), "deny by io");
  EXPECT_EQ(firm.say(after(R"("2026-06-01T12:00:00Z")")), "indeterminate unknown history(too_fine)");
  EXPECT_EQ(firm.until(after(R"("2026-06-01T12:00:00Z")")), "2026-06-01T12:00:00.001Z");
  EXPECT_EQ(firm.say(after(R"("2026-06-02T12:00:00Z")")), "indeterminate unknown history(contradictory)");
  EXPECT_EQ(firm.say(after("null")), "indeterminate unknown history(ill_typed)");
}

TEST(Perform, ANearestMissIsOfOneHolding) {
  const Firm firm("never big { pay.execute where resource.total > 9_000 EUR }");
  const std::string live = holding("payer", R"({"e": "FR"})"), over = holding("payer", R"({"e": "DE"})", R"("from": null, "until": "2026-05-01T00:00:00Z", "rests_on": [])");
  for (const std::string& held : {live + ", " + over, over + ", " + live}) {
    const auto d = firm.decide({.who = {.held = held}, .action = "pay.execute", .resource = kRun});
    ASSERT_EQ(d.nearest_misses.size(), 1u);
    EXPECT_TRUE(d.nearest_misses[0].held);
    EXPECT_EQ(d.nearest_misses[0].failed.size(), 1u) << held;
  }
  const auto d = firm.decide({.who = {.held = over}, .action = "pay.execute", .resource = kRun});
  EXPECT_FALSE(d.nearest_misses.at(0).held);
  ASSERT_EQ(d.nearest_misses.at(0).failed.size(), 1u);
  EXPECT_EQ(d.nearest_misses[0].failed[0], "held.until");
}

TEST(Perform, AHoldingRestsOnAnApprovalForLife) {
  const Firm firm;
  const auto resting = [&](const std::string& on) {
    return firm.say({.who = {.held = holding("payer", R"({"e": "DE"})", R"("from": null, "until": null, "rests_on": [)" + on + "]")}, .action = "pay.execute", .resource = kRun});
  };
  EXPECT_EQ(resting(R"("firm.line")"), "permit");
  EXPECT_EQ(resting(R"("line")"), "permit");
  EXPECT_EQ(resting(R"("firm.line", "nope")"), "indeterminate unknown held.rests_on(not_supplied)");
}

TEST(Perform, AKeyThatIsNotSuppliedIsTheFactToAskFor) {
  const Firm firm("action inv.check, inv.book on Invoice\nrole all_ for Employee { may inv.check, inv.book }\n"
                  "sod pair high \"o\" { separate inv.check from inv.book  on same Order }");
  const Ask ask{.who = {.held = holding("all_")}, .action = "inv.book", .resource = R"({"type": "Invoice", "id": "i", "properties": {"entity": "DE"}})",
                .history = history(event("inv.check", "ada", R"({"Order": ["o"]})"))};
  EXPECT_EQ(firm.say(ask), "indeterminate unknown resource.order(not_supplied)");
}

TEST(Perform, InOrderWithinAWindow) {
  const Firm firm("action inv.check, inv.book, inv.file on Invoice\nrole all_ for Employee { may inv.check, inv.book, inv.file }\n"
                  "sod trio medium \"Three\" { at most 2 of { inv.check, inv.book, inv.file }  on same Invoice over 30d in order }");
  const std::string key = R"({"Invoice": ["i"]})";
  Ask ask{.who = {.held = holding("all_")}, .action = "inv.file", .history = history(event("inv.check", "ada", key, "2026-05-10T10:00:00Z") + ", " + event("inv.book", "ada", key, "2026-05-20T10:00:00Z"))};
  EXPECT_EQ(firm.say(ask), "deny by trio");
  EXPECT_EQ(firm.until(ask), "2026-06-09T10:00:00Z");
  ask.time = R"("2026-06-09T10:00:00Z")";
  EXPECT_EQ(firm.say(ask), "permit");
}

}  // namespace
}  // namespace writ::interpret
