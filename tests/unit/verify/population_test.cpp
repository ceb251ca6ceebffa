// Claims about those whom a register lists.
#include <gmock/gmock.h>

#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

std::string person(const std::string& id, const std::string& held, const std::string& facts = R"("grade": 3, "dept": "AP", "entities": ["DE"], "manager": "eve", "training": ["SOX"], "hired": "2020-01-01", "last_day": null)") {
  return R"({"subject": {"type": "Employee", "id": ")" + id + R"(", "properties": {)" + facts + R"(, "held": {"roles": [)" + held + R"(], "complete": true}}}, "context": {"time": "2026-06-01T12:00:00Z",
    "entities": {"Employee": {"eve": {"grade": 9, "dept": "TR", "hired": "2010-01-01", "last_day": null, "manager": null}}}}})";
}
std::string held(const std::string& role, const std::string& more = R"("from": null, "until": null)") { return R"({"role": ")" + role + R"(", "args": {}, "rests_on": [], "route": "request", )" + more + "}"; }

class Population : public testing::Test {
 protected:
  Verdict verdict(const std::string& claim, const std::optional<std::vector<std::string>>& people) {
    const Policy policy("role reader for Employee { may inv.read where resource.entity in principal.entities }\nrole senior for Employee { may bank.change  at most 90d }\n"
                        "assert a in population: " + claim);
    Options options;
    options.names = {"assert/firm.a"};
    options.population = people;
    const ProofRun run = prove(policy.kernel(), {}, options);
    EXPECT_EQ(run.results.size(), 1U);
    witness = run.results.front().witness;
    return run.results.front().verdict;
  }
  std::string say(const std::string& claim, const std::optional<std::vector<std::string>>& people) {
    const Verdict v = verdict(claim, people);
    return std::string(to_string(v.kind)) + (v.success() || v.detail.empty() ? "" : ": " + v.detail);
  }
  std::optional<Witness> witness;
};

const char* const kAbroad = "never p: Employee, q: Invoice where (p can inv.read on q) and q.entity == FR";

TEST_F(Population, IsWhoTheRegisterLists) {
  EXPECT_EQ(say(kAbroad, {{person("ada", held("reader"))}}), "proved");        // her entities are DE alone
  const std::string abroad = person("ben", held("reader"), R"("grade": 3, "dept": "AP", "entities": ["DE", "FR"], "manager": "eve", "training": [], "hired": "2020-01-01", "last_day": null)");
  EXPECT_EQ(say(kAbroad, {{person("ada", held("reader")), abroad}}), "refuted: somebody can");
  ASSERT_TRUE(witness);
  EXPECT_THAT(witness->requests.at(0).json, testing::HasSubstr("\"id\":\"ben\""));
  EXPECT_EQ(say(kAbroad, {{person("ben", "", R"("entities": ["DE", "FR"], "hired": "2020-01-01", "last_day": null)")}}), "proved");   // he holds nothing
}

TEST_F(Population, WhoIsNotListedIsNotSpokenOf) {
  EXPECT_EQ(say(kAbroad, std::vector<std::string>{}), "vacuous: the registers list nobody whom it speaks of");
  EXPECT_EQ(say(kAbroad, std::nullopt), "undecided: `in population`: no register of facts is part of the run");
}

TEST_F(Population, FactsOfThoseWhoAreReferredTo) {
  const std::string claim = "never p: Employee, q: Invoice where (p can inv.read on q) and p.manager != none and p.manager.grade < 9";
  EXPECT_EQ(say(claim, {{person("ada", held("reader"))}}), "proved");
  const std::string by_nobody_known = person("ada", held("reader"), R"("grade": 3, "dept": "AP", "entities": ["DE"], "manager": "who", "training": [], "hired": "2020-01-01", "last_day": null)");
  EXPECT_EQ(say(claim, {{by_nobody_known}}), "proved");                        // unknown is not below nine
  EXPECT_EQ(say("never p: Employee, q: Invoice where (p can inv.read on q) and p.manager != none and p.manager.grade <= 9", {{person("ada", held("reader"))}}), "refuted: somebody can");
}

TEST_F(Population, HoldingsEndWhenTheyDo) {
  const std::string claim = "never p: Employee, v: Vendor, c: context, t: time where (p can bank.change on v in c at t) and t >= 2026-07-01";
  EXPECT_EQ(say(claim, {{person("ada", held("senior", R"("from": "2026-04-02T00:00:00+02:00", "until": null)"))}}), "proved");        // ninety days
  EXPECT_EQ(say(claim, {{person("ada", held("senior", R"("from": "2026-04-02T00:00:00.001+02:00", "until": null)"))}}), "refuted: somebody can");
  EXPECT_EQ(say(claim, {{person("ada", held("senior"))}}), "undecided: in the register: a holding of `firm.senior`, which has a longest time, without a start");
}

}  // namespace
}  // namespace writ::verify
