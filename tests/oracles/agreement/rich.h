// Policies that use what random policies leave out (approvals in chains, several people, order, joins across, control and robot, facts that go stale),
// and requests with something in every corner. Every value comes from a few, so that cases meet.
#pragma once

#include "tests/oracles/theorems/generate.h"

namespace writ::oracles {

/// Statements in the firm of semantics.md.
inline const std::vector<std::string>& rich_policies() {
  static const std::string kLifts =
      "control c1 \"Weekly review\" { for eyes  owner \"fay\"  monitor \"fay\"  every 7d }\n"
      "mitigation m1 covers eyes { for \"ada\"  on same Invoice  within DE  from 2026-06-15 through 2026-06-24  approved by \"eve\" on 2026-06-01  with c1  reason \"r\" }\n";
  static const std::vector<std::string> all{
      "approval nest = line then dual due 2d\napproval two = 2 of role boss or role chief due 1d\n"
      "require big { approval nest before pay.execute where resource.total > 400 EUR }\nrequire more { approval two before pay.execute }\nrequire call { evidence \"call\" before pay.execute }",
      "approval alt = principal.manager otherwise role boss due 2d  good for 24h\napproval same_place = role payer within same Entity due 2d\n"
      "require a1 { approval alt before pay.execute where resource.hit }\nrequire a2 { approval same_place before pay.execute }\nrequire strong { mfa fresh within 15min before pay.execute }",
      "action inv.check on Invoice\nrole all_ for Employee { may inv.enter, inv.check, inv.approve }\n"
      "sod trio medium \"Three\" { at least 3 people for { inv.enter, inv.check, inv.approve }  on same Invoice }\n"
      "sod chain high \"Order\" { at most 2 of { inv.enter, inv.check, inv.approve }  on same Invoice over 5d in order }\n",
      "sod twins high \"Bank and pay\" { separate bank.change from pay.execute  on same Vendor over 5d }\n"
      "sod order2 high \"Order\" { separate pay.execute from bank.change  on same Vendor in order }\nrole banker for Bot { may bank.change, pay.execute }",
      "sod both high \"Both\" { separate bank.change from pay.execute  within same Entity  at use  waiver at most 30d, by board }\n"
      "exception x1 waives both { for \"ada\"  within DE  from 2026-06-15 through 2026-06-24  approved by \"eve\" on 2026-06-01  reason \"r\" }\n"
      "exception x2 waives both { for Employee where principal.grade >= 5  within FR  from 2026-06-15 through 2026-06-24  while not context.urgent  approved by \"eve\" on 2026-06-01  reason \"r\" }",
      "sod over_ high \"Across\" { separate bank.change from pay.execute  across Entity  at use }\nrole banker for Bot { may bank.change }\n",
      "sod any_ high \"Anywhere\" { separate bank.change from pay.execute, role boss  at use  waiver at most 30d, by board }\n"
      "exception x3 waives any_ { for \"ada\"  from 2026-06-15 through 2026-06-24  approved by \"eve\" on 2026-06-01  reason \"r\" }\nrole banker for Bot { may bank.change }",
      kLifts + "role chief2 extends chief for Employee where principal.grade >= 5 { may inv.approve, inv.enter }\n"
      "role temp for Employee { may inv.enter, inv.approve where principal holds ap or (principal.manager != none and principal.manager holds boss)  at most 10d }\n"
      "never soft { inv.enter where resource.period == closed  report only }\nnever robots { inv.enter by Bot where principal.owner.grade < 5 }",
      "predicate close_(i: Invoice) = i.vendor.entity == i.entity\nthreshold limit_ = { 500 EUR, 600 USD }\n"
      "role odd for Employee { may inv.enter where close_(resource) and resource.amount <= limit_  may inv.approve where resource.entity in principal.entities or (resource.order != none and resource.order.plant == P1) }\n"
      "require note { log after denied inv.approve }\nrequire tell { notify \"x\" after inv.enter where resource.amount > 500 EUR }",
  };
  return all;
}

/// A small world whose facts go stale.
inline const char* const kStale = R"(module firm  owner role boss  zone "UTC"
system s4 "ERP"  kind erp  precision object  enforced
dimension Entity { DE: s4 BUKRS "1"  FR: s4 BUKRS "2" }
principal Employee is human tenure from hired until last_day { grade: int fresh within 1h, manager: Employee? fresh within 2h, hired: time fresh within 1h, last_day: time? fresh within 1h }
principal Bot is workload { owner: Employee fresh within 1h }
context { urgent: bool fresh within 1h }
resource Vendor { entity: Entity }
resource Run { entity: Entity fresh within 1h, vendors: set<Vendor> fresh within 1h, total: money<EUR> fresh within 2h }
action pay.execute, bank.change on Run
role boss for Employee { may pay.execute where principal.grade >= 5 or context.urgent }
role robot for Bot { may pay.execute }
approval line = principal.manager due 1d
require big { approval line before pay.execute where resource.total > 400 EUR }
sod eyes high "Eyes" { separate pay.execute from bank.change  on same Vendor }
never de { pay.execute where resource.entity == DE and principal.grade < 9 }
)";

