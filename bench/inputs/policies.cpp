#include "bench/inputs/policies.h"

#include <algorithm>

#include <fmt/format.h>

namespace writ::bench {
namespace {

constexpr std::size_t kRolesOfArea = 8;

std::string vocabulary() {
  return R"(/// What all areas speak of.
module big  owner role head  zone "Europe/Amsterdam"

system erp "The ERP system"  kind erp  precision object  enforced  complete for held, history

enum Department { AP, GL, Purchasing, Treasury }

dimension LegalEntity {
  DE: erp BUKRS "1100"
  FR: erp BUKRS "1200"
  NL: erp BUKRS "1300"
  SG: erp BUKRS "1400"
}

principal Employee is human  tenure from hired until last_day {
  department: Department,
  companies:  set<LegalEntity>,
  manager:    Employee?,
  training:   set<string>,
  hired:      time fixed,
  last_day:   time?
}

terms standard {
  waiver      at most 30d, renew 1, by board
}

approval line_manager = principal.manager due 72h
approval board        = role head and role second_head due 5d

role head        for Employee { on request  after line_manager }
role second_head for Employee { on request  after line_manager }

never not_employed {
  everything by Employee where now < principal.hired
  because     "access begins with the employment"
}
)";
}

std::string objects(std::size_t a) {
  return fmt::format(R"(/// Area {0}: one application and what is done in it.
module big.area{0}  owner role head

resource Order{0}   {{ entity: LegalEntity, amount: money<EUR>, urgent: bool }}
resource Invoice{0} {{ entity: LegalEntity, amount: money<EUR>, order: Order{0}? }}

action a{0}.order.create, a{0}.order.change, a{0}.order.release, a{0}.order.close on Order{0}
action a{0}.inv.enter, a{0}.inv.approve, a{0}.inv.block, a{0}.inv.pay             on Invoice{0}

duty ordering{0} = {{ a{0}.order.create, a{0}.order.change }}

)", a);
}

std::string role(std::size_t a, std::size_t r) {
  static constexpr const char* kActions[kRolesOfArea] = {"order.create", "order.change", "order.release", "order.close", "inv.enter", "inv.approve", "inv.block", "inv.pay"};
  return fmt::format(R"(role r{0}_{1}(entity: LegalEntity) for Employee where "T-{0}" in principal.training {{
  within      entity
  may         a{0}.{2} where resource.amount <= {3} EUR
  birthright  where principal.department == AP and entity in principal.companies
  on request  after line_manager
}}
)", a, r, kActions[r], 1000 * (r + 1) + a % 900);
}

std::string rules(std::size_t a) {
  return fmt::format(R"(
sod S{0}_1 critical "Order and pay" {{
  separate    ordering{0}
  from        a{0}.inv.pay
  within same LegalEntity
  terms       standard
  because     "goods that nobody needs are paid"
}}
sod S{0}_2 high "Enter an invoice and approve it" {{
  separate    a{0}.inv.enter
  from        a{0}.inv.approve
  on same     Invoice{0}
  terms       standard
  because     "four eyes on every invoice"
}}
sod S{0}_3 high "Order and release the order" {{
  separate    a{0}.order.create
  from        a{0}.order.release
  within same LegalEntity
  at          assignment
  on same     Order{0} over 90d
  because     "self-authorised spend"
}}
forbid F{0} {{
  a{0}.order.close where resource.urgent
  because     "urgent orders stay open until they are received"
  terms       standard
}}
require R{0}_1 {{ mfa before a{0}.inv.pay where resource.amount > 5_000 EUR }}
require R{0}_2 {{ approval line_manager before a{0}.order.release where resource.amount > 2_000 EUR }}
)", a);
}

std::string test(std::size_t a) {
  return fmt::format(R"(
test "area {0}" {{
  given ada, ben: Employee {{ department: AP, companies: {{ DE }}, manager: none, training: {{ "T-{0}" }}, hired: 2020-01-01, last_day: none }} holds r{0}_4(DE), r{0}_5(DE)
  given i: Invoice{0} {{ entity: DE, amount: 500 EUR, order: none }}
  history ada did a{0}.inv.enter on i at 2026-03-02T09:00Z
  expect deny   ada a{0}.inv.approve on i at 2026-03-03T09:00Z by S{0}_2
  expect permit ben a{0}.inv.approve on i at 2026-03-03T09:00Z
}}
)", a);
}

PolicyFile area(std::size_t a) {
  std::string text = objects(a);
  for (std::size_t r = 0; r < kRolesOfArea; ++r) text += role(a, r);
  return {fmt::format("area{:05}.writ", a), text + rules(a) + test(a)};
}

std::size_t lines_in(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

}  // namespace

std::size_t lines_of(const std::vector<PolicyFile>& files) {
  std::size_t lines = 0;
  for (const PolicyFile& file : files) lines += lines_in(file.text);
  return lines;
}

std::vector<PolicyFile> areas(std::size_t lines) {
  std::vector<PolicyFile> files = {{"a_vocabulary.writ", vocabulary()}};
  for (std::size_t made = lines_in(files.front().text), a = 0; made < lines; ++a) {
    files.push_back(area(a));
    made += lines_in(files.back().text);
  }
  return files;
}

std::vector<PolicyFile> crowd(std::size_t roles) {
  std::string text = R"(module crowd  owner role head  zone "Europe/Amsterdam"

principal Employee is human { manager: Employee? }
resource Invoice { amount: money<EUR> }
action inv.enter, inv.approve on Invoice

approval chief = principal.manager due 2d
role head for Employee { on request after chief }

sod four_eyes high "Enter an invoice and approve it" {
  separate    inv.enter
  from        inv.approve
  on same     Invoice
  because     "four eyes on every invoice"
}

)";
  for (std::size_t r = 0; r < roles; ++r) {
    text += fmt::format("role r{} for Employee {{\n  may         inv.enter where resource.amount <= {} EUR\n  on request  after chief\n}}\n", r, 1000 + r);
  }
  return {{"crowd.writ", text}};
}

std::string crowd_request(std::size_t roles) {
  return fmt::format(R"({{"subject": {{"type": "Employee", "id": "ada", "properties": {{"manager": null,
    "held": {{"roles": [{{"role": "crowd.r{}", "args": {{}}, "from": "2026-01-01T00:00:00Z", "until": null, "rests_on": [], "route": "request"}}], "complete": true}}}}}},
  "action": {{"name": "inv.enter"}},
  "resource": {{"type": "Invoice", "id": "i-1", "properties": {{"amount": {{"value": "500.00", "currency": "EUR"}}}}}},
  "context": {{"time": "2026-03-03T09:00:00Z", "history": {{"events": [], "complete_for": ["local"], "since": null, "version": "1"}}}}}}
)", roles / 2);
}

}  // namespace writ::bench
