// `decision on A does not depend on F`: two requests that differ in F alone get the same decision.
#include <gmock/gmock.h>

#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

using testing::HasSubstr;

std::string say(const std::string& statements, Faults faults = {}) { return Policy(statements).say("assert/firm.a", std::move(faults)); }
const std::string kReader = "role reader for Employee { may inv.read where resource.period == open }\n";

TEST(Independence, OfAFactThatNothingReads) {
  EXPECT_EQ(say(kReader + "assert a: decision on inv.read does not depend on principal.dept"), "proved");
  EXPECT_EQ(say(kReader + "assert a: decision on inv.read does not depend on context.urgent"), "proved");
  EXPECT_EQ(say(kReader + "assert a: decision on inv.read does not depend on resource.period"),
            "refuted: permit where resource.period = open, deny where resource.period = closed");
}

TEST(Independence, OfAFactThatIsReadWhereItCannotMatter) {
  const std::string never = "never n { inv.read where context.urgent }\nnever m { inv.read where context.urgent or not context.urgent }\n";
  // Both rules together refuse whatever is known; a refusal that says it does not know is another one.
  EXPECT_EQ(say(kReader + never + "assert a: decision on inv.read does not depend on context.urgent"),
            "refuted: indeterminate where context.urgent is not known, deny where context.urgent = false");
  EXPECT_EQ(say(kReader + "never n { inv.read where context.urgent and resource.period == closed }\nassert a: decision on inv.read does not depend on context.urgent"), "proved");
}

/// Leaving it out is a difference, too: whoever does not send it gets the same decision.
TEST(Independence, OfWhetherItIsSent) {
  EXPECT_EQ(say("role reader for Employee { may inv.read where resource.order == none or resource.order != none }\nassert a: decision on inv.read does not depend on resource.order"),
            "refuted: permit where resource.order = \"order-1\", indeterminate where resource.order is not known");
}

TEST(Independence, IsOfTheFactByWhateverPathItIsRead) {
  // The manager's grade is his own grade when he asks himself.
  const std::string own = "role reader for Employee { may inv.read where principal.manager != none and principal.manager.grade > 3 }\n";
  EXPECT_THAT(say(own + "assert a: decision on inv.read does not depend on principal.grade"), HasSubstr("refuted: permit where principal.grade = "));
  EXPECT_THAT(say(own + "assert a: decision on inv.read does not depend on principal.manager.grade"), HasSubstr("refuted: permit where principal.manager.grade = "));
  EXPECT_EQ(say(own + "assert a: decision on inv.read does not depend on principal.dept"), "proved");
}

TEST(Independence, OfWhatLiesBehindAReference) {
  const std::string behind = kReader + "never n { inv.read where resource.vendor.entity == FR }\n";
  EXPECT_THAT(say(behind + "assert a: decision on inv.read does not depend on resource.vendor"), HasSubstr("refuted: permit where resource.vendor = "));
  EXPECT_EQ(say(behind + "assert a: decision on inv.read does not depend on resource.vendor.entity"),
            "refuted: permit where resource.vendor.entity = DE, deny where resource.vendor.entity = FR");
  EXPECT_EQ(say(behind + "assert a: decision on inv.read does not depend on resource.entity"), "proved");
}

TEST(Independence, OfASet) {
  const std::string trained = "role reader for Employee { may inv.read where \"SOX\" in principal.training }\n";
  EXPECT_THAT(say(trained + "assert a: decision on inv.read does not depend on principal.training"), HasSubstr("refuted: permit where principal.training = "));
  EXPECT_EQ(say(trained + "assert a: decision on inv.read does not depend on principal.entities"), "proved");
}