class RichRequests {
 public:
  explicit RichRequests(Dice& dice) : d_(dice) {}

  json::Value request(bool stale) {
    using namespace writ::json;
    static const std::vector<const char*> actions{"inv.enter", "inv.approve", "inv.check", "pay.execute", "pay.execute", "bank.change"};
    const std::string action = stale ? "pay.execute" : d_.of(actions);
    const bool bot = d_.once_in(8);
    const std::string type = action.starts_with("inv") ? "Invoice" : action == "pay.execute" || stale ? "Run" : "Vendor";
    Value context = object({{"time", string(time())}, {"history", history()}, {"warrants", object({{"mfa", object({{"time", string(time())}})}})}, {"controls", controls()}, {"entities", entities()}});
    maybe(context, "urgent", boolean(d_.once_in(2)));
    if (d_.once_in(2)) set(at(context, {"warrants"}), "evidence", array({object({{"kind", string("call")}})}));
    if (stale) set(context, "as_of", as_of());
    if (bot || d_.once_in(8)) set(context, "path", path(bot));
    return object({{"subject", object({{"type", string(bot ? "Bot" : "Employee")}, {"id", string(bot ? "bot" : "ada")}, {"properties", bot ? robot() : person("ada")}})},
                   {"action", object({{"name", string(action)}})}, {"resource", object({{"type", string(type)}, {"id", string("o1")}, {"properties", resource(type)}})}, {"context", context}});
  }

  /// Records for the chains, most of them with the digest that this request has.
  void approve(json::Value& request, const std::vector<std::pair<std::string, std::string>>& digests) {
    using namespace writ::json;
    Value all = array();
    for (const auto& [chain, digest] : digests)
      for (std::size_t n = d_.upto(5); n > 0; --n)
        all.items.push_back(object({{"approval", string(chain)}, {"step", number(static_cast<std::int64_t>(1 + d_.upto(2)))}, {"digest", string(d_.once_in(8) ? "sha256:0" : digest)},
                                    {"requested", string("2026-06-19T00:00:00Z")}, {"given", string(time())}, {"approver", array({who(d_.of(people()))})}, {"capacity", string(d_.once_in(2) ? "boss" : "chief")},
                                    {"verdict", string(d_.once_in(10) ? "rejected" : "approved")}, {"withdrawn", d_.once_in(12) ? string(time()) : null()}}));
    set(at(request, {"context", "warrants"}), "approvals", all);
    if (d_.once_in(4)) set(at(request, {"context", "warrants"}), "delegations", array({object({{"delegator", string("eve")}, {"delegatee", string("ada")}})}));
  }

