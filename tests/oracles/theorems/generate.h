// Random policies as surface text in the firm of semantics.md, and random requests to them. All from one seed: the same numbers, the same
// policies. Shapes are weighted so that every outcome occurs often enough (the tests count).
#pragma once

#include <random>

#include <fmt/format.h>

#include "runtime/json/json.h"
#include "tests/unit/kernel/surface.h"

namespace writ::oracles {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : engine_(seed) {}
  std::size_t upto(std::size_t n) { return engine_() % n; }
  bool once_in(std::size_t n) { return upto(n) == 0; }
  template <class T>
  const T& of(const std::vector<T>& items) { return items[upto(items.size())]; }
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[upto(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

/// Statements in an order that means nothing.
struct PolicyText {
  std::vector<std::string> statements;
  std::vector<std::string> lifts;
  std::string one_more_restriction;

  std::string text(const std::vector<std::string>& without = {}) const {
    std::string all;
    for (const auto& list : {statements, lifts})
      for (const std::string& s : list)
        if (std::find(without.begin(), without.end(), s) == without.end()) all += s + "\n";
    return all;
  }
};

/// 2026-06-20 is the cut that most conditions share; 2026-06-25T00:00 local is the end of exceptions.
inline std::string atom(Dice& d, bool person_only) {
  static const std::vector<std::string> person{"principal.grade >= 5", "principal.dept == AP", "\"SOX\" in principal.training", "principal.manager == none",
                                               "DE in principal.entities", "principal.grade < 9", "now >= 2026-06-20", "now < 2026-07-01"};
  static const std::vector<std::string> act{"resource.amount > 500 EUR", "resource.period == closed", "resource.entity == DE", "context.urgent",
                                            "resource.entity in principal.entities", "resource.order == none", "resource.amount <= 900 EUR"};
  return person_only || d.once_in(2) ? d.of(person) : d.of(act);
}
inline std::string condition(Dice& d, bool person_only, int depth = 2) {
  switch (depth == 0 ? 0 : d.upto(5)) {
    case 1: return "not (" + condition(d, person_only, depth - 1) + ")";
    case 2: return "((" + condition(d, person_only, depth - 1) + ") and (" + condition(d, person_only, depth - 1) + "))";
    case 3: return "((" + condition(d, person_only, depth - 1) + ") or (" + condition(d, person_only, depth - 1) + "))";
    default: return atom(d, person_only);
  }
}

inline PolicyText generate_policy(Dice& d) {
  PolicyText p;
  const auto where = [&](bool person_only) { return d.once_in(2) ? std::string() : " where " + condition(d, person_only); };
  for (const char* role : {"r1", "r2"})
    p.statements.push_back(fmt::format("role {} for Employee{} {{ may inv.enter{}  may inv.approve{}{} }}", role, d.once_in(3) ? where(true) : "", where(false), where(false),
                                       d.once_in(3) ? "  on request after line  at most 90d" : ""));
  if (d.once_in(3)) p.statements.push_back("never n1 { inv.enter, inv.approve where " + condition(d, false) + " and " + atom(d, false) + " }");
  if (!d.once_in(3)) {
    p.statements.push_back("forbid f1 high \"F\" { inv.enter, inv.approve where " + condition(d, false) + "  waiver at most 10d, by board }");
    if (!d.once_in(3))
      p.lifts.push_back(fmt::format("exception x1 waives f1 {{ for \"{}\"{}  from 2026-06-15 through 2026-06-24{}  approved by \"eve\" on 2026-06-01  reason \"r\" }}", d.once_in(3) ? "ben" : "ada",
                                    d.once_in(3) ? "  within DE" : "", d.once_in(4) ? "  while " + condition(d, true, 0) : ""));
  }
  if (!d.once_in(4)) p.statements.push_back("require m1 { mfa fresh within 15min before inv.enter, inv.approve" + where(false) + " }");
  if (d.once_in(2)) p.statements.push_back("require v1 { evidence \"call\" before inv.approve" + where(false) + " }");
  const std::size_t gate = d.upto(9);
  if (gate == 2) p.statements.push_back("approval stepwise = role boss due 2d then role chief due 2d");
  if (gate < 3) p.statements.push_back(fmt::format("require p1 {{ approval {} before inv.approve{} }}", std::vector{"line", "board", "stepwise"}[gate], where(false)));
  if (d.once_in(4)) p.statements.push_back("sod u1 high \"U\" { separate inv.enter from inv.approve  within same Entity  at use }");
  if (d.once_in(2)) p.statements.push_back("require t1 { notify \"soc@firm.example\" after inv.enter" + where(false) + " }");
  p.one_more_restriction = "never extra { inv.enter, inv.approve where " + condition(d, false) + " }";
  return p;
}

/// Who may be asked to approve: most often in the role, with nobody above; or not in it, or below whoever asks, or below somebody else.
inline json::Value generate_approver(Dice& d, const char* role, const std::string& asking) {
  using namespace writ::json;
  const std::size_t kind = d.upto(5);
  const auto list = [](const char* of, std::vector<Value> items) { return object({{of, array(std::move(items))}, {"complete", boolean(true)}}); };
  const Value holding = object({{"role", string(role)}, {"args", object()}, {"from", null()}, {"until", null()}, {"rests_on", array()}});
  Value p = object({{"hired", string("2010-01-01")}, {"last_day", null()}, {"held", kind == 0 ? list("roles", {}) : list("roles", {holding})}});
  if (kind == 1) {
    set(p, "managers", list("ids", {string(asking)}));   // whoever is directly above is not supplied
  } else {
    set(p, "manager", kind == 2 ? string("zoe") : null());
    set(p, "managers", kind == 2 ? list("ids", {string("zoe")}) : list("ids", {}));
  }
  return p;
}

/// A request as a tree, whole or with holes.
inline json::Value generate_request(Dice& d) {
  using namespace writ::json;
  const auto maybe = [&](Value& into, const char* name, Value value) {
    if (!d.once_in(14)) set(into, name, std::move(value));
  };
  const auto money = [](const char* amount, const char* currency) { return object({{"value", string(amount)}, {"currency", string(currency)}}); };
  static const std::vector<const char*> times{"2026-06-10T12:00:00Z", "2026-06-19T21:59:59.999Z", "2026-06-19T22:00:00Z", "2026-06-20T08:00:00Z", "2026-06-24T21:59:59.999Z",
                                              "2026-06-24T22:00:00Z", "2026-06-30T21:59:59.999Z", "2026-06-30T22:00:00Z"};
  const std::string who = d.once_in(3) ? "ben" : "ada", other = who == "ada" ? "ben" : "ada";

  Value person = object();
  maybe(person, "grade", number(static_cast<std::int64_t>(d.upto(3)) * 4 + 1));
  maybe(person, "dept", string(d.once_in(2) ? "AP" : "TR"));
  maybe(person, "training", array(d.once_in(3) ? std::vector<Value>{} : std::vector<Value>{string("SOX")}));
  maybe(person, "manager", d.once_in(2) ? null() : string("eve"));
  maybe(person, "entities", array(d.once_in(2) ? std::vector<Value>{string("DE"), string("FR")} : std::vector<Value>{string("FR")}));
  set(person, "hired", string("2020-01-01"));
  maybe(person, "last_day", d.once_in(8) ? string("2026-06-20T00:00:00+02:00") : null());
  set(person, "owned", object({{"ids", array()}, {"complete", boolean(true)}}));
  Value roles = array();
  for (const char* role : {"r1", "r2"})
    if (!d.once_in(3))
      roles.items.push_back(object({{"role", string(role)}, {"args", object()}, {"from", string("2026-05-01T00:00:00Z")},
                                    {"until", d.once_in(4) ? string("2026-06-20T00:00:00+02:00") : null()}, {"rests_on", array()}, {"route", string("request")}}));
  set(person, "held", object({{"roles", roles}, {"complete", boolean(!d.once_in(12))}}));

  Value invoice = object();
  maybe(invoice, "entity", string(d.once_in(3) ? "FR" : "DE"));
  maybe(invoice, "amount", money(d.of(std::vector<const char*>{"500", "500.0001", "900", "1000"}), d.once_in(12) ? "USD" : "EUR"));
  maybe(invoice, "period", string(d.once_in(3) ? "closed" : "open"));
  maybe(invoice, "order", d.once_in(2) ? null() : string("o"));

  Value events = array();
  for (const std::string& actor : {who, other})
    if (d.once_in(4))
      events.items.push_back(object({{"action", string(d.once_in(2) ? "inv.enter" : "inv.approve")}, {"path", array({object({{"type", string("Employee")}, {"id", string(actor)}})})},
                                     {"keys", object({{"Invoice", array({string(d.once_in(4) ? "other" : "i")})}})}, {"time", string("2026-05-20T10:00:00Z")}}));
  Value history = object({{"events", events}, {"since", null()}, {"version", string("1")}});
  set(history, "complete_for", array(d.once_in(14) ? std::vector<Value>{} : std::vector<Value>{string("local")}));

  Value warrants = object();
  const std::string time = d.of(times);
  if (d.once_in(3)) set(warrants, "mfa", object({{"level", number(2)}, {"time", string(time.substr(0, 11) + "00:00:00Z")}}));
  if (d.once_in(3)) set(warrants, "mfa", object({{"level", number(2)}, {"time", string(time)}}));
  if (d.once_in(2)) set(warrants, "evidence", array({object({{"kind", string("call")}, {"id", string("1")}})}));
  Value context = object({{"time", string(time)}, {"history", history}, {"warrants", warrants}});
  maybe(context, "urgent", boolean(d.once_in(2)));
  set(context, "entities", object({{"Employee", object({{"eve", generate_approver(d, "boss", who)}, {"fay", generate_approver(d, "chief", who)}})}}));

  return object({{"subject", object({{"type", string("Employee")}, {"id", string(who)}, {"properties", person}})},
                 {"action", object({{"name", string(d.once_in(2) ? "inv.enter" : "inv.approve")}})},
                 {"resource", object({{"type", string("Invoice")}, {"id", string("i")}, {"properties", invoice}})},
                 {"context", context}});
}

inline json::Value& at(json::Value& v, std::initializer_list<const char*> path) {
  json::Value* here = &v;
  for (const char* name : path) {
    const json::Value* found = here->find(name);
    WRIT_CHECK(found, std::string("no member ") + name);
    here = const_cast<json::Value*>(found);
  }
  return *here;
}
inline bool erase(json::Value& object, std::string_view name) {
  return std::erase_if(object.members, [&](const json::Member& m) { return m.name == name; }) > 0;
}

/// Takes one fact out of a request: an attribute, the completeness of a collection, an element of one. False if it was not there.
inline bool forget(Dice& d, json::Value& request) {
  static const std::vector<const char*> of_person{"grade", "dept", "training", "manager", "entities", "last_day"}, of_invoice{"entity", "amount", "period", "order"};
  switch (d.upto(10)) {
    case 0:
    case 1:
    case 2: return erase(at(request, {"subject", "properties"}), d.of(of_person));
    case 3:
    case 4: return erase(at(request, {"resource", "properties"}), d.of(of_invoice));
    case 5: return erase(at(request, {"context"}), "urgent");
    case 6: {
      json::Value& held = at(request, {"subject", "properties", "held"});
      at(held, {"complete"}).boolean = false;
      auto& roles = at(held, {"roles"}).items;
      if (!roles.empty() && d.once_in(2)) roles.erase(roles.begin() + static_cast<std::ptrdiff_t>(d.upto(roles.size())));
      return true;
    }
    case 7: {
      json::Value& history = at(request, {"context", "history"});
      at(history, {"complete_for"}).items.clear();
      auto& events = at(history, {"events"}).items;
      if (!events.empty() && d.once_in(2)) events.erase(events.begin());
      return true;
    }
    case 8: return erase(at(request, {"context", "entities", "Employee", d.once_in(2) ? "eve" : "fay"}), d.of(std::vector<std::string>{"held", "manager", "managers"}));
    default: {
      auto& roles = at(request, {"subject", "properties", "held", "roles"}).items;
      if (roles.empty()) return false;
      return erase(roles[d.upto(roles.size())], d.once_in(2) ? "until" : "rests_on");
    }
  }
}

/// Nobody says any more what those hold who may be asked to approve.
inline void forget_holdings_of_approvers(json::Value& request) {
  for (const char* who : {"eve", "fay"}) erase(at(request, {"context", "entities", "Employee", who}), "held");
}

/// Says that nobody stands directly above those of whom somebody who does is listed.
inline void deny_managers_of_approvers(json::Value& request) {
  for (const char* who : {"eve", "fay"}) {
    json::Value& approver = at(request, {"context", "entities", "Employee", who});
    const json::Value* managers = approver.find("managers");
    if (!approver.find("manager") && managers && !managers->find("ids")->items.empty()) json::set(approver, "manager", json::null());
  }
}

/// Says something a second time, differently or not.
inline void contradict(Dice& d, json::Value& request) {
  using namespace writ::json;
  Value& people = at(request, {"context", "entities", "Employee"});
  const std::string who = at(request, {"subject", "id"}).text;
  const auto both = object({{"roles", array()}, {"complete", boolean(true)}});
  switch (d.upto(3)) {
    case 0: {
      const Value& mine = at(request, {"subject", "properties"});
      Value again = object();
      if (mine.find("grade")) set(again, "grade", number(9));
      if (mine.find("dept")) set(again, "dept", string("AP"));
      set(people, who, again);
      return;
    }
    case 1: set(people, who, object({{"held", both}})); return;
    default: {
      Value held = both;
      for (const char* role : {"r1", "r2"})
        at(held, {"roles"}).items.push_back(object({{"role", string(role)}, {"args", object()}, {"from", null()}, {"until", null()}, {"rests_on", array()}, {"route", string("request")}}));
      set(people, who, object({{"held", held}}));
      return;
    }
  }
}

}  // namespace writ::oracles
