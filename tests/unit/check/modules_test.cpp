#include <fmt/format.h>

#include "tests/unit/check/policy.h"

namespace writ::check {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const char* const kVocabulary = R"(
module a  zone "Europe/Amsterdam"
principal P is human { n: int fixed }
resource R { open: bool }
action r.do on R
role boss for P { may r.do }
)";

TEST(Modules, bare_names_are_found_in_other_modules) {
  const Checked checked = check_texts({kVocabulary, "module a.b\nrole child extends boss for P { may r.do }"});
  EXPECT_EQ(checked.rendered(), "");
  EXPECT_EQ(checked.program->root_module, "a");
  EXPECT_EQ(checked.program->roles[typed_ir::RoleId{0}].name, "a.b.child");
}

TEST(Modules, a_name_of_two_other_modules_must_be_qualified) {
  const Checked bare = check_texts({kVocabulary, "module a.b\nrole boss for P { may r.do }", "module a.c\nrole x extends boss for P {}"});
  EXPECT_THAT(bare.errors(), ElementsAre("ambiguous_name"));
  EXPECT_EQ(bare.messages.at(0).labels.size(), 2u);
  const Checked qualified =
      check_texts({kVocabulary, "module a.b\nrole boss for P { may r.do }", "module a.c\nrole x extends a.boss for P {}"});
  EXPECT_EQ(qualified.rendered(), "");
}

TEST(Modules, the_own_module_comes_first) {
  const Checked checked =
      check_texts({kVocabulary, "module a.b\nrole boss for P { may r.do }\nrole x extends boss for P {}"});
  EXPECT_EQ(checked.rendered(), "");
  const auto& program = *checked.program;
  const auto x = std::find_if(program.roles.begin(), program.roles.end(), [](const auto& role) { return role.local == "x"; });
  EXPECT_EQ(program.roles[x->parents.at(0).role].name, "a.b.boss");
}

TEST(Modules, one_file_is_one_module) {
  const Checked checked = check_texts({kVocabulary, "module a\n"});
  EXPECT_THAT(checked.errors(), ElementsAre("module_twice"));
  EXPECT_EQ(checked.messages.at(0).labels.size(), 1u);
}

TEST(Modules, an_action_is_defined_once_in_the_whole_policy) {
  const Checked checked = check_texts({kVocabulary, "module b\naction r.do on R"});
  EXPECT_THAT(checked.errors(), ElementsAre("defined_twice"));
}

TEST(Modules, a_file_without_header_is_a_policy_of_its_own) {
  const Checked checked = check_texts({"principal P is human { n: int }\naction r.do\nrole x for P { may r.do }"});
  EXPECT_EQ(checked.rendered(), "");
  EXPECT_EQ(checked.program->roles[typed_ir::RoleId{0}].name, "x");
}

TEST(Modules, a_zone_is_inherited_from_the_longest_prefix) {
  const Checked checked = check_texts({kVocabulary, "module a.b.c\nnever x { r.do where now < 2026-07-01 }"});
  EXPECT_EQ(checked.rendered(), "");
  EXPECT_EQ(where_of(checked, "x"), "now < 2026-06-30T22:00Z");
  const Checked nearer = check_texts(
      {kVocabulary, "module a.b  zone \"Asia/Singapore\"", "module a.b.c\nnever x { r.do where now < 2026-07-01 }"});
  EXPECT_EQ(where_of(nearer, "x"), "now < 2026-06-30T16:00Z");
}

TEST(Modules, a_date_needs_a_zone) {
  const Checked checked = check_texts({kVocabulary, "module b\nnever x { r.do where now < 2026-07-01 }\nnever y { r.do where now < 2026-08-01 }"});
  EXPECT_THAT(checked.errors(), ElementsAre("no_zone"));
}

TEST(Modules, an_unknown_zone_is_reported_with_the_nearest) {
  const Checked checked = check_texts({"module a  zone \"Europe/Amsterdan\""});
  EXPECT_THAT(checked.errors(), ElementsAre("unknown_zone"));
  ASSERT_EQ(checked.messages.at(0).fixes.size(), 1u);
  EXPECT_EQ(checked.messages.at(0).fixes[0].edits.at(0).replacement, "\"Europe/Amsterdam\"");
}

TEST(Modules, overlays_and_sessions_wait_and_no_package_has_the_name) {
  const Checked checked = check_texts({"module a overlay de", "module b sessions required", "module c\nimport std.x as y"});
  EXPECT_THAT(checked.errors(), ElementsAre("not_supported_yet", "not_supported_yet", "unknown_name"));
}

TEST(Modules, the_order_of_statements_and_files_means_nothing) {
  const std::string one = "module a.b\nrole y for P { may r.do }\nnever n { r.do where resource.open }";
  const std::string other = "module a.b\nnever n { r.do where resource.open }\nrole y for P { may r.do }";
  const Checked first = check_texts({kVocabulary, one});
  const Checked second = check_texts({other, kVocabulary});
  ASSERT_TRUE(first.program && second.program);
  std::vector<std::string> a, b;
  for (const auto& role : first.program->roles) a.push_back(role.name);
  for (const auto& role : second.program->roles) b.push_back(role.name);
  EXPECT_EQ(a, b);
}

TEST(Names, the_nearest_is_offered_as_a_fix) {
  const Checked checked = check_in_firm("role x for Employee { may inv.entr }");
  ASSERT_EQ(checked.messages.size(), 1u);
  EXPECT_EQ(checked.messages[0].message(), "`inv.entr` is not an action or a duty");
  ASSERT_EQ(checked.messages[0].fixes.size(), 1u);
  EXPECT_EQ(checked.messages[0].fixes[0].edits.at(0).replacement, "inv.enter");
}

TEST(Names, a_definition_twice_shows_both_places) {
  const Checked checked = check_in_firm("role payer for Employee { may inv.enter }");
  ASSERT_EQ(checked.messages.size(), 1u);
  ASSERT_EQ(checked.messages[0].labels.size(), 1u);
  EXPECT_EQ(checked.messages[0].labels[0].text, "first here");
}

TEST(Bounds, predicates_nest_at_most_64_deep) {
  std::string text = "predicate p0(a: int) = a > 3\n";
  for (int i = 1; i <= 70; ++i) text += fmt::format("predicate p{}(a: int) = p{}(a)\n", i, i - 1);
  const Checked deep = check_in_firm(text + "never x { inv.enter where p70(principal.grade) }");
  EXPECT_THAT(deep.errors(), testing::Contains("predicate_too_deep"));
  const Checked fine = check_in_firm(text.substr(0, text.find("predicate p60")) + "never x { inv.enter where p59(principal.grade) }");
  EXPECT_EQ(fine.rendered(), "");
}

TEST(Bounds, predicates_are_inlined_once_per_argument) {
  std::string text = "predicate p0(a: int) = a > 3\n";
  for (int i = 1; i <= 50; ++i) text += fmt::format("predicate p{}(a: int) = p{}(a) and p{}(a)\n", i, i - 1, i - 1);
  const Checked checked = check_in_firm(text + "never x { inv.enter where p50(principal.grade) }");
  EXPECT_EQ(checked.rendered(), "");
}

TEST(Bounds, an_action_asks_at_most_65536_nodes) {
  std::string condition;
  for (int i = 0; i < 33'000; ++i) condition += fmt::format("{}principal.grade == {}", i ? " or " : "", i);
  const Checked checked = check_in_firm("never x { inv.enter where " + condition + " }");
  EXPECT_THAT(checked.errors(), ElementsAre("action_asks_too_much"));
}

}  // namespace
}  // namespace writ::check