 private:
  static const std::vector<std::string>& people() {
    static const std::vector<std::string> all{"ada", "ben", "eve", "fay", "hal"};
    return all;
  }
  std::string time() {
    static const std::vector<const char*> times{"2026-06-19T12:00:00Z", "2026-06-20T08:00:00Z", "2026-06-20T08:14:59.999Z", "2026-06-20T08:15:00Z", "2026-06-20T09:00:00Z", "2026-06-20T10:00:00Z",
                                                "2026-06-24T21:59:59.999Z", "2026-06-24T22:00:00Z", "2026-06-14T22:00:00Z"};
    return d_.of(times);
  }
  void maybe(json::Value& into, const char* name, json::Value value) {
    if (!d_.once_in(30)) json::set(into, name, std::move(value));
  }
  json::Value entity() { return json::string(d_.once_in(3) ? "FR" : "DE"); }
  static json::Value who(const std::string& id) { return json::object({{"type", json::string("Employee")}, {"id", json::string(id)}}); }

  json::Value held(bool robots) {
    using namespace writ::json;
    static const std::vector<const char*> mine{"boss", "chief", "ap", "payer", "steward", "payer", "steward", "all_", "temp", "chief2", "odd"}, theirs{"banker", "robot"};
    Value roles = array();
    for (std::size_t n = 2 + d_.upto(6); n > 0; --n) {
      const std::string role = d_.of(robots ? theirs : mine);
      Value args = object();
      if (role == "payer" || role == "steward") maybe(args, "e", entity());
      Value h = object({{"role", string(role)}, {"args", args}, {"from", d_.once_in(4) ? string(time()) : null()}, {"until", d_.once_in(4) ? string(time()) : null()}});
      maybe(h, "rests_on", d_.once_in(6) ? array({string(d_.of(std::vector<const char*>{"x1", "m1", "line", "firm.board", "nobody"}))}) : array());
      if (d_.once_in(2)) set(h, "route", string(d_.once_in(2) ? "birthright" : "request"));
      if (d_.once_in(20)) set(h, "delegator", string("eve"));
      roles.items.push_back(h);
    }
    if (d_.once_in(6)) roles.items.push_back(object({{"access", object({{"actions", array({string("bank.change")})}, {"scope", object({{"dimension", string("Entity")}, {"value", entity()}})}})}}));
    return object({{"roles", roles}, {"complete", boolean(!d_.once_in(8))}});
  }
  json::Value ids(std::vector<std::string> of) {
    json::Value list = json::array();
    for (const std::string& id : of)
      if (d_.once_in(3)) list.items.push_back(json::string(id));
    return json::object({{"ids", list}, {"complete", json::boolean(!d_.once_in(8))}});
  }
  json::Value person(const std::string&) {
    using namespace writ::json;
    Value p = object();
    maybe(p, "grade", number(static_cast<std::int64_t>(d_.upto(3)) * 4 + 1));
    maybe(p, "manager", d_.once_in(3) ? null() : string(d_.of(people())));
    maybe(p, "entities", array({entity()}));
    maybe(p, "hired", string("2020-01-01"));
    maybe(p, "last_day", d_.once_in(6) ? string("2026-06-20T09:00:00Z") : null());
    maybe(p, "held", held(false));
    const Value* direct = p.find("manager");
    const bool known = direct && direct->is(Kind::String);
    if (d_.once_in(3)) maybe(p, "managers", ids({"ada", "ben", "fay"}));   // whatever the other fact says
    else maybe(p, "managers", object({{"ids", known ? array({string(direct->text)}) : array()}, {"complete", boolean(true)}}));
    maybe(p, "owned", ids({"bot"}));
    if (d_.once_in(15)) set(p, "account_shared", boolean(true));
    return p;
  }
  json::Value robot() {
    json::Value p = json::object();
    maybe(p, "owner", json::string(d_.of(people())));
    maybe(p, "held", held(true));
    return p;
  }
  json::Value entities() {
    using namespace writ::json;
    Value employees = object();
    for (const std::string& id : people())
      if (d_.once_in(id == "ada" ? 12 : 4) == (id == "ada")) set(employees, id, person(id));   // of Ada for the second time
    return object({{"Employee", employees}, {"Bot", object({{"bot", robot()}})}, {"Vendor", object({{"v1", object({{"entity", entity()}})}})}, {"Order", object({{"k", object({{"plant", string("P1")}})}})}});
  }
  json::Value resource(const std::string& type) {
    using namespace writ::json;
    Value r = object();
    maybe(r, "entity", entity());
    if (type == "Invoice") {
      maybe(r, "amount", object({{"value", string(d_.of(std::vector<const char*>{"500", "500.0001", "600"}))}, {"currency", string(d_.once_in(3) ? "USD" : "EUR")}}));
      maybe(r, "period", string(d_.once_in(2) ? "closed" : "open"));
      maybe(r, "vendor", string("v1"));
      maybe(r, "order", d_.once_in(2) ? null() : string("k"));
    }
    if (type == "Run") {
      maybe(r, "total", object({{"value", string(d_.once_in(3) ? "400" : "500")}, {"currency", string("EUR")}}));
      if (!d_.once_in(3)) maybe(r, "hit", boolean(d_.once_in(3)));
      maybe(r, "vendors", d_.once_in(5) ? object({{"some", array({string("v1")})}}) : array({string(d_.once_in(2) ? "v1" : "v2")}));
    }
    return r;
  }
  json::Value history() {
    using namespace writ::json;
    static const std::vector<const char*> actions{"inv.enter", "inv.approve", "inv.check", "pay.execute", "bank.change"};
    Value events = array();
    for (std::size_t n = d_.upto(5); n > 0; --n) {
      const bool about_vendor = d_.once_in(2);
      Value actor = d_.once_in(5) ? object({{"type", string("Bot")}, {"id", string("bot")}}) : who(d_.of(people()));
      if (d_.once_in(12)) actor = object({{"account", string("S4/T1")}});
      Value e = object({{"action", string(d_.of(actions))}, {"path", array({actor})}, {"keys", object({{"Invoice", array({string("o1")})}, {"Vendor", array({string(about_vendor ? "v1" : "o1")})}})}});
      maybe(e, "time", string(time()));
      events.items.push_back(e);
    }
    return object({{"events", events}, {"complete_for", d_.once_in(8) ? array() : array({string("local")})}, {"since", d_.once_in(5) ? string("2026-06-14T00:00:00Z") : null()}, {"version", string("3")}});
  }
  json::Value controls() {
    using namespace writ::json;
    if (d_.once_in(3)) return object();
    return object({{"c1", object({{"tested", string(d_.once_in(4) ? "2025-06-20T08:15:00Z" : "2026-05-01")}, {"effective", boolean(!d_.once_in(6))},
                                  {"monitors", array({object({{"id", string(d_.once_in(4) ? "ada" : "fay")}, {"active", boolean(true)}, {"not_below", array({string("ada")})}})})}})}});
  }
  json::Value path(bool bot) {
    using namespace writ::json;
    static const std::vector<const char*> hows{"runs_as", "on_behalf", "delegated", "else"};
    const auto hop = [&](Value h) {
      set(h, "how", string(d_.of(hows)));
      set(h, "attested", boolean(!d_.once_in(6)));
      return h;
    };
    const Value last = bot ? object({{"type", string("Bot")}, {"id", string("bot")}}) : who("ada");
    Value all = array();
    if (d_.once_in(2)) all.items.push_back(hop(who(d_.of(people()))));
    all.items.push_back(hop(last));
    return all;
  }
  json::Value as_of() {
    json::Value all = json::object();
    for (const char* name : {"principal.grade", "principal.manager", "principal.hired", "principal.last_day", "principal.owner", "context.urgent", "resource.entity", "resource.vendors", "resource.total",
                             "Bot.bot.owner", "Employee.ben.grade", "Employee.eve.hired"})
      if (!d_.once_in(6)) json::set(all, name, json::string(d_.once_in(3) ? "2026-06-20T07:15:00Z" : "2026-06-20T08:00:00Z"));
    return all;
  }

  Dice& d_;
};

}  // namespace writ::oracles
