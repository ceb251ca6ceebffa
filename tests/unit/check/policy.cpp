#include "tests/unit/check/policy.h"

#include "compiler/support/overloaded.h"

namespace writ::check {

const char* const kFirm = R"(
module firm  owner role boss  zone "Europe/Amsterdam"
system s4 "ERP"   kind erp  precision object  enforced  complete for held, history
enum Dept { AP, TR }
enum Period { open, closed }
dimension Entity { DE: s4 BUKRS "1100"  FR: s4 BUKRS "1200" }
dimension Plant in Entity { P1 of DE: s4 WERKS "1"  P2 of DE: s4 WERKS "2"  P3 of FR: s4 WERKS "3"  P9: s4 WERKS "9" }
principal Employee is human tenure from hired until last_day {
  dept: Dept fixed, grade: int fixed, entities: set<Entity> fixed, manager: Employee? fixed, training: set<string> fixed,
  hired: time fixed, last_day: time? fixed
}
principal Bot is workload { owner: Employee, label: string }
context { urgent: bool }
resource Vendor  { entity: Entity }
resource Order   { plant: Plant }
resource Invoice { entity: Entity, vendor: Vendor, order: Order?, amount: money, period: Period }
resource Run     { entity: Entity, vendors: set<Vendor>, total: money<EUR>, hit: bool, score: decimal, due: duration }
resource Job     { runs_as: Bot }
action bank.change               on Vendor
action po.create, gr.post        on Order
action inv.enter, inv.approve    on Invoice
action pay.execute               on Run
action job.schedule              on Job with { reason: string }
action note.read                 on Invoice reads
action sign.in
role boss    for Employee { birthright where principal.grade >= 9 }
role chief   for Employee { on request after board }
role ap      for Employee { may inv.enter, inv.approve }
role payer(e: Entity)   for Employee { within e  may pay.execute  on request after line }
role steward(e: Entity) for Employee { within e  may bank.change  on request after line }
approval line  = principal.manager due 3d
approval board = role boss due 2d
approval dual  = role boss and role chief due 2d
sod bp   high "Bank and pay" { separate bank.change from pay.execute  within same Entity  waiver at most 30d, renew 1, by board }
sod eyes high "Four eyes"    { separate inv.enter from inv.approve  on same Invoice  mitigation at most 365d, by board, with control }
)";

std::vector<const ast::File*> Policy::pointers() const {
  std::vector<const ast::File*> all;
  for (const auto& file : files) all.push_back(file.get());
  return all;
}

std::unique_ptr<Policy> parse_policy(const std::vector<std::string>& texts) {
  auto policy = std::make_unique<Policy>();
  diagnostics::Sink sink;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const source::FileId file = policy->sources.add("policy" + std::to_string(i) + ".writ", texts[i]);
    const cst::Tree tree = parse::parse(policy->sources, file, sink);
    policy->files.push_back(std::make_unique<ast::File>(ast::build(tree, policy->sources, sink)));
  }
  for (const auto& message : sink.take(policy->sources))
    ADD_FAILURE() << policy->sources.place(message.range) << ": " << message.message();
  return policy;
}

std::vector<std::string> Checked::names() const {
  std::vector<std::string> all;
  for (const auto& message : messages) all.emplace_back(diagnostics::info(message.code).name);
  return all;
}

std::vector<std::string> Checked::errors() const {
  std::vector<std::string> all;
  for (const auto& message : messages)
    if (message.effective_severity() == diagnostics::Severity::Error) all.emplace_back(diagnostics::info(message.code).name);
  return all;
}

std::string Checked::marked(std::size_t i) const { return std::string(policy->sources.text(messages.at(i).range)); }

std::string Checked::rendered() const {
  std::string text;
  for (const auto& message : messages)
    text += policy->sources.place(message.range) + ": " + message.message() + " [" + std::string(policy->sources.text(message.range)) + "]\n";
  return text;
}

Checked check_texts(const std::vector<std::string>& texts) {
  Checked result;
  result.policy = parse_policy(texts);
  diagnostics::Sink sink;
  result.program = check(result.policy->pointers(), Options{"test", "1", true}, sink);
  result.messages = sink.take(result.policy->sources);
  return result;
}

Checked check_in_firm(const std::string& text) { return check_texts({std::string(kFirm) + text}); }

std::string where_of(const Checked& checked, const std::string& statement) {
  const typed_ir::Program& program = checked.program.value();
  const auto print = [&](const std::vector<typed_ir::Access>& accesses) {
    return typed_ir::print(program.conditions, program.schema, accesses.at(0).where);
  };
  for (const auto& role : program.roles)
    if (role.local == statement) return print(role.may.at(0).accesses);
  for (const auto& rule : program.rules) {
    if (typed_ir::info(rule).local != statement) continue;
    return std::visit(support::Overloaded{[&](const typed_ir::Segregation& s) { return print(s.sides.at(0).elements.at(0).accesses); },
                                          [&](const auto& r) { return print(r.accesses); }},
                      rule);
  }
  return "no such statement";
}

}  // namespace writ::check
