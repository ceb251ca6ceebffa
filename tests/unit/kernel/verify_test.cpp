// Each rule of the verifier meets a kernel that breaks it, and nothing else.
#include <functional>

#include <gmock/gmock.h>

#include "compiler/kernel/elaboration.h"
#include "tests/unit/kernel/surface.h"

namespace writ::kernel {
namespace {

constexpr const char* kMore = R"(
role lead extends ap for Employee { may inv.read }
require two { approval dual before pay.execute where resource.total > 400 EUR }
require told { notify "soc@firm.example" after pay.execute }
forbid late high "Closed" { inv.enter where resource.period == closed  waiver at most 10d, by board }
never left { everything where principal.grade > 100 }
duty chiefs = { role chief }
sod mixed high "Role and access" { separate chiefs from po.create }
exception x waives bp { for "ada"  within DE  from 2026-06-01 through 2026-06-20  approved by "eve" on 2026-05-30
  owner role boss  reason "move" }
)";

struct Case {
  std::string breaks;
  std::function<void(Kernel&)> how;
};

RestrictionId find(const Kernel& k, const std::string& name) {
  for (const RestrictionId id : k.restrictions.ids())
    if (k.restrictions[id].name == name) return id;
  ADD_FAILURE() << "no restriction " << name;
  return {};
}
Restriction& restriction(Kernel& k, const std::string& name) { return k.restrictions[find(k, name)]; }
RoleId role(const Kernel& k, const std::string& local) {
  for (const RoleId id : k.roles.ids())
    if (k.roles[id].local == local) return id;
  return {};
}
Lift& lift(Kernel& k, Lift::Kind kind) {
  for (const LiftId id : k.lifts.ids())
    if (k.lifts[id].kind == kind) return k.lifts[id];
  throw std::logic_error("no such lift");
}
CondId reading(Kernel& k, typed_ir::Root root) {
  typed_ir::Type flag;
  typed_ir::Cond c;
  c.kind = typed_ir::CondKind::Fact;
  c.t = {k.conditions.root(root, flag)};
  return k.conditions.add(std::move(c));
}
SideElement& element(Kernel& k) { return restriction(k, "firm.bp.assignment").sides[0].elements[0]; }

std::vector<Case> cases() {
  using typed_ir::Root;
  return {
      {"role firm.payer: parameters and their names differ in number", [](Kernel& k) { k.roles[role(k, "payer")].parameter_names.clear(); }},
      {"role firm.ap: is for no principal", [](Kernel& k) { k.roles[role(k, "ap")].type = k.schema.context; }},
      {"role firm.ap eligible: the condition reads what is not in scope", [](Kernel& k) { k.roles[role(k, "ap")].eligible = reading(k, Root::Resource); }},
      {"role firm.ap eligible: the condition is missing or malformed", [](Kernel& k) { k.roles[role(k, "ap")].eligible = {}; }},
      {"role firm.ap: is not its own first ancestor", [](Kernel& k) { k.roles[role(k, "ap")].ancestors.clear(); }},
      {"role firm.payer: `firm.payer` with a wrong number of arguments", [](Kernel& k) { k.roles[role(k, "payer")].ancestors[0].args.clear(); }},
      {"role firm.lead: names no role", [](Kernel& k) { k.roles[role(k, "lead")].ancestors[1].role = RoleId{99}; }},
      {"role firm.payer: scope and dimension do not come together", [](Kernel& k) { k.roles[role(k, "payer")].scope_dimension = {}; }},
      {"role firm.ap: a negative duration", [](Kernel& k) { k.roles[role(k, "ap")].cap = -1; }},
      {"restriction firm.late: speaks of no action", [](Kernel& k) { restriction(k, "firm.late").accesses[0].actions.clear(); }},
      {"restriction firm.left: everything but no built-in action", [](Kernel& k) { restriction(k, "firm.left").accesses[0].built_in = false; }},
      {"restriction firm.left: everything leaves out an action", [](Kernel& k) { restriction(k, "firm.left").accesses[0].actions.pop_back(); }},
      {"restriction firm.late: actions are not sorted and unique",
       [](Kernel& k) { restriction(k, "firm.late").accesses[0].actions.push_back(restriction(k, "firm.late").accesses[0].actions[0]); }},
      {"restriction firm.late: names no action", [](Kernel& k) { restriction(k, "firm.late").accesses[0].actions = {ActionId{99}}; }},
      {"restriction firm.late: speaks of no access", [](Kernel& k) { restriction(k, "firm.late").accesses.clear(); }},
      {"grant of firm.ap: grants a wildcard", [](Kernel& k) { k.grants[GrantId{0}].access.built_in = true; }},
      {"grant of firm.ap: names no role", [](Kernel& k) { k.grants[GrantId{0}].declared_in = RoleId{99}; }},
      {"grant of firm.ap: is for another principal than its role", [](Kernel& k) { k.grants[GrantId{0}].access.principal = {}; }},
      {"grant of firm.ap scope: the condition reads what is not in scope", [](Kernel& k) { k.grants[GrantId{0}].scope = reading(k, Root::Context); }},
      {"grant of firm.ap: speaks of two resource types",
       [](Kernel& k) { k.grants[GrantId{0}].access.actions = {*k.schema.find_action("bank.change"), *k.schema.find_action("inv.enter")}; }},
      {"grant of firm.ap: comes from no ancestor", [](Kernel& k) { k.grants[GrantId{0}].declared_in = role(k, "payer"); }},
      {"grant of firm.ap: is subject to no rule", [](Kernel& k) { k.grants[GrantId{0}].subject_to = {RestrictionId{99}}; }},
      {"grant of firm.ap: grants are not sorted by role", [](Kernel& k) { std::swap(k.grants[GrantId{0}], k.grants[GrantId{1}]); }},
      {"a route names no role", [](Kernel& k) { k.routes[RouteId{0}].role = {}; }},
      {"route of firm.boss: a birthright has no gate", [](Kernel& k) { k.routes[RouteId{0}].gates = {ChainId{0}}; }},
      {"route of firm.chief: names no approval", [](Kernel& k) { k.routes[RouteId{1}].gates = {ChainId{99}}; }},
      {"restriction firm.eyes.Invoice: restrictions are not sorted by name", [](Kernel& k) { restriction(k, "firm.bp.assignment").name = "firm.z"; }},
      {"restriction firm.eyes.Invoice: sides belong to every kind but act", [](Kernel& k) { restriction(k, "firm.eyes.Invoice").sides.clear(); }},
      {"restriction firm.eyes.Invoice: accesses belong to act",
       [](Kernel& k) { restriction(k, "firm.eyes.Invoice").accesses = restriction(k, "firm.late").accesses; }},
      {"restriction firm.eyes.Invoice: counts to zero", [](Kernel& k) { restriction(k, "firm.eyes.Invoice").count = 0; }},
      {"restriction firm.eyes.Invoice: asks for more sides than it has", [](Kernel& k) { restriction(k, "firm.eyes.Invoice").count = 3; }},
      {"restriction firm.eyes.Invoice: a role is held, not done to an object",
       [](Kernel& k) { restriction(k, "firm.eyes.Invoice").sides[0].elements[0].roles.push_back({role(k, "ap"), {}}); }},
      {"restriction firm.eyes.Invoice: a side of acts is cut by their conditions",
       [](Kernel& k) {
         Side& side = restriction(k, "firm.eyes.Invoice").sides[0];
         side.within = {0};
         side.within_dimension = typed_ir::EnumId{0};
       }},
      {"restriction firm.eyes.Invoice: a key belongs to objects", [](Kernel& k) { restriction(k, "firm.eyes.Invoice").key = {}; }},
      {"restriction firm.eyes.Invoice: a key is read from the resource",
       [](Kernel& k) { restriction(k, "firm.eyes.Invoice").key_paths.begin()->second = k.conditions.now(); }},
      {"restriction firm.eyes.Invoice: points and joins belong to standing rules", [](Kernel& k) { restriction(k, "firm.eyes.Invoice").at_use = true; }},
      {"restriction firm.bp.assignment: an exposure is asked at no point", [](Kernel& k) { restriction(k, "firm.bp.assignment").exposure_only = true; }},
      {"restriction firm.bp.assignment: a standing rule is asked nowhere", [](Kernel& k) { restriction(k, "firm.bp.assignment").at_assignment = false; }},
      {"restriction firm.late: a requirement that no warrant lifts", [](Kernel& k) { restriction(k, "firm.late").requirement = true; }},
      {"restriction firm.bp.assignment: a side is empty", [](Kernel& k) { restriction(k, "firm.bp.assignment").sides[0].elements.clear(); }},
      {"restriction firm.bp.assignment: a side asks for more than it has, or for nothing", [](Kernel& k) { restriction(k, "firm.bp.assignment").sides[0].need = 2; }},
      {"restriction firm.bp.assignment: a cut and its dimension do not come together", [](Kernel& k) { restriction(k, "firm.bp.assignment").sides[0].within = {0}; }},
      {"restriction firm.bp.assignment: an element is of roles or accesses", [](Kernel& k) { element(k).accesses.clear(); }},
      {"restriction firm.mixed.assignment: names no role", [](Kernel& k) { restriction(k, "firm.mixed.assignment").sides[0].elements[0].roles[0].role = RoleId{99}; }},
      {"restriction firm.eyes.Invoice: capabilities belong to standing sides",
       [](Kernel& k) { restriction(k, "firm.eyes.Invoice").sides[0].elements[0].capabilities = element(k).capabilities; }},
      {"restriction firm.bp.assignment: a capability of no grant", [](Kernel& k) { element(k).capabilities[0].grant = GrantId{99}; }},
      {"restriction firm.bp.assignment: a capability that its grant does not give", [](Kernel& k) { element(k).capabilities[0].action = *k.schema.find_action("inv.enter"); }},
      {"restriction firm.bp.assignment capability: the condition reads what is not in scope",
       [](Kernel& k) { element(k).capabilities[0].where = reading(k, Root::Resource); }},
      {"restriction firm.bp.assignment capability: the condition reads what is not in scope", [](Kernel& k) { element(k).capabilities[0].scopes = {EnumId{}}; }},
      {"restriction firm.bp.assignment: a capability has one scope per joined dimension", [](Kernel& k) { element(k).capabilities[0].scopes = {}; }},
      {"restriction firm.bp.assignment: the scope of a capability does not roll up to the joined dimension",
       [](Kernel& k) {
         for (const EnumId id : k.schema.enums.ids())
           if (k.schema.enums[id].local == "Plant") restriction(k, "firm.bp.assignment").same = {id};
       }},
      {"lift firm.x: lifts no restriction", [](Kernel& k) { lift(k, Lift::Kind::Exception).of = {}; }},
      {"lift firm.x for: the condition reads what is not in scope", [](Kernel& k) { lift(k, Lift::Kind::Exception).who = reading(k, Root::Context); }},
      {"lift firm.x on: the condition reads what is not in scope", [](Kernel& k) { lift(k, Lift::Kind::Exception).object_where = reading(k, Root::Principal); }},
      {"lift firm.x while: the condition reads what is not in scope", [](Kernel& k) { lift(k, Lift::Kind::Exception).while_condition = reading(k, Root::Resource); }},
      {"lift firm.x: ends before it starts", [](Kernel& k) { lift(k, Lift::Kind::Exception).until = 0; }},
      {"lift firm.x: `within` and its dimension do not come together", [](Kernel& k) { lift(k, Lift::Kind::Exception).within.clear(); }},
      {"lift firm.x: `firm.bp.assignment` yields to no such lift", [](Kernel& k) { restriction(k, "firm.bp.assignment").yields.clear(); }},
      {"lift firm.x: a standing rule sees no resource", [](Kernel& k) { lift(k, Lift::Kind::Exception).object_where = reading(k, Root::Resource); }},
      {"lift firm.x: names no role", [](Kernel& k) { lift(k, Lift::Kind::Exception).ends = {{RoleId{99}, {}}}; }},
      {"lift firm.two: a warrant lifts what is no requirement", [](Kernel& k) { lift(k, Lift::Kind::Warrant).of = find(k, "firm.late"); }},
      {"lift firm.two: an approval and its chain do not come together", [](Kernel& k) { lift(k, Lift::Kind::Warrant).warrant.chain = {}; }},
      {"obligation firm.told: speaks of no access", [](Kernel& k) { k.obligations[ObligationId{0}].after.clear(); }},
      {"an owner edge without owner", [](Kernel& k) { k.edges[EdgeId{0}].attribute = {}; }},
      {"a rollup edge that the schema does not have", [](Kernel& k) { k.edges[EdgeId{1}].to = k.edges[EdgeId{1}].from; }},
      {"the indexes are not those of the forms", [](Kernel& k) { k.grants_of_action.clear(); }},
  };
}

TEST(Verify, finds_nothing_wrong_with_the_firm) {
  const auto e = elaborate_in_firm(kMore);
  ASSERT_TRUE(e->kernel) << e->messages();
  EXPECT_THAT(verify(*e->kernel), ::testing::IsEmpty());
}

TEST(Verify, finds_each_break) {
  const auto e = elaborate_in_firm(kMore);
  ASSERT_TRUE(e->kernel) << e->messages();
  for (const Case& c : cases()) {
    Kernel broken = *e->kernel;
    c.how(broken);
    EXPECT_THAT(verify(broken), ::testing::Contains(c.breaks)) << c.breaks;
  }
}

TEST(Verify, finds_can_outside_a_claim) {
  const auto e = elaborate_in_firm(kMore);
  Kernel broken = *e->kernel;
  typed_ir::Cond can;
  can.kind = typed_ir::CondKind::Can;
  can.action = ActionId{0};
  broken.grants[GrantId{0}].access.where = broken.conditions.add(std::move(can));
  EXPECT_THAT(verify(broken), ::testing::Contains("grant of firm.ap: `can` outside a claim"));
}

TEST(Verify, finds_an_exposure_that_is_lifted) {
  const auto e = elaborate_in_firm(kMore);
  Kernel broken = *e->kernel;
  lift(broken, Lift::Kind::Exception).of = find(broken, "firm.eyes.exposure");
  EXPECT_THAT(verify(broken), ::testing::Contains("lift firm.x: lifts an exposure"));
}

}  // namespace
}  // namespace writ::kernel