/// A rule speaks of every member of the path, so the claim does.
TEST(Independence, OfWhoRunsTheWorkload) {
  const std::string robot = "role robot for Bot { may inv.read }\n";
  EXPECT_EQ(say(robot + "assert a: decision on inv.read does not depend on principal.dept"), "proved");
  EXPECT_THAT(say(robot + "never n { inv.read where principal.dept == TR }\nassert a: decision on inv.read does not depend on principal.dept"),
              HasSubstr("refuted: permit where principal.dept = AP, deny where principal.dept = TR"));
}

TEST(Independence, OfAnObligation) {
  EXPECT_EQ(say(kReader + "require heard { log after inv.read where context.urgent }\nassert a: decision on inv.read does not depend on context.urgent"),
            "refuted: permit where context.urgent = false, permit where context.urgent = true");
}

/// An object more, a history more: one is encoded.
TEST(Independence, OfTheObjectOfARuleIsLeftOpen) {
  const std::string rule = "role buyer for Employee { may inv.enter, po.create }\nsod o high \"Order and invoice\" { separate po.create from inv.enter  on same Order { inv.enter by resource.order, po.create by resource } }\n";
  EXPECT_THAT(say(rule + "assert a: decision on inv.enter does not depend on resource.order"), testing::AnyOf(HasSubstr("undecided: "), HasSubstr("refuted: ")));
  EXPECT_EQ(say(rule + "assert a: decision on inv.enter does not depend on resource.amount"), "proved");
}

TEST(Independence, IsVacuousWhereNothingIsPermitted) {
  EXPECT_EQ(say("assert a: decision on inv.read does not depend on resource.period"), "vacuous: nobody who has that fact is granted the action");
  EXPECT_EQ(say(kReader + "never n { inv.read }\nassert a: decision on inv.read does not depend on resource.amount"), "vacuous: nothing is ever permitted");
}

/// A reading that forgets what varies proves everything.
TEST(Independence, ItsWitnessIsTwoRequests) {
  const Policy p(kReader + "assert a: decision on inv.read does not depend on resource.period");
  const Result r = p.only("assert/firm.a");
  ASSERT_TRUE(r.witness);
  EXPECT_EQ(r.witness->kind, WitnessKind::DecisionPair);
  ASSERT_EQ(r.witness->requests.size(), 2U);
  EXPECT_THAT(r.witness->requests[0].json, HasSubstr(R"("period":"open")"));
  EXPECT_THAT(r.witness->requests[1].json, HasSubstr(R"("period":"closed")"));
  EXPECT_THAT(r.witness->replayed, testing::ElementsAre("interpreter"));
}

TEST(Independence, InPopulation) {
  const Policy p(kReader + "never n { inv.read where principal.dept == TR and principal.grade > 3 }\nassert a in population: decision on inv.read does not depend on principal.dept");
  const auto among = [&](std::optional<std::vector<std::string>> people) {
    Options options;
    options.names = {"assert/firm.a"};
    options.population = std::move(people);
    const Verdict v = prove(p.kernel(), {}, options).results.front().verdict;
    return std::string(to_string(v.kind)) + (v.success() ? "" : ": " + v.detail);
  };
  const auto person = [](const std::string& id, int grade) {
    return fmt::format(R"({{"subject": {{"type": "Employee", "id": "{}", "properties": {{"dept": "AP", "grade": {}, "hired": "2020-01-01", "last_day": null,
      "held": {{"roles": [{{"role": "reader", "args": {{}}, "rests_on": [], "route": "request", "from": null, "until": null}}], "complete": true}}}}}}, "context": {{"time": "2026-06-01T12:00:00Z"}}}})", id, grade);
  };
  EXPECT_EQ(among({{person("ada", 3)}}), "proved");
  EXPECT_EQ(among({{person("ada", 3), person("ben", 4)}}), "refuted: permit where principal.dept = AP, deny where principal.dept = TR");
  EXPECT_THAT(among(std::vector<std::string>{}), HasSubstr("vacuous"));
  EXPECT_THAT(among(std::nullopt), HasSubstr("undecided: `in population`: no register"));
}

}  // namespace
}  // namespace writ::verify
