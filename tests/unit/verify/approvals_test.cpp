// Presented approvals: the records that a request shows, decided as the interpreter decides them, and any others.
#include <gtest/gtest.h>

#include "compiler/interpret/interpret.h"
#include "compiler/verify/engines/scene.h"
#include "tests/unit/verify/surface.h"

namespace writ::verify {
namespace {

const char* const kFirm = R"(
role writer for Employee { may bank.change, pay.execute }
approval plain  = principal.manager due 2d
approval pair   = principal.manager and "eve" due 1d
approval some   = "eve" or principal.manager due 2d
approval steps  = principal.manager due 1d then "eve" due 2d
approval maybe  = principal.manager otherwise "eve" due 2d good for 5d
approval named  = "eve" due 1d then "fay" or "eve" due 1d
approval boss2  = role boss due 2d then principal.manager due 1d
approval exact  = "eve" due 2d over resource.total
)";

std::string requiring(const std::string& chain, const std::string& action) {
  const std::string where = action == "pay.execute" ? "resource.total > 10 EUR" : "resource.entity == DE";
  return std::string(kFirm) + "require r { approval " + chain + " before " + action + " where " + where + " }\n";
}

kernel::ActionId action_of(const kernel::Kernel& kernel, const std::string& name) {
  for (kernel::ActionId id : kernel.schema.actions.ids())
    if (kernel.schema.actions[id].name == name) return id;
  ADD_FAILURE() << name;
  return {};
}

/// How the records lie in time, as offsets from now in ms; one after the other.
const std::vector<std::vector<std::int64_t>> kTimes{{0, 0, 0}, {-3'600'000, -3'600'000, -7'200'000}, {-90'000'000, -1000, -2000}, {-86'400'000, 0, -86'399'999}, {60'000, -1000, 0}};

struct Counted { std::size_t asked = 0; std::map<std::string, std::size_t> outcomes; std::size_t lasting = 0, ending = 0; };

/// Every choice of records shown, every outcome, a few layouts in time: what a model says, the interpreter says.
void agree(const std::string& chain, const std::string& action, Counted& counted) {
  const Policy p(requiring(chain, action));
  const Settings settings{p.kernel(), {}, 4'000'000, nullptr, {}, {}};
  const interpret::Interpreter interpreter(p.kernel());
  const kernel::ActionId id = action_of(p.kernel(), action);
  for (const std::vector<std::int64_t>& times : kTimes)
    for (unsigned shown = 0; shown < 16; ++shown)
      for (int outcome = 0; outcome < 4; ++outcome) {
        Scene scene(settings, id, paths_of(p.kernel(), id).front(), Logic::Horizons::On);
        const Outcome o = scene.decide();
        scene.holdings.link();
        smt::Terms& t = scene.terms();
        Question& q = scene.question;
        unsigned bit = 0;
        for (const auto& [path, record] : q.world().records()) {
          q.require((shown >> bit & 1U) ? record.present : t.negation(record.present));
          q.require(t.implies(record.present, t.equal(record.given, t.add(q.now(), t.integer(times[bit % times.size()])))));
          ++bit;
        }
        if (shown >> bit) continue;
        q.require(t.less(t.integer(100 * 86'400'000LL), q.now()));
        q.require(std::vector{o.permit, o.pending, o.deny, o.indeterminate}[static_cast<std::size_t>(outcome)]);
        q.require(t.negation(o.granted.no));
        const Term later = t.variable("later", smt::kInt);
        q.require(t.less(q.now(), later));
        q.require((shown / 2 + static_cast<unsigned>(outcome)) % 2 == 0 ? o.valid_until : t.negation(o.valid_until));
        const Question::Found found = q.solve();
        if (found != Question::Found::Model) continue;
        const AskedRequest asked = scene.asked(o);
        const auto decided = interpreter.decide_text(asked.json);
        ASSERT_TRUE(decided) << asked.json;
        ++counted.asked;
        ++counted.outcomes[std::string(question::to_string(decided->outcome))];
        EXPECT_EQ(question::to_string(decided->outcome), question::to_string(asked.outcome)) << chain << "\n" << asked.json;
        EXPECT_EQ(q.number(later) < decided->valid_until.value_or(typed_ir::kForever), q.is_true(o.valid_until)) << chain << " until " << decided->valid_until.value_or(typed_ir::kForever) << ", later " << q.number(later) << "\n" << asked.json;
        ++(q.is_true(o.valid_until) ? counted.lasting : counted.ending);
      }
}

TEST(Approvals, AModelIsDecidedAsItSays) {
  Counted counted;
  for (const char* chain : {"plain", "some", "pair", "steps", "maybe", "named", "boss2"}) agree(chain, "bank.change", counted);
  for (const char* chain : {"exact", "steps"}) agree(chain, "pay.execute", counted);
  std::string told;
  for (const auto& [outcome, n] : counted.outcomes) told += " " + outcome + " " + std::to_string(n);
  std::cout << "requests with approvals: " << counted.asked << told << "; lasting beyond an instant " << counted.lasting << ", not " << counted.ending << "\n";
  EXPECT_GE(counted.lasting, 100U);
  EXPECT_GE(counted.ending, 100U);
  for (const char* outcome : {"permit", "pending", "deny", "indeterminate"}) EXPECT_GE(counted.outcomes[outcome], 20U) << outcome;
}

/// What a permit needs is in the witness.
TEST(Approvals, APermitShowsThem) {
  const Policy p(requiring("steps", "bank.change"));
  const Settings settings{p.kernel(), {}, 4'000'000, nullptr, {}, {}};
  const kernel::ActionId id = action_of(p.kernel(), "bank.change");
  Scene scene(settings, id, paths_of(p.kernel(), id).front());
  const Outcome o = scene.decide();
  scene.question.require(o.permit);
  for (const auto& [r, value] : o.restrictions) scene.question.require(value.pattern.yes);
  scene.holdings.link();
  ASSERT_EQ(scene.question.solve(), Question::Found::Model);
  scene.minimise();
  const AskedRequest asked = scene.asked(o);
  EXPECT_NE(asked.json.find("\"approval\":\"firm.steps\""), std::string::npos) << asked.json;
  std::string story;
  for (const StoryLine& line : tell_request(scene, scene.question.view(), o)) story += line.text + "\n";
  EXPECT_NE(story.find("step 2 of firm.steps approved by"), std::string::npos) << story;
}

/// Nobody but eve may, and eve's approval is needed: no number of records changes that.
TEST(Approvals, NobodyCanEverGiveIt) {
  const Policy p("role writer for Employee \"eve\" { may bank.change }\napproval own = \"eve\" due 1d\nrequire r { approval own before bank.change }\n");
  EXPECT_EQ(p.verdict("dead/firm.writer/may.bank.change"), "refuted");
}

/// With every number of records.
TEST(Approvals, Horizons) {
  for (const char* chain : {"plain", "some", "pair", "steps", "maybe", "named", "boss2"}) {
    const Policy p(requiring(chain, "bank.change"));
    EXPECT_EQ(p.say("horizon/bank.change"), "proved") << chain;
    EXPECT_EQ(p.say("fail-closed/bank.change"), "proved") << chain;
    EXPECT_EQ(p.say("dead/firm.r"), "proved") << chain;
  }
}

}  // namespace
}  // namespace writ::verify
